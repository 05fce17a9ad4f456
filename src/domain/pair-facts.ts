// What two records have in common, in the few words that the rules and vetoes speak in. No weights here: these rules hold whatever
// a model says.

import { type DatesAgree, datesAgree } from "./born.ts";
import type { Compared, NameWords } from "./compared.ts";
import { areSwapped } from "./levels-names.ts";
import { jaroWinkler } from "./text-distance.ts";

/** `SAME`: one of its forenames is one of the other's. `VARIANT`: two ways to say or write one (Amelia, Millie), or the one is the
 *  other's middle name. `SWAPPED`: forename and surname in each other's place. `ALIKE`: a slip apart (Amleia), which Jayden and
 *  Kayden are too, or an initial, which Jack and Joe share. `OTHER`: none of these. */
export type ForenamesAgree = "SAME" | "VARIANT" | "SWAPPED" | "ALIKE" | "OTHER";

/** Numbers that are given to one person in the whole country. A local authority's number for a child is not among them. */
const NATIONAL = ["nhs", "upn", "uln", "pnc"] as const;
/** Those that some agencies vouch for; the others only copy them. */
const VOUCHED: Readonly<Record<string, string | undefined>> = { nhs: "nhsVerified", upn: "upnVerified" };

export interface SharedNumber {
  readonly field: (typeof NATIONAL)[number];
  /** How many of the two agencies vouch for it: a copied number may be a brother's or sister's. */
  readonly vouchers: 0 | 1 | 2;
}

/** Null throughout says that a side has nothing to compare. */
export interface PairFacts {
  readonly forename: ForenamesAgree | null;
  /** Both have other forenames besides the first, and none of one can be one of the other's: Muhammad Hassan, Muhammad Ali. Where
   *  the first is given to all brothers, the second is what they are called: alike is then not enough (Hassan, Hussain). */
  readonly middlesDiffer: boolean;
  /** The forename that they share is one that brothers are often all given, and a side has no other than an initial. */
  readonly brothersShareIt: boolean;
  readonly born: DatesAgree | null;
  /** Nothing of the birthdays agrees and they lie ten years apart or more: a parent and a child of one name. */
  readonly generationsApart: boolean;
  /** The same, a way to write it, a slip apart, or a part in common. */
  readonly surnameAgrees: boolean;
  readonly surnameSame: boolean;
  /** Of homes, present or former. An address where many families stay is none. */
  readonly postcodeAgrees: boolean;
  readonly sexDiffers: boolean;
  readonly shared: readonly SharedNumber[];
  /** Numberings in which both have a number, and not one in common. */
  readonly differing: readonly (typeof NATIONAL)[number][];
}

type Variants = Pick<NameWords, "areVariants" | "areSurnameVariants">;

export interface FactsNeed {
  readonly words: Variants;
  readonly sharedPostcodes?: ReadonlySet<string>;
}

type Values = readonly string[];
const valuesOf = (compared: Compared, field: string): Values => compared[field] ?? [];
const common = (a: Values, b: Values): Values => a.filter((value) => b.includes(value));
const someOf = (a: Values, b: Values, holds: (one: string, other: string) => boolean): boolean =>
  a.some((one) => b.some((other) => holds(one, other)));

const middlesOf = (compared: Compared): Values => valuesOf(compared, "middle").flatMap((names) => names.split(" "));

/** As alike as one or two slips of the keyboard leave a forename (Winkler's measure). */
const ALIKE = 0.85;

const isInitialOf = (one: string, other: string): boolean => one.length === 1 && other.startsWith(one);

/** How two records' forenames agree, the best of all names they have; null where a side has none. */
export function forenamesAgree(a: Compared, b: Compared, words: Variants): ForenamesAgree | null {
  const [ones, others] = [valuesOf(a, "forename"), valuesOf(b, "forename")];
  if (ones.length === 0 || others.length === 0) return null;
  if (common(ones, others).some((name) => name.length > 1)) return "SAME";
  if (someOf(ones, others, isInitialOf) || someOf(others, ones, isInitialOf)) return "ALIKE";
  if (someOf(ones, others, (one, other) => words.areVariants(one, other))) return "VARIANT";
  if (common(ones, middlesOf(b)).length > 0 || common(others, middlesOf(a)).length > 0) return "VARIANT";
  if (
    areSwapped(
      { forenames: ones, surnames: valuesOf(a, "surname") },
      { forenames: others, surnames: valuesOf(b, "surname") },
    )
  )
    return "SWAPPED";
  return someOf(ones, others, (one, other) => jaroWinkler(one, other) >= ALIKE) ? "ALIKE" : "OTHER";
}

/** Names that are one: the same, an initial, ways to write one, or a slip apart. */
const canBeOne = (one: string, other: string, words: Variants): boolean =>
  one === other ||
  isInitialOf(one, other) ||
  isInitialOf(other, one) ||
  words.areVariants(one, other) ||
  jaroWinkler(one, other) >= ALIKE;

/** Given first to every son of many families, or half a name ("servant of the"): brothers go by their second names. */
const GIVEN_TO_BROTHERS = ["muhammad", "syed", "abdul", "abdel"] as const;

function brothersMayShare(a: Compared, b: Compared, words: Variants): boolean {
  const shared = common(valuesOf(a, "forename"), valuesOf(b, "forename"));
  const isGivenToAll = (name: string): boolean =>
    GIVEN_TO_BROTHERS.some((given) => name === given || words.areVariants(name, given));
  return shared.length > 0 && shared.every(isGivenToAll);
}

