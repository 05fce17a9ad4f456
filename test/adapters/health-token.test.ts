import { randomUUID } from "node:crypto";
import { generateKeyPair, SignJWT, type JWTPayload } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startHealth, type HealthWorld } from "../support/health-world.ts";
import { call } from "./contract.ts";

const TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const IN = "in client_assertion JWT";
const seconds = () => Math.floor(Date.now() / 1_000);

describe("the token service", () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await startHealth();
  });
  afterAll(() => world.close());

  const claims = (change: Record<string, unknown> = {}): JWTPayload => {
    const all = {
      iss: "hub-key",
      sub: "hub-key",
      jti: randomUUID(),
      aud: `${world.url}/oauth2/token`,
      exp: seconds() + 60,
    };
    return Object.fromEntries(Object.entries({ ...all, ...change }).filter(([, value]) => value !== undefined));
  };
  const sign = (payload: JWTPayload, header: object = {}, key = world.privateKey) =>
    new SignJWT(payload).setProtectedHeader({ alg: "RS512", typ: "JWT", kid: "test-1", ...header }).sign(key);
  async function ask(form: Record<string, string>) {
    const response = await fetch(`${world.url}/oauth2/token`, { method: "POST", body: new URLSearchParams(form) });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  }
  const withAssertion = (client_assertion: string) =>
    ask({ grant_type: "client_credentials", client_assertion_type: TYPE, client_assertion });

  it("gives an opaque token with its life as text", async () => {
    const { status, body } = await withAssertion(await sign(claims()));
    expect(status).toBe(200);
    expect(body).toMatchObject({
      expires_in: "599",
      token_type: "Bearer",
      access_token: expect.not.stringContaining("."),
    });
  });

  it.each([
    [{}, 400, "grant_type is missing"],
    [{ grant_type: "password" }, 400, "grant_type is invalid"],
    [{ grant_type: "client_credentials" }, 400, `Missing or invalid client_assertion_type - must be '${TYPE}'`],
    [{ grant_type: "client_credentials", client_assertion_type: TYPE }, 400, "Missing client_assertion"],
    [
      { grant_type: "client_credentials", client_assertion_type: TYPE, client_assertion: "x.y" },
      400,
      "Malformed JWT in client_assertion",
    ],
  ])("refuses the form %j", async (form, status, description) => {
    expect(await ask(form)).toMatchObject({ status, body: { error_description: description } });
  });

  it.each<[Record<string, unknown>, number, string]>([
    [{ iss: undefined }, 400, `Missing or non-matching 'iss'/'sub' claims ${IN}`],
    [{ sub: "somebody" }, 400, `Missing or non-matching 'iss'/'sub' claims ${IN}`],
    [{ iss: "other", sub: "other" }, 401, `Invalid 'iss'/'sub' claims ${IN}`],
    [{ jti: undefined }, 400, `Missing 'jti' claim ${IN}`],
    [{ aud: "https://example.org/token" }, 401, `Missing or invalid 'aud' claim ${IN}`],
    [{ exp: undefined }, 400, `Missing 'exp' claim ${IN}`],
    [{ exp: "soon" }, 400, `Invalid 'exp' claim ${IN} - must be an integer`],
    [{ exp: 1_700_000_000 }, 400, `Invalid 'exp' claim ${IN} - JWT has expired`],
    [{ exp: 4_000_000_000 }, 400, `Invalid 'exp' claim ${IN} - more than 5 minutes in future`],
  ])("refuses the claims %j", async (change, status, description) => {
    const answer = await withAssertion(await sign(claims(change)));
    expect(answer).toMatchObject({ status, body: { error: "invalid_request", error_description: description } });
    expect(answer.body["message_id"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    [{ kid: undefined }, 400, `Missing 'kid' header ${IN}`],
    [{ kid: "other" }, 401, `Invalid 'kid' header ${IN} - no matching public key`],
    [{ typ: undefined }, 400, `Invalid 'typ' header ${IN} - must be 'JWT'`],
    [{ alg: "RS256" }, 400, `Invalid 'alg' header ${IN} - unsupported JWT algorithm - must be 'RS512'`],
  ])("refuses the header %j", async (header, status, description) => {
    const { privateKey } = await generateKeyPair("alg" in header ? "RS256" : "RS512");
    const assertion = await sign(claims(), header, privateKey);
    expect(await withAssertion(assertion)).toMatchObject({ status, body: { error_description: description } });
  });

  it("accepts an assertion once", async () => {
    const assertion = await sign(claims());
    await withAssertion(assertion);
    expect(await withAssertion(assertion)).toMatchObject({
      status: 400,
      body: { error_description: `Non-unique 'jti' claim ${IN}` },
    });
  });

  it("tells a client without a key to register one", async () => {
    const bare = await startHealth({ simulator: { jwks: undefined as never } });
    await expect(bare.system.check(call())).rejects.toThrow(/You need to register a public key/);
    await bare.close();
  });
});

describe("signing in", () => {
  // The hub's clock begins behind, so that what it signs later is still of the service's present.
  const start = Date.now() - 200_000;
  let at = start;
  let world: HealthWorld;
  const tokensAskedFor = async () => (await world.takeJournal()).filter(({ path }) => path === "/oauth2/token").length;
  beforeAll(async () => {
    world = await startHealth({ now: () => at, simulator: { tokenSeconds: 200 } });
  });
  afterAll(() => world.close());

  it("happens once for all who wait", async () => {
    await Promise.all(Array.from({ length: 10 }, () => world.system.check(call())));
    expect(await tokensAskedFor()).toBe(1);
  });

  it("is renewed a minute before the token ends, not earlier", async () => {
    at = start + 139_000;
    await world.system.check(call());
    expect(await tokensAskedFor()).toBe(0);
    at = start + 141_000;
    await world.system.check(call());
    expect(await tokensAskedFor()).toBe(1);
  });

  it("is repeated once where a token is refused", async () => {
    at = Date.now();
    await world.emit({ forgetTokens: true });
    await expect(world.system.check(call())).resolves.toBeUndefined();
    const paths = (await world.takeJournal()).map(({ path, status }) => `${path} ${status}`);
    const pds = "/personal-demographics/FHIR/R4/Patient";
    expect(paths.sort()).toEqual([
      "/fhir/R4/metadata 200",
      "/fhir/R4/metadata 401",
      "/oauth2/token 200",
      `${pds} 400`,
      `${pds} 401`,
    ]);
  });
});
