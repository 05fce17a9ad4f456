// People who turned out to be one. Each keeps their id and what the hub did for them; `joinedTo` leads to whoever has their records.

import { type DataSource, type EntityManager, In, IsNull, Not } from "typeorm";
import { PersonRow } from "./rows.ts";

/** Links followed at most; nobody is joined so often but by mistake. */
const MOST_STEPS = 20;

/** Whom each of these is believed to be now: themselves, unless all their records went to another. Unknown ids are left out. */
export async function believedToBe(
  db: DataSource | EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const people = manager(db);
  const now = new Map<string, string>();
  let open = [...new Set(ids)].map((id) => ({ id, at: id }));
  for (let step = 0; step < MOST_STEPS && open.length > 0; step += 1) {
    const rows = await people.findBy(PersonRow, { id: In([...new Set(open.map(({ at }) => at))]) });
    const to = new Map(rows.map(({ id, joinedTo }) => [id, joinedTo]));
    for (const { id, at } of open) if (to.get(at) === null) now.set(id, at);
    open = open.flatMap(({ id, at }) => {
      const next = to.get(at);
      return next ? [{ id, at: next }] : [];
    });
  }
  return now;
}

/** Each of these with everybody whose records all went to them, whoever they came by; what the hub did for those is theirs too. */
export async function alsoKnownAs(
  db: DataSource | EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const people = manager(db);
  const known = new Map([...new Set(ids)].map((id) => [id, [id]]));
  let open = new Map([...known.keys()].map((id) => [id, id]));
  for (let step = 0; step < MOST_STEPS && open.size > 0; step += 1) {
    const rows = await people.find(PersonRow, {
      select: { id: true, joinedTo: true },
      where: { joinedTo: In([...open.keys()]) },
    });
    const next = new Map<string, string>();
    for (const { id, joinedTo } of rows) {
      const head = open.get(joinedTo ?? "");
      if (!head || known.get(head)?.includes(id)) continue;
      known.get(head)?.push(id);
      next.set(id, head);
    }
    open = next;
  }
  return known;
}

/** Every id of whoever has each of these: whom they are believed to be, and all who turned out to be the same. */
export async function everyIdOf(
  db: DataSource | EntityManager,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const now = await believedToBe(db, ids);
  const known = await alsoKnownAs(db, [...now.values()]);
  return new Map([...new Set(ids)].map((id) => [id, known.get(now.get(id) ?? id) ?? [id]]));
}

/** Whether anybody at all was ever joined: where nobody was, nobody need look. */
export const anybodyJoined = (db: DataSource | EntityManager): Promise<boolean> =>
  manager(db).existsBy(PersonRow, { joinedTo: Not(IsNull()) });

const manager = (db: DataSource | EntityManager): EntityManager => ("manager" in db ? db.manager : db);
