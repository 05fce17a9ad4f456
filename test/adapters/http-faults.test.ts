// The HTTP client over a real socket: where it goes, and what its faults never tell.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AgencyFault } from "../../src/adapters/agency-fault.ts";
import { makeHttp } from "../../src/adapters/http.ts";
import { makeLane } from "../../src/adapters/lane.ts";
import {
  type Answers,
  breaks,
  ever,
  faultOf,
  hangs,
  PATIENT,
  says,
  startToldServer,
  type ToldServer,
} from "../support/told-server.ts";

let server: ToldServer;
beforeAll(async () => {
  server = await startToldServer();
});
afterAll(() => server.close());

describe("a link", () => {
  it.each([
    ["a path below", "people/2", "/base/people/2"],
    ["a path from the base", "/people/2", "/base/people/2"],
    ["a page that the system named", () => `${server.origin}/other?page=2`, "/other?page=2"],
    ["a path with two slashes", "//192.0.2.1/people", "/192.0.2.1/people"],
  ])("to %s is followed", async (_, path, url) => {
    server.will(says(200));
    await server.ask({ path: typeof path === "string" ? path : path() });
    expect(server.requests().map((request) => request.url)).toEqual([url]);
  });

  it.each([
    ["another host", "http://192.0.2.1/people"],
    ["another port", "http://127.0.0.1:9/people"],
    ["another scheme", "https://127.0.0.1/people"],
    ["a file", "file:///etc/hosts"],
    ["no address", "http://[amelia"],
    ["our own host in the name", () => server.origin.replace("http://", "http://amelia:hartley@")],
    ["another host behind our name", () => `${server.origin}@192.0.2.1/people`],
  ])("to %s is refused", async (_, path) => {
    server.will(says(200));
    const fault = await faultOf(server.ask({ path: typeof path === "string" ? path : path() }));
    expect(fault.message).toBe("test: following a link that leads to another host (MALFORMED)");
    expect(fault.cause).toBeUndefined();
    expect(server.requests()).toEqual([]);
  });
});

describe("a fault", () => {
  const SECRET = "Hartley9990123470";
  const told = (fault: AgencyFault) => {
    const words: string[] = [];
    for (let error: unknown = fault; error instanceof Error; error = error.cause)
      words.push(error.message, String(error), error.stack ?? "");
    return words.join("\n");
  };

  it.each<[string, Answers, string?]>([
    ["a refusal", says(400, `{"message":"${SECRET}"}`, { "x-said": SECRET })],
    ["a failure", says(500, SECRET)],
    ["a page", says(200, `<p>${SECRET}</p>`)],
    ["half an answer", says(200, `{"name":"${SECRET}`)],
    ["a redirect", says(302, SECRET, { location: `/${SECRET}` })],
    ["a broken connection", breaks],
    ["silence", hangs],
    ["an answer too large", says(200, SECRET.repeat(700_000))],
    ["a link elsewhere", says(200), `http://192.0.2.1/${SECRET}`],
    ["a link with a name", says(200), `http://${SECRET}@127.0.0.1/${SECRET}`],
    ["a link to nowhere", says(200), `http://[${SECRET}`],
  ])("of %s tells nothing about anybody", async (_, answer, path) => {
    server.will(answer);
    const request = { method: "POST", body: `{"name":"${SECRET}"}`, headers: { "x-child": SECRET } } as const;
    const call = server.ask(
      { ...request, path: path ?? `people/${SECRET}?name=${SECRET}` },
      { tryMs: 200, limitMs: 300 },
    );
    const fault = await faultOf(call);
    expect(told(fault)).not.toContain(SECRET);
    expect(fault.message).toMatch(/^test: /);
  });

  it("of nobody listening tells nothing either", async () => {
    const nobody = makeHttp(makeLane("test", PATIENT), new URL("http://127.0.0.1:9/"));
    const fault = await faultOf(nobody.request({ path: `people/${SECRET}`, doing: "reading people" }, ever));
    expect(fault.message).toBe("test: reading people: no connection (UNAVAILABLE)");
    expect(told(fault)).not.toContain(SECRET);
  });
});
