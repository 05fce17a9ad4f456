// Erasing what the hub holds of a child: every row, in one transaction, which then looks again and writes down what it found. Agencies
// keep their records; whoever is erased here while an agency holds one may come in again, as a child whom nobody knows.

import { type EntityManager, In, IsNull, Like } from "typeorm";
import { dayInEngland, type PlainDate } from "../domain/plain-date.ts";
import { type ChildFacts, type InTheWay, type Keeping, keepingOf, whyKept } from "../domain/retention.ts";
import type { Ruling } from "../domain/sharing.ts";
import { AuditRow } from "../store/rows-audit.ts";
import { isHeld, type KeptChild, keptChildren, waysAndShields } from "../store/child-keeping.ts";
import { insertMany } from "../store/insert.ts";
import { believedToBe, everyIdOf } from "../store/people.ts";
import { IdentityLinkRow, SealedFileRow } from "../store/rows-identity.ts";
import { ErasureRow } from "../store/rows-keeping.ts";
import { AgencyRecordRow, LockRow, PersonRow } from "../store/rows.ts";
import { record } from "./audit.ts";
import { addUp, countAnew, deleteRows, findRows, IDENTITY, WORK } from "./erasure-tables.ts";
import type { Caller, Hub } from "./hub.ts";
import { holdPeople } from "./identity-ledger.ts";
import { openProfile } from "./identity-profiles.ts";
import { openWorkOf } from "./sealed-files.ts";
import { toForget } from "./sealed-forgetting.ts";
import { forgetIdentity } from "./sealed-identity.ts";

/** `WORK`: what the hub did for the child, where an agency still holds a record and the pointers go on. `WHOLE`: everything. */
export type ErasureScope = "WORK" | "WHOLE";

/** A child as the rules on keeping see them. */
export interface ChildKept {
  readonly child: KeptChild;
  readonly facts: ChildFacts;
  readonly keeping: Keeping;
  /** Whether an agency holds a record, as far as the hub knows. */
  readonly isHeldByAgencies: boolean;
}

/** What keeps this child, and until when. */
export function keptOf(hub: Hub, child: KeptChild): ChildKept {
  const facts: ChildFacts = { ...child, bornOn: latestBirthday(hub, child.records) };
  const isHeldByAgencies = child.records.some(({ gone }) => !gone);
  return { child, facts, keeping: keepingOf(hub.national.retention, facts), isHeldByAgencies };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

function latestBirthday(hub: Hub, records: readonly AgencyRecordRow[]): PlainDate | null {
  const days = records.flatMap((row) => openProfile(hub, row)?.compared["born"] ?? []).filter((on) => DAY.test(on));
  return (days.toSorted().at(-1) as PlainDate | undefined) ?? null;
}

/** Everybody who is believed to be this one, held until the transaction ends, and nobody takes in a record meanwhile. Null where the hub
 *  knows nobody by this id, or nobody may know that it does. */
export async function holdKept(db: EntityManager, childId: string): Promise<KeptChild | null> {
  const locks = { name: Like("identity:%") };
  await db.find(LockRow, { where: locks, order: { name: "ASC" }, lock: { mode: "pessimistic_write" } });
  await holdPeople(db, (await everyIdOf(db, [childId])).get(childId) ?? []);
  return findKept(db, childId);
}

/** The same, for looking only. */
export async function findKept(db: EntityManager, childId: string): Promise<KeptChild | null> {
  const head = (await believedToBe(db, [childId])).get(childId);
  const row = head === undefined ? null : await db.findOneBy(PersonRow, { id: head, sealedAt: IsNull() });
  return row ? ((await keptChildren(db, [row]))[0] ?? null) : null;
}

/** What stands against erasing these people. */
export async function inTheWay(hub: Hub, db: EntityManager, personIds: readonly string[]): Promise<InTheWay> {
  const owed = { ...(await openWorkOf(db, personIds)), ...(await waysAndShields(db, personIds, hub.now())) };
  return { held: await isHeld(db, personIds), owed };
}

export interface Erasing {
  readonly db: EntityManager;
  /** Held by `holdKept` in the same transaction. */
  readonly child: KeptChild;
  readonly scope: ErasureScope;
  /** The class that was over, or `request`. */
  readonly retentionClass: string;
  /** Names nobody. */
  readonly because: string;
  readonly byActorId: string;
  readonly approvedByActorId: string | null;
  readonly ruling: Ruling;
}

/** Erases a child in the transaction of `db`, counts anew, and writes both down. Throws where anything is left. What stands against it is
 *  looked at once more: nothing gets by a hold. */
export async function eraseKept(hub: Hub, caller: Caller, erasing: Erasing): Promise<ErasureRow> {
  const { db, child, scope, ruling } = erasing;
  const { personIds } = child;
  const kept = whyKept(await inTheWay(hub, db, personIds));
  if (kept) throw new Error(`Not to be erased: ${kept}`);
  const found = await findRows(db, scope === "WHOLE" ? [...WORK, ...IDENTITY] : WORK, personIds);
  if (scope === "WHOLE") await letGo(hub, db, child);
  await deleteRows(db, found);
  const left = { ...(await countAnew(db, found)), ...(await mentionsLeft(db, scope, personIds)) };
  const still = Object.entries(left).filter(([, count]) => count > 0);
  if (still.length > 0) throw new Error(`Rows are left in ${still.map(([table]) => table).join(", ")}`);
  const entries = await db.countBy(AuditRow, { subjectId: In([...personIds]) });
  const row: ErasureRow = {
    id: hub.newId(),
    subjectHash: erasureHash(hub, personIds[0] ?? ""),
    retentionClass: erasing.retentionClass,
    because: erasing.because,
    byActorId: erasing.byActorId,
    approvedByActorId: erasing.approvedByActorId,
    at: hub.now(),
    erased: JSON.stringify(addUp(found.filter(({ count }) => count > 0))),
    left: JSON.stringify({ ...left, audit_entry: entries }),
  };
  await db.insert(ErasureRow, row);
  await record(hub, caller, { what: "child.erased", subjects: [...personIds], ruling, db });
  return row;
}

/** By which the proof is found by somebody who has the id, and which gives the id to nobody. */
export const erasureHash = (hub: Pick<Hub, "keyed">, personId: string): string => hub.keyed(`erasure|${personId}`);

/** Keys, beliefs and doubts; what other people's records say of them; and what adapters keep of their records. */
async function letGo(hub: Hub, db: EntityManager, { personIds, records }: KeptChild): Promise<void> {
  // Under an id of its own: what an adapter is still to let go of must not lead back.
  const own = { personId: hub.newId(), byActorId: "clock:retention" };
  await insertMany(db, SealedFileRow, toForget(hub, { rows: records, ...own }));
  await forgetIdentity(hub, { db, personIds, rows: records, numbers: [] });
}

/** Beliefs about other people's records that still name one of them. */
async function mentionsLeft(db: EntityManager, scope: ErasureScope, personIds: readonly string[]) {
  if (scope === "WORK") return {};
  const runnerUps = personIds.map((id) => ({ runnerUp: Like(`%${id}%`) }));
  const mentions = await db.countBy(IdentityLinkRow, [...runnerUps, { fromPersonId: In([...personIds]) }]);
  return { "identity_link (of others)": mentions };
}

/** Today in England, by which what is over is told. */
export const today = (hub: Hub): PlainDate => dayInEngland(hub.now());
