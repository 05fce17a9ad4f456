// Asks the care record about all records at once, PDS about few, and keeps apart which source gave what.

import type { Part } from "../../domain/absence.ts";
import type { Answer, Call, Question } from "../agency-system.ts";
import { answerAbout, type Gathered, type PdsSays } from "./answer.ts";
import {
  CARE_PLANS,
  ENCOUNTERS,
  EPISODES,
  FLAGS,
  isFhirId,
  OBSERVATIONS,
  PATIENTS,
  RELATED,
  type CareRecord,
} from "./care-record.ts";
import { verifiedNumberOf } from "./patients.ts";
import type { Pds } from "./pds.ts";
import { given, settle, type Settled } from "./settled.ts";

/** PDS allows an application five requests a second and a record costs two (the person, and whom they are related to):
 *  more than two records at once would make the hub wait for its own limit. Above it, a restriction that only PDS knows is
 *  not seen; the hub remembers those it has seen. */
export const MOST_RECORDS_AT_PDS = 2;

/** A person whom PDS knows and the care record does not has this before the NHS number as a record id. */
const PDS_ONLY = /^pds-(\d{10})$/;

/** The record id for somebody known to PDS alone. */
export const pdsOnlyId = (nhsNumber: string): string => `pds-${nhsNumber}`;

/** PDS is asked after the care record has named the number, and pages follow each other: all of it together may take the
 *  longest of the lanes' limits and this much more. */
const A_LITTLE_MS = 500;

interface Sources {
  readonly careRecord: CareRecord;
  readonly pds: Pds;
  /** The longest of the lanes' limits, in milliseconds. */
  readonly limitMs: number;
}

type Consulted = ReadonlyMap<string, PdsSays>;

/** `ask` over both systems. */
export function makeAsk({ careRecord, pds, limitMs }: Sources) {
  return async function ask({ recordIds, parts }: Question, outer: Call): Promise<readonly Answer[]> {
    const ids = [...new Set(recordIds)];
    if (ids.length === 0 || parts.length === 0) return ids.map((id) => answerAbout(id, NOTHING, parts));
    const limit = AbortSignal.timeout(limitMs + A_LITTLE_MS);
    const call = { ...outer, signal: AbortSignal.any([outer.signal, limit]) };
    const known = ids.filter((id) => isFhirId(id) && !PDS_ONLY.test(id));
    const coming = gather(known, parts, call);
    const [gathered, consulted] = await Promise.all([allOf(coming), consult(ids, { parts, coming, call })]);
    return ids.map((id) => {
      const says = consulted.get(id) ?? null;
      return answerAbout(
        id,
        PDS_ONLY.test(id) ? { ...NOTHING, pds: says ?? "TOO_MANY" } : { ...gathered, pds: says },
        parts,
      );
    });
  };

  /** One request for each resource type that the parts need. Patient is always needed: it says who is restricted. */
  function gather(ids: readonly string[], parts: readonly Part[], call: Call): Coming {
    const list = <T>(reading: Parameters<typeof careRecord.list<T>>[0], ...needing: readonly Part[]) =>
      needing.length === 0 || needing.some((part) => parts.includes(part))
        ? settle(careRecord.list(reading, ids, call), careRecord.system, call.signal)
        : Promise.resolve(given(new Map<string, T[]>()));
    return {
      patients: list(PATIENTS),
      related: list(RELATED, "RELATIONSHIPS"),
      episodes: list(EPISODES, "INVOLVEMENTS", "EVENTS"),
      flags: list(FLAGS, "STATES"),
      carePlans: list(CARE_PLANS, "STATES"),
      encounters: list(ENCOUNTERS, "EVENTS"),
      observations: list(OBSERVATIONS, "EVENTS"),
    };
  }

  /** PDS beside the care record, for few records, whatever the parts: a restriction that it alone knows covers them all. */
  async function consult(ids: readonly string[], { parts, coming, call }: Consultation): Promise<Consulted> {
    if (ids.length > MOST_RECORDS_AT_PDS) return new Map();
    const { value: patients } = await coming.patients;
    const asking = ids.map(async (id) => {
      const [, alone] = PDS_ONLY.exec(id) ?? [];
      const patient = patients?.get(id)?.[0];
      const number = alone ?? (patient && verifiedNumberOf(patient));
      return number ? ([id, await readBoth(number, parts, call)] as const) : null;
    });
    return new Map((await Promise.all(asking)).filter((one) => one !== null));
  }

  async function readBoth(number: string, parts: readonly Part[], call: Call): Promise<PdsSays> {
    const [record, related] = await Promise.all([
      settle(pds.read(number, call), pds.system, call.signal),
      parts.includes("RELATIONSHIPS") ? settle(pds.readRelated(number, call), pds.system, call.signal) : given([]),
    ]);
    return { record, related };
  }
}

type Coming = { readonly [Source in Exclude<keyof Gathered, "pds">]: Promise<Gathered[Source]> };

interface Consultation {
  readonly parts: readonly Part[];
  readonly coming: Coming;
  readonly call: Call;
}

const none = <T>(): Settled<ReadonlyMap<string, T[]>> => given(new Map<string, T[]>());

const NOTHING: Gathered = {
  patients: none(),
  related: none(),
  episodes: none(),
  flags: none(),
  carePlans: none(),
  encounters: none(),
  observations: none(),
  pds: null,
};

async function allOf(coming: Coming): Promise<Omit<Gathered, "pds">> {
  return {
    patients: await coming.patients,
    related: await coming.related,
    episodes: await coming.episodes,
    flags: await coming.flags,
    carePlans: await coming.carePlans,
    encounters: await coming.encounters,
    observations: await coming.observations,
  };
}
