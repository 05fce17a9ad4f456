import "reflect-metadata";
import { makeExecutableSchema } from "@graphql-tools/schema";
import type { GraphQLSchema } from "graphql";
import { buildTypeDefsAndResolvers, type BuildSchemaOptions } from "type-graphql";
import { ChildResolver } from "./child.ts";
import { PlainDateScalar } from "../schema/scalars.ts";
import { ReferralResolver } from "./referral.ts";
import { SystemResolver } from "./system.ts";

const RESOLVERS: BuildSchemaOptions["resolvers"] = [ChildResolver, ReferralResolver, SystemResolver];

/** The graph. `schema.graphql` is its committed picture; a test compares the two. */
export async function buildHubSchema(): Promise<GraphQLSchema> {
  const { typeDefs, resolvers } = await buildTypeDefsAndResolvers({
    resolvers: RESOLVERS,
    // Inputs name their own checks (`validate` on the argument): checking every argument costs a fifth of a small query.
    validate: false,
    scalarsMap: [],
  });
  return makeExecutableSchema({ typeDefs, resolvers: { ...resolvers, LocalDate: PlainDateScalar } });
}
