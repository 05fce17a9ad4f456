import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { groupBy } from "../../src/domain/group.ts";
import { CAPPED, IdentityLinkRow, LinkKeyRow } from "../../src/store/rows-identity.ts";
import { AgencyRecordRow } from "../../src/store/rows.ts";
import { rebuildIdentity } from "../../src/services/identity-rebuild.ts";
import { makeTown } from "../../simulators/town/town.ts";
import { ENGINES } from "../support/engines.ts";
import { collectAll, startHubWorld, TOWN_DAY, type HubWorld } from "../support/hub-world.ts";

const CHILDREN = 150;
const AGENCY = { health: "health", education: "education", police: "police", socialCare: "social-care" } as const;

/** Who each record really is, by `agency record`. A record of education carries its school in front. */
function truth(): Map<string, Set<string>> {
  const rows = makeTown({ children: CHILDREN, seed: 7, until: TOWN_DAY }).truth;
  const byRecord = groupBy(rows, ({ agency, recordId }) => `${AGENCY[agency]} ${recordId}`);
  return new Map([...byRecord].map(([key, same]) => [key, new Set(same.map(({ residentId }) => residentId))]));
}

describe.each(ENGINES)("on $name, the town's records, linked,", (engine) => {
  let world: HubWorld;
  let rows: AgencyRecordRow[];
  const db = () => world.open.hub.db.manager;
  const really = truth();
  const who = ({ agencyId, recordId }: AgencyRecordRow) =>
    really.get(`${agencyId} ${agencyId === "education" ? recordId.split(".")[1] : recordId}`) ?? new Set<string>();

  beforeAll(async () => {
    world = await startHubWorld(engine, { children: CHILDREN, notices: false });
    await collectAll(world);
    rows = await db().find(AgencyRecordRow);
  }, 120_000);
  afterAll(() => world?.close());

  it("are all of them known, whoever they are of", () => {
    expect(rows.length).toBeGreaterThan(300);
    expect(
      rows.filter((row) => who(row).size === 0).map(({ agencyId, recordId }) => `${agencyId} ${recordId}`),
    ).toEqual([]);
  });

  it("never join two people, not even through a record that holds two", () => {
    const wrong = [...groupBy(rows, ({ personId }) => personId).values()].filter((records) => {
      const people = records.filter((record) => who(record).size === 1).map((record) => [...who(record)][0]);
      return new Set(people).size > 1;
    });
    expect(wrong.map((records) => records.map(({ agencyId, recordId }) => `${agencyId} ${recordId}`))).toEqual([]);
  });

  it("join most children whom two agencies know by the same number", () => {
    const ofChildren = rows.filter(({ agencyId }) => agencyId === "health" || agencyId === "education");
    const byResident = groupBy(ofChildren, (row) => [...who(row)].sort().join());
    const twice = [...byResident.values()].filter((same) => new Set(same.map(({ agencyId }) => agencyId)).size === 2);
    const joined = twice.filter((same) => new Set(same.map(({ personId }) => personId)).size === 1);
    expect(twice.length).toBeGreaterThan(50);
    expect(joined.length / twice.length).toBeGreaterThan(0.5);
  });

  it("carry the reason for each belief", async () => {
    const links = await db().find(IdentityLinkRow);
    expect(links).toHaveLength(rows.length);
    expect(links.filter(({ because }) => because === "")).toEqual([]);
  });

  it("make the same people when everything is decided from nothing", async () => {
    const rebuilt = await rebuildIdentity(world.open.hub);
    const people = new Set(rows.map(({ personId }) => personId)).size;
    expect(rebuilt).toEqual({ records: rows.length, people, differ: [], asked: [], withoutProfile: 0 });
  });

  it("stay as they are when everything is collected three times again", async () => {
    for (const _ of [1, 2, 3]) {
      await db().query("DELETE FROM collect_cursor");
      await collectAll(world);
    }
    const again = await db().find(AgencyRecordRow);
    const belief = (all: AgencyRecordRow[]) => all.map(({ id, personId }) => `${id} ${personId}`).sort();
    expect(belief(again)).toEqual(belief(rows));
    expect(await db().count(IdentityLinkRow)).toBe(rows.length);
  });

  it("leave no plain identifier in the index", async () => {
    const keys = await db().find(LinkKeyRow);
    expect(keys.length).toBeGreaterThan(rows.length);
    expect(keys.filter(({ hash }) => !/^[\da-f]{16}$/.test(hash))).toEqual([]);
    expect(keys.filter(({ recordRowId }) => recordRowId === CAPPED)).toEqual([]);
    expect(rows.filter(({ profile }) => profile === null || !/^v1\.[\w-]+\.[\w-]+$/.test(profile))).toEqual([]);
  });
});
