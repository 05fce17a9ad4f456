// One record against one person on file: against every record that person has, so that A like B and B like C never makes A and C
// one person by themselves.

import { deterministicRule, type Deterministic } from "./deterministic.ts";
import type { Band, ComparedRecord, Considered, Matcher, MatchPolicy, PersonOnFile, Veto } from "./identity.ts";
import { factsOf, numberAgrees, type PairFacts } from "./pair-facts.ts";
import { speaksAgainst, vetoesOf, vetoOf } from "./vetoes.ts";
import { bitsOf, weigh } from "./weighing.ts";

/** From here a pair is joined, nothing forbidding it. `balanced` asks for more where the sex differs or the surname is another, and for
 *  much more where the home is: what is joined wrongly then is children of one name and birthday in two places. In bits. The last is
 *  set by measuring, so that of a million joins well below a hundred are wrong (`bench/results/identity.md`). */
const AUTO_FROM = 4;
const AUTO_FROM_IN_PART = 6;
const AUTO_FROM_ELSEWHERE = 11;
/** From here down to the lower bound of AUTO a person is asked; below it two records are plainly two people's. In bits. */
const REVIEW_FROM = -4;
/** Every record of a person must at least not speak against it. In bits. */
const FRACTURE = 0;

export type Verdicts = ReadonlyMap<string, "MATCH" | "NOT_MATCH">;

/** What was found, and what `identity-decision.ts` needs to choose between people. */
export interface Finding extends Considered {
  /** Why it would be joined, or is not; in words, without any value. */
  readonly because: string;
  /** Joined by a number; null where by weight, by a person, or not at all. */
  readonly byNumber: Deterministic | null;
  /** A record of theirs has a number that this one has, whatever else differs. */
  readonly sharesNumber: boolean;
  readonly sameForename: boolean;
}

/** Pairs that are plainly two people's, however much the rest weighs, so that nobody is asked unless one number says that they are
 *  one. Two forenames that are nothing like each other, in one family or home, on a birthday that may be one: twins, or brother
 *  and sister (the Ministry of Justice counts possible twins as 5 bits against). And birthdays a generation apart: a parent
 *  and a child of one name. */
const arePlainlyTwo = ({ vetoes, facts }: Pair): boolean =>
  facts.generationsApart || (facts.forename === "OTHER" && vetoes.some(({ code }) => code === "V3"));

interface Pair {
  readonly record: ComparedRecord;
  readonly facts: PairFacts;
  readonly vetoes: readonly Veto[];
  readonly weight: number;
  readonly byNumber: Deterministic | null;
}

function pairOf(matcher: Matcher, incoming: ComparedRecord, record: ComparedRecord): Pair {
  const compared = { a: incoming.compared, b: record.compared };
  const facts = factsOf(compared.a, compared.b, matcher);
  const vetoes = vetoesOf({ a: incoming, b: record, facts, policy: matcher.policy });
  // The unborn are never compared by weight.
  const unborn = incoming.unborn || record.unborn;
  const weight = unborn ? 0 : bitsOf(matcher.model, compared, matcher);
  return { record, facts, vetoes, weight, byNumber: unborn ? null : deterministicRule(facts) };
}

/** An unborn child's record says nothing of a born one: beside others that a person joined it to, it is not asked. */
function recordsToAsk(incoming: ComparedRecord, records: readonly ComparedRecord[]): readonly ComparedRecord[] {
  const others = records.filter(({ id }) => id !== incoming.id);
  const born = others.filter(({ unborn }) => !unborn);
  return incoming.unborn || born.length === 0 ? others : born;
}

/** Whether weight alone may join this pair. A sex that differs is as often a slip of the hand as a brother or sister: `strict`
 *  asks a person. In `balanced`, a surname that is only alike needs the home to be the same: there are many of one name. */
function isEnough({ facts, weight }: Pair, policy: MatchPolicy, sexDiffers: boolean): boolean {
  if (policy === "strict") return weight >= AUTO_FROM && !sexDiffers;
  const confirmed = (facts.surnameAgrees && facts.postcodeAgrees) || numberAgrees(facts);
  if (confirmed) return weight >= (sexDiffers ? AUTO_FROM_IN_PART : AUTO_FROM);
  if (facts.postcodeAgrees) return weight >= AUTO_FROM_IN_PART;
  return facts.surnameSame && weight >= AUTO_FROM_ELSEWHERE;
}

/** The best first: a number before weight, then the heavier; by id where all else is equal, so that order decides nothing. */
const bestFirst = (a: Pair, b: Pair): number =>
  Number(b.byNumber !== null) - Number(a.byNumber !== null) ||
  b.weight - a.weight ||
  (a.record.id < b.record.id ? -1 : 1);

