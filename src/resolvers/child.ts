import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { Access } from "../domain/access.ts";
import { Refusal } from "../domain/refusal.ts";
import { seesWhole } from "../domain/sharing.ts";
import { AgencyAnswer } from "../schema/agency-answer.ts";
import {
  Child,
  ChildConnection,
  ChildSearch,
  ChronologyConnection,
  IdentifierInput,
  Involvements,
  LinkedRecord,
} from "../schema/child.ts";
import { type Connection, MOST, PageArgs, pageOf } from "../schema/connection.ts";
import { Demographics } from "../schema/demographics.ts";
import { Family } from "../schema/family.ts";
import { Genogram } from "../schema/genogram.ts";
import type { Event } from "../schema/statements.ts";
import { childByIdentifier, findChildren } from "../services/children.ts";
import { presentGenogram } from "../services/genograms.ts";
import { presentDemographics } from "../services/present-demographics.ts";
import { presentFamily } from "../services/present-family.ts";
import { known, presentAnswer, presentChronology, presentInvolvements, sourcesOf } from "../services/present.ts";
import { Escalation } from "../schema/escalation.ts";
import { Obligation } from "../schema/obligation.ts";
import { escalationsOfChild } from "../services/escalation-reads.ts";
import type { Context } from "./context.ts";

/** An empty list says that there is nothing: only to those who would see it if there were. */
const orNotTold = <Item>(access: Access, found: Item[]): Item[] | null =>
  found.length > 0 || seesWhole(access) ? found : null;

/** The decision on a child that a resolver was handed. */
const decisionOn = async (loaders: Context["loaders"], id: string): Promise<Access> => {
  const child = await loaders.child.load(id);
  if (!child) throw new Refusal("NOT_FOUND", "There is no such child");
  return child.access;
};

@Resolver(() => Child)
export class ChildResolver {
  @Query(() => Child, { nullable: true, description: "The child with this id; null if the hub knows none." })
  child(@Arg("id", () => ID, { description: "The child's id in the hub." }) id: string, @Ctx() { loaders }: Context) {
    return loaders.child.load(id);
  }

  @Query(() => [Child], {
    nullable: "items",
    description: "These children in the order asked for, null for each the hub does not know. At most 100.",
  })
  children(
    @Arg("ids", () => [ID], { description: "Ids in the hub." }) ids: string[],
    @Ctx() { loaders }: Context,
  ): Promise<(Child | null)[]> {
    if (ids.length > MOST) throw new Refusal("BAD_INPUT", `ids: ask for at most ${MOST} at a time`);
    return Promise.all(ids.map((id) => loaders.child.load(id)));
  }

  @Query(() => Child, {
    nullable: true,
    description:
      "The child known by this number. Null only when those that can be searched by it answered and none knows it; anything less is an error, INCOMPLETE.",
  })
  async childByIdentifier(
    @Arg("identifier", () => IdentifierInput, { description: "The number.", validate: true })
    identifier: IdentifierInput,
    @Ctx() { hub, caller, loaders }: Context,
  ) {
    const id = await childByIdentifier(hub, caller, identifier);
    return id === null ? null : loaders.child.load(id);
  }

  @Query(() => ChildConnection, {
    description: "Children who may be the one looked for, from every agency. Not ranked.",
  })
  async findChildren(
    @Arg("search", () => ChildSearch, { description: "Who is looked for.", validate: true }) search: ChildSearch,
    @Args(() => PageArgs) wanted: PageArgs,
    @Ctx() { hub, caller, loaders }: Context,
  ) {
    const { childIds, sources } = await findChildren(hub, caller, search);
    const page = pageOf(known(childIds, sources), wanted, sources);
    const children = page.edges?.map(async ({ cursor, node }) => ({ cursor, node: await loaders.child.load(node) }));
    return { ...page, edges: children ? await Promise.all(children) : null };
  }

  @FieldResolver(() => Demographics, { description: "Who the child is, by source." })
  async demographics(@Root() { id }: Child, @Ctx() { loaders }: Context): Promise<Demographics> {
    return presentDemographics(await loaders.views.load({ childId: id, parts: ["DEMOGRAPHICS"] }));
  }

  @FieldResolver(() => Family, { description: "Who belongs with the child, as agencies claim it." })
  async family(@Root() { id }: Child, @Ctx() { loaders }: Context): Promise<Family> {
    const views = await loaders.views.load({ childId: id, parts: ["RELATIONSHIPS"] });
    return presentFamily(await loaders.families.load({ childId: id, views }));
  }

  @FieldResolver(() => Genogram, {
    description: "The child's family as data to draw. Shows nothing that `family` and `demographics` do not.",
  })
  async genogram(@Root() { id }: Child, @Ctx() { hub, loaders }: Context): Promise<Genogram> {
    const [views, who] = await Promise.all([
      loaders.views.load({ childId: id, parts: ["RELATIONSHIPS"] }),
      loaders.views.load({ childId: id, parts: ["DEMOGRAPHICS"] }),
    ]);
    return presentGenogram(hub, await loaders.families.load({ childId: id, views }), who);
  }

  @FieldResolver(() => [AgencyAnswer], {
    description: "What each connected agency says, always one entry for each, whether it answered or not.",
  })
  async agencies(@Root() { id }: Child, @Ctx() { loaders }: Context): Promise<AgencyAnswer[]> {
    const views = await loaders.views.load({ childId: id, parts: ["INVOLVEMENTS", "STATES", "EVENTS"] });
    return views.map(presentAnswer);
  }

  @FieldResolver(() => ChronologyConnection, { description: "What happened, from every agency, latest first." })
  async chronology(
    @Root() { id }: Child,
    @Args(() => PageArgs) wanted: PageArgs,
    @Ctx() { loaders }: Context,
  ): Promise<Connection<Event>> {
    const views = await loaders.views.load({ childId: id, parts: ["EVENTS"] });
    const sources = sourcesOf(views, ["EVENTS"]);
    return pageOf(presentChronology(views, sources), wanted, sources);
  }

  @FieldResolver(() => Involvements, { description: "Who works with the child, and how to reach them." })
  async involvements(@Root() { id }: Child, @Ctx() { loaders }: Context): Promise<Involvements> {
    return presentInvolvements(await loaders.views.load({ childId: id, parts: ["INVOLVEMENTS"] }));
  }

  @FieldResolver(() => [LinkedRecord], {
    nullable: true,
    description:
      "The agencies' records that the hub believes to be this child's, with the reason for each; null where the child's story is not open to you.",
  })
  records(@Root() { id }: Child, @Ctx() { loaders }: Context): Promise<LinkedRecord[] | null> {
    return loaders.records.load(id);
  }

  @FieldResolver(() => [Obligation], {
    nullable: true,
    description:
      "What is or was owed for the child by when, as far as you may read it; soonest due first. Null where there may be more than you may know of, and none that you may read.",
  })
  async obligations(@Root() { id }: Child, @Ctx() { loaders }: Context): Promise<Obligation[] | null> {
    return orNotTold(await decisionOn(loaders, id), await loaders.obligations.load(id));
  }

  @FieldResolver(() => [Escalation], {
    nullable: true,
    description:
      "Professionals' challenges to each other about the child, as far as you may read them; newest first. Null where there may be some, and none that you may read.",
  })
  async escalations(@Root() { id }: Child, @Ctx() { hub, caller, loaders }: Context): Promise<Escalation[] | null> {
    return orNotTold(await decisionOn(loaders, id), await escalationsOfChild(hub, caller, id));
  }
}
