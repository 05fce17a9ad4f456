// One record's answer from what the sources gave, restrictions first.

import { NOT_ASKED, type Part, type PartAnswer } from "../../domain/absence.ts";
import type { Involvement, StatedEvent, StatedRelationship } from "../../domain/statements.ts";
import type { Answer } from "../agency-system.ts";
import type { CARE_PLANS, ENCOUNTERS, EPISODES, FLAGS, OBSERVATIONS, PATIENTS, RELATED } from "./care-record.ts";
import { encounterEvent, observationEvent } from "./events.ts";
import { CARE_RECORD, PDS } from "./fhir.ts";
import { beginningOf, involvementOf, practicesOf } from "./involvements.ts";
import { demographicsOf, isRestricted, nhsNumbersOf, safely, type Patient, verifiedNumberOf } from "./patients.ts";
import { pdsDemographics, type PdsRecord } from "./pds.ts";
import { careRecordRelationship } from "./related-people.ts";
import { given, narrow, partOf, type Settled } from "./settled.ts";
import { carePlanState, flagState } from "./states.ts";

type About<Reading> = Reading extends { owner: (resource: infer T) => unknown }
  ? Settled<ReadonlyMap<string, T[]>>
  : never;

/** What PDS says of one number. */
export interface PdsSays {
  readonly record: Settled<PdsRecord | null>;
  readonly related: Settled<readonly StatedRelationship[]>;
}

/** What the sources gave about all records asked for. */
export interface Gathered {
  readonly patients: About<typeof PATIENTS>;
  readonly related: About<typeof RELATED>;
  readonly episodes: About<typeof EPISODES>;
  readonly flags: About<typeof FLAGS>;
  readonly carePlans: About<typeof CARE_PLANS>;
  readonly encounters: About<typeof ENCOUNTERS>;
  readonly observations: About<typeof OBSERVATIONS>;
  /** Null where PDS was not asked; `TOO_MANY` where only it could have answered and too many were asked about. */
  readonly pds: PdsSays | "TOO_MANY" | null;
}

const RULES = {
  DEMOGRAPHICS: "Health marks this record as restricted: address, contact details and general practice are withheld",
  RELATIONSHIPS: "Health marks this record as restricted: family and carers are withheld",
  INVOLVEMENTS: "Health marks this record as restricted: the general practice is withheld",
} as const;

/** The answer about one record. */
export function answerAbout(recordId: string, gathered: Gathered, parts: readonly Part[]): Answer {
  const { patients, flags, carePlans, encounters, observations, episodes } = gathered;
  const one = <T, U>(source: Settled<ReadonlyMap<string, T[]>>, to: (resource: T) => U | null): Settled<U[]> =>
    narrow(source, (all) => (all.get(recordId) ?? []).flatMap((resource) => to(resource) ?? []));
  const says = gathered.pds === "TOO_MANY" ? null : gathered.pds;
  const patient = patients.value?.get(recordId)?.[0] ?? null;
  const atPds = says?.record.value?.patient ?? null;
  const restricted = [patient, atPds].some((held) => held !== null && isRestricted(held));
  const who: Who = { patient, restricted, says };
  // PDS may know of a restriction that the care record lacks: until it has said, nobody knows.
  const unheard = patient !== null && verifiedNumberOf(patient) !== null && (!says || says.record.fault !== null);
  const restrictionUnknown = !restricted && (unheard || patients.fault !== null);

  const asked = <Item>(part: Part, answer: () => PartAnswer<Item>): PartAnswer<Item> => {
    if (!parts.includes(part)) return NOT_ASKED;
    if (gathered.pds === "TOO_MANY")
      return {
        status: "NOT_ASKED",
        reason: "PDS alone knows this person and is asked about two people at once at most",
      };
    return answer();
  };
  const began = one(episodes, (episode) => beginningOf(episode, CARE_RECORD));

  return {
    recordId,
    restricted,
    restrictionUnknown,
    asOf: null,
    demographics: asked("DEMOGRAPHICS", () => {
      const said = [
        one(patients, (held) => demographicsOf(held, CARE_RECORD)),
        narrow(says?.record ?? given(null), (record) => (record ? [pdsDemographics(record)] : [])),
      ].map((source) => (restricted ? narrow(source, (items) => items.map(safely)) : source));
      return partOf(said, restricted ? RULES.DEMOGRAPHICS : null);
    }),
    relationships: asked("RELATIONSHIPS", () =>
      relationships(
        one(gathered.related, (related) => careRecordRelationship(related, CARE_RECORD)),
        patients,
        who,
      ),
    ),
    involvements: asked("INVOLVEMENTS", () =>
      involvements(
        one(episodes, (episode) => involvementOf(episode, CARE_RECORD)),
        patients,
        who,
      ),
    ),
    states: asked("STATES", () =>
      partOf(
        [
          one(flags, (flag) => flagState(flag, CARE_RECORD)),
          one(carePlans, (plan) => carePlanState(plan, CARE_RECORD)),
        ],
        null,
      ),
    ),
    events: asked("EVENTS", () => {
      const met = one(encounters, (encounter) => encounterEvent(encounter, CARE_RECORD));
      const measured = one(observations, (observation) => observationEvent(observation, CARE_RECORD));
      return partOf<StatedEvent>([met, measured, began], null);
    }),
  };
}

