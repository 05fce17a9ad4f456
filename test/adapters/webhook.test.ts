import { mkdtempSync, rmSync } from "node:fs";
import { createServer as createTlsServer } from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { guardedLookup, isPublic } from "../../src/adapters/address-guard.ts";
import { whyNot } from "../../src/adapters/telling/webhook-address.ts";
import { makeWebhookSender } from "../../src/adapters/telling/webhook-sender.ts";
import { makeAuthority } from "../support/police-certificates.ts";
import { type Receive, sampleReceiver, startReceiver } from "../support/call-receiver.ts";

const publicOnly = guardedLookup({ allowPrivate: false });
const SECRET = "5".repeat(64);
const NOW = 1_790_000_000;
const BODY = JSON.stringify({ id: "call-1", kind: "LATE" });

let folder: string;
let makeSample: Awaited<ReturnType<typeof sampleReceiver>>;
let receiver: Awaited<ReturnType<typeof startReceiver>>;
const sender = makeWebhookSender({ allowPrivate: true, now: () => new Date(NOW * 1_000) });
const call = (more = {}) => ({ id: "call-1", url: receiver.url, secret: SECRET, body: BODY, ...more });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "receiver-"));
  makeSample = await sampleReceiver(folder);
  receiver = await startReceiver();
});
afterEach(() => {
  receiver.received.length = 0;
  receiver.answerWith({ status: 204 });
});
afterAll(async () => {
  await receiver.close();
  rmSync(folder, { recursive: true });
});

describe("a call", () => {
  it("is signed, and taken by the receiver of the guide", async () => {
    await sender.webhook(call());
    const [{ headers, body }] = receiver.received as [(typeof receiver.received)[number]];
    expect(headers).toMatchObject({
      "content-type": "application/json",
      "hub-id": "call-1",
      "hub-timestamp": `${NOW}`,
    });
    expect(makeSample(SECRET, { now: () => NOW })(headers, body)).toEqual({ id: "call-1", kind: "LATE" });
  });

  it.each([
    [
      "twice",
      (receive: Receive, headers: object, body: string) => (
        receive({ ...headers }, body),
        receive({ ...headers }, body)
      ),
    ],
    ["with another body", (receive: Receive, headers: object) => receive({ ...headers }, BODY.replace("LATE", "RUNG"))],
    [
      "under another id",
      (receive: Receive, headers: object, body: string) => receive({ ...headers, "hub-id": "call-2" }, body),
    ],
    [
      "at another time",
      (receive: Receive, headers: object, body: string) => receive({ ...headers, "hub-timestamp": `${NOW + 1}` }, body),
    ],
    [
      "without a time",
      (receive: Receive, headers: object, body: string) => receive({ ...headers, "hub-timestamp": "" }, body),
    ],
    [
      "with another signature",
      (receive: Receive, headers: object, body: string) =>
        receive({ ...headers, "hub-signature": `v1=${"0".repeat(64)}` }, body),
    ],
    [
      "with half a signature",
      (receive: Receive, headers: object, body: string) => receive({ ...headers, "hub-signature": "v1=00" }, body),
    ],
    [
      "without a signature",
      (receive: Receive, headers: object, body: string) => receive({ ...headers, "hub-signature": undefined }, body),
    ],
  ])("is refused by it %s", async (_, present) => {
    await sender.webhook(call());
    const { headers, body } = receiver.received[0]!;
    expect(present(makeSample(SECRET, { now: () => NOW }), headers, body)).toBeNull();
  });

  it.each([-301, 301])("is refused by it %i seconds later", async (later) => {
    await sender.webhook(call());
    const { headers, body } = receiver.received[0]!;
    expect(makeSample(SECRET, { now: () => NOW + later })(headers, body)).toBeNull();
  });

  it("is refused by it under another secret", async () => {
    await sender.webhook(call());
    const { headers, body } = receiver.received[0]!;
    expect(makeSample("6".repeat(64), { now: () => NOW })(headers, body)).toBeNull();
  });

  it.each([300, 400, 404, 410, 500])("fails where it is answered with %i", async (status) => {
    receiver.answerWith({ status });
    await expect(sender.webhook(call())).rejects.toMatchObject({ code: `STATUS_${status}` });
  });

  it.each([301, 302, 307, 308])("is not sent on by %i", async (status) => {
    const elsewhere = await startReceiver();
    receiver.answerWith({ status, headers: { location: elsewhere.url } });
    await expect(sender.webhook(call())).rejects.toMatchObject({ code: `STATUS_${status}` });
    expect(elsewhere.received).toEqual([]);
    await elsewhere.close();
  });

  it("is taken whatever the answer's length", async () => {
    receiver.answerWith({ status: 200, body: "x".repeat(5_000_000) });
    await expect(sender.webhook(call())).resolves.toBeUndefined();
  });

  it("is not made to a server whose certificate nobody vouches for", async () => {
    const authority = await makeAuthority("nobody in particular");
    let heard = 0;
    const server = createTlsServer(await authority.issue("127.0.0.1"), (_request, response) => {
      heard += 1;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const failing = sender.webhook(call({ url: `https://127.0.0.1:${port}/hub` }));
    await expect(failing).rejects.toMatchObject({ code: expect.stringMatching(/CERT|SIGNATURE|ISSUER/) });
    expect(heard).toBe(0);
    server.close();
    await authority.close();
  });

  it("fails where nobody answers in time", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as { port: number };
    const hasty = makeWebhookSender({ allowPrivate: true, timeoutMs: 100 });
    await expect(hasty.webhook(call({ url: `http://127.0.0.1:${port}/` }))).rejects.toMatchObject({ code: "TIMEOUT" });
    silent.close();
  });

  it("fails where nobody listens, without quoting the address", async () => {
    const error = await sender.webhook(call({ url: "http://127.0.0.1:9/hub" })).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ name: "Undelivered", message: "ECONNREFUSED" });
  });
});

