import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, Index, PrimaryColumn } from "typeorm";
import type { InformationKind as Kind, Power as LegalPower } from "../domain/access.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import type { ConsentStanding as Standing, Decided, WordsOpen } from "../domain/sharing-ledger.ts";
import { PageInfo } from "./connection.ts";
import { ConsentStanding, InformationKind, Power, SharingDecided } from "./enums.ts";
import { PlainDateScalar } from "./scalars.ts";

const IN_WORDS = "in the words of whoever decided; null where `withheldBecause` says so.";
const ID_COLUMN = { type: "varchar", length: 36 } as const;

@ObjectType({
  description:
    "One line of the ledger: what was shared about a child, or was not, with whom, under which power, and why. Never changed: a further line corrects it.",
})
@Entity("sharing_decision")
@Index(["childId", "at"])
@Index(["reviewOn"])
@Index(["byActorId", "key"], { unique: true })
@Index(["correctsId"], { unique: true })
export class SharingDecision {
  @Field(() => ID, { description: "The decision's id." })
  @PrimaryColumn(ID_COLUMN)
  id!: string;

  /** The writer's own name for it: sent twice, it makes one. The hub's own lines are named after what they record. */
  @Column({ type: "varchar", length: 100 })
  key!: string;

  @Column(ID_COLUMN)
  childId!: string;

  @Field(() => SharingDecided, { description: "Whether it was shared or withheld." })
  @Column({ type: "varchar", length: 10 })
  decided!: Decided;

  /** With commas between. */
  @Column({ type: "varchar", length: 300 })
  kinds!: string;

  @Column({ type: "text" })
  what!: string;

  /** Null for somebody who is no agency of the area's. */
  @Column({ type: "varchar", length: 40, nullable: true })
  toAgencyId!: string | null;

  @Column({ type: "text" })
  toWhom!: string;

  @Column({ type: "varchar", length: 40, nullable: true })
  fromAgencyId!: string | null;

  @Field(() => Power, { nullable: true, description: "The power in law; may be null where nothing was shared." })
  @Column({ type: "varchar", length: 40, nullable: true })
  power!: LegalPower | null;

  @Field(() => String, { description: "What it was for, as agencies take it: `children-act-1989-s47`." })
  @Column({ type: "varchar", length: 60 })
  purpose!: string;

  /** Empty where nothing was shared and nothing said of it. */
  @Column({ type: "text" })
  necessity!: string;

  @Column({ type: "text" })
  because!: string;

  @Field(() => Boolean, {
    description:
      "Whether sharing was judged more detrimental to the child than not sharing (Children Act 2004, s16LA).",
  })
  @Column({ type: Boolean })
  moreDetrimental!: boolean;

  @Field(() => ConsentStanding, {
    description: "How consent stands. It is not needed where a child is or may be at risk of harm.",
  })
  @Column({ type: "varchar", length: 20 })
  consent!: Standing;

  @Field(() => ID, { description: "Whoever decided, as their sign-in names them." })
  @Column({ type: "varchar", length: 200 })
  byActorId!: string;

  @Field(() => String, { nullable: true, description: "Their role then." })
  @Column({ type: "varchar", length: 40, nullable: true })
  role!: string | null;

  @Field(() => Date, { description: "When." })
  @Column({ type: Date, precision: 3 })
  at!: Date;

  @Field(() => PlainDateScalar, { nullable: true, description: "When somebody looks at it again." })
  @Column({ type: "date", nullable: true })
  reviewOn!: PlainDate | null;

  @Field(() => ID, { nullable: true, description: "The line that this one corrects." })
  @Column({ ...ID_COLUMN, nullable: true })
  correctsId!: string | null;

  /** What the hub did that the line records: a referral, a way in. Null where somebody wrote it. */
  @Field(() => ID, {
    nullable: true,
    description: "The referral or access in the hub that it records; null where somebody wrote it.",
  })
  @Column({ ...ID_COLUMN, nullable: true })
  subjectId!: string | null;

  /** What whoever is given the line may see of it. Set by the service that hands it out: without it no word is shown. */
  words?: WordsOpen;

  @Field(() => [InformationKind], { name: "kinds", description: "The kinds of information." })
  get kindsShown(): Kind[] {
    return this.kinds.split(",") as Kind[];
  }

  @Field(() => String, { name: "what", nullable: true, description: `What it was, ${IN_WORDS}` })
  get whatShown(): string | null {
    return this.words?.what ? this.what : null;
  }

  @Field(() => String, { name: "toWhom", nullable: true, description: `Who it went to, or who asked, ${IN_WORDS}` })
  get toWhomShown(): string | null {
    return this.words?.toWhom ? this.toWhom : null;
  }

  @Field(() => String, {
    name: "toAgencyId",
    nullable: true,
    description:
      "Id of the agency it went to, or was asked for by; null for somebody who is no agency of the area's, and where `withheldBecause` says so.",
  })
  get toAgencyShown(): string | null {
    return this.words?.agencies ? this.toAgencyId : null;
  }

  @Field(() => String, {
    name: "fromAgencyId",
    nullable: true,
    description:
      "Id of the agency that decided; null where none of the area's did, and where `withheldBecause` says so.",
  })
  get fromAgencyShown(): string | null {
    return this.words?.agencies ? this.fromAgencyId : null;
  }

  @Field(() => String, {
    name: "necessity",
    nullable: true,
    description: `Why it was necessary, and no more than necessary, to share, or why it was not, ${IN_WORDS}`,
  })
  get necessityShown(): string | null {
    return this.words?.reasons && this.necessity !== "" ? this.necessity : null;
  }

  @Field(() => String, { name: "because", nullable: true, description: `The reason for the decision, ${IN_WORDS}` })
  get becauseShown(): string | null {
    return this.words?.reasons ? this.because : null;
  }

  @Field(() => String, {
    nullable: true,
    description: "Why some words of it are not shown to you; null where all of them are.",
  })
  get withheldBecause(): string | null {
    return this.words ? this.words.because : "it was not said what of it is open to you";
  }
}

@ObjectType({ simpleResolvers: true, description: "One of the decisions on sharing about a child, newest first." })
export class SharingDecisionEdge {
  @Field(() => String, { description: "Opaque; pass it as `after` to go on from here." }) cursor!: string;
  @Field(() => SharingDecision, { description: "What stands here." }) node!: SharingDecision;
}

@ObjectType({
  simpleResolvers: true,
  description: "What was shared and what was withheld about a child, newest first.",
})
export class SharingDecisionConnection {
  @Field(() => [SharingDecisionEdge], { description: "This page." }) edges!: SharingDecisionEdge[];
  @Field(() => PageInfo, { description: "Where this page begins and ends." }) pageInfo!: PageInfo;
  @Field(() => String, {
    nullable: true,
    description: "Why the decisions of agencies other than yours are left out; null where none is.",
  })
  othersWithheldBecause!: string | null;
}
