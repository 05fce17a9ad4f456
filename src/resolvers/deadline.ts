import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { ClockRule, Deadline } from "../schema/deadline.ts";
import { answerDeadline, readClockRules } from "../services/deadlines.ts";
import type { Context } from "./context.ts";

@Resolver()
export class DeadlineResolver {
  @Query(() => Deadline, { description: "By when something is due, and why. Nothing is stored." })
  deadline(
    @Arg("rule", () => String, { description: "The clock's name: `icpc`. `clockRules` lists them." }) rule: string,
    @Arg("from", () => Date, { description: "What starts the clock, or lies ahead where it is counted backwards." })
    from: Date,
    @Ctx() { hub, caller }: Context,
  ): Promise<Deadline> {
    return answerDeadline(hub, caller, { rule, from });
  }

  @Query(() => [ClockRule], { description: "The clocks in force today, the nation's and the area's own." })
  clockRules(@Ctx() { hub, caller }: Context): Promise<ClockRule[]> {
    return readClockRules(hub, caller);
  }
}
