// Client credentials with a signed JWT, as the NHS's identity service checks them: the table of refusals is its own wording.

import { randomUUID } from "node:crypto";
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors, jwtVerify, type JSONWebKeySet } from "jose";
import { LRUCache } from "lru-cache";

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const IN_JWT = "in client_assertion JWT";
const FIVE_MINUTES_MS = 300_000;
/** Seconds a token lives, as the service says it. */
const LIFE = 599;

/** Why no token is given. */
export class TokenRefusal extends Error {
  constructor(
    readonly status: number,
    description: string,
    readonly error = "invalid_request",
  ) {
    super(description);
  }

  get body(): object {
    return { error: this.error, error_description: this.message, message_id: randomUUID() };
  }
}

/** Whom the service knows, and for how long it lets them in. */
interface TokenOptions {
  /** The client's published keys, fetched anew for each token so that a rotated key counts at once; null: none registered. */
  readonly keys: () => Promise<JSONWebKeySet | null>;
  /** The API key the client signs as; any where left out. */
  readonly clientId?: string;
  /** How long tokens live, in seconds. */
  readonly lifeSeconds?: number;
}

/** The token service: gives tokens and knows which ones it gave. */
export function makeTokenService({ keys, clientId, lifeSeconds = LIFE }: TokenOptions) {
  const seen = new LRUCache<string, true>({ max: 10_000, ttl: FIVE_MINUTES_MS });
  const given = new LRUCache<string, true>({ max: 10_000, ttl: lifeSeconds * 1_000 });

  async function give(form: URLSearchParams, tokenUrl: string): Promise<object> {
    const assertion = readForm(form);
    const { jti, issuer } = readAssertion(assertion, tokenUrl);
    if (clientId !== undefined && issuer !== clientId)
      throw new TokenRefusal(401, `Invalid 'iss'/'sub' claims ${IN_JWT}`);
    await verify(assertion);
    if (seen.has(jti)) throw new TokenRefusal(400, `Non-unique 'jti' claim ${IN_JWT}`);
    seen.set(jti, true);
    const token = randomUUID().replaceAll("-", "");
    given.set(token, true);
    return {
      access_token: token,
      expires_in: String(lifeSeconds),
      token_type: "Bearer",
      issued_at: String(Date.now()),
    };
  }

  async function verify(assertion: string): Promise<void> {
    const published = await keys();
    if (!published)
      throw new TokenRefusal(
        403,
        "You need to register a public key to use this authentication method - please contact support to configure",
        "public_key error",
      );
    try {
      await jwtVerify(assertion, createLocalJWKSet(published), { algorithms: ["RS512"] });
    } catch (error) {
      if (error instanceof errors.JWKSNoMatchingKey)
        throw new TokenRefusal(401, `Invalid 'kid' header ${IN_JWT} - no matching public key`);
      throw new TokenRefusal(401, "JWT signature verification failed");
    }
  }

  return {
    give,
    isGiven: (token: string): boolean => given.has(token),
    /** Makes every token given so far worthless, as a restart of the service does. */
    forgetAll: (): void => given.clear(),
  };
}

/** What the two FHIR servers ask whether a token is good. */
export type TokenService = ReturnType<typeof makeTokenService>;

function readForm(form: URLSearchParams): string {
  const grant = form.get("grant_type");
  if (!grant) throw new TokenRefusal(400, "grant_type is missing");
  if (grant !== "client_credentials") throw new TokenRefusal(400, "grant_type is invalid", "unsupported_grant_type");
  if (form.get("client_assertion_type") !== ASSERTION_TYPE)
    throw new TokenRefusal(400, `Missing or invalid client_assertion_type - must be '${ASSERTION_TYPE}'`);
  const assertion = form.get("client_assertion");
  if (!assertion) throw new TokenRefusal(400, "Missing client_assertion");
  return assertion;
}

function readAssertion(assertion: string, tokenUrl: string): { jti: string; issuer: string } {
  let header: ReturnType<typeof decodeProtectedHeader>;
  let claims: ReturnType<typeof decodeJwt>;
  try {
    header = decodeProtectedHeader(assertion);
    claims = decodeJwt(assertion);
  } catch {
    throw new TokenRefusal(400, "Malformed JWT in client_assertion");
  }
  if (!header.kid) throw new TokenRefusal(400, `Missing 'kid' header ${IN_JWT}`);
  if (header.typ !== "JWT") throw new TokenRefusal(400, `Invalid 'typ' header ${IN_JWT} - must be 'JWT'`);
  if (header.alg !== "RS512")
    throw new TokenRefusal(400, `Invalid 'alg' header ${IN_JWT} - unsupported JWT algorithm - must be 'RS512'`);
  const { iss, sub, jti, aud, exp } = claims;
  if (!iss || iss !== sub) throw new TokenRefusal(400, `Missing or non-matching 'iss'/'sub' claims ${IN_JWT}`);
  if (!jti) throw new TokenRefusal(400, `Missing 'jti' claim ${IN_JWT}`);
  if (aud !== tokenUrl) throw new TokenRefusal(401, `Missing or invalid 'aud' claim ${IN_JWT}`);
  checkExpiry(exp);
  return { jti, issuer: iss };
}

function checkExpiry(exp: unknown): void {
  if (exp === undefined) throw new TokenRefusal(400, `Missing 'exp' claim ${IN_JWT}`);
  if (!Number.isInteger(exp)) throw new TokenRefusal(400, `Invalid 'exp' claim ${IN_JWT} - must be an integer`);
  const left = Number(exp) * 1_000 - Date.now();
  if (left <= 0) throw new TokenRefusal(400, `Invalid 'exp' claim ${IN_JWT} - JWT has expired`);
  if (left > FIVE_MINUTES_MS)
    throw new TokenRefusal(400, `Invalid 'exp' claim ${IN_JWT} - more than 5 minutes in future`);
}
