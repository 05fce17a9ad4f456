// Signing in with a real browser: what it sends, keeps and refuses by itself is what the cookie rests on.

import { existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ENGINES } from "../support/engines.ts";
import { freePort } from "../support/free-port.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
if (!executablePath) process.stderr.write("Signing in is not tried with a browser: there is no Chromium here\n");

describe.skipIf(!executablePath)("a browser", () => {
  let world: LightHub;
  let browser: Browser;
  let page: Page;
  let hub: string;
  /** Another site, with a page that asks the hub and a form that sends to it. */
  let evil: Server;
  let evilUrl: string;
  beforeAll(async () => {
    const port = await freePort();
    hub = `http://localhost:${port}`;
    evil = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(`<form method="post" action="${hub}/sign-out"><button>Win</button></form>`);
    }).listen(0, "127.0.0.1");
    await once(evil, "listening");
    evilUrl = `http://127.0.0.1:${(evil.address() as AddressInfo).port}/`;
    world = await startLightHub(ENGINES[0]!, {}, { PORT: String(port), HUB_URL: hub });
    browser = await chromium.launch({ executablePath: executablePath!, args: ["--no-sandbox"] });
    page = await browser.newPage();
    page.setDefaultTimeout(20_000);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    evil?.close();
    await world?.close();
  });

  const askFromPage = () =>
    page.evaluate(async (url) => {
      const body = JSON.stringify({ query: "{ me { role } }" });
      const sent = { method: "POST", headers: { "content-type": "application/json" }, body };
      const response = await fetch(`${url}/graphql`, { ...sent, credentials: "include" }).catch(() => null);
      return response && { status: response.status, text: await response.text() };
    }, hub);

  it("signs in, asks from the hub's own page, is not asked for by another's, and signs out", async () => {
    await page.goto(`${hub}/account`);
    await page.getByRole("link", { name: "Priya Tennant" }).click();
    await page.getByText("You are signed in as").waitFor();
    expect(new URL(page.url()).href).toBe(`${hub}/account`);
    expect(await page.evaluate("document.cookie")).toBe("");

    // The policy of the hub's page lets it run nothing of its own; what a dashboard there would send is sent by the test.
    await page.goto(`${hub}/health`);
    const csp = await page.context().newCDPSession(page);
    await csp.send("Page.setBypassCSP", { enabled: true });
    await page.reload();
    expect(await askFromPage()).toMatchObject({ status: 200, text: expect.stringContaining("TEACHER") });

    await page.goto(evilUrl);
    expect(await askFromPage()).toBeNull();
    await page.getByRole("button").click();
    await page.goto(`${hub}/account`);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "You are signed out" }).waitFor();
    await page.goto(`${hub}/health`);
    expect(await askFromPage()).toMatchObject({ status: 401 });
  }, 120_000);
});
