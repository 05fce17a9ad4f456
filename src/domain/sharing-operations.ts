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

/** How the keys of the database stand, in counts: for those who answer for its safety and those who mend the machinery. */
export function mayReadKeys({ role }: Actor): Ruling {
  if (role === null) return no("no-role", "your sign-in gives you no role here");
  return role === "DATA_PROTECTION_OFFICER" || role === "AGENCY_DEVELOPER"
    ? yes("keeps-keys", "you answer for how the hub keeps what it holds, or mend it")
    : no("does-not-keep-keys", "keys are for data protection officers and developers");
}
