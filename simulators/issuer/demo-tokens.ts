import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import {
  Events,
  type MutableRedirectUri,
  type MutableResponse,
  type MutableToken,
  type OAuth2Service,
  type TokenRequestIncomingMessage,
} from "oauth2-mock-server";
import { decideGrant, type Grant, makeSignIns } from "./grants.ts";
import { claimsOf, findPerson } from "./people.ts";

/** Everything the mock lets one change: who a code stands for, what a token says, and refusing after all. */
export function signAsDemoPeople(service: OAuth2Service): void {
  const signIns = makeSignIns();
  const grants = new WeakMap<IncomingMessage, Grant>();

  service.on(Events.BeforeAuthorizeRedirect, ({ url }: MutableRedirectUri, request: IncomingMessage) => {
    const asked = new URL(request.url ?? "", service.issuer.url).searchParams;
    const person = findPerson(asked.get("login_hint"));
    const code = url.searchParams.get("code");
    if (person === null || code === null) return;
    signIns.set(code, {
      person,
      clientId: asked.get("client_id"),
      redirectUri: asked.get("redirect_uri"),
      audience: [...asked.getAll("audience"), ...asked.getAll("resource")],
    });
  });

  // The access token is signed first, then the identity token. Only the first says what its holder may be at the hub, unless they sign
  // in with a browser: then the hub's own pages read it in the second.
  service.on(Events.BeforeTokenSigning, ({ payload }: MutableToken, request: TokenRequestIncomingMessage) => {
    const decided = grants.get(request);
    const grant = decided ?? decideGrant(request.body, signIns);
    grants.set(request, grant);
    if ("error" in grant) return;
    const { sub, name, ...work } = claimsOf(grant.person);
    const said = decided ? (grant.byCode ? work : {}) : { ...work, aud: grant.audience, jti: randomUUID() };
    Object.assign(payload, { sub, name, exp: payload.iat + grant.lifetime }, said);
  });

  service.on(Events.BeforeResponse, (response: MutableResponse, request: TokenRequestIncomingMessage) => {
    const grant = grants.get(request);
    if (grant === undefined || "error" in grant) {
      const { error, sentence } = grant ?? { error: "server_error", sentence: "Nobody was signed in" };
      Object.assign(response, { statusCode: 400, body: { error, error_description: sentence } });
      return;
    }
    const { refresh_token: _, ...body } = response.body || {};
    response.body = { ...body, expires_in: grant.lifetime };
  });

  // The mock calls every token active and every revocation done; saying nothing is more honest.
  const notHere = (response: MutableResponse): void => {
    Object.assign(response, { statusCode: 501, body: { error: "not_implemented" } });
  };
  service.on(Events.BeforeIntrospect, notHere);
  service.on(Events.BeforeRevoke, notHere);
}
