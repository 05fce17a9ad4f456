// Putting records on file: what the three agencies' filing has in common.

import type { Build } from "./build.ts";
import type { Household } from "./households.ts";
import { blankTie } from "./part.ts";
import type { Random } from "./random.ts";
import { writeDown, type Subject } from "./recording.ts";
import { shorten } from "./slips.ts";
import type { AgencyRecord, RecordedTie, Resident, SocialCareFact, Tie } from "./types.ts";

type Filing = Subject["agency"];

/** One agency's records of a household, by resident. */
type Drawer = Map<string, AgencyRecord>;

/** What has been filed about a household so far. */
export interface Files {
  readonly build: Build;
  readonly household: Household;
  readonly random: Random;
  readonly health: Drawer;
  readonly education: Drawer;
  readonly socialCare: Drawer;
  /** NHS numbers from before they were replaced; agencies that have not heard go on using them. */
  readonly oldNumbers: Map<string, string>;
  /** What social care has told of this household, which others hear of. */
  readonly told: SocialCareFact[];
  /** Second records: of one child at two schools, or at two councils. */
  readonly seconds: {
    agency: Filing;
    record: AgencyRecord;
    residentId: string;
    why: "DUAL" | "LEAVER" | "LEGACY" | "OTHER_AREA" | "CLOSED";
  }[];
}

export const openFiles = (build: Build, household: Household): Files => ({
  build,
  household,
  random: build.random.stream("files").stream(household.index),
  health: new Map(),
  education: new Map(),
  socialCare: new Map(),
  oldNumbers: new Map(),
  told: [],
  seconds: [],
});

/** True once in every `times` calls for this kind of thing: what is rare then comes evenly through the town. */
export const everySo = (build: Build, kind: string, times: number): boolean =>
  build.count(`every-${kind}`) % times === Math.ceil(times / 3);

/** A record of this resident, not yet put on file. */
export function draft(
  files: Files,
  { resident, agency, localId }: { resident: Resident; agency: Filing; localId: string },
): AgencyRecord {
  const { household, build } = files;
  const surnames = tiesTo(files, resident.id).map(({ of }) => residentOf(files, of)?.surname ?? resident.surname);
  return writeDown(build, files.random.stream(`${agency}${localId}`), {
    resident,
    agency,
    localId,
    familySurname: surnames.find((surname) => surname !== resident.surname) ?? null,
    phoneLine: household.index * 3 + (resident.child ? 0 : resident.sex === "F" ? 0 : 1),
  });
}

/** Puts the record on file and notes whose it is. */
export function file(files: Files, record: AgencyRecord, residentIds: readonly string[]): void {
  const { part } = files.build;
  part.records.push(record);
  for (const residentId of residentIds)
    part.truth.push({ agency: record.agency, recordId: record.localId, residentId });
}

export const residentOf = (files: Files, id: string): Resident | undefined =>
  files.household.family.residents.find((one) => one.id === id);

/** Ties in which somebody plays a part in this resident's life now. */
export const tiesTo = (files: Files, id: string): Tie[] =>
  files.household.family.ties.filter(({ to, until }) => to === id && until === null);

const FAMILIAR = new Set<Tie["role"]>(["SIBLING", "HALF_SIBLING", "STEP_SIBLING"]);

/** Whether this role is that of a brother or sister. */
export const isSibling = (role: Tie["role"]): boolean => FAMILIAR.has(role);

const presentHomes = (resident: Resident): string[] =>
  resident.homes.filter(({ until }) => until === null).map(({ addressId }) => addressId);

export const liveTogether = (one: Resident, other: Resident): boolean => {
  const homes = presentHomes(other);
  return presentHomes(one).some((home) => homes.includes(home));
};

interface TieNote {
  record: AgencyRecord;
  tie: Tie;
  /** Their record in the same agency, where it keeps one. */
  otherLocalId: string | null;
  phone: string | null;
  /** Shares of ties noted with a short forename, and without a surname. */
  nickname?: number;
  noSurname?: number;
}

/** The tie as the agency notes it; nothing is noted of who lives where unless the caller adds it. */
export function noteTie(
  files: Files,
  { record, tie, otherLocalId, phone, nickname = 0, noSurname = 0 }: TieNote,
): RecordedTie | null {
  const other = residentOf(files, tie.of);
  if (!other) return null;
  const { random } = files;
  const [first = ""] = other.forenames;
  return {
    ...blankTie({ agency: record.agency, localId: record.localId, role: tie.role }),
    otherLocalId,
    otherForenames: first === "" ? [] : [random.chance(nickname) ? shorten(random, first) : first],
    otherSurname: random.chance(noSurname) ? null : other.surname,
    otherPhone: phone,
    parentalResponsibility: tie.parentalResponsibility,
    from: tie.from,
    until: tie.until,
  };
}
