// What an agency can say about a person. Adapters translate their protocol's words into these; nothing above them knows another.

import type { PlainDate } from "./plain-date.ts";

/** Where a statement comes from. Every fact the hub shows carries one. */
export interface Provenance {
  /** The agency's system, as the adapter names it: `pds`, `care-record`, `ssd`, `mis`, `inbox`. */
  readonly system: string;
  /** The record's own identifier in that system, for somebody who may open it there; null where it would tell too much. */
  readonly recordId: string | null;
  /** When the agency last changed it, if it says so: an ISO instant. */
  readonly recordedAt: string | null;
  /** The agency's own code or wording, kept where translation loses something. */
  readonly statedAs: string | null;
}

export const IDENTIFIER_KINDS = ["NHS_NUMBER", "UPN", "LA_CHILD_ID", "LOCAL_ID"] as const;
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

export interface StatedIdentifier {
  readonly kind: IdentifierKind;
  readonly value: string;
  /** True only where the agency vouches for it: an NHS number with verification status 01, a permanent UPN. */
  readonly verified: boolean;
}

/** `OFFICIAL` is the name in law as that agency holds it; `KNOWN_AS` the one the child answers to. */
export const NAME_USES = ["OFFICIAL", "KNOWN_AS", "FORMER"] as const;
export type NameUse = (typeof NAME_USES)[number];

export interface StatedName {
  readonly use: NameUse;
  readonly forenames: readonly string[];
  /** Null where the agency recorded none. */
  readonly surname: string | null;
}

/** How exactly a date of birth is known. A year alone is held as 1 January with `YEAR`. */
export type DateAccuracy = "DAY" | "MONTH" | "YEAR";

export const SEXES = ["FEMALE", "MALE", "OTHER", "UNKNOWN"] as const;
export type Sex = (typeof SEXES)[number];

export interface StatedAddress {
  readonly use: "HOME" | "TEMPORARY" | "OTHER";
  readonly lines: readonly string[];
  readonly town: string | null;
  /** Upper case with one space: `OX99 9ZZ`. */
  readonly postcode: string | null;
  readonly uprn: string | null;
  readonly fromOn: PlainDate | null;
  /** Null while it is current. */
  readonly untilOn: PlainDate | null;
}

export interface Demographics {
  readonly identifiers: readonly StatedIdentifier[];
  readonly names: readonly StatedName[];
  readonly bornOn: PlainDate | null;
  readonly bornOnAccuracy: DateAccuracy;
  /** An unborn child has this and no `bornOn`. */
  readonly expectedOn: PlainDate | null;
  readonly diedOn: PlainDate | null;
  readonly sex: Sex;
  /** Identity as stated by the person, if recorded; never used for matching. */
  readonly gender: string | null;
  /** DfE ethnicity code (`WBRI`), or null. */
  readonly ethnicity: string | null;
  readonly addresses: readonly StatedAddress[];
  /** Name of the school, general practice or team the record itself sits with, where the agency says so. */
  readonly heldBy: string | null;
  readonly provenance: Provenance;
}

/** The part the other person plays in this person's life, as the agency states it. */
export const RELATIONSHIP_ROLES = [
  "MOTHER",
  "FATHER",
  "PARENT",
  "STEP_MOTHER",
  "STEP_FATHER",
  "STEP_PARENT",
  "ADOPTIVE_PARENT",
  "FOSTER_CARER",
  "PRIVATE_FOSTER_CARER",
  "GUARDIAN",
  "GRANDPARENT",
  "SIBLING",
  "HALF_SIBLING",
  "STEP_SIBLING",
  "AUNT_UNCLE",
  "COUSIN",
  "PARTNER",
  "EX_PARTNER",
  "CHILD",
  "STEP_CHILD",
  "GRANDCHILD",
  "UNBORN_CHILD",
  "PARENT_OF_UNBORN",
  "CARER",
  "NEXT_OF_KIN",
  "HOUSEHOLD_MEMBER",
  "FRIEND_OR_NEIGHBOUR",
  "OTHER_RELATIVE",
  "UNKNOWN",
] as const;
export type RelationshipRole = (typeof RELATIONSHIP_ROLES)[number];

