// Undoing a wrong join, and the list of what was undone.

import { type EntityManager, In } from "typeorm";
import type { BeforeAndAfter, Radius } from "../domain/blast-radius.ts";
import { groupBy } from "../domain/group.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayReadIdentity, mayReadRadius, mayUndoIdentity } from "../domain/sharing-identity.ts";
import type { Ruling } from "../domain/sharing.ts";
import type { PageArgs } from "../schema/connection.ts";
import type { IdentityCorrection } from "../schema/identity-correction.ts";
import type { UndoIdentityJoin } from "../schema/identity-inputs.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import { again } from "../store/again.ts";
import { pageOfRows } from "../store/page.ts";
import { IdentityCheckRow, IdentityCorrectionRow } from "../store/rows-identity.ts";
import { AgencyRecordRow, PersonRow } from "../store/rows.ts";
import { permitOrRecord, record } from "./audit.ts";
import { isUuid } from "../domain/uuid.ts";
import type { Caller, Hub } from "./hub.ts";
import { holdPeople } from "./identity-ledger.ts";
import { carryOut } from "./identity-parting.ts";
import { noSuchRecord, type PartingPlan, planParting, radiusShown, recordFor, recordMeant } from "./identity-radius.ts";

const UNDONE = "identity.join.undone";
const READ = "identity.correction.read";

/** Undoes a join: the records go back to whom they were before, and stay apart from the rest for ever unless people decide otherwise.
 *  Whom it reached is told. Sent twice it is one. */
export async function undoIdentityJoin(hub: Hub, caller: Caller, input: UndoIdentityJoin): Promise<IdentityCorrection> {
  const ruling = mayUndoIdentity(caller.actor);
  await permitOrRecord(hub, caller, { what: UNDONE, subjects: [], ruling });
  await recordFor(hub, caller, input);
  const { tellAt, correction } = await again(() =>
    hub.db.transaction("READ COMMITTED", (db) => undo(hub, caller, { db, ruling, input })),
  );
  void hub.wake.telling(tellAt);
  const [shown] = await present(hub, caller, [correction]);
  return shown as IdentityCorrection;
}

interface Undoing {
  readonly db: EntityManager;
  readonly ruling: Ruling;
  readonly input: UndoIdentityJoin;
}

async function undo(hub: Hub, caller: Caller, { db, ruling, input }: Undoing) {
  const { because } = input;
  const linkId = input.linkId ?? null;
  let row = await recordMeant(hub, db, input);
  // Held, then planned anew: until nobody can have moved a record in between.
  for (let held: string | null = null; ;) {
    const plan = await planParting(db, row, linkId);
    if (!plan) return { correction: await undoneBefore(db, caller, { row, because }), tellAt: [] };
    const people = peopleOf(plan);
    if (people.join() === held) {
      const parted = await carryOut(hub, caller, { db, plan, because, row });
      const subjects = [plan.fromPersonId, parted.correction.toPersonId];
      await record(hub, caller, { what: UNDONE, subjects, ruling, db });
      return parted;
    }
    await holdPeople(db, people);
    held = people.join();
    const now = await db.findOneBy(AgencyRecordRow, { id: row.id });
    // Sealed meanwhile: it is as if it had never been.
    if (!now) throw noSuchRecord();
    row = now;
  }
}

const peopleOf = ({ fromPersonId, toPersonId }: PartingPlan): string[] =>
  [fromPersonId, toPersonId].flatMap((id) => id ?? []).sort();

interface SaidBefore {
  readonly row: AgencyRecordRow;
  readonly because: string;
}

/** The correction that this same person made for this same reason: their request came twice. Refuses anybody else's. */
async function undoneBefore(db: EntityManager, { actor }: Caller, { row, because }: SaidBefore) {
  const [last] = await db.find(IdentityCorrectionRow, {
    where: { recordRowId: row.id, byActorId: actor.id },
    order: { id: "DESC" },
    take: 1,
  });
  if (last?.because === because) return last;
  throw new Refusal("WRONG_STEP", "That join was undone already: look at its correction");
}

