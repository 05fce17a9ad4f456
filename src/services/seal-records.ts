// Sealing an old identity. One act of one officer takes everything by which it could be known out of the hub, in one transaction. The
// new identity is not named: it comes in as a child whom the hub does not know.

import { type EntityManager, In, IsNull, Like } from "typeorm";
import { Refusal } from "../domain/refusal.ts";
import {
  comparedNumber,
  type ComparedNumber,
  numbersIn,
  type SealKind,
  sealedNumberText,
  sealedRecordText,
} from "../domain/sealed.ts";
import { mayKnowOfSealed } from "../domain/sharing-sealed.ts";
import { isUuid } from "../domain/uuid.ts";
import type { PageArgs } from "../schema/connection.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import type { SealedIdentity, SealedWork, SealRecords } from "../schema/sealed.ts";
import { again } from "../store/again.ts";
import { pageOfRows } from "../store/page.ts";
import { insertMany } from "../store/insert.ts";
import { alsoKnownAs, believedToBe } from "../store/people.ts";
import { SealedFileRow } from "../store/rows-identity.ts";
import { AgencyRecordRow, LockRow, PersonRow } from "../store/rows.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { holdPeople } from "./identity-ledger.ts";
import { openProfile } from "./identity-profiles.ts";
import { fileOf, openFile, openWorkOf, putAway } from "./sealed-files.ts";
import { forgetDue, TO_FORGET, toForget } from "./sealed-forgetting.ts";
import { carriedByOthers, doubtsAbout, forgetIdentity, takeNumbersFrom } from "./sealed-identity.ts";
import { addSealed } from "./sealing.ts";

/** What is kept of the act itself, encrypted. */
interface Sealing {
  readonly kind: SealKind;
  readonly because: string;
  readonly records: number;
  readonly numbers: number;
  readonly work: number;
}

const SEALING = "SEALING";

/** Seals the whole old identity of a person: every record that is believed to be theirs, and every number in them or in the input.
 *  From then on nobody finds them, and nothing of them is told. Refuses while work for them is open (WRONG_STEP), while a record's
 *  numbers are not known (INCOMPLETE), and (CONFLICT) where others carry one of the numbers, or records are in doubt, unless that is said to be known. */
export async function sealRecords(hub: Hub, caller: Caller, input: SealRecords): Promise<SealedIdentity> {
  const act = { what: "records.sealed", subjects: [input.childId], ruling: mayKnowOfSealed(caller.actor) };
  await permitOrRecord(hub, caller, act);
  const given = (input.identifiers ?? []).map((identifier): ComparedNumber => {
    const number = comparedNumber(identifier);
    if (number) return number;
    throw new Refusal("BAD_INPUT", `identifiers: that ${identifier.kind} is none by which children are compared`);
  });
  const row = await again(() =>
    hub.db.transaction("READ COMMITTED", async (db) => {
      const personIds = await holdWhole(db, input.childId);
      await refuseOpenWork(db, personIds);
      const rows = await db.findBy(AgencyRecordRow, { personId: In([...personIds]) });
      const doubts = await doubtsAbout(db, rows);
      if (doubts > 0 && !input.dropDoubts) throw doubted(doubts);
      const numbers = [...numbersOf(hub, rows), ...given];
      const others = await carriedByOthers(hub, { db, rows, numbers });
      if (others.length > 0 && !input.alsoCarriedByOthers) throw carried(others.length);
      const permits = await takeNumbersFrom(hub, { db, rows: others, numbers });
      await addSealed(hub, db, [
        ...numbers.map(sealedNumberText),
        ...rows.map(({ agencyId, recordId }) => sealedRecordText(agencyId, recordId)),
        ...permits,
      ]);
      await forgetIdentity(hub, { db, personIds, rows, numbers });
      const own = { personId: input.childId, byActorId: caller.actor.id };
      await insertMany(db, SealedFileRow, toForget(hub, { rows, ...own }));
      const work = await putAway(hub, { db, personIds, ...own });
      await db.update(PersonRow, { id: In([...personIds]), sealedAt: IsNull() }, { sealedAt: hub.now() });
      const { kind, because } = input;
      const sealing: Sealing = { kind, because, records: rows.length, numbers: numbers.length, work };
      const file = fileOf(hub, { ...own, what: SEALING, content: sealing });
      await db.insert(SealedFileRow, file);
      await record(hub, caller, { ...act, db });
      return file;
    }),
  );
  // The sealing stands whatever becomes of this: the sweep finds what is left to do.
  await forgetDue(hub).catch(() => null);
  return sealingIn(hub, row);
}

