import { rowsIn, type Reading } from "./reading.ts";
import { CHANGE_LOG, RESTRICTION, type Person } from "./ssd-tables.ts";
import { flagOf, instantOf } from "./values.ts";

/** Which of the records asked about the council holds, which are restricted, and how old all of it is. */
export interface Held {
  readonly people: ReadonlyMap<string, Person>;
  readonly restricted: ReadonlySet<string>;
  readonly asOf: Date | null;
}

/** Read before anything else: what is restricted decides what may be read at all. */
export async function readHeld(reading: Reading, ids: readonly string[]): Promise<Held> {
  const asked = ids.filter((id) => id !== "-1");
  const people = await rowsIn(reading, reading.person, { personId: asked });
  return {
    people: new Map(people.map((person) => [person.personId ?? "", person])),
    restricted: await readRestricted(reading, asked),
    asOf: await readAsOf(reading),
  };
}

/** Anything but a plain `N` restricts: a flag nobody understands is no permission. */
export async function readRestricted(reading: Reading, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await rowsIn(reading, RESTRICTION, { personId: ids });
  return new Set(rows.flatMap(({ personId, restricted }) => (flagOf(restricted) === false ? [] : [personId ?? ""])));
}

/** When the nightly refresh last wrote to its log, which it does even when nothing changed. */
async function readAsOf({ db }: Reading): Promise<Date | null> {
  const [last] = await db.find(CHANGE_LOG.schema, { order: { seq: "DESC" }, take: 1 });
  return instantOf(last?.changedAt ?? null);
}
