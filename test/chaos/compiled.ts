// The program under test, compiled once: it starts twice as fast as from its sources, and stays as it was when chaos began.

import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface Compiled {
  /** The file to start. */
  readonly child: string;
  remove(): void;
}

/** Compiles it into a folder of its own. Throws with what the compiler said. */
export async function compileChild(): Promise<Compiled> {
  const cache = join(ROOT, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const home = mkdtempSync(join(cache, "chaos-"));
  const remove = () => rmSync(home, { recursive: true, force: true });
  process.on("exit", remove);
  symlinkSync(join(ROOT, "package.json"), join(home, "package.json"));
  // What the policies say is read again by each program that starts.
  cpSync(join(ROOT, "policies"), join(home, "policies"), { recursive: true });
  const project = join(home, "tsconfig.json");
  const compilerOptions = { noEmit: false, sourceMap: false, rootDir: ROOT, outDir: home };
  const files = [join(ROOT, "test", "chaos", "child.ts")];
  writeFileSync(project, JSON.stringify({ extends: join(ROOT, "tsconfig.json"), compilerOptions, files, include: [] }));
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  // It writes what it can read, and complains of types, which are checked elsewhere.
  const said = await promisify(execFile)(process.execPath, [tsc, "-p", project], { cwd: ROOT }).catch(
    (error: unknown) => error as { stdout: string },
  );
  const child = join(home, "test", "chaos", "child.js");
  if (existsSync(child)) return { child, remove };
  remove();
  throw new Error(`It does not compile: ${said.stdout}`);
}
