import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { Child } from "../schema/child.ts";
import { AskForChange, DecideChange } from "../schema/obligation-change.ts";
import { ObligationArgs, ObligationConnection, TeamObligationArgs, TeamOverdue } from "../schema/obligation-lists.ts";
import { Obligation, ObligationChange, ObligationEvent } from "../schema/obligation.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import { CorrectStep, RecordStep, StepCorrected, StepRecorded } from "../schema/statutory-step.ts";
import { askForChange, decideChange, resumeObligation } from "../services/obligation-changes.ts";
import { myObligations, overdueByTeam, teamObligations } from "../services/obligation-lists.ts";
import { changesWaiting, getObligation, historyFor, readsAll, readsChild } from "../services/obligation-reads.ts";
import { correctStep } from "../services/correcting-steps.ts";
import { recordStep } from "../services/statutory-steps.ts";
import type { Context } from "./context.ts";

@Resolver(() => Obligation)
export class ObligationResolver {
  @Query(() => Obligation, { description: "The obligation with this id, if you may read it." })
  obligation(
    @Arg("id", () => ID, { description: "The obligation's id." }) id: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<Obligation> {
    return getObligation(hub, caller, id);
  }

  @Query(() => ObligationConnection, {
    description: "What you answer for: the posts you hold, and those you cover while their holders are away.",
  })
  myObligations(@Args() args: ObligationArgs, @Ctx() { hub, caller }: Context): Promise<RowConnection<Obligation>> {
    return myObligations(hub, caller, args);
  }

  @Query(() => ObligationConnection, { description: "What a team owes." })
  teamObligations(
    @Args() args: TeamObligationArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<RowConnection<Obligation>> {
    return teamObligations(hub, caller, args);
  }

  @Query(() => [TeamOverdue], { description: "What each team owes and how much of it is late, most late first." })
  overdueByTeam(@Ctx() { hub, caller }: Context): Promise<TeamOverdue[]> {
    return overdueByTeam(hub, caller);
  }

  @Query(() => [ObligationChange], {
    description:
      "Wishes to move a clock that wait for a decision: of obligations that you may read all of, and those put to you; oldest first.",
  })
  changesWaiting(@Ctx() { hub, caller }: Context): Promise<ObligationChange[]> {
    return changesWaiting(hub, caller);
  }

  @Mutation(() => StepRecorded, {
    description:
      "Records a step on a path that law lays down; it meets clocks and starts them. Sent twice with one key, it is one.",
  })
  recordStep(
    @Arg("step", () => RecordStep, { description: "What was done.", validate: true }) step: RecordStep,
    @Ctx() { hub, caller }: Context,
  ): Promise<StepRecorded> {
    return recordStep(hub, caller, step);
  }

  @Mutation(() => StepCorrected, {
    description:
      "Says that a step was recorded by mistake: what it met is owed again, what it started is not. The step stays on record.",
  })
  correctStep(
    @Arg("correction", () => CorrectStep, { description: "Which step, and why.", validate: true })
    correction: CorrectStep,
    @Ctx() { hub, caller }: Context,
  ): Promise<StepCorrected> {
    return correctStep(hub, caller, correction);
  }

  @Mutation(() => ObligationChange, {
    description:
      "Asks to pause, extend or cancel an obligation. Nothing moves until somebody else has approved it. Sent twice with one key, it is one.",
  })
  askForChange(
    @Arg("change", () => AskForChange, { description: "What you ask for.", validate: true }) change: AskForChange,
    @Ctx() { hub, caller }: Context,
  ): Promise<ObligationChange> {
    return askForChange(hub, caller, change);
  }

  @Mutation(() => ObligationChange, { description: "Approves or refuses somebody else's wish to move a clock." })
  decideChange(
    @Arg("decision", () => DecideChange, { description: "Your decision.", validate: true }) decision: DecideChange,
    @Ctx() { hub, caller }: Context,
  ): Promise<ObligationChange> {
    return decideChange(hub, caller, decision);
  }

  @Mutation(() => Obligation, { description: "Ends a pause before its time: the clock runs again from now." })
  resumeObligation(
    @Arg("id", () => ID, { description: "The obligation's id." }) id: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<Obligation> {
    return resumeObligation(hub, caller, id);
  }

  @FieldResolver(() => Child, {
    nullable: true,
    description: "The child it is about; null where it is about none, and where your role does not work with children.",
  })
  child(@Root() { childId }: Obligation, @Ctx() { caller, loaders }: Context) {
    return childId === null || !readsChild(caller) ? null : loaders.child.load(childId);
  }

  @FieldResolver(() => [ObligationEvent], {
    description:
      "Everything that happened to it, in order. People's own reasons only for those who may read all of it.",
  })
  async history(@Root() obligation: Obligation, @Ctx() { hub, caller, loaders }: Context): Promise<ObligationEvent[]> {
    return historyFor(await readsAll(hub, caller, obligation), await loaders.obligationEvents.load(obligation.id));
  }

  @FieldResolver(() => [ObligationChange], {
    nullable: true,
    description: "Every wish to pause, extend or cancel it, and its decision; null unless you may read all of it.",
  })
  async changes(
    @Root() obligation: Obligation,
    @Ctx() { hub, caller, loaders }: Context,
  ): Promise<ObligationChange[] | null> {
    return (await readsAll(hub, caller, obligation)) ? loaders.obligationChanges.load(obligation.id) : null;
  }
}
