// Who is asking: a bearer token from any OpenID Connect issuer. Closed by default; a token proves who somebody is, and
// `domain/sharing.ts` decides what that opens.

import { createHash } from "node:crypto";
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import { LRUCache } from "lru-cache";
import { type Actor, ROLES } from "../domain/actor.ts";
import { Refusal } from "../domain/refusal.ts";

export interface SignInSettings {
  readonly issuer: string;
  readonly audience: string;
  readonly now: () => Date;
}

/** Somebody whose sign-in holds until then, by the machine's clock. */
export interface SignedIn extends Actor {
  readonly expiresAt: Date;
}

/** Only what is signed with the issuer's private key; `none` and shared secrets never. */
const ALGORITHMS = ["RS256", "RS512", "PS256", "ES256", "EdDSA"];
const CLOCK_SKEW_SECONDS = 30;
/** A checked token is believed this long before it is checked again. */
const BELIEVED_MS = 30_000;

const UNREACHABLE = "The sign-in service cannot be reached, so nobody can be let in. Try again shortly";
const refuse = (because: string) => new Refusal("NOT_SIGNED_IN", because);

/** A function that turns an `Authorization` header into an actor, or refuses. Keys are fetched from the issuer when first
 *  needed, so the hub starts while the issuer is down. */
export function makeSignIn({
  issuer,
  audience,
  now,
}: SignInSettings): (header: string | undefined) => Promise<SignedIn> {
  const believed = new LRUCache<string, SignedIn>({ max: 10_000, ttl: BELIEVED_MS, ttlAutopurge: false });
  let keys: Promise<JWTVerifyGetKey> | null = null;

  async function discover(): Promise<JWTVerifyGetKey> {
    const response = await fetch(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(5_000),
    });
    const { jwks_uri, issuer: named } = (await response.json()) as { jwks_uri?: string; issuer?: string };
    if (!response.ok || !jwks_uri || named !== issuer) throw new Error("The issuer's discovery document does not fit");
    return createRemoteJWKSet(new URL(jwks_uri));
  }

  async function verify(token: string): Promise<JWTPayload> {
    keys ??= discover();
    let key: JWTVerifyGetKey;
    try {
      key = await keys;
    } catch {
      keys = null;
      throw refuse(UNREACHABLE);
    }
    const { payload } = await jwtVerify(token, key, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_SKEW_SECONDS,
      requiredClaims: ["sub", "exp", "iat"],
      currentDate: now(),
    });
    return payload;
  }

  return async (header) => {
    const [, token] = /^Bearer ([\w.~+/-]+=*)$/i.exec(header ?? "") ?? [];
    if (!token) throw refuse("Sign in: send a bearer token in the Authorization header");
    const fingerprint = createHash("sha256").update(token).digest("base64url");
    const known = believed.get(fingerprint);
    if (known) return known;
    try {
      const payload = await verify(token);
      const actor = actorOf(payload);
      const left = (payload.exp ?? 0) * 1_000 - now().getTime();
      if (left > 0) believed.set(fingerprint, actor, { ttl: Math.min(BELIEVED_MS, left) });
      return actor;
    } catch (error) {
      throw error instanceof Refusal ? error : refuse(whyNot(error));
    }
  };
}

function whyNot(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "Your sign-in has expired: sign in again";
  if (error instanceof errors.JWTClaimValidationFailed)
    return `This token is not for this hub: its ${error.claim} claim does not fit`;
  if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) return UNREACHABLE;
  return "This token is not valid: sign in again";
}

/** Roles and agencies the hub does not know open nothing. */
function actorOf({ sub = "", exp = 0, name, hub_role: role, hub_agency: agency }: JWTPayload): SignedIn {
  return {
    kind: "PRACTITIONER",
    id: sub,
    name: typeof name === "string" ? name : sub,
    role: ROLES.find((known) => known === role) ?? null,
    agencyId: typeof agency === "string" ? agency : null,
    expiresAt: new Date((exp + CLOCK_SKEW_SECONDS) * 1_000),
  };
}
