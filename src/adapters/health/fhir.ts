// The parts of FHIR R4 that several resources share, as the hub reads them: what it does not know it passes over.

import { z } from "zod";
import { dayInEngland, parsePlainDate, type PlainDate } from "../../domain/plain-date.ts";
import { AgencyFault } from "../agency-fault.ts";

/** What statements from the shared care record name as their source. */
export const CARE_RECORD = "care-record";
/** What statements from PDS name as their source. */
export const PDS = "pds";
/** Namespace of NHS numbers. */
export const NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number";

const text = z.string().optional();

/** A code from a named list. */
export const coding = z.object({ system: text, code: text, display: text });
/** Something said in codes, in words or in both. */
export const concept = z.object({ coding: z.array(coding).default([]), text });
/** From when to when, either end unknown or open. */
export const period = z.object({ start: text, end: text });

/** An extension, one level deep and with the kinds of value that are read here. */
const simpleExtension = z.object({
  url: z.string(),
  valueString: text,
  valueCode: text,
  valueCoding: coding.optional(),
  valueCodeableConcept: concept.optional(),
});
/** Extensions are where UK Core keeps what FHIR has no field for. */
export const extensions = z
  .array(simpleExtension.extend({ extension: z.array(simpleExtension).default([]) }))
  .default([]);

/** A number in a namespace. */
export const identifier = z.object({ system: text, value: text, use: text, extension: extensions });
/** A link to another resource, by address, by number or only by name. */
export const reference = z.object({ reference: text, display: text, identifier: identifier.optional() });
/** A person's name with what it is used for. */
export const humanName = z.object({
  use: text,
  text,
  given: z.array(z.string()).default([]),
  family: text,
  period: period.optional(),
});
/** A way to reach somebody. */
export const telecom = z.object({ system: text, value: text, use: text });
/** Version, time of change and confidentiality of a resource. */
export const meta = z
  .object({ versionId: text, lastUpdated: text, security: z.array(coding).default([]) })
  .prefault({});

type Concept = z.infer<typeof concept>;
/** `extensions` as read. */
export type Extensions = z.infer<typeof extensions>;

/** A searchset, whatever is in it. */
export const bundle = z.object({
  resourceType: z.literal("Bundle"),
  link: z.array(z.object({ relation: z.string(), url: z.string() })).default([]),
  entry: z
    .array(
      z.object({
        resource: z.looseObject({ resourceType: z.string() }).optional(),
        search: z.object({ mode: text }).optional(),
      }),
    )
    .default([]),
});

interface Reading {
  readonly system: string;
  readonly doing: string;
}

/** The body as agreed, or a fault that says nothing of what it held. */
export function readAs<Shape>(schema: z.ZodType<Shape>, body: unknown, { system, doing }: Reading): Shape {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw new AgencyFault(system, "MALFORMED", { doing: `${doing}: the answer is not as agreed` });
}

/** What a concept says, in its own words first. */
export const wordsOf = (said: Concept | undefined): string | null =>
  said?.text ?? said?.coding.find(({ display }) => display)?.display ?? said?.coding[0]?.code ?? null;

/** The day of a FHIR date or instant; a year or month alone counts from its first day. */
export function dayOf(when: string | undefined): PlainDate | null {
  if (when === undefined) return null;
  if (!when.includes("T")) return parsePlainDate(when + "-01-01".slice(0, 10 - when.length));
  const at = new Date(when);
  return Number.isNaN(at.getTime()) ? null : dayInEngland(at);
}

/** The instant, if the text is one. */
export const instantOf = (when: string | undefined): string | null =>
  when?.includes("T") && !Number.isNaN(Date.parse(when)) ? new Date(when).toISOString() : null;

/** Which resource of this type a reference leads to: `Patient/p-1`, an absolute address or one version of it. */
export function idIn(to: { readonly reference?: string | undefined } | undefined, type: string): string | null {
  const [, id] = new RegExp(`(?:^|/)${type}/([A-Za-z0-9.-]{1,64})(?:/_history/.*)?$`).exec(to?.reference ?? "") ?? [];
  return id ?? null;
}
