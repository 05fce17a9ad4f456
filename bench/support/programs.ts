// Programs under measurement: each a process of its own, on a core of its own, gone when the measurement goes.

import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

export interface ProgramOptions {
  /** Beside the caller, without its extension: `new URL("./peer", import.meta.url)`. */
  readonly at: URL;
  /** Handed over as JSON. */
  readonly wishes: unknown;
  /** The core it runs on; ignored where `taskset` is missing or there is only one. */
  readonly core?: number;
}

export interface Program<Ready> {
  readonly ready: Ready;
  readonly pid: number;
  /** Asks it something and waits for the answer; one question at a time. */
  ask<Answer>(question: unknown): Promise<Answer>;
  stop(): Promise<void>;
  /** As a power cut would: it has no say in it. Waits until it is gone. */
  kill(): Promise<void>;
}

/** Whether programs can be held to one core each. */
export const PINS = availableParallelism() > 1 && spawnSync("taskset", ["--version"]).status === 0;

const EXTENSION = extname(fileURLToPath(import.meta.url));
/** Opening a database for the first time is the slowest of what programs do before they are ready. */
const READY_WITHIN_MS = 120_000;

/** Starts a program with NODE_ENV=production and waits until it says that it is ready. */
export async function startProgram<Ready>({ at, wishes, core }: ProgramOptions): Promise<Program<Ready>> {
  const profile = process.env["BENCH_PROFILE"];
  const flags = profile && at.href.endsWith("hub") ? ["--cpu-prof", `--cpu-prof-dir=${profile}`] : [];
  const pinned = PINS && core !== undefined;
  const child = fork(`${fileURLToPath(at)}${EXTENSION}`, [JSON.stringify(wishes)], {
    execPath: pinned ? "taskset" : process.execPath,
    execArgv: pinned ? ["-c", String(core), process.execPath, ...flags] : flags,
    env: { ...process.env, NODE_ENV: "production" },
  });
  const ready = await answerOf<Ready>(child, READY_WITHIN_MS);
  return {
    ready,
    pid: child.pid ?? 0,
    ask(question) {
      const answer = answerOf<never>(child, READY_WITHIN_MS);
      child.send(question as object);
      return answer;
    },
    async stop() {
      if (isGone(child)) return;
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
    async kill() {
      if (isGone(child)) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}

const isGone = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

async function answerOf<Answer>(child: ChildProcess, withinMs: number): Promise<Answer> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, AbortSignal.timeout(withinMs)]);
  try {
    const [answer] = await Promise.race([
      once(child, "message", { signal }),
      once(child, "exit", { signal }).then(() => Promise.reject(new Error("A measured program ended early"))),
    ]);
    return answer as Answer;
  } finally {
    stop.abort();
  }
}

/** What the starter wished; for the program itself. */
export const wishesOf = <Wishes>(): Wishes => JSON.parse(process.argv[2] ?? "{}") as Wishes;

/** Says that this program is ready, answers what it is asked, and ends with whoever started it. */
export function serveStarter(
  ready: object,
  options: { answer?: (q: never) => Promise<object>; close?: () => unknown } = {},
) {
  const { answer, close } = options;
  process.on("message", (question) => {
    if (question === "cpu") process.send?.(process.cpuUsage());
    else if (answer) void answer(question as never).then((said) => process.send?.(said));
  });
  process.once("disconnect", () => void Promise.resolve(close?.()).finally(() => process.exit(0)));
  process.send?.(ready);
}
