// The programs under test, all on one clock that can jump: an API, two workers, and some that wait to take the place of
// the next to die.

import { setTimeout as pause } from "node:timers/promises";
import { Died, type Program, startProgram } from "./program.ts";
import type { Answer, Command, Work } from "./words.ts";

export type Seat = "api" | "worker-1" | "worker-2";
export const SEATS: readonly Seat[] = ["api", "worker-1", "worker-2"];
export const WORKERS: readonly Seat[] = ["worker-1", "worker-2"];

/** The hub's clock went from one instant to another. */
export interface Jump {
  readonly from: Date;
  readonly to: Date;
}

export interface Fleet {
  now(): Date;
  /** Sets every program's clock, the API's first: what it creates is never ahead of those who work on it. */
  jump(to: Date): Promise<void>;
  /** All jumps so far. */
  readonly jumps: readonly Jump[];
  /** Asked until it is answered, whoever sits there by then. */
  ask(work: Work): Promise<Answer>;
  /** Asked once; an answer is not waited for. */
  tell(seat: Seat, command: Command): void;
  signal(seat: Seat, signal: "SIGSTOP" | "SIGCONT"): void;
  /** Kills whoever sits there and, so many milliseconds later, puts another in their place. Resolves when that one is at work. */
  replace(seat: Seat, afterMs: number): Promise<void>;
  said(): string;
  close(): Promise<void>;
}

const PATIENCE_MS = 30_000;
const PAUSE_MS = 100;
/** Programs that have read their code already: a run may kill several, and what it measures is not how long that takes. */
const SPARES = 3;

export interface FleetParts {
  /** The compiled program. */
  readonly file: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly sweeps: boolean;
}

/** Starts all seats. */
export async function startFleet({ file, settings, sweeps }: FleetParts): Promise<Fleet> {
  const seats = new Map<Seat, Program>();
  const ready = new Map<Seat, Promise<void>>();
  const start = () => startProgram(file, settings);
  const spares = Array.from({ length: SPARES + SEATS.length }, start);
  let offsetMs = 0;
  let closing = false;

  /** Opening fails while the database is away, and is tried again. */
  async function seated(seat: Seat): Promise<void> {
    const program = spares.shift() ?? start();
    if (spares.length < SPARES) spares.push(start());
    await program.loaded;
    seats.set(seat, program);
    const role = seat === "api" ? "api" : "worker";
    for (const until = Date.now() + PATIENCE_MS; ; await pause(PAUSE_MS))
      try {
        await program.ask({ do: "begin", offsetMs, role, sweeps });
        return;
      } catch (error) {
        if (error instanceof Died || Date.now() > until || closing)
          throw new Error(`${seat}: ${program.said()}`, { cause: error });
      }
  }

  function put(seat: Seat): Promise<void> {
    const done = seated(seat);
    ready.set(seat, done);
    return done;
  }

  const at = (seat: Seat): Program => {
    const program = seats.get(seat);
    if (!program) throw new Error(`Nobody sits at ${seat}`);
    return program;
  };

  await Promise.all(SEATS.map(put));
  const jumps: Jump[] = [];

  return {
    now: () => new Date(Date.now() + offsetMs),
    jumps,
    async jump(to) {
      jumps.push({ from: new Date(Date.now() + offsetMs), to });
      offsetMs = to.getTime() - Date.now();
      const set = (seat: Seat) => at(seat).ask({ do: "clock", offsetMs });
      await set("api").catch(() => {});
      // One that is frozen hears of it when it goes on; one that is starting was told when it began, or is told now.
      const others = WORKERS.map((seat) => set(seat).catch(() => {}));
      await Promise.race([Promise.all(others), pause(200)]);
    },
    async ask(work) {
      for (const until = Date.now() + PATIENCE_MS; ; await pause(PAUSE_MS))
        try {
          await ready.get("api");
          return await at("api").ask(work);
        } catch (error) {
          if (Date.now() > until) throw error;
        }
    },
    tell: (seat, command) =>
      void at(seat)
        .ask(command)
        .catch(() => {}),
    signal: (seat, signal) => at(seat).signal(signal),
    async replace(seat, afterMs) {
      const old = at(seat);
      old.signal("SIGKILL");
      await old.ended;
      await pause(afterMs);
      await put(seat);
    },
    said: () => [...seats].map(([seat, program]) => `${seat}:\n${program.said()}`).join("\n"),
    async close() {
      closing = true;
      const all = [...seats.values(), ...spares];
      for (const program of all) program.signal("SIGKILL");
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}
