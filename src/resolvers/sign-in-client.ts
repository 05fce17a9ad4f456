// The hub as a client of the issuer: what people who come with a browser are sent away with, and what they bring back. The protocol is
// openid-client's; here is what this hub insists on.

import * as oidc from "openid-client";
import type { JWTPayload } from "jose";
import { decodeProtectedHeader } from "jose";
import { IssuerAway, isOfIssuer, type KeySource } from "./sign-in-keys.ts";
import { ALGORITHMS, CLOCK_SKEW_SECONDS } from "./sign-in-token.ts";

export interface ClientSettings extends KeySource {
  readonly clientId: string;
  /** Null for a client without one: PKCE alone then ties the code to who asked. */
  readonly clientSecret: string | null;
  readonly scope: string;
  /** Where the issuer sends people back to. */
  readonly redirectUri: string;
}

/** What ties an answer to the question. */
export interface Ties {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface SignInClient {
  /** Where to send somebody who wants to sign in, and what their answer must fit. */
  begin(): Promise<{ readonly address: string; readonly ties: Ties }>;
  /** Who came back: the claims of their identity token. Throws where anything about it does not fit. */
  finish(came: URL, ties: Ties): Promise<JWTPayload>;
  /** Where somebody ends their sign-in at the issuer itself; null where it has no such place, or was never asked. */
  readonly endsAt: () => string | null;
}

const PATIENCE_SECONDS = 5;

export function makeSignInClient(settings: ClientSettings): SignInClient {
  const { redirectUri, scope } = settings;
  let known: Promise<oidc.Configuration> | null = null;
  let endsAt: string | null = null;
  const configuration = async (): Promise<oidc.Configuration> => {
    known ??= discover(settings);
    try {
      const found = await known;
      endsAt = found.serverMetadata().end_session_endpoint ?? null;
      return found;
    } catch (cause) {
      known = null;
      throw new IssuerAway("The issuer cannot be asked, or its discovery document does not fit", { cause });
    }
  };
  return {
    async begin() {
      const config = await configuration();
      const ties = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() };
      const { href: address } = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope,
        state: ties.state,
        nonce: ties.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(ties.verifier),
        code_challenge_method: "S256",
      });
      return { address, ties };
    },
    async finish(came, { state, nonce, verifier }) {
      const tokens = await oidc.authorizationCodeGrant(await configuration(), came, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      const { alg = "none" } = decodeProtectedHeader(tokens.id_token ?? "");
      if (!claims || !ALGORITHMS.includes(alg)) throw new Error("The identity token is signed otherwise than agreed");
      return claims as JWTPayload;
    },
    endsAt: () => endsAt,
  };
}

async function discover(settings: ClientSettings): Promise<oidc.Configuration> {
  const { issuer, clientId, clientSecret, secure, fetch = globalThis.fetch } = settings;
  const config = await oidc.discovery(
    new URL(issuer),
    clientId,
    { [oidc.clockTolerance]: CLOCK_SKEW_SECONDS },
    clientSecret === null ? oidc.None() : oidc.ClientSecretPost(clientSecret),
    {
      timeout: PATIENCE_SECONDS,
      // The identity token's signature is checked too, though it comes straight from the issuer.
      execute: [oidc.enableNonRepudiationChecks, ...(secure ? [] : [oidc.allowInsecureRequests])],
      [oidc.customFetch]: (address, options) => fetch(address, { ...options, redirect: "error" } as RequestInit),
    },
  );
  const { token_endpoint: tokens = "", jwks_uri: keys = "" } = config.serverMetadata();
  if (![tokens, keys].every((address) => isOfIssuer(settings, address)))
    throw new Error("The issuer's addresses lie elsewhere: see OIDC_ALSO_AT");
  return config;
}
