// The token endpoint: client credentials by HTTP Basic, and which scopes a token was given.

import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { LRUCache } from "lru-cache";
import { header } from "../support/simulator.ts";

/** Whom the token endpoint knows. */
export interface OneRosterClient {
  clientId: string;
  secret: string;
}

const SCOPE = "https://purl.imsglobal.org/spec/or/v1p2/scope/";
export const ROSTER = [`${SCOPE}roster.readonly`, `${SCOPE}roster-core.readonly`];
/** That birthdays need a scope of their own is a reconstruction. */
export const DEMOGRAPHICS = [`${SCOPE}roster-demographics.readonly`];
const SCOPES = new Set([...ROSTER, ...DEMOGRAPHICS]);
/** Seconds a token lives. */
const LIFE = 3_600;

/** Adds `POST /token`; answers which scopes a token has, none where it never was or is over. */
export function tokenRoutes(app: FastifyInstance, { clientId, secret }: OneRosterClient) {
  const given = new LRUCache<string, readonly string[]>({ max: 10_000, ttl: LIFE * 1_000 });
  const basic = `Basic ${Buffer.from(`${clientId}:${secret}`).toString("base64")}`;

  void app.register(async (scope) => {
    scope.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_, body, done) =>
      done(null, new URLSearchParams(String(body))),
    );
    scope.post("/token", async (request, reply) => {
      reply.header("cache-control", "no-store");
      if (header(request, "authorization") !== basic) return reply.code(401).send({ error: "invalid_client" });
      const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
      if (form.get("grant_type") !== "client_credentials")
        return reply.code(400).send({ error: "unsupported_grant_type" });
      const asked = (form.get("scope") ?? "").split(" ").filter(Boolean);
      if (asked.length === 0 || asked.some((name) => !SCOPES.has(name)))
        return reply.code(400).send({ error: "invalid_scope" });
      const access_token = randomBytes(16).toString("hex");
      given.set(access_token, asked);
      return { access_token, token_type: "bearer", expires_in: LIFE, scope: asked.join(" ") };
    });
  });

  return (authorization: string | null): readonly string[] =>
    given.get(/^Bearer (.+)$/.exec(authorization ?? "")?.[1] ?? "") ?? [];
}
