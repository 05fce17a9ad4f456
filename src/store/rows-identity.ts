// Rows of who is who. Beliefs are only ever added to; the pointer (`agency_record`) carries the one that holds.

import { Column, Entity, Index, PrimaryColumn } from "typeorm";
import type { CheckState, TouchedKind } from "../domain/blast-radius.ts";

const ID = { type: "varchar", length: 36 } as const;
const AT = { type: Date, precision: 3 } as const;

/** Stands in place of a record where a key has too many: it finds nobody any more, and is counted. */
export const CAPPED = "capped";

/** A keyed hash under which a record is found: no plain name, day or number is in any index. */
@Entity("link_key")
export class LinkKeyRow {
  @PrimaryColumn({ type: "char", length: 16 }) hash!: string;
  @Index()
  @PrimaryColumn(ID)
  recordRowId!: string;
}

/** One belief about one record: append-only. `supersedes` is the belief that held before. */
@Entity("identity_link")
@Index(["recordRowId", "id"])
export class IdentityLinkRow {
  @PrimaryColumn(ID) id!: string;
  @Column(ID) recordRowId!: string;
  @Index()
  @Column(ID)
  personId!: string;
  /** `NHS_NUMBER`, `UPN`, `WEIGHT`, `PERSON`, `NONE` (the first record of somebody), `PARTED`, ... */
  @Column({ type: "varchar", length: 40 }) rule!: string;
  @Column({ type: "varchar", length: 200 }) because!: string;
  @Column(AT) at!: Date;
  @Column({ type: "varchar", length: 10, default: "AUTO" }) band!: "AUTO" | "REVIEW" | "NO_LINK";
  /** Bits against the record that agreed best; null where nobody was compared. */
  @Column({ type: "double precision", nullable: true }) weight!: number | null;
  /** JSON: the waterfall, codes and bits, no values. */
  @Column({ type: "text", nullable: true }) contributions!: string | null;
  /** JSON: codes. */
  @Column({ type: "text", nullable: true }) vetoes!: string | null;
  /** JSON: who else was in question, `{personId, weight}`; null for nobody. */
  @Column({ type: "text", nullable: true }) runnerUp!: string | null;
  @Column({ type: "varchar", length: 60, nullable: true }) model!: string | null;
  /** `model:strict`, or the actor's id. */
  @Column({ type: "varchar", length: 200, default: "model" }) decidedBy!: string;
  @Column({ ...ID, nullable: true }) supersedes!: string | null;
  /** Whose it was believed to be before; undo gives it back. */
  @Column({ ...ID, nullable: true }) fromPersonId!: string | null;
}

/** A doubtful pair that waits for a person. One for each pair and kind, however often the records come in. */
@Entity("identity_review")
@Index(["state", "openedAt"])
export class IdentityReviewRow {
  @PrimaryColumn(ID) id!: string;
  @Index({ unique: true })
  @Column({ type: "varchar", length: 120 })
  pair!: string;
  /** `RECORDS`: two records may be one person. `BIRTH`: an unborn child may have been born. `GOLD`: a made-up pair whose answer is known. */
  @Column({ type: "varchar", length: 12 }) kind!: "RECORDS" | "BIRTH" | "GOLD";
  @Index()
  @Column({ ...ID, nullable: true })
  recordRowId!: string | null;
  @Index()
  @Column({ ...ID, nullable: true })
  otherRecordRowId!: string | null;
  @Column({ type: "double precision" }) weight!: number;
  @Column({ type: "text" }) contributions!: string;
  @Column({ type: "text" }) vetoes!: string;
  @Column({ type: Boolean }) needsTwo!: boolean;
  @Column({ type: "varchar", length: 60 }) model!: string;
  @Column({ type: "varchar", length: 10 }) state!: "OPEN" | "CLOSED" | "MOOT";
  /** `MATCH`, `NOT_MATCH`, `CANNOT_TELL`; null while open. */
  @Column({ type: "varchar", length: 12, nullable: true }) outcome!: string | null;
  /** Sealed: the two made-up records and the answer. Null for a real pair. */
  @Column({ type: "text", nullable: true }) gold!: string | null;
  @Column(AT) openedAt!: Date;
  @Column({ ...AT, nullable: true }) closedAt!: Date | null;
}

/** What one person said about one pair. */
@Entity("identity_verdict")
@Index(["reviewId", "byActorId"], { unique: true })
export class IdentityVerdictRow {
  @PrimaryColumn(ID) id!: string;
  @Column(ID) reviewId!: string;
  @Index()
  @Column({ type: "varchar", length: 200 })
  byActorId!: string;
  @Column({ type: "varchar", length: 12 }) verdict!: "MATCH" | "NOT_MATCH" | "CANNOT_TELL";
  @Column({ type: "text" }) because!: string;
  /** Whether it was the right answer; null for a real pair. */
  @Column({ type: Boolean, nullable: true }) right!: boolean | null;
  @Column(AT) at!: Date;
}

