// Programs of their own beside a test: to be killed, or to have another time zone.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface Child {
  readonly pid: number;
  /** The next line it prints; fails with what it complained of when it ends first. */
  line(): Promise<string>;
  /** As a power cut would: it has no say in it. Waits until it is gone. */
  kill(): Promise<void>;
  /** Its exit code. */
  ended(): Promise<number | null>;
}

const running = new Set<Child>();

/** Runs `test/jobs/NAME.ts` with these arguments. */
export function startChild(name: string, args: readonly string[], env: Record<string, string> = {}): Child {
  const program = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, ["--import", "@oxc-node/core/register", program, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exit = once(child, "exit");
  let complaint = "";
  child.stderr.on("data", (text: Buffer) => (complaint += text.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const started: Child = {
    pid: child.pid ?? 0,
    async line() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${name} ended: ${complaint}`);
      return value as string;
    },
    async kill() {
      child.kill("SIGKILL");
      await exit;
    },
    ended: async () => ((await exit) as [number | null])[0],
  };
  running.add(started);
  void exit.then(() => running.delete(started));
  return started;
}

export async function killChildren(): Promise<void> {
  await Promise.all([...running].map((child) => child.kill()));
}
