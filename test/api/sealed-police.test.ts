// A police notice names several people, and is kept in the hub. When one of them is sealed, nothing kept leads to that one any more,
// and the notice is still there for the others. With the real adapter and the real inbox; everybody is made up.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AgencySystem } from "../../src/adapters/agency-system.ts";
import { makePolice } from "../../src/adapters/police/police.ts";
import { searchKeysFor } from "../../src/adapters/police/search-keys.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { collect } from "../../src/services/collect.ts";
import { sweep } from "../../src/services/sweep.ts";
import { SealedFileRow } from "../../src/store/rows-identity.ts";
import { CollectCursorRow, PoliceIncidentKeyRow } from "../../src/store/rows.ts";
import { everythingInTables, everythingOpened } from "../support/dump.ts";
import { ENGINES } from "../support/engines.ts";
import type { FakeRecord } from "../support/fake-system.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { aNotice, aPerson, FORCE } from "../support/police-town.ts";
import { deliver } from "../support/police-world.ts";
import { leadsTo, type MadeChild, makeChild, randomOf, seal } from "../support/sealed-world.ts";
import { getRecord, rowsOfRecord } from "../support/record-rows.ts";

const FIND = `query ($search: ChildSearch!) { findChildren(search: $search) { edges { node { id } }
  sources { agency { id } status } } }`;
const VIEW = `query ($id: ID!) { child(id: $id) { agencies { agency { id } status events { kind summary } }
  family { relationships { name role agency { id } } relatives { names } } } }`;
const WORK = `query ($childId: ID!) { sealedWork(childId: $childId) { what } }`;

const SEED = Number(process.env["SEED"] ?? 20_270_411);
/** A child whom health and education know too, and another whom only the notice names. */
interface Story {
  readonly child: MadeChild;
  readonly other: MadeChild;
  readonly submissionId: string;
}

