import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { Refusal } from "../domain/refusal.ts";
import { AccessExplanation, ChildAccess, GlassBroken, Shield, TeamMember } from "../schema/access.ts";
import {
  AccessWords,
  BreakGlass,
  DecideAccess,
  JoinTeam,
  RequestAccess,
  ReviewBreakGlass,
  ShieldChild,
} from "../schema/access-inputs.ts";
import { Child } from "../schema/child.ts";
import { breakGlass } from "../services/broken-glass.ts";
import { reviewBreakGlass } from "../services/broken-glass-reviewed.ts";
import { explainAccess } from "../services/explain-access.ts";
import { requestAccess } from "../services/getting-in.ts";
import { decideAccess, endAccess, withdrawConsent } from "../services/getting-in-decided.ts";
import { accessRequests, myAccess } from "../services/getting-in-lists.ts";
import { shieldChild } from "../services/shields.ts";
import { liftShield, reviewShield, shieldsOf, shieldsToReview } from "../services/shields-reviewed.ts";
import { joinTeam } from "../services/team-around.ts";
import type { Context } from "./context.ts";
import type { Loaders } from "./loaders.ts";

/** What a request was given before its ways in changed is not what it is given after. */
function forgetLoaded(loaders: Loaders): void {
  for (const loader of Object.values(loaders)) loader.clearAll();
}

const ofChild = async ({ loaders }: Context, childId: string): Promise<Child> => {
  const child = await loaders.child.load(childId);
  if (!child) throw new Refusal("NOT_FOUND", "There is no such child");
  return child;
};

