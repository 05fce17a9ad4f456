import { describe, expect, it } from "vitest";
import { sha256 } from "../../src/adapters/police/canonical.ts";
import { incidentError } from "../../src/adapters/police/incident-answers.ts";
import { makeIncidentLimit } from "../../src/adapters/police/incident-limit.ts";
import { refuseUnread } from "../../src/adapters/police/incidents-route.ts";
import { documentOf } from "../../simulators/police/incident-document.ts";
import { memoryInbox } from "../support/police-inbox.ts";
import { anIncident, HEADERS, NOW, PERSONAL, send, spoilt, type Errors } from "../support/police-sender.ts";
import { aNotice, FORCE } from "../support/police-town.ts";

describe("POST /incidents", () => {
  it("answers 201 with the hub's id once the notice is kept", async () => {
    const inbox = memoryInbox();
    expect(await send({ inbox })).toEqual({
      status: 201,
      headers: { "content-type": "application/vnd.api+json", location: "/incidents/0190-hub-id" },
      body: {
        data: {
          type: "incident",
          id: "0190-hub-id",
          meta: { submissionId: "PPN-2026-0100000", receivedAt: NOW.toISOString() },
        },
      },
      fault: null,
    });
    expect(inbox.entries).toMatchObject([
      { submissionId: "PPN-2026-0100000", forceIdentifier: FORCE, logNumber: "43260100000", keys: ["Q400|2016-04-05"] },
    ]);
    expect(inbox.entries[0]!.document).toEqual(anIncident());
  });

  it("answers only after the inbox has it on disk", async () => {
    const steps: string[] = [];
    let kept = (): void => {};
    const disk = new Promise<void>((resolve) => (kept = resolve));
    const inbox = memoryInbox();
    const slow = {
      ...inbox,
      receive: async (entry: Parameters<typeof inbox.receive>[0]) => {
        await disk;
        steps.push("kept");
        return inbox.receive(entry);
      },
    };
    const answer = send({ inbox: slow }).then(({ status }) => steps.push(String(status)));
    steps.push("on its way");
    kept();
    await answer;
    expect(steps).toEqual(["on its way", "kept", "201"]);
  });

  it("gives the first receipt again for the same notice", async () => {
    const inbox = memoryInbox();
    const first = await send({ inbox });
    const { meta, included, data } = anIncident();
    const again = await send({
      inbox,
      body: JSON.stringify({ meta, included, data }, null, 2),
      newId: () => "another",
      now: () => new Date(),
    });
    expect(again).toEqual({ ...first, status: 200 });
    expect(inbox.entries).toHaveLength(1);
  });

  it("answers 409 to another body under the same submission", async () => {
    const inbox = memoryInbox();
    await send({ inbox });
    const other = spoilt(({ data }) => (data.attributes["incidentDescription"] = "Another text."));
    expect(await send({ inbox, document: other })).toMatchObject({ status: 409 });
    expect(inbox.entries).toMatchObject([{ document: anIncident() }]);
  });

  it("answers 503 when the inbox fails, and keeps nothing", async () => {
    const inbox = memoryInbox();
    const fault = new Error("disk full");
    const answer = await send({ inbox: { ...inbox, receive: () => Promise.reject(fault) } });
    expect(answer).toMatchObject({ status: 503, fault, headers: { "retry-after": "5" } });
    expect(JSON.stringify(answer.body)).not.toContain("disk");
    expect(inbox.entries).toEqual([]);
  });

  it.each([
    [401, "no client", { headers: { ...HEADERS, "x-client-id": undefined } }],
    [401, "an unknown client", { headers: { ...HEADERS, "x-client-id": "force-1" } }],
    [401, "a wrong secret", { headers: { ...HEADERS, "x-client-secret": "guess" } }],
    [401, "an empty secret", { headers: { ...HEADERS, "x-client-secret": "" } }],
    [403, "another force's notice", { document: documentOf(aNotice({ forceIdentifier: 991 })) }],
    [415, "plain JSON", { headers: { ...HEADERS, "content-type": "application/json" } }],
    [415, "an extension", { headers: { ...HEADERS, "content-type": 'application/vnd.api+json; ext="urn:x"' } }],
    [415, "no media type", { headers: { ...HEADERS, "content-type": undefined } }],
    [201, "a charset", { headers: { ...HEADERS, "content-type": "application/vnd.api+json; charset=utf-8" } }],
    [406, "XML wanted", { headers: { ...HEADERS, accept: "text/xml" } }],
    [406, "ours refused", { headers: { ...HEADERS, accept: "text/html, application/vnd.api+json;q=0" } }],
    [201, "anything wanted", { headers: { ...HEADERS, accept: "text/html;q=0.9, */*;q=0.1" } }],
    [201, "no Accept", { headers: { ...HEADERS, accept: undefined } }],
    [400, "half a body", { body: JSON.stringify(anIncident()).slice(0, 300) }],
    [400, "nothing", { body: "" }],
    [400, "bytes that are not UTF-8", { body: Uint8Array.of(0x22, 0xff, 0x22) }],
    [201, "bytes", { body: Buffer.from(JSON.stringify(anIncident())) }],
    [422, "a number", { body: "7" }],
    [422, "nesting without end", { body: `{"data":${"[".repeat(5_000)}${"]".repeat(5_000)}}` }],
  ] as const)("answers %i to %s", async (status, _what, changes) => {
    const inbox = memoryInbox();
    const answer = await send({ inbox, ...changes });
    expect(answer).toMatchObject({ status, headers: { "content-type": "application/vnd.api+json" } });
    expect(inbox.entries).toHaveLength(status === 201 ? 1 : 0);
    const { errors = [] } = answer.body as Partial<Errors>;
    expect(errors.map(({ id, status }) => [id, status])).toEqual(status === 201 ? [] : [["e-1", String(status)]]);
    for (const text of PERSONAL) expect(JSON.stringify(answer)).not.toContain(text);
  });
});

