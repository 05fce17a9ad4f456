// Who a PDS search finds: exactly, by the start of a name, or by its sound.

import type { AgencyRecord } from "../town/types.ts";
import { genderOf } from "./patient.ts";
import type { DayBound, PdsQuery } from "./pds-query.ts";
import { practiceOf } from "./practices.ts";
import { soundex } from "./soundex.ts";
import type { Held, World } from "./world.ts";

/** Somebody who fits, and how well: 1 is exactly. */
interface Match {
  readonly held: Held;
  readonly nhsNumber: string;
  readonly score: number;
}

/** Everybody who fits, best first. Invalidated records never do; restricted ones not where the search tells whereabouts. */
export function searchPds({ held }: World, query: PdsQuery): Match[] {
  const found: Match[] = [];
  for (const one of held.values()) {
    const { nhsNumber, invalidated, restricted } = one.record;
    if (!nhsNumber || invalidated) continue;
    if (restricted && (query.postcode ?? query.practice) !== null) continue;
    const score = scoreOf(one.record, query);
    if (score !== null) found.push({ held: one, nhsNumber, score });
  }
  return found.sort((a, b) => b.score - a.score);
}

function scoreOf(record: AgencyRecord, query: PdsQuery): number | null {
  const { fuzzy, gender, born, died, practice, phone, email } = query;
  if (gender !== null && genderOf(record) !== gender) return null;
  if (!within(record.bornOn, born) || !within(record.diedOn, died)) return null;
  if (practice !== null && practiceOf(record)?.ods !== practice) return null;
  if ((phone !== null && record.phone !== phone) || (email !== null && record.email !== email)) return null;
  if (!fitsPostcode(record, query)) return null;
  const given = [...record.forenames, ...(record.knownAs ? [record.knownAs] : [])];
  const family = [record.surname, fuzzy || query.history ? record.formerSurname : null].filter((name) => name !== null);
  if (fitsNames(query, given, family)) return 1;
  return fuzzy && soundsLike(query, given, family) ? 0.8976 : null;
}

function fitsNames({ family, given }: PdsQuery, forenames: readonly string[], surnames: readonly string[]): boolean {
  if (family !== null && !surnames.some((name) => isNamed(name, family))) return false;
  return given.every((asked) => forenames.some((name) => isNamed(name, asked)));
}

/** By sound, also with forename and surname the wrong way round. */
function soundsLike(query: PdsQuery, forenames: readonly string[], surnames: readonly string[]): boolean {
  const alike = (names: readonly string[], asked: string) => names.some((name) => soundex(name) === soundex(asked));
  const { family, given } = query;
  const straight = (family === null || alike(surnames, family)) && given.every((asked) => alike(forenames, asked));
  return straight || (family !== null && alike(forenames, family) && given.some((asked) => alike(surnames, asked)));
}

function isNamed(name: string, asked: string): boolean {
  const [plain, wanted] = [name.toUpperCase(), asked.toUpperCase()];
  return wanted.endsWith("*") ? plain.startsWith(wanted.slice(0, -1)) : plain === wanted;
}

function fitsPostcode({ address, formerAddress }: AgencyRecord, { postcode, history, fuzzy }: PdsQuery): boolean {
  if (postcode === null) return true;
  const squeeze = (text: string) => text.replaceAll(" ", "");
  const homes = [address, history || fuzzy ? formerAddress : null].filter((home) => home !== null);
  return homes.some((home) => isNamed(squeeze(home.postcode), squeeze(postcode)));
}

function within(day: string | null, bounds: readonly DayBound[]): boolean {
  return bounds.every((bound) => {
    if (day === null) return false;
    if (bound.prefix === "eq") return day === bound.day;
    return bound.prefix === "ge" ? day >= bound.day : day <= bound.day;
  });
}
