// The connection to the council's reporting replica: opened when first needed, read-only, and given up at once when asked to.

import type { QueryRunner } from "typeorm";
import type { Lane } from "../lane.ts";
import { openWithin, type OpenReplica } from "./open-replica.ts";
import type { Reading } from "./reading.ts";
import { sqlFault } from "./sql-faults.ts";

/** What is read in one transaction. */
type Work<T> = (reading: Omit<Reading, "asked">) => Promise<T>;

export interface Replica {
  /** Runs `work` in a read-only transaction of its own, through the lane. `doing` names it in a fault. */
  read<T>(doing: string, work: Work<T>, signal: AbortSignal): Promise<T>;
  close(): Promise<void>;
}

/** Makes the replica's connection. Nothing is opened yet, so the hub starts whether or not the database is there. */
export function makeReplica(databaseUrl: string, lane: Lane): Replica {
  const postgres = databaseUrl.startsWith("postgres");
  const limitMs = lane.settings.tryMs;
  const used = new WeakSet<object>();
  let opening: Promise<OpenReplica> | null = null;

  const connected = (): Promise<OpenReplica> =>
    (opening ??= openWithin(databaseUrl, limitMs).catch((error: unknown) => {
      // The next question tries afresh: a database that was down once may be up now.
      opening = null;
      throw error;
    }));

  /** Starts a transaction whose statements the server itself stops when nobody can be waiting any more. */
  async function begin(runner: QueryRunner, { mariaDb }: OpenReplica, fresh: boolean): Promise<void> {
    if (postgres) {
      await runner.query(`START TRANSACTION READ ONLY; SET LOCAL statement_timeout = ${limitMs}`);
      return;
    }
    if (fresh)
      await runner.query(
        mariaDb ? `SET SESSION max_statement_time = ${limitMs / 1_000}` : `SET SESSION max_execution_time = ${limitMs}`,
      );
    await runner.query("START TRANSACTION READ ONLY");
  }

  /** One attempt on one session; null where the session had died in the pool, so that nothing was read and another may be tried. */
  async function onSession<T>(work: Work<T>, signal: AbortSignal): Promise<{ readonly result: T } | null> {
    const replica = await connected();
    const runner = replica.source.createQueryRunner();
    const session: Session = await runner.connect();
    const fresh = !used.has(session);
    const leave = (): void => cutOff(session);
    let begun = false;
    signal.addEventListener("abort", leave, { once: true });
    try {
      signal.throwIfAborted();
      await begin(runner, replica, fresh);
      begun = true;
      used.add(session);
      const result = await work({ db: runner.manager, person: replica.person });
      await runner.query("COMMIT");
      return { result };
    } catch (error) {
      if (begun) await runner.query("ROLLBACK").catch(leave);
      else leave();
      if (begun || fresh || signal.aborted) throw error;
      return null;
    } finally {
      signal.removeEventListener("abort", leave);
      await runner.release().catch(leave);
    }
  }

  async function once<T>(work: Work<T>, signal: AbortSignal): Promise<T> {
    for (;;) {
      const done = await onSession(work, signal);
      if (done) return done.result;
    }
  }

  return {
    read: (doing, work, signal) =>
      lane.read(async (inner) => {
        try {
          return await once(work, inner);
        } catch (error) {
          if (inner.aborted) throw inner.reason;
          throw sqlFault(lane.system, error, doing);
        }
      }, signal),
    async close() {
      const open = await opening?.catch(() => null);
      opening = null;
      await open?.source.destroy();
    },
  };
}

/** What the drivers give for one session: mysql2 can destroy it, node-postgres can end it. */
type Session = { destroy(): void } | { end(): Promise<void> };

/** Ends a session whatever it is doing. Its pool then makes another. */
function cutOff(session: Session): void {
  if ("destroy" in session) session.destroy();
  else void session.end().catch(() => {});
}
