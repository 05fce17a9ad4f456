// Claims about a family: who is the same person in them, and what is left of those about somebody restricted.

import { itemsOf } from "./absence.ts";
import type { AgencyView } from "./agency-view.ts";
import type { Agency } from "./agency.ts";
import { isSameName, mayBeOne, namesAlike } from "./genogram-names.ts";
import { isSameTie, mayBothHold } from "./genogram-roles.ts";
import { groupBy } from "./group.ts";
import { RESTRICTED } from "./sharing.ts";
import { type Provenance, RELATIONSHIP_ROLES, type StatedRelationship } from "./statements.ts";

/** Another person in a child's family, as the hub knows them. */
export interface KnownRelative {
  /** Null where the numbers and records in one claim lead to different people: the hub cannot say which is meant. */
  readonly personId: string | null;
  /** Some agency restricts them: they are not named in somebody else's family either. */
  readonly restricted: boolean;
}

/** Whom a claim by an agency names, where the hub knows them. */
export type FindRelative = (claim: StatedRelationship, agencyId: string) => KnownRelative | null;

/** One agency's claim, as everybody may see it who may see the family. */
export interface Claim extends Omit<StatedRelationship, "otherRecordId" | "otherIdentifiers"> {
  /** Holds within one picture: numbers in an order that does not depend on who answered first. */
  readonly id: string;
  readonly relativeId: string;
  readonly agency: Agency;
  readonly personId: string | null;
  /** Why the other person is not named; null where nothing is kept back. */
  readonly withheldBecause: string | null;
}

/** One person in a family, with every claim about them. */
export interface Relative {
  readonly id: string;
  readonly personId: string | null;
  readonly withheldBecause: string | null;
  readonly claims: readonly Claim[];
}

export interface FamilyClaims {
  /** In the order in which the agencies gave them. */
  readonly claims: readonly Claim[];
  readonly relatives: readonly Relative[];
  /** The relatives again, those together who may be one person; nobody has confirmed it. */
  readonly groups: readonly (readonly Relative[])[];
}

interface Raw {
  readonly agency: Agency;
  readonly stated: StatedRelationship;
  readonly known: KnownRelative | null;
  /** The agency's own record of the other person. */
  readonly record: string | null;
}

/** The claims in these views. Two are about one person only where the hub believes so, or one agency gives one record for both. */
export function familyClaims(views: readonly AgencyView[], find: FindRelative): FamilyClaims {
  const raw = views.flatMap(({ agency, relationships }) =>
    itemsOf(relationships).map((stated): Raw => {
      const record = stated.otherRecordId && JSON.stringify([agency.id, stated.otherRecordId]);
      return { agency, stated, known: find(stated, agency.id), record };
    }),
  );
  const people = folded(raw);
  const covered = coveredAmong(people);
  const told = people.flatMap(({ key, personId, claims }) =>
    claims.map((one) => ({ raw: one, key, claim: shown(one, covered.has(one) ? null : { personId }) })),
  );
  const ordered = told
    .map((one) => ({ ...one, order: orderOf(one.claim, one.key) }))
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  const relativeIds = new Map<string, string>();
  const made = new Map<Raw, Claim>();
  ordered.forEach(({ raw: one, key, claim }, at) => {
    const relativeId = relativeIds.get(key) ?? `relative-${relativeIds.size + 1}`;
    relativeIds.set(key, relativeId);
    made.set(one, { ...claim, id: `claim-${at + 1}`, relativeId });
  });
  const byRelative = groupBy(made.values(), ({ relativeId }) => relativeId);
  const relatives = [...byRelative].map(([id, claims]): Relative => {
    const [{ personId, withheldBecause } = NOBODY] = claims;
    return { id, personId, withheldBecause, claims };
  });
  return { claims: raw.flatMap((one) => made.get(one) ?? []), relatives, groups: groupsOf(relatives) };
}

const NOBODY = { personId: null, withheldBecause: null };

interface Folded {
  readonly key: string;
  readonly personId: string | null;
  readonly claims: readonly Raw[];
}

function folded(raw: readonly Raw[]): Folded[] {
  const peopleOfRecord = new Map<string, Set<string>>();
  for (const { record, known } of raw) {
    if (record === null) continue;
    const people = peopleOfRecord.get(record) ?? new Set();
    peopleOfRecord.set(record, known?.personId ? people.add(known.personId) : people);
  }
  const keyed = raw.map((one, at) => {
    const people = [...(peopleOfRecord.get(one.record ?? "") ?? [])];
    const personId = one.known?.personId ?? (people.length === 1 ? (people[0] ?? null) : null);
    // One record that leads to different people says nothing of which of them a claim without a number means.
    const record = one.record !== null && people.length < 2 ? `record ${one.record}` : null;
    return { one, personId, key: personId === null ? (record ?? `claim ${at}`) : `person ${personId}` };
  });
  const groups = groupBy(keyed, ({ key }) => key);
  return [...groups].map(([key, of]) => {
    return { key, personId: of[0]?.personId ?? null, claims: of.map(({ one }) => one) };
  });
}

