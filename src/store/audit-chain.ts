// The chain that this process writes. One writer at a time, so that there is neither a gap in it nor a fork; the unique index on chain and
// place holds where this process is wrong about its own chain's end.

import type { DataSource } from "typeorm";
import { insertMany } from "./insert.ts";
import { type Links, makeLinks } from "./audit-link.ts";
import { AuditChainRow, type AuditRow } from "./rows-audit.ts";

/** What a chain is made with; a hub has it all. */
export interface AuditStore {
  readonly db: DataSource;
  readonly keyed: (text: string) => string;
  readonly now: () => Date;
  readonly newId: () => string;
}

export interface Chain {
  readonly links: Links;
  /** Whether this process has written anything. */
  readonly isOpen: boolean;
  /** Gives `write` the chain: it links rows on, and writes them. They count where it succeeds. Nobody else writes meanwhile. */
  with<Result>(write: (link: (rows: readonly AuditRow[]) => void) => Promise<Result>): Promise<Result>;
}

interface End {
  readonly seq: number;
  readonly hash: string;
}

/** Places read at once, where it is not known which of this process's own statements went in. */
const PAGE = 5_000;

function makeChain({ db, keyed, now, newId }: AuditStore): Chain {
  const links = makeLinks(keyed);
  let id: string | null = null;
  let end: End = { seq: 0, hash: "" };
  let isSure = true;
  let before: Promise<unknown> = Promise.resolve();

  async function open(): Promise<string> {
    const row = { id: newId(), openedAt: now() };
    const hash = links.opened(row);
    await insertMany(db.manager, AuditChainRow, [{ ...row, hash }]);
    end = { seq: 0, hash };
    return (id = row.id);
  }

  /** After a statement that may have gone in or not: the end of what follows on without a gap. */
  async function lookForEnd(chain: string): Promise<void> {
    for (;;) {
      const found = await rowsAfter(db, chain, end.seq);
      const follows = found.findIndex(({ seq }, at) => Number(seq) !== end.seq + at + 1);
      const last = found.at(follows === -1 ? -1 : follows - 1);
      if (last && follows !== 0) end = { seq: Number(last.seq), hash: last.hash ?? "" };
      if (follows !== -1 || found.length < PAGE) break;
    }
    isSure = true;
  }

  async function take<Result>(write: (link: (rows: readonly AuditRow[]) => void) => Promise<Result>): Promise<Result> {
    const chain = id ?? (await open());
    if (!isSure) await lookForEnd(chain);
    let { seq, hash } = end;
    isSure = false;
    const result = await write((rows) => {
      for (const row of rows) {
        seq += 1;
        hash = links.hash(row, { chain, seq, before: hash });
        row.chain = chain;
        row.seq = seq;
        row.hash = hash;
      }
    });
    end = { seq, hash };
    isSure = true;
    return result;
  }

  return {
    links,
    get isOpen() {
      return id !== null;
    },
    with(write) {
      const mine = before.then(() => take(write));
      before = mine.catch(() => {});
      return mine;
    },
  };
}

function rowsAfter({ manager, driver, options }: DataSource, chain: string, seq: number) {
  const name = (text: string) => driver.escape(text);
  const [first, second] = options.type === "postgres" ? ["$1", "$2"] : ["?", "?"];
  return manager.query<{ seq: number; hash: string | null }[]>(
    `SELECT ${name("seq")}, ${name("hash")} FROM ${name("audit_entry")} WHERE ${name("chain")} = ${first} AND ${name("seq")} > ${second} ORDER BY ${name("seq")} LIMIT ${PAGE}`,
    [chain, seq],
  );
}

const made = new WeakMap<DataSource, Chain>();

/** The chain of this process on this database, opened by the first who writes. */
export function chainOf(store: AuditStore): Chain {
  let chain = made.get(store.db);
  if (!chain) made.set(store.db, (chain = makeChain(store)));
  return chain;
}
