// A part of a town: what one family, or the whole generator, adds to it.

import type { AgencyRecord, Day, RecordedTie, Town } from "./types.ts";

export type TownPart = Omit<Town, "synthetic" | "settings">;

export const emptyPart = (): TownPart => ({
  addresses: [],
  residents: [],
  ties: [],
  schools: [],
  professionals: [],
  records: [],
  recordedTies: [],
  health: [],
  education: [],
  socialCare: [],
  police: [],
  truth: [],
});

/** One part after the other, lists joined. */
export function joinParts(first: TownPart, second: TownPart): TownPart {
  return {
    addresses: [...first.addresses, ...second.addresses],
    residents: [...first.residents, ...second.residents],
    ties: [...first.ties, ...second.ties],
    schools: [...first.schools, ...second.schools],
    professionals: [...first.professionals, ...second.professionals],
    records: [...first.records, ...second.records],
    recordedTies: [...first.recordedTies, ...second.recordedTies],
    health: [...first.health, ...second.health],
    education: [...first.education, ...second.education],
    socialCare: [...first.socialCare, ...second.socialCare],
    police: [...first.police, ...second.police],
    truth: [...first.truth, ...second.truth],
  };
}

/** A record with nothing in it yet but who holds it, so that only what is known need be said. */
export function blankRecord(agency: AgencyRecord["agency"], localId: string): AgencyRecord {
  return {
    synthetic: true,
    agency,
    localId,
    forenames: [],
    knownAs: null,
    surname: null,
    formerSurname: null,
    sex: null,
    bornOn: null,
    bornOnAccuracy: "DAY",
    expectedOn: null,
    diedOn: null,
    ethnicity: null,
    nhsNumber: null,
    nhsNumberStatus: null,
    supersededNhsNumber: null,
    upn: null,
    address: null,
    formerAddress: null,
    phone: null,
    email: null,
    restricted: false,
    invalidated: false,
    schoolId: null,
    adult: false,
    updatedAt: "2026-01-05T09:00:00Z",
  };
}

/** A tie with nothing stated but its ends and role. */
export function blankTie(of: Pick<RecordedTie, "agency" | "localId" | "role">): RecordedTie {
  return {
    ...of,
    otherLocalId: null,
    otherForenames: [],
    otherSurname: null,
    otherPhone: null,
    parentalResponsibility: null,
    mainCarer: null,
    livesWith: null,
    from: null,
    until: null,
  };
}

/** Facts that had begun by `until`; an end or an update that lies later has not come yet. */
export function storySoFar(part: TownPart, until: Day): TownPart {
  const begun = (fact: object): boolean => startOf(fact) <= until;
  return {
    ...part,
    records: part.records.map((record) => asOf(record, until)),
    health: part.health.filter(begun).map((fact) => asOf(openEnd(fact, until), until)),
    education: part.education.filter(begun),
    socialCare: part.socialCare.filter(begun).map((fact) => openEnd(fact, until)),
    police: part.police.filter(begun),
    truth: part.truth,
  };
}

const STARTS = ["from", "on", "startsAt", "at", "submittedAt", "deletedAt"];

function startOf(fact: object): Day {
  const key = STARTS.find((name) => name in fact);
  const value: unknown = key ? Reflect.get(fact, key) : null;
  return typeof value === "string" ? value.slice(0, 10) : "";
}

function openEnd<T extends object>(fact: T, until: Day): T {
  const end: unknown = Reflect.get(fact, "until");
  return typeof end === "string" && end > until ? { ...fact, until: null } : fact;
}

const asOf = <T extends { updatedAt: string }>(row: T, until: Day): T =>
  row.updatedAt.slice(0, 10) > until ? { ...row, updatedAt: `${until}T00:00:00Z` } : row;
