// A county that does not exist: about 400,000 records of about 270,000 people in four agencies' systems, in no order, with the
// truth kept apart. The same seed gives the same county. Made up; nobody in it is anybody.

import { makeRandom, type Random } from "../../simulators/town/random.ts";
import { makePeople } from "./people.ts";
import { makePlaces, type Places } from "./places.ts";
import { write } from "./recording.ts";
import { type County, type Person, type Source, SOURCES, type Written } from "./types.ts";

/** Records for each family, as `HELD_BY` gives them; found by counting. */
const RECORDS_PER_FAMILY = 3.255;

/** Shares of people whom each agency has a record of. */
const HELD_BY = {
  CHILD: { health: 0.8, education: 0.75, "social-care": 0.1, police: 0.06 },
  PARENT: { health: 0.08, education: 0, "social-care": 0.06, police: 0.12 },
} as const;
/** The share of registers' records that there are twice: one person, registered again. */
const TWICE = { health: 0.002, education: 0.002, "social-care": 0.004, police: 0.25 } as const;
const FOSTERED = 0.006;

export interface CountyOptions {
  readonly seed: number;
  readonly records: number;
}

export function makeCounty({ seed, records: wanted }: CountyOptions): County {
  const random = makeRandom(seed);
  const families = Math.max(1, Math.round(wanted / RECORDS_PER_FAMILY));
  const places = makePlaces(families);
  const people = makePeople({ random: random.stream("people"), families, places });
  const written: { record: Written; person: number }[] = [];
  const siblings = siblingsOf(people);
  let count = 0;
  for (const person of people) {
    const own = random.stream(`records/${person.index}`);
    const stays = person.part === "CHILD" ? stayOf(own, { places, people }) : null;
    const sibling = siblings(own, person);
    for (const source of held(own, person)) {
      const id = `${source.slice(0, 1).toUpperCase()}-${String(++count).padStart(7, "0")}`;
      written.push({ record: write({ random: own, person, source, id, sibling, stays }), person: person.index });
    }
  }
  const shuffled = random.stream("arrival").shuffle(written);
  return {
    seed,
    records: shuffled.map(({ record }) => record),
    // One in ten is on nobody's list yet.
    sharedPostcodes: places.shared.filter((_, n) => n % 10 !== 9),
    truth: { personOf: Int32Array.from(shuffled, ({ person }) => person), people },
  };
}

/** Which agencies have a record of somebody; one twice where they have two. */
function held(random: Random, person: Person): Source[] {
  const shares = HELD_BY[person.part === "CHILD" ? "CHILD" : "PARENT"];
  return SOURCES.flatMap((source) => {
    if (source === "education" && person.upn === null) return [];
    if (!random.chance(shares[source])) return [];
    return random.chance(TWICE[source]) ? [source, source] : [source];
  });
}

/** Where a child who does not live at home does: with foster carers, or in a home for many. */
function stayOf(random: Random, { places, people }: { places: Places; people: readonly Person[] }): string | null {
  if (!random.chance(FOSTERED)) return null;
  return random.chance(0.2) ? random.pick(places.shared) : random.pick(people).postcode;
}

/** Another child of the family: the twin, where there is one. */
function siblingsOf(people: readonly Person[]) {
  return (random: Random, person: Person): Person | null => {
    if (person.twin !== null) return people[person.twin] ?? null;
    const near = [person.index - 1, person.index + 1].flatMap((index) => {
      const other = people[index];
      return other && other.family === person.family && other.part === person.part ? [other] : [];
    });
    return near.length > 0 ? random.pick(near) : null;
  };
}
