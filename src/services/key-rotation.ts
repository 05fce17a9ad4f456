// Changing the key. Everything that is not sealed under the current one is sealed anew, batch by batch, while the hub works: whatever
// the keys job finds in clear, or sealed as it was before there was a ring, too. It may be stopped anywhere, and run by several.

import { In, IsNull, LessThan } from "typeorm";
import { again } from "../store/again.ts";
import { insertFirst } from "../store/insert.ts";
import { keyIdOf, KeyFault } from "../store/key-ring.ts";
import { countNotUnder, type Kept, notUnder, type Place, placesOf, swap, type Swap } from "../store/resealing.ts";
import { KeyRotationRow } from "../store/rows-keeping.ts";
import { AgencyRecordRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";
import { unseal } from "./seal.ts";

const AT_ONCE = 100;
/** Longer than any batch takes: after it, whoever had it in hand is taken to be gone. */
const HELD_MS = 30_000;
/** How long one look of the job may work, so that it stops soon when it is told to. */
const SLICE_MS = 20_000;
/** A process with older settings may still have sealed something under an older key. */
const LOOK_AGAIN_MS = 24 * 3600_000;

const PROFILES = "agency_record.profile";
const FROM_HERE = { place: null, lastId: null, done: 0, failed: 0 } as const;

const lookedAt = new WeakMap<Hub, Date>();

/** The latest change of key; null before the first. */
export const latestRotation = ({ db }: Pick<Hub, "db">): Promise<KeyRotationRow | null> =>
  db.manager.findOne(KeyRotationRow, { where: {}, order: { startedAt: "DESC", id: "DESC" } });

/** Goes on with the change of key, where one is under way or due and no other process has it in hand. Returns how many values it looked
 *  at; the job calls it again and again. */
export async function keepSealed(hub: Hub, stopping?: AbortSignal): Promise<number> {
  const row = await rotationToDo(hub);
  if (!row || !(await claim(hub, row))) return 0;
  const slice = AbortSignal.timeout(SLICE_MS);
  return carryOn(hub, row, stopping ? AbortSignal.any([stopping, slice]) : slice);
}

/** Begins one where this process names another current key than the last was for, once after its start; or again, where a day after the
 *  end something is found that is not under the key. */
async function rotationToDo(hub: Hub): Promise<KeyRotationRow | null> {
  const { current } = hub.keys;
  const latest = await latestRotation(hub);
  const last = lookedAt.get(hub);
  const isFirst = last === undefined;
  if (isFirst || hub.now().getTime() - last.getTime() >= LOOK_AGAIN_MS) lookedAt.set(hub, hub.now());
  if (latest?.keyId !== current) return isFirst ? begin(hub, latest) : null;
  if (latest.finishedAt === null) return latest;
  const isDue = lookedAt.get(hub) !== last;
  return isDue && (await countLeft(hub)) > 0 ? reopen(hub, latest) : null;
}

async function countLeft({ db, keys }: Hub): Promise<number> {
  let left = 0;
  for (const place of placesOf(db)) left += await countNotUnder(db, place, keys.current);
  return left;
}

async function begin(hub: Hub, latest: KeyRotationRow | null): Promise<KeyRotationRow | null> {
  const { current: keyId } = hub.keys;
  // The same for all who begin it at once.
  const id = hub.keyed(`key-rotation|${latest?.id ?? ""}|${keyId}`).slice(0, 36);
  const total = await countLeft(hub);
  const row: KeyRotationRow = {
    id,
    keyId,
    startedAt: hub.now(),
    finishedAt: null,
    claimedUntil: null,
    ...FROM_HERE,
    total,
  };
  if (await insertFirst(hub.db.manager, KeyRotationRow, row))
    hub.log.info({ keyId, values: total }, "everything is being sealed under this key");
  return hub.db.manager.findOneBy(KeyRotationRow, { id });
}

async function reopen(hub: Hub, { id }: KeyRotationRow): Promise<KeyRotationRow | null> {
  await hub.db.manager.update(KeyRotationRow, { id }, { finishedAt: null, ...FROM_HERE, total: await countLeft(hub) });
  return hub.db.manager.findOneBy(KeyRotationRow, { id });
}

/** True for whoever has it in hand from now on. */
async function claim(hub: Hub, row: KeyRotationRow): Promise<boolean> {
  const now = hub.now();
  const until = new Date(now.getTime() + HELD_MS);
  const { manager } = hub.db;
  for (const claimedUntil of [IsNull(), LessThan(now)]) {
    const { affected } = await manager.update(
      KeyRotationRow,
      { id: row.id, finishedAt: IsNull(), claimedUntil },
      { claimedUntil: until },
    );
    if (affected !== 1) continue;
    // Somebody else may have come further since it was read.
    Object.assign(row, await manager.findOneBy(KeyRotationRow, { id: row.id }));
    return true;
  }
  return false;
}

/** Place by place, in the order of ids. */
async function carryOn(hub: Hub, row: KeyRotationRow, signal: AbortSignal): Promise<number> {
  const places = placesOf(hub.db);
  let at = Math.max(
    places.findIndex(({ name }) => name === row.place),
    0,
  );
  let looked = 0;
  for (let place = places[at]; place && !signal.aborted; place = places[at]) {
    const after = row.place === place.name ? (row.lastId ?? "") : "";
    const page = await notUnder(hub.db, place, { keyId: hub.keys.current, after, most: AT_ONCE });
    const failed = await reseal(hub, place, page);
    looked += page.length;
    row.place = place.name;
    row.lastId = page.at(-1)?.id ?? after;
    row.done += page.length - failed;
    row.failed += failed;
    if (page.length < AT_ONCE) at += 1;
    if (page.length < AT_ONCE && places[at]) [row.place, row.lastId] = [places[at]?.name ?? null, ""];
    if (places[at] && !(await keepHold(hub, row))) return looked;
  }
  await (places[at] ? letGo(hub, row) : finish(hub, row));
  return looked;
}

/** Keeps what was done on record, and the work in hand. False where another has taken it over. */
async function keepHold(hub: Hub, row: KeyRotationRow): Promise<boolean> {
  const { id, place, lastId, done, failed, claimedUntil: held } = row;
  const claimedUntil = new Date(hub.now().getTime() + HELD_MS);
  const mine = held === null ? IsNull() : held;
  const kept = { place, lastId, done, failed, claimedUntil };
  const { affected } = await hub.db.manager.update(KeyRotationRow, { id, claimedUntil: mine }, kept);
  row.claimedUntil = claimedUntil;
  return affected === 1;
}

async function letGo(hub: Hub, { id, claimedUntil }: KeyRotationRow): Promise<void> {
  if (claimedUntil) await hub.db.manager.update(KeyRotationRow, { id, claimedUntil }, { claimedUntil: null });
}

/** Over, unless something was sealed under an older key meanwhile: then once more from the beginning. */
async function finish(hub: Hub, row: KeyRotationRow): Promise<void> {
  const { id, keyId, done, failed } = row;
  const left = await countLeft(hub);
  const over = left <= failed;
  const anew = { finishedAt: null, failed: 0, total: done + left };
  const ended = { finishedAt: hub.now(), failed: left, total: done + left };
  await hub.db.manager.update(
    KeyRotationRow,
    { id },
    { ...(over ? ended : anew), done, place: null, lastId: null, claimedUntil: null },
  );
  if (over && left > 0) hub.log.error({ keyId, values: left }, "values that do not open were left as they are");
  else if (over) hub.log.info({ keyId, values: done }, "everything is sealed under this key");
}

/** Seals these anew. Returns how many do not open: those are left as they are. */
async function reseal(hub: Hub, place: Place, page: readonly Kept[]): Promise<number> {
  const faults = new Map<string, number>();
  const swaps = page.flatMap(({ id, kept }): Swap[] => {
    try {
      const { purpose } = place;
      const belonging = place.bound ? { purpose, rowId: id } : { purpose };
      return [{ id, kept, becomes: hub.keys.seal(opened(hub, place, { id, kept }), belonging) }];
    } catch (error) {
      const keyId = error instanceof KeyFault ? error.keyId : "";
      faults.set(keyId, (faults.get(keyId) ?? 0) + 1);
      return [];
    }
  });
  await again(() => swap(hub.db, place, swaps));
  const lost = page.filter(({ id }) => !swaps.some((each) => each.id === id)).map(({ id }) => id);
  // Made anew when the record is next seen.
  if (lost.length > 0 && place.name === PROFILES)
    await hub.db.manager.update(AgencyRecordRow, { id: In(lost) }, { profileHash: null });
  for (const [keyId, values] of faults)
    hub.log.error({ place: place.name, keyId, values }, "values sealed under this key do not open");
  return lost.length;
}

/** A notice of before notices were encrypted is JSON. */
const isInClear = (kept: string): boolean => kept.startsWith("{");

function opened(hub: Hub, { purpose, bound }: Place, { id, kept }: Kept): string {
  if (!bound) return keyIdOf(kept) === null ? kept : hub.keys.open(kept, { purpose });
  return isInClear(kept) ? kept : unseal(hub, kept, { purpose, rowId: id });
}