describe.each(ENGINES)("on $name, a police notice that names somebody sealed", (engine) => {
  let world: LightHub;
  const random = randomOf(SEED);
  const stories = [0, 1].map((at): Story => {
    const [child, other] = [makeChild(random, 2 * at), makeChild(random, 2 * at + 1)];
    return { child, other, submissionId: `PPN-2026-04${at}` };
  });
  const [story, later] = stories as [Story, Story];

  const db = () => world.open.hub.db.manager;
  const recordIdOf = ({ submissionId }: Story) => `${submissionId}.per-1`;
  const personOf = async (recordId: string) => (await getRecord(db(), recordId)).personId;
  const idOf = ({ child }: Story) => personOf(child.records["health"]!.recordId);
  /** By name and birthday: whoever the hub and every agency find. */
  const find = async ({ surname, bornOn }: MadeChild): Promise<string[]> => {
    const { findChildren } = (await world.ask("social-worker", FIND, { search: { surname, bornOn } })).data;
    expect(findChildren.sources.map(({ status }: { status: string }) => status)).not.toContain("DID_NOT_ANSWER");
    return findChildren.edges.map(({ node }: { node: { id: string } }) => node.id);
  };
  const view = async (id: string) => {
    const { data, errors } = await world.ask("social-worker", VIEW, { id });
    expect(errors).toEqual([]);
    return data.child;
  };
  const police = () => world.open.hub.systems.get("police")!;
  const connect = (system: AgencySystem) => (world.open.hub.systems as Map<string, AgencySystem>).set("police", system);
  /** The hash by which the inbox finds somebody: of how their surname sounds, and their birthday. */
  const keyHash = ({ surname, bornOn }: MadeChild): string => {
    const [key = ""] = searchKeysFor({ surname, bornOn: plainDate(bornOn) });
    return world.open.hub.keyed(`police ${key}`);
  };
  /** What stands in any table and leads to the child, and not to the others of the notice. */
  const left = async (each: Story): Promise<string[]> => {
    const { hub } = world.open;
    const { child, other } = each;
    const inNotice: FakeRecord = { ...child.records["police"]!, recordId: recordIdOf(each) };
    const { postcode } = child;
    const shared = new Set([...leadsTo(hub, Object.values(other.records)), postcode, postcode.replace(" ", "")]);
    const all = leadsTo(hub, [...Object.values(child.records), inNotice]);
    const leads = [...all.filter((lead) => !shared.has(lead)), keyHash(child)];
    const held = [...(await everythingInTables(hub.db)), ...(await everythingOpened(hub.db))];
    const text = held.join("\n").toLowerCase();
    return leads.filter((lead) => text.includes(lead.toLowerCase()));
  };

  beforeAll(async () => {
    const known = stories.map(({ child }) => child.records);
    const at = (agencyId: string) => known.flatMap((records) => records[agencyId] ?? []);
    world = await startLightHub(engine, { health: at("health"), education: at("education"), police: [] });
    world.setNow(new Date("2026-04-02T10:00:00Z"));
    const { inbox } = world.open;
    const { agency } = police();
    const ring = { name: "Unit", phone: null, email: null };
    connect(makePolice({ agency, forceIdentifier: FORCE, inbox, ring, readSide: null }));
    // The place that was kept is of the system that stood here before.
    await db().delete(CollectCursorRow, { agencyId: "police" });
    for (const { child, other, submissionId } of stories) {
      const named = ({ forename, surname, bornOn }: MadeChild, id: string) =>
        aPerson({ id, forenames: [forename], surname, bornOn });
      const notice = aNotice({
        submissionId,
        logNumber: `log-${submissionId}`,
        people: [named(child, "per-1"), named(other, "per-2")],
        address: { ...aNotice().address!, postcode: child.postcode },
      });
      await deliver(inbox, { ...notice, statedRelationships: [{ from: "per-1", to: "per-2", type: "SIBLING" }] });
    }
    await world.collectAll();
  });
  afterAll(() => world?.close());

  it("is one of the child's records, and finds the child, while nobody is sealed", async () => {
    for (const each of stories) {
      expect(await personOf(recordIdOf(each))).toBe(await idOf(each));
      expect(await find(each.child)).toEqual([await idOf(each)]);
      const found = await left(each);
      expect(found).toContain(recordIdOf(each));
      expect(found).toContain(keyHash(each.child));
    }
    const child = await view(await personOf("PPN-2026-040.per-2"));
    const names = JSON.stringify(child.family);
    expect(names).toContain(story.child.surname);
  });

  it("keeps nothing of its content in clear, sealed or not", async () => {
    const text = (await everythingInTables(world.open.hub.db)).join("\n");
    for (const { forename, surname } of [story.child, story.other]) {
      expect({ seed: SEED, clear: text.includes(surname) }).toEqual({ seed: SEED, clear: false });
      expect({ seed: SEED, clear: text.includes(forename) }).toEqual({ seed: SEED, clear: false });
    }
  });

  it("leads nowhere once the child is sealed", async () => {
    const childId = await idOf(story);
    const { code, done } = await seal(world, { childId });
    expect({ seed: SEED, code }).toEqual({ seed: SEED, code: null });
    expect(done.records).toBe(3);
    expect({ seed: SEED, left: await left(story) }).toEqual({ seed: SEED, left: [] });
    expect(await find(story.child)).toEqual([]);
    const { surname, bornOn } = story.child;
    const search = { identifier: null, forename: null, postcode: null, surname, bornOn: plainDate(bornOn) };
    const call = { signal: AbortSignal.timeout(10_000), correlationId: "test", purpose: "children-act-1989-s17" };
    expect(await police().find(search, call)).toEqual([]);
  });

  it("is still found and read for the other child, without naming the one who is sealed", async () => {
    const otherId = await personOf("PPN-2026-040.per-2");
    expect(await find(story.other)).toEqual([otherId]);
    const child = await view(otherId);
    const said = child.agencies.find(({ agency }: { agency: { id: string } }) => agency.id === "police");
    expect(said).toMatchObject({ status: "RECORDED" });
    expect(said.events).toHaveLength(1);
    const words = JSON.stringify(child);
    for (const text of [story.child.forename, story.child.surname, story.child.bornOn])
      expect(words).not.toContain(text);
  });

  it("brings nobody back when it is read anew", async () => {
    await db().clear(CollectCursorRow);
    await world.collectAll();
    await find(story.child);
    expect({ seed: SEED, left: await left(story) }).toEqual({ seed: SEED, left: [] });
    expect(await rowsOfRecord(db(), recordIdOf(story))).toEqual([]);
  });

  it("is let go of by the sweep where that failed when the child was sealed, and nothing is shown meanwhile", async () => {
    const childId = await idOf(later);
    const real = police();
    connect({ ...real, forget: () => Promise.reject(new Error("the inbox was away")) });
    expect((await seal(world, { childId })).code).toBeNull();
    const due = { what: "TO_FORGET" };
    expect(await db().countBy(SealedFileRow, due)).toBe(1);
    expect(await find(later.child)).toEqual([]);
    // All that is left meanwhile is a hash that nobody reads without the hub's key.
    const hash = keyHash(later.child);
    expect({ seed: SEED, left: await left(later) }).toEqual({ seed: SEED, left: [hash] });
    const { sealedWork } = (await world.ask("sealed-records-officer", WORK, { childId })).data;
    expect(sealedWork.map(({ what }: { what: string }) => what)).not.toContain("TO_FORGET");

    connect(real);
    await sweep(world.open.hub);
    expect(await db().countBy(SealedFileRow, due)).toBe(0);
    expect(await db().countBy(PoliceIncidentKeyRow, { hash })).toBe(0);
    expect({ seed: SEED, left: await left(later) }).toEqual({ seed: SEED, left: [] });
    expect(await find(later.other)).toEqual([await personOf("PPN-2026-041.per-2")]);
  });

  it("has the hub's place in the notices encrypted, and starts anew from one that does not open", async () => {
    const { hub } = world.open;
    const row = await db().findOneByOrFail(CollectCursorRow, { agencyId: "police" });
    expect(row.cursor).not.toMatch(/inbox|since|\{/);
    expect((await collect(hub, "police")).changed).toBe(0);
    await db().update(CollectCursorRow, { agencyId: "police" }, { cursor: '{"inbox":"2"}' });
    expect((await collect(hub, "police")).changed).toBeGreaterThan(0);
    const { cursor } = await db().findOneByOrFail(CollectCursorRow, { agencyId: "police" });
    expect(cursor).not.toContain("{");
    // Another agency's place is not this one's.
    await db().update(CollectCursorRow, { agencyId: "health" }, { cursor });
    expect((await collect(hub, "health")).stoppedBy).toBeNull();
  });
});
