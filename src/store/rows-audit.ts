// The record of who saw and did what, chained so that nobody can take anything out of it unseen. See docs/audit.md.

import { Column, Entity, Index, PrimaryColumn } from "typeorm";

const ID = { type: "varchar", length: 36 } as const;
const AT = { type: Date, precision: 3 } as const;

/** Who asked to see or do what about whom, and whether it was allowed. Written before the answer leaves. */
@Entity("audit_entry")
@Index(["subjectId", "at"])
@Index(["actorId", "at"])
@Index(["at"])
@Index(["chain", "seq"], { unique: true })
export class AuditRow {
  @PrimaryColumn(ID) id!: string;
  @Column(AT) at!: Date;
  @Column({ type: "varchar", length: 200 }) actorId!: string;
  @Column({ type: "varchar", length: 40, nullable: true }) role!: string | null;
  @Column({ type: "varchar", length: 40, nullable: true }) agencyId!: string | null;
  /** What was done: `child.read`, `referral.submitted`. */
  @Column({ type: "varchar", length: 60 }) what!: string;
  /** The child or referral it was done to; null where it was to none. */
  @Column({ type: "varchar", length: 36, nullable: true }) subjectId!: string | null;
  /** The rule that allowed or refused it. */
  @Column({ type: "varchar", length: 60 }) rule!: string;
  @Column({ type: Boolean }) allowed!: boolean;
  @Column({ type: "varchar", length: 60 }) purpose!: string;
  @Column({ type: "varchar", length: 40, nullable: true }) power!: string | null;
  /** Parts of a child's story that were disclosed, with commas between: `DEMOGRAPHICS,EVENTS`. */
  @Column({ type: "varchar", length: 200, nullable: true }) parts!: string | null;
  /** Agencies whose systems answered, with commas between. */
  @Column({ type: "varchar", length: 400, nullable: true }) sources!: string | null;
  /** The way in (`child_access`) that it rests on. */
  @Column({ ...ID, nullable: true }) accessId!: string | null;
  /** Keyed hashes of the line of the ledger that the entry was written with: which it is, and what it says. */
  @Column({ type: "char", length: 64, nullable: true }) digest!: string | null;
  @Column(ID) requestId!: string;
  /** The chain it is a link of, its place in it from 1, and its hash (see `audit-link.ts`). Without a chain for a moment, where a
   *  transaction wrote it: it is chained once that is over. */
  @Column({ ...ID, nullable: true }) chain!: string | null;
  @Column({ type: Number, nullable: true }) seq!: number | null;
  @Column({ type: "char", length: 64, nullable: true }) hash!: string | null;
}

/** A chain: what one process writes, from its start to its end. */
@Entity("audit_chain")
export class AuditChainRow {
  @PrimaryColumn(ID) id!: string;
  @Column(AT) openedAt!: Date;
  /** Keyed hash of the two; the chain's first entry follows it. */
  @Column({ type: "char", length: 64 }) hash!: string;
}

/** How long the chains were at an instant, signed: kept elsewhere, it shows what was taken away since. */
@Entity("audit_checkpoint")
export class AuditCheckpointRow {
  /** Its number, from 1, in twelve digits: of two processes that would make the same one, one does. */
  @PrimaryColumn(ID) id!: string;
  @Column(AT) at!: Date;
  /** JSON: each chain that was written to of late, with its length and last hash. Checkpoints before hold the others. */
  @Column({ type: "text" }) heads!: string;
  /** SHA-256 of the checkpoint before. */
  @Column({ type: "char", length: 64 }) previous!: string;
  @Column({ type: "varchar", length: 64 }) keyId!: string;
  /** Ed25519, base64url. */
  @Column({ type: "varchar", length: 120 }) signature!: string;
}

/** A file that was made for somebody, sealed, until they fetch it or it expires. */
@Entity("export_file")
@Index(["expiresAt"])
export class ExportFileRow {
  @PrimaryColumn(ID) id!: string;
  @Column({ type: "varchar", length: 30 }) kind!: string;
  @Column({ ...ID, nullable: true }) childId!: string | null;
  @Column({ type: "varchar", length: 200 }) byActorId!: string;
  @Column(AT) at!: Date;
  /** Who asks by which right and how that was checked, sealed; null where nobody need say. */
  @Column({ type: "text", nullable: true }) because!: string | null;
  /** Sealed; null until it is made, and once it has expired. */
  @Column({ type: "text", nullable: true }) sealed!: string | null;
  @Column({ type: "char", length: 64, nullable: true }) sha256!: string | null;
  @Column({ ...AT, nullable: true }) madeAt!: Date | null;
  @Column({ ...AT, nullable: true }) fetchedAt!: Date | null;
  @Column({ ...ID, nullable: true }) obligationId!: string | null;
  @Column({ ...AT, nullable: true }) expiresAt!: Date | null;
}
