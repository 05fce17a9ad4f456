// Encounter and Observation as things that happened.

import { z } from "zod";
import type { EventKind, StatedEvent } from "../../domain/statements.ts";
import { coding, concept, dayOf, extensions, instantOf, meta, period, reference, wordsOf } from "./fhir.ts";

/** What the hub reads of an Encounter. */
export const encounterShape = z.object({
  resourceType: z.literal("Encounter"),
  id: z.string().min(1),
  meta,
  status: z.string(),
  class: coding,
  type: z.array(concept).default([]),
  subject: reference,
  period: period.optional(),
  reasonCode: z.array(concept).default([]),
  serviceProvider: reference.optional(),
  extension: extensions,
});
type Encounter = z.infer<typeof encounterShape>;

const quantity = z.object({ value: z.number().optional(), unit: z.string().optional() });
/** What the hub reads of an Observation: one value, whatever its type. */
export const observationShape = z.object({
  resourceType: z.literal("Observation"),
  id: z.string().min(1),
  meta,
  status: z.string(),
  code: concept,
  subject: reference,
  effectiveDateTime: z.string().optional(),
  effectivePeriod: period.optional(),
  valueQuantity: quantity.optional(),
  valueString: z.string().optional(),
  valueCodeableConcept: concept.optional(),
});
type Observation = z.infer<typeof observationShape>;

const KINDS: Record<string, EventKind> = {
  EMER: "HOSPITAL_ATTENDANCE",
  IMP: "HOSPITAL_ATTENDANCE",
  ACUTE: "HOSPITAL_ATTENDANCE",
  AMB: "APPOINTMENT",
  VR: "APPOINTMENT",
  HH: "VISIT",
};
/** A trust's own word for a child who was not brought; R4 has none. */
const MISSED = new Set(["was-not-brought", "did-not-attend"]);

const missedAs = ({ extension }: Encounter): string | null =>
  extension.flatMap(({ valueCode }) => valueCode ?? []).find((code) => MISSED.has(code)) ?? null;

/** An encounter; null where it does not say when. */
export function encounterEvent(encounter: Encounter, system: string): StatedEvent | null {
  const { id, meta, status, type, reasonCode, serviceProvider, period } = encounter;
  const on = dayOf(period?.start);
  if (!on) return null;
  const missed = missedAs(encounter);
  const kind = KINDS[encounter.class.code ?? ""] ?? "OTHER";
  const what = wordsOf(type[0]) ?? encounter.class.display ?? "Encounter";
  const became = missed?.replaceAll("-", " ") ?? (status === "cancelled" ? "cancelled" : null);
  const told = [became, wordsOf(reasonCode[0]), serviceProvider?.display].filter((text) => text);
  return {
    kind: missed ? "MISSED_APPOINTMENT" : kind,
    on,
    at: instantOf(period?.start),
    summary: told.length > 0 ? `${what}: ${told.join(", ")}` : what,
    provenance: {
      system,
      recordId: `Encounter/${id}`,
      recordedAt: instantOf(meta.lastUpdated),
      statedAs: missed ?? `${encounter.class.code ?? ""} ${status}`.trim(),
    },
  };
}

/** An observation; null where it does not say when. */
export function observationEvent(observation: Observation, system: string): StatedEvent | null {
  const { id, meta, code, status, effectiveDateTime, effectivePeriod } = observation;
  const when = effectiveDateTime ?? effectivePeriod?.start;
  const on = dayOf(when);
  if (!on) return null;
  const { valueQuantity, valueString, valueCodeableConcept } = observation;
  const measured =
    valueQuantity?.value === undefined ? null : `${valueQuantity.value} ${valueQuantity.unit ?? ""}`.trim();
  const value = measured ?? valueString ?? wordsOf(valueCodeableConcept);
  const what = wordsOf(code) ?? "Observation";
  return {
    kind: "OBSERVATION",
    on,
    at: instantOf(when),
    summary: value ? `${what}: ${value}` : what,
    provenance: {
      system,
      recordId: `Observation/${id}`,
      recordedAt: instantOf(meta.lastUpdated),
      statedAs: status,
    },
  };
}
