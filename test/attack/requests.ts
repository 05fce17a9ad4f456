// Requests made to confuse or to hold up what reads them, and what another site's page can make a browser send.

import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { RECORDS } from "../support/demo-records.ts";
import type { AttackWorld } from "./world.ts";

const ASK = JSON.stringify({ query: "{ me { id } }" });
const FORM = "application/x-www-form-urlencoded";

export function requests(world: () => AttackWorld): void {
  describe("a body", () => {
    it.each([
      [
        "of ten megabytes",
        JSON.stringify({ query: "{ me { id } }", pad: "x".repeat(10 * 1024 * 1024) }),
        {},
        413,
        "TOO_LARGE",
      ],
      [
        "of variables without end",
        JSON.stringify({ query: "{ me { id } }", variables: { a: "x".repeat(101 * 1024) } }),
        {},
        413,
        "TOO_LARGE",
      ],
      ["that is packed", gzipSync("x".repeat(50_000_000)), { "content-encoding": "gzip" }, 415, "BAD_REQUEST"],
      ["that is packed in two ways", ASK, { "content-encoding": "br, gzip" }, 415, "BAD_REQUEST"],
      ["nested fifty thousand deep", "[".repeat(50_000), {}, 400, "BAD_REQUEST"],
      ["that names a prototype", '{"query":"{ me { id } }","__proto__":{"admin":true}}', {}, 400, "BAD_REQUEST"],
      ["of a form", "query=%7Bme%7Bid%7D%7D", { "content-type": FORM }, 415, "BAD_REQUEST"],
      ["of a form with files", ASK, { "content-type": "multipart/form-data; boundary=x" }, 415, "BAD_REQUEST"],
      ["of plain text", ASK, { "content-type": "text/plain" }, 400, "BAD_REQUEST"],
      [
        "of XML",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        { "content-type": "application/xml" },
        415,
        "BAD_REQUEST",
      ],
      [
        "of text that is XML",
        "<!DOCTYPE a [<!ENTITY b 'b'>]><a>&b;</a>",
        { "content-type": "text/xml" },
        415,
        "BAD_REQUEST",
      ],
      ["of a GraphQL document", "{ me { id } }", { "content-type": "application/graphql" }, 415, "BAD_REQUEST"],
    ])("%s is refused", async (_, body, headers, status, code) => {
      const authorization = `Bearer ${await world().tokenOf("agency-developer")}`;
      const seen = await world().send(body, { authorization, ...headers });
      expect([seen.status, seen.codes]).toEqual([status, [code]]);
      expect(seen.text).not.toMatch(/etc|root:|admin|xxx/);
    });

    it("of as many ids as fit into it asks no agency", async () => {
      const variables = {
        ids: Array.from({ length: 2_500 }, (_, n) => `01a1ffda-881d-704b-8279-${String(n).padStart(12, "0")}`),
      };
      for (const system of world().systems.values()) system.countRequests();
      const { errors } = await world().as(
        "agency-developer",
        "query ($ids: [ID!]!) { children(ids: $ids) { id } }",
        variables,
      );
      expect(errors[0]!.extensions.code).toMatch(/^(BAD_INPUT|NOT_ALLOWED)$/);
      expect([...world().systems.values()].map((system) => system.countRequests())).toEqual(
        Object.keys(RECORDS).map(() => 0),
      );
    });
  });

  describe("another site's page", () => {
    const evil = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    it.each([
      ["posting a form", FORM, "query=mutation"],
      ["posting text", "text/plain", ASK],
      ["posting files", "multipart/form-data; boundary=x", "--x--"],
    ])("%s, as which a browser asks nobody first, is refused", async (_, type, body) => {
      const seen = await world().send(body, {
        ...evil,
        "content-type": type,
        cookie: "hub=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      });
      expect(seen.status).toBeGreaterThanOrEqual(400);
      expect(seen.status).toBeLessThan(500);
    });

    it("is told by no answer that it may read it", async () => {
      for (const method of ["OPTIONS", "POST", "GET"]) {
        const { headers } = await fetch(`${world().url}/graphql`, {
          method,
          headers: { origin: "https://evil.example" },
        });
        expect([...headers.keys()].filter((name) => name.startsWith("access-control"))).toEqual([]);
      }
    });

    it("can ask nothing by an address", async () => {
      const asked = (path: string, headers = {}) =>
        fetch(`${world().url}${path}`, { headers: { ...evil, ...headers } });
      for (const query of ["{me{id}}", "mutation{setPreference(routine:AT_ONCE){routine}}"])
        expect((await asked(`/graphql?query=${encodeURIComponent(query)}`)).status).toBe(405);
      expect((await asked(`/graphql?documentId=sha256:${"0".repeat(64)}`)).status).toBe(405);
      const stream = `/graphql/stream?query=${encodeURIComponent("subscription{messageArrived{id}}")}`;
      const accept = "text/event-stream";
      expect((await asked(stream, { accept, cookie: "hub=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" })).status).toBe(401);
    });
  });

  describe("every answer", () => {
    it.each(["/graphql", "/health", "/ready", "/outbox", "/messages/1", "/no-such-page", "/graphql?query=x"])(
      "of %s tells browsers to load, frame, guess and keep nothing",
      async (path) => {
        const { headers } = await fetch(`${world().url}${path}`);
        expect(headers.get("content-security-policy")).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
        expect(headers.get("content-security-policy")).not.toMatch(/script-src[^;]*(unsafe|\*|https?:)/);
        expect(Object.fromEntries(headers)).toMatchObject({
          "x-content-type-options": "nosniff",
          "x-frame-options": "DENY",
          "referrer-policy": "no-referrer",
          "cross-origin-opener-policy": "same-origin",
          "cross-origin-resource-policy": "same-origin",
          "cache-control": "no-store",
          "permissions-policy": expect.stringContaining("camera=()"),
        });
        expect(headers.get("server") ?? headers.get("x-powered-by")).toBeNull();
      },
    );

    it("of GraphiQL runs its own script alone, known by a number used once", async () => {
      const pages = await Promise.all(
        [1, 2].map(async () => {
          const response = await fetch(`${world().url}/graphql`, { headers: { accept: "text/html" } });
          const nonce = /script-src 'nonce-([^']+)'/.exec(response.headers.get("content-security-policy")!)![1]!;
          return { nonce, text: await response.text() };
        }),
      );
      for (const { nonce, text } of pages) expect(text.split(`<script nonce="${nonce}">`)).toHaveLength(2);
      expect(pages[0]!.nonce).not.toBe(pages[1]!.nonce);
    });
  });

  describe("an address", () => {
    it.each([
      "/../../../../etc/passwd",
      "/graphql/../../../etc/passwd",
      "/messages/..%2f..%2f..%2fetc%2fpasswd",
      "/messages/%2e%2e/%2e%2e/etc/passwd",
      "/..%5c..%5cpackage.json",
      "/%2e%2e/package.json",
      "/messages/%00",
      "/messages/%c0%ae%c0%ae/package.json",
      "//etc/passwd",
      "/.env",
      "/.git/config",
      "/src/config.ts",
      "/node_modules/fastify/package.json",
      `/messages/${"a".repeat(5_000)}`,
    ])("%s leads to no file", async (path) => {
      const answer = await world().raw((socket) =>
        socket.write(`GET ${path} HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n`),
      );
      expect(answer).toMatch(/^HTTP\/1.1 (200|400|404|414) /);
      expect(answer).not.toMatch(/root:|"dependencies"|DATABASE_URL|SETTINGS/);
      if (/^HTTP\/1.1 200/.test(answer)) expect(answer).toContain("You have a message");
    });
  });

  describe("a connection", () => {
    const HEAD = "POST /graphql HTTP/1.1\r\nHost: hub\r\nContent-Type: application/json\r\n";
    it.each([
      ["whose headers never end", (send: (text: string) => void) => send(`${HEAD}X-A: `)],
      ["whose body never comes", (send: (text: string) => void) => send(`${HEAD}Content-Length: 1000\r\n\r\n`)],
      [
        "whose body comes a byte at a time",
        (send: (text: string) => void) => {
          send(`${HEAD}Content-Length: 1000\r\n\r\n{`);
          const drip = setInterval(() => send("x"), 100);
          setTimeout(() => clearInterval(drip), 8_000).unref();
        },
      ],
    ])("%s is closed, and nobody waits for it", async (_, attack) => {
      const slow = Array.from({ length: 20 }, () => world().raw((socket) => attack((text) => void socket.write(text))));
      const other = await world().as("agency-developer", "{ me { role } }");
      expect(other.data.me.role).toBe("AGENCY_DEVELOPER");
      for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^(HTTP\/1.1 408 |$)/);
    });

    it("more than there may be is dropped, and those that are open are served", async () => {
      const held = await Promise.all(
        Array.from({ length: 200 }, () => world().raw((socket) => setTimeout(() => socket.destroy(), 300))),
      );
      expect(held.every((answer) => !answer.startsWith("HTTP/1.1 200"))).toBe(true);
      expect((await world().as("agency-developer", "{ me { role } }")).data.me.role).toBe("AGENCY_DEVELOPER");
    });

    it.each(["a b", "[::", "%%%", "hub:99999", "", "a\\b", "hub/x?"])(
      'to the host "%s" is no fault of the hub',
      async (host) => {
        const text = `POST /graphql HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ${ASK.length}\r\n\r\n${ASK}`;
        expect(await world().raw((socket) => socket.write(text))).toMatch(/^HTTP\/1.1 40[01] /);
      },
    );

    it.each([
      ["headers too large", `GET /health HTTP/1.1\r\nHost: hub\r\nX-A: ${"a".repeat(20_000)}\r\n\r\n`, 431],
      ["two lengths", `${HEAD}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`, 400],
      ["a length and pieces", `${HEAD}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, 400],
      [
        "a line's end within a header",
        "GET /health HTTP/1.1\r\nHost: hub\r\nX-Purpose: a\rSet-Cookie: b=c\r\n\r\n",
        400,
      ],
      ["a header of no name", "GET /health HTTP/1.1\r\nHost: hub\r\n: a\r\n\r\n", 400],
    ])("with %s is refused", async (_, text, status) => {
      const answer = await world().raw((socket) => socket.end(text));
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      expect(answer).not.toContain("b=c");
    });
  });
}
