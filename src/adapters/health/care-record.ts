// The shared care record: one batched search for each resource type, grouped by the record it is about.

import type { z } from "zod";
import { groupBy } from "../../domain/group.ts";
import type { Call } from "../agency-system.ts";
import { encounterShape, observationShape } from "./events.ts";
import { idIn, NHS_NUMBER, readAs } from "./fhir.ts";
import type { FhirClient } from "./fhir-client.ts";
import { episodeShape, isMeant } from "./involvements.ts";
import { patientShape, type Patient } from "./patients.ts";
import { ownerOf, relatedPersonShape } from "./related-people.ts";
import { carePlanShape, flagShape } from "./states.ts";

/** As many as a page may hold: servers give fewer if they like, and say so with a `next` link. */
const PAGE = "1000";

/** How one resource type is asked for and to whom its resources belong. */
interface Reading<T> {
  readonly type: string;
  readonly shape: z.ZodType<T>;
  readonly by: "_id" | "patient";
  readonly owner: (resource: T) => string | null;
}

const aboutSubject = ({ subject }: { readonly subject: { readonly reference?: string | undefined } }) =>
  idIn(subject, "Patient");

const reading = <T>(type: string, shape: z.ZodType<T>, owner: (resource: T) => string | null): Reading<T> => ({
  type,
  shape,
  by: "patient",
  owner,
});

/** Who it is: asked for by the record's own id. */
export const PATIENTS: Reading<Patient> = { ...reading("Patient", patientShape, ({ id }) => id), by: "_id" };
/** Whom the care record knows as family and carers. */
export const RELATED = reading("RelatedPerson", relatedPersonShape, ownerOf);
/** Services that work with the person, or did. */
export const EPISODES = reading("EpisodeOfCare", episodeShape, ({ patient }) => idIn(patient, "Patient"));
/** Warnings on the record, such as a child protection plan that social care told health of. */
export const FLAGS = reading("Flag", flagShape, aboutSubject);
/** Plans that health itself made. */
export const CARE_PLANS = reading("CarePlan", carePlanShape, aboutSubject);
/** Attendances, appointments and visits, kept or missed. */
export const ENCOUNTERS = reading("Encounter", encounterShape, aboutSubject);
/** Measurements, such as growth. */
export const OBSERVATIONS = reading("Observation", observationShape, aboutSubject);

/** What FHIR allows as an id. Anything else is nobody's, and would change the meaning of a list of ids. */
export const isFhirId = (text: string): boolean => /^[A-Za-z0-9.-]{1,64}$/.test(text);

/** The care record over a client. */
export function makeCareRecord(client: FhirClient) {
  const { system } = client;

  function read<T>({ type, shape }: Pick<Reading<T>, "type" | "shape">, resources: readonly unknown[]): T[] {
    return resources.map((resource) => readAs(shape, resource, { system, doing: `reading ${type}` }));
  }

  /** Patients by any search. */
  async function findPatients(params: Record<string, string>, call: Call): Promise<Patient[]> {
    const found = await client.searchAll("Patient", new URLSearchParams({ ...params, _count: PAGE }), call);
    return read(PATIENTS, found);
  }

  return {
    system,
    /** Resources of one type about these records, by record id. */
    async list<T>(wanted: Reading<T>, recordIds: readonly string[], call: Call): Promise<Map<string, T[]>> {
      if (recordIds.length === 0) return new Map();
      const asked = new Set(recordIds);
      const params = new URLSearchParams({ [wanted.by]: recordIds.join(","), _count: PAGE });
      const whose = (one: T): string => wanted.owner(one) ?? "";
      const found = read(wanted, await client.searchAll(wanted.type, params, call));
      // Nothing of a record that was not asked about, whatever the server puts in.
      const meant = found.filter((one) => asked.has(whose(one)) && isMeant({ status: "", ...one }));
      return groupBy(meant, whose);
    },
    findPatients,
    /** Patients that have, or had, one of these NHS numbers. */
    findByNumbers: (numbers: readonly string[], call: Call): Promise<Patient[]> =>
      findPatients({ identifier: numbers.map((number) => `${NHS_NUMBER}|${number}`).join(",") }, call),
    /** One page of a search that is to be followed later. */
    async page(from: URLSearchParams | string, call: Call): Promise<{ patients: Patient[]; next: string | null }> {
      const { resources, next } =
        typeof from === "string"
          ? await client.turn("Patient", from, call)
          : await client.search("Patient", from, call);
      return { patients: read(PATIENTS, resources), next };
    },
    async check(call: Call): Promise<void> {
      await client.request({ path: "metadata", doing: "asking whether it is there" }, call);
    },
  };
}

/** The care record as `ask`, `find` and `changes` use it. */
export type CareRecord = ReturnType<typeof makeCareRecord>;
