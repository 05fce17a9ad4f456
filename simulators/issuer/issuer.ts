// A local OpenID Connect issuer with demo people. The protocol is oauth2-mock-server's; this decides who signs in and what
// the tokens say, and closes the doors the mock leaves open (any user, any redirect, refresh tokens good for ever).

import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { parse as parseForm } from "node:querystring";
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { OAuth2Issuer, OAuth2Service } from "oauth2-mock-server";
import { authorizePage, isLoopback } from "./authorize.ts";
import { signAsDemoPeople } from "./demo-tokens.ts";
import { HUB_AUDIENCE } from "./grants.ts";
import { claimsOf, DEMO_PEOPLE, findPerson } from "./people.ts";
import { loadSigningKey } from "./signing-key.ts";
import { type DemoSystem, makeSystems } from "./systems.ts";

/** The demo issuer gives anybody a token for any role, so it does not run where that could matter. */
export class NotInProduction extends Error {
  override readonly name = "NotInProduction";
}

export interface IssuerOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  /** Where the signing key is kept across restarts; a new key each time when left out. */
  readonly keyFile?: string | undefined;
  /** Agencies' systems that may sign in with keys of their own; none where left out. */
  readonly systems?: readonly DemoSystem[] | undefined;
}

export interface RunningIssuer {
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 and answers as an OpenID Connect issuer whose users are the demo people. */
export async function startIssuer({ port, keyFile, systems = [] }: IssuerOptions): Promise<RunningIssuer> {
  if (process.env["NODE_ENV"] === "production") {
    throw new NotInProduction(
      "The demo issuer does not run with NODE_ENV=production: set OIDC_ISSUER to your organisation's own issuer",
    );
  }
  const issuer = new OAuth2Issuer();
  await loadSigningKey(issuer.keys, keyFile);
  const service = new OAuth2Service(issuer);
  signAsDemoPeople(service);

  const parts: Parts = { service, grantSystem: makeSystems(systems, HUB_AUDIENCE) };
  const server = createServer((request, response) => void answer(parts, request, response));
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  issuer.url = url;
  return {
    url,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

interface Parts {
  readonly service: OAuth2Service;
  readonly grantSystem: ReturnType<typeof makeSystems>;
}

/** Answers what the mock would answer too kindly, and leaves the rest to it. */
async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { service } = parts;
  const asked = request.url ?? "";
  if (!URL.canParse(asked, service.issuer.url)) return json(response, 400, { error: "invalid_request" });
  const url = new URL(asked, service.issuer.url);
  const path = url.pathname.toLowerCase().replace(/\/+$/, "");
  if (path === "/people") return json(response, 200, { synthetic: true, people: DEMO_PEOPLE });
  if (path === "/userinfo") return userinfo(service, request, response);
  if (path === "/endsession" && !isLoopback(url.searchParams.get("post_logout_redirect_uri"))) {
    return json(response, 400, {
      error: "invalid_request",
      error_description: "post_logout_redirect_uri is not local",
    });
  }
  if (path === "/token" && request.method === "POST") return token(parts, request, response);
  const page = path === "/authorize" ? authorizePage(url) : null;
  if (page === null) return service.requestHandler(request, response);
  response.writeHead(page.status, {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  });
  response.end(page.html);
}

const MOST_BYTES = 64 * 1024;

/** Systems are answered here, where their assertion is; people by the mock, which finds the body read already. */
async function token(
  { service, grantSystem }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers["content-type"] ?? ""))
    return service.requestHandler(request, response);
  const text = await readBody(request).catch(() => null);
  if (text === null) return json(response, 413, { error: "invalid_request" });
  const form = parseForm(text) as Record<string, unknown>;
  if (!("client_assertion" in form)) return service.requestHandler(Object.assign(request, { body: form }), response);
  const granted = await grantSystem(form, service.issuer.url ?? "");
  if ("error" in granted)
    return json(response, granted.error === "invalid_client" ? 401 : 400, {
      error: granted.error,
      error_description: granted.sentence,
    });
  const { lifetime: expiresIn, scope, claims } = granted;
  const access_token = await service.issuer.buildToken({
    expiresIn,
    scopesOrTransform: (_header, payload) => void Object.assign(payload, claims),
  });
  json(response, 200, { access_token, token_type: "Bearer", expires_in: expiresIn, scope });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new Error("The body is too long");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

async function userinfo(service: OAuth2Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, token = ""] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? "") ?? [];
  const keys = createLocalJWKSet({ keys: service.issuer.keys.toJSON() } satisfies JSONWebKeySet);
  try {
    const { payload } = await jwtVerify(token, keys, { issuer: service.issuer.url ?? "" });
    const person = findPerson(payload.sub?.replace(/^demo\|/, ""));
    if (person) return json(response, 200, claimsOf(person));
  } catch {
    // Whatever is wrong with it, the caller may only know that it will not do.
  }
  response.setHeader("www-authenticate", 'Bearer error="invalid_token"');
  json(response, 401, { error: "invalid_token" });
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}
