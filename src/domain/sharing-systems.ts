// What an agency's own system may do: what its scopes name, for its own agency. It works with no child itself, so that nothing about
// one is shown to it beyond what became of its agency's referrals. Part of the one place that decides: see `sharing.ts`.

import type { Actor } from "./actor.ts";
import { OPEN_TO_SYSTEMS, type SystemScope } from "./scopes.ts";
import { mayReadReferral, mayRefer, no, type Referred, type Ruling, yes } from "./sharing.ts";

/** One operation of the graph, as a system asks for it. */
export interface AskedOfGraph {
  /** Its root fields by their names in the schema. */
  readonly fields: readonly string[];
  /** Agencies that its arguments name. */
  readonly agencyIds: readonly string[];
}

/** Whether a system may ask for this at all. Everybody else is ruled on by what they ask for. */
export function mayAsk(actor: Actor, { fields, agencyIds }: AskedOfGraph): Ruling {
  if (actor.kind !== "SYSTEM") return yes("not-a-system", "the rules on each thing decide");
  if (actor.agencyId === null) return no("no-agency", "your token names no agency of this area");
  const closed = fields.find((field) => !OPEN_TO_SYSTEMS.has(field));
  if (closed !== undefined) return no("not-for-systems", `${closed} is for people, not for agencies' systems`);
  const missing = fields.flatMap((field) => OPEN_TO_SYSTEMS.get(field) ?? []).find((scope) => !holds(actor, scope));
  if (missing !== undefined) return no("scope-missing", `your token lacks the scope ${missing}`);
  return agencyIds.every((id) => id === actor.agencyId)
    ? yes("within-its-scopes", "your token's scopes name it")
    : no("another-agency", "your token is for one agency, and this names another");
}

const holds = ({ scopes = [] }: Actor, scope: SystemScope): boolean => scopes.includes(scope);

/** Whether a system may do this for this agency. */
export function maySystem(actor: Actor, scope: SystemScope, agencyId: string | null): Ruling {
  if (actor.kind !== "SYSTEM" || !holds(actor, scope))
    return no("scope-missing", `your token lacks the scope ${scope}`);
  return agencyId !== null && actor.agencyId === agencyId
    ? yes("own-agency", "it is your own agency's")
    : no("another-agency", "it belongs to another agency");
}

/** Anybody who works with children may pass on a concern, and so may an agency's system that somebody wrote it in. */
export const mayPassOn = (actor: Actor): Ruling =>
  actor.kind === "SYSTEM" ? maySystem(actor, "referral:submit", actor.agencyId) : mayRefer(actor);

/** A system reads what its own agency sent, without the child; to whoever else the child's story decides. */
export const mayReadReferralOf = (actor: Actor, referral: Referred): Ruling =>
  actor.kind === "SYSTEM" ? maySystem(actor, "referral:read", referral.fromAgencyId) : mayReadReferral(actor, referral);
