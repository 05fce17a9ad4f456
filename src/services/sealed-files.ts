// What the hub did for somebody, put away when their records are sealed: every row leaves its table, so that no list, count, page or
// stream can show it, and is kept encrypted for the officer.

import { type EntityManager, type EntityTarget, In, IsNull, Like, type ObjectLiteral, Not } from "typeorm";
import { Escalation, EscalationStep } from "../schema/escalation.ts";
import { Message } from "../schema/message.ts";
import { Obligation, ObligationChange, ObligationEvent } from "../schema/obligation.ts";
import { Referral, ReferralStep } from "../schema/referral.ts";
import { SharingDecision } from "../schema/sharing-decision.ts";
import { StatutoryStep } from "../schema/statutory-step.ts";
import { insertMany } from "../store/insert.ts";
import { ChildAccessRow, ChildShieldRow } from "../store/rows-access.ts";
import { ExportFileRow } from "../store/rows-audit.ts";
import { DeliveryRow, TroubledWorkRow } from "../store/rows-clocks.ts";
import { IdentityCheckRow, IdentityCorrectionRow, SealedFileRow } from "../store/rows-identity.ts";
import { ErasureRequestRow, LegalHoldRow } from "../store/rows-keeping.ts";
import { RouteRequestRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";
import { seal, unseal } from "./seal.ts";

const PURPOSE = "sealed-file";

/** How much of each kind still waits for somebody to do it. */
export interface OpenWork {
  readonly referrals: number;
  readonly obligations: number;
  readonly escalations: number;
  /** Things made while they were shown as one with somebody else, of which nobody has said yet whose they are. */
  readonly corrections: number;
}

/** What is still to be done for these people. Sealing must not make anybody forget it. */
export async function openWorkOf(db: EntityManager, personIds: readonly string[]): Promise<OpenWork> {
  const childId = In([...personIds]);
  return {
    // One that has its team waits for a decision, and that has a clock: it is among the obligations.
    referrals: await db.countBy(Referral, { childId, status: "SUBMITTED" }),
    obligations: await db.countBy(Obligation, { childId, metAt: IsNull(), state: Not("CANCELLED" as const) }),
    escalations: await db.countBy(Escalation, { childId, state: "OPEN" }),
    corrections: await db.countBy(IdentityCheckRow, {
      correctionId: In(await correctionsOf(db, personIds)),
      state: "WAITING",
    }),
  };
}

/** Corrections by which these people were parted from somebody, or given a record. */
export async function correctionsOf(db: EntityManager, personIds: readonly string[]): Promise<string[]> {
  const people = In([...personIds]);
  const select = { id: true } as const;
  const found = await db.find(IdentityCorrectionRow, {
    select,
    where: [{ fromPersonId: people }, { toPersonId: people }],
  });
  return found.map(({ id }) => id);
}

interface PuttingAway {
  readonly db: EntityManager;
  readonly personIds: readonly string[];
  /** Whose file it goes into. */
  readonly personId: string;
  readonly byActorId: string;
}

/** Rows of one kind, and how they are found. */
interface Kind {
  readonly what: string;
  readonly table: EntityTarget<ObjectLiteral>;
  readonly rows: readonly ObjectLiteral[];
  /** What to delete: a column, and its values. */
  readonly by: readonly [column: string, values: readonly string[]];
}

const ids = (rows: readonly ObjectLiteral[]): string[] => rows.map(({ id }) => id as string);

/** Takes the work of these people out of its tables. Returns how many rows went into the file. */
export async function putAway(hub: Hub, putting: PuttingAway): Promise<number> {
  const kinds = await workOf(putting);
  const { db, personId, byActorId } = putting;
  const files = kinds.flatMap(({ what, rows }) =>
    rows.map((row) => fileOf(hub, { personId, byActorId, what, content: row })),
  );
  await insertMany(db, SealedFileRow, files);
  for (const { table, by } of kinds) await forget(db, table, by);
  const subjects = kinds.flatMap(({ rows }) => ids(rows));
  await forget(db, DeliveryRow, ["messageId", ids(kinds.find(({ what }) => what === "message")?.rows ?? [])]);
  await forget(db, RouteRequestRow, ["referralId", ids(kinds.find(({ what }) => what === "referral")?.rows ?? [])]);
  await forget(db, TroubledWorkRow, ["subjectId", subjects]);
  return files.length;
}

async function forget(
  db: EntityManager,
  table: EntityTarget<ObjectLiteral>,
  [column, values]: Kind["by"],
): Promise<void> {
  if (values.length > 0) await db.delete(table, { [column]: In([...values]) });
}

async function workOf({ db, personIds }: PuttingAway): Promise<readonly Kind[]> {
  const kinds: Kind[] = [];
  const find = async (what: string, table: EntityTarget<ObjectLiteral>, by: Kind["by"]) => {
    const [column, values] = by;
    const rows = values.length > 0 ? await db.findBy(table, { [column]: In([...values]) }) : [];
    kinds.push({ what, table, rows, by });
    return ids(rows);
  };
  const referralIds = await find("referral", Referral, ["childId", personIds]);
  await find("referral_step", ReferralStep, ["referralId", referralIds]);
  await find("statutory_step", StatutoryStep, ["childId", personIds]);
  const obligationIds = await find("obligation", Obligation, ["childId", personIds]);
  await find("obligation_event", ObligationEvent, ["obligationId", obligationIds]);
  await find("obligation_change", ObligationChange, ["obligationId", obligationIds]);
  const escalationIds = await find("escalation", Escalation, ["childId", personIds]);
  await find("escalation_step", EscalationStep, ["escalationId", escalationIds]);
  // What is owed for a shield names no child, and would be owed for nothing from now on.
  const shields = await db.findBy(ChildShieldRow, { childId: In([...personIds]) });
  const owedForShields = shields.flatMap(({ obligationId }) => obligationId ?? []);
  await find("obligation", Obligation, ["id", owedForShields]);
  await find("obligation_event", ObligationEvent, ["obligationId", owedForShields]);
  const owed = [...obligationIds, ...owedForShields];
  const wayIds = await find("child_access", ChildAccessRow, ["childId", personIds]);
  const shieldIds = await find("child_shield", ChildShieldRow, ["childId", personIds]);
  // A message about a way in or a shield begins its key with its id.
  const named = [...wayIds, ...shieldIds].map((id) => ({ key: Like(`${id} %`) }));
  const about = await db.findBy(Message, [{ obligationId: In(owed) }, { escalationId: In(escalationIds) }, ...named]);
  await find("message", Message, ["id", ids(about)]);
  await find("sharing_decision", SharingDecision, ["childId", personIds]);
  await find("export_file", ExportFileRow, ["childId", personIds]);
  await find("legal_hold", LegalHoldRow, ["childId", personIds]);
  await find("erasure_request", ErasureRequestRow, ["childId", personIds]);
  return kinds;
}

interface File {
  readonly personId: string;
  readonly byActorId: string;
  readonly what: string;
  readonly content: ObjectLiteral;
}

/** A row of the sealed file. */
export function fileOf(hub: Hub, { personId, byActorId, what, content }: File): SealedFileRow {
  const id = hub.newId();
  const sealed = seal(hub, JSON.stringify(content), { purpose: PURPOSE, rowId: id });
  return { id, personId, what, sealed, byActorId, at: hub.now() };
}

/** What a row of the file holds, as JSON. */
export const openFile = (hub: Hub, { id, sealed }: SealedFileRow): string =>
  unseal(hub, sealed, { purpose: PURPOSE, rowId: id });
