// The part of `pg` that TypeORM and BullMQ call, over the one session of an embedded database.

import { EventEmitter } from "node:events";
import type { Answer, Row, Session } from "./embedded-session.ts";

type Statement = string | { readonly text: string; readonly values?: readonly unknown[] };
type Callback = (error: unknown, answer?: Answer) => void;
type Values = readonly unknown[];

const LISTEN = /^(?:\s|--[^\n]*\n)*LISTEN\s+"?(\w+)"?/i;

/** What `pg` calls a client. It holds the session from `BEGIN` to the end of its transaction, and otherwise only for a statement. */
export class EmbeddedClient extends EventEmitter {
  readonly #session: Session;
  readonly #channels = new Set<string>();
  #unlisten: (() => void) | null = null;
  #before: Promise<unknown> = Promise.resolve();
  #holds = false;
  #released = false;

  constructor(session: Session) {
    super();
    this.#session = session;
    this.setMaxListeners(0);
  }

  query<R = Row>(statement: Statement, values?: Values): Promise<Answer<R>>;
  query(statement: Statement, callback: Callback): void;
  query(statement: Statement, values: Values, callback: Callback): void;
  query(statement: Statement, values?: Values | Callback, callback?: Callback): Promise<Answer> | undefined {
    const { text, values: own } = typeof statement === "string" ? { text: statement } : statement;
    const tell = typeof values === "function" ? values : callback;
    const bound = typeof values === "function" ? own : (values ?? own);
    // One statement after the other, as on a connection: else a second one would wait for its own client's transaction.
    const answer = this.#released
      ? Promise.reject(new Error("This database client was released and takes no more statements"))
      : this.#before.then(() => this.#run(text, bound));
    this.#before = answer.catch(() => {});
    if (!tell) return answer;
    void answer.then((got) => tell(null, got), tell);
    return undefined;
  }

  async #run(text: string, values: Values | undefined): Promise<Answer> {
    if (!this.#holds) await this.#session.hold();
    try {
      const answer = await this.#session.run<Row>(text, values);
      const channel = LISTEN.exec(text)?.[1];
      if (channel) this.#listen(channel);
      return answer;
    } finally {
      this.#holds = this.#session.inTransaction;
      if (!this.#holds) this.#session.free();
    }
  }

  #listen(channel: string): void {
    this.#channels.add(channel);
    this.#unlisten ??= this.#session.onNotification((from, payload) => {
      if (this.#channels.has(from)) this.emit("notification", { channel: from, payload });
    });
  }

  /** Never fails: an open transaction is rolled back and the session goes to the next in line. */
  async release(): Promise<void> {
    this.#released = true;
    this.#unlisten?.();
    this.#unlisten = null;
    await this.#before;
    if (!this.#holds) return;
    this.#holds = false;
    await this.#session.run("ROLLBACK").catch(() => {});
    this.#session.free();
  }
}

type Connected = (error: null, client: EmbeddedClient, release: () => void) => void;

/** What `pg` calls a pool. Ending it leaves the database open for its other users; `Embedded.close` closes that. */
export class EmbeddedPool extends EventEmitter {
  /** Tells BullMQ that a listening client cannot silently drop, so an idle worker may wait long. */
  readonly options = { keepAlive: true };
  readonly #session: Session;

  constructor(session: Session) {
    super();
    this.#session = session;
    this.setMaxListeners(0);
  }

  connect(): Promise<EmbeddedClient>;
  connect(connected: Connected): void;
  connect(connected?: Connected): Promise<EmbeddedClient> | undefined {
    const client = new EmbeddedClient(this.#session);
    if (!connected) return Promise.resolve(client);
    connected(null, client, () => void client.release());
    return undefined;
  }

  async query<R = Row>(statement: Statement, values?: Values): Promise<Answer<R>> {
    const client = new EmbeddedClient(this.#session);
    try {
      return await client.query<R>(statement, values);
    } finally {
      await client.release();
    }
  }

  end(): Promise<void>;
  end(ended: () => void): void;
  end(ended?: () => void): Promise<void> | undefined {
    if (!ended) return Promise.resolve();
    ended();
    return undefined;
  }
}
