import type { Hub } from "../../src/services/hub.ts";
import { recordHash } from "../../src/store/row-hashes.ts";
import { insertMany } from "../../src/store/insert.ts";
import { ChildAccessRow } from "../../src/store/rows-access.ts";
import { AgencyRecordRow, PersonRow } from "../../src/store/rows.ts";
import type { KnownChild } from "./hub.ts";

export interface Seeding {
  readonly children: readonly KnownChild[];
  /** Who is put into the team around each child; nobody where left out. */
  readonly team?: string | undefined;
  /** Record ids as they were before they were sealed. */
  readonly inClear?: boolean;
}

/** The hub's own pointers, as collecting and linking would have made them. A second hub on the same database finds them there. */
export async function seedChildren(hub: Hub, { children, team, inClear = false }: Seeding): Promise<void> {
  const at = hub.now();
  const { manager } = hub.db;
  if (await manager.existsBy(PersonRow, {})) return;
  await insertMany(
    manager,
    PersonRow,
    children.map(({ id }) => ({ id, kind: "CHILD", createdAt: at, joinedTo: null, shielded: false, sealedAt: null })),
  );
  const records = children.flatMap(({ id: personId, records: held }) =>
    Object.entries(held).flatMap(([agencyId, recordIds]) =>
      recordIds.map((recordId): AgencyRecordRow => ({
        id: hub.newId(),
        agencyId,
        recordId,
        recordHash: recordHash(hub, agencyId, recordId),
        personId,
        restricted: false,
        gone: false,
        register: null,
        profile: null,
        profileHash: null,
        firstSeenAt: at,
        seenAt: at,
      })),
    ),
  );
  await insertMany(manager, AgencyRecordRow, records);
  if (inClear) for (const { id, recordId } of records) await inClearAgain(hub, id, recordId);
  if (team)
    await insertMany(
      manager,
      ChildAccessRow,
      children.map(({ id }) => placeIn(hub, { childId: id, actorId: team })),
    );
}

async function inClearAgain({ db }: Hub, id: string, recordId: string): Promise<void> {
  const name = (text: string) => db.driver.escape(text);
  const [first, second] = db.options.type === "postgres" ? ["$1", "$2"] : ["?", "?"];
  const set = `${name("recordId")} = ${first} WHERE ${name("id")} = ${second}`;
  await db.query(`UPDATE ${name("agency_record")} SET ${set}`, [recordId, id]);
}

function placeIn(
  hub: Hub,
  { childId, actorId }: { readonly childId: string; readonly actorId: string },
): ChildAccessRow {
  const at = hub.now();
  return {
    id: hub.newId(),
    key: `measured-${childId}`,
    childId,
    actorId,
    actorName: null,
    role: "SOCIAL_WORKER",
    agencyId: "social-care",
    kind: "TEAM",
    relation: "ALLOCATED",
    purpose: "children-act-1989-s17",
    power: "CHILDREN_ACT_1989_S17",
    reason: "measured",
    consent: null,
    state: "ACTIVE",
    startsAt: at,
    endsAt: null,
    warnAt: null,
    givenByActorId: actorId,
    decidedByActorId: null,
    decidedAt: null,
    decidedBecause: null,
    justified: null,
    obligationId: null,
    endedByActorId: null,
    endedAt: null,
  };
}
