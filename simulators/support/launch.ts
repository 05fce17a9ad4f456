import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { z } from "zod";
import { ON_A_LEASH } from "./launch-leash.ts";

export interface LaunchOptions {
  /** The program's file: `.ts` in development, `.js` when compiled. */
  readonly program: URL | string;
  readonly args: readonly string[];
  /** As a reader of error messages would call it: `police`. */
  readonly name: string;
  /** Stops the program whenever it is aborted, ready or not. */
  readonly signal?: AbortSignal | undefined;
  /** How long it may take until it says that it is ready; a big town on a busy machine takes a while. */
  readonly readyWithinMs?: number | undefined;
  /** How long it may take to end when asked; then it is killed. */
  readonly stopsWithinMs?: number | undefined;
}

/** What a program says on one line once it answers; some say more than where. */
const ReadyLine = z.looseObject({ ready: z.string() });
export type ReadyLine = z.infer<typeof ReadyLine>;

/** How a program came to its end; `signal` names what killed it. */
export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program that is running and has said that it is ready. */
export interface Launched {
  readonly ready: ReadyLine;
  readonly pid: number;
  readonly ended: Promise<End>;
  /** Sends a signal and waits for nothing: what a test does that wants an agency to vanish. */
  kill(signal: NodeJS.Signals): void;
  /** Asks it to end, makes it if it takes too long, and resolves when it is gone. */
  stop(): Promise<void>;
}

const READY_WITHIN_MS = 120_000;
const STOPS_WITHIN_MS = 5_000;

/**
 * Starts a program as a process of its own that cannot outlive this one, and waits for its ready line. Other lines it
 * prints go to standard error, as they are. Rejects, with the process gone, when it ends or stays silent instead.
 */
export async function launch(options: LaunchOptions): Promise<Launched> {
  options.signal?.throwIfAborted();
  const child = start(options);
  const ended = new Promise<End>((resolve) => {
    child.once("exit", (code, signal) => resolve({ code, signal }));
    child.once("error", () => resolve({ code: 127, signal: null }));
  });
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), options.stopsWithinMs ?? STOPS_WITHIN_MS);
    await ended;
    clearTimeout(late);
  };
  const stopNow = (): void => void stop();
  options.signal?.addEventListener("abort", stopNow);
  void ended.then(() => options.signal?.removeEventListener("abort", stopNow));

  const ready = await Promise.race([readyLine(child), endedFirst(ended, options.name), silence(options)]).catch(
    async (error: unknown) => {
      await stop();
      throw error;
    },
  );
  return { ready, pid: child.pid ?? 0, ended, stop, kill: (signal) => void child.kill(signal) };
}

function start({ program, args }: LaunchOptions): ChildProcess {
  const file = program instanceof URL ? fileURLToPath(program) : program;
  const leash = new URL(`./launch-leashed${extension(import.meta.url)}`, import.meta.url);
  const child = spawn(process.execPath, [...nodeFlags([file, leash.pathname]), "--import", leash.href, file, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, [ON_A_LEASH]: "1" },
  });
  child.stdin?.on("error", () => {}); // it ended; `ended` says so
  return child;
}

const extension = (url: string): string => (url.endsWith(".ts") ? ".ts" : ".js");

/** This program's own flags, without the ones that are about it alone, and able to run TypeScript if that is needed. */
function nodeFlags(files: readonly string[]): string[] {
  const evaluates = process.execArgv.findIndex((flag) => /^(-e|-p|-pe|--eval|--print)$/.test(flag));
  const own = process.execArgv.slice(0, evaluates === -1 ? undefined : evaluates);
  const flags = own.filter((flag) => !/^--(inspect|eval|print|test|watch)/.test(flag));
  if (!files.some((file) => /\.m?ts$/.test(file)) || flags.some((flag) => flag.includes("@oxc-node/core")))
    return flags;
  const core = pathToFileURL(createRequire(import.meta.url).resolve("@oxc-node/core"));
  return [...flags, "--import", new URL("./register.mjs", core).href];
}

function readyLine({ stdout }: ChildProcess): Promise<ReadyLine> {
  return new Promise((resolve) => {
    if (stdout === null) return;
    createInterface({ input: stdout }).on("line", (line) => {
      const said = asReady(line);
      if (said === null) process.stderr.write(`${line}\n`);
      else resolve(said);
    });
  });
}

function asReady(line: string): ReadyLine | null {
  try {
    return ReadyLine.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

async function endedFirst(ended: Promise<End>, name: string): Promise<never> {
  throw new Error(`The ${name} simulator ended (${inWords(await ended)}) before it was ready`);
}

/** `code 1` or `SIGKILL`, for a sentence. */
export const inWords = ({ code, signal }: End): string => signal ?? `code ${code}`;

function silence({ name, readyWithinMs = READY_WITHIN_MS }: LaunchOptions): Promise<never> {
  return new Promise((_, reject) => {
    const late = new Error(`The ${name} simulator was not ready within ${Math.round(readyWithinMs / 1_000)} seconds`);
    setTimeout(() => reject(late), readyWithinMs).unref();
  });
}
