import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, type JWTVerifyOptions, jwtVerify } from "jose";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type RunningIssuer, startIssuer } from "../simulators/issuer/issuer.ts";
import { DEMO_PEOPLE } from "../simulators/issuer/people.ts";

let issuer: RunningIssuer;
beforeAll(async () => {
  issuer = await startIssuer({ port: 0 });
});
afterAll(() => issuer.close());

type Answer = { access_token: string; id_token: string; expires_in: number; error: string; error_description: string };

async function token(form: Record<string, string>, url = issuer.url): Promise<{ status: number; body: Answer }> {
  const response = await fetch(`${url}/token`, { method: "POST", body: new URLSearchParams(form) });
  return { status: response.status, body: (await response.json()) as Answer };
}

const as = (username: string, more: Record<string, string> = {}) =>
  token({ grant_type: "password", username, password: "anything", ...more });

async function verify(jwt: string, options: JWTVerifyOptions = {}) {
  const discovery = await fetch(`${issuer.url}/.well-known/openid-configuration`);
  const { jwks_uri: jwks } = (await discovery.json()) as { jwks_uri: string };
  return jwtVerify(jwt, createRemoteJWKSet(new URL(jwks)), {
    issuer: issuer.url,
    audience: "safeguarding-hub",
    algorithms: ["RS256"],
    requiredClaims: ["sub", "iat", "exp", "jti"],
    ...options,
  });
}

describe("a token for a demo person", () => {
  it.each(DEMO_PEOPLE)("says who $key is and verifies", async ({ key, name, hub_role, hub_agency }) => {
    const { body } = await as(key);
    const { payload } = await verify(body.access_token);
    expect(payload).toMatchObject({ sub: `demo|${key}`, name, iss: issuer.url, exp: payload.iat! + 3_600 });
    expect([payload["hub_role"] ?? null, payload["hub_agency"] ?? null]).toEqual([hub_role, hub_agency]);
  });

  it("has an identifier of its own", async () => {
    const [first, second] = await Promise.all([as("teacher"), as("teacher")]);
    expect(decodeJwt(first.body.access_token).jti).not.toBe(decodeJwt(second.body.access_token).jti);
  });

  it("keeps people apart when asked for at once", async () => {
    const answers = await Promise.all(DEMO_PEOPLE.map(({ key }) => as(key)));
    const subjects = answers.map(({ body }) => decodeJwt(body.access_token).sub);
    expect(subjects).toEqual(DEMO_PEOPLE.map(({ key }) => `demo|${key}`));
  });

  it("is given to a client that names a person", async () => {
    const { body } = await token({ grant_type: "client_credentials", client_id: "agency-developer" });
    expect((await verify(body.access_token)).payload["hub_role"]).toBe("AGENCY_DEVELOPER");
  });

  it("comes without a refresh token", async () => {
    expect((await as("teacher")).body).not.toHaveProperty("refresh_token");
  });

  it("comes with an identity token that opens nothing", async () => {
    const { body } = await as("teacher", { client_id: "dashboard" });
    expect(decodeJwt(body.id_token)).toMatchObject({ sub: "demo|teacher", aud: "dashboard" });
    expect(decodeJwt(body.id_token)).not.toHaveProperty("hub_role");
  });
});

describe("a request that tests need", () => {
  it.each(["audience", "resource"])("gets another audience by %s", async (parameter) => {
    const { body } = await as("teacher", { [parameter]: "another-api" });
    expect(decodeJwt(body.access_token).aud).toBe("another-api");
    await expect(verify(body.access_token)).rejects.toMatchObject({ code: "ERR_JWT_CLAIM_VALIDATION_FAILED" });
  });

  it("gets an expired token for a negative lifetime", async () => {
    const { body } = await as("teacher", { lifetime: "-120" });
    expect(body.expires_in).toBe(-120);
    await expect(verify(body.access_token)).rejects.toMatchObject({ code: "ERR_JWT_EXPIRED" });
  });

  it.each(["soon", "1.5", "", "999999999999"])("is refused for a lifetime of %j", async (lifetime) => {
    const { status, body } = await as("teacher", { lifetime });
    expect([status, body.error]).toEqual([400, "invalid_request"]);
  });
});

describe("somebody unknown", () => {
  it.each([
    { grant_type: "password", username: "head-teacher" },
    { grant_type: "password" },
    { grant_type: "password", username: "__proto__" },
    { grant_type: "client_credentials" },
    { grant_type: "client_credentials", client_id: "some-service" },
  ])("gets no token with %j, but all names", async (form) => {
    const { status, body } = await token(form as Record<string, string>);
    expect([status, body.error]).toEqual([400, "invalid_grant"]);
    expect(body).not.toHaveProperty("access_token");
    for (const { key } of DEMO_PEOPLE) expect(body.error_description).toContain(key);
  });

  it("cannot refresh what was never given", async () => {
    const { status, body } = await token({ grant_type: "refresh_token", refresh_token: "x" });
    expect([status, body.error]).toEqual([400, "unsupported_grant_type"]);
  });
});

