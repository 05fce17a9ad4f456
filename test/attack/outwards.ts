// Making the hub call for somebody where they cannot go themselves.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guardedFetch, guardedLookup, mayConnect } from "../../src/adapters/address-guard.ts";
import { makeHttp } from "../../src/adapters/http.ts";
import { LANES, makeLane } from "../../src/adapters/lane.ts";
import { readOperations } from "../../src/resolvers/operations.ts";
import { importsOf, readSources } from "../support/sources.ts";
import type { AttackWorld } from "./world.ts";

const REGISTER = readOperations().find(({ name }) => name === "register-webhook")!.document;
/** Where a cloud gives a machine its secrets, by every spelling. */
const METADATA = [
  "169.254.169.254",
  "2852039166",
  "0xa9fea9fe",
  "0251.0376.0251.0376",
  "[::ffff:169.254.169.254]",
  "[::ffff:a9fe:a9fe]",
  "[64:ff9b::a9fe:a9fe]",
  "[2002:a9fe:a9fe::]",
  "[fd00:ec2::254]",
  "[fe80::a9fe:a9fe]",
  "100.100.100.200",
  "168.63.129.16",
];

export function outwards(world: () => AttackWorld): void {
  describe("an address that is to be called", () => {
    it.each([
      ...METADATA,
      "127.0.0.1",
      "localhost",
      "hub.localhost",
      "10.0.0.1",
      "192.168.0.1",
      "[::1]",
      "0.0.0.0",
      "0",
      "127.1",
    ])("%s is not registered", async (host) => {
      const { data, errors, text } = await world().as("agency-developer", REGISTER, {
        url: `https://${host}/latest/meta-data`,
      });
      expect([data, errors[0]?.extensions.code]).toEqual([null, "BAD_INPUT"]);
      expect(text).not.toContain("meta-data");
    });

    it.each([
      "http://example.org/",
      "file:///etc/passwd",
      "gopher://127.0.0.1:6379/_FLUSHALL",
      "https://a:b@example.org/",
      "//x",
      "javascript:alert(1)",
    ])("%s is none", async (url) => {
      const { errors } = await world().as("agency-developer", REGISTER, { url });
      expect(errors[0]?.extensions.code).toBe("BAD_INPUT");
    });

    it.each(METADATA)("%s is connected to by nobody, not even where private networks are", (host) => {
      const { hostname } = new URL(`http://${host}/`);
      const address = hostname.replace(/^\[|\]$/g, "");
      expect([mayConnect(address, { allowPrivate: true }), mayConnect(address, { allowPrivate: false })]).toEqual([
        false,
        false,
      ]);
    });

    it.each(["10.1.2.3", "127.0.0.1", "::1", "fd12:3456::1", "192.168.1.1"])(
      "%s is where private networks are allowed",
      (address) => {
        expect(mayConnect(address, { allowPrivate: true })).toBe(true);
        expect(mayConnect(address, { allowPrivate: false })).toBe(false);
      },
    );
  });

  describe("a file", () => {
    const src = readSources("src");

    it("of XML is read nowhere, so that no entity in one means anything", async () => {
      expect(src.filter((source) => importsOf(source).some((name) => /xml|sax|libxml|cheerio/i.test(name)))).toEqual(
        [],
      );
      const response = await fetch(`${world().url}/inbound/police/incidents`, {
        method: "POST",
        headers: { "content-type": "application/xml" },
        body: "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
      });
      expect(response.status).toBeGreaterThanOrEqual(400);
      expect(response.status).toBeLessThan(500);
      expect(await response.text()).not.toContain("root:");
    });

    it("of CSV is written nowhere without a guard against formulas", () => {
      const writers = src.filter((source) => importsOf(source).some((name) => name.startsWith("csv-stringify")));
      expect(writers.length).toBeGreaterThan(0);
      expect(
        writers.filter(({ text }) => !/escape_formulas: true|guarded\(/.test(text)).map(({ path }) => path),
      ).toEqual([]);
    });
  });

  describe("an agency's system", () => {
    let inside: Server;
    let calls: string[];
    let answer: { status: number; headers: Record<string, string>; body: string };
    const origin = () => `http://127.0.0.1:${(inside.address() as AddressInfo).port}`;
    beforeAll(async () => {
      calls = [];
      inside = createServer((request, response) => {
        calls.push(request.url ?? "");
        response.writeHead(answer.status, answer.headers).end(answer.body);
      });
      await new Promise<void>((done) => inside.listen(0, "127.0.0.1", done));
    });
    afterAll(() => new Promise((done) => inside.close(done)));
    const ask = (allowPrivate: boolean, path = "/people", base = origin()) =>
      makeHttp(makeLane("test", { ...LANES.mis, retries: 0, allowPrivate }), new URL(base)).request(
        { path, doing: "asking" },
        new AbortController().signal,
      );

    it("in a private network is not called where the settings do not allow it", async () => {
      answer = { status: 200, headers: { "content-type": "application/json" }, body: "{}" };
      calls.length = 0;
      for (const base of [origin(), origin().replace("127.0.0.1", "localhost")])
        await expect(ask(false, "/people", base)).rejects.toMatchObject({ code: "UNAVAILABLE" });
      expect(calls).toEqual([]);
      await expect(ask(true)).resolves.toMatchObject({ status: 200 });
    });

    it.each([301, 302, 303, 307, 308])("that sends on by %i is not followed", async (status) => {
      answer = { status, headers: { location: `${origin()}/secrets` }, body: "" };
      calls.length = 0;
      await expect(ask(true)).rejects.toMatchObject({ code: "MALFORMED" });
      expect(calls).toEqual(["/people"]);
    });

    it.each([
      "http://169.254.169.254/latest",
      "http://127.0.0.1:9/next",
      "https://evil.example/next",
      "http://a@127.0.0.1/next",
    ])("that names %s as its next page is not followed", async (next) => {
      calls.length = 0;
      await expect(ask(true, next)).rejects.toMatchObject({ code: "MALFORMED" });
      expect(calls).toEqual([]);
    });

    it("that answers without end is left", async () => {
      answer = {
        status: 200,
        headers: { "content-type": "application/json" },
        body: `"${"x".repeat(11 * 1024 * 1024)}"`,
      };
      await expect(ask(true)).rejects.toMatchObject({ code: "MALFORMED" });
    });

    it("is looked at for each connection, also one that a name or a redirect leads to", async () => {
      const strict = guardedFetch({ allowPrivate: false });
      await expect(strict(`${origin()}/`)).rejects.toMatchObject({ cause: { code: "PRIVATE_ADDRESS" } });
      await expect(strict(`${origin().replace("127.0.0.1", "localhost")}/`)).rejects.toMatchObject({
        cause: { code: "PRIVATE_ADDRESS" },
      });
      answer = { status: 302, headers: { location: "http://169.254.169.254/latest" }, body: "" };
      await expect(guardedFetch({ allowPrivate: true })(`${origin()}/`)).rejects.toMatchObject({
        cause: { code: "PRIVATE_ADDRESS" },
      });
    });

    it("is connected to at the address that was looked at, and no other", async () => {
      const found = await new Promise((done) =>
        guardedLookup({ allowPrivate: true })("localhost", { all: true }, (error, addresses) =>
          done(error ?? addresses),
        ),
      );
      expect(found).toEqual(expect.arrayContaining([{ address: "127.0.0.1", family: 4 }]));
    });
  });
}
