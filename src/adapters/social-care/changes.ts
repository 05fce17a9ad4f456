// What changed: first everybody, page by page, then what the nightly refresh wrote to its log.

import { And, MoreThan, Not } from "typeorm";
import type { ChangePage } from "../agency-system.ts";
import { AgencyFault } from "../agency-fault.ts";
import { toFound } from "./find.ts";
import { rowsIn, type Reading } from "./reading.ts";
import { CHANGE_LOG } from "./ssd-tables.ts";
import { asText } from "./table.ts";
import { SYSTEM, known } from "./values.ts";

const PAGE = 200;

/**
 * Where the reader stands. `all`: reading everybody, after this person, having started when the log stood at `seq`, so that
 * nothing changed meanwhile is missed. `log`: everybody is read, and the log up to `seq`.
 */
type Cursor =
  | { readonly phase: "all"; readonly seq: string; readonly after: string }
  | { readonly phase: "log"; readonly seq: string };

const write = (cursor: Cursor): string =>
  cursor.phase === "all" ? `all:${cursor.seq}:${cursor.after}` : `log:${cursor.seq}`;

function parse(text: string): Cursor {
  const [, phase, seq = "0", after = ""] = /^(all|log):(\d+)(?::(.*))?$/s.exec(text) ?? [];
  if (phase === "all") return { phase, seq, after };
  if (phase === "log") return { phase, seq };
  throw new AgencyFault(SYSTEM, "BAD_REQUEST", { doing: "reading changes from a cursor it did not give" });
}

/** The page of changes after this cursor; null starts with everybody. */
export async function readChanges(reading: Reading, cursor: string | null): Promise<ChangePage> {
  const from = cursor === null ? await start(reading) : parse(cursor);
  return from.phase === "all" ? everybody(reading, from) : logged(reading, from.seq);
}

async function start({ db }: Reading): Promise<Cursor> {
  const [last] = await db.find(CHANGE_LOG.schema, { order: { seq: "DESC" }, take: 1 });
  return { phase: "all", seq: String(last?.seq ?? 0), after: "" };
}

async function everybody(reading: Reading, { seq, after }: Extract<Cursor, { phase: "all" }>): Promise<ChangePage> {
  const people = await reading.db.find(reading.person.schema, {
    where: { personId: And(MoreThan(after), Not("-1")) },
    order: { personId: "ASC" },
    take: PAGE,
  });
  const last = people.at(-1)?.personId;
  const more = people.length === PAGE && last !== undefined && last !== null;
  return {
    changed: await toFound(reading, people.map(asText)),
    gone: [],
    cursor: write(more ? { phase: "all", seq, after: last } : { phase: "log", seq }),
    more,
  };
}

async function logged(reading: Reading, seq: string): Promise<ChangePage> {
  const rows = await reading.db.find(CHANGE_LOG.schema, {
    where: { seq: MoreThan(seq) },
    order: { seq: "ASC" },
    take: PAGE,
  });
  const ids = [...new Set(rows.flatMap(({ personId }) => known(personId) ?? []))];
  const changed = await toFound(reading, await rowsIn(reading, reading.person, { personId: ids }));
  const held = new Set(changed.map(({ recordId }) => recordId));
  return {
    changed,
    gone: ids.filter((id) => !held.has(id)),
    cursor: write({ phase: "log", seq: String(rows.at(-1)?.seq ?? seq) }),
    more: rows.length === PAGE,
  };
}
