// The slips that people make when they write somebody down.

import { nicknamesOf, plainLetters, spellingsOf } from "./name-variants.ts";
import type { Random } from "./random.ts";
import type { Day } from "./types.ts";

const NEIGHBOURS = "qwertyuiopasdfghjklzxcvbnm";

/** Another spelling of the name, or one slip of the fingers in it. */
export function misspell(random: Random, name: string): string {
  const spellings = spellingsOf(name);
  if (spellings.length > 0 && random.chance(0.7)) return random.pick(spellings);
  if (name.length < 4) return `${name}${name.slice(-1)}`;
  const at = random.int(1, name.length - 2);
  const before = name.slice(0, at);
  const [letter = "", next = ""] = [name.charAt(at), name.charAt(at + 1)];
  const after = name.slice(at + 2);
  switch (random.int(0, 3)) {
    case 0:
      return before + next + after;
    case 1:
      return before + letter + letter + next + after;
    case 2:
      return next === letter ? before + letter + after : before + next + letter + after;
    default:
      return before + NEIGHBOURS.charAt((NEIGHBOURS.indexOf(letter.toLowerCase()) + 27) % 26) + next + after;
  }
}

/** A short form where the name has one, else the name. */
export function shorten(random: Random, name: string): string {
  const short = nicknamesOf(name);
  return short.length > 0 ? random.pick(short) : name;
}

/** Hyphens, spaces and accents as another system keeps them: `Hartley-Okafor`, `Hartley Okafor`, `Okafor`. */
export function restyle(random: Random, name: string): string {
  const plain = plainLetters(name);
  if (!/[-' ]/.test(plain)) return plain;
  const parts = plain.split(/[-' ]/);
  const last = parts.at(-1) ?? plain;
  return random.pick([parts.join(" "), parts.join(""), last.length > 3 ? last : plain, plain]);
}

/** Day and month the other way round where such a day exists, else a neighbouring day, month or year. */
export function misdate(random: Random, day: Day): Day {
  const [year = "", month = "", date = ""] = day.split("-");
  if (date !== month && Number(date) <= 12 && random.chance(0.6)) return `${year}-${date}-${month}`;
  const pad = (value: number): string => String(value).padStart(2, "0");
  switch (random.int(0, 2)) {
    case 0:
      return `${year}-${month}-${pad(Number(date) === 1 ? 2 : Number(date) - 1)}`;
    case 1:
      return `${year}-${pad(Number(month) === 1 ? 2 : Number(month) - 1)}-${pad(Math.min(28, Number(date)))}`;
    default:
      return `${Number(year) - 1}-${month}-${pad(Math.min(28, Number(date)))}`;
  }
}
