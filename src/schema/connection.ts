// Relay-style connections, for lists that can grow. Each also says which agencies stand behind it.

import { ArgsType, type ClassType, Field, Int, ObjectType } from "type-graphql";
import { Refusal } from "../domain/refusal.ts";
import { Source } from "./agency-answer.ts";

/** Most items on a page, of anything. */
export const MOST = 100;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 50, description: "How many at most, 1 to 100." }) first!: number;
  @Field(() => String, { nullable: true, description: "Go on after this cursor." }) after?: string | null;
}

@ObjectType({ simpleResolvers: true, description: "Where a page of a list begins and ends." })
export class PageInfo {
  @Field(() => Boolean, { description: "Whether there is more after this page." }) hasNextPage!: boolean;
  @Field(() => Boolean, { description: "Whether there is more before this page." }) hasPreviousPage!: boolean;
  @Field(() => String, { nullable: true, description: "Cursor of the first edge." }) startCursor!: string | null;
  @Field(() => String, { nullable: true, description: "Cursor of the last edge: pass it as `after`." })
  endCursor!: string | null;
}

export interface Edge<Node> {
  cursor: string;
  node: Node;
}

export interface Connection<Node> {
  /** Null where nobody knows: some agency failed or withheld, and what the rest gave is empty. */
  edges: readonly Edge<Node>[] | null;
  pageInfo: PageInfo;
  totalCount: number | null;
  sources: readonly Source[];
}

/** The connection and edge types for one kind of node. */
export function connectionOf<Node extends object>(node: ClassType<Node>, name: string, description: string) {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One of: ${description}` })
  class EdgeType implements Edge<Node> {
    @Field(() => String, { description: "Opaque; pass it as `after` to go on from here." }) cursor!: string;
    @Field(() => node, { description: "What stands here." }) node!: Node;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description })
  class ConnectionType implements Connection<Node> {
    @Field(() => [EdgeType], {
      nullable: true,
      description:
        "This page; null where nobody knows, empty only where those asked answered and record nothing. Read `sources` before you take a short list for a whole one.",
    })
    edges!: EdgeType[] | null;
    @Field(() => PageInfo, { description: "Where this page begins and ends." }) pageInfo!: PageInfo;
    @Field(() => Int, {
      nullable: true,
      description: "How many there are in all, as far as the sources answered; null where nobody knows.",
    })
    totalCount!: number | null;
    @Field(() => [Source], { description: "Which agencies stand behind this list, and which do not." })
    sources!: readonly Source[];
  }
  return [ConnectionType, EdgeType] as const;
}

const cursorOf = (position: number): string => Buffer.from(`p${position}`).toString("base64url");

/** The position a cursor stands for; null where it is not one of ours. */
function positionOf(cursor: string): number | null {
  const [, digits] = /^p(\d{1,9})$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** One page of a list that is whole in memory; null is a list that nobody knows. Refuses a page that cannot be. */
export function pageOf<Node>(
  nodes: readonly Node[] | null,
  { first, after = null }: PageArgs,
  sources: readonly Source[],
): Connection<Node> {
  if (first < 1 || first > MOST) throw new Refusal("BAD_INPUT", `first: ask for 1 to ${MOST} at a time`);
  const position = after === null ? -1 : positionOf(after);
  if (position === null) throw new Refusal("BAD_INPUT", "after: that is not a cursor that this list gave out");
  const from = position + 1;
  const page = (nodes ?? []).slice(from, from + first);
  const edges = page.map((node, index) => ({ cursor: cursorOf(from + index), node }));
  return {
    edges: nodes && edges,
    totalCount: nodes && nodes.length,
    sources,
    pageInfo: {
      hasNextPage: from + first < (nodes?.length ?? 0),
      hasPreviousPage: from > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
