import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { Child } from "../schema/child.ts";
import { PageArgs } from "../schema/connection.ts";
import { DecisionsToReview, RecordSharingDecision } from "../schema/sharing-decision-inputs.ts";
import { SharingDecision, SharingDecisionConnection } from "../schema/sharing-decision.ts";
import { sharingDecisions, sharingDecisionsOf, sharingDecisionsToReview } from "../services/sharing-decision-reads.ts";
import { recordSharingDecision } from "../services/sharing-decisions.ts";
import type { Context } from "./context.ts";

@Resolver(() => SharingDecision)
export class SharingDecisionResolver {
  @Query(() => SharingDecisionConnection, {
    description:
      "Who told whom what about a child, why and under which power, and what was withheld: newest first. For those to whom the child's story is open and whoever answers for data protection; to everybody else who works with children, what their own agency decided.",
  })
  sharingDecisions(
    @Arg("childId", () => ID, { description: "The child." }) childId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<SharingDecisionConnection> {
    return sharingDecisions(hub, caller, { ...page, childId });
  }

  @Query(() => SharingDecisionConnection, {
    description:
      "Your agency's decisions that are to be looked at again by a day and that nobody has corrected, oldest first.",
  })
  sharingDecisionsToReview(
    @Args(() => DecisionsToReview) wanted: DecisionsToReview,
    @Ctx() { hub, caller }: Context,
  ): Promise<SharingDecisionConnection> {
    return sharingDecisionsToReview(hub, caller, wanted);
  }

  @Mutation(() => SharingDecision, {
    description:
      "Puts on record that something about a child was shared or withheld, with the reasons. Nothing waits for it and it changes nothing; a further line corrects it. Sent twice with one key, it makes one.",
  })
  recordSharingDecision(
    @Arg("decision", () => RecordSharingDecision, { description: "The decision.", validate: true })
    decision: RecordSharingDecision,
    @Ctx() { hub, caller }: Context,
  ): Promise<SharingDecision> {
    return recordSharingDecision(hub, caller, decision);
  }

  @FieldResolver(() => ID, { nullable: true, description: "The line that corrects this one; null while none does." })
  correctedById(@Root() { id }: SharingDecision, @Ctx() { loaders }: Context): Promise<string | null> {
    return loaders.decisionCorrections.load(id);
  }
}

@Resolver(() => Child)
export class ChildSharingResolver {
  @FieldResolver(() => SharingDecisionConnection, {
    nullable: true,
    description:
      "What was shared and what was withheld about the child, newest first; null where no line of it is open to you.",
  })
  sharingDecisions(
    @Root() { id }: Child,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<SharingDecisionConnection | null> {
    return sharingDecisionsOf(hub, caller, { ...page, childId: id });
  }
}
