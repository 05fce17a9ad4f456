import { ArrayMaxSize, IsOptional, IsUUID, Length, Matches, ValidateNested } from "class-validator";
import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import type * as sealed from "../domain/sealed.ts";
import { IdentifierInput, WORDS } from "./child.ts";
import { QuarantineDecision, QuarantineState, SealKind } from "./enums.ts";
import { rowConnectionOf } from "./row-connection.ts";

/** Why, in the officer's words: kept encrypted. */
const Why = (): PropertyDecorator => (target, property) => {
  Length(1, 2_000, { message: "must be 1 to 2,000 characters" })(target, property);
  Matches(WORDS, { message: "must hold words, and no control characters" })(target, property);
};

@InputType({
  description:
    "An old identity to seal. Name the old one only: the new one is known to the hub as another child, and the pair is kept nowhere.",
})
export class SealRecords {
  @Field(() => ID, { description: "The person's id in the hub." })
  @IsUUID("all", { message: "must be the id of a person" })
  childId!: string;

  @Field(() => SealKind, { description: "Why the identity is sealed." }) kind!: sealed.SealKind;

  @Field(() => String, {
    description: "On what order or request, 1 to 2,000 characters. Do not name the new identity. Kept encrypted.",
  })
  @Why()
  because!: string;

  @Field(() => [IdentifierInput], {
    nullable: true,
    description: "Numbers of the old identity that its records do not hold, such as an earlier NHS number; at most 20.",
  })
  @IsOptional()
  @ArrayMaxSize(20, { message: "at most 20" })
  @ValidateNested()
  identifiers?: IdentifierInput[] | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Seal its numbers also where records of other people carry one of them. Those people are known without it from then on.",
  })
  alsoCarriedByOthers!: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description:
      "Drop, undecided, the doubtful pairs in which other records may be this person's: where those are the new identity's, or somebody else's.",
  })
  dropDoubts!: boolean;
}

@ObjectType({
  simpleResolvers: true,
  description: "That an identity was sealed. For the sealed records officer alone.",
})
export class SealedIdentity {
  @Field(() => ID, { description: "Of the act." }) id!: string;
  @Field(() => ID, { description: "The id that the person had in the hub; it leads nowhere." }) childId!: string;
  @Field(() => SealKind, { description: "Why." }) kind!: sealed.SealKind;
  @Field(() => String, { description: "The officer's words." }) because!: string;
  @Field(() => ID, { description: "Sign-in of the officer." }) byActorId!: string;
  @Field(() => Date, { description: "When." }) at!: Date;
  @Field(() => Int, { description: "How many records were sealed." }) records!: number;
  @Field(() => Int, { description: "How many numbers were sealed." }) numbers!: number;
  @Field(() => Int, { description: "How many rows of the hub's own work were put into the sealed file." })
  work!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: "Something the hub did for a person before their records were sealed.",
})
export class SealedWork {
  @Field(() => ID, { description: "Of this entry in the file." }) id!: string;
  @Field(() => String, { description: "What it was: `referral`, `obligation`, `escalation_step`." }) what!: string;
  @Field(() => String, { description: "All of it, as JSON." }) content!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "A record that came in with a sealed number. For the sealed records officer alone.",
})
export class QuarantinedRecord {
  @Field(() => ID, { description: "Of this entry." }) id!: string;
  @Field(() => ID, { description: "The agency that holds the record." }) agencyId!: string;
  @Field(() => String, { description: "The record, as that agency's system names it." }) recordId!: string;
  @Field(() => [String], { description: "Which sealed numbers it carries: `nhs`, `upn`, `uln`, `la`, `pnc`." })
  carries!: readonly string[];
  @Field(() => QuarantineState, { description: "Whether it waits." }) state!: sealed.QuarantineState;
  @Field(() => Date, { description: "When it came in." }) at!: Date;
  @Field(() => ID, { nullable: true, description: "Who decided." }) decidedBy!: string | null;
  @Field(() => String, { nullable: true, description: "Why it was decided so." }) because!: string | null;
  @Field(() => Date, { nullable: true, description: "When it was decided." }) decidedAt!: Date | null;
}

@InputType({ description: "What becomes of a quarantined record." })
export class DecideQuarantine {
  @Field(() => ID, { description: "The entry." })
  @IsUUID("all", { message: "must be the id of a quarantined record" })
  id!: string;
  @Field(() => QuarantineDecision, {
    description: "RELEASE lets the record in without the sealed number; SEAL says that it is the old identity's own.",
  })
  decision!: sealed.QuarantineDecision;
  @Field(() => String, { description: "Why, 1 to 2,000 characters. Kept encrypted." }) @Why() because!: string;
}

export const SealedIdentityConnection = rowConnectionOf(
  SealedIdentity,
  "SealedIdentity",
  "Identities that were sealed, latest first.",
);
export const QuarantinedRecordConnection = rowConnectionOf(
  QuarantinedRecord,
  "QuarantinedRecord",
  "Records that came in with a sealed number, latest first.",
);
