// What two records' agreement is worth, line by line. Every line is in bits: one bit more doubles the odds that the two are one
// person. The lines add up; a person can read them from top to bottom and see what spoke for and what against.

import type { Compared } from "./compared.ts";
import { type Comparer, comparerOf, type Comparing, LEVELS } from "./comparisons.ts";
import { frequencyOf, usualFrequency } from "./frequencies.ts";
import { SAME_HOUSEHOLD } from "./households.ts";
import type { Contribution, FieldModel, MatchModel, Weighed } from "./match-model.ts";
import { nth } from "./nth.ts";

export interface Pair {
  readonly a: Compared;
  readonly b: Compared;
}

/** Levels whose bits move with how common the value is: both ways where the value is the same on both sides, only down where it
 *  is nearly so, since a common name has many names near it. With a common postcode a surname is the family's, rare or not. */
const BOTH_WAYS: ReadonlySet<string> = new Set(["EXACT", "SAME", "SURNAME_SAME", "SAME_OTHER"]);
const ONLY_DOWN: ReadonlySet<string> = new Set(["VARIANT", "CLOSE", "SURNAME_CLOSE", "CLOSE_OTHER", "SAME_OUTWARD"]);

interface Line {
  readonly field: FieldModel;
  readonly column: string;
  readonly compare: Comparer;
  readonly bits: readonly number[];
  readonly usual: number;
  /** The line that says some of it already, by its place, and what that takes off. */
  readonly with: number;
  readonly together: number;
}

interface Ready {
  readonly comparing: Comparing;
  readonly lines: readonly Line[];
  readonly household: number;
  readonly born: number;
}

function makeReady(model: MatchModel, comparing: Comparing): Ready {
  const placeOf = (name: string | undefined): number => model.fields.findIndex(({ field }) => field === name);
  const kindAt = (kind: string): number => model.fields.findIndex((field) => field.kind === kind);
  const lines = model.fields.map((field): Line => {
    const bits = new Map(field.levels.map((each) => [each.level, each.bits]));
    const together = model.together?.find((each) => each.field === field.field);
    return {
      field,
      column: field.columns[0] ?? field.field,
      compare: comparerOf(field, comparing),
      bits: LEVELS[field.kind].map((level) => bits.get(level) ?? 0),
      usual: field.frequencies ? usualFrequency(field.frequencies) : 0,
      with: placeOf(together?.with),
      together: together?.bits ?? 0,
    };
  });
  return { comparing, lines, household: kindAt("household"), born: kindAt("born") };
}

// A model is read once and weighs many pairs: what follows from it is worked out at the first.
const READY = new WeakMap<MatchModel, Ready>();

function readyFor(model: MatchModel, comparing: Comparing): Ready {
  const known = READY.get(model);
  const same =
    known?.comparing.words === comparing.words && known.comparing.sharedPostcodes === comparing.sharedPostcodes;
  if (known && same) return known;
  const ready = makeReady(model, comparing);
  READY.set(model, ready);
  return ready;
}

/** How common what they agree on is: the rarest of the values that both have, else the commonest of all they have. */
function frequencyOfPair({ field, column }: Line, { a, b }: Pair): number {
  const ones = a[column] ?? [];
  const others = b[column] ?? [];
  const common = ones.filter((value) => others.includes(value));
  const how = (value: string): number => (field.frequencies ? frequencyOf(field.frequencies, value) : 1);
  return common.length > 0 ? Math.min(...common.map(how)) : Math.max(...ones.map(how), ...others.map(how));
}

function frequencyBits(line: Line, level: number, pair: Pair): number {
  if (line.usual === 0) return 0;
  const name = nth(LEVELS[line.field.kind], level);
  const both = BOTH_WAYS.has(name);
  if (!both && !ONLY_DOWN.has(name)) return 0;
  const bits = Math.log2(line.usual / frequencyOfPair(line, pair));
  return both ? bits : Math.min(bits, 0);
}

/** Within what one comparison may be worth at all, the frequency included. */
const held = (bits: number, { least, most }: MatchModel["clamp"]): number => Math.min(Math.max(bits, least), most);

type Tell = (field: string, level: string, bits: number) => void;

/** What one comparison brings, frequency included. */
function weighLine(
  model: MatchModel,
  { line, level, pair }: { line: Line; level: number; pair: Pair },
  tell: Tell | null,
): number {
  if (level < 0) {
    tell?.(line.field.field, "MISSING", 0);
    return 0;
  }
  const bits = nth(line.bits, level);
  tell?.(line.field.field, nth(LEVELS[line.field.kind], level), bits);
  const more = held(bits + frequencyBits(line, level, pair), model.clamp) - bits;
  if (more !== 0) tell?.(line.field.field, "FREQUENCY", more);
  return bits + more;
}

/** What is taken off because two comparisons that agree say one thing. */
function weighTogether(
  model: MatchModel,
  { ready, levels }: { ready: Ready; levels: readonly number[] },
  tell: Tell | null,
): number {
  let sum = 0;
  ready.lines.forEach((line, at) => {
    if (line.with < 0 || levels[at] !== 0 || levels[line.with] !== 0) return;
    sum += line.together;
    tell?.(line.field.field, "TOGETHER", line.together);
  });
  const household = levels[ready.household] ?? -1;
  const twins = household >= 0 && levels[ready.born] === 0 && SAME_HOUSEHOLD.has(nth(LEVELS.household, household));
  if (!twins || model.twins.bits === 0) return sum;
  tell?.("twins", "SAME_HOUSEHOLD_SAME_BIRTHDAY", model.twins.bits);
  return sum + model.twins.bits;
}

function sumUp(model: MatchModel, pair: Pair, { ready, tell }: { ready: Ready; tell: Tell | null }): number {
  let sum = model.prior;
  tell?.("prior", "PRIOR", model.prior);
  const levels: number[] = [];
  for (const line of ready.lines) {
    const level = line.compare(pair.a, pair.b);
    levels.push(level);
    sum += weighLine(model, { line, level, pair }, tell);
  }
  return sum + weighTogether(model, { ready, levels }, tell);
}

/**
 * Weighs a pair and tells every line of it: the prior, each comparison's level (`MISSING`, with no bits, where a side has
 * nothing), what a common or rare value takes or adds (`FREQUENCY`), what is taken off because another line said it already
 * (`TOGETHER`), and what is taken off because twins would agree as well.
 * A `Matcher` can stand as `comparing`; its shared postcodes then say nothing about a household.
 */
export function weigh(model: MatchModel, pair: Pair, comparing: Comparing): Weighed {
  const contributions: Contribution[] = [];
  const tell: Tell = (field, level, bits) => contributions.push({ field, level, bits });
  const bits = sumUp(model, pair, { ready: readyFor(model, comparing), tell });
  return { bits, contributions };
}

/** The sum alone, for those who weigh millions of pairs and explain the few that weigh enough. The same as `weigh(...).bits`. */
export const bitsOf = (model: MatchModel, pair: Pair, comparing: Comparing): number =>
  sumUp(model, pair, { ready: readyFor(model, comparing), tell: null });