@Resolver(() => ChildAccess)
export class AccessResolver {
  @Query(() => AccessExplanation, {
    description: "Why you can see what you see of a child, why not more, and who could let you in.",
  })
  explainAccess(
    @Arg("childId", () => ID, { description: "The child." }) childId: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<AccessExplanation> {
    return explainAccess(hub, caller, childId);
  }

  @Query(() => [ChildAccess], {
    description: "Your own ways in to children, newest first: those that wait, hold, were refused and have ended.",
  })
  myAccess(@Ctx() { hub, caller }: Context): Promise<ChildAccess[]> {
    return myAccess(hub, caller);
  }

  @Query(() => [ChildAccess], {
    description:
      "What waits for your word, oldest first: requests, people proposed for a team, broken glass to review.",
  })
  accessRequests(@Ctx() { hub, caller }: Context): Promise<ChildAccess[]> {
    return accessRequests(hub, caller);
  }

  @Query(() => [Shield], { description: "Shields that are for you to look at again, soonest due first." })
  shieldsToReview(@Ctx() { hub, caller }: Context): Promise<Shield[]> {
    return shieldsToReview(hub, caller);
  }

  @FieldResolver(() => Child, { nullable: true, description: "The child; null where it is not shown to you." })
  child(@Root() { childId }: ChildAccess, @Ctx() { loaders }: Context): Promise<Child | null> {
    return loaders.child.load(childId);
  }

  @Mutation(() => ChildAccess, {
    description:
      "Puts somebody in the team around a child; where you may not decide who is in it, proposes them. Sent twice with one key, it is one.",
  })
  async joinTeam(
    @Arg("member", () => JoinTeam, { description: "Who, and why.", validate: true }) member: JoinTeam,
    @Ctx() { hub, caller }: Context,
  ): Promise<ChildAccess> {
    return joinTeam(hub, caller, member);
  }

  @Mutation(() => ChildAccess, {
    description:
      "Asks to be let in: for a task at once, for an involvement or to a shielded child once a second person approves. Sent twice with one key, it is one.",
  })
  async requestAccess(
    @Arg("request", () => RequestAccess, { description: "What for, and why.", validate: true }) request: RequestAccess,
    @Ctx() { hub, caller, loaders }: Context,
  ): Promise<ChildAccess> {
    const given = await requestAccess(hub, caller, request);
    forgetLoaded(loaders);
    return given;
  }

  @Mutation(() => GlassBroken, {
    description:
      "Lets you in to a child at immediate risk, at once and for minutes. A second person is told and reviews it. Also ring 999.",
  })
  async breakGlass(
    @Arg("glass", () => BreakGlass, { description: "Which child, and the risk.", validate: true }) glass: BreakGlass,
    @Ctx() { hub, caller, loaders }: Context,
  ): Promise<GlassBroken> {
    const broken = await breakGlass(hub, caller, glass);
    forgetLoaded(loaders);
    return broken;
  }

  @Mutation(() => ChildAccess, {
    description: "Says whether breaking the glass was justified. Never by whoever broke it.",
  })
  reviewBreakGlass(
    @Arg("review", () => ReviewBreakGlass, { description: "Your word on it.", validate: true })
    review: ReviewBreakGlass,
    @Ctx() { hub, caller }: Context,
  ): Promise<ChildAccess> {
    return reviewBreakGlass(hub, caller, review);
  }

  @Mutation(() => ChildAccess, { description: "Lets somebody in who asked, or not. Never by whoever asked." })
  decideAccess(
    @Arg("decision", () => DecideAccess, { description: "Your word on it.", validate: true }) decision: DecideAccess,
    @Ctx() { hub, caller }: Context,
  ): Promise<ChildAccess> {
    return decideAccess(hub, caller, decision);
  }

  @Mutation(() => ChildAccess, { description: "Ends a way in: your own, or another's where you lead the team." })
  async endAccess(
    @Arg("ending", () => AccessWords, { description: "Which, and why.", validate: true }) ending: AccessWords,
    @Ctx() { hub, caller, loaders }: Context,
  ): Promise<ChildAccess> {
    const ended = await endAccess(hub, caller, ending);
    forgetLoaded(loaders);
    return ended;
  }

  @Mutation(() => ChildAccess, { description: "Says that consent was withdrawn: what rested on it ends." })
  async withdrawConsent(
    @Arg("ending", () => AccessWords, { description: "Which way in, and what was said.", validate: true })
    ending: AccessWords,
    @Ctx() { hub, caller, loaders }: Context,
  ): Promise<ChildAccess> {
    const ended = await withdrawConsent(hub, caller, ending);
    forgetLoaded(loaders);
    return ended;
  }

  @Mutation(() => Shield, { description: "Keeps a child from more people than others are." })
  async shieldChild(
    @Arg("shield", () => ShieldChild, { description: "Which child, and why.", validate: true }) shield: ShieldChild,
    @Ctx() { hub, caller, loaders }: Context,
  ): Promise<Shield> {
    const set = await shieldChild(hub, caller, shield);
    forgetLoaded(loaders);
    return set;
  }

  @Mutation(() => Shield, { description: "Says that a shield is still needed, until it is looked at again." })
  reviewShield(
    @Arg("review", () => AccessWords, { description: "Which, and why.", validate: true }) review: AccessWords,
    @Ctx() { hub, caller }: Context,
  ): Promise<Shield> {
    return reviewShield(hub, caller, review);
  }

  @Mutation(() => Shield, { description: "Lifts a shield. For a manager who did not set it." })
  async liftShield(
    @Arg("lifting", () => AccessWords, { description: "Which, and why.", validate: true }) lifting: AccessWords,
    @Ctx() { hub, caller, loaders }: Context,
  ): Promise<Shield> {
    const lifted = await liftShield(hub, caller, lifting);
    forgetLoaded(loaders);
    return lifted;
  }
}

@Resolver(() => GlassBroken)
export class GlassBrokenResolver {
  @FieldResolver(() => Child, { description: "The child, as you now see it: no second request is needed." })
  child(@Root() { childId }: GlassBroken, @Ctx() context: Context): Promise<Child> {
    return ofChild(context, childId);
  }
}

@Resolver(() => Shield)
export class ShieldResolver {
  @FieldResolver(() => Child, { nullable: true, description: "The child; null where it is not shown to you." })
  child(@Root() { childId }: Shield, @Ctx() { loaders }: Context): Promise<Child | null> {
    return loaders.child.load(childId);
  }
}

@Resolver(() => Child)
export class ChildAccessResolver {
  @FieldResolver(() => [TeamMember], {
    nullable: true,
    description: "Who is in the team around the child; null where the child's story is not open to you.",
  })
  team(@Root() { id }: Child, @Ctx() { loaders }: Context): Promise<TeamMember[] | null> {
    return loaders.teams.load(id);
  }

  @FieldResolver(() => [Shield], {
    nullable: true,
    description: "What shields the child; null where the whole story is not open to you.",
  })
  shields(@Root() { id }: Child, @Ctx() { hub, caller }: Context): Promise<Shield[] | null> {
    return shieldsOf(hub, caller, id);
  }
}
