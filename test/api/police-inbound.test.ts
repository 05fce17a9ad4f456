import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PoliceIncidentKeyRow, PoliceIncidentRow } from "../../src/store/rows.ts";
import { documentOf } from "../../simulators/police/incident-document.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { at, type Errors, HEADERS, PERSONAL, spoilt } from "../support/police-sender.ts";
import { aNotice, FORCE } from "../support/police-town.ts";

const FORCE_SETTINGS = {
  POLICE_CLIENT_ID: HEADERS["x-client-id"],
  POLICE_CLIENT_SECRET: HEADERS["x-client-secret"],
  POLICE_FORCE: String(FORCE),
};

describe.each(ENGINES)("on $name, the inbox for police notices", (engine) => {
  let hub: LightHub;
  const stored = () => hub.open.hub.db.manager.find(PoliceIncidentRow, { order: { sequence: "ASC" } });
  const read = async (submissionId: string) =>
    (await hub.open.inbox.read(FORCE, [submissionId])).find((each) => each.submissionId === submissionId)?.document;
  const send = async (body: unknown, headers: Record<string, string> = HEADERS) => {
    const response = await fetch(`${hub.url}/inbound/police/incidents`, {
      method: "POST",
      headers,
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, text, body: JSON.parse(text) as Errors & { data?: { id: string } } };
  };

  beforeAll(async () => {
    hub = await startLightHub(engine, { police: [] }, FORCE_SETTINGS);
  });
  afterAll(() => hub?.close());

  it("has a notice on disk before it says so", async () => {
    const { status, body } = await send(documentOf(aNotice({ submissionId: "PPN-STORED" })));
    expect(status).toBe(201);
    const row = (await stored()).find(({ submissionId }) => submissionId === "PPN-STORED");
    expect(row).toMatchObject({ id: body.data!.id, forceIdentifier: FORCE });
    expect(await read("PPN-STORED")).toMatchObject({ data: { type: "incident" } });
  });

  it("has nothing of it in clear there", async () => {
    const all = (await stored()).map(({ document }) => document).join("\n");
    expect(all.length).toBeGreaterThan(1_000);
    for (const text of [...PERSONAL, "incident"]) expect(all).not.toContain(text);
  });

  it("still reads a notice that was stored in clear, and puts it right when somebody in it is let go of", async () => {
    const document = documentOf(aNotice({ submissionId: "PPN-BEFORE", logNumber: "LOG-BEFORE" }));
    await send(document);
    const { manager } = hub.open.hub.db;
    await manager.update(PoliceIncidentRow, { submissionId: "PPN-BEFORE" }, { document: JSON.stringify(document) });
    expect(await read("PPN-BEFORE")).toEqual(document);
    await hub.open.inbox.rekey(FORCE, "PPN-BEFORE", {});
    const row = await manager.findOneByOrFail(PoliceIncidentRow, { submissionId: "PPN-BEFORE" });
    expect(row.document).not.toContain("Tamsin");
    expect(await read("PPN-BEFORE")).toEqual(document);
  });

  it("does not read a notice that stands in another's row, and reads the others", async () => {
    for (const submissionId of ["PPN-MOVED", "PPN-OTHER"])
      await send(documentOf(aNotice({ submissionId, logNumber: `LOG-${submissionId}` })));
    const { manager } = hub.open.hub.db;
    const { document } = await manager.findOneByOrFail(PoliceIncidentRow, { submissionId: "PPN-OTHER" });
    await manager.update(PoliceIncidentRow, { submissionId: "PPN-MOVED" }, { document });
    expect(await read("PPN-MOVED")).toBeNull();
    expect(await read("PPN-OTHER")).toMatchObject({ data: { type: "incident" } });
    await manager.delete(PoliceIncidentRow, { submissionId: "PPN-MOVED" });
  });

  it("takes one notice once, though ten send it at once", async () => {
    const notice = documentOf(aNotice({ submissionId: "PPN-TEN-AT-ONCE" }));
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(notice)));
    expect(new Set(answers.map(({ body }) => body.data!.id)).size).toBe(1);
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201]);
    expect((await stored()).filter(({ submissionId }) => submissionId === "PPN-TEN-AT-ONCE")).toHaveLength(1);
  });

  it("refuses another notice under a number it has", async () => {
    await send(documentOf(aNotice({ submissionId: "PPN-TAKEN" })));
    const { status } = await send(documentOf(aNotice({ submissionId: "PPN-TAKEN", description: "Something else." })));
    expect(status).toBe(409);
  });

  it.each([
    ["a missing attribute", spoilt((document) => delete at(document, 0)["submissionId"]), HEADERS, 422],
    ["a date that is none", spoilt((document) => (at(document, 2)["dateOfBirth"] = "5th of April")), HEADERS, 422],
    ["no JSON", "{Tamsin", HEADERS, 400],
    ["another media type", documentOf(aNotice()), { ...HEADERS, "content-type": "text/xml" }, 415],
    ["a wrong secret", documentOf(aNotice()), { ...HEADERS, "x-client-secret": "guessed" }, 401],
    ["no client", documentOf(aNotice()), { "content-type": HEADERS["content-type"] }, 401],
    ["another force", documentOf(aNotice({ forceIdentifier: 991 })), HEADERS, 403],
    ["ten megabytes", JSON.stringify({ pad: "Tamsin".repeat(1_700_000) }), HEADERS, 413],
  ])("answers %s clearly, keeps nothing and repeats nothing", async (_what, document, headers, status) => {
    const before = (await stored()).length;
    const answer = await send(document, headers);
    expect(answer.status).toBe(status);
    expect(answer.body.errors.length).toBeGreaterThan(0);
    if (status === 422) expect(answer.body.errors[0]!.source!.pointer).toMatch(/^\/included\/\d/);
    for (const text of PERSONAL) expect(answer.text).not.toContain(text);
    expect(await stored()).toHaveLength(before);
  });

  it("keeps notices in the order in which they came", async () => {
    const sent = Array.from({ length: 5 }, (_, index) => `PPN-ORDER-${index}`);
    for (const submissionId of sent) await send(documentOf(aNotice({ submissionId })));
    const page = await hub.open.inbox.since(FORCE, null);
    const got = page.incidents.map(({ submissionId }) => submissionId).filter((id) => id.startsWith("PPN-ORDER"));
    expect(got).toEqual(sent);
  });

  it("has no plain name in its index", async () => {
    const keys = await hub.open.hub.db.manager.find(PoliceIncidentKeyRow);
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter(({ hash }) => !/^[\da-f]{64}$/.test(hash))).toEqual([]);
  });
});
