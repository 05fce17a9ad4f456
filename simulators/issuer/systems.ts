// Agencies' own systems at the demo issuer: each signs in with a key of its own (private_key_jwt, RFC 7523), and gets a token for its
// own agency and those of its scopes that it asks for.

import { randomUUID } from "node:crypto";
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from "jose";
import { LRUCache } from "lru-cache";
import { z } from "zod";
import type { Refused } from "./grants.ts";

/** A system that is registered here, with its published keys. */
export interface DemoSystem {
  readonly clientId: string;
  readonly name: string;
  readonly agency: string;
  readonly scopes: readonly string[];
  readonly jwks: JSONWebKeySet;
}

const ALL = ["referral:submit", "referral:read", "webhook:manage", "agency:read", "deadline:read"];

/** The demo's systems; their keys are made by whoever starts the issuer. */
export const DEMO_SYSTEMS: readonly Omit<DemoSystem, "jwks">[] = [
  { clientId: "larch-hill-mis", name: "Larch Hill Primary's school system", agency: "larch-hill-primary", scopes: ALL },
  {
    clientId: "community-health-epr",
    name: "The community health record",
    agency: "community-health",
    scopes: ["referral:submit", "referral:read", "agency:read"],
  },
];

const Registered = z.record(z.string(), z.object({ keys: z.array(z.looseObject({ kty: z.string() })) }));

/** The demo's systems with their published keys, from a JSON text: by client, a set of keys. */
export function readSystems(text: string): DemoSystem[] {
  const registered = Registered.parse(JSON.parse(text));
  return DEMO_SYSTEMS.flatMap((system) => {
    const jwks = registered[system.clientId];
    return jwks ? [{ ...system, jwks }] : [];
  });
}

export const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"];
const SKEW_SECONDS = 30;
/** An assertion is made for one use, and at once. */
const LONGEST_SECONDS = 300;
/** Seconds a system's token lives: it can have another at any time. */
const LIFETIME = 300;

const Asked = z.object({
  grant_type: z.literal("client_credentials"),
  client_assertion_type: z.literal(ASSERTION_TYPE),
  client_assertion: z.string().max(8_192),
  scope: z.string().default(""),
  client_id: z.string().optional(),
});

/** What a system's token says beyond what every token does. */
export interface SystemGrant {
  readonly lifetime: number;
  readonly scope: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Decides on systems' requests for tokens: each assertion is taken once. */
export function makeSystems(systems: readonly DemoSystem[], audience: string) {
  const known = new Map(systems.map((system) => [system.clientId, system]));
  const spent = new LRUCache<string, true>({ max: 10_000, ttl: (LONGEST_SECONDS + 2 * SKEW_SECONDS) * 1_000 });

  return async function grant(form: Readonly<Record<string, unknown>>, issuer: string): Promise<SystemGrant | Refused> {
    const { success, data: asked } = Asked.safeParse(form);
    if (!success)
      return no("invalid_request", `Send grant_type=client_credentials and client_assertion_type=${ASSERTION_TYPE}`);
    const system = await whoSigned(asked.client_assertion, { known, issuer }).catch((error: unknown) => {
      return no(
        "invalid_client",
        error instanceof errors.JOSEError ? `The assertion will not do (${error.code})` : SORRY,
      );
    });
    if ("error" in system) return system;
    const { client, jti } = system;
    if (asked.client_id !== undefined && asked.client_id !== client.clientId)
      return no("invalid_client", "client_id is not who signed the assertion");
    if (spent.has(jti)) return no("invalid_client", "The assertion was used before: make one for each request");
    spent.set(jti, true);
    const wanted = asked.scope.split(" ").filter(Boolean);
    const refused = wanted.find((scope) => !client.scopes.includes(scope));
    if (refused !== undefined) return no("invalid_scope", "A scope is not this system's");
    const scope = (wanted.length > 0 ? wanted : client.scopes).join(" ");
    const { clientId: client_id, name, agency: hub_agency } = client;
    const who = { sub: client_id, client_id, name, hub_role: "AGENCY_SYSTEM", hub_agency };
    return { lifetime: LIFETIME, scope, claims: { ...who, scope, aud: audience, jti: randomUUID() } };
  };
}

const SORRY = "The assertion will not do";
const no = (error: string, sentence: string): Refused => ({ error, sentence });

interface Looked {
  readonly known: ReadonlyMap<string, DemoSystem>;
  readonly issuer: string;
}

async function whoSigned(assertion: string, { known, issuer }: Looked) {
  const [, middle = ""] = assertion.split(".");
  const { iss } = JSON.parse(Buffer.from(middle, "base64url").toString("utf8")) as { iss?: unknown };
  const client = known.get(String(iss));
  if (!client) return no("invalid_client", "No such system is registered here");
  const { payload } = await jwtVerify(assertion, createLocalJWKSet(client.jwks), {
    issuer: client.clientId,
    subject: client.clientId,
    audience: [issuer, `${issuer}/token`],
    algorithms: ALGORITHMS,
    clockTolerance: SKEW_SECONDS,
    maxTokenAge: LONGEST_SECONDS,
    requiredClaims: ["exp", "iat", "jti"],
  });
  const { exp = 0, iat = 0, jti = "" } = payload;
  return exp - iat > LONGEST_SECONDS || jti.length > 200
    ? no("invalid_client", `The assertion may live ${LONGEST_SECONDS} seconds at most`)
    : { client, jti: `${client.clientId} ${jti}` };
}