const NAMED_LOCKS = { name: Like("identity:%") };

/** Everybody who is believed to be this one, held; and nobody takes in a record meanwhile. */
async function holdWhole(db: EntityManager, personId: string): Promise<readonly string[]> {
  await db.find(LockRow, { where: NAMED_LOCKS, order: { name: "ASC" }, lock: { mode: "pessimistic_write" } });
  const read = async () => {
    const now = (await believedToBe(db, [personId])).get(personId);
    return now === undefined ? [] : ((await alsoKnownAs(db, [now])).get(now) ?? []);
  };
  const before = await read();
  if (before.length === 0) throw new Refusal("NOT_FOUND", "childId: the hub knows nobody by this id");
  await holdPeople(db, before);
  const after = await read();
  if (after.some((id) => !before.includes(id)))
    throw new Refusal("CONFLICT", "Somebody joined records of this person just now: try again");
  return after;
}

async function refuseOpenWork(db: EntityManager, personIds: readonly string[]): Promise<void> {
  const open = await openWorkOf(db, personIds);
  const waiting = Object.entries(open).filter(([, count]) => count > 0);
  if (waiting.length > 0)
    throw new Refusal(
      "WRONG_STEP",
      `Work for this child is open, and sealing must not make anybody forget it: ${waiting.map(([kind, count]) => `${count} ${kind}`).join(", ")}. See that it is met, ended or cancelled first`,
    );
}

function numbersOf(hub: Hub, rows: readonly AgencyRecordRow[]): readonly ComparedNumber[] {
  const profiles = rows.map((row) => ({ row, profile: openProfile(hub, row) }));
  const unread = profiles.filter(({ profile }) => profile === null).map(({ row }) => row.agencyId);
  if (unread.length > 0)
    throw new Refusal(
      "INCOMPLETE",
      `What numbers a record holds is not known yet: collect from ${[...new Set(unread)].join(", ")} first`,
    );
  return profiles.flatMap(({ profile }) => (profile ? numbersIn(profile.compared) : []));
}

const carried = (count: number) =>
  new Refusal(
    "CONFLICT",
    `Other people's records carry one of these numbers: ${count}. See first whether a number was typed into the wrong record. If it is to be sealed all the same, say alsoCarriedByOthers: they are known without it from then on`,
  );

const doubted = (count: number) =>
  new Refusal(
    "CONFLICT",
    `Other records may be this person's, and wait for somebody to say so: ${count} pairs. Have them decided first, since what is not believed to be theirs is not sealed. Where those records are the new identity's, or plainly somebody else's, say dropDoubts`,
  );

function sealingIn(hub: Hub, row: SealedFileRow): SealedIdentity {
  const { kind, because, records, numbers, work } = JSON.parse(openFile(hub, row)) as Sealing;
  const { id, personId: childId, byActorId, at } = row;
  return { id, childId, kind, because, byActorId, at, records, numbers, work };
}

/** Everything that was ever sealed, latest first: a page. */
export async function listSealed(hub: Hub, caller: Caller, page: PageArgs): Promise<RowConnection<SealedIdentity>> {
  const act = { what: "sealed.read", subjects: [], ruling: mayKnowOfSealed(caller.actor) };
  await permitOrRecord(hub, caller, act);
  const query = hub.db.manager.createQueryBuilder(SealedFileRow, "f").where("f.what = :what", { what: SEALING });
  const found = await pageOfRows(query, { by: "at", newestFirst: true }, page);
  const subjects = found.edges.map(({ node }) => node.personId);
  await record(hub, caller, { ...act, subjects });
  return { ...found, edges: found.edges.map(({ cursor, node }) => ({ cursor, node: sealingIn(hub, node) })) };
}

/** What the hub had done for somebody before their records were sealed, oldest first. */
export async function sealedWork(hub: Hub, caller: Caller, childId: string): Promise<SealedWork[]> {
  const subjects = isUuid(childId) ? [childId] : [];
  const act = { what: "sealed.opened", subjects, ruling: mayKnowOfSealed(caller.actor) };
  await permitOrRecord(hub, caller, act);
  await record(hub, caller, act);
  const rows = await hub.db.manager.find(SealedFileRow, {
    where: { personId: subjects[0] ?? "" },
    order: { id: "ASC" },
  });
  return rows
    .filter(({ what }) => what !== SEALING && what !== TO_FORGET)
    .map((row) => ({ id: row.id, what: row.what, content: openFile(hub, row) }));
}
