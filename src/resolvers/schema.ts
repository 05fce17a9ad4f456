import "reflect-metadata";
import { makeExecutableSchema } from "@graphql-tools/schema";
import type { GraphQLSchema } from "graphql";
import { buildTypeDefsAndResolvers, type BuildSchemaOptions } from "type-graphql";
import { ChildResolver } from "./child.ts";
import { DeadlineResolver } from "./deadline.ts";
import { FamilyResolver } from "./family.ts";
import { MessageResolver } from "./message.ts";
import { HealthResolver } from "./health.ts";
import { EscalationResolver, EscalationStepResolver } from "./escalation.ts";
import { IdentityCorrectionResolver, IdentityResolver } from "./identity.ts";
import { ObligationResolver } from "./obligation.ts";
import { PlainDateScalar } from "../schema/scalars.ts";
import { PostResolver } from "./post.ts";
import { ReferralResolver } from "./referral.ts";
import { SealedResolver } from "./sealed.ts";
import { NO_TOPICS, SubscriptionResolver } from "./subscription.ts";
import { SystemResolver } from "./system.ts";
import { WebhookResolver } from "./webhook.ts";

const RESOLVERS: BuildSchemaOptions["resolvers"] = [
  ChildResolver,
  DeadlineResolver,
  FamilyResolver,
  MessageResolver,
  HealthResolver,
  EscalationResolver,
  EscalationStepResolver,
  IdentityResolver,
  IdentityCorrectionResolver,
  ObligationResolver,
  PostResolver,
  ReferralResolver,
  SealedResolver,
  SubscriptionResolver,
  SystemResolver,
  WebhookResolver,
];

/** The graph. `schema.graphql` is its committed picture; a test compares the two. */
export async function buildHubSchema(): Promise<GraphQLSchema> {
  const { typeDefs, resolvers } = await buildTypeDefsAndResolvers({
    resolvers: RESOLVERS,
    // Inputs name their own checks (`validate` on the argument): checking every argument costs a fifth of a small query.
    validate: false,
    scalarsMap: [],
    pubSub: NO_TOPICS,
  });
  return makeExecutableSchema({ typeDefs, resolvers: { ...resolvers, LocalDate: PlainDateScalar } });
}
