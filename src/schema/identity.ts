// A belief about a record, and why. Codes, levels and bits: no value of any record.

import { Field, Float, ID, ObjectType } from "type-graphql";
import type { Band as BandOf } from "../domain/identity.ts";
import { Band } from "./enums.ts";

@ObjectType({ simpleResolvers: true, description: "One line of the waterfall that leads to a weight." })
export class IdentityContribution {
  @Field(() => String, { description: "What was compared; `prior` and `twins` for what belongs to no field." })
  field!: string;
  @Field(() => String, {
    description: "How well the two agree; `MISSING` where a side has none, which is no evidence.",
  })
  level!: string;
  @Field(() => Float, { description: "What that is worth, in bits: one more doubles the odds that they are one." })
  bits!: number;
}

@ObjectType({ simpleResolvers: true, description: "Who else was in question." })
export class IdentityRunnerUp {
  @Field(() => Float, { description: "What the record weighed against them, in bits." }) weight!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: "What was believed of a record at a time. Never changed afterwards.",
})
export class IdentityBelief {
  @Field(() => ID, { description: "The belief's own id: name it to undo a join." }) id!: string;
  @Field(() => Band, { description: "Joined by itself, asked of a person, or apart." }) band!: BandOf;
  @Field(() => String, {
    description:
      "What decided: `NHS_NUMBER`, `UPN`, `WEIGHT`, `PERSON` (somebody joined it), `PARTED` (somebody undid a join), `NONE` (somebody new).",
  })
  rule!: string;
  @Field(() => String, { description: "Why, in words." }) because!: string;
  @Field(() => String, { description: "The whole in one sentence, with what speaks most for and against." })
  sentence!: string;
  @Field(() => Float, { nullable: true, description: "In bits; null where nobody was compared." })
  weight!: number | null;
  @Field(() => [IdentityContribution], { description: "The waterfall, in the order in which it was added up." })
  contributions!: IdentityContribution[];
  @Field(() => [String], { description: "Codes of the rules that kept it from being joined by itself: `V3`." })
  vetoes!: string[];
  @Field(() => [String], { description: "The same rules in words, in the same order." }) vetoesInWords!: string[];
  @Field(() => IdentityRunnerUp, { nullable: true, description: "Who else was in question; null for nobody." })
  runnerUp!: IdentityRunnerUp | null;
  @Field(() => String, { description: "`model:strict`, or the sign-in of whoever decided." }) decidedBy!: string;
  @Field(() => String, { nullable: true, description: "Version of the model; null before there was one." })
  model!: string | null;
  @Field(() => Date, { description: "When." }) at!: Date;
  @Field(() => ID, { nullable: true, description: "The belief that held before; null for the first." })
  supersedes!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "The hub's belief whose record this is: reversible, and explained." })
export class IdentityLink extends IdentityBelief {
  @Field(() => ID, { description: "The agency whose record it is." }) agencyId!: string;
  @Field(() => String, {
    nullable: true,
    description:
      "The record's identifier in the agency's system; null where it is not shared with you, as for a restricted child.",
  })
  recordId!: string | null;
  @Field(() => [IdentityBelief], { description: "What was believed before, latest first." })
  history!: IdentityBelief[];
}
