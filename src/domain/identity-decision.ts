// Whose record this is: one person on file, nobody yet, or a question for a person. Wrong joins are the worst that this program can
// do, so everything doubtful stays apart and is asked. docs/identity.md tells it in order.

import type {
  Band,
  ComparedRecord,
  Considered,
  IdentityDecision,
  Matcher,
  Override,
  PersonOnFile,
} from "./identity.ts";
import { considerDecided, considerPerson, type Finding, type Verdicts } from "./person-considered.ts";
import { vetoOf } from "./vetoes.ts";

/** Somebody else who fits nearly as well: within so many bits. Source: JeMPI's margin; six bits are odds of 64 to one. */
const MARGIN = 6;

export interface OnFile {
  /** Everybody who may be this person, each with every record they have. Sealed records are not among them. */
  readonly people: readonly PersonOnFile[];
  readonly overrides: readonly Override[];
}

/** What people decided about this record and others, by the other's id. Of two that disagree, the one that keeps apart counts. */
function verdictsOn(id: string, overrides: readonly Override[]): Verdicts {
  const verdicts = new Map<string, "MATCH" | "NOT_MATCH">();
  for (const { a, b, verdict } of overrides) {
    const other = a === id ? b : b === id ? a : null;
    if (other !== null && verdicts.get(other) !== "NOT_MATCH") verdicts.set(other, verdict);
  }
  return verdicts;
}

const byId = (a: Considered, b: Considered): number => (a.personId < b.personId ? -1 : 1);
const heaviestFirst = (a: Considered, b: Considered): number => b.weight - a.weight || byId(a, b);
const byNumberFirst = (a: Finding, b: Finding): number =>
  Number(b.byNumber !== null) - Number(a.byNumber !== null) || heaviestFirst(a, b);

/** Whether somebody else fits so well that the best may not be joined. Who shares a number always does. Who is only alike does
 *  not where both agencies vouch for the best's number and the forename is the same. */
function standsInTheWay(rival: Finding, best: Finding): boolean {
  if (rival.sharesNumber) return true;
  if (best.byNumber?.sure) return false;
  return rival.weight >= best.weight - MARGIN || (rival.sameForename && !best.sameForename);
}

const asked = (finding: Finding, because?: string): Finding => ({
  ...finding,
  band: "REVIEW",
  vetoes: [...finding.vetoes, vetoOf("V12", because)],
});

interface Choice {
  readonly findings: readonly Finding[];
  readonly joined: Finding | null;
  readonly because: string | null;
}

/** A person's decision joins, unless people decided for two: those two may be one, and only a person joins them. */
function chooseDecided(findings: readonly Finding[], decided: readonly Finding[]): Choice {
  const [only, ...more] = decided;
  if (only && more.length === 0) return { findings, joined: only, because: only.because };
  return {
    findings: findings.map((each) => (decided.includes(each) ? { ...each, band: "REVIEW" } : each)),
    joined: null,
    because: "people decided that it is two people's, who may be one",
  };
}

function choose(findings: readonly Finding[]): Choice {
  const decided = findings.filter(({ band, rule }) => band === "AUTO" && rule === "PERSON");
  if (decided.length > 0) return chooseDecided(findings, decided);
  const [best, ...others] = findings.filter(({ band }) => band === "AUTO").toSorted(byNumberFirst);
  if (!best) return { findings, joined: null, because: null };
  const rivals = findings.filter((each) => each !== best && each.band !== "NO_LINK");
  const blocked = rivals.some((rival) => standsInTheWay(rival, best));
  // The others who fit may be one person with the best: that is asked, and nobody is merged.
  const changed = findings.map((each) => {
    if (each === best) return blocked ? asked(each) : each;
    return others.includes(each) ? asked(each, blocked ? undefined : "somebody else fits better") : each;
  });
  if (!blocked) return { findings: changed, joined: best, because: best.because };
  return { findings: changed, joined: null, because: "more than one person fits" };
}

function saying(band: Band, reason: string | undefined, apart: boolean): string {
  if (band === "AUTO") return `It is theirs: ${reason}`;
  if (band === "REVIEW") return `It stays apart until a person decides: ${reason}`;
  return apart ? "A person decided that it is not theirs, and nobody else on file fits" : "Nobody on file fits";
}

/** Without what only the choice needs. */
function shownOf({ personId, band, rule, withRecordId, weight, contributions, vetoes }: Finding): Considered {
  return { personId, band, rule, withRecordId, weight, contributions, vetoes };
}

/**
 * Decides whose record this is. The order of people, of their records and of overrides makes no difference. Sealed records must
 * not be given: neither this one nor among the people.
 *
 * - People's decisions come first. One that it is theirs joins (`PERSON`); one that it is not keeps apart for ever.
 * - Then a number that is vouched for, with birthday and forename (`NHS_NUMBER`, `UPN`), then weight (`WEIGHT`): against every
 *   record of that person, and only where nobody else fits nearly as well.
 * - What is doubtful starts somebody new and is asked (`REVIEW`); what shares a number with somebody is always asked.
 */
export function decideIdentity(matcher: Matcher, incoming: ComparedRecord, on: OnFile): IdentityDecision {
  const verdicts = verdictsOn(incoming.id, on.overrides);
  const findings = on.people.flatMap((person) => {
    const finding = considerPerson(matcher, incoming, person);
    return finding ? [considerDecided(finding, person, verdicts)] : [];
  });
  const { findings: chosen, joined, because } = choose(findings);
  const ordered = chosen.toSorted(heaviestFirst);
  const others = ordered.filter(({ personId }) => personId !== joined?.personId);
  const kept = others.filter(({ band, rule }) => band !== "NO_LINK" || rule === "PERSON");
  const first = joined ?? ordered[0];
  const considered = first ? [first, ...kept.filter((each) => each !== first)] : [];
  const band: Band = joined ? "AUTO" : chosen.some((each) => each.band === "REVIEW") ? "REVIEW" : "NO_LINK";
  const reason = because ?? ordered.find((each) => each.band === band)?.because;
  const apart = ordered.some((each) => each.band === "NO_LINK" && each.rule === "PERSON");
  return {
    band,
    personId: joined?.personId ?? null,
    rule: joined?.rule ?? "NONE",
    because: saying(band, reason, apart),
    considered: considered.map(shownOf),
  };
}