/** A claim by one agency that somebody plays a part in this person's life. Two agencies may disagree; both are kept. */
export interface StatedRelationship {
  readonly role: RelationshipRole;
  /** The other person's record in the same agency, where it has one. */
  readonly otherRecordId: string | null;
  readonly otherName: StatedName | null;
  readonly otherBornOn: PlainDate | null;
  readonly otherIdentifiers: readonly StatedIdentifier[];
  /** Null where the agency does not say. Never inferred from the role. */
  readonly parentalResponsibility: boolean | null;
  readonly mainCarer: boolean | null;
  readonly livesWithChild: boolean | null;
  readonly fromOn: PlainDate | null;
  readonly untilOn: PlainDate | null;
  readonly provenance: Provenance;
}

export const INVOLVEMENT_ROLES = [
  "SOCIAL_WORKER",
  "EARLY_HELP_WORKER",
  "HEALTH_VISITOR",
  "SCHOOL_NURSE",
  "MIDWIFE",
  "GP",
  "CAMHS",
  "PAEDIATRICS",
  "SCHOOL",
  "EDUCATION_WELFARE",
  "POLICE_OFFICER",
  "INDEPENDENT_REVIEWING_OFFICER",
  "REFERRAL_UNIT",
  "FOSTER_CARE",
  "OTHER",
] as const;
export type InvolvementRole = (typeof INVOLVEMENT_ROLES)[number];

/** Who works with this person, and how to reach them. */
export interface Involvement {
  readonly role: InvolvementRole;
  readonly practitioner: string | null;
  readonly organisation: string | null;
  readonly team: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly fromOn: PlainDate | null;
  /** Null while it goes on. */
  readonly untilOn: PlainDate | null;
  readonly provenance: Provenance;
}

export const STATE_KINDS = [
  "EARLY_HELP",
  "CHILD_IN_NEED",
  "SECTION_47_ENQUIRY",
  "CHILD_PROTECTION_PLAN",
  "LOOKED_AFTER",
  "LEGAL_STATUS",
  "MISSING",
  "SAFEGUARDING_FLAG",
  "HEALTH_CARE_PLAN",
  "SCHOOL_ENROLMENT",
  "SEN_SUPPORT",
  "EHC_PLAN",
  "ATTENDANCE",
  "DISABILITY",
] as const;
export type StateKind = (typeof STATE_KINDS)[number];

/** A status or plan that holds, or held, for a time. */
export interface State {
  readonly kind: StateKind;
  /** The category within the kind, in the field's words: `Neglect`, `Care order`, `SEN support`. */
  readonly category: string | null;
  readonly summary: string;
  readonly fromOn: PlainDate | null;
  readonly untilOn: PlainDate | null;
  readonly provenance: Provenance;
}

export const EVENT_KINDS = [
  "CONTACT",
  "REFERRAL",
  "ASSESSMENT",
  "SECTION_47_ENQUIRY",
  "CONFERENCE",
  "REVIEW",
  "VISIT",
  "MISSING_EPISODE",
  "HOSPITAL_ATTENDANCE",
  "APPOINTMENT",
  "MISSED_APPOINTMENT",
  "OBSERVATION",
  "ABSENCE",
  "EXCLUSION",
  "POLICE_NOTICE",
  "DOMESTIC_ABUSE_NOTICE",
  "PLACEMENT_CHANGE",
  "OTHER",
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Something that happened. */
export interface StatedEvent {
  readonly kind: EventKind;
  /** The day in England on which it happened or began. */
  readonly on: PlainDate;
  /** The instant, where the agency knows it: ISO 8601. */
  readonly at: string | null;
  /** One line in the field's words. May hold personal data: it is shown, never logged. */
  readonly summary: string;
  readonly provenance: Provenance;
}
