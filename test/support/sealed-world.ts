// Children made at random for stories about sealed records, with what could lead to each. Synthetic: names are letters in a row, NHS
// numbers are of the range that is never issued.

import { linkKeyTexts } from "../../src/domain/link-keys.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { comparedOf } from "../../src/domain/record-compared.ts";
import { recordHash } from "../../src/store/row-hashes.ts";
import type { Hub } from "../../src/services/hub.ts";
import { home, nhs, upn } from "./demo-records.ts";
import { type FakeRecord, person } from "./fake-system.ts";
import type { LightHub } from "./light-hub.ts";

/** Numbers from 0 up to 1, always the same for a seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A valid NHS number of the test range; null where those nine digits have no check digit. */
function withCheckDigit(nine: string): string | null {
  const sum = [...nine].reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? null : `${nine}${check}`;
}

export function nhsNumber(at: number): string {
  for (let next = at; ; next += 1) {
    const found = withCheckDigit(`999${String(next % 1_000_000).padStart(6, "0")}`);
    if (found) return found;
  }
}

const LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ";

/** A valid permanent UPN. */
export function upnOf(at: number): string {
  const twelve = `931${String(at % 1_000_000_000).padStart(9, "0")}`;
  const sum = [...twelve].reduce((total, digit, index) => total + (index + 2) * Number(digit), 0);
  return `${LETTERS[sum % 23]}${twelve}`;
}

export interface MadeChild {
  readonly forename: string;
  readonly surname: string;
  readonly bornOn: string;
  readonly postcode: string;
  readonly nhs: string;
  readonly upn: string;
  /** By agency. */
  readonly records: Readonly<Record<string, FakeRecord>>;
  /** A record of the same words but a forename misheard, that must wait for a person. */
  readonly doubtful: FakeRecord;
}

export function makeChild(random: () => number, at: number): MadeChild {
  const pick = (from: string) => from[Math.floor(random() * from.length)] ?? "";
  const word = (length: number) =>
    Array.from({ length }, (_, index) => pick(index % 2 ? "aeiou" : "bdfgklmnprstvz")).join("");
  const name = (length: number) => word(length).replace(/^./, (letter) => letter.toUpperCase());
  const two = (most: number) => String(2 + Math.floor(random() * most)).padStart(2, "0");
  const number = Math.floor(random() * 900_000);
  const who = {
    forename: name(7),
    surname: name(9),
    bornOn: `20${10 + (at % 8)}-${two(10)}-${two(26)}`,
    postcode: `OX9${at % 10} ${Math.floor(random() * 10)}${pick("ABDEFGHJLN")}${pick("PQRSTUWXYZ")}`,
    nhs: nhsNumber(number),
    upn: upnOf(number * 7 + at),
  };
  const { forename, surname, bornOn, postcode } = who;
  const base = { forename, surname, bornOn, addresses: [home(postcode, "1 Anywhere Road")] };
  const record = (prefix: string, identifiers: Parameters<typeof person>[1]["identifiers"]): FakeRecord => {
    const recordId = `${prefix}-${word(9)}-${at}`;
    return { recordId, demographics: person(recordId, { ...base, identifiers: identifiers ?? [] }) };
  };
  const records = {
    "social-care": record("LA", [nhs(who.nhs, false), upn(who.upn)]),
    health: record("p", [nhs(who.nhs)]),
    education: record("A1", [upn(who.upn)]),
    police: record("sub", []),
  };
  const misheard = `${forename.slice(0, -1)}x`;
  const recordId = `sub-${word(9)}-${at}b`;
  return { ...who, records, doubtful: { recordId, demographics: person(recordId, { ...base, forename: misheard }) } };
}

/** Everything that could lead to these records: values, record ids, and ordinary keys. */
export function leadsTo(hub: Hub, records: readonly FakeRecord[]): string[] {
  const { words } = hub.matcher;
  const plain = records.flatMap(({ recordId, demographics }) => {
    const { names, bornOn, identifiers, addresses } = demographics;
    const numbers = identifiers.map(({ value }) => value);
    const places = addresses.flatMap(({ postcode }) => [postcode ?? "", (postcode ?? "").replace(" ", "")]);
    const called = names.flatMap(({ forenames, surname }) => [...forenames, surname ?? ""]);
    return [recordId, ...called, bornOn ?? "", ...numbers, ...places];
  });
  const hashes = records.flatMap(({ recordId, demographics }) => {
    const compared = comparedOf(demographics, words);
    const values = Object.values(compared).flatMap((each) => each ?? []);
    const texts = [...linkKeyTexts(compared, words), ...values, recordId, `profile|${JSON.stringify(compared)}`];
    const mothers = (compared["nhs"] ?? []).map((value) => `mother|nhs|${value}`);
    const found = [...hub.systems.keys()].map((agencyId) => recordHash(hub, agencyId, recordId).slice(0, 16));
    return [...texts, ...mothers].map((text) => hub.keyed(text).slice(0, 16)).concat(found);
  });
  return [...new Set([...plain, ...hashes])].filter(Boolean);
}

/** A day as an adapter gives it. */
export const day = plainDate;

const SEAL = `mutation ($input: SealRecords!) { sealRecords(input: $input) { id childId kind records numbers work } }`;

/** Seals as this person: what came of it, or the refusal's code and words. */
export async function seal(world: LightHub, input: Record<string, unknown>, as = "sealed-records-officer") {
  const { data, errors } = await world.ask(as, SEAL, {
    input: { kind: "ADOPTION", because: "Adoption order, synthetic.", ...input },
  });
  const [error] = errors;
  return { done: data?.sealRecords ?? null, code: error?.extensions.code ?? null, message: error?.message ?? null };
}
