// How people are found again in notices: officers spell by ear, so names are compared by their sound, never alone but always
// with a date of birth, or a year of it. Keys propose records to look at; whether they are the person is decided elsewhere.

import type { PlainDate } from "../../domain/plain-date.ts";
import { soundex } from "../../domain/sound.ts";
import type { Incident, IncidentPerson } from "./incident.ts";

const bornIn = (year: number): string => `~${year}`;

/** The key of one person; null where the notice names no surname, or neither a date of birth nor an age. */
export function searchKeyOf(person: IncidentPerson, happenedAt: string): string | null {
  const sound = soundex(person.surname ?? "");
  if (!sound) return null;
  if (person.bornOn) return `${sound}|${person.bornOn}`;
  if (person.approximateAge === null) return null;
  return `${sound}|${bornIn(Number(happenedAt.slice(0, 4)) - person.approximateAge)}`;
}

/** Everybody's key, for the inbox to find the notice by. */
export const searchKeysOf = ({ people, happenedAt }: Incident): readonly string[] => [
  ...new Set(people.map((person) => searchKeyOf(person, happenedAt)).filter((key) => key !== null)),
];

/** The keys a person may be found under: by date of birth, or by a guessed age two years out at most. */
export function searchKeysFor({ surname, bornOn }: { surname: string; bornOn: PlainDate }): readonly string[] {
  const sound = soundex(surname);
  const year = Number(bornOn.slice(0, 4));
  const years = [-2, -1, 0, 1, 2].map((off) => bornIn(year + off));
  return sound ? [bornOn, ...years].map((born) => `${sound}|${born}`) : [];
}
