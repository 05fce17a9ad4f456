import { IsOptional, IsUUID, Length, Matches } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import type { ChangeKind as Change } from "../domain/obligation.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import { WORDS } from "./child.ts";
import { ChangeKind } from "./enums.ts";
import { PlainDateScalar } from "./scalars.ts";

@InputType({ description: "A wish to pause, extend or cancel an obligation." })
export class AskForChange {
  @Field(() => String, {
    description: "Your own name for this wish, 8 to 100 letters, digits or `-_.`: sent twice, it makes one.",
  })
  @Matches(/^[\w.-]{8,100}$/, { message: "must be 8 to 100 letters, digits, hyphens, dots or underscores" })
  key!: string;

  @Field(() => ID, { description: "The obligation." })
  @IsUUID("all", { message: "must be the id of an obligation" })
  obligationId!: string;

  @Field(() => ChangeKind, { description: "What you ask for." })
  kind!: Change;

  @Field(() => String, { description: "Why, 1 to 2,000 characters. It stays visible for ever." })
  @Length(1, 2_000, { message: "must be 1 to 2,000 characters" })
  @Matches(WORDS, { message: "must hold words, and no control characters" })
  reason!: string;

  @Field(() => PlainDateScalar, {
    nullable: true,
    description:
      "The new last day of an extension, or the last day of a pause, of at most 92 days; left out to cancel.",
  })
  @IsOptional()
  untilOn?: PlainDate | null;
}

@InputType({ description: "A decision on somebody else's wish to change a clock." })
export class DecideChange {
  @Field(() => ID, { description: "The wish." })
  @IsUUID("all", { message: "must be the id of a wish" })
  changeId!: string;

  @Field(() => Boolean, { description: "Whether you approve it." })
  approve!: boolean;

  @Field(() => String, { description: "Why, 1 to 2,000 characters." })
  @Length(1, 2_000, { message: "must be 1 to 2,000 characters" })
  @Matches(WORDS, { message: "must hold words, and no control characters" })
  because!: string;
}
