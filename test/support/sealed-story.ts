// What stories about sealed records share: a hub with a child at four agencies, and one line for each question.

import { home } from "./demo-records.ts";
import type { TestEngine } from "./engines.ts";
import { type FakeRecord, person } from "./fake-system.ts";
import { startLightHub } from "./light-hub.ts";
import { type MadeChild, makeChild, randomOf } from "./sealed-world.ts";
import { findRecord, getRecord } from "./record-rows.ts";

const BY_NUMBER = `query ($identifier: IdentifierInput!) { childByIdentifier(identifier: $identifier) { id
  demographics { identifiers { value } } family { relationships { name personId } } } }`;
const FIND = `query ($search: ChildSearch!) { findChildren(search: $search) { edges { node { id } } totalCount
  sources { agency { id } status reason } } }`;

/** The one who may know. */
export const OFFICER = "sealed-records-officer";

/** A hub to tell them in. `next` makes another child, who is `old` from then on. */
export async function startSealedStory(engine: TestEngine) {
  const world = await startLightHub(engine, { "social-care": [], health: [], education: [], police: [] });
  world.setNow(new Date("2026-04-02T10:00:00Z"));
  const random = randomOf(7);
  const db = world.open.hub.db.manager;
  const system = (agencyId: string) => world.systems.get(agencyId)!;
  const story = {
    world,
    random,
    db,
    system,
    at: 0,
    /** The old identity, and its id in the hub. */
    old: null as unknown as MadeChild,
    childId: "",
    async next() {
      story.old = makeChild(random, story.at);
      story.at += 1;
      for (const [agencyId, record] of Object.entries(story.old.records)) system(agencyId).put(record);
      await world.collectAll();
      const { recordId = "" } = story.old.records["health"] ?? {};
      story.childId = (await getRecord(db, recordId)).personId;
    },
    /** Puts a record at an agency and collects it: its pointer, where it has one. */
    async put(agencyId: string, record: FakeRecord) {
      system(agencyId).put(record);
      await world.collectAll();
      return findRecord(db, record.recordId);
    },
    /** Every agency is read from the beginning. */
    async readAnew() {
      await db.query("DELETE FROM collect_cursor");
      await world.collectAll();
    },
    code: async (as: string, query: string, variables: Record<string, unknown>) =>
      (await world.ask(as, query, variables)).errors[0]?.extensions.code ?? null,
    find: async ({ surname, bornOn }: { surname: string; bornOn: string }) =>
      (await world.ask("social-worker", FIND, { search: { surname, bornOn } })).data.findChildren,
    byNumber: async (kind: string, value: string) =>
      (await world.ask("social-worker", BY_NUMBER, { identifier: { kind, value } })).data.childByIdentifier,
    /** A record of the new identity: forename and birthday are kept, all else is new. */
    renewed(identifiers: FakeRecord["demographics"]["identifiers"]): FakeRecord {
      const recordId = `new-${story.at}-${Math.floor(random() * 1e9)}`;
      const { forename, bornOn } = story.old;
      const who = { forename, surname: `Renwick${story.at}`, bornOn, addresses: [home("OX99 8QQ")], identifiers };
      return { recordId, demographics: person(recordId, who) };
    },
  };
  return story;
}
export type SealedStory = Awaited<ReturnType<typeof startSealedStory>>;
