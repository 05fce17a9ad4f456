// Tokens that must open nothing, sent to the running hub: forged, borrowed, worn out, bound to somebody else, and of another agency.

import { createHmac, randomUUID } from "node:crypto";
import { exportSPKI, generateKeyPair, importJWK, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditRow } from "../src/store/rows-audit.ts";
import { RECORDS } from "./support/demo-records.ts";
import { ENGINES } from "./support/engines.ts";
import { type FakeIssuer, startFakeIssuer } from "./support/fake-issuer.ts";
import { askGraph } from "./support/graph-client.ts";
import { type LightHub, startLightHub } from "./support/light-hub.ts";

let hub: LightHub;
let issuer: FakeIssuer;
/** Whoever forges: with keys of their own, and a server at which they may be found. */
let forger: FakeIssuer;
beforeAll(async () => {
  [issuer, forger] = await Promise.all([startFakeIssuer(), startFakeIssuer()]);
  hub = await startLightHub(ENGINES[0]!, RECORDS, {
    OIDC_ISSUER: issuer.url,
    MACHINES_MUST_BE_BOUND: "true",
    MACHINE_CLIENTS: "larch-hill-mis=larch-hill-primary,community-health-epr=community-health,afar=another-county",
  });
});
afterAll(async () => {
  await hub?.close();
  await Promise.all([issuer, forger].map((one) => one?.close()));
});

const ME = "{ me { id role agency { id } } }";
const send = (token: string | null, query = ME, variables = {}) => askGraph(hub.url, token, { query, variables });
const now = () => Math.floor(Date.now() / 1_000);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** Sends it, sees it refused, and gives the sentence. */
async function refused(token: string | null): Promise<string> {
  const { status, data, errors, text } = await send(token);
  expect([status, data, errors[0]?.extensions.code]).toEqual([401, null, "NOT_SIGNED_IN"]);
  // Nothing of the token comes back: an error is logged and passed on.
  for (const piece of (token ?? "").split(".")) if (piece.length > 9) expect(text).not.toContain(piece);
  return errors[0]!.message;
}

