// Rows that go by their age, table by table, a few hundred at a time. What is about a child on whom a hold is, stays.

import {
  type EntityManager,
  type EntityTarget,
  In,
  IsNull,
  LessThan,
  MoreThan,
  Not,
  type ObjectLiteral,
} from "typeorm";
import type { AgedTable } from "../domain/retention.ts";
import { Escalation } from "../schema/escalation.ts";
import { Message } from "../schema/message.ts";
import { Obligation } from "../schema/obligation.ts";
import { Post } from "../schema/post.ts";
import { WorkerSeenRow } from "./rows-access.ts";
import { ExportFileRow } from "./rows-audit.ts";
import { DeliveryRow, OutboxEmailRow, TroubledWorkRow } from "./rows-clocks.ts";
import { IdentityReviewRow, IdentityVerdictRow, QuarantinedRecordRow } from "./rows-identity.ts";
import { SessionRow, SignInBegunRow } from "./rows-keeping.ts";
import { AgencyRecordRow, PoliceIncidentKeyRow, PoliceIncidentRow } from "./rows.ts";

type Row = ObjectLiteral;

/** How the rows of one table grow old. */
export interface Aged {
  readonly table: EntityTarget<Row>;
  readonly id: string;
  /** The instant from which it counts. */
  readonly from: string;
  /** Only these. */
  readonly only?: Row;
  /** Those of these rows that must stay for now. */
  readonly keeps?: (db: EntityManager, rows: readonly Row[], held: ReadonlySet<string>) => Promise<readonly Row[]>;
  /** What hangs on them, and goes first. */
  readonly with?: readonly (readonly [table: EntityTarget<Row>, column: string])[];
}

const ids = (rows: readonly Row[], column = "id"): string[] =>
  rows.flatMap((row) => (typeof row[column] === "string" ? [row[column] as string] : []));

/** Messages about work for a child on whom a hold is. */
async function ofHeld(db: EntityManager, rows: readonly Row[], held: ReadonlySet<string>): Promise<readonly Row[]> {
  const childId = In([...held]);
  const find = async (table: EntityTarget<Row>, column: string) =>
    new Set(ids(await db.find(table, { select: { id: true }, where: { id: In(ids(rows, column)), childId } })));
  const [owed, challenged] = [await find(Obligation, "obligationId"), await find(Escalation, "escalationId")];
  return rows.filter(({ obligationId, escalationId }) => owed.has(obligationId) || challenged.has(escalationId));
}

/** Deliveries of messages that must stay. */
async function ofHeldMessages(db: EntityManager, rows: readonly Row[], held: ReadonlySet<string>) {
  const messages = await db.findBy(Message, { id: In(ids(rows, "messageId")) });
  const stay = new Set(ids(await ofHeld(db, messages, held)));
  return rows.filter(({ messageId }) => stay.has(messageId));
}

/** Doubts about records of a child on whom a hold is. */
async function ofHeldRecords(db: EntityManager, rows: readonly Row[], held: ReadonlySet<string>) {
  const about = [...ids(rows, "recordRowId"), ...ids(rows, "otherRecordRowId")];
  const records = await db.find(AgencyRecordRow, {
    select: { id: true },
    where: { id: In(about), personId: In([...held]) },
  });
  const stay = new Set(ids(records));
  return rows.filter(({ recordRowId, otherRecordRowId }) => stay.has(recordRowId) || stay.has(otherRecordRowId));
}

/** A notice names several people, and amends others: one under whose log number something newer came in stays, as does the last of a
 *  force, by which the next is numbered. While a hold is on anybody with a record at the police, all of them stay. */