/** A person's decision about two records. It outranks the model for ever; the latest of a pair holds. */
@Entity("identity_override")
@Index(["recordA", "recordB"])
export class IdentityOverrideRow {
  @PrimaryColumn(ID) id!: string;
  /** The lesser id of the two. */
  @Column(ID) recordA!: string;
  @Index()
  @Column(ID)
  recordB!: string;
  @Column({ type: "varchar", length: 12 }) verdict!: "MATCH" | "NOT_MATCH";
  @Column({ type: "varchar", length: 200 }) byActorId!: string;
  @Column({ type: "text" }) because!: string;
  @Column(AT) at!: Date;
}

/** A wrong join that was undone: what it had touched, and what was done about it. */
@Entity("identity_correction")
export class IdentityCorrectionRow {
  @PrimaryColumn(ID) id!: string;
  @Index()
  @Column(ID)
  recordRowId!: string;
  @Index()
  @Column(ID)
  fromPersonId!: string;
  @Index()
  @Column(ID)
  toPersonId!: string;
  @Column({ type: "varchar", length: 200 }) byActorId!: string;
  @Column({ type: "text" }) because!: string;
  /** From when the join held. */
  @Column(AT) joinedAt!: Date;
  @Column(AT) at!: Date;
  /** JSON: ids of readers, referrals, obligations, escalations, messages. No values. */
  @Column({ type: "text" }) radius!: string;
  /** JSON: figures before and after. */
  @Column({ type: "text" }) figures!: string;
}

/** Something made while two people were shown as one: whose is it? One for each thing and correction. */
@Entity("identity_check")
@Index(["correctionId", "kind", "subjectId"], { unique: true })
@Index(["state", "agencyId"])
export class IdentityCheckRow {
  @PrimaryColumn(ID) id!: string;
  @Column(ID) correctionId!: string;
  @Column({ type: "varchar", length: 12 }) kind!: Exclude<TouchedKind, "MESSAGE">;
  @Column(ID) subjectId!: string;
  /** The course of events that it belongs to: what moves with it. */
  @Column({ ...ID, nullable: true }) courseId!: string | null;
  /** The agency that made or owes it. */
  @Column({ type: "varchar", length: 40, nullable: true }) agencyId!: string | null;
  @Column({ type: "varchar", length: 10 }) state!: CheckState;
  @Column({ type: "varchar", length: 200, nullable: true }) checkedBy!: string | null;
  @Column({ type: "text", nullable: true }) because!: string | null;
  @Column({ ...AT, nullable: true }) checkedAt!: Date | null;
}

/** A keyed hash, under a key of its own, of a number or record that must never be joined to anybody or shown again. */
@Entity("sealed_key")
export class SealedKeyRow {
  @PrimaryColumn({ type: "char", length: 64 }) hash!: string;
}

/** A record that came in with a sealed number. Only its own officer can read which: everything about it is encrypted. */
@Entity("quarantined_record")
export class QuarantinedRecordRow {
  @PrimaryColumn(ID) id!: string;
  @Index({ unique: true })
  @Column({ type: "char", length: 64 })
  hash!: string;
  @Column({ type: "text" }) sealed!: string;
  @Column({ type: "varchar", length: 10 }) state!: "WAITING" | "RELEASED" | "SEALED";
  @Column(AT) at!: Date;
  @Column({ type: "varchar", length: 200, nullable: true }) decidedBy!: string | null;
  @Column({ type: "text", nullable: true }) because!: string | null;
  @Column({ ...AT, nullable: true }) decidedAt!: Date | null;
}

/** What the hub did for somebody whose records are sealed, taken out of every other table, and the sealing itself. Encrypted: only the
 *  officer opens it. */
@Entity("sealed_file")
@Index(["personId"])
@Index(["what", "at"])
export class SealedFileRow {
  @PrimaryColumn(ID) id!: string;
  @Column(ID) personId!: string;
  /** `SEALING` for the act itself, `TO_FORGET` for what an adapter must still be told, else the kind of row that it was. */
  @Column({ type: "varchar", length: 40 }) what!: string;
  /** JSON, encrypted. */
  @Column({ type: "text" }) sealed!: string;
  /** The officer. */
  @Column({ type: "varchar", length: 200 }) byActorId!: string;
  @Column(AT) at!: Date;
}
