// Before a join is undone: which records part, whom the join reached, and what was made on the strength of it.

import { type EntityManager, In } from "typeorm";
import { beliefShown } from "../domain/belief-shown.ts";
import type { Reader } from "../domain/blast-radius.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayReadRadius } from "../domain/sharing-identity.ts";
import type { IdentityRadius } from "../schema/identity-correction.ts";
import { madeSince, type MadeMeanwhile, readersSince } from "../store/joined-work.ts";
import { overridesBetween } from "../store/overrides.ts";
import { alsoKnownAs } from "../store/people.ts";
import { recordHash } from "../store/row-hashes.ts";
import { IdentityCorrectionRow, IdentityLinkRow } from "../store/rows-identity.ts";
import { AgencyRecordRow, PersonRow } from "../store/rows.ts";
import { withAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { recordsOf } from "./identity-joining.ts";

/** How a join would be undone. */
export interface PartingPlan {
  readonly link: IdentityLinkRow;
  /** Whom the records are taken from. */
  readonly fromPersonId: string;
  /** Whose they were before; null where they never were anybody's else. */
  readonly toPersonId: string | null;
  /** The records that part: the one named, and those that came with it. */
  readonly parting: readonly AgencyRecordRow[];
  readonly staying: readonly AgencyRecordRow[];
  readonly joinedAt: Date;
}

/** A join named by its belief or by its record. */
export interface WhichJoin {
  readonly linkId?: string | null | undefined;
  readonly agencyId?: string | null | undefined;
  readonly recordId?: string | null | undefined;
}

export const noSuchRecord = () => new Refusal("NOT_FOUND", "There is no such record or belief");

/** The record that is meant. Refuses one that nobody may know of. */
export async function recordMeant(hub: Hub, db: EntityManager, which: WhichJoin): Promise<AgencyRecordRow> {
  const { linkId, agencyId, recordId } = which;
  if (Boolean(linkId) === Boolean(agencyId && recordId))
    throw new Refusal("BAD_INPUT", "Name the record once: by a belief's id, or by agencyId and recordId");
  const link = linkId ? await db.findOneBy(IdentityLinkRow, { id: linkId }) : null;
  const where = linkId
    ? { id: link?.recordRowId ?? "" }
    : { agencyId: agencyId ?? "", recordHash: recordHash(hub, agencyId ?? "", recordId ?? "") };
  const row = await db.findOneBy(AgencyRecordRow, where);
  const person = row && (await db.findOneBy(PersonRow, { id: row.personId }));
  if (!row || !person || person.sealedAt) throw noSuchRecord();
  return row;
}

/** The same, for a caller who may know of whoever it is believed to be: of a child hidden from them there is no record either. */
export async function recordFor(hub: Hub, caller: Caller, which: WhichJoin): Promise<AgencyRecordRow> {
  const row = await recordMeant(hub, hub.db.manager, which);
  const { found } = await withAccess(hub, caller, { childId: row.personId });
  if (!found) throw noSuchRecord();
  return row;
}

/** Everything believed of these records, oldest first. */
export const linksOf = (db: EntityManager, rows: readonly AgencyRecordRow[]): Promise<IdentityLinkRow[]> =>
  db.find(IdentityLinkRow, { where: { recordRowId: In(rows.map(({ id }) => id)) }, order: { id: "ASC" } });

/** How the join of this record is undone; the one named, else the one that holds. Null where it was undone already. Refuses where the
 *  record is joined to nobody. */
export async function planParting(
  db: EntityManager,
  row: AgencyRecordRow,
  linkId: string | null,
): Promise<PartingPlan | null> {
  const all = await recordsOf(db, [row.personId]);
  const links = await linksOf(db, all);
  const own = links.filter(({ recordRowId }) => recordRowId === row.id);
  const link = linkId === null ? beliefShown(own) : own.find(({ id }) => id === linkId);
  if (!link) throw noSuchRecord();
  const parted = own.find(({ id, rule }) => rule === "PARTED" && id > link.id);
  // What came to it after it was parted may be undone in its turn.
  const isJoinedSince = parted && links.some(({ id, rule }) => rule !== "PARTED" && id > parted.id);
  if (parted && (linkId !== null || !isJoinedSince)) return null;
  const came = all.filter((each) => each.id === row.id || cameAlong(link, links, each));
  const others = all.filter((each) => !came.includes(each));
  if (others.length === 0) {
    if (await db.existsBy(IdentityCorrectionRow, { recordRowId: row.id })) return null;
    throw new Refusal("WRONG_STEP", "This record is joined to no other: there is nothing to undo");
  }
  const shown = new Map(all.map(({ id }) => [id, beliefShown(links.filter((each) => each.recordRowId === id))]));
  const beliefsOf = (rows: readonly AgencyRecordRow[]) => rows.map(({ id }) => shown.get(id) ?? link);
  const from = row.personId;
  const arrivals = beliefsOf(others).map(({ at }) => at.getTime());
  const first = Math.min(...arrivals);
  // What was there before all others stays, with what was done for it: the others were joined to it.
  const wasFirst = isOwn(link, from) && first > link.at.getTime();
  const [parting, staying] = wasFirst ? [others, came] : [came, others];
  const before = wasFirst ? earlierOf(beliefsOf(others), from) : link.fromPersonId;
  return {
    link,
    fromPersonId: from,
    toPersonId: await whoseBefore(db, { before, parting, from }),
    parting,
    staying,
    joinedAt: new Date(Math.max(link.at.getTime(), first)),
  };
}

/** Whether the record was nobody's else before. */
const isOwn = ({ fromPersonId, rule }: IdentityLinkRow, from: string): boolean =>
  rule !== "PARTED" && (fromPersonId === null || fromPersonId === from);

/** Whose these beliefs' records were before, null for nobody's. Refuses where not all were the same one's. */
function earlierOf(beliefs: readonly IdentityLinkRow[], from: string): string | null {
  const people = new Set(beliefs.map((belief) => (isOwn(belief, from) ? null : belief.fromPersonId)));
  if (people.size > 1)
    throw new Refusal(
      "WRONG_STEP",
      "Records were joined to this one in several steps: name those that do not belong, so that each goes back to whose it was",
    );
  return [...people][0] ?? null;
}

/** Records that a person joined in the same act: all that one of the two had. */
const cameAlong = (link: IdentityLinkRow, links: readonly IdentityLinkRow[], { id }: AgencyRecordRow): boolean =>
  link.rule === "PERSON" &&
  links.some(
    (each) =>
      each.recordRowId === id &&
      each.rule === "PERSON" &&
      each.personId === link.personId &&
      each.fromPersonId === link.fromPersonId,
  );

interface Before {
  /** Whom a belief names as the one before. */
  readonly before: string | null;
  readonly parting: readonly AgencyRecordRow[];
  readonly from: string;
}

/** Whose the records were before; null where that was nobody, or has meanwhile records that were decided to be another's. */
async function whoseBefore(db: EntityManager, { before, parting, from }: Before): Promise<string | null> {
  if (before === null || before === from) return null;
  const person = await db.findOneBy(PersonRow, { id: before });
  if (!person || person.sealedAt) return null;
  const theirs = await recordsOf(db, [before]);
  const ids = (rows: readonly AgencyRecordRow[]) => rows.map(({ id }) => id);
  const decided = await overridesBetween(db, ids(parting), ids(theirs));
  return [...decided.values()].some(({ verdict }) => verdict === "NOT_MATCH") ? null : before;
}

/** Whom a join reached. */
export interface Reached {
  readonly readers: readonly Reader[];
  readonly made: readonly MadeMeanwhile[];
}

/** Who saw the person that these records were joined to since they were, and what was made for them. */
export async function reachOf(db: EntityManager, { fromPersonId, joinedAt }: PartingPlan): Promise<Reached> {
  const known = await alsoKnownAs(db, [fromPersonId]);
  const joined = { personIds: known.get(fromPersonId) ?? [fromPersonId], since: joinedAt };
  return { readers: await readersSince(db, joined), made: await madeSince(db, joined) };
}

/** What undoing a join would touch, before anybody does it. */
export async function identityBlastRadius(hub: Hub, caller: Caller, which: WhichJoin): Promise<IdentityRadius> {
  const ruling = mayReadRadius(caller.actor);
  const what = "identity.radius.read";
  await permitOrRecord(hub, caller, { what, subjects: [], ruling });
  const { manager: db } = hub.db;
  const row = await recordFor(hub, caller, which);
  const plan = await planParting(db, row, which.linkId ?? null);
  await record(hub, caller, { what, subjects: [row.personId], ruling });
  if (!plan) throw new Refusal("WRONG_STEP", "That join was undone already: look at its correction");
  const { readers, made } = await reachOf(db, plan);
  return radiusShown({ joinedAt: plan.joinedAt, records: plan.parting.length, readers, touched: made });
}

interface Shown {
  readonly joinedAt: Date;
  readonly records: number;
  readonly readers: readonly Reader[];
  readonly touched: readonly Pick<MadeMeanwhile, "kind" | "id" | "what" | "at">[];
}

/** The radius as the graph shows it. */
export const radiusShown = ({ joinedAt, records, readers, touched }: Shown): IdentityRadius => ({
  joinedAt,
  records,
  readers: readers.map(({ firstAt, lastAt, ...reader }) => ({
    ...reader,
    firstAt: new Date(firstAt),
    lastAt: new Date(lastAt),
  })),
  touched: touched.map(({ kind, id, what, at }) => ({ kind, id, what, at: new Date(at) })),
  reports: "NONE_STORED",
});
