// Who has signed in, noted once a day: for reports on who read what, which must name people after they have left, and notice somebody
// who reads of their own family or of a neighbour. Names are compared as keyed hashes; neither surname nor postcode is kept.

import { LRUCache } from "lru-cache";
import type { Actor } from "../domain/actor.ts";
import { dayInEngland } from "../domain/plain-date.ts";
import { plainName } from "../domain/plain-name.ts";
import { insertFirst } from "../store/insert.ts";
import { WorkerSeenRow } from "../store/rows-access.ts";
import type { Hub } from "./hub.ts";

/** What a sign-in says of somebody besides who they are. */
export interface Told {
  readonly surname: string | null;
  readonly postcode: string | null;
}

/** By which a worker's surname is compared with a child's: case, accents, spaces, hyphens and apostrophes aside. */
export const surnameHash = ({ keyed }: Pick<Hub, "keyed">, surname: string): string =>
  keyed(`worker-surname ${plainName(surname)}`);

/** By which a worker's postcode is compared with a child's. */
export const postcodeHash = ({ keyed }: Pick<Hub, "keyed">, postcode: string): string =>
  keyed(`worker-postcode ${plainName(postcode)}`);

/** People whom this process has noted, and the day. */
const noted = new WeakMap<Hub, LRUCache<string, string>>();
const MOST_REMEMBERED = 10_000;

/** Notes that somebody is here. It never fails: nobody is kept from a child because a note could not be taken. */
export async function noteWorker(hub: Hub, actor: Actor, told: Told | null): Promise<void> {
  if (told === null || actor.kind !== "PRACTITIONER") return;
  const known = noted.get(hub) ?? new LRUCache<string, string>({ max: MOST_REMEMBERED });
  noted.set(hub, known);
  const { id: actorId, name, role, agencyId } = actor;
  const seenAt = hub.now();
  const today = `${dayInEngland(seenAt)} ${role} ${agencyId}`;
  if (known.get(actorId) === today) return;
  known.set(actorId, today);
  const row: WorkerSeenRow = {
    actorId,
    name,
    role,
    agencyId,
    surnameHash: told.surname === null ? null : surnameHash(hub, told.surname),
    postcodeHash: told.postcode === null ? null : postcodeHash(hub, told.postcode),
    seenAt,
  };
  try {
    const { manager } = hub.db;
    if (!(await insertFirst(manager, WorkerSeenRow, row))) await manager.update(WorkerSeenRow, { actorId }, row);
  } catch (error) {
    known.delete(actorId);
    hub.log.warn({ error: (error as Error).name }, "that somebody signed in could not be noted");
  }
}
