// How an agency writes a resident down: what it asks for, what it gets wrong, what it has not heard yet.

import type { Build } from "./build.ts";
import { addDays, atTime } from "./days.ts";
import { mobilePhone } from "./identifiers.ts";
import { blankRecord } from "./part.ts";
import type { Random } from "./random.ts";
import { misdate, misspell, restyle, shorten } from "./slips.ts";
import type { Address, AgencyRecord, Day, Instant, Resident, SimAgency } from "./types.ts";

/** Shares of records, 0 to 1. */
interface Habits {
  misspelt: number;
  nickname: number;
  misdated: number;
  otherSurname: number;
  oldAddress: number;
  middleNames: number;
  restyled: number;
  sexUnknown: number;
  phone: number;
}

/** Health checks against a national service; schools see papers once; social care often writes down what it is told. */
const HABITS: Record<Exclude<SimAgency, "police">, Habits> = {
  health: {
    misspelt: 0.012,
    nickname: 0,
    misdated: 0.002,
    otherSurname: 0.015,
    oldAddress: 0.3,
    middleNames: 0.95,
    restyled: 0.3,
    sexUnknown: 0,
    phone: 0.75,
  },
  education: {
    misspelt: 0.01,
    nickname: 0.015,
    misdated: 0.003,
    otherSurname: 0.03,
    oldAddress: 0.22,
    middleNames: 0.8,
    restyled: 0.2,
    sexUnknown: 0,
    phone: 0,
  },
  socialCare: {
    misspelt: 0.045,
    nickname: 0.07,
    misdated: 0.012,
    otherSurname: 0.05,
    oldAddress: 0.4,
    middleNames: 0.35,
    restyled: 0.6,
    sexUnknown: 0.015,
    phone: 0.5,
  },
};

/** Who is to be written down, and the family facts that explain how. */
export interface Subject {
  resident: Resident;
  agency: Exclude<SimAgency, "police">;
  localId: string;
  /** Another surname used in the family: a step-father's, the other parent's. */
  familySurname: string | null;
  /** The family's number in the range of mobile numbers. */
  phoneLine: number;
}

/** The record as first written; numbers that only this agency uses are added by the caller. */
export function writeDown(build: Build, random: Random, subject: Subject): AgencyRecord {
  const { resident, agency, localId } = subject;
  const habits = HABITS[agency];
  const alone = resident.bornOn?.endsWith("-01-01") ?? false;
  const [first = "", ...rest] = resident.forenames;
  const { surname, formerSurname } = writeSurname(random, subject);
  const home = writeHome(build, random, { resident, share: habits.oldAddress });
  return {
    ...blankRecord(agency, localId),
    forenames:
      first === "" ? [] : [writeForename(random, first, habits), ...(random.chance(habits.middleNames) ? rest : [])],
    knownAs: agency === "education" ? resident.knownAs : null,
    surname,
    formerSurname,
    sex: random.chance(habits.sexUnknown) || resident.bornOn === null ? null : resident.sex,
    bornOn:
      resident.bornOn && !alone && random.chance(habits.misdated) ? misdate(random, resident.bornOn) : resident.bornOn,
    bornOnAccuracy: alone ? "YEAR" : "DAY",
    expectedOn: resident.expectedOn,
    diedOn: resident.diedOn,
    ethnicity: writeEthnicity(random, resident, agency),
    ...home,
    phone: random.chance(habits.phone) ? mobilePhone(subject.phoneLine) : null,
    restricted: resident.restriction === "SHIELDED",
    adult: !resident.child,
    updatedAt: someTime(random, build.settings.until),
  };
}

function writeForename(random: Random, name: string, habits: Habits): string {
  if (random.chance(habits.nickname)) return shorten(random, name);
  return random.chance(habits.misspelt)
    ? misspell(random, name)
    : random.chance(habits.restyled)
      ? restyleForename(name)
      : name;
}

const restyleForename = (name: string): string => name.normalize("NFD").replaceAll(/\p{M}/gu, "");

function writeSurname(random: Random, subject: Subject): Pick<AgencyRecord, "surname" | "formerSurname"> {
  const { resident, agency, familySurname } = subject;
  const habits = HABITS[agency];
  // Social care and health may still know a mother by the name she had before she married.
  if (resident.formerSurname && random.chance(agency === "health" ? 0.15 : 0.3))
    return { surname: resident.formerSurname, formerSurname: null };
  if (resident.child && familySurname && random.chance(habits.otherSurname))
    return { surname: familySurname, formerSurname: null };
  const styled = random.chance(habits.restyled) ? restyle(random, resident.surname) : resident.surname;
  const surname = random.chance(habits.misspelt) ? misspell(random, styled) : styled;
  return { surname, formerSurname: resident.formerSurname && random.chance(0.6) ? resident.formerSurname : null };
}

/** The present address, or the one before where nobody has told this agency of the move. */
function writeHome(
  build: Build,
  random: Random,
  { resident, share }: { resident: Resident; share: number },
): Pick<AgencyRecord, "address" | "formerAddress"> {
  const at = (addressId: string | undefined): Address | null =>
    addressId ? (build.addresses.get(addressId) ?? null) : null;
  const now = resident.homes.filter(({ until }) => until === null);
  const before = resident.homes.findLast(({ until }) => until !== null);
  const present = at((now.length > 1 ? random.pick(now) : now[0])?.addressId);
  if (!before || resident.restriction) return { address: present, formerAddress: null };
  const moved = now[0]?.from ?? build.settings.until;
  const recent = moved > addDays(build.settings.until, -730);
  if (random.chance(recent ? share : share / 4)) return { address: at(before.addressId), formerAddress: null };
  return { address: present, formerAddress: random.chance(0.5) ? at(before.addressId) : null };
}

function writeEthnicity(random: Random, { ethnicity }: Resident, agency: SimAgency): string | null {
  const draw = random.next();
  if (agency === "health") return draw < 0.15 ? null : ethnicity;
  if (agency === "socialCare" && ethnicity === "CHNE" && draw < 0.5) return "CNHE";
  return draw < 0.02 ? "REFU" : draw < 0.06 ? "NOBT" : ethnicity;
}

/** An instant of the last two years, in office hours. */
function someTime(random: Random, until: Day): Instant {
  const two = (value: number): string => String(value).padStart(2, "0");
  const time = `${two(random.int(8, 17))}:${two(random.int(0, 59))}:${two(random.int(0, 59))}`;
  return atTime(addDays(until, -random.int(1, 700)), time);
}