/** Wrong joins that were undone, latest first: a page. */
export async function identityCorrections(
  hub: Hub,
  caller: Caller,
  { first, after = null }: PageArgs,
): Promise<RowConnection<IdentityCorrection>> {
  const ruling = mayReadIdentity(caller.actor);
  await permitOrRecord(hub, caller, { what: READ, subjects: [], ruling });
  const page = await pageOfRows(shownCorrections(hub), { by: "at", newestFirst: true }, { first, after });
  const rows = page.edges.map(({ node }) => node);
  await recordRead(hub, caller, { rows, ruling });
  const nodes = await present(hub, caller, rows);
  return { ...page, edges: page.edges.map(({ cursor }, at) => ({ cursor, node: nodes[at] as IdentityCorrection })) };
}

/** Corrections that anybody may know of: none of a person who was sealed since. */
const shownCorrections = ({ db }: Hub) =>
  db.manager
    .createQueryBuilder(IdentityCorrectionRow, "c")
    .innerJoin(PersonRow, "p", "p.id = c.fromPersonId AND p.sealedAt IS NULL")
    .innerJoin(PersonRow, "q", "q.id = c.toPersonId AND q.sealedAt IS NULL");

interface ReadRows {
  readonly rows: readonly IdentityCorrectionRow[];
  readonly ruling: Ruling;
}

async function recordRead(hub: Hub, caller: Caller, { rows, ruling }: ReadRows): Promise<void> {
  const subjects = [...new Set(rows.flatMap(({ fromPersonId, toPersonId }) => [fromPersonId, toPersonId]))];
  await record(hub, caller, { what: READ, subjects, ruling });
}

/** The correction with this id, if this caller may read it. */
export async function getIdentityCorrection(hub: Hub, caller: Caller, id: string): Promise<IdentityCorrection> {
  const ruling = mayReadIdentity(caller.actor);
  await permitOrRecord(hub, caller, { what: READ, subjects: [], ruling });
  const row = isUuid(id) ? await shownCorrections(hub).andWhere("c.id = :id", { id }).getOne() : null;
  if (!row) throw new Refusal("NOT_FOUND", "There is no such correction");
  await recordRead(hub, caller, { rows: [row], ruling });
  const [shown] = await present(hub, caller, [row]);
  return shown as IdentityCorrection;
}

async function present(
  hub: Hub,
  caller: Caller,
  rows: readonly IdentityCorrectionRow[],
): Promise<IdentityCorrection[]> {
  const { manager } = hub.db;
  const records = await manager.findBy(AgencyRecordRow, { id: In(rows.map(({ recordRowId }) => recordRowId)) });
  const agencyOf = new Map(records.map(({ id, agencyId }) => [id, agencyId]));
  const checks = await manager.find(IdentityCheckRow, {
    where: { correctionId: In(rows.map(({ id }) => id)) },
    order: { id: "ASC" },
  });
  const byCorrection = groupBy(checks, ({ correctionId }) => correctionId);
  const seesReaders = mayReadRadius(caller.actor).allowed;
  return rows.map((row) => {
    const { id, fromPersonId, toPersonId, because, joinedAt, at } = row;
    const radius = JSON.parse(row.radius) as Radius & { records: number };
    return {
      id,
      fromPersonId,
      toPersonId,
      agencyId: agencyOf.get(row.recordRowId) ?? "",
      by: row.byActorId,
      because,
      joinedAt,
      at,
      told: radius.told,
      radius: { ...radiusShown({ joinedAt, ...radius }), ...(!seesReaders && { readers: null }) },
      figures: JSON.parse(row.figures) as BeforeAndAfter,
      toCheck: byCorrection.get(id) ?? [],
    };
  });
}