function middlesDiffer(a: Compared, b: Compared, words: Variants): boolean {
  const [ones, others] = [middlesOf(a), middlesOf(b)];
  if (ones.length === 0 || others.length === 0) return false;
  const [allOnes, allOthers] = [
    [...ones, ...valuesOf(a, "forename").slice(1)],
    [...others, ...valuesOf(b, "forename").slice(1)],
  ];
  const areBrothers = brothersMayShare(a, b, words);
  const canBe = (one: string, other: string): boolean =>
    areBrothers && one.length > 1 && other.length > 1
      ? one === other || words.areVariants(one, other)
      : canBeOne(one, other, words);
  return !someOf(allOnes, allOthers, canBe);
}

function brothersShareIt(a: Compared, b: Compared, words: Variants): boolean {
  const hasNoOther = (compared: Compared): boolean => middlesOf(compared).every((name) => name.length === 1);
  return (hasNoOther(a) || hasNoOther(b)) && brothersMayShare(a, b, words);
}

const BEST_FIRST: readonly DatesAgree[] = ["EXACT", "SWAPPED", "ONE_EDIT", "TWO_PARTS", "PARTIAL", "ELSE"];

/** How two records' birthdays agree; null where a side has none. Two years, though the same, are no day. */
export function bornAgree(a: Compared, b: Compared): DatesAgree | null {
  const agree = new Set(
    valuesOf(a, "born").flatMap((one) => valuesOf(b, "born").map((other) => datesAgree(one, other))),
  );
  return BEST_FIRST.find((level) => agree.has(level)) ?? null;
}

const GENERATION_YEARS = 10;
const yearOf = (born: string): number => Number(born.slice(0, 4));
const areGenerationsApart = (a: Compared, b: Compared): boolean =>
  bornAgree(a, b) === "ELSE" &&
  !someOf(
    valuesOf(a, "born"),
    valuesOf(b, "born"),
    (one, other) => Math.abs(yearOf(one) - yearOf(other)) < GENERATION_YEARS,
  );

/** As near as a slip in writing. Shorter parts (van, de, al) are anybody's. */
const CLOSE = 0.92;
const PART_LETTERS = 4;

/** Whether two surnames are one: the same, a way to write it, a slip apart, or with a part in common (Smith, Smith-Jones). */
function areOneSurname(one: string, other: string, words: Variants): boolean {
  if (one === other || words.areSurnameVariants(one, other)) return true;
  const parts = one.split(" ").filter((part) => part.length >= PART_LETTERS);
  if (common(parts, other.split(" ")).length > 0) return true;
  return jaroWinkler(one.replaceAll(" ", ""), other.replaceAll(" ", "")) >= CLOSE;
}

export const surnamesAgree = (a: Compared, b: Compared, words: Variants): boolean =>
  someOf(valuesOf(a, "surname"), valuesOf(b, "surname"), (one, other) => areOneSurname(one, other, words));

export const sharedPostcodesOf = (a: Compared, b: Compared): Values =>
  common(valuesOf(a, "postcode"), valuesOf(b, "postcode"));

const vouches = (compared: Compared, field: string, values: Values): boolean =>
  common(valuesOf(compared, VOUCHED[field] ?? ""), values).length > 0;

function numbersOf(a: Compared, b: Compared) {
  const shared: SharedNumber[] = [];
  const differing: SharedNumber["field"][] = [];
  for (const field of NATIONAL) {
    const [ones, others] = [valuesOf(a, field), valuesOf(b, field)];
    if (ones.length === 0 || others.length === 0) continue;
    const same = common(ones, others);
    const vouchers = (Number(vouches(a, field, same)) + Number(vouches(b, field, same))) as SharedNumber["vouchers"];
    if (same.length > 0) shared.push({ field, vouchers });
    else differing.push(field);
  }
  return { shared, differing };
}

/** What two records have in common. The same whichever comes first. */
export function factsOf(a: Compared, b: Compared, { words, sharedPostcodes }: FactsNeed): PairFacts {
  const [sexes, others] = [valuesOf(a, "sex"), valuesOf(b, "sex")];
  const forename = forenamesAgree(a, b, words);
  return {
    forename,
    middlesDiffer: middlesDiffer(a, b, words),
    brothersShareIt: brothersShareIt(a, b, words),
    born: bornAgree(a, b),
    generationsApart: areGenerationsApart(a, b),
    surnameAgrees: forename === "SWAPPED" || surnamesAgree(a, b, words),
    surnameSame: common(valuesOf(a, "surname"), valuesOf(b, "surname")).length > 0,
    postcodeAgrees: sharedPostcodesOf(a, b).some((postcode) => !sharedPostcodes?.has(postcode)),
    sexDiffers: sexes.length > 0 && others.length > 0 && common(sexes, others).length === 0,
    ...numbersOf(a, b),
  };
}

/** One number, and what goes with it cannot be one child's: the forename is another, or the birthday is. */
export const numberConflicts = ({ shared, forename, born }: PairFacts): boolean =>
  shared.length > 0 && (forename === "OTHER" || born === "ELSE");

/** Birthdays that can be one child's, though one was mistyped or is known less exactly. */
const NEARLY: ReadonlySet<DatesAgree | null> = new Set<DatesAgree | null>(["EXACT", "SWAPPED", "ONE_EDIT", "PARTIAL"]);

/** Whether the forenames are the same, the second ones too as far as both have them: what twins do not share. */
export const sameForenames = ({ forename, middlesDiffer: differ }: PairFacts): boolean =>
  forename === "SAME" && !differ;

/** Whether a number says that two records are one child: both agencies vouch for it; or one does, and the other, which copied it,
 *  has the same forenames and nearly the same birthday. A twin's number beside the other twin is a common slip. */
export const numberAgrees = (facts: PairFacts): boolean =>
  !numberConflicts(facts) &&
  facts.shared.some(
    ({ vouchers }) => vouchers === 2 || (vouchers === 1 && sameForenames(facts) && NEARLY.has(facts.born)),
  );
