// How an entry of the audit is bound to what it says and to its place. Its hash has two halves. The first vouches for its own content,
// chain and place: HMAC-SHA-256 under a key that is not in the database. The second goes over the whole hash of the entry before, so
// that the last hash of a chain stands for all of it. Two halves, so that one entry that was changed is named, and no other with it.

import { hash as digest } from "node:crypto";
import type { AuditChainRow, AuditRow } from "./rows-audit.ts";

/** Hexadecimal digits of each half. */
const HALF = 32;
const NOT_LINKED = "0".repeat(HALF);

/** What an entry says, without where it stands. */
export type Content = Omit<AuditRow, "chain" | "seq" | "hash">;

/** Where an entry stands; nowhere while it waits to be chained. */
export interface Place {
  readonly chain: string | null;
  readonly seq: number | null;
}

export interface Links {
  /** The half that vouches for what an entry says and where it stands. */
  own(row: Content, place: Place): string;
  /** The hash of the entry at this place of a chain, after one with this hash. */
  hash(row: Content, place: Place & { readonly before: string }): string;
  /** The hash of an entry that a transaction wrote, until it is chained. */
  waiting(row: Content): string;
  /** What such a hash ends with. */
  readonly unlinked: string;
  /** The hash of a chain itself, which its first entry follows. */
  opened(chain: Pick<AuditChainRow, "id" | "openedAt">): string;
}

export const ownHalf = (hash: string | null): string => hash?.slice(0, HALF) ?? "";

/** Whether the second half is the one that follows from the entry before. */
export const isLinked = (hash: string | null, before: string, place: Place): boolean =>
  hash?.slice(HALF) === linkAfter(before, place);

const linkAfter = (before: string, { chain, seq }: Place): string =>
  digest("sha256", `${before} ${chain} ${seq}`, "hex").slice(0, HALF);

/** JSON with a lone half of a character, which no database keeps, as every database gives it back. */
export const asKept = (json: string): string =>
  json.includes("\\ud") ? json.replaceAll(/\\ud[89a-f][\da-f]{2}/g, "\ufffd") : json;

/** The same text for the same entry, whichever engine keeps it. What many entries of a request share is worked out once. */
function makeCanonical(): (row: Content, place: Place) => string {
  let shared = "";
  let last: Content | null = null;
  return (row, { chain, seq }) => {
    if (!last || !sharesAll(row, last)) {
      last = row;
      const { actorId, role, agencyId, what, rule, allowed, purpose, power, parts, sources, digest: vouched } = row;
      const said = [what, rule, allowed, purpose, power, parts, sources, vouched];
      shared = JSON.stringify([row.at.toISOString(), actorId, role, agencyId, row.requestId, said]);
    }
    return asKept(
      `${shared}${quoted(row.id)},${quoted(row.subjectId)},${quoted(row.accessId)},${quoted(chain)},${seq}`,
    );
  };
}

const SIMPLE = /^[\w-]*$/;

const quoted = (text: string | null): string =>
  text === null ? "null" : SIMPLE.test(text) ? `"${text}"` : JSON.stringify(text);

/** Whether two entries differ in nothing but which they are, and of whom. */
export const sharesAll = (one: Content, other: Content): boolean =>
  one.at.getTime() === other.at.getTime() &&
  one.requestId === other.requestId &&
  one.what === other.what &&
  one.rule === other.rule &&
  one.allowed === other.allowed &&
  one.parts === other.parts &&
  one.sources === other.sources &&
  one.digest === other.digest &&
  one.power === other.power &&
  one.purpose === other.purpose &&
  one.actorId === other.actorId &&
  one.role === other.role &&
  one.agencyId === other.agencyId;

/** HMAC-SHA-256 with a key of 64 hexadecimal digits, one block exactly. The same as `createHmac`, and half as long: an entry is made
 *  for every child on every page. A test holds it to that. */
export function makeMac(key: string): (text: string) => string {
  const pad = (byte: number) => Buffer.from(key, "latin1").map((each) => each ^ byte);
  // Digits stay ASCII under both pads, so that the inner one can be joined to text.
  const inner = Buffer.from(pad(0x36)).toString("latin1");
  const outer = Buffer.concat([pad(0x5c), Buffer.alloc(32)]);
  return (text) => {
    digest("sha256", inner + text, "buffer").copy(outer, 64);
    return digest("sha256", outer, "hex");
  };
}

/** `keyed`: the hub's keyed hash, from which the audit's own key comes. It stays when other keys are changed. */
export function makeLinks(keyed: (text: string) => string): Links {
  const mac = makeMac(keyed("audit chain"));
  const canonical = makeCanonical();
  const own = (row: Content, place: Place) => mac(canonical(row, place)).slice(0, HALF);
  return {
    own,
    hash: (row, place) => own(row, place) + linkAfter(place.before, place),
    waiting: (row) => own(row, { chain: null, seq: null }) + NOT_LINKED,
    unlinked: NOT_LINKED,
    opened: ({ id, openedAt }) => mac(`chain ${id} ${openedAt.toISOString()}`),
  };
}