describe("signing in with a browser", () => {
  const verifier = randomBytes(32).toString("base64url");
  const redirect = "http://127.0.0.1:4000/signed-in";
  const request = {
    response_type: "code",
    client_id: "dashboard",
    redirect_uri: redirect,
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    state: "state-1",
    nonce: "nonce-1",
  };
  const authorize = (query: Record<string, string>) =>
    fetch(`${issuer.url}/authorize?${new URLSearchParams(query)}`, { redirect: "manual" });

  async function code(): Promise<string> {
    const response = await authorize({ ...request, login_hint: "health-visitor" });
    return new URL(response.headers.get("location")!).searchParams.get("code")!;
  }
  const exchange = async (more: Record<string, string> = {}) =>
    token({
      grant_type: "authorization_code",
      client_id: "dashboard",
      redirect_uri: redirect,
      code: await code(),
      code_verifier: verifier,
      ...more,
    });

  it("offers every demo person", async () => {
    const response = await authorize(request);
    const html = await response.text();
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    for (const { key, name } of DEMO_PEOPLE) expect(html).toMatch(new RegExp(`login_hint=${key}">${name}</a>`));
  });

  it("leads back with the state and a code", async () => {
    const response = await authorize({ ...request, login_hint: "teacher" });
    const back = new URL(response.headers.get("location")!);
    expect(back.href).toMatch(/^http:\/\/127\.0\.0\.1:4000\/signed-in\?code=.+&state=state-1$/);
  });

  it("gives the chosen person's tokens for the code", async () => {
    const { body } = await exchange();
    expect((await verify(body.access_token)).payload).toMatchObject({
      sub: "demo|health-visitor",
      hub_role: "HEALTH_VISITOR",
    });
    expect((await verify(body.id_token, { audience: "dashboard", requiredClaims: [] })).payload).toMatchObject({
      sub: "demo|health-visitor",
      nonce: "nonce-1",
    });
  });

  it("takes a code once", async () => {
    const spent = await code();
    expect((await exchange({ code: spent })).status).toBe(200);
    expect((await exchange({ code: spent })).status).toBe(400);
  });

  it.each([
    ["another verifier", { code_verifier: randomBytes(32).toString("base64url") }],
    ["another client", { client_id: "somebody-else" }],
    ["another address", { redirect_uri: "http://127.0.0.1:4000/elsewhere" }],
    ["an invented code", { code: "00000000-0000-4000-8000-000000000000" }],
  ])("refuses the code with %s", async (_, change: Record<string, string>) => {
    const { status, body } = await exchange(change);
    expect(status).toBe(400);
    expect(body).not.toHaveProperty("access_token");
  });

  it("refuses the code without its verifier", async () => {
    const { status, body } = await token({
      grant_type: "authorization_code",
      client_id: "dashboard",
      redirect_uri: redirect,
      code: await code(),
    });
    expect([status, body.error]).toEqual([400, "invalid_grant"]);
  });

  it.each([
    ["a redirect elsewhere", { redirect_uri: "https://example.org/" }],
    ["a redirect that is no address", { redirect_uri: "javascript:alert(1)" }],
    ["no challenge", { code_challenge: "" }],
    ["somebody unknown", { login_hint: "head-teacher" }],
  ])("goes no further with %s", async (_, change) => {
    const response = await authorize({ ...request, login_hint: "teacher", ...change });
    expect([response.status, response.headers.get("location")]).toEqual([400, null]);
  });

  it("shows nothing that a request brought as markup", async () => {
    const html = await (await authorize({ ...request, state: `"><script>alert(1)</script>` })).text();
    expect(html).not.toContain("<script");
  });
});

describe("the issuer", () => {
  it("tells who the bearer of a token is", async () => {
    const { body } = await as("nobody");
    const headers = { authorization: `Bearer ${body.access_token}` };
    const known = await fetch(`${issuer.url}/userinfo`, { headers });
    expect(await known.json()).toEqual({ sub: "demo|nobody", name: "Alex Noone" });
    expect((await fetch(`${issuer.url}/userinfo`)).status).toBe(401);
  });

  it("lists its people for whoever must offer them", async () => {
    const answer = (await (await fetch(`${issuer.url}/people`)).json()) as { people: unknown };
    expect(answer.people).toEqual(DEMO_PEOPLE);
  });

  it("does not start in production", async () => {
    vi.stubEnv("NODE_ENV", "production");
    try {
      await expect(startIssuer({ port: 0 })).rejects.toThrow(/does not run with NODE_ENV=production/);
    } finally {
      vi.unstubAllEnvs();
    }
  });
});

describe("a key file", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "issuer-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("keeps the key across restarts, for its owner only", async () => {
    const keyFile = join(folder, "key.json");
    const kids = [];
    for (const _ of ["first", "second"]) {
      const started = await startIssuer({ port: 0, keyFile });
      const { body } = await token({ grant_type: "password", username: "teacher" }, started.url);
      kids.push(decodeProtectedHeader(body.access_token).kid);
      await started.close();
    }
    expect(kids[1]).toBe(kids[0]);
    expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
  });

  const publicKey = { kty: "RSA", kid: "k", alg: "RS256", n: "AQAB", e: "AQAB" };
  it.each(["not json", "{}", JSON.stringify(publicKey), JSON.stringify({ ...publicKey, d: "AQAB" })])(
    "that holds no key is named: %s",
    async (text) => {
      const keyFile = join(folder, "bad.json");
      await writeFile(keyFile, text);
      await expect(startIssuer({ port: 0, keyFile })).rejects.toThrow(/bad\.json does not hold a private RS256 key/);
    },
  );
});
