// The HTTP client over a real socket, with a server that does what it is told.

import { once, setMaxListeners } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AgencyFault } from "../../src/adapters/agency-fault.ts";
import { faultOfStatus, type HttpRequest, makeHttp, StatusBody } from "../../src/adapters/http.ts";
import { LANES, type LaneSettings, makeLane } from "../../src/adapters/lane.ts";

type Answers = (request: IncomingMessage, response: ServerResponse) => void;

const QUICK: LaneSettings = { ...LANES.police, breakAfter: 1_000 };
const ever = new AbortController().signal;
setMaxListeners(0, ever);

let server: Server;
let origin = "";
let requests: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[] = [];
/** The last one answers all that follow. */
let answers: Answers[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      requests.push({ method, url, headers, body });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      answer?.(request, response);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  requests = [];
});

const says =
  (status: number, body: string | Buffer = "{}", headers: Record<string, string> = {}): Answers =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);
const breaks: Answers = (request) => void request.socket.destroy();
const hangs: Answers = () => {};

const ask = (request: Partial<HttpRequest> = {}, settings: Partial<LaneSettings> = {}, signal = ever) => {
  const http = makeHttp(makeLane("test", { ...QUICK, ...settings }), new URL(`${origin}/base`));
  return http.request({ path: "people/1", doing: "reading people", ...request }, signal);
};
const faultOf = async (call: Promise<unknown>): Promise<AgencyFault> => {
  const fault = await call.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(fault instanceof AgencyFault)) throw new Error(`No fault but ${inspect(fault)}`);
  return fault;
};

describe("an answer", () => {
  it("is its status, headers and parsed body", async () => {
    answers = [says(201, '{"name":"Zoë"}', { etag: '"7"' })];
    const { status, headers, body } = await ask({ headers: { accept: "application/json" } });
    expect([status, headers.get("etag"), body]).toEqual([201, '"7"', { name: "Zoë" }]);
    expect(requests).toMatchObject([{ method: "GET", url: "/base/people/1", headers: { accept: "application/json" } }]);
  });

  it.each([
    ["empty", 200, "", null],
    ["without content", 204, "", null],
    ["packed", 200, gzipSync('{"a":1}'), { a: 1 }],
    ["with a byte order mark", 200, '\uFEFF{"a":1}', { a: 1 }],
  ])("may be %s", async (...[how, status, text, parsed]) => {
    answers = [says(status, text, how === "packed" ? { "content-encoding": "gzip" } : {})];
    expect((await ask()).body).toEqual(parsed);
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
    answers = [answer];
    expect((await faultOf(ask())).code).toBe("MALFORMED");
    expect(requests).toHaveLength(1);
  });

  it("without an end is not read to it", async () => {
    const closed = Promise.withResolvers<void>();
    answers = [
      (_, response) => {
        const part = Buffer.alloc(1024 * 1024, " ");
        const pour = () => {
          while (!response.destroyed && response.write(part));
        };
        response.on("drain", pour).on("close", closed.resolve);
        pour();
      },
    ];
    expect((await faultOf(ask())).message).toBe("test: reading people: the answer is too large (MALFORMED)");
    await closed.promise;
  });

  it("of ten megabytes is taken", async () => {
    answers = [says(200, `"${"x".repeat(10 * 1024 * 1024 - 2)}"`)];
    expect((await ask()).body).toHaveLength(10 * 1024 * 1024 - 2);
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
    answers = [says(422, '{"code":"X"}')];
    const fault = await faultOf(ask());
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
      requests = [];
      answers = [failure, says(200)];
      const status = await ask(request).then(
        (answer) => answer.status,
        () => "fault",
      );
      expect([status, requests.length]).toEqual(times === 2 ? [200, 2] : ["fault", 1]);
    }
  });

  it.each([400, 401, 403, 404, 409, 422])("is nothing that was refused with %i", async (status) => {
    answers = [says(status), says(200)];
    await faultOf(ask());
    expect(requests).toHaveLength(1);
  });

  it("differs where each attempt must", async () => {
    answers = [says(503), says(200)];
    let attempts = 0;
    await ask({ headers: { "x-own": "same" }, perAttempt: () => ({ headers: { "x-id": String((attempts += 1)) } }) });
    expect(requests.map(({ headers }) => [headers["x-own"], headers["x-id"]])).toEqual([
      ["same", "1"],
      ["same", "2"],
    ]);
  });

  it("comes after an attempt that hung", async () => {
    answers = [hangs, says(200)];
    expect((await ask({}, { tryMs: 50 })).status).toBe(200);
    expect(requests).toHaveLength(2);
  });
});

