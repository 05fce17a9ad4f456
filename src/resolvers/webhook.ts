import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { RegisteredWebhook, Webhook } from "../schema/webhook.ts";
import { endWebhook, registerWebhook, webhooksOf } from "../services/webhooks.ts";
import type { Context } from "./context.ts";

@Resolver(() => Webhook)
export class WebhookResolver {
  @Query(() => [Webhook], { description: "The webhooks of your own agency, oldest first. For its developers." })
  webhooks(@Ctx() { hub, caller }: Context): Promise<Webhook[]> {
    return webhooksOf(hub, caller);
  }

  @Mutation(() => RegisteredWebhook, {
    description:
      "Registers an address of your agency's own system, which is called whenever its people are told. Shows its secret once.",
  })
  registerWebhook(
    @Arg("url", () => String, { description: "Where to call: `https://`, up to 500 characters." }) url: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<RegisteredWebhook> {
    return registerWebhook(hub, caller, url);
  }

  @Mutation(() => Webhook, { description: "Ends one of your agency's webhooks. What still waits for it is not sent." })
  endWebhook(
    @Arg("id", () => ID, { description: "The webhook's id." }) id: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<Webhook> {
    return endWebhook(hub, caller, id);
  }
}
