// Relay-style connections over the hub's own rows: what is there is there, so nothing need say who stands behind a page.

import { type ClassType, Field, ObjectType } from "type-graphql";
import { type Edge, PageInfo } from "./connection.ts";

/** One page of the hub's own rows. */
export interface RowConnection<Node> {
  edges: readonly Edge<Node>[];
  pageInfo: PageInfo;
}

/** The connection and edge types for one kind of row. */
export function rowConnectionOf<Node extends object>(node: ClassType<Node>, name: string, description: string) {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One of: ${description}` })
  class EdgeType implements Edge<Node> {
    @Field(() => String, { description: "Opaque; pass it as `after` to go on from here." }) cursor!: string;
    @Field(() => node, { description: "What stands here." }) node!: Node;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description })
  class ConnectionType implements RowConnection<Node> {
    @Field(() => [EdgeType], { description: "This page." }) edges!: EdgeType[];
    @Field(() => PageInfo, { description: "Where this page begins and ends." }) pageInfo!: PageInfo;
  }
  return ConnectionType;
}