interface Who {
  readonly patient: Patient | null;
  readonly restricted: boolean;
  readonly says: PdsSays | null;
}

/** Nothing about family while it is not known whether the person is restricted, and nothing where they are. */
function relationships(
  related: Settled<readonly StatedRelationship[]>,
  patients: Gathered["patients"],
  { patient, restricted, says }: Who,
): PartAnswer<StatedRelationship> {
  const { record, related: atPds } = says ?? { record: given(null), related: given([]) };
  const none = (): StatedRelationship[] => [];
  // Both patient records are sources too: a failure of either is a failure of this part.
  const sources = [related, narrow(patients, none), narrow(record, none), atPds];
  if (restricted || patients.fault)
    return partOf(
      sources.map((source) => narrow(source, none)),
      restricted ? RULES.RELATIONSHIPS : null,
    );
  const own = new Set(patient ? nhsNumbersOf(patient).map(({ value }) => value) : []).add(
    record.value?.patient.id ?? "",
  );
  const recordIds = knownRecordIds(related.value ?? []);
  const others = sources.map((source) =>
    narrow(source, (items) =>
      items.flatMap((item) => {
        const number = item.otherIdentifiers[0]?.value;
        // Some records name the person as their own relation.
        if (number !== undefined && own.has(number)) return [];
        return [{ ...item, otherRecordId: item.otherRecordId ?? recordIds.get(number) ?? null }];
      }),
    ),
  );
  return partOf(others, null);
}

/** PDS names relations by NHS number; where the care record knows that number's record, so does the hub. */
const knownRecordIds = (related: readonly StatedRelationship[]): ReadonlyMap<string | undefined, string> =>
  new Map(
    related.flatMap(({ otherRecordId, otherIdentifiers: [number] }) =>
      otherRecordId && number ? [[number.value, otherRecordId] as const] : [],
    ),
  );

/** Episodes of care and the general practice; the practice would say where a restricted person lives. */
function involvements(
  episodes: Settled<readonly Involvement[]>,
  patients: Gathered["patients"],
  { patient, restricted, says }: Who,
): PartAnswer<Involvement> {
  const atPds = says?.record ?? given(null);
  const practices = patient
    ? practicesOf(patient, CARE_RECORD)
    : atPds.value
      ? practicesOf(atPds.value.patient, PDS)
      : [];
  const known: Settled<unknown> = patients.fault || patient ? patients : atPds;
  const shown = narrow(known, (): Involvement[] => (restricted ? [] : practices));
  return partOf([episodes, shown], restricted && practices.length > 0 ? RULES.INVOLVEMENTS : null);
}
