// Who a token is for, as far as this hub knows them. Roles and agencies that it does not know open nothing.

import type { JWTPayload } from "jose";
import { type Actor, ROLES } from "../domain/actor.ts";
import { scopesNamed } from "../domain/scopes.ts";
import type { Told } from "../services/workers-seen.ts";
import { refuse } from "./sign-in-token.ts";

/** Rules for agencies' systems. */
export interface MachineRules {
  /** A token that anybody could use who copied it is refused. */
  readonly mustBeBound: boolean;
  /** Systems that the partnership has looked at, each with the only agency that it may act for. */
  readonly clients: ReadonlyMap<string, string>;
}

/** Somebody, and what their token is bound to. */
export interface Named {
  readonly actor: Actor;
  readonly told: Told;
  /** SHA-256 (base64url) of the client certificate with which alone the token is good; null where it is good with any or none. */
  readonly boundTo: string | null;
}

const SYSTEM = "AGENCY_SYSTEM";
/** How long an unbound token of a known system may live: it is asked for anew with the system's key. */
const MOST_UNBOUND_SECONDS = 600;
const MOST_ID = 200;

const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** Whom a checked access token names. */
export function namedBy(payload: JWTPayload, machines: MachineRules): Named {
  const boundTo = boundOf(payload);
  if (textOf(payload["hub_role"]) === SYSTEM)
    return { actor: systemOf(payload, machines, boundTo), told: NOTHING, boundTo };
  const client = clientOf(payload);
  if (client !== null && payload.sub === client)
    throw refuse(`This token is a system's: its hub_role must be ${SYSTEM}, and its scope must say what for`);
  return { ...personOf(payload), boundTo };
}

/** The person whom claims name, an access token's or an identity token's. */
export function personOf(claims: JWTPayload): { readonly actor: Actor; readonly told: Told } {
  const id = idOf(claims);
  const name = textOf(claims["name"]) ?? id;
  const role = ROLES.find((known) => known === claims["hub_role"] && known !== SYSTEM) ?? null;
  const { postal_code: postcode } = (claims["address"] ?? {}) as { postal_code?: unknown };
  return {
    actor: { kind: "PRACTITIONER", id, name, role, agencyId: textOf(claims["hub_agency"]) },
    told: {
      surname: textOf(claims["family_name"]) ?? (name === id ? null : (name.trim().split(/\s+/).at(-1) ?? null)),
      postcode: textOf(postcode),
    },
  };
}

const NOTHING: Told = { surname: null, postcode: null };

const clientOf = (payload: JWTPayload): string | null => textOf(payload["client_id"]) ?? textOf(payload["azp"]);

function idOf({ sub = "" }: JWTPayload): string {
  if (sub === "" || sub.length > MOST_ID)
    throw refuse("This token names nobody whom this hub can keep apart: look at its sub");
  return sub;
}

function systemOf(payload: JWTPayload, { mustBeBound, clients }: MachineRules, boundTo: string | null): Actor {
  const id = idOf(payload);
  const client = clientOf(payload);
  const agencyId = textOf(payload["hub_agency"]);
  if (client === null || agencyId === null) throw refuse("A system's token must name its client_id and its hub_agency");
  const known = clients.get(client);
  if (known !== undefined && known !== agencyId)
    throw refuse("This system may not act for the agency that its token names");
  const lives = (payload.exp ?? 0) - (payload.iat ?? 0);
  if (boundTo === null && mustBeBound && (known === undefined || lives > MOST_UNBOUND_SECONDS))
    throw refuse("A system's token must be bound to its client certificate (RFC 8705): see docs/sign-in.md");
  const scopes = scopesNamed(textOf(payload["scope"]) ?? "");
  return { kind: "SYSTEM", id, name: textOf(payload["name"]) ?? client, role: SYSTEM, agencyId, scopes };
}

/** A token that is bound to something which this hub cannot check is good for nobody. */
function boundOf({ cnf }: JWTPayload): string | null {
  if (cnf === undefined) return null;
  const thumbprint = textOf((cnf as Record<string, unknown> | null)?.["x5t#S256"]);
  if (thumbprint === null) throw refuse("This token is bound to a key in a way that this hub cannot check");
  return thumbprint;
}
