// Rows that are never API types: ways in to a child, shields, and who has been seen at work.

import { Column, Entity, Index, PrimaryColumn } from "typeorm";
import type { AccessKind, AccessState, Power, Relation, ShieldKind } from "../domain/access.ts";

const ID = { type: "varchar", length: 36 } as const;
const ACTOR = { type: "varchar", length: 200 } as const;
const AT = { type: Date, precision: 3 } as const;

/** One person's way in to one child: a place in the team around the child, a grant, or broken glass. */
@Entity("child_access")
@Index(["actorId", "childId", "state"])
@Index(["actorId", "key"], { unique: true })
@Index(["childId", "state"])
@Index(["warnAt"])
export class ChildAccessRow {
  @PrimaryColumn(ID) id!: string;
  /** The actor's own name for their wish: sent twice, it makes one. */
  @Column({ type: "varchar", length: 100 }) key!: string;
  @Column(ID) childId!: string;
  @Column(ACTOR) actorId!: string;
  /** Sealed. */
  @Column({ type: "text", nullable: true }) actorName!: string | null;
  @Column({ type: "varchar", length: 40, nullable: true }) role!: string | null;
  @Column({ type: "varchar", length: 40, nullable: true }) agencyId!: string | null;
  @Column({ type: "varchar", length: 12 }) kind!: AccessKind;
  @Column({ type: "varchar", length: 12, nullable: true }) relation!: Relation | null;
  @Column({ type: "varchar", length: 60 }) purpose!: string;
  @Column({ type: "varchar", length: 40, nullable: true }) power!: Power | null;
  /** In their own words, sealed. */
  @Column({ type: "text" }) reason!: string;
  /** Who consented, when and how, sealed; null where the power is not consent. */
  @Column({ type: "text", nullable: true }) consent!: string | null;
  @Column({ type: "varchar", length: 10 }) state!: AccessState;
  @Column(AT) startsAt!: Date;
  @Column({ ...AT, nullable: true }) endsAt!: Date | null;
  /** When whoever holds it is to be warned that it ends; null once they were, and where it has no end. */
  @Column({ ...AT, nullable: true }) warnAt!: Date | null;
  /** Who gave it: the actor, where they let themselves in. */
  @Column(ACTOR) givenByActorId!: string;
  /** The second person: who approved or refused it, or reviewed the broken glass. */
  @Column({ ...ACTOR, nullable: true }) decidedByActorId!: string | null;
  @Column({ ...AT, nullable: true }) decidedAt!: Date | null;
  /** Sealed. */
  @Column({ type: "text", nullable: true }) decidedBecause!: string | null;
  /** Of broken glass: whether it was justified. */
  @Column({ type: Boolean, nullable: true }) justified!: boolean | null;
  /** The obligation to review broken glass. */
  @Column({ ...ID, nullable: true }) obligationId!: string | null;
  @Column({ ...ACTOR, nullable: true }) endedByActorId!: string | null;
  @Column({ ...AT, nullable: true }) endedAt!: Date | null;
}

/** Why a child is kept from more people than others are. */
@Entity("child_shield")
@Index(["childId", "liftedAt"])
export class ChildShieldRow {
  @PrimaryColumn(ID) id!: string;
  @Column(ID) childId!: string;
  @Column({ type: "varchar", length: 20 }) kind!: ShieldKind;
  /** Sealed. */
  @Column({ type: "text" }) because!: string;
  /** Somebody who must not learn of the child; null where it shields from many. */
  @Column({ ...ACTOR, nullable: true }) namedOutActorId!: string | null;
  @Column(ACTOR) byActorId!: string;
  @Column({ type: "varchar", length: 40, nullable: true }) agencyId!: string | null;
  @Column(AT) at!: Date;
  /** By when somebody looks again at whether it is still needed. */
  @Column(AT) reviewAt!: Date;
  @Column({ ...ID, nullable: true }) obligationId!: string | null;
  @Column({ ...AT, nullable: true }) liftedAt!: Date | null;
  @Column({ ...ACTOR, nullable: true }) liftedByActorId!: string | null;
  /** Sealed. */
  @Column({ type: "text", nullable: true }) liftedBecause!: string | null;
}

/** Somebody who has signed in, for the reports on who read what. */
@Entity("worker_seen")
export class WorkerSeenRow {
  @PrimaryColumn(ACTOR) actorId!: string;
  /** Sealed. */
  @Column({ type: "text", nullable: true }) name!: string | null;
  @Column({ type: "varchar", length: 40, nullable: true }) role!: string | null;
  @Column({ type: "varchar", length: 40, nullable: true }) agencyId!: string | null;
  /** Keyed hashes, for telling that somebody reads of their own family or of a neighbour; null where their sign-in does not say. */
  @Column({ type: "char", length: 64, nullable: true }) surnameHash!: string | null;
  @Column({ type: "char", length: 64, nullable: true }) postcodeHash!: string | null;
  @Column(AT) seenAt!: Date;
}
