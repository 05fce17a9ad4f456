// Signing in at the NHS's identity service: a JWT signed with the hub's key buys a token that lives ten minutes.

import { createPrivateKey, randomUUID, type KeyObject } from "node:crypto";
import { SignJWT, type JWK } from "jose";
import { z } from "zod";
import { AgencyFault } from "../agency-fault.ts";
import { makeHttp, StatusBody } from "../http.ts";
import type { Lane } from "../lane.ts";
import { readAs } from "./fhir.ts";

/** As whom, and with which key, the hub signs in. */
export interface SignIn {
  readonly tokenUrl: URL;
  /** The API key of the application, which signs as itself. */
  readonly clientId: string;
  /** Name of the key in the published key set. */
  readonly keyId: string;
  /** RSA private key: PEM text or a JWK. */
  readonly privateKey: string | JWK;
}

/** A token is renewed this long before it ends, so that none ends on the way. */
const EARLY_MS = 60_000;
/** The service refuses assertions that live longer than five minutes. */
const ASSERTION_SECONDS = 240;
const tokenBody = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

/** Tokens for one application: fetched once for all who wait, kept until shortly before they end. */
export function makeTokens({ tokenUrl, clientId, keyId, privateKey }: SignIn, lane: Lane, now = Date.now) {
  const key: KeyObject =
    typeof privateKey === "string"
      ? createPrivateKey(privateKey)
      : createPrivateKey({ key: { ...privateKey }, format: "jwk" });
  if (key.asymmetricKeyType !== "rsa") throw new TypeError("Signing in at health takes an RSA private key");
  const http = makeHttp(lane, new URL("/", tokenUrl));
  let held: { readonly token: string; readonly until: number } | null = null;
  let coming: Promise<string> | null = null;

  async function form(): Promise<{ body: URLSearchParams }> {
    const at = Math.floor(now() / 1_000);
    const assertion = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: "RS512", typ: "JWT", kid: keyId })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(tokenUrl.href)
      .setExpirationTime(at + ASSERTION_SECONDS)
      .sign(key);
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
    });
    return { body };
  }

  async function fetchToken(): Promise<string> {
    const doing = "signing in";
    // Each attempt signs anew: the service accepts an assertion's id only once.
    const request = { path: tokenUrl.href, method: "POST", repeatable: true, perAttempt: form, doing } as const;
    // No caller's signal: others may be waiting for the same token. The lane's limit ends it.
    const { body } = await http.request(request, new AbortController().signal).catch(refused);
    const { access_token: token, expires_in: seconds } = readAs(tokenBody, body, { system: lane.system, doing });
    held = { token, until: now() + seconds * 1_000 - EARLY_MS };
    return token;
  }

  /** Any 4xx here means that the sign-in itself was not accepted; the service's reason speaks of keys and claims only. */
  function refused(error: unknown): never {
    const answer = error instanceof AgencyFault && error.cause instanceof StatusBody ? error.cause : null;
    if (!answer || answer.status >= 500 || answer.status === 429 || answer.status === 408) throw error;
    const said = z.object({ error_description: z.string().max(200) }).safeParse(answer.body);
    const why = said.success ? said.data.error_description : `status ${answer.status}`;
    throw new AgencyFault(lane.system, "AUTH", { doing: `signing in: ${why}`, cause: answer });
  }

  return {
    /** A token that is good now. */
    async get(signal: AbortSignal): Promise<string> {
      if (held && now() < held.until) return held.token;
      coming ??= fetchToken().finally(() => {
        coming = null;
      });
      return orLeave(coming, signal, lane.system);
    },
    /** Forgets a token that was refused, unless another has taken its place. */
    drop(token: string): void {
      if (held?.token === token) held = null;
    },
  };
}

/** Tokens as the FHIR clients use them. */
export type Tokens = ReturnType<typeof makeTokens>;

/** Waits for work that goes on without us if we leave. */
function orLeave<T>(work: Promise<T>, signal: AbortSignal, system: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(new AgencyFault(system, "CANCELLED", { doing: "the caller went away" }));
    signal.addEventListener("abort", leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
    if (signal.aborted) leave();
  });
}