describe("by default", () => {
  const strict = makeWebhookSender({ allowPrivate: false });
  const over = (host: string) => `https://${host}:${receiver.port}/hub`;

  it.each([
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0x7f000001",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "255.255.255.255",
    "224.0.0.1",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fd00::1]",
    "[fe80::1]",
  ])("%s is neither registered nor called", async (host) => {
    expect(strict.whyNot(over(host))).toBe("must not lie in a private network");
    await expect(strict.webhook(call({ url: over(host) }))).rejects.toMatchObject({ code: "ADDRESS_NOT_ALLOWED" });
  });

  it.each(["localhost", "LOCALHOST", "localhost.", "hub.localhost", "hub.localhost."])(
    "%s, which means this machine, is neither registered nor called",
    async (host) => {
      expect(strict.whyNot(over(host))).toBe("must not lie in a private network");
      await expect(strict.webhook(call({ url: over(host) }))).rejects.toMatchObject({ code: "ADDRESS_NOT_ALLOWED" });
      expect(receiver.received).toEqual([]);
    },
  );

  it.each([
    ["http://example.org/hub", "must begin with https://"],
    ["ftp://example.org/hub", "must begin with https://"],
    ["file:///etc/passwd", "must begin with https://"],
    ["https://user:password@example.org/", "must hold no user name or password"],
    ["https://example.org/#part", "must have no part after a #"],
    ...["\thttps://example.org/", "https://exa\nmple.org/", "https://example.org/\0", "https://example.org/\u0085"].map(
      (url): [string, string] => [url, "must hold no control characters"],
    ),
    ["example.org", "must be an address of up to 500 characters"],
    [`https://example.org/${"a".repeat(500)}`, "must be an address of up to 500 characters"],
    [`https://example.org/${"é".repeat(90)}`, "must be an address of up to 500 characters"],
  ])("%s is not registered", (url, why) => expect(whyNot(url, false)).toBe(why));

  it.each([
    "https://example.org/hub",
    "https://localhost.example.org/",
    "https://notlocalhost.org/",
    "https://8.8.8.8/",
    "https://[2a00:1450:4009::1]/",
  ])("%s is", (url) => expect(whyNot(url, false)).toBeNull());

  it.each(["127.0.0.1", "::1"])("a name is looked up, and refused where it means %s", (address) => {
    const found = new Promise((resolve) =>
      publicOnly(address, { all: true }, (error, addresses) => resolve(error ?? addresses)),
    );
    return expect(found).resolves.toMatchObject({ code: "PRIVATE_ADDRESS" });
  });

  it("a public address passes the look-up, one or all", async () => {
    const look = (all: boolean) =>
      new Promise((resolve) => publicOnly("8.8.8.8", { all }, (error, addresses) => resolve(error ?? addresses)));
    expect(await look(false)).toBe("8.8.8.8");
    expect(await look(true)).toEqual([{ address: "8.8.8.8", family: 4 }]);
  });

  it("no address that is none is public", () => expect(isPublic("example.org")).toBe(false));
});
