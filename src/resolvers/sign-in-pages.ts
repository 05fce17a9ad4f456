// Signing in and out with a browser, as plain pages: nothing to learn, no script, nothing loaded.

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import type { JWTPayload } from "jose";
import { Refusal } from "../domain/refusal.ts";
import type { Actor } from "../domain/actor.ts";
import type { Hub } from "../services/hub.ts";
import {
  BEGUN_SECONDS,
  beginSignIn,
  endSession,
  resumeSession,
  startSession,
  takeSignIn,
} from "../services/sessions.ts";
import { noteWorker } from "../services/workers-seen.ts";
import { escape, pageOf, sendPage, STYLE_SOURCE } from "./page.ts";
import { personOf } from "./sign-in-claims.ts";
import type { SignInClient } from "./sign-in-client.ts";
import { cookieName, isOwnPage, readCookie, setCookie } from "./sign-in-cookie.ts";
import { IssuerAway } from "./sign-in-keys.ts";

/** Where the issuer sends people back to. */
export const CALLBACK = "/sign-in/callback";
const ACCOUNT = "/account";
const LONGEST_PATH = 500;

/** As other pages, but that forms go to the hub. */
const POLICY = `default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; style-src ${STYLE_SOURCE}`;

export interface SignInPages {
  readonly hub: Hub;
  readonly client: SignInClient;
  /** An agency that is not one of the area's is none. */
  readonly ofThisArea: (actor: Actor) => Actor;
  /** Counts somebody at this address who is not signed in; refuses once they are too many. */
  readonly stranger: (address: string) => Promise<void>;
}

/** Serves /sign-in, where the issuer sends people back to, /account and /sign-out. */
export function serveSignIn(app: FastifyInstance, pages: SignInPages): void {
  const { hub, client, stranger } = pages;
  const own = cookieName(hub.publicUrl, "hub");
  const begunName = cookieName(hub.publicUrl, "hub-begun");

  app.get<{ Querystring: { returnTo?: unknown } }>("/sign-in", async ({ query, ip }, reply) => {
    try {
      await stranger(ip);
      const { address, ties } = await client.begin();
      const { verifier, nonce, state } = ties;
      await beginSignIn(hub, state, { verifier, nonce, returnTo: ownPath(query.returnTo, hub.publicUrl) });
      return await reply.header("set-cookie", setCookie(begunName, state, BEGUN_SECONDS)).redirect(address, 303);
    } catch (error) {
      return notSignedIn(hub, reply, error);
    }
  });

  app.get<{ Querystring: { state?: unknown } }>(CALLBACK, async (request, reply) => {
    // Whoever comes back must be the browser that went: nobody is signed in as somebody else by a link.
    const state = readCookie(request.headers.cookie, begunName);
    const begun = state !== null && state === request.query.state ? await takeSignIn(hub, state) : null;
    reply.header("set-cookie", setCookie(begunName, "", 0));
    if (state === null || !begun)
      return againPage(reply, "This sign-in was begun elsewhere, too long ago, or used already.");
    try {
      const claims = await client.finish(new URL(request.url, hub.publicUrl), { ...begun, state });
      const former = readCookie(request.headers.cookie, own);
      if (former !== null) await endSession(hub, former);
      const { cookie, seconds } = await signedIn(pages, request, claims);
      return await reply.header("set-cookie", setCookie(own, cookie, seconds)).redirect(begun.returnTo, 303);
    } catch (error) {
      return notSignedIn(hub, reply, error);
    }
  });

  app.get(ACCOUNT, async ({ headers }, reply) => {
    const value = readCookie(headers.cookie, own);
    const session = value === null ? null : await resumeSession(hub, value, { working: false });
    if (!session) return reply.redirect(`/sign-in?returnTo=${ACCOUNT}`, 303);
    return send(reply, accountPage(hub, session.actor, session.expiresAt));
  });

  // The form has no fields: whatever a body holds is not read.
  void app.register(async (forms) => {
    forms.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { bodyLimit: 1_024, parseAs: "string" },
      (_, __, done) => done(null, null),
    );
    forms.post("/sign-out", async ({ headers }, reply) => {
      if (!isOwnPage(headers, hub.publicUrl))
        return send(
          reply.code(403),
          pageOf("You are still signed in", "<p>Sign out from a page of the hub itself.</p>"),
        );
      const value = readCookie(headers.cookie, own);
      if (value !== null) await endSession(hub, value);
      reply.header("set-cookie", setCookie(own, "", 0)).header("clear-site-data", '"cache"');
      return send(reply, signedOutPage(client.endsAt()));
    });
  });
}

