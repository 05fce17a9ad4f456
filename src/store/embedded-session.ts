// The one PostgreSQL session of an embedded database, and whose turn it is to use it.

import { PGlite, types } from "@electric-sql/pglite";

export type Row = Record<string, unknown>;

/** What `pg` answers to a statement, as far as TypeORM and BullMQ read it. */
export interface Answer<R = Row> {
  readonly rows: R[];
  readonly rowCount: number;
  readonly command: string;
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}

// PostgreSQL writes `2026-02-22 10:00:00.123+00`; the zone may lack its minutes.
const instant = (written: string, zone: string): Date =>
  new Date(written.replace(" ", "T").replace(/([+-]\d\d)$/, "$1:00") + zone);

/** As `pg` reads them, but days stay text: a birthday has no zone to be shifted by. Timestamps without a zone are UTC. */
export const PARSERS = {
  [types.DATE]: (written: string) => written,
  [types.TIMESTAMP]: (written: string) => instant(written, "Z"),
  [types.TIMESTAMPTZ]: (written: string) => instant(written, ""),
  [types.INT8]: (written: string) => written,
  [types.NUMERIC]: (written: string) => written,
  [types.BYTEA]: (written: string) => Buffer.from(written.slice(2), "hex"),
};

const bindable = (value: unknown): unknown =>
  value === undefined ? null : value instanceof Date ? value.toISOString() : value;

// PGlite adds the statement's parameters to its errors and PostgreSQL the row's values: both may be about a person.
const PERSONAL = ["params", "query", "queryOptions", "detail", "where", "internalQuery"];

function withoutValues(error: unknown): unknown {
  if (error instanceof Error) for (const key of PERSONAL) Reflect.deleteProperty(error, key);
  return error;
}

class SessionError extends Error {
  override readonly name = "error";

  constructor(
    message: string,
    readonly code: string,
  ) {
    super(message);
  }
}

interface Waiter {
  readonly go: () => void;
  readonly timer: NodeJS.Timeout;
}

// PGlite runs on the main thread and its promises never leave it: without a pause a long queue would starve all else.
const PAUSE_AFTER_MS = 10;

/** Gives the session to one caller at a time, in the order they asked. */
export class Session {
  readonly #db: PGlite;
  readonly #waitMs: number;
  readonly #waiting: Waiter[] = [];
  #held = false;
  #closed = false;
  #pausedAt = performance.now();

  /** `waitMs`: after so long a caller is refused, because whoever holds the session may be waiting for that caller. */
  constructor(db: PGlite, waitMs: number) {
    this.#db = db;
    this.#waitMs = waitMs;
  }

  async hold(): Promise<void> {
    if (this.#closed) throw new SessionError("The embedded database is closed", "57P01");
    if (!this.#held) {
      this.#held = true;
      return;
    }
    await new Promise<void>((go, refuse) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        const seconds = this.#waitMs / 1000;
        refuse(
          new SessionError(`The embedded database was busy for ${seconds} s: is a transaction left open?`, "55P03"),
        );
      }, this.#waitMs);
      const waiter = { go, timer };
      this.#waiting.push(waiter);
    });
  }

  free(): void {
    const next = this.#waiting.shift();
    if (!next) {
      this.#held = false;
      return;
    }
    clearTimeout(next.timer);
    next.go();
  }

  /** True from `BEGIN` to the end of the transaction, failed ones included. */
  get inTransaction(): boolean {
    return !this.#closed && this.#db.isInTransaction();
  }

  /** For whoever holds the session. Without values the text may hold several statements; the last one answers. */
  async run<R>(text: string, values: readonly unknown[] = []): Promise<Answer<R>> {
    await this.#pause();
    try {
      const result =
        values.length > 0 ? await this.#db.query<Row>(text, values.map(bindable)) : (await this.#db.exec(text)).at(-1);
      const { rows = [], rowCount = 0, command = "", fields = [] } = result ?? {};
      return { rows: rows as R[], rowCount, command, fields };
    } catch (error) {
      throw withoutValues(error);
    }
  }

  /** Calls back for each NOTIFY on any channel; returns how to stop. */
  onNotification(tell: (channel: string, payload: string) => void): () => void {
    return this.#db.onNotification(tell);
  }

  /** Waits for the turn, so that no transaction is cut in the middle, and closes the database. */
  async close(): Promise<void> {
    if (this.#closed) return;
    await this.hold().catch(() => {});
    this.#closed = true;
    await this.#db.close();
    this.free();
  }

  async #pause(): Promise<void> {
    if (performance.now() - this.#pausedAt < PAUSE_AFTER_MS) return;
    await new Promise<void>((resume) => {
      setImmediate(resume);
    });
    this.#pausedAt = performance.now();
  }
}
