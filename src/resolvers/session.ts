import { Arg, Ctx, ID, Int, Mutation, Resolver } from "type-graphql";
import { endSessions } from "../services/sessions.ts";
import type { Context } from "./context.ts";

@Resolver()
export class SessionResolver {
  @Mutation(() => Int, {
    description:
      "Signs somebody out everywhere, at once: every browser, and every token given before now. Yourself; or anybody, for the data protection officer and managers of the front door. Returns how many browsers there were.",
  })
  endSessions(
    @Arg("actorId", () => ID, { nullable: true, description: "Whom, by the subject of their sign-in; null: yourself." })
    actorId: string | null = null,
    @Ctx() { hub, caller }: Context,
  ): Promise<number> {
    return endSessions(hub, caller, actorId);
  }
}
