import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { Child } from "../schema/child.ts";
import { PageArgs } from "../schema/connection.ts";
import {
  IdentityCheck,
  IdentityCorrection,
  IdentityCorrectionConnection,
  IdentityRadius,
} from "../schema/identity-correction.ts";
import {
  AskForIdentityReview,
  CheckCorrection,
  DecideIdentityReview,
  IdentityReviewArgs,
  ReviewersBetween,
  UndoIdentityJoin,
  WhichLink,
} from "../schema/identity-inputs.ts";
import {
  IdentityBacklog,
  IdentityReview,
  IdentityReviewConnection,
  IdentityReviewer,
} from "../schema/identity-review.ts";
import { IdentityLink } from "../schema/identity.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import { askForIdentityReview } from "../services/identity-asking.ts";
import { checkCorrection, correctionChecks } from "../services/identity-checks.ts";
import { identityBlastRadius } from "../services/identity-radius.ts";
import { getIdentityLink } from "../services/identity-reads.ts";
import { identityReviewers } from "../services/identity-reviewers.ts";
import { getIdentityReview, identityBacklog, identityReviews } from "../services/identity-reviews.ts";
import { getIdentityCorrection, identityCorrections, undoIdentityJoin } from "../services/identity-undo.ts";
import { decideIdentityReview } from "../services/identity-verdicts.ts";
import { readsChild } from "../services/obligation-reads.ts";
import type { Context } from "./context.ts";

@Resolver(() => Child)
export class IdentityResolver {
  @Query(() => IdentityLink, {
    description: "Whose an agency's record is believed to be, and why; with all that was believed before.",
  })
  identityLink(
    @Args(() => WhichLink, { validate: true }) which: WhichLink,
    @Ctx() { hub, caller }: Context,
  ): Promise<IdentityLink> {
    return getIdentityLink(hub, caller, which);
  }

  @FieldResolver(() => [IdentityLink], {
    nullable: true,
    description: "Why each record is believed to be this child's; null where your role does not look at that.",
  })
  identityLinks(@Root() { id }: Child, @Ctx() { loaders }: Context): Promise<IdentityLink[] | null> {
    return loaders.identityLinks.load(id);
  }

  @Query(() => IdentityReviewConnection, {
    description:
      "Doubtful pairs. Open ones in the order in which they should be decided: what is overdue, a plan before a referral, the soonest due, the heavier, the older.",
  })
  identityReviews(
    @Args(() => IdentityReviewArgs) args: IdentityReviewArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<RowConnection<IdentityReview>> {
    return identityReviews(hub, caller, args);
  }

  @Query(() => IdentityReview, { description: "The doubtful pair with this id, if you may read it." })
  identityReview(
    @Arg("id", () => ID, { description: "The review's id." }) id: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<IdentityReview> {
    return getIdentityReview(hub, caller, id);
  }

  @Query(() => IdentityBacklog, { description: "How many doubtful pairs wait, in figures: no child." })
  identityBacklog(@Ctx() { hub, caller }: Context): Promise<IdentityBacklog> {
    return identityBacklog(hub, caller);
  }

  @Query(() => [IdentityReviewer], {
    description: "How those who decide fare, measured by made-up pairs whose answer is known.",
  })
  identityReviewers(
    @Args(() => ReviewersBetween) between: ReviewersBetween,
    @Ctx() { hub, caller }: Context,
  ): Promise<IdentityReviewer[]> {
    return identityReviewers(hub, caller, between);
  }

  @Mutation(() => IdentityReview, {
    description:
      "Says whether two records are one person. One verdict for each person; where two must agree, neither sees what the other said. Sent twice, it is one.",
  })
  decideIdentityReview(
    @Arg("input", () => DecideIdentityReview, { description: "Your verdict.", validate: true })
    input: DecideIdentityReview,
    @Ctx() { hub, caller }: Context,
  ): Promise<IdentityReview> {
    return decideIdentityReview(hub, caller, input);
  }

  @Mutation(() => IdentityReview, {
    description:
      "Asks for two records to be looked at that the hub holds apart, also where people decided so before: two different people then decide.",
  })
  askForIdentityReview(
    @Arg("input", () => AskForIdentityReview, { description: "Which two.", validate: true })
    input: AskForIdentityReview,
    @Ctx() { hub, caller }: Context,
  ): Promise<IdentityReview> {
    return askForIdentityReview(hub, caller, input);
  }

  @Query(() => IdentityRadius, { description: "Whom and what undoing a join would touch, before it is undone." })
  identityBlastRadius(
    @Args(() => WhichLink, { validate: true }) { id: linkId, agencyId, recordId }: WhichLink,
    @Ctx() { hub, caller }: Context,
  ): Promise<IdentityRadius> {
    return identityBlastRadius(hub, caller, { linkId, agencyId, recordId });
  }

  @Mutation(() => IdentityCorrection, {
    description:
      "Undoes a wrong join: the earlier view is restored, those whom it reached are told, and what was made meanwhile is listed to be looked at. Sent twice, it is one.",
  })
  undoIdentityJoin(
    @Arg("input", () => UndoIdentityJoin, { description: "Which, and why.", validate: true }) input: UndoIdentityJoin,
    @Ctx() { hub, caller }: Context,
  ): Promise<IdentityCorrection> {
    return undoIdentityJoin(hub, caller, input);
  }

  @Query(() => IdentityCorrection, { description: "The correction with this id, if you may read it." })
  identityCorrection(
    @Arg("id", () => ID, { description: "The correction's id." }) id: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<IdentityCorrection> {
    return getIdentityCorrection(hub, caller, id);
  }

  @Query(() => IdentityCorrectionConnection, { description: "Wrong joins that were undone, latest first." })
  identityCorrections(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<RowConnection<IdentityCorrection>> {
    return identityCorrections(hub, caller, page);
  }

  @Query(() => [IdentityCheck], {
    description: "What was made while two children were one, and waits for you to say whose it is; oldest first.",
  })
  correctionChecks(@Ctx() { hub, caller }: Context): Promise<IdentityCheck[]> {
    return correctionChecks(hub, caller);
  }

  @Mutation(() => IdentityCheck, {
    description: "Says whether it stays with the child it was made for or belongs to the other. Sent twice, it is one.",
  })
  checkCorrection(
    @Arg("input", () => CheckCorrection, { description: "Which, and whose it is.", validate: true })
    input: CheckCorrection,
    @Ctx() { hub, caller }: Context,
  ): Promise<IdentityCheck> {
    return checkCorrection(hub, caller, input);
  }
}

@Resolver(() => IdentityCorrection)
export class IdentityCorrectionResolver {
  @FieldResolver(() => Child, {
    nullable: true,
    description: "The child whom the record was taken from; null where your role does not work with children.",
  })
  child(@Root() { fromPersonId }: IdentityCorrection, @Ctx() { caller, loaders }: Context) {
    return readsChild(caller) ? loaders.child.load(fromPersonId) : null;
  }

  @FieldResolver(() => Child, {
    nullable: true,
    description: "The child whose record it is; null where your role does not work with children.",
  })
  otherChild(@Root() { toPersonId }: IdentityCorrection, @Ctx() { caller, loaders }: Context) {
    return readsChild(caller) ? loaders.child.load(toPersonId) : null;
  }
}
