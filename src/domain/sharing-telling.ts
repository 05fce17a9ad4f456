// Who may read what people are told, and who may connect an agency's own system to be told. Part of the one place that decides:
// see `sharing.ts`.

import type { Actor } from "./actor.ts";
import { no, type Ruling, yes } from "./sharing.ts";
import { maySystem } from "./sharing-systems.ts";

/** Everybody with a role here has an inbox, and says how they want to be told. */
export function mayBeTold(actor: Actor): Ruling {
  return actor.role === null
    ? no("no-role", "your sign-in gives you no role here")
    : yes("own-inbox", "it is your own");
}

/** A message is for whoever it is addressed to; `addresses` are the reader's own and those of vacant posts they look after. */
export function mayReadMessage(actor: Actor, toActorId: string, addresses: ReadonlySet<string>): Ruling {
  const own = mayBeTold(actor);
  if (!own.allowed) return own;
  if (toActorId === actor.id) return yes("addressee", "it is addressed to you");
  return addresses.has(toActorId)
    ? yes("looks-after-vacant-post", "nobody holds the post it is for, and you look after that")
    : no("not-the-addressee", "it is addressed to somebody else");
}

/** An agency's own system is connected by its developers or by itself, and by nobody for another agency. */
export function mayConnectSystems(actor: Actor, agencyId: string | null): Ruling {
  if (actor.kind === "SYSTEM") return maySystem(actor, "webhook:manage", agencyId);
  if (actor.role !== "AGENCY_DEVELOPER") return no("not-a-developer", "agencies' developers connect their systems");
  return agencyId !== null && actor.agencyId === agencyId
    ? yes("own-agency", "it is your own agency's")
    : no("another-agency", "it belongs to another agency");
}
