import { Arg, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import type * as queues from "../domain/queue.ts";
import { QueueName } from "../schema/enums.ts";
import { HubStatus, ParkedWork } from "../schema/health.ts";
import { readHubStatus } from "../services/health.ts";
import { parkedWork, replayWork } from "../services/parked.ts";
import type { Context } from "./context.ts";

@Resolver()
export class HealthResolver {
  @Query(() => HubStatus, { description: "Whether what is due in the hub is being done." })
  hubStatus(@Ctx() { hub, caller }: Context): Promise<HubStatus> {
    return readHubStatus(hub, caller);
  }

  @Query(() => [ParkedWork], {
    description:
      "Work that failed for hours and is now tried only once an hour, or not at all; the oldest first, at most 100. For those who see that work gets done.",
  })
  parkedWork(@Ctx() { hub, caller }: Context): Promise<ParkedWork[]> {
    return parkedWork(hub, caller);
  }

  @Mutation(() => Boolean, { description: "Sets parked work going again, from its first attempt. True once it is." })
  replayWork(
    @Arg("queue", () => QueueName, { description: "The kind of work." }) queue: queues.QueueName,
    @Arg("subjectId", () => ID, {
      nullable: true,
      description:
        "The referral, obligation, delivery or message that it is about; null for all parked work of the queue.",
    })
    subjectId: string | null,
    @Ctx() { hub, caller }: Context,
  ): Promise<boolean> {
    return replayWork(hub, caller, { queue, subjectId: subjectId ?? null });
  }
}
