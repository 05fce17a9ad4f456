import { ArrayMaxSize, ArrayMinSize, ArrayUnique, IsOptional, IsUUID, Length, Matches } from "class-validator";
import { ArgsType, Field, ID, InputType } from "type-graphql";
import type { InformationKind as Kind, Power as LegalPower } from "../domain/access.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import type { ConsentStanding as Standing, Decided } from "../domain/sharing-ledger.ts";
import { PageArgs } from "./connection.ts";
import { IsAreaId } from "./checks.ts";
import { WORDS } from "./child.ts";
import { ConsentStanding, InformationKind, Power, SharingDecided } from "./enums.ts";
import { PlainDateScalar } from "./scalars.ts";

const READABLE = { message: "must hold words, and no control characters" };

/** Words that somebody wrote: 1 to `most` characters that can be read. */
const Said =
  (most: number): PropertyDecorator =>
  (target, property) => {
    Length(1, most, { message: `must be 1 to ${most.toLocaleString("en-GB")} characters` })(target, property);
    Matches(WORDS, READABLE)(target, property);
  };

@InputType({ description: "A decision to share something about a child, or not to, with its reasons." })
export class RecordSharingDecision {
  @Field(() => String, {
    description: "Your own name for this decision, 8 to 100 letters, digits or `-_.`: sent twice, it makes one.",
  })
  @Matches(/^[\w.-]{8,100}$/, { message: "must be 8 to 100 letters, digits, hyphens, dots or underscores" })
  key!: string;

  @Field(() => ID, { description: "The child it is about." })
  @IsUUID("all", { message: "must be the id of a child" })
  childId!: string;

  @Field(() => SharingDecided, { description: "Whether it was shared or withheld." }) decided!: Decided;

  @Field(() => [InformationKind], { description: "The kinds of information." })
  @ArrayMinSize(1, { message: "must name at least one kind" })
  @ArrayMaxSize(20, { message: "must name each kind once" })
  @ArrayUnique({ message: "must name each kind once" })
  kinds!: Kind[];

  @Field(() => String, { description: "What it was: 1 to 4,000 characters." })
  @Said(4_000)
  what!: string;

  @Field(() => ID, {
    nullable: true,
    description: "The agency it went to, or was asked for by, if it is one of the area's.",
  })
  @IsOptional()
  @IsAreaId()
  toAgencyId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Who it went to, or who asked: 1 to 400 characters. May be left out where `toAgencyId` says enough.",
  })
  @IsOptional()
  @Said(400)
  toWhom?: string | null;

  @Field(() => Power, { nullable: true, description: "The power in law. What is shared needs one." })
  power?: LegalPower | null;

  @Field(() => String, {
    nullable: true,
    description: "What it was for, as agencies take it: `children-act-1989-s47`. Left out, what your request states.",
  })
  @IsOptional()
  @Matches(/^[a-z0-9-]{1,60}$/, { message: "must be a purpose: children-act-1989-s47" })
  purpose?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Why it was necessary, and no more than necessary, to share: what is shared needs it. 1 to 4,000 characters.",
  })
  @IsOptional()
  @Said(4_000)
  necessity?: string | null;

  @Field(() => String, { description: "The reason for the decision: 1 to 4,000 characters." })
  @Said(4_000)
  because!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether sharing was judged to do the child more harm than not sharing: to be said of what is withheld under the duty to share (Children Act 2004, s16LA).",
  })
  moreDetrimental?: boolean | null;

  @Field(() => ConsentStanding, {
    nullable: true,
    description: "How consent stands. Left out, it is not needed, unless it is the power.",
  })
  consent?: Standing | null;

  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "When somebody looks at it again. What is withheld needs a day.",
  })
  reviewOn?: PlainDate | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "The line that this one corrects: one of your agency's about this child that nobody has corrected yet.",
  })
  @IsOptional()
  @IsUUID("all", { message: "must be the id of a decision" })
  correctsId?: string | null;
}

@ArgsType()
export class DecisionsToReview extends PageArgs {
  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "Those that are to be looked at again by this day. Left out, today.",
  })
  until?: PlainDate | null;
}
