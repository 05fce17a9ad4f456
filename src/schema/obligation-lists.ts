import { ArgsType, Field, ID, Int, ObjectType } from "type-graphql";
import type { ObligationState as State } from "../domain/obligation.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import { PageArgs } from "./connection.ts";
import { ObligationState } from "./enums.ts";
import { Obligation } from "./obligation.ts";
import { rowConnectionOf } from "./row-connection.ts";
import { PlainDateScalar } from "./scalars.ts";

export const ObligationConnection = rowConnectionOf(Obligation, "Obligation", "Obligations, soonest due first.");

@ArgsType()
export class ObligationArgs extends PageArgs {
  @Field(() => [ObligationState], {
    nullable: true,
    description: "Only in these states; left out, those that are still owed.",
  })
  states?: State[] | null;
}

@ArgsType()
export class TeamObligationArgs extends ObligationArgs {
  @Field(() => ID, { description: "The team, as the area's policy file names it." }) teamId!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "How much one team owes, and how much of it is late. It names no child.",
})
export class TeamOverdue {
  @Field(() => ID, { description: "The agency." }) agencyId!: string;
  @Field(() => ID, { nullable: true, description: "The team; null for what the agency as a whole owes." })
  teamId!: string | null;
  @Field(() => Int, { description: "Obligations that are still owed, late ones included." }) owed!: number;
  @Field(() => Int, { description: "Of these, how many are late." }) late!: number;
  @Field(() => PlainDateScalar, { nullable: true, description: "The oldest day on which one of the late was due." })
  oldestDueOn!: PlainDate | null;
}
