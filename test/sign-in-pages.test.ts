// The ways round signing in with a browser that need no hub: where it leads, whom it asks, what its cookies say.

import Fastify from "fastify";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeSignInClient } from "../src/resolvers/sign-in-client.ts";
import { cookieName, isOwnPage, readCookie, setCookie } from "../src/resolvers/sign-in-cookie.ts";
import { ownPath, serveSignIn } from "../src/resolvers/sign-in-pages.ts";
import type { Hub } from "../src/services/hub.ts";
import { type FakeIssuer, startFakeIssuer } from "./support/fake-issuer.ts";

const HUB = "https://hub.example.org";

describe("after signing in", () => {
  it.each([
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example/",
    "/..//evil.example/",
    "/%0d%0aSet-Cookie:x/../\r\n",
    "javascript:alert(1)",
    "account",
    "",
    ["/a", "/b"],
    undefined,
    `/${"x".repeat(600)}`,
  ])("nobody is led to %j", (wanted) => expect(ownPath(wanted, HUB)).toBe("/account"));

  it.each(["/", "/messages/1?a=b", "/graphql"])("people come back at %s", (wanted) =>
    expect(ownPath(wanted, HUB)).toBe(wanted),
  );
});

describe("the cookie", () => {
  it("is one of this very host over https", () => {
    const name = cookieName(HUB, "hub");
    expect(setCookie(name, "v", 60)).toBe("__Host-hub=v; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure");
  });

  it.each([
    [`hub=${"a".repeat(43)}`, "a".repeat(43)],
    [`x=1; hub=${"a".repeat(43)}; y=2`, "a".repeat(43)],
    [`hub=${"a".repeat(43)}; hub=${"b".repeat(43)}`, null],
    ["hub=short", null],
    [`hub=${"a".repeat(42)}%0d`, null],
    [`xhub=${"a".repeat(43)}`, null],
    [undefined, null],
  ])("is read from %s", (header, value) => expect(readCookie(header, "hub")).toBe(value));

  it.each([
    [{ "sec-fetch-site": "same-origin", origin: HUB }, true],
    [{ "sec-fetch-site": "none" }, true],
    [{ origin: HUB }, true],
    [{ "sec-fetch-site": "same-origin", origin: "null" }, true],
    [{ origin: "null" }, false],
    [{ "sec-fetch-site": "cross-site", origin: "null" }, false],
    [{}, false],
    [{ "sec-fetch-site": "same-site", origin: HUB }, false],
    [{ "sec-fetch-site": "same-origin", origin: "https://evil.example" }, false],
    [{ "sec-fetch-site": "same-origin, same-origin" }, false],
  ])("is taken with %j: %s", (headers, taken) => expect(isOwnPage(headers, HUB)).toBe(taken));
});

describe("an issuer", () => {
  let issuer: FakeIssuer;
  let elsewhere: FakeIssuer;
  beforeEach(async () => {
    [issuer, elsewhere] = await Promise.all([startFakeIssuer(), startFakeIssuer()]);
    issuer.says["authorization_endpoint"] = `${issuer.url}/authorize`;
  });
  afterEach(() => Promise.all([issuer.close(), elsewhere.close()]));

  const client = () =>
    makeSignInClient({
      issuer: issuer.url,
      alsoAt: [],
      secure: false,
      clientId: "hub-dashboard",
      clientSecret: null,
      scope: "openid",
      redirectUri: `${HUB}/sign-in/callback`,
    });

  it("is asked with a challenge, a state and a nonce that are new each time", async () => {
    const one = client();
    const [first, second] = [await one.begin(), await one.begin()].map(({ address }) => new URL(address).searchParams);
    expect(Object.fromEntries(first!)).toMatchObject({
      client_id: "hub-dashboard",
      response_type: "code",
      code_challenge_method: "S256",
      redirect_uri: `${HUB}/sign-in/callback`,
    });
    for (const name of ["state", "nonce", "code_challenge"]) expect(first!.get(name)).not.toBe(second!.get(name));
  });

  it.each(["token_endpoint", "jwks_uri"])("whose %s lies elsewhere is not asked at all", async (name) => {
    issuer.says[name] = `${elsewhere.url}/x`;
    await expect(client().begin()).rejects.toMatchObject({ name: "IssuerAway" });
    expect(elsewhere.asked).toEqual({ keys: 0, others: 0 });
  });

  it("that is away is said to be away, and asked again by whoever comes next", async () => {
    const app = Fastify();
    const hub = { publicUrl: HUB, log: { warn: () => {} } } as unknown as Hub;
    const one = client();
    serveSignIn(app, { hub, client: one, stranger: async () => {}, ofThisArea: (actor) => actor });
    issuer.goAway(true);
    const { statusCode, body } = await app.inject("/sign-in");
    expect([statusCode, body.includes("does not answer")]).toEqual([503, true]);
    issuer.goAway(false);
    expect((await one.begin()).address).toContain(issuer.url);
    await app.close();
  });
});