/** Claims about somebody restricted, and those about whoever goes by the name of somebody restricted: an agency that gives no number
 *  would otherwise name whom the others keep back. */
function coveredAmong(people: readonly Folded[]): ReadonlySet<Raw> {
  const isRestricted = ({ claims }: Folded) => claims.some(({ known }) => known?.restricted);
  const restricted = people.filter(isRestricted);
  const kept = restricted.flatMap(({ claims }) => claims.map(({ stated }) => stated));
  const goesBy = ({ stated: { otherName, otherBornOn, role } }: Raw) =>
    kept.some(
      (one) =>
        (otherName && one.otherName && namesAlike(otherName, one.otherName)) ||
        (otherBornOn !== null && otherBornOn === one.otherBornOn && isSameTie(role, one.role)),
    );
  const covered = restricted.length === 0 ? [] : people.filter((one) => isRestricted(one) || one.claims.some(goesBy));
  return new Set(covered.flatMap(({ claims }) => claims));
}

/** The claim without the person, where they are kept back: that there is a sister may be known, who she is and whether she lives here
 *  may not. */
function shown({ agency, stated }: Raw, open: { readonly personId: string | null } | null) {
  const { otherRecordId: _, otherIdentifiers: __, ...claim } = stated;
  if (open) return { ...claim, agency, personId: open.personId, withheldBecause: null };
  return {
    ...claim,
    role: claim.role === "HOUSEHOLD_MEMBER" ? ("UNKNOWN" as const) : claim.role,
    agency,
    otherName: null,
    otherBornOn: null,
    livesWithChild: null,
    provenance: { ...claim.provenance, recordId: null, statedAs: null } satisfies Provenance,
    personId: null,
    withheldBecause: RESTRICTED.because,
  };
}

/** Mothers and fathers first, then by who says so. No name that is kept back comes into it. */
function orderOf(claim: ReturnType<typeof shown>, key: string): string {
  const { role, agency, provenance, ...rest } = claim;
  const rank = String(RELATIONSHIP_ROLES.indexOf(role)).padStart(2, "0");
  const { otherName, otherBornOn, parentalResponsibility, mainCarer, livesWithChild, fromOn, untilOn } = rest;
  const said = [otherName, otherBornOn, parentalResponsibility, mainCarer, livesWithChild, fromOn, untilOn];
  const { system, recordId, recordedAt, statedAs } = provenance;
  const by = key.startsWith("claim ") ? "" : key;
  return JSON.stringify([rank, agency.id, said, system, recordId, recordedAt, statedAs, by]);
}

/** Whether somebody should be asked if these are one person. Nothing is concluded about anybody who is kept back; and an agency that
 *  gives two records mostly means two people, unless it says the same of both. */
function mayBeSame(a: Relative, b: Relative): boolean {
  if (a.withheldBecause !== null || b.withheldBecause !== null) return false;
  const pairs = a.claims.flatMap((one) => b.claims.map((other) => [one, other] as const));
  const within = pairs.filter(([one, other]) => one.agency.id === other.agency.id);
  if (within.length > 0) return within.some(([one, other]) => saysTheSame(one, other));
  return pairs.some(([one, other]) => mayMeanSame(one, other));
}

function saysTheSame({ role, otherName, otherBornOn }: Claim, other: Claim): boolean {
  if (!mayBothHold(role, other.role) || !otherName || !other.otherName) return false;
  if (!isSameName(otherName, other.otherName)) return false;
  return otherBornOn === null || other.otherBornOn === null || otherBornOn === other.otherBornOn;
}

/** Of mothers, as of fathers, there is one: where one agency gives her no name, she may be whom the other names. */
function mayMeanSame(one: Claim, other: Claim): boolean {
  if (!mayBothHold(one.role, other.role)) return false;
  if (one.role === other.role && (one.role === "MOTHER" || one.role === "FATHER"))
    return !one.otherName || !other.otherName || namesAlike(one.otherName, other.otherName);
  return mayBeOne(calledIn(one), calledIn(other));
}

const calledIn = ({ otherName, otherBornOn }: Claim) => ({ name: otherName, bornOn: otherBornOn });

/** Relatives who may be one person, directly or through a third. */
function groupsOf(relatives: readonly Relative[]): (readonly Relative[])[] {
  const groups: Relative[][] = [];
  for (const relative of relatives) {
    const alike = groups.filter((group) => group.some((other) => mayBeSame(relative, other)));
    const rest = groups.filter((group) => !alike.includes(group));
    groups.splice(0, groups.length, ...rest, [...alike.flat(), relative]);
  }
  const at = new Map(relatives.map(({ id }, index) => [id, index]));
  const order = ({ id }: Relative) => at.get(id) ?? 0;
  const sorted = groups.map((group) => group.toSorted((a, b) => order(a) - order(b)));
  return sorted.sort(([a], [b]) => (a && b ? order(a) - order(b) : 0));
}
