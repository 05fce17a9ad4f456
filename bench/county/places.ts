// Where people live, and days as numbers. The county's postcodes begin with LX, which no place in Britain has.

import type { Random } from "../../simulators/town/random.ts";

const LETTERS = "ABDEFGHJLNPQRSTUWXYZ";
const HOUSEHOLDS_IN_A_POSTCODE = 15;
const POSTCODES_IN_A_SECTOR = 170;
const SHARED_HOMES = 40;

export interface Places {
  draw(random: Random): string;
  /** Refuges, homes, a hospital: many who are no family. */
  readonly shared: readonly string[];
}

function postcodeOf(count: number): string {
  const sector = Math.floor(count / POSTCODES_IN_A_SECTOR);
  const unit = count % POSTCODES_IN_A_SECTOR;
  const letters = LETTERS.charAt(Math.floor(unit / LETTERS.length)) + LETTERS.charAt(unit % LETTERS.length);
  return `LX${1 + Math.floor(sector / 9)} ${1 + (sector % 9)}${letters}`;
}

export function makePlaces(families: number): Places {
  const count = Math.max(50, Math.ceil(families / HOUSEHOLDS_IN_A_POSTCODE));
  const postcodes = Array.from({ length: count }, (_, n) => postcodeOf(n));
  // Homes for many stand among the others, with a postcode of their own.
  const shared = Array.from({ length: SHARED_HOMES }, (_, n) => postcodeOf(count + n));
  return { draw: (random) => random.pick(postcodes), shared };
}

const DAY_MS = 86_400_000;

/** Days since 1970, for adding. */
export const numberOf = (day: string): number => Math.round(Date.parse(`${day}T00:00:00Z`) / DAY_MS);
export const dayOf = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10);
