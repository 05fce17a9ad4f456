import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { OtherChildren, Relative } from "../schema/family.ts";
import type { Context } from "./context.ts";

@Resolver(() => Relative)
export class FamilyResolver {
  @FieldResolver(() => OtherChildren, {
    description:
      "The other children of this adult, whom the adult's own records or the brothers' and sisters' name: for those who put the whole story together. One step: ask for each child by its id to go on. Records of at most 100 people are asked about at once.",
  })
  otherChildren(@Root() relative: Relative, @Ctx() { loaders }: Context): Promise<OtherChildren> {
    return loaders.otherChildren.load(relative);
  }
}
