import { IsOptional, IsUUID, Length, Matches, ValidateNested } from "class-validator";
import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Column, Entity, Index, PrimaryColumn } from "typeorm";
import type { ReferralStatus as Status } from "../domain/referral.ts";
import { IdentifierInput, WORDS } from "./child.ts";
import { ReferralStatus } from "./enums.ts";

/** Table and API type in one: every exposed column may be read by whoever may read the referral. */
@ObjectType({ description: "A concern about a child passed to social care, with a request to act on it." })
@Entity("referral")
@Index(["fromAgencyId", "key"], { unique: true })
export class Referral {
  @Field(() => ID, { description: "The referral's own id." })
  @PrimaryColumn({ type: "varchar", length: 36 })
  id!: string;

  // The sender's own name for it: sending twice with one key makes one referral. Nobody else's business, so no field.
  @Column({ type: "varchar", length: 100 })
  key!: string;

  @Field(() => ID, { description: "The child it is about." })
  @Column({ type: "varchar", length: 36 })
  @Index()
  childId!: string;

  @Field(() => String, { description: "The agency that made it, as the area's policy file names it." })
  @Column({ type: "varchar", length: 40 })
  fromAgencyId!: string;

  @Column({ type: "varchar", length: 200 })
  fromActorId!: string;

  @Field(() => ReferralStatus, { description: "How far it has come." })
  @Column({ type: "varchar", length: 20 })
  status!: Status;

  @Field(() => String, { description: "What the referrer saw or heard, in their own words. Never edited." })
  @Column({ type: "text" })
  concern!: string;

  @Field(() => String, { description: "The level of need that the referrer proposes: an id of the area's levels." })
  @Column({ type: "varchar", length: 40 })
  level!: string;

  @Field(() => Boolean, { description: "Whether the referrer believes that the child is in immediate danger." })
  @Column({ type: Boolean })
  immediateDanger!: boolean;

  @Field(() => Date, { description: "When the hub had it, durably." })
  @Column({ type: Date, precision: 3 })
  submittedAt!: Date;

  @Column({ type: "varchar", length: 40, nullable: true })
  teamId!: string | null;
}

/** Append-only. Table and API type in one. */
@ObjectType({ description: "One thing that happened to a referral." })
@Entity("referral_step")
@Index(["referralId", "at"])
export class ReferralStep {
  @Field(() => ID, { description: "The step's own id." })
  @PrimaryColumn({ type: "varchar", length: 36 })
  id!: string;

  @Column({ type: "varchar", length: 36 })
  referralId!: string;

  @Field(() => String, { description: "What happened: `referral.submitted`, `referral.routed`." })
  @Column({ type: "varchar", length: 60 })
  what!: string;

  @Field(() => String, { description: "Why, in words; for a route, the rule that decided it." })
  @Column({ type: "text" })
  because!: string;

  @Field(() => String, { description: "Who did it, by role or, for a job, by its name." })
  @Column({ type: "varchar", length: 60 })
  by!: string;

  @Field(() => Date, { description: "When." })
  @Column({ type: Date, precision: 3 })
  at!: Date;
}

@ObjectType({ description: "A team that referrals are routed to." })
export class Team {
  @Field(() => ID, { description: "Its id in the area's policy file." }) id!: string;
  @Field(() => String, { description: "Its name." }) name!: string;
  @Field(() => String, { description: "The agency it belongs to." }) agencyId!: string;
  @Field(() => String, { description: "The number to ring." }) phone!: string;
}

@ObjectType({ description: "Where a referral was sent, and why there." })
export class ReferralRoute {
  @Field(() => Team, { description: "The team that owns it now." }) team!: Team;
  @Field(() => String, { description: "The rule that decided, in words." }) because!: string;
  @Field(() => Date, { description: "When it was routed." }) routedAt!: Date;
}

@InputType({ description: "A concern passed to social care." })
export class SubmitReferral {
  @Field(() => String, {
    description: "Your own name for this referral, 8 to 100 letters, digits or `-_.`: sent twice, it makes one.",
  })
  @Matches(/^[\w.-]{8,100}$/, { message: "must be 8 to 100 letters, digits, hyphens, dots or underscores" })
  key!: string;

  @Field(() => ID, { nullable: true, description: "The child it is about, by id. Either this or `identifier`." })
  @IsOptional()
  @IsUUID("all", { message: "must be the id of a child" })
  childId?: string | null;

  @Field(() => IdentifierInput, {
    nullable: true,
    description: "The child it is about, by a number that an agency knows. Either this or `childId`.",
  })
  @IsOptional()
  @ValidateNested()
  identifier?: IdentifierInput | null;

  @Field(() => String, { description: "What you saw or heard, in your own words: 1 to 10,000 characters." })
  @Length(1, 10_000, { message: "must be 1 to 10,000 characters" })
  @Matches(WORDS, { message: "must hold words, and no control characters" })
  concern!: string;

  @Field(() => String, { description: "The level of need that you propose: an id of the area's levels." })
  @Length(1, 40, { message: "must be an id of the area's levels" })
  level!: string;

  @Field(() => Boolean, {
    description: "Whether you believe that the child is in immediate danger. Then also ring 999.",
  })
  immediateDanger!: boolean;
}
