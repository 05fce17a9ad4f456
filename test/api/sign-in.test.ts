// People who sign in with a browser: away to the issuer and back, with a cookie that is good for the hub's own pages and nobody else's.

import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { clearSessions } from "../../src/services/sessions.ts";
import { postcodeHash, surnameHash } from "../../src/services/workers-seen.ts";
import { WorkerSeenRow } from "../../src/store/rows-access.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { SessionRow, SignInBegunRow } from "../../src/store/rows-keeping.ts";
import { Browser } from "../support/browser.ts";
import { ENGINES } from "../support/engines.ts";
import { freePort } from "../support/free-port.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

const ME = "{ me { name role agency { id } } }";
const MINUTE_MS = 60_000;

describe.each(ENGINES)("on $name, somebody with a browser", (engine) => {
  let world: LightHub;
  let hub: string;
  beforeAll(async () => {
    const port = await freePort();
    hub = `http://127.0.0.1:${port}`;
    world = await startLightHub(engine, {}, { PORT: String(port), HUB_URL: hub });
  });
  afterAll(() => world?.close());
  afterEach(() => world.setNow(null));

  const rows = () => world.open.hub.db.manager;
  const minutesOn = (from: Date, count: number) => world.setNow(new Date(from.getTime() + count * MINUTE_MS));
  const signedIn = async (person: string) => {
    const browser = new Browser();
    await browser.signIn(hub, person);
    return browser;
  };
  /** Stops just before the browser comes back to the hub. */
  const wayBack = async (browser: Browser, person: string) => {
    const { url } = await browser.signIn(hub, person, { until: (to) => to.pathname === "/sign-in/callback" });
    return url;
  };
  const refusedAt = async (browser: Browser, headers: Record<string, string> = {}) => {
    const { status, json } = await browser.ask(hub, ME, headers);
    expect([status, json.errors?.[0]?.extensions.code]).toEqual([401, "NOT_SIGNED_IN"]);
    return json.errors[0].message as string;
  };

  it("signs in, asks, sees who they are, and signs out", async () => {
    const browser = await signedIn("teacher");
    const { json } = await browser.ask(hub, ME);
    expect(json.data.me).toEqual({ name: "Priya Tennant", role: "TEACHER", agency: { id: "larch-hill-primary" } });
    const page = await browser.visit(`${hub}/account`);
    expect(page.text).toContain("Priya Tennant");
    expect(page.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    const copied = browser.cookie(hub, "hub");
    const out = await browser.visit(`${hub}/sign-out`, {
      method: "POST",
      headers: { origin: hub, "content-type": "application/x-www-form-urlencoded" },
      body: "",
    });
    expect([out.status, browser.cookie(hub, "hub")]).toEqual([200, null]);
    // A cookie that somebody copied before is worth nothing now.
    browser.cookies.get(new URL(hub).host)!.set("hub", copied!);
    expect(await refusedAt(browser)).toContain("ended");
  });

  it("has a cookie that no script reads, of which the store keeps nothing", async () => {
    const browser = new Browser();
    const { headers } = await browser.signIn(hub, "teacher", { until: (to) => to.pathname === "/account" });
    const cookie = headers.getSetCookie().find((line) => line.startsWith("hub="));
    expect(cookie).toMatch(/^hub=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=28800$/);
    const kept = JSON.stringify(await rows().find(SessionRow));
    expect(kept).not.toContain(browser.cookie(hub, "hub"));
    expect(await rows().count(SignInBegunRow)).toBe(0);
    const entries = await rows().findBy(AuditRow, { what: "session.started" });
    expect(entries[0]).toMatchObject({ actorId: "demo|teacher", role: "TEACHER", allowed: true });
  });

  it.each([
    ["/messages/1?a=b", "/messages/1?a=b"],
    ["//evil.example/", "/account"],
  ])("who wanted %s comes back at %s", async (wanted, path) => {
    const { url } = await new Browser().signIn(hub, "teacher", {
      returnTo: wanted,
      until: (to) => to.pathname !== "/sign-in/callback" && to.pathname !== "/authorize",
    });
    expect(url).toBe(`${hub}${path}`);
  });

  it("comes back once, in the browser that went, with the answer to its own question", async () => {
    const [browser, other] = [new Browser(), new Browser()];
    const back = await wayBack(browser, "mash-manager");
    const theirs = await wayBack(other, "teacher");
    const answer = async (from: Browser, url: string) => {
      const { status, text } = await from.visit(url);
      return [status, text.includes("not signed in"), from.cookie(hub, "hub")];
    };
    const no = [400, true, null];
    expect(await answer(new Browser(), back)).toEqual(no);
    expect(await answer(other, back)).toEqual(no);
    // Its own way back is still good: nothing of it was spent by the others.
    expect((await browser.visit(back)).status).toBe(200);
    expect((await browser.ask(hub, ME)).json.data.me.role).toBe("MASH_MANAGER");
    const again = new Browser();
    again.cookies.set(new URL(hub).host, new Map([["hub-begun", new URL(back).searchParams.get("state")!]]));
    expect(await answer(again, back)).toEqual(no);
    expect(await answer(other, theirs)).toEqual(no);
  });

  it("is not signed in by another's code, an invented one, a late answer, or a refusal", async () => {
    const code = new URL(await wayBack(new Browser(), "mash-manager")).searchParams.get("code")!;
    const invented = randomBytes(16).toString("hex");
    for (const change of [{ code }, { code: invented }, { code: "", error: "access_denied" }]) {
      const browser = new Browser();
      const back = new URL(await wayBack(browser, "teacher"));
      for (const [name, value] of Object.entries(change))
        if (value === "") back.searchParams.delete(name);
        else back.searchParams.set(name, value);
      const { status, text } = await browser.visit(back.href);
      expect([status, browser.cookie(hub, "hub")]).toEqual([400, null]);
      expect(text).not.toContain(invented);
    }
    const late = new Browser();
    const began = new Date();
    const back = await wayBack(late, "teacher");
    minutesOn(began, 11);
    expect((await late.visit(back)).status).toBe(400);
  });

  it("is answered on the hub's own pages alone", async () => {
    const browser = await signedIn("social-worker");
    expect((await browser.ask(hub, ME)).status).toBe(200);
    const own = { "sec-fetch-site": "" };
    const notOwn = [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { origin: "https://evil.example" },
      { ...own, origin: "null" },
      { ...own, origin: `${hub}.evil.example` },
    ];
    for (const headers of notOwn) expect(await refusedAt(browser, headers)).toContain("own pages");
    // What a form can send, a form of another site can send.
    const form = await browser.visit(`${hub}/graphql`, {
      method: "POST",
      headers: { "content-type": "text/plain", origin: hub, "sec-fetch-site": "same-origin" },
      body: JSON.stringify({ query: ME }),
    });
    expect(form.status).toBeGreaterThanOrEqual(400);
    const out = await browser.visit(`${hub}/sign-out`, { method: "POST", headers: { origin: "https://evil.example" } });
    expect([out.status, (await browser.ask(hub, ME)).status]).toEqual([403, 200]);
  });

  it("is asked for a token who sends both a bad one and a good cookie", async () => {
    const browser = await signedIn("social-worker");
    expect(await refusedAt(browser, { authorization: "Bearer a.b.c" })).toContain("not valid");
  });

  it("is signed out who leaves it alone, and at the end of the day whatever they do", async () => {
    const began = new Date();
    const [busy, idle] = [await signedIn("social-worker"), await signedIn("social-worker")];
    for (let minutes = 25; minutes < 8 * 60; minutes += 25) {
      minutesOn(began, minutes);
      expect((await busy.ask(hub, ME)).status).toBe(200);
      if (minutes === 50) await refusedAt(idle);
    }
    minutesOn(began, 8 * 60 + 1);
    await refusedAt(busy);
    expect(await clearSessions(world.open.hub)).toBeGreaterThan(2);
    expect([await rows().count(SessionRow), await rows().count(SignInBegunRow)]).toEqual([0, 0]);
  });

  it("is signed out everywhere by themselves and by those who may, and by nobody else", async () => {
    const end = (whom: string) => `mutation { endSessions(actorId: "demo|${whom}") }`;
    const [here, there, officer, nosy] = await Promise.all(
      ["teacher", "teacher", "data-protection-officer", "police-officer"].map(signedIn),
    );
    const refused = await nosy!.ask(hub, end("teacher"));
    expect(refused.json.errors[0].extensions.code).toBe("NOT_ALLOWED");
    expect((await here!.ask(hub, ME)).status).toBe(200);
    const ended = await officer!.ask(hub, end("teacher"));
    expect(ended.json.data.endSessions).toBeGreaterThanOrEqual(2);
    await refusedAt(here!);
    await refusedAt(there!);
    const own = await nosy!.ask(hub, "mutation { endSessions }");
    expect(own.json.data.endSessions).toBeGreaterThanOrEqual(1);
    await refusedAt(nosy!);
    const told = (await rows().findBy(AuditRow, { what: "sessions.ended" })).map(({ actorId, allowed }) => [
      actorId,
      allowed,
    ]);
    expect(told).toEqual(
      expect.arrayContaining([
        ["demo|police-officer", false],
        ["demo|data-protection-officer", true],
        ["demo|police-officer", true],
      ]),
    );
  });

  it("is noted as somebody who was here, by hashes of where they live and of their surname", async () => {
    await signedIn("teacher");
    await world.ask("nobody", ME);
    const noted = await expect
      .poll(() => rows().find(WorkerSeenRow))
      .toEqual(expect.arrayContaining([expect.objectContaining({ actorId: "demo|nobody" })]))
      .then(() => rows().find(WorkerSeenRow));
    const of = (person: string) => noted.find(({ actorId }) => actorId === `demo|${person}`);
    expect(of("teacher")).toMatchObject({
      name: "Priya Tennant",
      role: "TEACHER",
      agencyId: "larch-hill-primary",
      surnameHash: surnameHash(world.open.hub, "TENNANT"),
      postcodeHash: postcodeHash(world.open.hub, "ox999zz"),
    });
    expect(of("nobody")).toMatchObject({ role: null, postcodeHash: null });
    expect(JSON.stringify(noted)).not.toContain("OX99");
  });
});
