import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { PageArgs } from "../schema/connection.ts";
import {
  ChildKeeping,
  DecideErasure,
  EraseChild,
  Erasure,
  ErasureConnection,
  ErasureDecided,
  ErasureWish,
  ErasureWishConnection,
  LegalHold,
  LegalHoldConnection,
  LiftHold,
  PlaceHold,
  RetentionClass,
} from "../schema/keeping.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import { decideErasure, eraseChild, listErasures, listErasureWishes } from "../services/erasure-wishes.ts";
import { liftHold, listHolds, placeHold } from "../services/holds.ts";
import { keepingOfChild, retentionClasses } from "../services/keeping.ts";
import type { Context } from "./context.ts";

@Resolver()
export class KeepingResolver {
  @Query(() => [RetentionClass], { description: "How long the hub keeps what is its own, and where that is written." })
  retentionClasses(@Ctx() { hub, caller }: Context): Promise<RetentionClass[]> {
    return retentionClasses(hub, caller);
  }

  @Query(() => ChildKeeping, {
    description: "What keeps a child in the hub, and until when. For whoever answers for data protection.",
  })
  keeping(
    @Arg("childId", () => ID, { description: "The child." }) childId: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<ChildKeeping> {
    return keepingOfChild(hub, caller, childId);
  }

  @Query(() => LegalHoldConnection, {
    description: "Legal holds, latest first. For whoever answers for data protection.",
  })
  legalHolds(
    @Arg("lifted", () => Boolean, { defaultValue: false, description: "Those that were lifted, too." }) lifted: boolean,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<RowConnection<LegalHold>> {
    return listHolds(hub, caller, { lifted, ...page });
  }

  @Mutation(() => LegalHold, {
    description:
      "Keeps everything about a child from being erased until it is lifted. For data protection and the front door.",
  })
  placeHold(
    @Arg("input", () => PlaceHold, { description: "On whom, and why.", validate: true }) input: PlaceHold,
    @Ctx() { hub, caller }: Context,
  ): Promise<LegalHold> {
    return placeHold(hub, caller, input);
  }

  @Mutation(() => LegalHold, { description: "Lifts a hold. For whoever answers for data protection." })
  liftHold(
    @Arg("input", () => LiftHold, { description: "Which, and why.", validate: true }) input: LiftHold,
    @Ctx() { hub, caller }: Context,
  ): Promise<LegalHold> {
    return liftHold(hub, caller, input);
  }

  @Mutation(() => ErasureWish, {
    description:
      "Asks that everything the hub holds of a child be erased; a second person decides. Refused while a hold, open work or law stands against it.",
  })
  eraseChild(
    @Arg("input", () => EraseChild, { description: "Whom, and why.", validate: true }) input: EraseChild,
    @Ctx() { hub, caller }: Context,
  ): Promise<ErasureWish> {
    return eraseChild(hub, caller, input);
  }

  @Mutation(() => ErasureDecided, {
    description:
      "Decides on a wish to erase a child. Approved, it is done at once and for good. Never for whoever asked.",
  })
  decideErasure(
    @Arg("input", () => DecideErasure, { description: "Which, and how.", validate: true }) input: DecideErasure,
    @Ctx() { hub, caller }: Context,
  ): Promise<ErasureDecided> {
    return decideErasure(hub, caller, input);
  }

  @Query(() => ErasureWishConnection, {
    description: "Wishes to erase a child that wait for a second person, oldest first.",
  })
  erasureWishes(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<RowConnection<ErasureWish>> {
    return listErasureWishes(hub, caller, page);
  }

  @Query(() => ErasureConnection, { description: "What was erased, latest first: proof that names nobody." })
  erasures(
    @Arg("childId", () => ID, { nullable: true, description: "Of the child who had this id, where you still have it." })
    childId: string | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<RowConnection<Erasure>> {
    return listErasures(hub, caller, { childId, ...page });
  }
}
