// A program under test, seen from outside: asked by lines, killed and frozen by signals.

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { ANSWER, type Answer, type Command, type Line } from "./words.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** It died before it answered: whether it did what it was asked is not known. */
export class Died extends Error {
  override readonly name = "Died";
}

export interface Program {
  /** Once it has read its own code; it answers nothing before. */
  readonly loaded: Promise<void>;
  ask(command: Command): Promise<Answer>;
  signal(signal: "SIGKILL" | "SIGSTOP" | "SIGCONT"): void;
  readonly ended: Promise<void>;
  /** What it printed last, beside its answers. */
  said(): string;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** Nothing here leaves a process behind, however it ends. */
const alive = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of alive) child.kill("SIGKILL");
});

const MOST_SAID = 20_000;

export function startProgram(file: string, settings: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, [file], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", ...settings },
    stdio: ["pipe", "pipe", "pipe"],
  });
  alive.add(child);
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let said = "";
  const keep = (text: string) => (said = `${said}${text}\n`.slice(-MOST_SAID));
  const loaded = new Promise<void>((resolve, reject) => {
    waiting.set(0, { resolve: () => resolve(), reject });
  });
  loaded.catch(() => {});
  createInterface({ input: child.stdout }).on("line", (text) => {
    if (!text.startsWith(ANSWER)) return void keep(text);
    const { id, answer, fault } = JSON.parse(text.slice(ANSWER.length)) as Line;
    const asker = waiting.get(id);
    waiting.delete(id);
    if (answer) asker?.resolve(answer);
    else asker?.reject(new Error(fault));
  });
  createInterface({ input: child.stderr }).on("line", keep);
  child.stdin.on("error", () => {});
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => {
      alive.delete(child);
      for (const { reject } of waiting.values()) reject(new Died("It died"));
      waiting.clear();
      resolve();
    });
  });
  return {
    loaded,
    ask(command) {
      if (!alive.has(child)) return Promise.reject(new Died("It is dead"));
      const id = (asked += 1);
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.stdin.write(`${JSON.stringify({ id, command })}\n`);
      });
    },
    signal: (signal) => void child.kill(signal),
    ended,
    said: () => said,
  };
}
