import "reflect-metadata";
import { makeExecutableSchema } from "@graphql-tools/schema";
import type { GraphQLSchema } from "graphql";
import { buildTypeDefsAndResolvers, type BuildSchemaOptions } from "type-graphql";
import { AccessResolver, ChildAccessResolver, GlassBrokenResolver, ShieldResolver } from "./access.ts";
import { ChildResolver } from "./child.ts";
import { DeadlineResolver } from "./deadline.ts";
import { FamilyResolver } from "./family.ts";
import { MessageResolver } from "./message.ts";
import { HealthResolver } from "./health.ts";
import { EscalationResolver, EscalationStepResolver } from "./escalation.ts";
import { IdentityCorrectionResolver, IdentityResolver } from "./identity.ts";
import { KeyRotationResolver } from "./key-rotation.ts";
import { KeepingResolver } from "./keeping.ts";
import { ObligationResolver } from "./obligation.ts";
import { declare } from "../schema/declared.ts";
import { PlainDateScalar } from "../schema/scalars.ts";
import { PostResolver } from "./post.ts";
import { AuditEntryResolver, GlassBreakResolver, ReaderToTellResolver, UnusualReadResolver } from "./read-reports.ts";
import { ReferralResolver } from "./referral.ts";
import { SealedResolver } from "./sealed.ts";
import { SessionResolver } from "./session.ts";
import { ChildSharingResolver, SharingDecisionResolver } from "./sharing-decision.ts";
import { SubjectAccessResolver } from "./subject-access.ts";
import { NO_TOPICS, SubscriptionResolver } from "./subscription.ts";
import { SystemResolver } from "./system.ts";
import { WebhookResolver } from "./webhook.ts";

const RESOLVERS: BuildSchemaOptions["resolvers"] = [
  AccessResolver,
  GlassBrokenResolver,
  ShieldResolver,
  ChildResolver,
  ChildAccessResolver,
  DeadlineResolver,
  FamilyResolver,
  MessageResolver,
  HealthResolver,
  EscalationResolver,
  EscalationStepResolver,
  IdentityResolver,
  IdentityCorrectionResolver,
  KeyRotationResolver,
  KeepingResolver,
  ObligationResolver,
  PostResolver,
  AuditEntryResolver,
  UnusualReadResolver,
  GlassBreakResolver,
  ReaderToTellResolver,
  ReferralResolver,
  SealedResolver,
  SharingDecisionResolver,
  ChildSharingResolver,
  SessionResolver,
  SubjectAccessResolver,
  SubscriptionResolver,
  SystemResolver,
  WebhookResolver,
];

/** The graph, every field with what it holds; it fails on one that is not declared. `schema.graphql` is its committed picture: a test
 *  compares the two. */
export async function buildHubSchema(): Promise<GraphQLSchema> {
  const { typeDefs, resolvers } = await buildTypeDefsAndResolvers({
    resolvers: RESOLVERS,
    // Inputs name their own checks (`validate` on the argument): checking every argument costs a fifth of a small query.
    validate: false,
    scalarsMap: [],
    pubSub: NO_TOPICS,
  });
  return declare(makeExecutableSchema({ typeDefs, resolvers: { ...resolvers, LocalDate: PlainDateScalar } }));
}