const heaviest = (pairs: readonly Pair[]): Pair | undefined =>
  pairs.toSorted((a, b) => b.weight - a.weight || (a.record.id < b.record.id ? -1 : 1))[0];

/** What stands in the way with any record of theirs, once each. */
function vetoesAmong(pairs: readonly Pair[], best: Pair): readonly Veto[] {
  const own = new Set(best.vetoes.map(({ code }) => code));
  const others = pairs
    .filter((pair) => pair !== best)
    .flatMap(({ vetoes, facts }) => vetoes.filter((veto) => speaksAgainst(veto, facts)))
    .filter(({ code }) => !own.has(code))
    .map(({ code, because }) => vetoOf(code, `${because}, with another record of this person`));
  const codes = others.map(({ code }) => code);
  const all = [...best.vetoes, ...others.filter(({ code }, at) => codes.indexOf(code) === at)];
  return all.toSorted((a, b) => Number(a.code.slice(1)) - Number(b.code.slice(1)));
}

function whyNot(band: Band, vetoes: readonly Veto[], fractured: boolean): string {
  const [first, second, ...rest] = vetoes.map(({ because }) => because);
  if (band === "NO_LINK") return "it is plainly somebody else's";
  if (first) return [first, second, rest.length > 0 ? `${rest.length} more` : null].filter(Boolean).join("; ");
  if (fractured) return "another record of this person agrees too little";
  return "not enough agrees to be sure";
}

/** What the rules say of this record and this person; null where they have no record but this. */
export function considerPerson(matcher: Matcher, incoming: ComparedRecord, person: PersonOnFile): Finding | null {
  const pairs = recordsToAsk(incoming, person.records).map((record) => pairOf(matcher, incoming, record));
  const sexDiffers = pairs.some(({ facts }) => facts.sexDiffers);
  const able = pairs.filter(
    (pair) => pair.vetoes.length === 0 && (pair.byNumber !== null || isEnough(pair, matcher.policy, sexDiffers)),
  );
  const best = able.toSorted(bestFirst)[0] ?? heaviest(pairs);
  if (!best) return null;
  const fractured = pairs.some(({ weight }) => weight < FRACTURE);
  const against = pairs.some(({ vetoes, facts }) => vetoes.some((veto) => speaksAgainst(veto, facts)));
  const sharesNumber = pairs.some(({ facts }) => facts.shared.length > 0);
  const isUnborn = incoming.unborn || best.record.unborn;
  const isLikely = !isUnborn && pairs.some((pair) => pair.weight >= REVIEW_FROM && !arePlainlyTwo(pair));
  const joins = able.length > 0 && !against && !fractured;
  const band: Band = joins ? "AUTO" : isLikely || sharesNumber ? "REVIEW" : "NO_LINK";
  const vetoes = joins ? [] : vetoesAmong(pairs, best);
  const compared = { a: incoming.compared, b: best.record.compared };
  return {
    personId: person.personId,
    band,
    rule: band === "NO_LINK" ? "NONE" : (best.byNumber?.rule ?? "WEIGHT"),
    withRecordId: best.record.id,
    weight: best.weight,
    contributions: isUnborn ? [] : weigh(matcher.model, compared, matcher).contributions,
    vetoes,
    because: joins
      ? (best.byNumber?.because ?? "enough agrees, nothing speaks against it and nobody else fits as well")
      : whyNot(band, vetoes, fractured),
    byNumber: joins ? best.byNumber : null,
    sharesNumber,
    sameForename: pairs.some(({ facts }) => facts.forename === "SAME"),
  };
}

/** The same where people have decided about this record and one of theirs. That outranks the model for ever; that they are not
 *  one outranks that they are. */
export function considerDecided(finding: Finding, person: PersonOnFile, verdicts: Verdicts): Finding {
  const idsOf = (verdict: "MATCH" | "NOT_MATCH") =>
    person.records.map(({ id }) => id).filter((id) => verdicts.get(id) === verdict);
  const [match] = idsOf("MATCH").toSorted();
  const apart = idsOf("NOT_MATCH").length > 0;
  if (apart) {
    const because = match
      ? "people decided that it is, and is not, one with records of this person"
      : "a person decided that it is not theirs";
    const vetoes = [...finding.vetoes, vetoOf("V9")].toSorted(
      (a, b) => Number(a.code.slice(1)) - Number(b.code.slice(1)),
    );
    return { ...finding, band: "NO_LINK", rule: "PERSON", vetoes, because, byNumber: null };
  }
  if (!match) return finding;
  const because = "a person decided that it is theirs";
  return { ...finding, band: "AUTO", rule: "PERSON", withRecordId: match, because, byNumber: null };
}