describe("a token", () => {
  it("of the issuer's, for this hub, now, is taken", async () => {
    const { data } = await send(await issuer.sign({ aud: ["another-hub", "safeguarding-hub"] }));
    expect(data.me).toEqual({ id: "forger", role: "SOCIAL_WORKER", agency: { id: "social-care" } });
    expect((await send(await issuer.sign({}, { header: { typ: "at+jwt" } }))).status).toBe(200);
  });

  it.each([
    ["no token", null, "send a bearer token"],
    ["an empty one", "", "send a bearer token"],
    ["what is no token", "a.b.c", "not valid"],
    ["a token within a token", `${"x".repeat(4_000)}.${"x".repeat(4_000)}.${"x".repeat(4_000)}`, "not valid"],
  ])("is refused: %s", async (_what, token, says) => expect(await refused(token)).toContain(says));

  const forged: [string, () => Promise<string>, string][] = [
    ["another key of that name", async () => forger.sign({ iss: issuer.url }), "not valid"],
    [
      "another key of another name",
      async () => (await forger.addKey("mine"), forger.sign({ iss: issuer.url }, { kid: "mine" })),
      "not valid",
    ],
    ["a changed claim", async () => swapped(await issuer.sign(), { hub_role: "MASH_MANAGER" }), "not valid"],
    [
      "alg none",
      async () => `${part({ alg: "none", typ: "JWT" })}.${(await issuer.sign()).split(".")[1]}.`,
      "not valid",
    ],
    ["alg none, with a signature", async () => unsigned(await issuer.sign(), "none"), "not valid"],
    ["alg NONE", async () => unsigned(await issuer.sign(), "NONE"), "not valid"],
    ["the public key as a shared secret", async () => withPublicKeyAsSecret(), "not valid"],
    ["a key that it brings along", async () => bringing({ jwk: forger.published("first") }), "not valid"],
    ["a key that it says where to find", async () => bringing({ jku: `${forger.url}/keys` }), "not valid"],
    ["a certificate that it says where to find", async () => bringing({ x5u: `${forger.url}/keys` }), "not valid"],
    [
      "an extension that the hub must know",
      async () => issuer.sign({}, { header: { crit: ["b64"], b64: true } }),
      "not valid",
    ],
    ["another issuer", async () => issuer.sign({ iss: forger.url }), "iss"],
    ["no issuer", async () => issuer.sign({ iss: undefined }), "iss"],
    ["another audience", async () => issuer.sign({ aud: "another-hub" }), "aud"],
    ["no audience", async () => issuer.sign({ aud: undefined }), "aud"],
    ["nobody", async () => issuer.sign({ sub: undefined }), "sub"],
    ["a name longer than the hub can keep", async () => issuer.sign({ sub: "x".repeat(201) }), "sub"],
    ["a time that is over", async () => issuer.sign({ exp: now() - 40 }), "expired"],
    ["no end", async () => issuer.sign({ exp: undefined }), "exp"],
    ["no beginning", async () => issuer.sign({ iat: undefined }), "iat"],
    ["a beginning that lies ahead", async () => issuer.sign({ iat: now() + 90, exp: now() + 400 }), "iat"],
    ["a time that has not come", async () => issuer.sign({ nbf: now() + 90 }), "nbf"],
    [
      "an end far off, given long ago",
      async () => issuer.sign({ iat: now() - 9 * 3_600, exp: now() + 9_999 }),
      "expired",
    ],
    ["an identity token's nonce", async () => issuer.sign({ nonce: "n" }), "not an access token"],
    ["an identity token's hash", async () => issuer.sign({ at_hash: "h" }), "not an access token"],
    ["a refresh token's type", async () => issuer.sign({ typ: "Refresh" }), "not an access token"],
    ["a logout token's type", async () => issuer.sign({}, { header: { typ: "logout+jwt" } }), "not an access token"],
    ["a key that the hub cannot ask for", async () => issuer.sign({ cnf: { jkt: "k" } }), "bound to a key"],
    ["a certificate that nobody showed", async () => issuer.sign({ cnf: { "x5t#S256": "k" } }), "did not come with it"],
    ["a system dressed as a person", async () => issuer.sign({ sub: "mis", azp: "mis" }), "is a system's"],
  ];
  it.each(forged)("is refused: %s", async (_what, make, says) => expect(await refused(await make())).toContain(says));

  it("is asked about at the issuer alone", () => expect(forger.asked).toEqual({ keys: 0, others: 0 }));

  it("may be late or early by as much as clocks differ", async () => {
    for (const claims of [{ exp: now() - 20 }, { iat: now() + 20 }, { nbf: now() + 20 }])
      expect((await send(await issuer.sign(claims))).status).toBe(200);
  });

  it.each([
    ["a role that is not one", { hub_role: "SUPERUSER" }],
    ["a list of roles", { hub_role: ["SOCIAL_WORKER"] }],
    ["an agency that is not the area's", { hub_agency: "another-county" }],
  ])("opens nothing by %s", async (_what, claims) => {
    const { data } = await send(await issuer.sign(claims));
    expect(data.me).toMatchObject("hub_role" in claims ? { role: null } : { agency: null });
  });

  it("is refused everywhere once its bearer's sign-in was ended", async () => {
    const [lost, other] = [await issuer.sign({ sub: "lost" }), await issuer.sign({ sub: "other" })];
    expect([(await send(lost)).status, (await send(other)).status]).toEqual([200, 200]);
    const end = "mutation ($who: ID) { endSessions(actorId: $who) }";
    const curious = await send(other, end, { who: "lost" });
    expect(curious.errors[0]?.extensions.code).toBe("NOT_ALLOWED");
    const officer = await issuer.sign({ sub: "officer", hub_role: "DATA_PROTECTION_OFFICER" });
    expect((await send(officer, end, { who: "lost" })).data).toEqual({ endSessions: 0 });
    expect(await refused(lost)).toContain("has been ended");
    expect(await refused(await issuer.sign({ sub: "lost", iat: now() - 60 }))).toContain("has been ended");
    expect((await send(await issuer.sign({ sub: "lost", iat: now() + 2 }))).status).toBe(200);
    expect((await send(other)).status).toBe(200);
  });
});

function swapped(token: string, claims: object): string {
  const [head, body, signature] = token.split(".");
  const said = JSON.parse(Buffer.from(body!, "base64url").toString()) as object;
  return `${head}.${part({ ...said, ...claims })}.${signature}`;
}

const unsigned = (token: string, alg: string) =>
  `${part({ alg, typ: "JWT" })}.${token.split(".")[1]}.${token.split(".")[2]}`;