describe("asked to come back", () => {
  it.each([
    ["0", 0],
    ["120", 120_000],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
    ["soon", null],
  ])("after %s, a fault says when", async (header, retryAfterMs) => {
    answers = [says(429, "", { "retry-after": header })];
    expect(await faultOf(ask({}, { retries: 0 }))).toMatchObject({ code: "THROTTLED", retryAfterMs });
  });

  it("on a date, it says how long that is", async () => {
    answers = [says(503, "", { "retry-after": new Date(Date.now() + 3_600_000).toUTCString() })];
    const { retryAfterMs } = await faultOf(ask());
    expect(retryAfterMs).toBeGreaterThan(3_500_000);
    expect(retryAfterMs).toBeLessThanOrEqual(3_600_000);
    expect(requests).toHaveLength(1);
  });
});

describe("a caller who goes away", () => {
  it("ends the request at the server", async () => {
    const arrived = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    answers = [
      (request) => {
        request.socket.once("close", closed.resolve);
        arrived.resolve();
      },
    ];
    const caller = new AbortController();
    const call = faultOf(ask({}, {}, caller.signal));
    await arrived.promise;
    caller.abort();
    expect((await call).code).toBe("CANCELLED");
    await closed.promise;
    expect(requests).toHaveLength(1);
  });

  it("ends one whose body is on its way", async () => {
    const arrived = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    answers = [
      (_, response) => {
        response.writeHead(200).write('{"half":');
        response.once("close", closed.resolve);
        arrived.resolve();
      },
    ];
    const caller = new AbortController();
    const call = faultOf(ask({}, {}, caller.signal));
    await arrived.promise;
    caller.abort();
    expect((await call).code).toBe("CANCELLED");
    await closed.promise;
  });
});

describe("a link", () => {
  it.each([
    ["a path below", "people/2", "/base/people/2"],
    ["a path from the base", "/people/2", "/base/people/2"],
    ["a page that the system named", () => `${origin}/other?page=2`, "/other?page=2"],
    ["a path with two slashes", "//192.0.2.1/people", "/192.0.2.1/people"],
  ])("to %s is followed", async (_, path, url) => {
    answers = [says(200)];
    await ask({ path: typeof path === "string" ? path : path() });
    expect(requests.map((request) => request.url)).toEqual([url]);
  });

  it.each([
    ["another host", "http://192.0.2.1/people"],
    ["another port", "http://127.0.0.1:9/people"],
    ["another scheme", "https://127.0.0.1/people"],
    ["a file", "file:///etc/hosts"],
    ["no address", "http://[amelia"],
    ["our own host in the name", () => origin.replace("http://", "http://amelia:hartley@")],
    ["another host behind our name", () => `${origin}@192.0.2.1/people`],
  ])("to %s is refused", async (_, path) => {
    answers = [says(200)];
    const fault = await faultOf(ask({ path: typeof path === "string" ? path : path() }));
    expect(fault.message).toBe("test: following a link that leads to another host (MALFORMED)");
    expect(fault.cause).toBeUndefined();
    expect(requests).toEqual([]);
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
    answers = [answer];
    const request = { method: "POST", body: `{"name":"${SECRET}"}`, headers: { "x-child": SECRET } } as const;
    const call = ask({ ...request, path: path ?? `people/${SECRET}?name=${SECRET}` }, { tryMs: 200, limitMs: 300 });
    const fault = await faultOf(call);
    expect(told(fault)).not.toContain(SECRET);
    expect(fault.message).toMatch(/^test: /);
  });

  it("of nobody listening tells nothing either", async () => {
    const nobody = makeHttp(makeLane("test", QUICK), new URL("http://127.0.0.1:9/"));
    const fault = await faultOf(nobody.request({ path: `people/${SECRET}`, doing: "reading people" }, ever));
    expect(fault.message).toBe("test: reading people: no connection (UNAVAILABLE)");
    expect(told(fault)).not.toContain(SECRET);
  });
});
