// Whether a token is one of the issuer's, for this hub, now, and of the kind that opens anything. Who it is for is read elsewhere.

import { decodeProtectedHeader, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { Refusal } from "../domain/refusal.ts";
import { IssuerAway } from "./sign-in-keys.ts";

/** Only what is signed with the issuer's private key; `none` and shared secrets never. */
export const ALGORITHMS: readonly string[] = ["RS256", "RS512", "PS256", "ES256", "EdDSA"];
export const CLOCK_SKEW_SECONDS = 30;
/** Several times a long one; Node takes 16 KB of headers in all. */
const MOST_CHARACTERS = 8_192;
/** Headers that bring a key or say where one is to be had, though keys come from the issuer alone; and that ask for more than is
 *  checked here. */
const REFUSED_HEADERS = ["jku", "jwk", "x5u", "x5c", "crit"] as const;
const TYPES = /^(application\/)?(at\+)?jwt$/i;
/** Claims of tokens that say who somebody is, for the program that signed them in: they open nothing here. */
const OF_IDENTITY = ["nonce", "at_hash", "c_hash", "s_hash"] as const;

export const refuse = (because: string) => new Refusal("NOT_SIGNED_IN", because);
const NOT_VALID = "This token is not valid: sign in again";
const UNREACHABLE = "The sign-in service cannot be reached, so nobody can be let in. Try again shortly";

export interface TokenRules {
  readonly keys: JWTVerifyGetKey;
  readonly issuer: string;
  readonly audience: string;
  /** However long the issuer lets a token live, older than this it opens nothing. */
  readonly mostSeconds: number;
  /** By the issuer's clock, which is everybody's. */
  readonly now: () => Date;
}

/** What the token says. Refuses with a sentence that repeats nothing of it. */
export async function checkToken(token: string, rules: TokenRules): Promise<JWTPayload> {
  if (token.length > MOST_CHARACTERS) throw refuse(NOT_VALID);
  try {
    const header = decodeProtectedHeader(token);
    if (REFUSED_HEADERS.some((name) => name in header)) throw refuse(NOT_VALID);
    if (header.typ !== undefined && !TYPES.test(header.typ)) throw refuse(NO_ACCESS_TOKEN);
    const { payload } = await jwtVerify(token, rules.keys, {
      issuer: rules.issuer,
      audience: rules.audience,
      algorithms: [...ALGORITHMS],
      clockTolerance: CLOCK_SKEW_SECONDS,
      maxTokenAge: rules.mostSeconds,
      requiredClaims: ["sub", "exp", "iat"],
      currentDate: rules.now(),
    });
    if (OF_IDENTITY.some((name) => name in payload) || /^(id|refresh|logout)$/i.test(String(payload["typ"] ?? "")))
      throw refuse(NO_ACCESS_TOKEN);
    return payload;
  } catch (error) {
    throw error instanceof Refusal ? error : refuse(whyNot(error));
  }
}

const NO_ACCESS_TOKEN = "This is not an access token: send the one that your sign-in service gave for this hub";

function whyNot(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "Your sign-in has expired: sign in again";
  if (error instanceof errors.JWTClaimValidationFailed)
    return `This token is not for this hub: its ${error.claim} claim does not fit`;
  if (error instanceof IssuerAway || error instanceof errors.JWKSTimeout) return UNREACHABLE;
  return NOT_VALID;
}
