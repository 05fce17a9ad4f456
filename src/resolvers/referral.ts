import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { Child } from "../schema/child.ts";
import { Obligation } from "../schema/obligation.ts";
import { Referral, ReferralRoute, ReferralStep, SubmitReferral } from "../schema/referral.ts";
import { clockOf, getReferral, routeFor, stepsOf, submitReferral } from "../services/referrals.ts";
import { heldUpBecause } from "../services/health.ts";
import type { Context } from "./context.ts";

@Resolver(() => Referral)
export class ReferralResolver {
  @Query(() => Referral, { description: "The referral with this id, if you may read it." })
  referral(
    @Arg("id", () => ID, { description: "The referral's id." }) id: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<Referral> {
    return getReferral(hub, caller, id);
  }

  @Mutation(() => Referral, {
    description:
      "Passes a concern to social care. Durable when answered; a job routes it. Sent twice with one key, it makes one.",
  })
  submitReferral(
    @Arg("referral", () => SubmitReferral, { description: "The concern.", validate: true }) referral: SubmitReferral,
    @Ctx() { hub, caller }: Context,
  ): Promise<Referral> {
    return submitReferral(hub, caller, referral);
  }

  @FieldResolver(() => Child, { nullable: true, description: "The child it is about." })
  child(@Root() { childId }: Referral, @Ctx() { loaders }: Context) {
    return loaders.child.load(childId);
  }

  @FieldResolver(() => ReferralRoute, { nullable: true, description: "Where it was sent; null while no team has it." })
  route(@Root() referral: Referral, @Ctx() { hub }: Context): Promise<ReferralRoute | null> {
    return routeFor(hub, referral);
  }

  @FieldResolver(() => Obligation, { description: "The clock on the decision: one working day." })
  clock(@Root() referral: Referral, @Ctx() { hub }: Context): Promise<Obligation> {
    return clockOf(hub, referral);
  }

  @FieldResolver(() => [ReferralStep], { description: "Everything that happened to it, in order." })
  history(@Root() referral: Referral, @Ctx() { hub }: Context): Promise<ReferralStep[]> {
    return stepsOf(hub, referral);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Why nobody has it yet, where something is wrong with the hub itself; null while all is well.",
  })
  heldUp(@Root() { teamId }: Referral, @Ctx() { hub }: Context): Promise<string | null> | null {
    return teamId === null ? heldUpBecause(hub, "routing") : null;
  }
}
