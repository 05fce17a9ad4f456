import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { Child } from "../schema/child.ts";
import { PageArgs } from "../schema/connection.ts";
import {
  ActionDone,
  AgreeAction,
  AnswerEscalation,
  CountedBetween,
  EscalationFilter,
  EscalationReason,
  MoveEscalationUp,
  RaiseEscalation,
  ResolveEscalation,
} from "../schema/escalation-inputs.ts";
import { EscalationConnection, EscalationCounts } from "../schema/escalation-lists.ts";
import { Escalation, EscalationStep } from "../schema/escalation.ts";
import { Obligation } from "../schema/obligation.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import { countEscalations } from "../services/escalation-counts.ts";
import { endUnresolved, resolveEscalation, withdrawEscalation } from "../services/escalation-ends.ts";
import { raiseEscalation } from "../services/escalation-raise.ts";
import { declareImmediateRisk } from "../services/escalation-risk.ts";
import { actionOf, childOf, getEscalation, listEscalations, stageNameOf } from "../services/escalation-reads.ts";
import { actionDone, agreeAction, answerEscalation, moveEscalationUp } from "../services/escalations.ts";
import type { Context } from "./context.ts";

@Resolver(() => Escalation)
export class EscalationResolver {
  @Query(() => Escalation, { description: "The escalation with this id, if you may read it." })
  escalation(
    @Arg("id", () => ID, { description: "The escalation's id." }) id: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<Escalation> {
    return getEscalation(hub, caller, id);
  }

  @Query(() => EscalationConnection, { description: "Professional challenges that you may read, latest first." })
  escalations(
    @Args(() => EscalationFilter, { validate: true }) filter: EscalationFilter,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<RowConnection<Escalation>> {
    return listEscalations(hub, caller, { ...filter, ...page });
  }

  @Query(() => EscalationCounts, {
    description: "How challenges are dealt with, in figures, for the partnership's business manager and managers.",
  })
  escalationCounts(
    @Args(() => CountedBetween) between: CountedBetween,
    @Ctx() { hub, caller }: Context,
  ): Promise<EscalationCounts> {
    return countEscalations(hub, caller, between);
  }

  @Mutation(() => Escalation, {
    description:
      "Challenges an agency about a child. Anybody who works with children may. Protective action never waits for it. Sent twice with one key, it makes one.",
  })
  raiseEscalation(
    @Arg("escalation", () => RaiseEscalation, { description: "The challenge.", validate: true }) input: RaiseEscalation,
    @Ctx() { hub, caller }: Context,
  ): Promise<Escalation> {
    return raiseEscalation(hub, caller, input);
  }

  @Mutation(() => Escalation, {
    description:
      "Answers a challenge at its stage: among practitioners anybody of the agency challenged, above that whoever holds the post for the stage.",
  })
  answerEscalation(
    @Arg("answer", () => AnswerEscalation, { description: "The answer.", validate: true }) input: AnswerEscalation,
    @Ctx() { hub, caller }: Context,
  ): Promise<Escalation> {
    return answerEscalation(hub, caller, input);
  }

  @Mutation(() => Escalation, {
    description: "Puts on record what both sides agree is to be done, by when and by whom.",
  })
  agreeAction(
    @Arg("action", () => AgreeAction, { description: "The action.", validate: true }) input: AgreeAction,
    @Ctx() { hub, caller }: Context,
  ): Promise<Escalation> {
    return agreeAction(hub, caller, input);
  }

  @Mutation(() => Escalation, { description: "Says that an agreed action was done." })
  actionDone(
    @Arg("done", () => ActionDone, { description: "The action.", validate: true }) input: ActionDone,
    @Ctx() { hub, caller }: Context,
  ): Promise<Escalation> {
    return actionDone(hub, caller, input);
  }

  @Mutation(() => Escalation, { description: "Takes a challenge to its next stage, for the agency that raised it." })
  moveEscalationUp(
    @Arg("move", () => MoveEscalationUp, { description: "From where, and why.", validate: true })
    input: MoveEscalationUp,
    @Ctx() { hub, caller }: Context,
  ): Promise<Escalation> {
    return moveEscalationUp(hub, caller, input);
  }

  @Mutation(() => Escalation, {
    description: "Declares that the child is at immediate risk: the challenge goes at once to the stage for that.",
  })
  declareImmediateRisk(
    @Arg("risk", () => EscalationReason, { description: "Of which, and why.", validate: true }) input: EscalationReason,
    @Ctx() { hub, caller }: Context,
  ): Promise<Escalation> {
    return declareImmediateRisk(hub, caller, input);
  }

  @Mutation(() => Escalation, { description: "Ends a challenge as resolved, for the agency that raised it." })
  resolveEscalation(
    @Arg("resolution", () => ResolveEscalation, { description: "How.", validate: true }) input: ResolveEscalation,
    @Ctx() { hub, caller }: Context,
  ): Promise<Escalation> {
    return resolveEscalation(hub, caller, input);
  }

  @Mutation(() => Escalation, { description: "Withdraws a challenge, for the agency that raised it." })
  withdrawEscalation(
    @Arg("withdrawal", () => EscalationReason, { description: "Which, and why.", validate: true })
    input: EscalationReason,
    @Ctx() { hub, caller }: Context,
  ): Promise<Escalation> {
    return withdrawEscalation(hub, caller, input);
  }

  @Mutation(() => Escalation, {
    description: "Ends a challenge that its last stage could not resolve, for the partnership.",
  })
  endEscalationUnresolved(
    @Arg("end", () => EscalationReason, { description: "Which, and why.", validate: true }) input: EscalationReason,
    @Ctx() { hub, caller }: Context,
  ): Promise<Escalation> {
    return endUnresolved(hub, caller, input);
  }

  @FieldResolver(() => Child, {
    nullable: true,
    description: "The child it is about; null where that is not shared with you.",
  })
  async child(@Root() escalation: Escalation, @Ctx() { hub, caller, loaders }: Context) {
    const id = await childOf(hub, caller, escalation);
    return id === null ? null : loaders.child.load(id);
  }

  @FieldResolver(() => String, { description: "What the area's ladder calls the stage reached." })
  stageName(@Root() escalation: Escalation, @Ctx() { hub }: Context): string {
    return stageNameOf(hub, escalation);
  }

  @FieldResolver(() => Obligation, { description: "The clock on the answer at the stage reached." })
  async clock(@Root() escalation: Escalation, @Ctx() { loaders }: Context): Promise<Obligation | undefined> {
    return (await loaders.escalationClocks.load(escalation))?.answer;
  }

  @FieldResolver(() => Obligation, {
    nullable: true,
    description: "The clock on what the raising agency decides on the latest answer; null where none is owed one yet.",
  })
  async decision(@Root() escalation: Escalation, @Ctx() { loaders }: Context): Promise<Obligation | null> {
    return (await loaders.escalationClocks.load(escalation)).decision;
  }

  @FieldResolver(() => [Obligation], { description: "What its agreed actions owe, by when they fall due." })
  async actions(@Root() escalation: Escalation, @Ctx() { loaders }: Context): Promise<readonly Obligation[]> {
    return (await loaders.escalationClocks.load(escalation)).actions;
  }

  @FieldResolver(() => [EscalationStep], { description: "Everything that happened in it, in order." })
  history(@Root() escalation: Escalation, @Ctx() { loaders }: Context): Promise<EscalationStep[]> {
    return loaders.escalationSteps.load(escalation);
  }
}

@Resolver(() => EscalationStep)
export class EscalationStepResolver {
  @FieldResolver(() => ID, { nullable: true, description: "The step whose action this one says was done." })
  actionId(@Root() step: EscalationStep): string | null {
    return actionOf(step);
  }
}
