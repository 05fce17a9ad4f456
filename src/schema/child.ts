import { IsOptional, Length, Matches } from "class-validator";
import { Field, ID, InputType, ObjectType } from "type-graphql";
import type { PlainDate } from "../domain/plain-date.ts";
import type * as said from "../domain/statements.ts";
import { Source } from "./agency-answer.ts";
import { connectionOf } from "./connection.ts";
import { IdentifierKind } from "./enums.ts";
import { PlainDateScalar } from "./scalars.ts";
import { Event, Involvement } from "./statements.ts";

@ObjectType({
  description:
    "A child the hub knows, born or unborn. The hub keeps pointers to the agencies' records; what they say is fetched when asked.",
})
export class Child {
  @Field(() => ID, { description: "The child's id in the hub." }) id!: string;
}

@ObjectType({ simpleResolvers: true, description: "Who works with the child, from every agency." })
export class Involvements {
  @Field(() => [Involvement], {
    nullable: true,
    description: "People, current ones first; null where no agency could say.",
  })
  people!: readonly Involvement[] | null;
  @Field(() => [Source], { description: "Which agencies stand behind this, and which do not." })
  sources!: readonly Source[];
}

@ObjectType({ simpleResolvers: true, description: "An agency's record that the hub believes to be this child's." })
export class LinkedRecord {
  @Field(() => ID, { description: "Id of the agency." }) agencyId!: string;
  @Field(() => String, {
    nullable: true,
    description: "The record's identifier in the agency's system; null for a restricted child, whom it could lead to.",
  })
  recordId!: string | null;
  @Field(() => String, { description: "Why it is believed to be this child's." }) because!: string;
  @Field(() => Date, { description: "Since when." }) linkedAt!: Date;
}

/** Something that can be read: at least one sign that shows (no space, nothing of no width), no half of a character, and no control
 *  character but a line's end or a tab. */
export const WORDS = /^(?=[^]*[^\p{Cc}\p{Cf}\p{Cs}\s\p{DI}\u2800])(?![^]*(?:(?![\n\r\t])\p{Cc}|\p{Cs}))/u;
/** A name, on one line; nothing that makes it read otherwise than it is spelt. */
export const NAME_WORDS =
  /^(?=[^]*[^\p{Cc}\p{Cf}\p{Cs}\s\p{DI}\u2800])[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+$/u;
const NAME = { message: "must be letters, and no control characters" };

@InputType({ description: "A number by which a child is known." })
export class IdentifierInput {
  @Field(() => IdentifierKind, { description: "Which numbering." }) kind!: said.IdentifierKind;
  @Field(() => String, { description: "The number; spaces do not matter. Check digits are verified." })
  @Length(1, 40, { message: "must be 1 to 40 characters" })
  @Matches(WORDS, NAME)
  value!: string;
}

@InputType({ description: "Who is looked for. At least a surname and a date of birth." })
export class ChildSearch {
  @Field(() => String, { nullable: true, description: "First forename." })
  @IsOptional()
  @Length(1, 100, { message: "must be 1 to 100 characters" })
  @Matches(NAME_WORDS, NAME)
  forename?: string | null;
  @Field(() => String, { description: "Surname." })
  @Length(1, 100, { message: "must be 1 to 100 characters" })
  @Matches(NAME_WORDS, NAME)
  surname!: string;
  @Field(() => PlainDateScalar, { description: "Date of birth." })
  bornOn!: PlainDate;
  @Field(() => String, { nullable: true, description: "Postcode." })
  @IsOptional()
  @Length(1, 10, { message: "must be 1 to 10 characters" })
  @Matches(WORDS, NAME)
  postcode?: string | null;
}

export const [ChronologyConnection, ChronologyEdge] = connectionOf(
  Event,
  "Chronology",
  "What happened, from every agency, latest first.",
);
export const [ChildConnection, ChildEdge] = connectionOf(Child, "Child", "Children who may be the one looked for.");
