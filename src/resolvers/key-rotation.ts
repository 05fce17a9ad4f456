import { Ctx, Query, Resolver } from "type-graphql";
import { KeyRotation } from "../schema/key-rotation.ts";
import { readKeyRotation } from "../services/key-status.ts";
import type { Context } from "./context.ts";

@Resolver()
export class KeyRotationResolver {
  @Query(() => KeyRotation, {
    description:
      "How far the change to the current key has come. For data protection officers and developers; `npx hub keys status` counts what each key still seals.",
  })
  keyRotation(@Ctx() { hub, caller }: Context): Promise<KeyRotation> {
    return readKeyRotation(hub, caller);
  }
}
