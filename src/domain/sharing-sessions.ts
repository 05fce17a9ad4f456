// Who may end that somebody is signed in. Part of the one place that decides: see `sharing.ts`.

import type { Actor, Role } from "./actor.ts";
import { no, type Ruling, yes } from "./sharing.ts";

/** Whoever may be rung at any hour about a laptop left on a bus, and whoever looks into who read what. Ended wrongly, it costs
 *  somebody one sign-in. */
const FOR_OTHERS: ReadonlySet<Role> = new Set(["DATA_PROTECTION_OFFICER", "MASH_MANAGER"]);

export function mayEndSessions(actor: Actor, actorId: string): Ruling {
  if (actor.id === actorId) return yes("own-sessions", "they are your own");
  return actor.role !== null && FOR_OTHERS.has(actor.role)
    ? yes("ends-for-others", "your role may end anybody's sign-in")
    : no("another-persons", "they are somebody else's: ask your manager or the data protection officer");
}
