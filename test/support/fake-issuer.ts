// An issuer that signs whatever a test asks for, changes its keys, and goes away. It is also where forgers keep theirs.

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Server } from "node:http";
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";

export interface FakeIssuer {
  readonly url: string;
  /** Requests for its keys, and for anything else, so far. */
  readonly asked: { keys: number; others: number };
  /** What its discovery document says besides, or instead. */
  readonly says: Record<string, unknown>;
  /** A new key, published from now on. */
  addKey(kid: string): Promise<void>;
  withdrawKey(kid: string): void;
  /** The published half of a key. */
  published(kid: string): JWK;
  /** A good token for a hub, with these changes; a claim that is undefined is left out. */
  sign(claims?: Record<string, unknown>, how?: { kid?: string; header?: Record<string, unknown> }): Promise<string>;
  /** Answers 503 to everything. */
  goAway(away: boolean): void;
  close(): Promise<void>;
}

interface Key {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export async function startFakeIssuer(): Promise<FakeIssuer> {
  const keys = new Map<string, Key>();
  const withdrawn = new Set<string>();
  const asked = { keys: 0, others: 0 };
  const says: Record<string, unknown> = {};
  let away = false;
  const server: Server = createServer(({ url: path }, response) => {
    const isKeys = path === "/keys";
    asked[isKeys ? "keys" : "others"] += 1;
    if (away) return void response.writeHead(503).end();
    const open = [...keys].filter(([kid]) => !withdrawn.has(kid)).map(([, { jwk }]) => jwk);
    const document = { issuer: url, jwks_uri: `${url}/keys`, token_endpoint: `${url}/token`, ...says };
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(isKeys ? { keys: open } : document));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const addKey = async (kid: string) => {
    const { privateKey, publicKey } = await generateKeyPair("ES256", { extractable: true });
    keys.set(kid, { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: "ES256", use: "sig" } });
  };
  await addKey("first");

  return {
    url,
    asked,
    says,
    addKey,
    withdrawKey: (kid) => void withdrawn.add(kid),
    published: (kid) => keys.get(kid)!.jwk,
    async sign(claims = {}, { kid = "first", header = {} } = {}) {
      const now = Math.floor(Date.now() / 1_000);
      const usual = { iss: url, aud: "safeguarding-hub", sub: "forger", iat: now, exp: now + 300, name: "Alex Forger" };
      const said = Object.entries({ ...usual, hub_role: "SOCIAL_WORKER", hub_agency: "social-care", ...claims });
      const payload = Object.fromEntries(said.filter(([, value]) => value !== undefined)) as JWTPayload;
      return new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid, ...header }).sign(keys.get(kid)!.privateKey);
    },
    goAway: (wanted) => void (away = wanted),
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