async function withPublicKeyAsSecret(): Promise<string> {
  const [, body] = (await issuer.sign()).split(".");
  const secret = await exportSPKI((await importJWK(issuer.published("first"), "ES256")) as CryptoKey);
  const signed = `${part({ alg: "HS256", kid: "first" })}.${body}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

async function bringing(header: object): Promise<string> {
  const { privateKey } = await generateKeyPair("ES256");
  const claims = { iss: issuer.url, aud: "safeguarding-hub", sub: "x", iat: now(), exp: now() + 300 };
  return new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid: "first", ...header }).sign(privateKey);
}

describe("an agency's system", () => {
  const system = (claims: Record<string, unknown> = {}) =>
    issuer.sign({
      sub: "larch-hill-mis",
      client_id: "larch-hill-mis",
      hub_role: "AGENCY_SYSTEM",
      hub_agency: "larch-hill-primary",
      scope: "referral:submit referral:read webhook:manage openid everything",
      ...claims,
    });
  const other = () => system({ sub: "epr", client_id: "community-health-epr", hub_agency: "community-health" });
  const REFER = `mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) { id status child { id } } }`;
  const READ = "query ($id: ID!) { referral(id: $id) { id status history { what } } }";
  const referral = () => ({
    key: randomUUID(),
    identifier: { kind: "NHS_NUMBER", value: "9990123470" },
    concern: "Written in the school's own system.",
    level: "level-3",
    immediateDanger: false,
  });

  it("refers for its own agency and reads what became of it, without the child", async () => {
    const { data, errors } = await send(await system(), REFER, { referral: referral() });
    expect([data.submitReferral.status, data.submitReferral.child]).toEqual(["SUBMITTED", null]);
    expect(errors[0]).toMatchObject({ path: ["submitReferral", "child"], extensions: { code: "NOT_ALLOWED" } });
    const { id } = data.submitReferral;
    expect((await send(await system(), READ, { id })).data.referral).toMatchObject({ id });
    const theirs = await send(await other(), READ, { id });
    expect([theirs.data, theirs.errors[0]?.extensions.code]).toEqual([null, "NOT_ALLOWED"]);
    expect(theirs.errors[0]!.message).toContain("another agency");
  });

  it("ends no other agency's webhook", async () => {
    const made = await send(
      await system(),
      `mutation { registerWebhook(url: "https://mis.example.org/hub") { webhook { id } } }`,
    );
    const { id } = made.data.registerWebhook.webhook;
    const end = "mutation ($id: ID!) { endWebhook(id: $id) { id endedAt } }";
    expect((await send(await other(), end, { id })).errors[0]?.extensions.code).toBe("NOT_ALLOWED");
    expect((await send(await other(), "{ webhooks { id } }")).data).toEqual({ webhooks: [] });
    expect((await send(await system(), end, { id })).data.endWebhook.endedAt).not.toBeNull();
  });

  it.each([
    ["what is for people", "{ myMessages(first: 1) { edges { node { id } } } }", "myMessages is for people"],
    ["a child", `{ childByIdentifier(identifier: { kind: NHS_NUMBER, value: "9990123470" }) { id } }`, "is for people"],
    [
      "a child by another name",
      `{ me: childByIdentifier(identifier: { kind: NHS_NUMBER, value: "9990123470" }) { id } }`,
      "for people",
    ],
    [
      "a child in a fragment",
      "query { ...F } fragment F on Query { ... { children(ids: []) { id } } }",
      "is for people",
    ],
    ["a child, if at all", `{ me { id } child(id: "1") @skip(if: true) { id } }`, "is for people"],
    ["the schema", "{ __schema { types { name } } }", ""],
    ["what its scopes do not name", "{ agencies { agency { id } } }", "agency:read"],
  ])("is refused %s", async (_what, query, says) => {
    const { status, data, errors } = await send(await system(), query);
    expect([status, data ?? null]).toEqual([403, null]);
    expect(errors[0]!.message).toContain(says);
  });

  it("is put on record when it is refused", async () => {
    const entries = await hub.open.hub.db.manager.findBy(AuditRow, { what: "graph.asked" });
    expect(entries.map(({ actorId, allowed, rule }) => [actorId, allowed, rule])).toContainEqual([
      "larch-hill-mis",
      false,
      "not-for-systems",
    ]);
  });

  it("follows nothing", async () => {
    const response = await fetch(`${hub.url}/graphql/stream`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream",
        authorization: `Bearer ${await system()}`,
      },
      body: JSON.stringify({ query: "subscription { messageArrived { id } }" }),
    });
    expect([response.status, await response.text()]).toEqual([403, expect.stringContaining("webhook")]);
  });

  it.each([
    ["for an agency that it may not act for", { hub_agency: "community-health" }, "may not act for"],
    ["for no agency", { hub_agency: undefined }, "hub_agency"],
    ["that names no client", { client_id: undefined }, "client_id"],
    ["of a client nobody looked at", { client_id: "somebody-else" }, "bound to its client certificate"],
    ["that lives for long", { exp: now() + 3_600 }, "bound to its client certificate"],
  ])("is not let in with a token %s", async (_what, claims, says) =>
    expect(await refused(await system(claims))).toContain(says),
  );

  it("of another area may do nothing", async () => {
    const { status, errors } = await send(await system({ client_id: "afar", hub_agency: "another-county" }));
    expect([status, errors[0]?.message]).toEqual([403, expect.stringContaining("no agency of this area")]);
  });
});
