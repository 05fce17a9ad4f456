// Unborn children: proposed by mother and expected date, never by likeness, and joined by nobody but a person.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { plainDate } from "../../src/domain/plain-date.ts";
import type { Demographics, StatedRelationship } from "../../src/domain/statements.ts";
import { mayBeConfirmed, noteBirths } from "../../src/services/births.ts";
import { noteRecords } from "../../src/services/records.ts";
import { IdentityReviewRow, LinkKeyRow } from "../../src/store/rows-identity.ts";
import { AgencyRecordRow } from "../../src/store/rows.ts";
import { home, nhs } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type FakeRecord, person, provenanceOf } from "../support/fake-system.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { getRecord } from "../support/record-rows.ts";
import { nhsNumber } from "../support/sealed-world.ts";

const NOW = new Date("2026-07-01T10:00:00Z");

const mother = (number: string, recordId: string): StatedRelationship => ({
  role: "MOTHER",
  otherRecordId: null,
  otherName: { use: "OFFICIAL", forenames: ["Ines"], surname: "Vance" },
  otherBornOn: null,
  otherIdentifiers: [nhs(number)],
  parentalResponsibility: null,
  mainCarer: null,
  livesWithChild: null,
  fromOn: null,
  untilOn: null,
  provenance: provenanceOf(recordId),
});

const child = (recordId: string, number: string | null, more: Partial<Demographics>): FakeRecord => ({
  recordId,
  demographics: {
    ...person(recordId, { forename: "Baby", surname: "Vance", bornOn: "2026-06-10", addresses: [home("OX99 3QQ")] }),
    ...more,
  },
  relationships: number === null ? [] : [mother(number, recordId)],
});
const unborn = (recordId: string, number: string | null, expectedOn: string) =>
  child(recordId, number, { bornOn: null, expectedOn: plainDate(expectedOn) });
const newborn = (recordId: string, number: string | null, bornOn: string) =>
  child(recordId, number, { bornOn: plainDate(bornOn) });

