import { Ctx, Query, Resolver } from "type-graphql";
import { ConnectedSystem, Me } from "../schema/system.ts";
import { readSystems } from "../services/systems.ts";
import type { Context } from "./context.ts";

@Resolver()
export class SystemResolver {
  @Query(() => Me, { description: "Who you are signed in as." })
  me(@Ctx() { hub, caller: { actor } }: Context): Me {
    const { id, name, role } = actor;
    return { id, name, role, agency: hub.area.agencies.find((agency) => agency.id === actor.agencyId) ?? null };
  }

  @Query(() => [ConnectedSystem], { description: "Which agencies' systems are connected, and whether they answer." })
  agencies(@Ctx() { hub, caller }: Context): Promise<ConnectedSystem[]> {
    return readSystems(hub, caller);
  }
}
