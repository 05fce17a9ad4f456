// The program as it is shipped: compiled, and started as a process of its own.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A folder like the project's own after `npm ci`: compiled afresh, so that an older `dist` proves nothing. */
export async function compile(): Promise<{ readonly hub: string; remove(): void }> {
  const cache = join(ROOT, "node_modules", ".cache");
  mkdirSync(cache, { recursive: true });
  const home = mkdtempSync(join(cache, "boot-"));
  for (const beside of ["src", "policies", "package.json"]) symlinkSync(join(ROOT, beside), join(home, beside));
  // A link would lead back to the project's own dist.
  cpSync(join(ROOT, "bin"), join(home, "bin"), { recursive: true });
  const remove = () => rmSync(home, { recursive: true });
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "-p", join(ROOT, "tsconfig.build.json"), "--outDir", join(home, "dist")];
  await promisify(execFile)(process.execPath, args).catch((error: unknown) => {
    remove();
    throw new Error(`The program does not compile: ${(error as { stdout?: string }).stdout}`, { cause: error });
  });
  return { hub: join(home, "bin", "hub.js"), remove };
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly pid: number;
  /** What a line of its output says; fails with all it said when it ends first. */
  said(words: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Ended>;
}

/** Runs a program in a process group of its own, with these settings and none of the machine's. */
export function run(args: readonly string[], settings: Readonly<Record<string, string>>): Running {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, args, {
    detached: true,
    env: { PATH, HOME, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let out = "";
  let err = "";
  child.stdout.on("data", (text: Buffer) => (out += text.toString()));
  child.stderr.on("data", (text: Buffer) => (err += text.toString()));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, out, err }));
  return {
    pid: child.pid ?? 0,
    ended,
    async said(words) {
      for (;;) {
        const found = words.exec(out);
        if (found) return found;
        const more = once(child.stdout, "data").then(() => null);
        const end = await Promise.race([more, ended]);
        if (end && !words.test(out)) throw new Error(`It ended (code ${end.code}) without saying so: ${out}${err}`);
      }
    },
  };
}

/** Whether any process of this program's group is still there, itself or a child. */
export function anyLeft(pid: number): boolean {
  try {
    return pid > 1 && process.kill(-pid, 0);
  } catch {
    return false;
  }
}

/** Ends whatever is left of a program, for a test that failed half-way. */
export function endAll(pid: number): void {
  if (anyLeft(pid)) process.kill(-pid, "SIGKILL");
}
