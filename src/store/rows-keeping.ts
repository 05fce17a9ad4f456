// Rows about keeping: sessions, keys that are changed, holds, and what was erased.

import { Column, Entity, Index, PrimaryColumn } from "typeorm";

const ID = { type: "varchar", length: 36 } as const;
const ACTOR = { type: "varchar", length: 200 } as const;
const AT = { type: Date, precision: 3 } as const;

/** Somebody signed in with a browser. Their cookie is not here: its hash is. */
@Entity("session")
@Index(["actorId", "endedAt"])
@Index(["expiresAt"])
export class SessionRow {
  /** Keyed hash of the cookie. */
  @PrimaryColumn({ type: "char", length: 64 }) hash!: string;
  @Column(ACTOR) actorId!: string;
  /** Sealed. */
  @Column({ type: "text" }) name!: string;
  @Column({ type: "varchar", length: 40, nullable: true }) role!: string | null;
  @Column({ type: "varchar", length: 40, nullable: true }) agencyId!: string | null;
  /** The issuer's own name of the session; null where it gives none. */
  @Column({ type: "varchar", length: 200, nullable: true }) issuerSession!: string | null;
  @Column(AT) startedAt!: Date;
  @Column(AT) seenAt!: Date;
  @Column(AT) expiresAt!: Date;
  @Column({ ...AT, nullable: true }) endedAt!: Date | null;
}

/** A sign-in that was begun: spent by whoever comes back with its state, once. */
@Entity("sign_in_begun")
@Index(["expiresAt"])
export class SignInBegunRow {
  /** Keyed hash of the state. */
  @PrimaryColumn({ type: "char", length: 64 }) hash!: string;
  /** PKCE verifier, nonce and where to go on, sealed. */
  @Column({ type: "text" }) sealed!: string;
  @Column(AT) expiresAt!: Date;
}

/** Changing the key under which the database is sealed: how far it has come. */
@Entity("key_rotation")
export class KeyRotationRow {
  @PrimaryColumn(ID) id!: string;
  /** The key that everything is sealed under afterwards. */
  @Column({ type: "varchar", length: 40 }) keyId!: string;
  @Column(AT) startedAt!: Date;
  @Column({ ...AT, nullable: true }) finishedAt!: Date | null;
  /** Until when a process has it in hand; null where none does. */
  @Column({ ...AT, nullable: true }) claimedUntil!: Date | null;
  /** Table and column under way, and the last row done there. */
  @Column({ type: "varchar", length: 120, nullable: true }) place!: string | null;
  @Column({ type: "varchar", length: 200, nullable: true }) lastId!: string | null;
  @Column({ type: Number }) done!: number;
  @Column({ type: Number }) total!: number;
  @Column({ type: Number }) failed!: number;
}

/** What must not be erased, whatever its time: an inquiry, a claim, a review. */
@Entity("legal_hold")
@Index(["childId", "liftedAt"])
export class LegalHoldRow {
  @PrimaryColumn(ID) id!: string;
  @Column(ID) childId!: string;
  /** Sealed. */
  @Column({ type: "text" }) because!: string;
  @Column(ACTOR) byActorId!: string;
  @Column(AT) at!: Date;
  @Column({ ...AT, nullable: true }) liftedAt!: Date | null;
  @Column({ ...ACTOR, nullable: true }) liftedByActorId!: string | null;
  /** Sealed. */
  @Column({ type: "text", nullable: true }) liftedBecause!: string | null;
}

/** A wish to erase a child, until a second person decides. It is erased with the child. */
@Entity("erasure_request")
@Index(["childId", "state"])
export class ErasureRequestRow {
  @PrimaryColumn(ID) id!: string;
  @Column(ID) childId!: string;
  /** Sealed. */
  @Column({ type: "text" }) because!: string;
  /** Whoever asks knows that its class would keep it longer. */
  @Column({ type: Boolean }) beforeItsTime!: boolean;
  @Column({ type: "varchar", length: 10 }) state!: "WAITING" | "REFUSED";
  @Column(ACTOR) byActorId!: string;
  @Column(AT) at!: Date;
  @Column({ ...ACTOR, nullable: true }) decidedByActorId!: string | null;
  @Column({ ...AT, nullable: true }) decidedAt!: Date | null;
  /** Sealed. */
  @Column({ type: "text", nullable: true }) decidedBecause!: string | null;
}

/** What was erased, and the proof that it is gone. Names nobody. */
@Entity("erasure")
@Index(["subjectHash"])
export class ErasureRow {
  @PrimaryColumn(ID) id!: string;
  /** Keyed hash of the child's id in the hub. */
  @Column({ type: "char", length: 64 }) subjectHash!: string;
  /** The class of retention whose time was over, or `request`. */
  @Column({ type: "varchar", length: 40 }) retentionClass!: string;
  @Column({ type: "varchar", length: 400 }) because!: string;
  @Column(ACTOR) byActorId!: string;
  /** The second person, where somebody asked for it. */
  @Column({ ...ACTOR, nullable: true }) approvedByActorId!: string | null;
  @Column(AT) at!: Date;
  /** JSON: rows erased, by table. */
  @Column({ type: "text" }) erased!: string;
  /** JSON: rows still there afterwards, by table, counted anew. */
  @Column({ type: "text" }) left!: string;
}
