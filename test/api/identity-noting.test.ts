// What becomes of a belief as records come in, change and come in again. Every child here is made up.

import { In } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addKeys, countCapped, MOST_IN_KEY, recordsWithKeys } from "../../src/store/link-keys.ts";
import { IdentityLinkRow, IdentityReviewRow, LinkKeyRow } from "../../src/store/rows-identity.ts";
import { AgencyRecordRow, PersonRow } from "../../src/store/rows.ts";
import type { Hub } from "../../src/services/hub.ts";
import { openProfile } from "../../src/services/identity-profiles.ts";
import { rebuildIdentity } from "../../src/services/identity-rebuild.ts";
import { noteRecords } from "../../src/services/records.ts";
import { home, nhs, upn } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { person } from "../support/fake-system.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { recordAt } from "../support/record-rows.ts";
import { testKeys } from "../support/test-keys.ts";

type Said = Parameters<typeof person>[1];

describe.each(ENGINES)("on $name, a record that comes in", (engine) => {
  let world: LightHub;
  const db = () => world.open.hub.db.manager;
  const note = async (agencyId: string, recordId: string, said: Said, hub: Hub = world.open.hub) => {
    const demographics = person(recordId, said);
    const found = { recordId, restricted: false, register: agencyId, demographics };
    await noteRecords(hub, { agencyId, records: [found] });
    return recordAt(db(), agencyId, recordId);
  };
  const reviewsOf = (a: AgencyRecordRow, b: AgencyRecordRow) =>
    db().findBy(IdentityReviewRow, { pair: [a.id, b.id].sort().join(" ") });
  const beliefsIn = (row: AgencyRecordRow) =>
    db().find(IdentityLinkRow, { where: { recordRowId: row.id }, order: { id: "ASC" } });

  beforeAll(async () => {
    world = await startLightHub(engine, {});
  });
  afterAll(() => world?.close());

  it("with a slip in the forename stays apart and is asked about, once however often it comes", async () => {
    const girl = { forename: "Seren", surname: "Pritchard", bornOn: "2015-05-19", addresses: [home("OX99 3AB")] };
    const first = await note("health", "seren-h", girl);
    const second = await note("education", "seren-s", { ...girl, forename: "Sernn" });
    await note("education", "seren-s", { ...girl, forename: "Sernn" });
    expect(second.personId).not.toBe(first.personId);
    const [review, ...more] = await reviewsOf(first, second);
    expect(more).toEqual([]);
    expect(review).toMatchObject({ kind: "RECORDS", state: "OPEN", outcome: null, gold: null });
    expect(JSON.parse(review!.vetoes)).toContain("V5");
    expect(JSON.parse(review!.contributions)).toContainEqual(expect.objectContaining({ field: "prior" }));
  });

  it("joins once it says what was missing, and leaves nobody behind without a way to them", async () => {
    const boy = { forename: "Idris", surname: "Vaughan", bornOn: "2014-09-02" };
    const first = await note("health", "idris-h", { ...boy, identifiers: [nhs("9990370419")] });
    const alone = await note("education", "idris-s", { ...boy, bornOn: "2014-02-09" });
    expect(alone.personId).not.toBe(first.personId);
    const joined = await note("education", "idris-s", { ...boy, identifiers: [nhs("9990370419")] });
    expect(joined.personId).toBe(first.personId);
    expect(await db().findOneByOrFail(PersonRow, { id: alone.personId })).toMatchObject({ joinedTo: first.personId });
    const beliefs = await beliefsIn(alone);
    expect(beliefs.map(({ personId }) => personId)).toEqual([alone.personId, first.personId]);
    expect(beliefs[1]).toMatchObject({
      rule: "NHS_NUMBER",
      band: "AUTO",
      supersedes: beliefs[0]!.id,
      fromPersonId: alone.personId,
      decidedBy: "model:strict",
      model: world.open.hub.matcher.model.version,
    });
  });

  it("is not moved by itself from a child for whom the hub already does something", async () => {
    const girl = { forename: "Maren", surname: "Oakley", bornOn: "2013-03-08" };
    const first = await note("health", "maren-h", { ...girl, identifiers: [nhs("9990864292")] });
    const alone = await note("education", "maren-s", {
      ...girl,
      bornOn: "2013-08-03",
      identifiers: [upn("H931123420002")],
    });
    const { errors } = await world.ask(
      "teacher",
      "mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) { id } }",
      {
        referral: {
          key: "maren-oakley",
          childId: alone.personId,
          concern: "She came without a coat.",
          level: "level-4",
          immediateDanger: false,
        },
      },
    );
    expect(errors).toEqual([]);
    const again = await note("education", "maren-s", {
      ...girl,
      identifiers: [upn("H931123420002"), nhs("9990864292")],
    });
    expect(again.personId).toBe(alone.personId);
    expect(await reviewsOf(first, again)).toHaveLength(1);
  });

  it("stays with its child when it comes to contradict the others, and two people are asked", async () => {
    const boy = { forename: "Osian", surname: "Tudor", bornOn: "2016-11-21", addresses: [home("OX99 4CD")] };
    const first = await note("health", "osian-h", { ...boy, identifiers: [nhs("9990740828")] });
    const second = await note("social-care", "osian-c", boy);
    expect(second.personId).toBe(first.personId);
    const against = await note("social-care", "osian-c", { ...boy, identifiers: [nhs("9991111239")] });
    expect(against.personId).toBe(first.personId);
    const [review] = await reviewsOf(first, against);
    expect(JSON.parse(review!.vetoes)).toContain("V1");
    expect(review!.needsTwo).toBe(true);
  });

  it("is found under its new keys alone once it changed", async () => {
    const was = { forename: "Tesni", surname: "Gower", bornOn: "2012-06-17", identifiers: [upn("D353200121003")] };
    const row = await note("education", "tesni", was);
    const before = await db().findBy(LinkKeyRow, { recordRowId: row.id });
    await note("education", "tesni", { ...was, surname: "Gower-Hughes" });
    const after = await db().findBy(LinkKeyRow, { recordRowId: row.id });
    const hashes = new Set(after.map(({ hash }) => hash));
    expect(before.some(({ hash }) => !hashes.has(hash))).toBe(true);
    expect(before.some(({ hash }) => hashes.has(hash))).toBe(true);
  });

  it("keeps its child and gets a new profile when the hub's key is another", async () => {
    const girl = { forename: "Lowri", surname: "Penry", bornOn: "2011-04-04", identifiers: [nhs("9990987769")] };
    const before = await note("health", "lowri", girl);
    const { hub } = world.open;
    const other = { ...hub, keys: testKeys("another") };
    expect(openProfile(other, before)).toBeNull();
    // As the keys job leaves one that opens to nobody.
    const unsettled = { profileHash: null };
    await db().update(AgencyRecordRow, before.id, unsettled);
    const after = await note("health", "lowri", girl, other);
    expect(after.personId).toBe(before.personId);
    expect(openProfile(other, after)).toEqual(openProfile(hub, before));
    await db().update(AgencyRecordRow, before.id, unsettled);
    await note("health", "lowri", girl);
  });

  it("comes out as it is believed when everything is decided from nothing, unless a person is asked about it", async () => {
    const { differ, asked } = await rebuildIdentity(world.open.hub);
    expect(differ).toEqual([]);
    const rows = await db().findBy(AgencyRecordRow, { id: In([...asked]) });
    expect(rows.map(({ recordId }) => recordId).sort()).toEqual(["maren-h", "maren-s", "osian-c", "osian-h"]);
  });

  it(`is found by no key that more than ${MOST_IN_KEY} share, and the key is counted`, async () => {
    const hash = "0".repeat(16);
    const put = async (from: number, count: number) => {
      const rows = Array.from({ length: count }, (_, at) => ({ hash, recordRowId: `crowd-${from + at}` }));
      return addKeys(db(), rows, await recordsWithKeys(db(), [hash]));
    };
    const found = async () => (await recordsWithKeys(db(), [hash])).byHash.get(hash)?.length ?? 0;
    expect([await put(0, MOST_IN_KEY), await found(), await countCapped(db())]).toEqual([0, MOST_IN_KEY, 0]);
    expect([await put(MOST_IN_KEY, 1), await found(), await countCapped(db())]).toEqual([1, 0, 1]);
    expect([await put(MOST_IN_KEY + 1, 50), await found(), await countCapped(db())]).toEqual([50, 0, 1]);
    expect(await db().countBy(LinkKeyRow, { hash })).toBe(MOST_IN_KEY + 1);
  });
});
