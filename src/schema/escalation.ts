import { Field, ID, Int, ObjectType } from "type-graphql";
import { Column, Entity, Index, PrimaryColumn } from "typeorm";
import type {
  ChallengeCategory as Category,
  EscalationState as State,
  EscalationStepKind as StepKind,
} from "../domain/escalation.ts";
import { ChallengeCategory, EscalationState, EscalationStepKind } from "./enums.ts";

const ID_COLUMN = { type: "varchar", length: 36 } as const;

/** Table and API type in one. */
@ObjectType({ description: "One professional challenging another agency about a child, stage by stage." })
@Entity("escalation")
@Index(["fromAgencyId", "key"], { unique: true })
@Index(["childId", "state"])
@Index(["state", "stage"])
export class Escalation {
  @Field(() => ID, { description: "The escalation's own id." })
  @PrimaryColumn(ID_COLUMN)
  id!: string;

  @Column({ type: "varchar", length: 100 })
  key!: string;

  @Column(ID_COLUMN)
  childId!: string;

  @Field(() => ChallengeCategory, { description: "What is challenged." })
  @Column({ type: "varchar", length: 30 })
  category!: Category;

  @Field(() => String, { description: "The agency that challenges." })
  @Column({ type: "varchar", length: 40 })
  fromAgencyId!: string;

  @Column({ type: "varchar", length: 200 })
  fromActorId!: string;

  @Field(() => String, { description: "The agency that is challenged." })
  @Column({ type: "varchar", length: 40 })
  toAgencyId!: string;

  @Field(() => String, { nullable: true, description: "The team of theirs that is challenged, where one was named." })
  @Column({ type: "varchar", length: 40, nullable: true })
  toTeamId!: string | null;

  @Field(() => Boolean, {
    description:
      "Whether somebody who works with the child believes the child to be at immediate risk. Protective action never waits.",
  })
  @Column({ type: Boolean })
  immediateRisk!: boolean;

  @Field(() => Boolean, { nullable: true, description: "Whether the family knows of it; null where nobody said." })
  @Column({ type: Boolean, nullable: true })
  familyTold!: boolean | null;

  @Field(() => EscalationState, { description: "Whether it goes on, and how it ended." })
  @Column({ type: "varchar", length: 12 })
  state!: State;

  @Field(() => Int, { description: "The stage it has reached, from 1." })
  @Column({ type: Number })
  stage!: number;

  @Field(() => String, { description: "The id of the area's ladder that it was raised under." })
  @Column({ type: "varchar", length: 40 })
  ladderId!: string;

  @Field(() => Date, { description: "When it was raised." })
  @Column({ type: Date, precision: 3 })
  raisedAt!: Date;

  @Field(() => Date, { nullable: true, description: "When it ended." })
  @Column({ type: Date, precision: 3, nullable: true })
  endedAt!: Date | null;
}

/** Append-only. Table and API type in one; (escalation, key) is unique. */
@ObjectType({ description: "One thing that happened in an escalation." })
@Entity("escalation_step")
@Index(["escalationId", "key"], { unique: true })
export class EscalationStep {
  @Field(() => ID, { description: "The step's own id." })
  @PrimaryColumn(ID_COLUMN)
  id!: string;

  @Column(ID_COLUMN)
  escalationId!: string;

  @Column({ type: "varchar", length: 60 })
  key!: string;

  @Field(() => EscalationStepKind, { description: "What happened." })
  @Column({ type: "varchar", length: 30 })
  what!: StepKind;

  @Field(() => Int, { description: "The stage at which it happened, from 1." })
  @Column({ type: Number })
  stage!: number;

  @Field(() => String, {
    nullable: true,
    description:
      "The evidence, answer, action, reason or outcome, in their own words; null where they are not shared with you.",
  })
  @Column({ type: "text", nullable: true })
  words!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What whoever raised it wants to happen; shared as `words` are.",
  })
  @Column({ type: "text", nullable: true })
  wanted!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What others may learn from how it ended; shared as `words` are.",
  })
  @Column({ type: "text", nullable: true })
  learning!: string | null;

  @Field(() => Date, { nullable: true, description: "By when an agreed action is to be done." })
  @Column({ type: Date, precision: 3, nullable: true })
  byAt!: Date | null;

  @Column({ type: "varchar", length: 200 })
  byActorId!: string;

  @Field(() => String, { description: "Who did it, by role; a job by its name." })
  @Column({ type: "varchar", length: 60 })
  by!: string;

  @Field(() => String, { nullable: true, description: "The agency they did it for." })
  @Column({ type: "varchar", length: 40, nullable: true })
  agencyId!: string | null;

  @Field(() => Date, { description: "When." })
  @Column({ type: Date, precision: 3 })
  at!: Date;
}
