// Which columns are sealed: everything that somebody wrote, and whatever names, reaches or numbers a person. Services write and read
// plain text; the column seals and opens it. A sealed column can be neither searched nor ordered by: see `row-hashes.ts`.

import { LRUCache } from "lru-cache";
import type { DataSource, ObjectLiteral, ObjectType, ValueTransformer } from "typeorm";
import type { ColumnMetadata } from "typeorm/metadata/ColumnMetadata.js";
import { EscalationStep } from "../schema/escalation.ts";
import { ObligationChange, ObligationEvent } from "../schema/obligation.ts";
import { Post } from "../schema/post.ts";
import { Referral, ReferralStep } from "../schema/referral.ts";
import { SharingDecision } from "../schema/sharing-decision.ts";
import { StatutoryStep } from "../schema/statutory-step.ts";
import { type KeyRing, keyIdOf } from "./key-ring.ts";
import { ChildAccessRow, ChildShieldRow, WorkerSeenRow } from "./rows-access.ts";
import { ExportFileRow } from "./rows-audit.ts";
import { DeliveryRow, OutboxEmailRow, WebhookRow } from "./rows-clocks.ts";
import {
  IdentityCheckRow,
  IdentityCorrectionRow,
  IdentityOverrideRow,
  IdentityReviewRow,
  IdentityVerdictRow,
  QuarantinedRecordRow,
  SealedFileRow,
} from "./rows-identity.ts";
import { ErasureRequestRow, LegalHoldRow, SessionRow, SignInBegunRow } from "./rows-keeping.ts";
import { AgencyRecordRow, CollectCursorRow, PoliceIncidentRow } from "./rows.ts";

type Row = ObjectType<ObjectLiteral>;

/** Sealed and opened by the column itself. */
export const SEALED: readonly (readonly [row: Row, ...columns: string[]])[] = [
  [AgencyRecordRow, "recordId"],
  [Referral, "concern"],
  [ReferralStep, "because"],
  [StatutoryStep, "correctedBecause"],
  [EscalationStep, "words", "wanted", "learning"],
  [ObligationEvent, "because"],
  [ObligationChange, "reason", "decidedBecause"],
  [SharingDecision, "what", "toWhom", "necessity", "because"],
  [IdentityVerdictRow, "because"],
  [IdentityOverrideRow, "because"],
  [IdentityCorrectionRow, "because"],
  [IdentityCheckRow, "because"],
  [ChildAccessRow, "actorName", "reason", "consent", "decidedBecause"],
  [ChildShieldRow, "because", "liftedBecause"],
  [LegalHoldRow, "because", "liftedBecause"],
  [ExportFileRow, "because"],
  [ErasureRequestRow, "because", "decidedBecause"],
  [Post, "holderName", "holderEmail", "coverName", "coverEmail"],
  [WorkerSeenRow, "name"],
  [SessionRow, "name"],
  [SignInBegunRow, "sealed"],
  [DeliveryRow, "target"],
  [OutboxEmailRow, "to", "subject", "body"],
];

/** Sealed by the service that keeps them, each for its purpose and bound to its row, so that what is moved to another does not open. */
export const SEALED_BY_SERVICES: readonly (readonly [row: Row, column: string, purpose: string])[] = [
  [AgencyRecordRow, "profile", "identity.profile"],
  [CollectCursorRow, "cursor", "collect"],
  [PoliceIncidentRow, "document", "police-notice"],
  [IdentityReviewRow, "gold", "identity.gold"],
  [QuarantinedRecordRow, "sealed", "quarantine"],
  [QuarantinedRecordRow, "because", "quarantine-decision"],
  [SealedFileRow, "sealed", "sealed-file"],
  [WebhookRow, "sealedSecret", "webhook-seal"],
  [ExportFileRow, "sealed", "export-file"],
];

/** Read with every answer about children, a few of each. */
const READ_OFTEN: readonly (readonly [Row, string])[] = [[AgencyRecordRow, "recordId"]];
/** Opened texts that are kept at hand: those of 5,000 children, in about 10 MB. */
const AT_HAND = 20_000;

/** What a value of this column is sealed for. */
export const purposeOf = ({ entityMetadata, databaseName }: ColumnMetadata): string =>
  `${entityMetadata.tableName}.${databaseName}`;

/** A column of these rows. */
export function columnOf(db: DataSource, row: Row, name: string): ColumnMetadata {
  const column = db.getMetadata(row).findColumnWithPropertyName(name);
  if (!column) throw new Error(`${row.name} has no column ${name}`);
  return column;
}

/** A value as this column keeps it, for statements that TypeORM does not write. */
export const keptAs = ({ transformer }: ColumnMetadata, value: unknown): unknown =>
  transformer && !Array.isArray(transformer) ? (transformer.to(value) as unknown) : value;

/** A value of this column as it was given, for statements that TypeORM does not read. */
export const openedFrom = <Value>({ transformer }: ColumnMetadata, kept: Value): Value =>
  transformer && !Array.isArray(transformer) ? (transformer.from(kept) as Value) : kept;

/** Has the sealed columns of this database seal and open by these keys. Without keys its tables can be made and changed, and nothing
 *  that is sealed written or read. */
export function sealColumns(db: DataSource, keys: KeyRing | null): void {
  for (const [row, ...columns] of SEALED)
    for (const name of columns) {
      const column = columnOf(db, row, name);
      const often = READ_OFTEN.some(([of, which]) => of === row && which === name);
      column.transformer = keys ? sealing(keys, purposeOf(column), often) : WITHOUT_KEYS;
    }
}

function sealing(keys: KeyRing, purpose: string, often: boolean): ValueTransformer {
  const atHand = often ? new LRUCache<string, string>({ max: AT_HAND }) : null;
  function open(kept: string): string {
    // Written before its column was sealed.
    if (keyIdOf(kept) === null) return kept;
    const known = atHand?.get(kept);
    if (known !== undefined) return known;
    const opened = keys.open(kept, { purpose });
    atHand?.set(kept, opened);
    return opened;
  }
  return {
    to: (plain: unknown) => (typeof plain === "string" ? keys.seal(plain, { purpose }) : plain),
    from: (kept: unknown) => (typeof kept === "string" ? open(kept) : kept),
  };
}

const refuse = (value: unknown): unknown => {
  if (typeof value !== "string") return value;
  throw new Error("This database was opened without the keys that it is sealed under");
};
const WITHOUT_KEYS: ValueTransformer = { to: refuse, from: refuse };
