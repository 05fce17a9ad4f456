import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { LANES, makeLane } from "../../src/adapters/lane.ts";
import { answerFor } from "../../src/adapters/police/answers.ts";
import type { IncidentInbox } from "../../src/adapters/police/incident-inbox.ts";
import { makePolice } from "../../src/adapters/police/police.ts";
import { readIncident } from "../../src/adapters/police/standard-data-model.ts";
import { PARTS } from "../../src/domain/absence.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { documentOf } from "../../simulators/police/incident-document.ts";
import { POLICE_CLIENT } from "../../simulators/police/police-simulator.ts";
import { memoryInbox } from "../support/police-inbox.ts";
import { aNotice, FORCE } from "../support/police-town.ts";
import { deliver } from "../support/police-world.ts";
import { call } from "./contract.ts";

const agency = { id: "police", name: "Example Constabulary", sector: "POLICE" } as const;
const ring = { name: "Central Referral Unit", phone: "01632 960123", email: null };
const base = { agency, ring, forceIdentifier: FORCE };
const SEARCH = { identifier: null, forename: null, postcode: null, surname: "Quill", bornOn: plainDate("2016-04-05") };
const first = aNotice();
const second = aNotice({ submissionId: "PPN-2026-0100001", logNumber: "43260100001" });
const RECORDS = [first, second].map(({ submissionId }) => `${submissionId}.per-1`);

const open: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

describe("a force whose list never ends", () => {
  /** Every page comes soon enough for the lane, and has another behind it. */
  async function makeEndless() {
    const app = Fastify();
    open.push(app);
    app.get("/incidents", async (_request, reply) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return reply.send({ data: [], links: { next: "/incidents?page[after]=x" } });
    });
    const url = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
    const lane = makeLane("police", { ...LANES.police, limitMs: 300, tryMs: 300 });
    const inbox = memoryInbox();
    await deliver(inbox, first);
    return makePolice({ ...base, inbox, readSide: { url, lane, ...POLICE_CLIENT } });
  }

  it("is given up as a whole, and the inbox's part shown", async () => {
    const system = await makeEndless();
    const [answer] = await system.ask({ recordIds: RECORDS.slice(0, 1), parts: ["EVENTS"] }, call());
    expect(answer!.events).toMatchObject({
      status: "DID_NOT_ANSWER",
      fault: "TIMEOUT",
      items: [{ provenance: { system: "inbox" } }],
    });
  });

  it("finds nobody half", async () => {
    const system = await makeEndless();
    await expect(system.find(SEARCH, call())).rejects.toMatchObject({ system: "police", code: "TIMEOUT" });
  });

  it("is left when the caller goes", async () => {
    const system = await makeEndless();
    const gone = new AbortController();
    const found = system.find(SEARCH, call(gone.signal));
    gone.abort();
    await expect(found).rejects.toMatchObject({ code: "CANCELLED" });
  });
});

describe("an inbox", () => {
  const over = (inbox: IncidentInbox) => makePolice({ ...base, inbox, readSide: null });

  it("that cuts a search short has found too many", async () => {
    const many = Array.from({ length: 200 }, (_, index) => `PPN-${index}`);
    const system = over({ ...memoryInbox(), search: async () => many });
    await expect(system.find(SEARCH, call())).rejects.toMatchObject({ system: "inbox", code: "AMBIGUOUS" });
  });

  it("with a notice that no longer reads answers for the others", async () => {
    const inbox = memoryInbox();
    for (const notice of [first, second]) await deliver(inbox, notice);
    const spoilt: IncidentInbox = {
      ...inbox,
      read: async (force, ids) =>
        (await inbox.read(force, ids)).map((stored) =>
          stored.submissionId === first.submissionId ? { ...stored, document: { data: "Tamsin" } } : stored,
        ),
    };
    const system = over(spoilt);
    const answers = await system.ask({ recordIds: RECORDS, parts: ["EVENTS"] }, call());
    expect(answers.map(({ events }) => events)).toMatchObject([
      {
        status: "DID_NOT_ANSWER",
        fault: "MALFORMED",
        reason: "The hub's inbox for Example Constabulary answered in a form that the hub cannot read",
        items: [],
      },
      { status: "RECORDED" },
    ]);
    const halfRead = system.find(SEARCH, call());
    await expect(halfRead).rejects.toMatchObject({ system: "inbox", code: "MALFORMED" });
  });
});

describe("a notice that the adapter itself stumbles over", () => {
  it("silences its own record only", () => {
    const noticeOf = (document: unknown, happenedAt: string) => {
      const reading = readIncident(document);
      if (!reading.ok) throw new Error("The test's own notice is wrong");
      return { incident: { ...reading.incident, happenedAt }, system: "police" };
    };
    const known = new Map([
      [first.submissionId, noticeOf(documentOf(first), "some day, Tamsin")],
      [second.submissionId, noticeOf(documentOf(second), second.happenedAt)],
    ]);
    const from = {
      notices: { known, fault: null, spoilt: new Map(), asOf: null },
      teller: { agency, ring, genders: {} },
    };
    const [stumbled, told] = RECORDS.map((recordId) => answerFor(recordId, PARTS, from));
    expect(stumbled).toMatchObject({
      restricted: false,
      demographics: { status: "DID_NOT_ANSWER", fault: "MALFORMED", items: [] },
      events: { status: "DID_NOT_ANSWER", fault: "MALFORMED", items: [] },
    });
    expect(JSON.stringify(stumbled)).not.toContain("Tamsin");
    expect(told).toMatchObject({ events: { status: "RECORDED" } });
  });
});
