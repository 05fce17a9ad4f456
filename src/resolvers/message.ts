import DataLoader from "dataloader";
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Way as How } from "../domain/message.ts";
import { PageArgs } from "../schema/connection.ts";
import { Delivery } from "../schema/delivery.ts";
import { Way } from "../schema/enums.ts";
import { Message, MessageConnection, Preference } from "../schema/message.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import { deliveriesOf } from "../services/deliveries.ts";
import { actOnMessage, myMessages, readMessage } from "../services/inbox.ts";
import { myPreference, setPreference } from "../services/preferences.ts";
import type { Context } from "./context.ts";

const receipts = new WeakMap<Context, DataLoader<string, Delivery[]>>();

/** One question for all the messages of a page. */
function receiptsOf(context: Context): DataLoader<string, Delivery[]> {
  let loader = receipts.get(context);
  if (!loader) receipts.set(context, (loader = new DataLoader((ids) => deliveriesOf(context.hub, ids))));
  return loader;
}

@Resolver(() => Message)
export class MessageResolver {
  @Query(() => MessageConnection, {
    description:
      "What you were told, newest first, and what waits at vacant posts that you look after. Listing reads nothing: `readMessage` does.",
  })
  myMessages(
    @Args(() => PageArgs) page: PageArgs,
    @Arg("unread", () => Boolean, { defaultValue: false, description: "Only what nobody has read." }) unread: boolean,
    @Ctx() { hub, caller }: Context,
  ): Promise<RowConnection<Message>> {
    return myMessages(hub, caller, { unread, ...page });
  }

  @Query(() => Preference, { description: "How you are told." })
  myPreference(@Ctx() { hub, caller }: Context): Promise<Preference> {
    return myPreference(hub, caller);
  }

  @Mutation(() => Message, { description: "Reads a message of yours: an urgent one is then no longer handed on." })
  readMessage(
    @Arg("id", () => ID, { description: "The message's id." }) id: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<Message> {
    return readMessage(hub, caller, id);
  }

  @Mutation(() => Message, {
    description: "Says that you acted on what a message of yours tells: nobody is handed it any more.",
  })
  actOnMessage(
    @Arg("id", () => ID, { description: "The message's id." }) id: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<Message> {
    return actOnMessage(hub, caller, id);
  }

  @Mutation(() => Preference, {
    description: "Chooses how you are told of what is routine, from now on. What is urgent is always sent at once.",
  })
  setPreference(
    @Arg("routine", () => Way, { description: "How." }) routine: How,
    @Ctx() { hub, caller }: Context,
  ): Promise<Preference> {
    return setPreference(hub, caller, routine);
  }

  @FieldResolver(() => [Delivery], {
    description: "How far it has left the hub, by each channel; empty for one that stays in the inbox.",
  })
  deliveries(@Root() { id }: Message, @Ctx() context: Context): Promise<Delivery[]> {
    return receiptsOf(context).load(id);
  }
}
