// Which rows of which tables are about a child. Every table that names a child is here, or a test fails: what is not here would
// outlive an erasure.

import { type EntityManager, type EntityTarget, In, Like, type ObjectLiteral } from "typeorm";
import { Escalation, EscalationStep } from "../schema/escalation.ts";
import { Message } from "../schema/message.ts";
import { Obligation, ObligationChange, ObligationEvent } from "../schema/obligation.ts";
import { Referral, ReferralStep } from "../schema/referral.ts";
import { SharingDecision } from "../schema/sharing-decision.ts";
import { StatutoryStep } from "../schema/statutory-step.ts";
import { ChildAccessRow, ChildShieldRow } from "../store/rows-access.ts";
import { ExportFileRow } from "../store/rows-audit.ts";
import { DeliveryRow, OutboxEmailRow, TroubledWorkRow } from "../store/rows-clocks.ts";
import {
  IdentityCheckRow,
  IdentityCorrectionRow,
  IdentityLinkRow,
  IdentityOverrideRow,
  IdentityReviewRow,
  IdentityVerdictRow,
  LinkKeyRow,
} from "../store/rows-identity.ts";
import { ErasureRequestRow, LegalHoldRow } from "../store/rows-keeping.ts";
import { AgencyRecordRow, PersonRow, RouteRequestRow } from "../store/rows.ts";

type Table = EntityTarget<ObjectLiteral>;

/** Rows of one table, found by columns that hold ids of the child (`PEOPLE`) or of rows found before. */
export interface Part {
  readonly table: Table;
  readonly by: readonly (readonly [column: string, of: "PEOPLE" | readonly Table[], how?: "BEGINS_WITH"])[];
}

/** Everything that a message or trouble may be about. */
const MADE: readonly Table[] = [Referral, Obligation, Escalation, ChildAccessRow, ChildShieldRow, SharingDecision];

/** What the hub did for a child. In this order: what hangs on another stands after it. */
export const WORK: readonly Part[] = [
  { table: Referral, by: [["childId", "PEOPLE"]] },
  { table: ReferralStep, by: [["referralId", [Referral]]] },
  { table: RouteRequestRow, by: [["referralId", [Referral]]] },
  { table: StatutoryStep, by: [["childId", "PEOPLE"]] },
  { table: ChildShieldRow, by: [["childId", "PEOPLE"]] },
  {
    table: Obligation,
    by: [
      ["childId", "PEOPLE"],
      // The reviews of a shield name no child.
      ["courseId", [ChildShieldRow]],
    ],
  },
  { table: ObligationEvent, by: [["obligationId", [Obligation]]] },
  { table: ObligationChange, by: [["obligationId", [Obligation]]] },
  { table: Escalation, by: [["childId", "PEOPLE"]] },
  { table: EscalationStep, by: [["escalationId", [Escalation]]] },
  { table: ChildAccessRow, by: [["childId", "PEOPLE"]] },
  { table: SharingDecision, by: [["childId", "PEOPLE"]] },
  { table: ExportFileRow, by: [["childId", "PEOPLE"]] },
  { table: LegalHoldRow, by: [["childId", "PEOPLE"]] },
  { table: ErasureRequestRow, by: [["childId", "PEOPLE"]] },
  { table: IdentityCheckRow, by: [["subjectId", [Referral, StatutoryStep, Obligation, Escalation]]] },
  {
    table: Message,
    by: [
      ["obligationId", [Obligation]],
      ["escalationId", [Escalation]],
      ["key", [ChildAccessRow, ChildShieldRow, ErasureRequestRow], "BEGINS_WITH"],
    ],
  },
  { table: DeliveryRow, by: [["messageId", [Message]]] },
  { table: OutboxEmailRow, by: [["id", [DeliveryRow]]] },
  { table: TroubledWorkRow, by: [["subjectId", [...MADE, DeliveryRow]]] },
];

