// The HTTP client over a real socket: answers, statuses, what is asked again, and callers who go away.

import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faultOfStatus, type HttpRequest, StatusBody } from "../../src/adapters/http.ts";
import { breaks, faultOf, hangs, moment, says, startToldServer, type ToldServer } from "../support/told-server.ts";

let server: ToldServer;
beforeAll(async () => {
  server = await startToldServer();
});
afterAll(() => server.close());

describe("an answer", () => {
  it("is its status, headers and parsed body", async () => {
    server.will(says(201, '{"name":"Zoë"}', { etag: '"7"' }));
    const { status, headers, body } = await server.ask({ headers: { accept: "application/json" } });
    expect([status, headers.get("etag"), body]).toEqual([201, '"7"', { name: "Zoë" }]);
    expect(server.requests()).toMatchObject([
      { method: "GET", url: "/base/people/1", headers: { accept: "application/json" } },
    ]);
  });

  it.each([
    ["empty", 200, "", null],
    ["without content", 204, "", null],
    ["packed", 200, gzipSync('{"a":1}'), { a: 1 }],
    ["with a byte order mark", 200, '\uFEFF{"a":1}', { a: 1 }],
  ])("may be %s", async (...[how, status, text, parsed]) => {
    server.will(says(status, text, how === "packed" ? { "content-encoding": "gzip" } : {}));
    expect((await server.ask()).body).toEqual(parsed);
  });

  it.each([
    ["a page instead of data", says(200, "<html>Amelia</html>")],
    ["half of it", says(200, '{"name":"Amelia')],
    ["a redirect", says(302, "", { location: "/elsewhere" })],
    ["a redirect to another host", says(301, "", { location: "http://192.0.2.1/" })],
    ["a redirect that keeps the body", says(307, "", { location: "/elsewhere" })],
    ["too much, as it says", says(200, Buffer.alloc(10 * 1024 * 1024 + 1, " "))],
    ["too much, packed", says(200, gzipSync(Buffer.alloc(11 * 1024 * 1024, " ")), { "content-encoding": "gzip" })],
  ])("that is %s is malformed", async (_, answer) => {
    server.will(answer);
    expect((await faultOf(server.ask())).code).toBe("MALFORMED");
    expect(server.requests()).toHaveLength(1);
  });

  it("without an end is not read to it", async () => {
    const closed = moment();
    server.will((_, response) => {
      const part = Buffer.alloc(1024 * 1024, " ");
      const pour = () => {
        while (!response.destroyed && response.write(part));
      };
      response.on("drain", pour).on("close", closed.now);
      pour();
    });
    expect((await faultOf(server.ask())).message).toBe("test: reading people: the answer is too large (MALFORMED)");
    await closed.comes;
  });

  it("of ten megabytes is taken", async () => {
    server.will(says(200, `"${"x".repeat(10 * 1024 * 1024 - 2)}"`));
    expect((await server.ask()).body).toHaveLength(10 * 1024 * 1024 - 2);
  });
});

describe("a status", () => {
  it.each([
    ...([
      [400, "BAD_REQUEST"],
      [401, "AUTH"],
      [403, "FORBIDDEN"],
      [404, "NOT_FOUND"],
      [405, "BAD_REQUEST"],
    ] as const),
    ...([
      [408, "TIMEOUT"],
      [409, "CONFLICT"],
      [410, "NOT_FOUND"],
      [412, "CONFLICT"],
      [422, "BAD_REQUEST"],
    ] as const),
    ...([
      [429, "THROTTLED"],
      [500, "UNAVAILABLE"],
      [503, "UNAVAILABLE"],
      [504, "TIMEOUT"],
      [302, "MALFORMED"],
    ] as const),
  ])("of %i is %s", (status, code) => expect(faultOfStatus(status)).toBe(code));

  it("comes with its body for the adapter alone", async () => {
    server.will(says(422, '{"code":"X"}'));
    const fault = await faultOf(server.ask());
    expect(fault.message).toBe("test: reading people: status 422 (BAD_REQUEST)");
    expect(fault.cause).toEqual(new StatusBody(422, { code: "X" }));
    expect((fault.cause as StatusBody).body).toEqual({ code: "X" });
  });
});

describe("what is asked again", () => {
  const POST = { method: "POST", body: "{}" } as const;

  it.each<[string, Partial<HttpRequest>, number]>([
    ["a question", {}, 2],
    ["a search by POST", { ...POST, repeatable: true }, 2],
    ["a message", POST, 1],
    ["a question that must not be", { repeatable: false }, 1],
  ])("is %s or not", async (_, request, times) => {
    for (const failure of [says(503), says(429), breaks]) {
      server.will(failure, says(200));
      const status = await server.ask(request).then(
        (answer) => answer.status,
        () => "fault",
      );
      expect([status, server.requests().length]).toEqual(times === 2 ? [200, 2] : ["fault", 1]);
    }
  });

  it.each([400, 401, 403, 404, 409, 422])("is nothing that was refused with %i", async (status) => {
    server.will(says(status), says(200));
    await faultOf(server.ask());
    expect(server.requests()).toHaveLength(1);
  });

  it("differs where each attempt must", async () => {
    server.will(says(503), says(200));
    let attempts = 0;
    await server.ask({
      headers: { "x-own": "same" },
      perAttempt: () => ({ headers: { "x-id": String((attempts += 1)) } }),
    });
    expect(server.requests().map(({ headers }) => [headers["x-own"], headers["x-id"]])).toEqual([
      ["same", "1"],
      ["same", "2"],
    ]);
  });

  it("comes after an attempt that hung", async () => {
    server.will(hangs, says(200));
    expect((await server.ask({}, { tryMs: 50 })).status).toBe(200);
    expect(server.requests()).toHaveLength(2);
  });
});

describe("asked to come back", () => {
  it.each([
    ["0", 0],
    ["120", 120_000],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
    ["soon", null],
  ])("after %s, a fault says when", async (header, retryAfterMs) => {
    server.will(says(429, "", { "retry-after": header }));
    expect(await faultOf(server.ask({}, { retries: 0 }))).toMatchObject({ code: "THROTTLED", retryAfterMs });
  });

  it("on a date, it says how long that is", async () => {
    server.will(says(503, "", { "retry-after": new Date(Date.now() + 3_600_000).toUTCString() }));
    const { retryAfterMs } = await faultOf(server.ask());
    expect(retryAfterMs).toBeGreaterThan(3_500_000);
    expect(retryAfterMs).toBeLessThanOrEqual(3_600_000);
    expect(server.requests()).toHaveLength(1);
  });
});

describe("a caller who goes away", () => {
  it("ends the request at the server", async () => {
    const arrived = moment();
    const closed = moment();
    server.will((request) => {
      request.socket.once("close", closed.now);
      arrived.now();
    });
    const caller = new AbortController();
    const call = faultOf(server.ask({}, {}, caller.signal));
    await arrived.comes;
    caller.abort();
    expect((await call).code).toBe("CANCELLED");
    await closed.comes;
    expect(server.requests()).toHaveLength(1);
  });

  it("ends one whose body is on its way", async () => {
    const arrived = moment();
    const closed = moment();
    server.will((_, response) => {
      response.writeHead(200).write('{"half":');
      response.once("close", closed.now);
      arrived.now();
    });
    const caller = new AbortController();
    const call = faultOf(server.ask({}, {}, caller.signal));
    await arrived.comes;
    caller.abort();
    expect((await call).code).toBe("CANCELLED");
    await closed.comes;
  });
});
