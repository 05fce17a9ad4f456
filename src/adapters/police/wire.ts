// The JSON:API shapes of the Standard Data Model's incident with the public protection notice profile. Attribute names,
// `dateofBirthKnown` among them, are the model's own; those of a location and of the notice are the profile's.

import { z } from "zod";
import { parsePlainDate, type PlainDate } from "../../domain/plain-date.ts";

/** More than these are refused: a notice is about one incident. */
export const MOST = { description: 10_000, people: 100, included: 500, childDetails: 100 } as const;

const orRequired = (message: string) => (issue: { readonly input?: unknown }) =>
  issue.input === undefined ? "is required" : message;

const text = (most: number) =>
  z.string({ error: orRequired("must be text") }).max(most, { error: `must be at most ${most} characters` });
const filled = (most: number) => text(most).min(1, { error: "must not be empty" });
const code = filled(64);
const bool = z.boolean({ error: orRequired("must be true or false") });
const age = z.int({ error: "must be a whole number" }).min(0, { error: "must not be negative" }).max(130, {
  error: "must be at most 130",
});
const EARLIEST = Date.UTC(1900, 0);
const LATEST = Date.UTC(2200, 0);
const instant = z.iso
  .datetime({ offset: true, error: orRequired("must be an ISO 8601 date and time with a zone") })
  .refine((written) => Date.parse(written) >= EARLIEST && Date.parse(written) < LATEST, {
    error: "must lie between the years 1900 and 2199",
  })
  .transform((written) => new Date(written).toISOString());
const day = z
  .string({ error: orRequired("must be text") })
  .refine((written) => parsePlainDate(written) !== null, { error: "must be an ISO 8601 date" })
  .transform((written): PlainDate | null => parsePlainDate(written));
const thing = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object(shape, { error: orRequired("must be an object") });
const list = <Item extends z.ZodType>(item: Item, most: number) =>
  z.array(item, { error: orRequired("must be a list") }).max(most, { error: `must have at most ${most} entries` });

const reference = thing({ type: code, id: filled(128) });
const relationship = thing({
  data: z.union([reference, list(reference, MOST.included), z.null()], {
    error: orRequired("must name resources by type and id"),
  }),
});
const resource = thing({
  type: code,
  id: filled(128),
  attributes: z.unknown(),
  relationships: z.record(z.string(), relationship, { error: "must be an object" }).optional(),
});

/** The document's outer form; the attributes of each resource are looked at one type at a time. */
export const documentShape = thing({ data: resource, included: list(resource, MOST.included) });

/** Letters, digits and the marks forces use in references. */
const submissionId = filled(64).regex(/^[\w./:-]+$/, { error: "must be letters, digits and . / : _ - only" });

export const incidentAttributes = thing({
  incidentDescription: text(MOST.description),
  incidentStartDateTime: thing({ dateFrom: instant, dateTo: instant.nullish() }),
});

export const submissionAttributes = thing({
  submissionId,
  externalReferenceId: text(64).nullish(),
  forceIdentifier: z.int({ error: orRequired("must be a whole number") }),
  submitTime: instant,
});

export const personAttributes = thing({
  givenName: list(text(100), 20).nullish(),
  middleName: list(text(100), 20).nullish(),
  surname: text(100).nullish(),
  dateOfBirth: day.nullish(),
  dateofBirthKnown: bool.nullish(),
  gender: code.nullish(),
  under18: bool.nullish(),
  age: age.nullish(),
  approximateAgeFrom: age.nullish(),
});

export const locationAttributes = thing({
  addressLine1: text(200).nullish(),
  addressLine2: text(200).nullish(),
  addressLine3: text(200).nullish(),
  town: text(100).nullish(),
  postcode: text(10).nullish(),
  uprn: text(12).nullish(),
});

export const noticeAttributes = thing({
  logNumber: filled(64),
  amends: submissionId.nullish(),
  ppnType: code,
  trigger: code,
  riskGrading: code,
  dashRisk: code.nullish(),
  handlingCode: code,
  officer: thing({ collar: text(32).nullish(), unit: text(100).nullish() }).nullish(),
  voiceOfChild: text(MOST.description).nullish(),
  missing: thing({ reportedAt: instant, foundAt: instant.nullish() }).nullish(),
  childDetails: list(
    thing({
      person: filled(128),
      ordinarilyResident: bool.nullish(),
      present: bool.nullish(),
      witnessed: code.nullish(),
      injured: bool.nullish(),
    }),
    MOST.childDetails,
  ).nullish(),
  statedRelationships: list(thing({ from: filled(128), to: filled(128), type: code }), 500).nullish(),
});

export type WireDocument = z.infer<typeof documentShape>;
export type WireResource = z.infer<typeof resource>;
export type WireReference = z.infer<typeof reference>;
export type WirePerson = z.infer<typeof personAttributes>;
export type WireLocation = z.infer<typeof locationAttributes>;
export type WireNotice = z.infer<typeof noticeAttributes>;

/** The attributes of a document's resources, each read by its type's schema and found again by its id. */
export interface Parts {
  readonly incident: z.infer<typeof incidentAttributes>;
  readonly submission: z.infer<typeof submissionAttributes>;
  readonly notice: WireNotice;
  /** The notice's place in `included`, for pointers. */
  readonly noticeAt: number;
  readonly persons: ReadonlyMap<string, WirePerson>;
  readonly locations: ReadonlyMap<string, WireLocation>;
}
