// What one request reads of children, gathered while it is answered and put on record in one go before the answer leaves: one entry for
// each child, with the parts that were disclosed and the agencies that answered.

import type { Access } from "../domain/access.ts";
import { PARTS, type Part } from "../domain/absence.ts";
import { type Entry, writeEntries } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";

/** Something of a child that was handed out, or was not. */
export interface Read {
  readonly childId: string;
  readonly access: Access;
  /** Parts that were disclosed; none where only the child's id was. */
  readonly parts: readonly Part[];
  /** Agencies that answered. */
  readonly sources: readonly string[];
}

export interface Trail {
  /** Notes it. Nothing is written yet. */
  read(what: Read): void;
  /** Writes what was noted since the last time. Where that fails, nothing may leave. */
  flush(): Promise<void>;
}

/** All that was read of one child under one decision. */
interface Gathered {
  readonly childId: string;
  readonly access: Access;
  parts: readonly Part[];
  sources: readonly string[];
}

/** The longest that the column takes. */
const MOST_SOURCES = 400;

const isSame = (one: Access, other: Access): boolean =>
  one === other || (one.rule === other.rule && one.accessId === other.accessId);

const both = <Item>(some: readonly Item[], more: readonly Item[]): readonly Item[] =>
  some.length === 0 || more.length === 0 ? (some.length === 0 ? more : some) : [...new Set([...some, ...more])];

/** What a caller reads, until it is flushed. Made for each request and each connection. */
export function makeTrail(hub: Hub, caller: Caller): Trail {
  let gathered = new Map<string, Gathered>();
  return {
    read({ childId, access, parts, sources }) {
      // What was decided anew within the request is an entry of its own.
      const before = gathered.get(childId);
      const key = !before || isSame(before.access, access) ? childId : `${childId} ${access.rule} ${access.accessId}`;
      const one = key === childId ? before : gathered.get(key);
      if (!one) return void gathered.set(key, { childId, access, parts, sources });
      one.parts = both(one.parts, parts);
      one.sources = both(one.sources, sources);
    },
    async flush() {
      if (gathered.size === 0) return;
      const all = [...gathered.values()];
      gathered = new Map();
      await writeEntries(hub, caller, all.map(entryOf));
    },
  };
}

function entryOf({ childId, access, parts, sources }: Gathered): Entry {
  const { scope, rule, purpose, power, accessId } = access;
  return {
    what: "child.read",
    subjectId: childId,
    rule,
    // Somebody who was shown no more than which child it is, was not let in.
    allowed: scope === "WHOLE" || scope === "OUTLINE",
    purpose,
    power,
    accessId,
    parts: parts.length > 0 ? PARTS.filter((part) => parts.includes(part)).join(",") : null,
    sources: sources.length > 0 ? sources.join(",").slice(0, MOST_SOURCES) : null,
  };
}
