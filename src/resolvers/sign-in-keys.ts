// The issuer's keys: found through its discovery document, kept a while, fetched anew when they are old or a token names one that is
// not among them. While the issuer is down those last seen still serve, and a key that is not among them opens nothing.

import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from "jose";

export interface KeySource {
  readonly issuer: string;
  /** Origins besides the issuer's own at which its keys may lie. */
  readonly alsoAt: readonly string[];
  /** Nothing is fetched but over https. */
  readonly secure: boolean;
  /** `fetch` that connects to nothing it may not. */
  readonly fetch?: typeof globalThis.fetch;
}

/** A key that the issuer has withdrawn is refused after so long at the latest. */
const KEPT_MS = 5 * 60_000;
/** Tokens with made-up keys make nobody fetch more often than this. */
const COOL_DOWN_MS = 30_000;
/** How long the last keys serve while the issuer does not answer. */
const STALE_MS = 24 * 60 * 60_000;
const PATIENCE_MS = 5_000;
const MOST_BYTES = 512 * 1024;

/** The issuer cannot be asked, and nothing that it said before will do. */
export class IssuerAway extends Error {
  override readonly name = "IssuerAway";
}

/** Whether a server may be sent there: the issuer's own origin or one that the settings name, and https where that matters. */
export function isOfIssuer({ issuer, alsoAt, secure }: KeySource, address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { origin, protocol } = new URL(address);
  if (secure ? protocol !== "https:" : !/^https?:$/.test(protocol)) return false;
  return origin === new URL(issuer).origin || alsoAt.includes(origin);
}

/** Gives the key for a token's header. Nothing is fetched before the first token comes, so the hub starts while the issuer is down. */
export function makeKeys(source: KeySource): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | null = null;
  return async (header, token) => {
    found ??= discover(source);
    const key = await found.catch((cause: unknown) => {
      found = null;
      throw new IssuerAway("The issuer's discovery document cannot be had, or does not fit", { cause });
    });
    return key(header, token);
  };
}

async function discover(source: KeySource): Promise<JWTVerifyGetKey> {
  const address = `${source.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const { jwks_uri: keys, issuer } = JSON.parse(await textAt(source, address, AbortSignal.timeout(PATIENCE_MS))) as {
    jwks_uri?: string;
    issuer?: string;
  };
  if (issuer !== source.issuer) throw new Error("The discovery document is another issuer's");
  if (keys === undefined || !isOfIssuer(source, keys)) throw new Error("jwks_uri lies elsewhere: see OIDC_ALSO_AT");
  return createRemoteJWKSet(new URL(keys), {
    cacheMaxAge: KEPT_MS,
    cooldownDuration: COOL_DOWN_MS,
    timeoutDuration: PATIENCE_MS,
    [customFetch]: lastSeen(source),
  });
}

/** Fetches, and gives what it gave before where that fails. */
function lastSeen(source: KeySource) {
  let last: { readonly text: string; readonly at: number } | null = null;
  return async (address: string, { signal }: { readonly signal: AbortSignal }): Promise<Response> => {
    try {
      last = { text: await textAt(source, address, signal), at: Date.now() };
    } catch (cause) {
      if (!last || Date.now() - last.at > STALE_MS) throw new IssuerAway("The issuer's keys cannot be had", { cause });
    }
    return new Response(last.text);
  };
}

/** What lies there, whole, and nowhere that it is redirected to. */
async function textAt({ fetch = globalThis.fetch }: KeySource, address: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(address, { signal, redirect: "error", headers: { accept: "application/json" } });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw new Error("The answer is too long");
    chunks.push(chunk);
  }
  if (response.status !== 200) throw new Error("The issuer did not answer with a document");
  const text = Buffer.concat(chunks).toString("utf8");
  JSON.parse(text);
  return text;
}
