// Who tends the hub itself. Part of the one place that decides: see `sharing.ts`.

import type { Actor } from "./actor.ts";
import { no, type Ruling, WITH_CHILDREN, yes } from "./sharing.ts";

/** Work that is parked carries ids and codes only. It is seen, and set going again, by those whose work it holds up and by those
 *  who mend the machinery. */
export function mayTendWork({ role }: Actor): Ruling {
  if (role === null) return no("no-role", "your sign-in gives you no role here");
  const tends = role === "BOARD_MANAGER" || role === "AGENCY_DEVELOPER" || WITH_CHILDREN[role] === "WHOLE";
  return tends
    ? yes("tends-work", "you see to it that what is owed gets done")
    : no("does-not-tend-work", "work that is parked is seen to by managers, social care and developers");
}
