// Agencies' own systems: signed in at the issuer with keys of their own, and bound to their client certificates over TLS that ends at
// the hub, or at a proxy that it trusts.

import { createHash, randomUUID, X509Certificate } from "node:crypto";
import { request } from "node:https";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startIssuer, type RunningIssuer } from "../../simulators/issuer/issuer.ts";
import { ASSERTION_TYPE, DEMO_SYSTEMS } from "../../simulators/issuer/systems.ts";
import { namedBy } from "../../src/resolvers/sign-in-claims.ts";
import { makeKeys } from "../../src/resolvers/sign-in-keys.ts";
import { checkToken } from "../../src/resolvers/sign-in-token.ts";
import { makeCertificateOf } from "../../src/resolvers/sign-in-certificate.ts";
import { ENGINES } from "../support/engines.ts";
import { type FakeIssuer, startFakeIssuer } from "../support/fake-issuer.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { makeAuthority } from "../support/police-certificates.ts";

const ME = "{ me { role agency { id } } }";

describe("a system with a key of its own", () => {
  let issuer: RunningIssuer;
  let key: CryptoKey;
  let stranger: CryptoKey;
  beforeAll(async () => {
    const [own, other] = await Promise.all([generateKeyPair("ES256"), generateKeyPair("ES256")]);
    [key, stranger] = [own.privateKey, other.privateKey];
    const jwks = { keys: [{ ...(await exportJWK(own.publicKey)), kid: "k", alg: "ES256" }] };
    issuer = await startIssuer({ port: 0, systems: DEMO_SYSTEMS.map((system) => ({ ...system, jwks })) });
  });
  afterAll(() => issuer?.close());

  const now = () => Math.floor(Date.now() / 1_000);
  const assertion = (claims: Record<string, unknown> = {}, signedWith = key) => {
    const usual = { iss: "larch-hill-mis", sub: "larch-hill-mis", aud: issuer.url, iat: now(), exp: now() + 60 };
    const said = Object.entries({ ...usual, jti: randomUUID(), ...claims }).filter(([, value]) => value !== undefined);
    return new SignJWT(Object.fromEntries(said)).setProtectedHeader({ alg: "ES256", kid: "k" }).sign(signedWith);
  };
  const token = async (form: Record<string, string>) => {
    const usual = { grant_type: "client_credentials", client_assertion_type: ASSERTION_TYPE };
    const response = await fetch(`${issuer.url}/token`, {
      method: "POST",
      body: new URLSearchParams({ ...usual, ...form }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  };

  it("is given a token for its agency and the scopes it asked for, which the hub takes", async () => {
    const { status, body } = await token({ client_assertion: await assertion(), scope: "agency:read" });
    expect([status, body["scope"]]).toEqual([200, "agency:read"]);
    const { url } = issuer;
    const rules = { issuer: url, audience: "safeguarding-hub", mostSeconds: 3_600, now: () => new Date() };
    const keys = makeKeys({ issuer: url, alsoAt: [], secure: false });
    const payload = await checkToken(body["access_token"]!, { ...rules, keys });
    const clients = new Map([["larch-hill-mis", "larch-hill-primary"]]);
    expect(namedBy(payload, { mustBeBound: true, clients })).toMatchObject({
      actor: { kind: "SYSTEM", role: "AGENCY_SYSTEM", agencyId: "larch-hill-primary", scopes: ["agency:read"] },
      boundTo: null,
    });
  });

  it("makes an assertion for each request: one is taken once", async () => {
    const once = await assertion();
    expect((await token({ client_assertion: once })).status).toBe(200);
    const again = await token({ client_assertion: once });
    expect([again.status, again.body["error"]]).toEqual([401, "invalid_client"]);
  });

  it.each<[string, () => Promise<Record<string, string>>]>([
    ["another's key", async () => ({ client_assertion: await assertion({}, stranger) })],
    ["another audience", async () => ({ client_assertion: await assertion({ aud: "https://elsewhere.example" }) })],
    ["a time that is over", async () => ({ client_assertion: await assertion({ iat: now() - 120, exp: now() - 60 }) })],
    [
      "a beginning that lies ahead",
      async () => ({ client_assertion: await assertion({ iat: now() + 90, exp: now() + 120 }) }),
    ],
    ["an hour to live", async () => ({ client_assertion: await assertion({ exp: now() + 3_600 }) })],
    ["no identifier", async () => ({ client_assertion: await assertion({ jti: undefined }) })],
    ["another subject", async () => ({ client_assertion: await assertion({ sub: "community-health-epr" }) })],
    ["a client nobody registered", async () => ({ client_assertion: await assertion({ iss: "x", sub: "x" }) })],
    ["another client_id", async () => ({ client_assertion: await assertion(), client_id: "community-health-epr" })],
    ["no assertion of that type", async () => ({ client_assertion: await assertion(), client_assertion_type: "x" })],
    ["what is no assertion", async () => ({ client_assertion: "a.b.c" })],
    ["a scope of others", async () => ({ client_assertion: await assertion(), scope: "child:read" })],
  ])("is given none with %s", async (_what, form) => {
    const { status, body } = await token(await form());
    expect([400, 401]).toContain(status);
    expect(body).not.toHaveProperty("access_token");
  });
});

describe("a token that is bound to a client certificate", () => {
  let issuer: FakeIssuer;
  let hub: LightHub;
  let ca: Awaited<ReturnType<typeof makeAuthority>>;
  let impostors: typeof ca;
  const files: Record<string, { cert: string; key: string; ca: string }> = {};
  beforeAll(async () => {
    [issuer, ca, impostors] = await Promise.all([
      startFakeIssuer(),
      makeAuthority("Partners"),
      makeAuthority("Impostors"),
    ]);
    for (const name of ["hub", "epr", "mis"]) files[name] = await ca.issue(name);
    files["impostor"] = await impostors.issue("epr");
    const { cert, key } = files["hub"]!;
    hub = await startLightHub(
      ENGINES[0]!,
      {},
      {
        OIDC_ISSUER: issuer.url,
        MACHINES_MUST_BE_BOUND: "true",
        HUB_TLS_CERT: cert,
        HUB_TLS_KEY: key,
        HUB_TLS_CLIENT_CA: files["hub"]!.ca,
      },
    );
  });
  afterAll(async () => {
    await hub?.close();
    await Promise.all([issuer?.close(), ca?.close(), impostors?.close()]);
  });

  const thumbprint = (name: string) =>
    createHash("sha256").update(new X509Certificate(files[name]!.cert).raw).digest("base64url");
  const bound = (name: string) =>
    issuer.sign({
      sub: "epr",
      client_id: "community-health-epr",
      hub_role: "AGENCY_SYSTEM",
      hub_agency: "community-health",
      scope: "agency:read",
      cnf: { "x5t#S256": thumbprint(name) },
    });

  /** Over TLS, with this client certificate or with none. */
  const ask = (token: string, name: string | null, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const { cert, key } = name === null ? {} : files[name]!;
      const body = JSON.stringify({ query: ME });
      const sent = request(
        `${hub.url}/graphql`,
        {
          method: "POST",
          agent: false,
          ca: files["hub"]!.ca,
          ...(cert && key && { cert, key }),
          headers: { ...headers, "content-type": "application/json", authorization: `Bearer ${token}` },
        },
        (response) => {
          let text = "";
          response.on("data", (chunk) => (text += chunk));
          response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
        },
      );
      sent.once("error", reject).end(body);
    });

  it("is good with that certificate, and stolen it is good for nothing", async () => {
    const token = await bound("epr");
    expect(await ask(token, "epr")).toEqual({ status: 200, text: expect.stringContaining("community-health") });
    // Believed by now: it is the request that is looked at each time.
    for (const other of ["mis", "impostor", null])
      expect(await ask(token, other)).toEqual({ status: 401, text: expect.stringContaining("did not come with it") });
    expect((await ask(token, "epr")).status).toBe(200);
  });

  it("is not good with a certificate that the request only tells of", async () => {
    const told = `:${new X509Certificate(files["epr"]!.cert).raw.toString("base64")}:`;
    const { status } = await ask(await bound("epr"), null, { "client-cert": told, "x-forwarded-for": "127.0.0.1" });
    expect(status).toBe(401);
  });

  it("is not good with a certificate of an authority that nobody named", async () => {
    expect((await ask(await bound("impostor"), "impostor")).status).toBe(401);
  });

  it("is what a system must have, and a person need not", async () => {
    const unbound = { sub: "epr", client_id: "x", hub_role: "AGENCY_SYSTEM", hub_agency: "community-health" };
    expect((await ask(await issuer.sign(unbound), "epr")).text).toContain("RFC 8705");
    expect((await ask(await issuer.sign(), null)).status).toBe(200);
  });

  describe("behind a proxy", () => {
    const { remote, header } = { remote: "10.1.2.3", header: "Client-Cert" };
    const asked = (headers: Record<string, string | string[]>, from = remote) =>
      ({ headers, raw: { socket: { remoteAddress: from } } }) as Parameters<ReturnType<typeof makeCertificateOf>>[0];
    const certificateOf = makeCertificateOf({ header, proxies: ["10.0.0.0/8", "::1"] });
    const der = () => `:${new X509Certificate(files["epr"]!.cert).raw.toString("base64")}:`;

    it.each(["10.1.2.3", "::ffff:10.1.2.3", "::1"])("at %s that is trusted, is good as it tells", (from) => {
      expect(certificateOf(asked({ "client-cert": der() }, from))).toBe(thumbprint("epr"));
      const pem = encodeURIComponent(files["epr"]!.cert);
      expect(certificateOf(asked({ "client-cert": pem }, from))).toBe(thumbprint("epr"));
    });

    it("is not good as anybody else tells, or as nobody can read", () => {
      expect(certificateOf(asked({ "client-cert": der() }, "192.168.1.1"))).toBeNull();
      expect(certificateOf(asked({}))).toBeNull();
      for (const text of [":AAAA:", "%", "x", `${der()}, ${der()}`])
        expect(certificateOf(asked({ "client-cert": text }))).toBeNull();
      expect(makeCertificateOf({ header: null, proxies: ["10.0.0.0/8"] })(asked({ "client-cert": der() }))).toBeNull();
    });
  });
});
