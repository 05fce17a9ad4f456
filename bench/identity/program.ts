// A part of this measurement as a process of its own, with memory enough: lines as it goes on, one result at the end.

import { fork } from "node:child_process";
import { once } from "node:events";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

const EXTENSION = extname(fileURLToPath(import.meta.url));
/** A county of 400,000 records, its keys and what is decided about them. */
const HEAP_MB = 8_192;

type Said<Result> = { readonly line: string } | { readonly result: Result };

export interface ProgramOptions {
  /** Beside this file, without its extension. */
  readonly name: string;
  readonly wishes: object;
  readonly say: (line: string) => void;
}

/** Runs it to its end. */
export async function runProgram<Result>({ name, wishes, say }: ProgramOptions): Promise<Result> {
  const program = fileURLToPath(new URL(`./${name}${EXTENSION}`, import.meta.url));
  const execArgv = [...process.execArgv, `--max-old-space-size=${HEAP_MB}`];
  const child = fork(program, [JSON.stringify(wishes)], { execArgv, env: { ...process.env, NODE_ENV: "production" } });
  let result: Result | null = null;
  child.on("message", (said: Said<Result>) => {
    if ("line" in said) say(said.line);
    else result = said.result;
  });
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  if (code !== 0 || result === null) throw new Error(`The measured program ${name} ended early (${signal ?? code})`);
  return result;
}