describe("before a body is read", () => {
  const credentials = [
    { clientId: "force-990", secretSha256: sha256("a long secret"), forceIdentifier: FORCE },
    { clientId: "force-991", secretSha256: sha256("another secret"), forceIdentifier: 991 },
  ];
  const OTHER = { ...HEADERS, "x-client-id": "force-991", "x-client-secret": "another secret" };
  const statusOf = (headers: object, limit = makeIncidentLimit()) =>
    refuseUnread({ headers: { ...headers }, credentials, limit })?.status ?? null;

  it.each([
    [401, "a stranger", { ...HEADERS, "x-client-secret": "guess" }],
    [415, "plain JSON", { ...HEADERS, "content-type": "application/json" }],
    [406, "XML wanted", { ...HEADERS, accept: "text/xml" }],
    [null, "what is in order", HEADERS],
  ])("%s is the answer to %s", (status, _what, headers) => expect(statusOf(headers)).toBe(status));

  it("refuses the notices of a second beyond the limit", () => {
    let now = 0;
    const limit = makeIncidentLimit(2, () => now);
    const atOnce = [HEADERS, HEADERS, HEADERS, OTHER].map((headers) => statusOf(headers, limit));
    expect(atOnce).toEqual([null, null, 429, null]);
    now = 999;
    expect(statusOf(HEADERS, limit)).toBe(429);
    now = 1_000;
    expect(statusOf(HEADERS, limit)).toBeNull();
  });

  it("counts no stranger against a force", () => {
    const limit = makeIncidentLimit(1, () => 0);
    expect(statusOf({ ...HEADERS, "x-client-secret": "guess" }, limit)).toBe(401);
    expect(statusOf(HEADERS, limit)).toBeNull();
  });

  it("says when to come back", () => {
    expect(incidentError(429, "TOO_MANY", "Too many")).toEqual({
      status: 429,
      headers: { "content-type": "application/vnd.api+json", "retry-after": "1" },
      body: { errors: [{ id: "e-1", status: "429", code: "TOO_MANY", title: "Too many" }] },
      fault: null,
    });
  });
});
