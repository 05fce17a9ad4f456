import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IncidentInbox } from "../../src/adapters/police/incident-inbox.ts";
import { makePolice } from "../../src/adapters/police/police.ts";
import { PARTS } from "../../src/domain/absence.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import type { SentNotice } from "../../simulators/police/incident-document.ts";
import { memoryInbox } from "../support/police-inbox.ts";
import { aNotice, aPerson } from "../support/police-town.ts";
import { AMELIA, deliver, makeWorld, RECEIVED_AT } from "../support/police-world.ts";
import { call } from "./contract.ts";

describe("what a force says of a child", () => {
  let world: Awaited<ReturnType<typeof makeWorld>>;
  const first = aNotice({ submissionId: "PPN-2026-0400001", logNumber: "43260400001" });
  const amendment = aNotice({
    ...first,
    submissionId: "PPN-2026-0400002",
    amends: first.submissionId,
    riskGrading: "HIGH",
    submittedAt: "2026-02-03T05:00:00Z",
  });
  const closed = aNotice({
    submissionId: "PPN-2026-0400004",
    logNumber: "43260400004",
    people: [aPerson({ surname: "Pelham" })],
  });
  const family: SentNotice = {
    ...aNotice({ submissionId: "PPN-2026-0400003", logNumber: "43260400003", ppnType: "MISSING_CHILD" }),
    people: [
      aPerson({ bornOn: null, approximateAge: 9, surname: "Quil" }),
      aPerson({ id: "per-2", role: "victim", forenames: ["Unknown"], surname: "Unknown", child: false, sex: "M" }),
    ],
    statedRelationships: [{ from: "per-2", to: "per-1", type: "FATHER" }],
    missing: { reportedAt: "2026-02-01T23:30:00Z", foundAt: null },
  };
  const twins = aNotice({
    submissionId: "PPN-2026-0400006",
    logNumber: "43260400006",
    voiceOfChild: "Nobody came.",
    people: [aPerson({ surname: "Byre" }), aPerson({ id: "per-2", forenames: ["Tobias"], surname: "Byre" })],
  });
  const many = Array.from({ length: 130 }, (_, index) =>
    aNotice({
      submissionId: `PPN-2026-05${String(index).padStart(5, "0")}`,
      logNumber: `4326050${index}`,
      people: [aPerson({ surname: "Manifold" })],
    }),
  );
  const ask = async (recordId: string, system = world.system) =>
    (await system.ask({ recordIds: [recordId], parts: PARTS }, call()))[0]!;

  beforeAll(async () => {
    world = await makeWorld([
      first,
      amendment,
      family,
      twins,
      ...many,
      closed,
      {
        ...closed,
        submissionId: "PPN-2026-0400005",
        amends: closed.submissionId,
        handlingCode: "C1",
        submittedAt: "2026-02-04T05:00:00Z",
      },
    ]);
  });
  afterAll(() => world.app.close());

  it("names type, trigger, the child's part and the force's grading", async () => {
    const { events } = await ask("PPN-2026-0009931.per-3");
    expect(events).toMatchObject({
      items: [
        {
          kind: "DOMESTIC_ABUSE_NOTICE",
          on: "2026-02-22",
          summary:
            "Police notice: domestic abuse, trigger domestic abuse. Named as child concerned; was present, heard it. " +
            "Graded MEDIUM by the force, DASH STANDARD. The child's voice, as officers wrote it: " +
            "Amelia told officers she was 'scared when it gets loud'.",
          provenance: { statedAs: "DOMESTIC_ABUSE / DOMESTIC_ABUSE / MEDIUM / P1" },
        },
      ],
    });
  });

  it("keeps the name as the officers spelt it", async () => {
    const { demographics } = await ask("PPN-2026-0009931.per-3");
    expect(demographics).toMatchObject({
      items: [{ names: [{ forenames: ["Amelia"], surname: "Hartly" }], identifiers: [], sex: "FEMALE" }],
    });
  });

  it("makes nobody family for standing in one notice", async () => {
    expect((await ask(AMELIA)).relationships).toEqual({ status: "NOTHING_RECORDED" });
  });

  it("states a relationship that the force wrote down", async () => {
    const { relationships, states, events } = await ask(`${family.submissionId}.per-1`);
    expect(relationships).toMatchObject({
      items: [{ role: "FATHER", otherRecordId: `${family.submissionId}.per-2`, parentalResponsibility: null }],
    });
    expect(states).toMatchObject({ items: [{ kind: "MISSING", fromOn: "2026-02-01", untilOn: null }] });
    expect(events).toMatchObject({ items: [{ kind: "MISSING_EPISODE" }] });
    const father = await ask(`${family.submissionId}.per-2`);
    expect([father.relationships.status, father.states.status]).toEqual(["NOTHING_RECORDED", "NOTHING_RECORDED"]);
  });

  it("gives the words of a child to no other child", async () => {
    const words = async (id: string) => JSON.stringify((await ask(`${twins.submissionId}.${id}`)).events);
    for (const id of ["per-1", "per-2"]) expect(await words(id)).not.toContain("Nobody came");
  });

  it("finds more than one page holds", async () => {
    const search = { identifier: null, forename: null, postcode: null, surname: "Manifold" };
    const found = await world.system.find({ ...search, bornOn: plainDate("2016-04-05") }, call());
    expect(new Set(found.map(({ recordId }) => recordId)).size).toBe(130);
  });

  it("makes no name of Unknown and no date of a guess", async () => {
    const { demographics } = await ask(`${family.submissionId}.per-2`);
    expect(demographics).toMatchObject({
      items: [{ names: [], sex: "UNKNOWN", provenance: { statedAs: "GNDR_0002" } }],
    });
    const child = await ask(`${family.submissionId}.per-1`);
    expect(child.demographics).toMatchObject({
      items: [{ bornOn: null, provenance: { statedAs: "GNDR_0001, approximate age 9" } }],
    });
  });

  it("finds a child by sound, and by a guessed age", async () => {
    const search = { identifier: null, forename: null, postcode: null, surname: "Quill" };
    for (const notice of [family, first]) await deliver(world.inbox, notice);
    const found = await world.system.find({ ...search, bornOn: plainDate("2016-04-05") }, call());
    expect(found.map(({ recordId }) => recordId).sort()).toEqual([
      `${first.submissionId}.per-1`,
      `${amendment.submissionId}.per-1`,
      `${family.submissionId}.per-1`,
    ]);
  });

  it("needs a surname and a date of birth to search by", async () => {
    const nothing = { identifier: null, forename: null, postcode: null, surname: "Quill", bornOn: null };
    await expect(world.system.find(nothing, call())).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("shows the amendment in place of what it amends", async () => {
    const { asOf, events } = await ask(`${first.submissionId}.per-1`);
    expect(asOf).toBeNull();
    expect(events).toMatchObject({ items: [{ provenance: { recordId: `${amendment.submissionId}.per-1` } }] });
    expect(JSON.stringify(events)).toContain(`Graded HIGH by the force. Amended: it replaces ${first.submissionId}.`);
  });

  it("gives nobody another person's notice through an amendment", async () => {
    const before = aNotice({ submissionId: "PPN-2026-0400007", logNumber: "43260400007" });
    const stranger = aPerson({ forenames: ["Edmund"], surname: "Vale", bornOn: "1980-01-01", child: false });
    const after = { ...before, submissionId: "PPN-2026-0400008", amends: before.submissionId, people: [stranger] };
    const inbox = memoryInbox();
    for (const notice of [before, { ...after, trigger: "EXPLOITATION" }]) await deliver(inbox, notice);
    const system = makePolice({ ...world.base, inbox, readSide: null });
    const { events } = await ask(`${before.submissionId}.per-1`, system);
    expect(events).toMatchObject({
      items: [
        { summary: `The force has replaced this notice by ${after.submissionId}, which no longer names this person.` },
      ],
    });
    expect(JSON.stringify(events)).not.toContain("EXPLOITATION");
  });

  it("withholds a notice whose amendment may not be shared", async () => {
    const answer = await ask(`${closed.submissionId}.per-1`);
    expect(answer).toMatchObject({ restricted: true, events: { status: "WITHHELD", items: [] } });
    expect(answer.involvements).toMatchObject({
      rule: "The force does not allow this to be shared without its permission. Ring Central Referral Unit, 01632 960123.",
      items: [{ role: "REFERRAL_UNIT", team: "Central Referral Unit", phone: "01632 960123" }],
    });
    const search = { identifier: null, forename: null, postcode: null };
    const found = await world.system.find({ ...search, surname: "Pelham", bornOn: plainDate("2016-04-05") }, call());
    expect(found.map(({ restricted }) => restricted)).toEqual([true, true]);
  });

  it("shows what was received before when the force fails", async () => {
    await world.fault({ mode: "status", status: 503 })();
    const { events } = await ask(`${first.submissionId}.per-1`).finally(world.heal);
    expect(events).toMatchObject({
      status: "DID_NOT_ANSWER",
      fault: "UNAVAILABLE",
      reason:
        "Example Constabulary could not be reached; what it sent before is shown, " +
        "its last notice came on 23 February 2026 at 05:10",
      items: [{ provenance: { system: "inbox", recordId: `${first.submissionId}.per-1` } }],
    });
  });

  it("answers from the inbox alone where the force only sends", async () => {
    const system = makePolice({ ...world.base, readSide: null });
    const answer = await ask(`${first.submissionId}.per-1`, system);
    expect(answer).toMatchObject({ asOf: RECEIVED_AT, events: { status: "RECORDED" } });
    expect(await system.changes(null, call())).toMatchObject({ more: false, changed: { length: 3 } });
    await expect(system.check(call())).resolves.toBeUndefined();
  });

  it("speaks for no other force", async () => {
    const system = makePolice({ ...world.base, forceIdentifier: 991, readSide: world.readSide });
    expect(await ask(AMELIA, system)).toMatchObject({ events: { status: "NOTHING_RECORDED" } });
  });

  it("says so when the inbox itself cannot be read", async () => {
    const broken: IncidentInbox = { ...world.inbox, read: () => Promise.reject(new Error("Amelia at Larch Close")) };
    const system = makePolice({ ...world.base, inbox: broken, readSide: null });
    const { events } = await ask(AMELIA, system);
    expect(events).toEqual({
      status: "DID_NOT_ANSWER",
      fault: "UNAVAILABLE",
      reason: "The hub's inbox for Example Constabulary could not be reached",
      items: [],
    });
  });

  it("tells of a notice that came later, and of those it amends", async () => {
    const end = async () => {
      let cursor: string | null = null;
      for (let more = true; more;) ({ cursor, more } = await world.system.changes(cursor, call()));
      return cursor;
    };
    const cursor = await end();
    const { submissionId } = await world.control("POST", "/__sim/emit", { amend: family.submissionId });
    const page = await world.system.changes(cursor, call());
    expect(page.changed.map(({ recordId }) => recordId).sort()).toEqual(
      [family.submissionId, String(submissionId)].flatMap((id) => [`${id}.per-1`, `${id}.per-2`]),
    );
  });

  it("tells again of a received notice that was amended", async () => {
    const system = makePolice({ ...world.base, readSide: null });
    const { cursor } = await system.changes(null, call());
    await deliver(world.inbox, { ...amendment, handlingCode: "C1" });
    const { changed } = await system.changes(cursor, call());
    expect(changed.map(({ recordId, restricted }) => [recordId, restricted])).toEqual([
      [`${first.submissionId}.per-1`, true],
      [`${amendment.submissionId}.per-1`, true],
    ]);
  });

  it("refuses a cursor that is not its own", async () => {
    await expect(world.system.changes("mine", call())).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("gives the force a purpose, which it insists on", async () => {
    const nameless = world.system.check({ ...call(), purpose: "" });
    await expect(nameless).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
