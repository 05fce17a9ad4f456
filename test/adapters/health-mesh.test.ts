import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CPIS_MAILBOX, MESH } from "../../simulators/health/mesh-auth.ts";
import { NUMBERS, startHealth, type HealthWorld } from "../support/health-world.ts";

const LA = "X99LA001";
const now = () => new Date().toISOString().replaceAll(/\D/g, "").slice(0, 12);

interface Signing {
  readonly mailbox?: string;
  readonly nonce?: string;
  readonly timestamp?: string;
  readonly sharedKey?: string;
}
function authorise({
  mailbox = LA,
  nonce = randomUUID(),
  timestamp = now(),
  sharedKey = MESH.sharedKey,
}: Signing = {}) {
  const signed = `${mailbox}:${nonce}:1:${MESH.mailboxes[mailbox]}:${timestamp}`;
  return `NHSMESH ${mailbox}:${nonce}:1:${timestamp}:${createHmac("sha256", sharedKey).update(signed).digest("hex")}`;
}

describe("the message exchange", () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await startHealth();
  });
  afterAll(() => world.close());

  async function send(
    method: string,
    path: string,
    { as = LA, ...rest }: Record<string, unknown> & { as?: string } = {},
  ) {
    const { authorization = authorise({ mailbox: as }), body, ...headers } = rest as Record<string, string>;
    const response = await fetch(`${world.url}/messageexchange/${as}${path}`, {
      method,
      headers: { ...headers, authorization: authorization ?? "" },
      ...(body !== undefined && { body }),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }
  type Sent = Parameters<typeof send>[2];
  const json = async (method: string, path: string, sent?: Sent) =>
    JSON.parse((await send(method, path, sent)).text) as Record<string, unknown>;
  const post = (body: string, headers: Sent = {}) =>
    json("POST", "/outbox", { "mex-to": CPIS_MAILBOX, "mex-workflowid": "TEST", body, ...headers });
  const inbox = async (as = LA) => (await json("GET", "/inbox", { as }))["messages"] as string[];
  const empty = async () => {
    for (const id of await inbox()) await send("PUT", `/inbox/${id}/status/acknowledged`);
  };

  it("shakes hands with a mailbox that signs rightly", async () => {
    expect((await send("POST", "")).status).toBe(200);
  });

  it.each<[string, () => string]>([
    ["no header", () => ""],
    ["another's key", () => authorise({ sharedKey: "OtherKey" })],
    ["another mailbox", () => authorise({ mailbox: CPIS_MAILBOX })],
    ["an old timestamp", () => authorise({ timestamp: "202001010000" })],
  ])("refuses %s", async (_, authorization) => {
    expect((await send("POST", "", { authorization: authorization() })).status).toBe(403);
  });

  it("takes a nonce once", async () => {
    const authorization = authorise({ nonce: "same" });
    expect((await send("POST", "", { authorization })).status).toBe(200);
    expect(await send("POST", "", { authorization })).toMatchObject({
      status: 403,
      text: expect.stringContaining("Duplicated"),
    });
  });

  it("carries a message until it is acknowledged", async () => {
    const to = { "mex-to": LA, "mex-workflowid": "TEST", "mex-localid": "l-1", "mex-filename": "a.txt" };
    const { message_id: id } = await post("hello", to);
    expect(await inbox()).toEqual([id]);
    const { status, headers, text } = await send("GET", `/inbox/${id}`);
    expect([status, text]).toEqual([200, "hello"]);
    expect(Object.fromEntries(headers)).toMatchObject({
      "mex-from": LA,
      "mex-to": LA,
      "mex-workflowid": "TEST",
      "mex-localid": "l-1",
      "mex-filename": "a.txt",
      "mex-messageid": id,
      "mex-chunk-range": "1:1",
    });
    expect(await json("GET", `/outbox/tracking?messageID=${id}`)).toMatchObject({
      status: "Accepted",
      local_id: "l-1",
    });
    expect((await send("PUT", `/inbox/${id}/status/acknowledged`)).status).toBe(200);
    expect(await inbox()).toEqual([]);
    expect(await json("GET", `/outbox/tracking?messageID=${id}`)).toMatchObject({ status: "Acknowledged" });
  });

  it("puts a message together from its pieces", async () => {
    const { message_id: id } = await post("one ", { "mex-to": LA, "mex-chunk-range": "1:2" });
    expect(await inbox()).toEqual([]);
    expect((await send("GET", `/inbox/${id}`)).status).toBe(410);
    await send("POST", `/outbox/${id}/2`, { "mex-chunk-range": "2:2", body: "two" });
    const pieces = [await send("GET", `/inbox/${id}`), await send("GET", `/inbox/${id}/2`)];
    expect(pieces.map(({ status, text }) => [status, text])).toEqual([
      [206, "one "],
      [200, "two"],
    ]);
    await empty();
  });

  it("gives an inbox in pages", async () => {
    const sent = [await post("1", { "mex-to": LA }), await post("2", { "mex-to": LA })];
    const first = await json("GET", "/inbox?max_results=1");
    expect(first).toMatchObject({ messages: [expect.any(String)], approx_inbox_count: 2 });
    const { next } = first["links"] as { next: string };
    const second = await json("GET", next.replace(`/messageexchange/${LA}`, ""));
    const both = [...(first["messages"] as string[]), ...(second["messages"] as string[])];
    expect(both.sort()).toEqual(sent.map(({ message_id: id }) => id).sort());
    expect(second["links"]).not.toHaveProperty("next");
    await empty();
  });

  it.each([
    [417, "a recipient nobody registered", { "mex-to": "X99NONE", body: "x" }],
    [400, "no recipient", { body: "x" }],
    [417, "no body", { "mex-to": LA }],
    [417, "a chunk range of its own", { "mex-to": LA, "mex-chunk-range": "2:1", body: "x" }],
  ])("answers %i to %s", async (status, _, sent) => {
    expect((await send("POST", "/outbox", sent)).status).toBe(status);
  });

  it("knows neither messages there are not nor those of others", async () => {
    expect((await send("GET", "/inbox/NONE")).status).toBe(404);
    const { message_id: id } = await post("x", { "mex-to": LA });
    expect((await send("GET", `/inbox/${id}`, { as: CPIS_MAILBOX })).status).toBe(403);
    expect((await send("GET", `/outbox/tracking?messageID=${id}`, { as: CPIS_MAILBOX })).status).toBe(404);
    await empty();
  });

  it("gives up a message after five days", async () => {
    const { message_id: id } = await post("x", { "mex-to": LA });
    const later = new Date(Date.now() + 6 * 86_400_000);
    const clock = (at: Date | null) =>
      world.app.inject({ method: "POST", url: "/__sim/clock", payload: { now: at?.toISOString() ?? null } });
    await clock(later);
    const stamp = { timestamp: later.toISOString().replaceAll(/\D/g, "").slice(0, 12) };
    const gone = await send("GET", `/inbox/${id}`, { authorization: authorise(stamp) });
    const tracked = await json("GET", `/outbox/tracking?messageID=${id}`, { authorization: authorise(stamp) });
    await clock(null);
    expect(gone.status).toBe(410);
    expect(tracked).toMatchObject({ status: "Error", status_code: "14", status_success: false });
    await empty();
  });

  describe("with CP-IS behind it", () => {
    const plan = (change: object = {}) => ({
      nhsNumber: NUMBERS.amelia,
      planType: "CPP",
      startDate: "2026-02-18",
      endDate: null,
      laCode: "931",
      laName: "Example Council",
      officeHoursPhone: "01632960001",
      edtPhone: "01632960002",
      recordVersion: 1,
      action: "upsert",
      ...change,
    });
    const upload = (...lines: object[]) =>
      post(lines.map((line) => JSON.stringify(line)).join("\n"), { "mex-workflowid": "HUB_CPIS_UPLOAD" });
    const contents = async () =>
      (await world.app.inject("/__sim/cpis")).json<{ children: object[]; rejected: object[] }>();

    it("gives back the plan that was uploaded", async () => {
      const { message_id: id } = await upload(plan());
      expect((await contents()).children).toMatchObject([
        { nhsNumber: NUMBERS.amelia, planType: "CPP", endDate: null },
      ]);
      expect(await json("GET", `/outbox/tracking?messageID=${id}`)).toMatchObject({ status: "Acknowledged" });
    });

    it("lets the newest version stand, in whatever order", async () => {
      await upload(plan({ recordVersion: 3, endDate: "2026-03-01" }), plan({ recordVersion: 2 }));
      expect((await contents()).children).toMatchObject([{ recordVersion: 3, endDate: "2026-03-01" }]);
    });

    it("takes the good lines of a message with a bad one", async () => {
      const { message_id: messageId } = await upload(plan({ planType: "XYZ" }), plan({ planType: "LAC" }));
      const { children, rejected } = await contents();
      expect(children).toMatchObject([{ planType: "CPP" }, { planType: "LAC" }]);
      expect(rejected).toMatchObject([{ messageId, line: 1, why: expect.stringContaining("planType") }]);
    });

    it("tells the authority who looked", async () => {
      await upload(plan());
      const cpisAccess = { nhsNumber: NUMBERS.amelia, orgOds: "RTH99", careSetting: "ED" };
      expect(await world.emit({ cpisAccess })).toEqual({ emitted: true });
      const [id] = await inbox();
      const { headers, text } = await send("GET", `/inbox/${id}`);
      expect(headers.get("mex-workflowid")).toBe("HUB_CPIS_NOTIFY");
      expect(JSON.parse(text)).toMatchObject({ type: "ACCESS", nhsNumber: NUMBERS.amelia, orgOds: "RTH99" });
      await empty();
      expect(await world.emit({ cpisAccess: { ...cpisAccess, nhsNumber: NUMBERS.nobody } })).toEqual({
        emitted: false,
      });
    });

    it("tells the authority of a number no longer used", async () => {
      await world.emit({ cpisInactive: { nhsNumber: NUMBERS.amelia, supersededBy: NUMBERS.moved } });
      const [id] = await inbox();
      const notice = JSON.parse((await send("GET", `/inbox/${id}`)).text) as object;
      expect(notice).toMatchObject({ type: "NHS_NUMBER_INACTIVE", supersededBy: NUMBERS.moved });
      await empty();
    });

    it("takes off what is deleted", async () => {
      await upload(plan({ planType: "LAC", recordVersion: 9, action: "delete" }));
      expect((await contents()).children).toMatchObject([{ planType: "CPP" }]);
    });
  });
});
