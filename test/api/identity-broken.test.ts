// Ways in which somebody tried to make the hub lead to the wrong child, and how they end. Every child here is made up.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertMany } from "../../src/store/insert.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { AgencyRecordRow, PersonRow } from "../../src/store/rows.ts";
import { noteRecords } from "../../src/services/records.ts";
import { home, nhs, RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { person } from "../support/fake-system.ts";
import { openStream } from "../support/event-stream.ts";
import { exchanged, identityIn, somebody } from "../support/identity-world.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { recordAt } from "../support/record-rows.ts";

const SOON = { timeout: 10_000, interval: 50 };
const CHILD = "query ($id: ID!) { child(id: $id) { id demographics { name { preferred } } obligations { rule } } }";

describe.each(ENGINES)("on $name, nobody is led to another child", (engine) => {
  let world: LightHub;
  const our = identityIn(() => world);
  const naming = ({ agencyId, recordId }: AgencyRecordRow) => ({ agencyId, recordId });
  const note = async (agencyId: string, recordId: string, said: Parameters<typeof person>[1]) => {
    await noteRecords(our.hub(), {
      agencyId,
      records: [{ recordId, restricted: false, register: agencyId, demographics: person(recordId, said) }],
    });
    return recordAt(our.db(), agencyId, recordId);
  };
  const read = async (id: string) => (await world.ask("social-worker", CHILD, { id })).data?.child;
  const rulesOf = async (id: string) =>
    ((await read(id))?.obligations ?? []).map(({ rule }: { rule: string }) => rule) as string[];

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
  });
  afterAll(() => world?.close());

  it("by a record number that is used again for somebody else", async () => {
    const first = { forename: "Philippa", surname: "Quarmby", bornOn: "2014-02-11", addresses: [home("OX99 1QA")] };
    const second = { forename: "Zacharias", surname: "Underhill", bornOn: "2017-08-23", addresses: [home("OX98 7UB")] };
    const before = await note("education", "used-again", first);
    await our.owes(before.personId, "icpc", "2026-06-01T12:00:00Z");
    const after = await note("education", "used-again", second);
    expect(after.personId).not.toBe(before.personId);
    expect(await our.db().findOneByOrFail(PersonRow, { id: before.personId })).toMatchObject({ joinedTo: null });
    expect((await read(before.personId)).id).toBe(before.personId);
    expect(await rulesOf(before.personId)).toEqual(["icpc"]);
    expect(await rulesOf(after.personId)).toEqual([]);
    // She is found again where another agency comes to know her: by herself, not through him.
    const again = await note("health", "used-again-h", second);
    expect(again.personId).toBe(after.personId);
  });

  it("by undoing a join at the record that was there first: what was owed before stays with that record's child", async () => {
    const one = somebody("Entwhistle");
    const first = await our.holds("social-care", one);
    await our.owes(first.personId, "icpc", "2026-06-02T12:00:00Z");
    const second = await our.holds("education", one);
    expect(second.personId).toBe(first.personId);
    const { correction, code } = await our.undo("mash-manager", naming(first));
    expect(code).toBeNull();
    expect(correction).not.toBeNull();
    const [stays, leaves] = [await our.again(first), await our.again(second)];
    expect(stays.personId).toBe(first.personId);
    expect(leaves.personId).not.toBe(first.personId);
    expect(await rulesOf(stays.personId)).toEqual(["icpc"]);
    expect(await rulesOf(leaves.personId)).toEqual([]);
  });

  /** Two records of one child, and two of another whom somebody took for the same. */
  async function joinedPairs(surname: string, number: string) {
    const one = somebody(surname);
    const theirs = [await our.holds("social-care", one), await our.holds("education", one)];
    const other = { ...one, bornOn: exchanged(one.bornOn), more: { identifiers: [nhs(number)] } };
    const his = [await our.holds("health", other), await our.holds("social-care", other)];
    expect(his[0]!.personId).toBe(his[1]!.personId);
    await our.decide("identity-reviewer", (await our.reviewOf(his[0]!)).id, "MATCH");
    const joined = new Set((await Promise.all([...theirs, ...his].map(our.again))).map(({ personId }) => personId));
    expect([...joined]).toEqual([theirs[0]!.personId]);
    return { theirs, his };
  }
  const peopleOf = async (rows: readonly AgencyRecordRow[]) =>
    (await Promise.all(rows.map(our.again))).map(({ personId }) => personId);

  it("by an undoing that comes twice, from one or from two at once: what came along stays together", async () => {
    const { theirs, his } = await joinedPairs("Fotheringham", "9990034281");
    const { correction } = await our.undo("mash-manager", naming(his[0]!));
    expect(correction).not.toBeNull();
    const again = await our.undo("mash-manager", naming(his[0]!));
    expect(again.correction?.id).toBe(correction.id);
    expect((await our.undo("identity-reviewer", naming(his[0]!))).code).toBe("WRONG_STEP");
    expect((await our.undo("identity-reviewer", naming(his[1]!))).code).toBe("WRONG_STEP");
    expect(await peopleOf(his)).toEqual(his.map(({ personId }) => personId));
    expect(await peopleOf(theirs)).toEqual(theirs.map(({ personId }) => personId));
  });

  it("by undoing at a record to which others came in several steps: those are to be named", async () => {
    const { theirs, his } = await joinedPairs("Gascoigne", "9990415390");
    const before = await peopleOf([...theirs, ...his]);
    const { code, message } = await our.undo("mash-manager", naming(theirs[0]!));
    expect(code).toBe("WRONG_STEP");
    expect(message).toContain("name those that do not belong");
    expect(await peopleOf([...theirs, ...his])).toEqual(before);
    expect((await our.undo("mash-manager", naming(his[0]!))).code).toBeNull();
    expect(await peopleOf(his)).toEqual(his.map(({ personId }) => personId));
  });

  it("by the model, which moves nobody for whom something was done while they were known by another id", async () => {
    const { left, right, review, child } = await our.plain("Jessamine");
    await our.owes(right.personId, "icpc", "2026-06-03T12:00:00Z");
    await our.decide("identity-reviewer", review.id, "MATCH");
    expect((await our.again(right)).personId).toBe(left.personId);
    // The record that she came with is written over with somebody else; what is owed for her stays.
    const stranger = { forename: "Thaddeus", surname: "Kilbride", bornOn: "2019-12-27", addresses: [home("OX97 7KB")] };
    const over = await note(right.agencyId, right.recordId, stranger);
    expect(over.personId).not.toBe(left.personId);
    expect(await rulesOf(left.personId)).toEqual(["icpc"]);
    const { forename, surname, bornOn } = child;
    const identifiers = [nhs("9990411115")];
    const known = await note("education", "jessamine-elsewhere", { forename, surname: "Lacey", bornOn, identifiers });
    expect(known.personId).not.toBe(left.personId);
    await note(left.agencyId, left.recordId, { forename, surname, bornOn, identifiers });
    expect((await our.again(left)).personId).toBe(left.personId);
    expect(await rulesOf(known.personId)).toEqual([]);
  });

  it("by the id of a child who turned out to be an adult: adults are not shown as children", async () => {
    const who = { forename: "Leopoldina", surname: "Netherwood", addresses: [home("OX96 6NW")] };
    const identifiers = [nhs("9990522227")];
    const adult = await note("health", "netherwood", { ...who, bornOn: "1979-11-28", identifiers });
    const taken = await note("education", "netherwood", { ...who, bornOn: "2016-03-04" });
    expect(taken.personId).not.toBe(adult.personId);
    expect((await read(taken.personId)).id).toBe(taken.personId);
    const corrected = await note("education", "netherwood", { ...who, bornOn: "1979-11-28", identifiers });
    expect(corrected.personId).toBe(adult.personId);
    expect(await read(adult.personId)).toBeNull();
    expect(await read(taken.personId)).toBeNull();
  });

  it("by a record's name that no agency can have given", async () => {
    for (const recordId of ["a\u0000b", "a\nb", "\u202Eab"])
      for (const { code } of [
        await our.link("mash-manager", { agencyId: "health", recordId }),
        await our.reach("mash-manager", { agencyId: "health", recordId }),
        await our.undo("mash-manager", { agencyId: "health", recordId }),
      ])
        expect(code).toBe("BAD_INPUT");
  });

  it("by a join that was read so often that it could not be undone", async () => {
    const { his } = await joinedPairs("Maplethorpe", "9990333335");
    const { personId } = await our.again(his[0]!);
    const at = our.hub().now();
    const reads = Array.from({ length: 400 }, (_, number) => ({
      id: our.hub().newId(),
      at,
      actorId: `demo|${"reader-with-a-long-sign-in-".repeat(4)}${number}`,
      role: "SOCIAL_WORKER",
      agencyId: "social-care",
      what: "child.read",
      subjectId: personId,
      allowed: true,
      rule: "whole-story",
      requestId: "made-for-a-test",
      purpose: "children-act-1989-s17",
    }));
    await insertMany(our.db(), AuditRow, reads as never);
    const { correction, code } = await our.undo("mash-manager", naming(his[0]!));
    expect(code).toBeNull();
    expect(correction.told).toBeGreaterThanOrEqual(400);
  });

  describe("and nothing is lost of whoever turned out to be another,", () => {
    const RECORD = `mutation ($step: RecordStep!) { recordStep(step: $step) {
      step { id } met { rule } opened { rule } leftOwed { rule } } }`;
    const step = async (childId: string, kind: string, hours: number, followsId: string | null = null) => {
      const happenedAt = new Date(Date.now() - hours * 3_600_000).toISOString();
      const input = { key: `${childId}-${kind}-${hours}`, kind, childId, followsId, happenedAt };
      const { data, errors } = await world.ask("social-worker", RECORD, { step: input });
      expect(errors).toEqual([]);
      return data.recordStep;
    };
    const rulesIn = (some: readonly { rule: string }[]) => some.map(({ rule }) => rule);

    it("what was begun for them goes on by either id, and is said to be left where it is not named", async () => {
      const { left, right, review } = await our.plain("Hathersage");
      const began = await step(right.personId, "RETURNED_FROM_MISSING", 30);
      expect(rulesIn(began.opened)).toContain("return-interview");
      await our.decide("identity-reviewer", review.id, "MATCH");
      const now = (await our.again(right)).personId;
      expect(now).toBe(left.personId);
      const unnamed = await step(now, "RETURN_INTERVIEW_HELD", 20);
      expect([rulesIn(unnamed.met), rulesIn(unnamed.leftOwed)]).toEqual([[], ["return-interview"]]);
      const named = await step(now, "RETURN_INTERVIEW_HELD", 10, began.step.id);
      expect(rulesIn(named.met)).toEqual(["return-interview"]);
    });

    it("whoever follows either id hears what happens under the other", async () => {
      const { left, right, review } = await our.plain("Illingworth");
      const began = await step(right.personId, "RETURNED_FROM_MISSING", 30);
      await our.decide("identity-reviewer", review.id, "MATCH");
      const token = await world.token("social-worker");
      const query = `subscription ($childId: ID) { obligationChanged(childId: $childId) { obligation { rule } } }`;
      const readers = await Promise.all(
        [left.personId, right.personId].map((childId) =>
          openStream(world.url, { token, query, variables: { childId } }),
        ),
      );
      try {
        await step(left.personId, "RETURN_INTERVIEW_HELD", 10, began.step.id);
        await step(left.personId, "BECAME_LOOKED_AFTER", 5);
        for (const { told } of readers)
          await expect.poll(() => JSON.stringify(told), SOON).toMatch(/return-interview[^]*looked-after/);
      } finally {
        for (const reader of readers) reader.close();
      }
    });
  });
});
