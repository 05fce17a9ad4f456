// What keeps two records from being joined without a person, whatever they weigh. Each veto is one rule, named in the decision.
// Two that are about more than a pair are raised in `identity-decision.ts`: V9 (a person decided) and V12 (somebody else fits).

import { type ComparedRecord, type MatchPolicy, type Veto, type VetoCode, VETOES } from "./identity.ts";
import { numberAgrees, numberConflicts, type PairFacts } from "./pair-facts.ts";

export interface VetoCase {
  readonly a: ComparedRecord;
  readonly b: ComparedRecord;
  readonly facts: PairFacts;
  readonly policy: MatchPolicy;
}

/** The veto as a decision names it. */
export const vetoOf = (code: VetoCode, because: string = VETOES[code]): Veto => ({ code, because });

const anotherForename = ({ forename, middlesDiffer }: PairFacts): boolean =>
  forename !== null && (forename !== "SAME" || middlesDiffer);

/** Two brothers of one birth may both be Muhammad to an agency that writes down no second name. */
const mayBeBrothers = ({ brothersShareIt, surnameAgrees, postcodeAgrees }: PairFacts): boolean =>
  brothersShareIt && surnameAgrees && postcodeAgrees;

const RULES: readonly (readonly [VetoCode, (pair: VetoCase) => boolean])[] = [
  ["V1", ({ facts }) => facts.differing.includes("nhs")],
  ["V2", ({ facts }) => facts.differing.includes("upn")],
  // Twins share the birthday, the surname and the home; nothing but the forename and the numbers tells them apart. A birthday that
  // is missing or near may be the same.
  [
    "V3",
    ({ facts }) =>
      (anotherForename(facts) || mayBeBrothers(facts)) &&
      facts.born !== "ELSE" &&
      (facts.surnameAgrees || facts.postcodeAgrees) &&
      !numberAgrees(facts),
  ],
  ["V4", ({ facts }) => numberConflicts(facts)],
  ["V5", ({ facts }) => anotherForename(facts) && !numberAgrees(facts)],
  // Even with a number, two parts of three are too few: a brother of the same month is one.
  ["V6", ({ facts }) => facts.born !== "EXACT" && (facts.born === "TWO_PARTS" || !numberAgrees(facts))],
  [
    "V7",
    ({ facts, policy }) =>
      policy === "strict" && !(facts.surnameAgrees && facts.postcodeAgrees) && !numberAgrees(facts),
  ],
  ["V8", ({ a, b }) => a.register !== null && a.register === b.register],
  ["V10", ({ facts }) => facts.forename === null],
  ["V11", ({ a, b }) => a.unborn || b.unborn],
];

/** Nobody is asked about the name or birthday of a child not yet born. */
const OF_THE_UNBORN: ReadonlySet<VetoCode> = new Set(["V1", "V2", "V4", "V8", "V11"]);

/** All that forbids joining this pair without a person, V1 to V11 in order. Empty where nothing does. */
export function vetoesOf(pair: VetoCase): readonly Veto[] {
  const unborn = pair.a.unborn || pair.b.unborn;
  const rules = unborn ? RULES.filter(([code]) => OF_THE_UNBORN.has(code)) : RULES;
  return rules.flatMap(([code, forbids]) => (forbids(pair) ? [vetoOf(code)] : []));
}

/** Vetoes that only say that something is missing to be sure: another record of the same person may have it. The rest say
 *  that something speaks against, and one record of a person that speaks against is enough. */
export function speaksAgainst({ code }: Veto, { born }: PairFacts): boolean {
  if (code === "V7" || code === "V10") return false;
  return code !== "V6" || (born !== null && born !== "PARTIAL");
}