describe.each(ENGINES)("on $name, an unborn child", (engine) => {
  let world: LightHub;
  let at = 0;
  let number = "";
  let name = (text: string) => text;
  const db = () => world.open.hub.db.manager;
  const put = async (agencyId: string, record: FakeRecord) => {
    world.systems.get(agencyId)!.put(record);
    await world.collectAll();
  };
  const row = (recordId: string) => getRecord(db(), recordId);
  /** Open proposals about these two records. */
  const between = async (a: string, b: string) => {
    const ids = [(await row(a)).id, (await row(b)).id].sort();
    return db().findBy(IdentityReviewRow, { pair: ids.join(" "), kind: "BIRTH" });
  };

  beforeAll(async () => {
    world = await startLightHub(engine, { "social-care": [], health: [], education: [] });
  });
  beforeEach(() => {
    world.setNow(NOW);
    at += 1;
    number = nhsNumber(at * 37);
    const mine = at;
    name = (text) => `${text}-${mine}`;
  });
  afterAll(() => world?.close());

  it("is proposed to be the newborn of its mother, and not joined", async () => {
    await put("social-care", unborn(name("LA"), number, "2026-06-20"));
    await put("health", newborn(name("p"), number, "2026-06-10"));
    const [review] = await between(name("LA"), name("p"));
    expect(review).toMatchObject({ state: "OPEN", needsTwo: false, kind: "BIRTH" });
    expect((await row(name("LA"))).personId).not.toBe((await row(name("p"))).personId);
  });

  it("is proposed whichever record comes first, and once however often they come", async () => {
    await put("health", newborn(name("p"), number, "2026-06-10"));
    await put("social-care", unborn(name("LA"), number, "2026-06-20"));
    for (let again = 0; again < 3; again += 1) {
      await db().query("DELETE FROM collect_cursor");
      await world.collectAll();
    }
    expect(await between(name("LA"), name("p"))).toHaveLength(1);
  });

  it("is proposed when both records are noted at the same moment", async () => {
    const { hub } = world.open;
    const tries = Array.from({ length: 15 }, (_, each) => `${name("same")}-${each}`);
    for (const [each, id] of tries.entries()) {
      const hers = nhsNumber(at * 37 + 40_000 + each * 11);
      const [expected, born] = [unborn(`${id}-LA`, hers, "2026-06-20"), newborn(`${id}-p`, hers, "2026-06-10")];
      world.systems.get("social-care")!.put(expected);
      world.systems.get("health")!.put(born);
      const found = ({ recordId, demographics }: FakeRecord) => [{ recordId, demographics, restricted: false }];
      await noteRecords(hub, { agencyId: "social-care", records: found(expected) });
      await noteRecords(hub, { agencyId: "health", records: found(born) });
      await Promise.all([noteBirths(hub, "social-care", found(expected)), noteBirths(hub, "health", found(born))]);
    }
    const proposed = await Promise.all(tries.map((id) => between(`${id}-LA`, `${id}-p`)));
    expect(proposed.map((some) => some.length)).toEqual(tries.map(() => 1));
  });

  it.each([
    ["of another mother", "other", "2026-06-10"],
    ["whose mother nobody names", null, "2026-06-10"],
    ["born too early to be it", "same", "2026-02-01"],
    ["born too late to be it", "same", "2026-06-29"],
  ])("is not proposed to be a newborn %s", async (_which, whose, bornOn) => {
    const expectedOn = bornOn === "2026-06-29" ? "2026-05-01" : "2026-06-20";
    await put("social-care", unborn(name("LA"), number, expectedOn));
    const hers = whose === "same" ? number : whose === null ? null : nhsNumber(at * 37 + 20_000);
    await put("health", newborn(name("p"), hers, bornOn));
    expect(await between(name("LA"), name("p"))).toEqual([]);
    expect((await row(name("LA"))).personId).not.toBe((await row(name("p"))).personId);
  });

  it("may be the same as another of one pregnancy; of another it is not asked", async () => {
    await put("social-care", unborn(name("LA"), number, "2026-09-01"));
    await put("health", unborn(name("p"), number, "2026-09-10"));
    await put("education", unborn(name("A"), number, "2027-06-01"));
    expect(await between(name("LA"), name("p"))).toHaveLength(1);
    expect(await between(name("LA"), name("A"))).toEqual([]);
    expect(await between(name("p"), name("A"))).toEqual([]);
  });

  it("keeps of its mother a keyed hash, and no number", async () => {
    await put("social-care", unborn(name("LA"), number, "2026-09-01"));
    const hash = world.open.hub.keyed(`mother|nhs|${number}`).slice(0, 16);
    expect(await db().findBy(LinkKeyRow, { hash })).toHaveLength(1);
    expect(JSON.stringify(await db().find(LinkKeyRow))).not.toContain(number);
  });

  it("whose agency does not answer is asked about again at the next collection", async () => {
    const health = world.systems.get("health")!;
    await put("social-care", unborn(name("LA"), number, "2026-06-20"));
    const baby = newborn(name("p"), number, "2026-06-10");
    await put("health", baby);
    await db().query("DELETE FROM identity_review");
    const one = await row(name("p"));
    await db().delete(LinkKeyRow, { recordRowId: one.id });
    health.failWith("TIMEOUT");
    expect(await noteBirths(world.open.hub, "health", [baby])).toEqual({ proposed: 0, notAsked: 1 });
    expect(await between(name("LA"), name("p"))).toEqual([]);
    health.failWith(null);
    expect(await noteBirths(world.open.hub, "health", [])).toEqual({ proposed: 1, notAsked: 0 });
    expect(await noteBirths(world.open.hub, "health", [])).toEqual({ proposed: 0, notAsked: 0 });
    expect(await between(name("LA"), name("p"))).toHaveLength(1);
  });

  it("is proposed once the other's agency can say when that one was born", async () => {
    await put("health", newborn(name("p"), number, "2026-06-10"));
    world.systems.get("health")!.failWith("UNAVAILABLE");
    world.systems.get("social-care")!.put(unborn(name("LA"), number, "2026-06-20"));
    await world.collectAll();
    expect(await between(name("LA"), name("p"))).toEqual([]);
    world.systems.get("health")!.failWith(null);
    await world.collectAll();
    expect(await between(name("LA"), name("p"))).toHaveLength(1);
  });

  it("that is twins is confirmed as one of them, and never as both", async () => {
    await put("social-care", unborn(name("LA"), number, "2026-06-20"));
    await put("health", newborn(name("p1"), number, "2026-06-10"));
    await put("health", newborn(name("p2"), number, "2026-06-10"));
    const [first] = await between(name("LA"), name("p1"));
    const [second] = await between(name("LA"), name("p2"));
    const may = (review: IdentityReviewRow) => mayBeConfirmed(world.open.hub, db(), review);
    expect((await may(first!)).allowed).toBe(true);
    expect((await may(second!)).allowed).toBe(true);
    // As confirming the first joins them.
    await db().update(AgencyRecordRow, (await row(name("LA"))).id, { personId: (await row(name("p1"))).personId });
    expect(await may(second!)).toMatchObject({ allowed: false, because: expect.stringContaining("twins") });
    expect((await may(first!)).allowed).toBe(true);
  });
});
