// Who is asking: the bearer of an issuer's token, or somebody signed in with a browser. Closed by default; a sign-in proves who
// somebody is, and `domain/sharing.ts` decides what that opens.

import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import type { Actor } from "../domain/actor.ts";
import type { Hub } from "../services/hub.ts";
import { resumeSession } from "../services/sessions.ts";
import { areTokensEnded, tokensEndedHere } from "../services/token-ends.ts";
import type { Told } from "../services/workers-seen.ts";
import { makeCertificateOf, type CertificateSource } from "./sign-in-certificate.ts";
import { type MachineRules, namedBy } from "./sign-in-claims.ts";
import { cookieName, isNoForm, isOwnPage, readCookie } from "./sign-in-cookie.ts";
import { type KeySource, makeKeys } from "./sign-in-keys.ts";
import { checkToken, CLOCK_SKEW_SECONDS, refuse } from "./sign-in-token.ts";

export interface SignInSettings extends KeySource {
  readonly audience: string;
  readonly machines: MachineRules;
  readonly certificates: CertificateSource;
  /** Tokens live by the issuer's clock, whatever day it is for the hub. */
  readonly now: () => Date;
}

/** Somebody whose sign-in holds until then, by the machine's clock. */
export interface SignedIn {
  readonly actor: Actor;
  readonly expiresAt: Date;
  /** What their sign-in says of them besides; null where it was said before. */
  readonly told: Told | null;
}

export type SignIn = (request: FastifyRequest) => Promise<SignedIn>;

/** A checked token is believed this long before it is checked again. */
const BELIEVED_MS = 30_000;
/** Whoever listens shows their sign-in again this often: it may have been ended. */
const LISTENS_MS = 60_000;
/** Listening is not working: it keeps nobody signed in. */
const isListening = ({ routeOptions }: FastifyRequest): boolean => routeOptions.url === "/graphql/stream";

interface Believed extends SignedIn {
  readonly issuedAt: Date;
  readonly boundTo: string | null;
}

/** A function that says who sends a request, or refuses. */
export function makeSignIn(hub: Hub, settings: SignInSettings): SignIn {
  const believe = makeBelief(hub, settings);
  const certificateOf = makeCertificateOf(settings.certificates);
  const cookie = cookieName(hub.publicUrl, "hub");

  async function byToken(request: FastifyRequest, header: string): Promise<SignedIn> {
    const [, token] = /^Bearer ([\w.~+/-]+=*)$/i.exec(header) ?? [];
    if (!token) throw refuse(SIGN_IN);
    const { boundTo, issuedAt: _, ...signedIn } = await believe(token);
    // Asked of each request: a token is believed, whoever sends it is not.
    if (boundTo !== null && boundTo !== certificateOf(request))
      throw refuse("This token is bound to a client certificate, and this request did not come with it");
    return signedIn;
  }

  async function bySession(request: FastifyRequest, value: string): Promise<SignedIn> {
    if (!isOwnPage(request.headers, hub.publicUrl) || !isNoForm(request.headers))
      throw refuse("A cookie is taken from the hub's own pages alone: send a bearer token in the Authorization header");
    const session = await resumeSession(hub, value, { working: !isListening(request) });
    if (!session) throw refuse("Your sign-in has ended: sign in again");
    const left = session.expiresAt.getTime() - hub.now().getTime();
    return { actor: session.actor, expiresAt: new Date(settings.now().getTime() + left), told: null };
  }

  function who(request: FastifyRequest): Promise<SignedIn> {
    const { authorization, cookie: cookies } = request.headers;
    if (authorization !== undefined) return byToken(request, authorization);
    const value = readCookie(cookies, cookie);
    return value === null ? Promise.reject(refuse(SIGN_IN)) : bySession(request, value);
  }

  return async (request) => {
    const signedIn = await who(request);
    if (!isListening(request)) return signedIn;
    const soon = settings.now().getTime() + LISTENS_MS;
    return { ...signedIn, expiresAt: new Date(Math.min(signedIn.expiresAt.getTime(), soon)) };
  };
}

const SIGN_IN = "Sign in: send a bearer token in the Authorization header";

/** Checks a token, or remembers that it did a moment ago. Nothing of a token is kept but its hash. */
function makeBelief(hub: Hub, settings: SignInSettings): (token: string) => Promise<Believed> {
  const believed = new LRUCache<string, Believed>({ max: 10_000, ttl: BELIEVED_MS, ttlAutopurge: false });
  const { issuer, audience, machines, now } = settings;
  const keys = makeKeys(settings);
  const mostSeconds = hub.area.sharing.session.mostHours * 3_600;

  async function check(token: string): Promise<Believed> {
    const payload = await checkToken(token, { keys, issuer, audience, mostSeconds, now });
    const { exp = 0, iat = 0 } = payload;
    const named = namedBy(payload, machines);
    const issuedAt = new Date(iat * 1_000);
    if (await areTokensEnded(hub, named.actor.id, issuedAt)) throw refuse(ENDED);
    const until = Math.min(exp, iat + mostSeconds) + CLOCK_SKEW_SECONDS;
    return { ...named, issuedAt, expiresAt: new Date(until * 1_000) };
  }

  return async (token) => {
    const fingerprint = createHash("sha256").update(token).digest("base64url");
    const known = believed.get(fingerprint);
    if (known && !tokensEndedHere(hub, known.actor.id, known.issuedAt)) return known;
    believed.delete(fingerprint);
    const checked = await check(token);
    const left = checked.expiresAt.getTime() - CLOCK_SKEW_SECONDS * 1_000 - now().getTime();
    if (left > 0) believed.set(fingerprint, checked, { ttl: Math.min(BELIEVED_MS, left) });
    return checked;
  };
}

const ENDED = "Your sign-in has been ended: sign in again";