/** Whose an agency's records are believed to be, and the child's own row. */
export const IDENTITY: readonly Part[] = [
  { table: AgencyRecordRow, by: [["personId", "PEOPLE"]] },
  { table: LinkKeyRow, by: [["recordRowId", [AgencyRecordRow]]] },
  {
    table: IdentityLinkRow,
    by: [
      ["recordRowId", [AgencyRecordRow]],
      ["personId", "PEOPLE"],
    ],
  },
  {
    table: IdentityReviewRow,
    by: [
      ["recordRowId", [AgencyRecordRow]],
      ["otherRecordRowId", [AgencyRecordRow]],
    ],
  },
  { table: IdentityVerdictRow, by: [["reviewId", [IdentityReviewRow]]] },
  {
    table: IdentityOverrideRow,
    by: [
      ["recordA", [AgencyRecordRow]],
      ["recordB", [AgencyRecordRow]],
    ],
  },
  {
    table: IdentityCorrectionRow,
    by: [
      ["fromPersonId", "PEOPLE"],
      ["toPersonId", "PEOPLE"],
      ["recordRowId", [AgencyRecordRow]],
    ],
  },
  { table: IdentityCheckRow, by: [["correctionId", [IdentityCorrectionRow]]] },
  { table: Message, by: [["key", [IdentityCorrectionRow, IdentityReviewRow], "BEGINS_WITH"]] },
  {
    table: PersonRow,
    by: [
      ["id", "PEOPLE"],
      ["joinedTo", "PEOPLE"],
    ],
  },
];

/** Columns that name a child, or something about one, and stay. Each says why. */
export const STAYS: Readonly<Record<string, string>> = {
  "audit_entry.subjectId": "evidence of who saw what: it names ids only, and has a class of its own",
  "identity_link.fromPersonId": "of other people's records: emptied, since it is another's belief",
  "sealed_file.personId": "sealed records are erased by nobody but their officer's own rules",
  "post.obligationId": "of a post's own confirming: it is about no child",
  "police_incident_key.incidentId":
    "a notice names several people, and goes by its age; a child's record in it is let go of",
};

/** Rows that were found, and how they are found again. */
export interface FoundRows {
  readonly table: Table;
  readonly name: string;
  readonly where: readonly ObjectLiteral[];
  readonly count: number;
}

const whereOf = (column: string, values: readonly string[], how?: "BEGINS_WITH"): readonly ObjectLiteral[] => {
  if (values.length === 0) return [];
  return how ? values.map((value) => ({ [column]: Like(`${value}%`) })) : [{ [column]: In([...values]) }];
};

/** The rows of these parts that are about these people, in the parts' order. */
export async function findRows(
  db: EntityManager,
  parts: readonly Part[],
  personIds: readonly string[],
): Promise<readonly FoundRows[]> {
  const found: FoundRows[] = [];
  const idsIn = new Map<Table, string[]>();
  const namedBy = (of: Part["by"][number][1]) =>
    of === "PEOPLE" ? personIds : of.flatMap((table) => idsIn.get(table) ?? []);
  for (const { table, by } of parts) {
    const where = by.flatMap(([column, of, how]) => whereOf(column, namedBy(of), how));
    const { tableName: name, propertiesMap } = db.connection.getMetadata(table);
    if (where.length === 0) continue;
    if ("id" in propertiesMap) {
      const rows = await db.find(table, { select: { id: true }, where: [...where] });
      const ids = rows.map(({ id }) => id as string);
      idsIn.set(table, [...(idsIn.get(table) ?? []), ...ids]);
      found.push({ table, name, where, count: rows.length });
    } else found.push({ table, name, where, count: await db.countBy(table, [...where]) });
  }
  return found;
}

/** Deletes them. What hangs on another goes first. */
export async function deleteRows(db: EntityManager, found: readonly FoundRows[]): Promise<void> {
  for (const { table, where, count } of found.toReversed()) if (count > 0) await db.delete(table, [...where]);
}

/** Rows by table, added up. */
export function addUp(counts: readonly Pick<FoundRows, "name" | "count">[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  for (const { name, count } of counts) sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

/** How many of them are there now. */
export async function countAnew(db: EntityManager, found: readonly FoundRows[]) {
  const counts: { readonly name: string; readonly count: number }[] = [];
  for (const { table, name, where } of found) counts.push({ name, count: await db.countBy(table, [...where]) });
  return addUp(counts);
}
