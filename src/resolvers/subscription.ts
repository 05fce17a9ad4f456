import { Arg, type BuildSchemaOptions, ID, Resolver, Root, Subscription } from "type-graphql";
import { EscalationChanged, ObligationChanged } from "../schema/change.ts";
import { Message } from "../schema/message.ts";
import { type ObligationsWatched, watchEscalation, watchInbox, watchObligations } from "../services/watching.ts";
import type { Context } from "./context.ts";

interface Asked<Args> {
  readonly args: Args;
  readonly context: Context;
}

/** type-graphql wants one wherever there are subscriptions. Ours read rows: nothing is published. */
export const NO_TOPICS: NonNullable<BuildSchemaOptions["pubSub"]> = {
  publish() {},
  subscribe() {
    throw new Error("Subscriptions of the hub read rows, and have no topics");
  },
};

/** Served at `/graphql/stream`. */
@Resolver()
export class SubscriptionResolver {
  @Subscription(() => ObligationChanged, {
    description: "What happens to obligations that you may read, from now on: a child's, a team's, or all of them.",
    subscribe: ({ args, context: { hub, caller } }: Asked<ObligationsWatched>) => watchObligations(hub, caller, args),
  })
  obligationChanged(
    @Root() change: ObligationChanged,
    @Arg("childId", () => ID, { nullable: true, description: "Only this child's." }) _childId: string | null,
    @Arg("teamId", () => ID, { nullable: true, description: "Only what this team owes." }) _teamId: string | null,
  ): ObligationChanged {
    return change;
  }

  @Subscription(() => EscalationChanged, {
    description: "What happens in an escalation that you may read, from now on.",
    subscribe: ({ args: { id }, context: { hub, caller } }: Asked<{ readonly id: string }>) =>
      watchEscalation(hub, caller, id),
  })
  escalationChanged(
    @Root() change: EscalationChanged,
    @Arg("id", () => ID, { description: "The escalation's id." }) _id: string,
  ): EscalationChanged {
    return change;
  }

  @Subscription(() => Message, {
    description: "What arrives in your inbox, from now on. To hear of it is not to read it: `readMessage` does.",
    subscribe: ({ context: { hub, caller } }: Asked<object>) => watchInbox(hub, caller),
  })
  messageArrived(@Root() message: Message): Message {
    return message;
  }
}