async function signedIn({ hub, ofThisArea }: SignInPages, request: FastifyRequest, claims: JWTPayload) {
  const { actor: named, told } = personOf(claims);
  const actor = ofThisArea(named);
  const caller = { actor, purpose: "not-stated", requestId: request.id, signal: new AbortController().signal };
  const { sid } = claims as { sid?: unknown };
  const session = await startSession(hub, caller, {
    issuerSession: typeof sid === "string" && sid.length <= 200 ? sid : null,
  });
  void noteWorker(hub, actor, told);
  return session;
}

/** A path of the hub's own, whatever was asked for: nobody is led away by signing in. */
export function ownPath(wanted: unknown, hubUrl: string): string {
  if (typeof wanted !== "string" || wanted.length > LONGEST_PATH || !/^\/[\x21-\x7e]*$/.test(wanted)) return ACCOUNT;
  if (!URL.canParse(wanted, hubUrl)) return ACCOUNT;
  const { origin, pathname, search } = new URL(wanted, hubUrl);
  return origin === new URL(hubUrl).origin && !/^\/[/\\]/.test(pathname) ? `${pathname}${search}` : ACCOUNT;
}

const send = (reply: FastifyReply, html: string): FastifyReply => sendPage(reply, html, POLICY);

const againPage = (reply: FastifyReply, why: string): FastifyReply =>
  send(reply.code(400), pageOf("You are not signed in", `<p>${why}</p><p><a href="/sign-in">Sign in again</a></p>`));

/** What went wrong is logged by its kind: what the issuer said may name somebody. */
function notSignedIn(hub: Hub, reply: FastifyReply, error: unknown): FastifyReply {
  if (error instanceof GraphQLError)
    return send(reply.code(429), pageOf("Too many people sign in from here just now", "<p>Try again in a minute.</p>"));
  const { name, code } = error as { name: string; code?: string };
  hub.log.warn({ error: name, code }, "somebody could not sign in");
  if (error instanceof IssuerAway)
    return send(
      reply.code(503),
      pageOf("Nobody can sign in just now", "<p>The sign-in service does not answer. Try again in a few minutes.</p>"),
    );
  return againPage(reply, error instanceof Refusal ? escape(error.message) : "The sign-in service did not let you in.");
}

function accountPage(hub: Hub, { name, role, agencyId }: Actor, expiresAt: Date): string {
  const agency = hub.area.agencies.find(({ id }) => id === agencyId)?.name ?? "no agency of this area";
  const time = new Intl.DateTimeFormat("en-GB", { timeStyle: "short", timeZone: "Europe/London" }).format(expiresAt);
  const does = role === null ? "no role here" : role.toLowerCase().replaceAll("_", " ");
  return pageOf(
    "Your sign-in",
    `<p>You are signed in as <strong>${escape(name)}</strong>: ${escape(does)}, ${escape(agency)}.</p>
<p>It ends at ${time}, and earlier if you do nothing for ${hub.area.sharing.session.idleMinutes} minutes.</p>
<form method="post" action="/sign-out"><button>Sign out</button></form>`,
  );
}

const signedOutPage = (endsAt: string | null): string =>
  pageOf(
    "You are signed out",
    `<p>Close this window if others use this computer.</p><p><a href="/sign-in">Sign in</a></p>${
      endsAt === null
        ? ""
        : `<p><a href="${escape(endsAt)}">Sign out of your organisation's sign-in service too</a></p>`
    }`,
  );
