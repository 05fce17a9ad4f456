// The care record's resources, rendered when asked for, with their versions and what has been deleted.

import type { AgencyRecord, HealthFact } from "../town/types.ts";
import { clinicalBody } from "./care-record-clinical.ts";
import { careRecordPatient, careRecordRelatedPerson, type Body } from "./care-record-patient.ts";
import { practiceOrganisations } from "./practices.ts";
import { security, SYNTHETIC_TAG, ukCore, type Resource } from "./resource.ts";
import type { World } from "./world.ts";

/** The resource types this care record offers: what the hub reads of a child, and who to ring. */
export const CARE_TYPES = [
  "Patient",
  "RelatedPerson",
  "EpisodeOfCare",
  "Encounter",
  "Flag",
  "CarePlan",
  "Observation",
  "Organization",
] as const;
export type CareType = (typeof CARE_TYPES)[number];

/** A resource on the shelf. */
export interface Entry {
  readonly type: CareType;
  readonly id: string;
  /** Whom it is about; null for organisations. */
  readonly patientId: string | null;
  versionId: number;
  lastUpdated: string;
  deleted: boolean;
  readonly body: () => Body;
  readonly restricted: () => boolean;
}

const TYPE_OF: Record<HealthFact["kind"], CareType> = {
  episode: "EpisodeOfCare",
  encounter: "Encounter",
  flag: "Flag",
  carePlan: "CarePlan",
  observation: "Observation",
};

/** The resource as the server gives it. */
export function resourceOf({ type, id, versionId, lastUpdated, body, restricted }: Entry): Resource {
  const meta = {
    versionId: String(versionId),
    lastUpdated,
    profile: [ukCore(`UKCore-${type}`)],
    ...(type === "Patient" && { security: security(restricted()) }),
    tag: [SYNTHETIC_TAG],
  };
  return { resourceType: type, id, meta, ...body() };
}

/** Fills the shelves from health's part of the town. */
export function makeStore(world: World) {
  const shelves = new Map<CareType, Map<string, Entry>>(CARE_TYPES.map((type) => [type, new Map()]));
  const about = new Map<string, Entry[]>();
  const shelf = (type: CareType): Map<string, Entry> => shelves.get(type) ?? new Map<string, Entry>();

  function add(entry: Omit<Entry, "versionId" | "deleted" | "restricted">, restricted = () => false): void {
    const whole: Entry = { ...entry, versionId: 1, deleted: false, restricted };
    shelf(entry.type).set(entry.id, whole);
    const key = `${entry.type}/${entry.patientId}`;
    const known = about.get(key);
    if (known) known.push(whole);
    else about.set(key, [whole]);
  }

  const professionals = new Map(world.town.professionals.map((person) => [person.id, person]));
  for (const held of world.held.values()) {
    const { localId } = held.record;
    if (!world.inCareRecord(localId)) continue;
    const { lastUpdated } = held;
    // Kept until the record changes: a search by name looks at every patient.
    let kept: { of: AgencyRecord; body: Body } | null = null;
    const body = () => {
      const { record } = held;
      if (kept?.of !== record) kept = { of: record, body: careRecordPatient(record, world) };
      return kept.body;
    };
    add({ type: "Patient", id: localId, patientId: localId, lastUpdated, body }, () =>
      world.markedRestricted(held.record),
    );
    world.tiesOf(localId).forEach((tie, at) => {
      const related = () => careRecordRelatedPerson(tie, world);
      add({ type: "RelatedPerson", id: `rp-${localId}-${at}`, patientId: localId, lastUpdated, body: related });
    });
  }
  for (const fact of world.town.health) {
    const { id, localId: patientId, updatedAt: lastUpdated } = fact;
    const person = fact.kind === "episode" ? professionals.get(fact.professionalId) : undefined;
    add({ type: TYPE_OF[fact.kind], id, patientId, lastUpdated, body: () => clinicalBody(fact, person) });
  }
  for (const { id, resourceType: _, ...rest } of practiceOrganisations())
    add({ type: "Organization", id, patientId: null, lastUpdated: "2024-01-01T00:00:00Z", body: () => rest });

  return {
    find: (type: CareType, id: string): Entry | undefined => shelf(type).get(id),
    list: (type: CareType): Entry[] => [...shelf(type).values()],
    listAbout: (type: CareType, patientId: string): readonly Entry[] => about.get(`${type}/${patientId}`) ?? [],
  };
}

/** What the searches look through. */
export type Store = ReturnType<typeof makeStore>;
