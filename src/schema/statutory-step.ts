import { IsOptional, IsUUID, Length, Matches } from "class-validator";
import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Column, Entity, Index, PrimaryColumn } from "typeorm";
import type { StepKind as Kind, StepOutcome as Outcome } from "../domain/statutory-step.ts";
import { WORDS } from "./child.ts";
import { StepKind, StepOutcome } from "./enums.ts";
import { Obligation } from "./obligation.ts";

const ID_COLUMN = { type: "varchar", length: 36 } as const;

/** Table and API type in one. What was recorded stays; a mistake is marked as one, and what it did to the clocks is undone. */
@ObjectType({ description: "Something that happened on a path that law lays down: it starts clocks and meets them." })
@Entity("statutory_step")
@Index(["agencyId", "key"], { unique: true })
@Index(["childId", "happenedAt"])
export class StatutoryStep {
  @Field(() => ID, { description: "The step's own id. A received referral's is the referral's." })
  @PrimaryColumn(ID_COLUMN)
  id!: string;

  /** The sender's own name for it: sent twice with one key, it is one step. */
  @Column({ type: "varchar", length: 100 })
  key!: string;

  @Field(() => StepKind, { description: "What happened." })
  @Column({ type: "varchar", length: 40 })
  kind!: Kind;

  @Field(() => StepOutcome, { nullable: true, description: "What it came to, where that matters to a clock." })
  @Column({ type: "varchar", length: 30, nullable: true })
  outcome!: Outcome | null;

  @Column({ ...ID_COLUMN, nullable: true })
  childId!: string | null;

  @Field(() => ID, { nullable: true, description: "The earlier step (or referral) that it follows." })
  @Column({ ...ID_COLUMN, nullable: true })
  followsId!: string | null;

  /** The first step of the course of events that it belongs to; its own id where it follows none. */
  @Index()
  @Column(ID_COLUMN)
  courseId!: string;

  @Field(() => Date, { description: "When it happened: clocks count from here." })
  @Column({ type: Date, precision: 3 })
  happenedAt!: Date;

  @Field(() => Date, { description: "When the hub was told." })
  @Column({ type: Date, precision: 3 })
  recordedAt!: Date;

  @Field(() => String, { description: "The agency that recorded it." })
  @Column({ type: "varchar", length: 40 })
  agencyId!: string;

  @Column({ type: "varchar", length: 200 })
  byActorId!: string;

  @Field(() => Date, { nullable: true, description: "When it was said to have been recorded by mistake; null else." })
  @Column({ type: Date, precision: 3, nullable: true })
  correctedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Why it was recorded by mistake." })
  @Column({ type: "text", nullable: true })
  correctedBecause!: string | null;

  @Column({ type: "varchar", length: 200, nullable: true })
  correctedByActorId!: string | null;
}

@InputType({ description: "Something that happened on a path that law lays down." })
export class RecordStep {
  @Field(() => String, {
    description: "Your own name for this step, 8 to 100 letters, digits or `-_.`: sent twice, it makes one.",
  })
  @Matches(/^[\w.-]{8,100}$/, { message: "must be 8 to 100 letters, digits, hyphens, dots or underscores" })
  key!: string;

  @Field(() => StepKind, { description: "What happened." })
  kind!: Kind;

  @Field(() => StepOutcome, { nullable: true, description: "What it came to, where the step has outcomes." })
  outcome?: Outcome | null;

  @Field(() => ID, {
    nullable: true,
    description: "The child; may be left out where `followsId` names a step or referral about the child.",
  })
  @IsOptional()
  @IsUUID("all", { message: "must be the id of a child" })
  childId?: string | null;

  @Field(() => ID, { nullable: true, description: "The earlier step or referral that this one follows." })
  @IsOptional()
  @IsUUID("all", { message: "must be the id of a step or referral" })
  followsId?: string | null;

  @Field(() => Date, { description: "When it happened; not in the future." })
  happenedAt!: Date;
}

@ObjectType({ description: "A step that was recorded, and what it did to the clocks." })
export class StepRecorded {
  @Field(() => StatutoryStep, { description: "The step." }) step!: StatutoryStep;
  @Field(() => [Obligation], { description: "Obligations that it met." }) met!: Obligation[];
  @Field(() => [Obligation], { description: "Obligations that it opened." }) opened!: Obligation[];
  @Field(() => [Obligation], { description: "Obligations that are no longer owed because of it." })
  ended!: Obligation[];
  @Field(() => [Obligation], {
    description:
      "Where it met none: what the child is owed elsewhere that such a step would meet. Should it have followed another?",
  })
  leftOwed!: Obligation[];
  @Field(() => Int, {
    description: "How many clocks besides it met, started or ended: they are another agency's to read, and they run.",
  })
  notShown!: number;
}

@InputType({ description: "A step that was recorded by mistake." })
export class CorrectStep {
  @Field(() => ID, { description: "The step." })
  @IsUUID("all", { message: "must be the id of a step" })
  stepId!: string;

  @Field(() => String, { description: "Why, 1 to 2,000 characters. It stays visible for ever." })
  @Length(1, 2_000, { message: "must be 1 to 2,000 characters" })
  @Matches(WORDS, { message: "must hold words, and no control characters" })
  because!: string;
}

@ObjectType({ description: "A step that was recorded by mistake, and what that undid." })
export class StepCorrected {
  @Field(() => StatutoryStep, { description: "The step." }) step!: StatutoryStep;
  @Field(() => [Obligation], { description: "Obligations that it had met or ended, and that are owed again." })
  reopened!: Obligation[];
  @Field(() => [Obligation], { description: "Obligations that it had opened, and that are no longer owed." })
  ended!: Obligation[];
}
