// EpisodeOfCare and the registered practice: who in health works with the person, and how to reach them.

import { z } from "zod";
import type { Involvement, InvolvementRole, StatedEvent } from "../../domain/statements.ts";
import { concept, dayOf, humanName, instantOf, meta, period, reference, telecom, wordsOf } from "./fhir.ts";
import type { Patient } from "./patients.ts";

const practitioner = z.object({
  resourceType: z.string(),
  id: z.string().optional(),
  name: z.array(humanName).optional(),
  telecom: z.array(telecom).optional(),
});

/** What the hub reads of an EpisodeOfCare. */
export const episodeShape = z.object({
  resourceType: z.literal("EpisodeOfCare"),
  id: z.string().min(1),
  meta,
  contained: z.array(practitioner).default([]),
  status: z.string(),
  type: z.array(concept).default([]),
  patient: reference,
  managingOrganization: reference.optional(),
  period: period.optional(),
  careManager: reference.optional(),
  team: z.array(reference).default([]),
});
type Episode = z.infer<typeof episodeShape>;

/** Services are named in free text: UK Core fixes no codes for them. */
const ROLES: readonly (readonly [RegExp, InvolvementRole])[] = [
  [/health visit/i, "HEALTH_VISITOR"],
  [/school (and public health )?nurs/i, "SCHOOL_NURSE"],
  [/midwi|matern|antenatal/i, "MIDWIFE"],
  [/camhs|mental health/i, "CAMHS"],
  [/paediatric/i, "PAEDIATRICS"],
];

const nameOfService = ({ type }: Episode): string => wordsOf(type[0]) ?? "Health service";

/** An episode of care that was entered by mistake never was. */
export const isMeant = ({ status }: { readonly status: string }): boolean => status !== "entered-in-error";

/** Who is or was working with the person. One that is over without saying when had ended by its last change. */
export function involvementOf(episode: Episode, system: string): Involvement {
  const { id, meta, status, period, careManager, managingOrganization, team } = episode;
  const service = nameOfService(episode);
  const over = ["finished", "cancelled"].includes(status);
  return {
    role: ROLES.find(([shape]) => shape.test(service))?.[1] ?? "OTHER",
    practitioner: careManager?.display ?? null,
    organisation: managingOrganization?.display ?? managingOrganization?.identifier?.value ?? null,
    team: team[0]?.display ?? null,
    phone: reachOf(episode, "phone"),
    email: reachOf(episode, "email"),
    fromOn: dayOf(period?.start),
    untilOn: dayOf(period?.end) ?? (over ? dayOf(meta.lastUpdated) : null),
    provenance: {
      system,
      recordId: `EpisodeOfCare/${id}`,
      recordedAt: instantOf(meta.lastUpdated),
      statedAs: service,
    },
  };
}

/** The manager's details, where the episode carries them inside. */
function reachOf({ contained, careManager }: Episode, by: "phone" | "email"): string | null {
  const inside = contained.find(({ id }) => id !== undefined && careManager?.reference === `#${id}`);
  return inside?.telecom?.find(({ system }) => system === by)?.value ?? null;
}

/** The beginning of an episode, for the timeline; none where it does not say when it began. */
export function beginningOf(episode: Episode, system: string): StatedEvent | null {
  const { provenance, fromOn, organisation } = involvementOf(episode, system);
  if (!fromOn) return null;
  const summary = [`${nameOfService(episode)} began`, organisation].filter((text) => text !== null).join(", ");
  return { kind: "OTHER", on: fromOn, at: instantOf(episode.period?.start), summary, provenance };
}

/** The general practice the person is registered with. */
export function practicesOf({ id, meta, generalPractitioner }: Patient, system: string): Involvement[] {
  return generalPractitioner.map(({ display, identifier }) => ({
    role: "GP",
    practitioner: null,
    organisation: display ?? identifier?.value ?? null,
    team: null,
    phone: null,
    email: null,
    fromOn: null,
    untilOn: null,
    provenance: {
      system,
      recordId: id,
      recordedAt: instantOf(meta.lastUpdated),
      statedAs: identifier?.value ?? null,
    },
  }));
}
