// The yearly children in need census return of England, by its own element names and in their order (the 2026 sample's).

import { z } from "zod";

/** An element that is there once or not at all. */
const one = <T extends z.ZodType>(shape: T) =>
  z
    .array(shape)
    .max(1)
    .transform(([only]) => only)
    .optional();
/** An element that may be there any number of times. */
const many = <T extends z.ZodType>(shape: T) => z.array(shape).default([]);

const day = z.iso.date();
const code = z.string().regex(/^[A-Za-z0-9]{1,20}$/);
const words = z.string().max(100);
const count = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number);
/** Files have both spellings; `true` and `false` are written. */
const flag = z.enum(["true", "false", "1", "0"]).transform((text) => text === "true" || text === "1");

const identifiers = z.strictObject({
  /** Letters and figures by the rules of the return, but the public sample files have others. */
  LAchildID: one(z.string().max(40)),
  UPN: one(code),
  FormerUPN: one(code),
  UPNunknown: one(code),
  PersonBirthDate: one(day),
  ExpectedPersonBirthDate: one(day),
  Sex: one(code),
  /** Up to 2023/24, in place of Sex. */
  GenderCurrent: one(code),
  PersonDeathDate: one(day),
});

const assessment = z.strictObject({
  AssessmentActualStartDate: one(day),
  AssessmentInternalReviewDate: one(day),
  AssessmentAuthorisationDate: one(day),
  FactorsIdentifiedAtAssessment: one(z.strictObject({ AssessmentFactors: many(code) })),
});

const section47 = z.strictObject({
  S47ActualStartDate: one(day),
  InitialCPCtarget: one(day),
  DateOfInitialCPC: one(day),
  ICPCnotRequired: one(flag),
});

const protectionPlan = z.strictObject({
  CPPstartDate: one(day),
  CPPendDate: one(day),
  InitialCategoryOfAbuse: one(code),
  LatestCategoryOfAbuse: one(code),
  NumberOfPreviousCPP: one(count),
  Reviews: one(z.strictObject({ CPPreviewDate: many(day) })),
});

const proceedings = z.strictObject({
  PPStartDate: one(day),
  LBPSentDate: one(day),
  FGDMMeetingOffer: one(flag),
  FGDMMeetingFac: one(flag),
  InitialPPMeetingDate: one(day),
  ReviewMeetingsCount: one(count),
  StepDecisionDate: one(day),
  PPOutcome: one(code),
  CourtAppDate: one(day),
  LetterInitCPDate: one(day),
});

const episode = z.strictObject({
  CINreferralDate: one(day),
  ReferralSource: one(code),
  PrimaryNeedCode: one(code),
  CINclosureDate: one(day),
  ReasonForClosure: one(code),
  DateOfInitialCPC: one(day),
  Assessments: many(assessment),
  CINPlanDates: many(z.strictObject({ CINPlanStartDate: one(day), CINPlanEndDate: one(day) })),
  Section47: many(section47),
  ReferralNFA: one(flag),
  ChildProtectionPlans: many(protectionPlan),
  PreProceedingsandFGDM: many(proceedings),
});

const child = z.strictObject({
  ChildIdentifiers: one(identifiers),
  ChildCharacteristics: one(
    z.strictObject({ Ethnicity: one(code), Disabilities: one(z.strictObject({ Disability: many(code) })) }),
  ),
  CINdetails: many(episode),
});

const header = z.strictObject({
  CollectionDetails: one(
    z.strictObject({ Collection: one(z.literal("CIN")), Year: one(count), ReferenceDate: one(day) }),
  ),
  Source: one(
    z.strictObject({
      SourceLevel: one(code),
      LEA: one(code),
      SoftwareCode: one(words),
      Release: one(words),
      SerialNo: one(code),
      DateTime: one(z.iso.datetime({ local: true })),
    }),
  ),
  Content: one(z.strictObject({ CBDSLevels: one(z.strictObject({ CBDSLevel: many(code) })) })),
});

/** What stands inside `Message`. */
export const CIN_CENSUS = z.strictObject({
  Header: one(header),
  Children: one(z.strictObject({ Child: many(child) })),
});

export type CinCensus = z.output<typeof CIN_CENSUS>;
export type CinChild = z.output<typeof child>;
export type CinEpisode = z.output<typeof episode>;
