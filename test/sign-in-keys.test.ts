// The issuer's keys: changed, withdrawn, out of reach, and somewhere that nobody agreed on.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isOfIssuer, makeKeys } from "../src/resolvers/sign-in-keys.ts";
import { checkToken } from "../src/resolvers/sign-in-token.ts";
import { type FakeIssuer, startFakeIssuer } from "./support/fake-issuer.ts";

let issuer: FakeIssuer;
let elsewhere: FakeIssuer;
beforeEach(async () => {
  [issuer, elsewhere] = await Promise.all([startFakeIssuer(), startFakeIssuer()]);
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(async () => {
  vi.useRealTimers();
  await Promise.all([issuer.close(), elsewhere.close()]);
});

const minutesLater = (count: number) => vi.setSystemTime(Date.now() + count * 60_000);

function door(source: { alsoAt?: string[]; secure?: boolean } = {}) {
  const { url } = issuer;
  const keys = makeKeys({ issuer: url, alsoAt: [], secure: false, ...source });
  const rules = { keys, issuer: url, audience: "safeguarding-hub", mostSeconds: 8 * 3_600, now: () => new Date() };
  return async (token: string) => (await checkToken(token, rules)).sub;
}
const lets = (sub = "forger") => sub;
const NOT_VALID = /not valid/;
const AWAY = /cannot be reached/;

describe("the issuer's keys", () => {
  it("are taken up when they are new, and refused within minutes once withdrawn", async () => {
    const open = door();
    const old = await issuer.sign();
    expect(await open(old)).toBe(lets());
    await issuer.addKey("second");
    const renewed = await issuer.sign({}, { kid: "second" });
    // Made-up keys must not make the hub ask without pause.
    await expect(open(renewed)).rejects.toThrow(NOT_VALID);
    minutesLater(1);
    expect(await open(await issuer.sign({}, { kid: "second" }))).toBe(lets());
    issuer.withdrawKey("first");
    expect(await open(await issuer.sign())).toBe(lets());
    minutesLater(5);
    await expect(open(await issuer.sign())).rejects.toThrow(NOT_VALID);
  });

  it("are asked for once, however many tokens with made-up keys come", async () => {
    const open = door();
    await open(await issuer.sign());
    await elsewhere.addKey("made-up");
    const forged = await elsewhere.sign({ iss: issuer.url }, { kid: "made-up" });
    for (let count = 0; count < 20; count += 1) await expect(open(forged)).rejects.toThrow(NOT_VALID);
    expect(issuer.asked.keys).toBe(1);
  });

  it("serve while the issuer is away, and let nobody in with a key that is not among them", async () => {
    const open = door();
    await open(await issuer.sign());
    issuer.goAway(true);
    minutesLater(30);
    expect(await open(await issuer.sign())).toBe(lets());
    await issuer.addKey("second");
    minutesLater(1);
    await expect(open(await issuer.sign({}, { kid: "second" }))).rejects.toThrow(NOT_VALID);
    minutesLater(25 * 60);
    await expect(open(await issuer.sign())).rejects.toThrow(AWAY);
    issuer.goAway(false);
    expect(await open(await issuer.sign())).toBe(lets());
  });

  it("let nobody in before they were ever seen, and then do", async () => {
    const open = door();
    issuer.goAway(true);
    await expect(open(await issuer.sign())).rejects.toThrow(AWAY);
    issuer.goAway(false);
    expect(await open(await issuer.sign())).toBe(lets());
  });

  it("are fetched from the issuer's own origin, or one that is named", async () => {
    issuer.says["jwks_uri"] = `${elsewhere.url}/keys`;
    await expect(door()(await issuer.sign())).rejects.toThrow(AWAY);
    expect(elsewhere.asked).toEqual({ keys: 0, others: 0 });
    const named = door({ alsoAt: [elsewhere.url] });
    expect(await named(await elsewhere.sign({ iss: issuer.url }))).toBe(lets());
  });

  it("are not fetched without TLS where that matters, nor from another issuer's document", async () => {
    await expect(door({ secure: true })(await issuer.sign())).rejects.toThrow(AWAY);
    issuer.says["issuer"] = elsewhere.url;
    await expect(door()(await issuer.sign())).rejects.toThrow(AWAY);
    expect(issuer.asked.keys).toBe(0);
  });

  it.each([
    ["http://169.254.169.254/latest/meta-data", false],
    ["https://login.example.org.evil.example/keys", false],
    ["https://login.example.org@evil.example/keys", false],
    ["https://login.example.org:8443/keys", false],
    ["http://login.example.org/keys", false],
    ["file:///etc/passwd", false],
    ["keys", false],
    ["https://login.example.org/keys", true],
    ["https://keys.example.org/keys", true],
  ])("may lie at %s: %s", (address, may) => {
    const source = {
      issuer: "https://login.example.org/realms/hub",
      alsoAt: ["https://keys.example.org"],
      secure: true,
    };
    expect(isOfIssuer(source, address)).toBe(may);
  });
});