async function notices(db: EntityManager, rows: readonly Row[], held: ReadonlySet<string>): Promise<readonly Row[]> {
  const people = { personId: In([...held]), agencyId: "police" };
  if (held.size > 0 && (await db.existsBy(AgencyRecordRow, people))) return rows;
  const going = new Set(ids(rows));
  const stay: Row[] = [];
  for (const row of rows) {
    const { forceIdentifier, logNumber, sequence } = row as PoliceIncidentRow;
    const thread = await db.find(PoliceIncidentRow, { select: { id: true }, where: { forceIdentifier, logNumber } });
    const isLast = !(await db.existsBy(PoliceIncidentRow, { forceIdentifier, sequence: MoreThan(sequence) }));
    if (isLast || thread.some(({ id }) => !going.has(id))) stay.push(row);
  }
  return stay;
}

const ofHeldChild = async (_db: EntityManager, rows: readonly Row[], held: ReadonlySet<string>) =>
  rows.filter(({ childId }) => held.has(childId));

export const AGED_ROWS: Readonly<Record<AgedTable, Aged>> = {
  delivery: { table: DeliveryRow, id: "id", from: "sentAt", only: { state: "SENT" }, keeps: ofHeldMessages },
  message: { table: Message, id: "id", from: "at", keeps: ofHeld, with: [[DeliveryRow, "messageId"]] },
  outbox_email: { table: OutboxEmailRow, id: "id", from: "at" },
  session: { table: SessionRow, id: "hash", from: "expiresAt" },
  sign_in_begun: { table: SignInBegunRow, id: "hash", from: "expiresAt" },
  export_file: { table: ExportFileRow, id: "id", from: "at", keeps: ofHeldChild },
  troubled_work: { table: TroubledWorkRow, id: "subjectId", from: "doneAt" },
  quarantined_record: { table: QuarantinedRecordRow, id: "id", from: "decidedAt", only: { state: Not("WAITING") } },
  identity_review: {
    table: IdentityReviewRow,
    id: "id",
    from: "closedAt",
    only: { state: Not("OPEN"), kind: Not("GOLD") },
    keeps: ofHeldRecords,
    with: [[IdentityVerdictRow, "reviewId"]],
  },
  police_incident: {
    table: PoliceIncidentRow,
    id: "id",
    from: "receivedAt",
    keeps: notices,
    with: [[PoliceIncidentKeyRow, "incidentId"]],
  },
  post: { table: Post, id: "id", from: "endedAt" },
  worker_seen: { table: WorkerSeenRow, id: "actorId", from: "seenAt" },
};

export interface Page {
  readonly before: Date;
  /** The last id of the page before. */
  readonly after: string;
  readonly take: number;
  readonly held: ReadonlySet<string>;
}

/** One page of rows that are older, without those that stay; deleted with what hangs on them. Null once there are no more. */
export async function deleteAged(
  db: EntityManager,
  aged: Aged,
  { before, after, take, held }: Page,
): Promise<{ readonly after: string; readonly deleted: number } | null> {
  const { table, id, from, only, keeps } = aged;
  const where = { ...only, [from]: LessThan(before), [id]: MoreThan(after) };
  const rows = await db.find(table, { where, order: { [id]: "ASC" }, take });
  if (rows.length === 0) return null;
  const stay = new Set(keeps ? await keeps(db, rows, held) : []);
  const going = ids(
    rows.filter((row) => !stay.has(row)),
    id,
  );
  if (going.length > 0) {
    for (const [hanging, column] of aged.with ?? []) await db.delete(hanging, { [column]: In(going) });
    // What somebody changed meanwhile is looked at anew the next time.
    await db.delete(table, { ...only, [from]: LessThan(before), [id]: In(going) });
  }
  return { after: String(rows.at(-1)?.[id] ?? ""), deleted: going.length };
}

/** Takes the content out of files that nobody may fetch any more. Returns how many. */
export async function emptyExpired(db: EntityManager, now: Date): Promise<number> {
  const expired = { expiresAt: LessThan(now), sealed: Not(IsNull()) };
  const { affected } = await db.update(ExportFileRow, expired, { sealed: null });
  return affected ?? 0;
}
