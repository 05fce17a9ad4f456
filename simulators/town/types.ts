// The synthetic town: who lives in it (truth), and what each agency wrote down (records), with errors and gaps as in life.
// Simulators render `records` and `facts` into their protocol; only tests and the matcher's measurements look at `truth`.
// Nobody in it exists. NHS numbers come from 999 000 0000 upwards (never issued), UPNs from invented schools, phones from the
// ranges kept for drama (07700 900xxx, 01632 960xxx), postcodes from OX99 and OL99 (not allocated), mail from example.org.

/** `YYYY-MM-DD` */
export type Day = string;
/** ISO 8601 with `Z` */
export type Instant = string;
export type SimAgency = "health" | "education" | "police" | "socialCare";
export type Sex = "F" | "M";

export interface TownSettings {
  /** How many children live in it, the demo family not counted. */
  children: number;
  seed: number;
  /** The day the town's story stands at; three years of events lie before it. */
  until: Day;
}

export interface Address {
  id: string;
  house: string;
  street: string;
  town: string;
  county: string;
  /** With one space: `OX99 9ZZ` */
  postcode: string;
  /** 12 digits */
  uprn: string;
}

/** Somebody who lives (or will be born, or has died) in the town: the truth. */
export interface Resident {
  id: string;
  forenames: string[];
  /** The name they answer to, if another. */
  knownAs: string | null;
  surname: string;
  formerSurname: string | null;
  sex: Sex;
  /** Null for an unborn child. */
  bornOn: Day | null;
  expectedOn: Day | null;
  diedOn: Day | null;
  /** DfE code (`WBRI`) */
  ethnicity: string;
  firstLanguage: string;
  nhsNumber: string | null;
  upn: string | null;
  /** `SHIELDED`: address to be hidden by everybody; `ADOPTED`: a new identity that must not lead to the old. */
  restriction: "SHIELDED" | "ADOPTED" | null;
  /** Present addresses last; `until` null is the present one. A child may live at two (two rows with `until` null). */
  homes: { addressId: string; from: Day; until: Day | null }[];
  child: boolean;
  /** Same `twinSet` = born together. */
  twinSet: string | null;
}

/** `of` plays `role` in the life of `to`; e.g. role MOTHER: `of` is the mother of `to`. */
export interface Tie {
  of: string;
  to: string;
  role:
    | "MOTHER"
    | "FATHER"
    | "STEP_MOTHER"
    | "STEP_FATHER"
    | "ADOPTIVE_PARENT"
    | "FOSTER_CARER"
    | "GRANDPARENT"
    | "SIBLING"
    | "HALF_SIBLING"
    | "STEP_SIBLING"
    | "AUNT_UNCLE"
    | "PARTNER"
    | "EX_PARTNER";
  parentalResponsibility: boolean | null;
  from: Day;
  until: Day | null;
}

export interface School {
  id: string;
  /** Wonde-style id (`A1930499544`) */
  wondeId: string;
  name: string;
  phase: "PRIMARY" | "SECONDARY";
  /** 3-digit local authority number + 4-digit establishment number; estab 999x */
  laCode: string;
  estab: string;
  /** 900xxx */
  urn: string;
  /** False: it has not approved the hub, which is answered 403. */
  approved: boolean;
  phone: string;
}

/** Somebody who works for an agency. */
export interface Professional {
  id: string;
  agency: SimAgency;
  name: string;
  jobTitle: string;
  team: string;
  organisation: string;
  phone: string;
  email: string;
  registration: string | null;
}

/** A person as one agency has them on file: the identity part, errors included. */
export interface AgencyRecord {
  /** Written by the town into every record it makes; hand-made ones in tests may leave it out. */
  synthetic?: true;
  agency: SimAgency;
  /** The agency's own identifier. Health: `p-…` (Patient id); education: `A…` (student id); social care: `LA-…`.
   *  Police have none that lasts: they hold a person once per notice, see `PoliceNotice`. */
  localId: string;
  forenames: string[];
  knownAs: string | null;
  surname: string | null;
  formerSurname: string | null;
  sex: Sex | null;
  bornOn: Day | null;
  /** `YEAR`: written as 1 January because only the year is known. */
  bornOnAccuracy: "DAY" | "YEAR";
  expectedOn: Day | null;
  diedOn: Day | null;
  ethnicity: string | null;
  nhsNumber: string | null;
  /** Health: verification status `01`…`08`. */
  nhsNumberStatus: string | null;
  /** A number this record had before (PDS answers it with the new record). */
  supersededNhsNumber: string | null;
  upn: string | null;
  address: Address | null;
  formerAddress: Address | null;
  phone: string | null;
  email: string | null;
  /** Health: R in `meta.security`; social care: ssd_ext_restriction; education: address hidden. */
  restricted: boolean;
  /** Health only: removed from PDS (`INVALIDATED_RESOURCE`). */
  invalidated: boolean;
  schoolId: string | null;
  adult: boolean;
  updatedAt: Instant;
}

/** A tie as one agency has it on file, between two of its records (or to somebody without one). */
export interface RecordedTie {
  agency: SimAgency;
  /** The child's (or main person's) record. */
  localId: string;
  /** The other's record in the same agency; null for somebody only written down (a school contact). */
  otherLocalId: string | null;
  otherForenames: string[];
  otherSurname: string | null;
  otherPhone: string | null;
  /** The part the other plays in the record's life. */
  role: Tie["role"] | "OTHER_RELATIVE" | "UNKNOWN";
  parentalResponsibility: boolean | null;
  mainCarer: boolean | null;
  livesWith: boolean | null;
  from: Day | null;
  until: Day | null;
}

// ---- what happened, as each agency wrote it; `localId` is the agency's own record -----------------------------------

export type HealthFact =
  | {
      kind: "episode";
      id: string;
      localId: string;
      service: "HEALTH_VISITING" | "SCHOOL_NURSING" | "CAMHS" | "MIDWIFERY" | "PAEDIATRICS";
      status: "active" | "finished";
      from: Day;
      until: Day | null;
      professionalId: string;
      organisation: string;
      updatedAt: Instant;
    }
  | {
      kind: "encounter";
      id: string;
      localId: string;
      setting: "EMERGENCY" | "OUTPATIENT" | "HOME_VISIT" | "ANTENATAL";
      status: "finished" | "cancelled" | "was-not-brought";
      startsAt: Instant;
      endsAt: Instant | null;
      reason: string;
      organisation: string;
      updatedAt: Instant;
    }
  | {
      kind: "flag";
      id: string;
      localId: string;
      code: "CP_PLAN" | "UNBORN_CP_PLAN" | "LOOKED_AFTER" | "SAFEGUARDING_CONCERN";
      status: "active" | "inactive";
      from: Day;
      until: Day | null;
      author: string;
      updatedAt: Instant;
    }
  | {
      kind: "carePlan";
      id: string;
      localId: string;
      title: string;
      status: "active" | "completed";
      from: Day;
      until: Day | null;
      updatedAt: Instant;
    }
  | {
      kind: "observation";
      id: string;
      localId: string;
      code: "WEIGHT" | "HEIGHT" | "SDQ";
      value: number;
      unit: string;
      at: Instant;
      updatedAt: Instant;
    };

export type EducationFact =
  | {
      kind: "enrolment";
      id: string;
      localId: string;
      schoolId: string;
      year: string;
      from: Day;
      until: Day | null;
      sen: "N" | "K" | "E";
      inCare: boolean;
      freeSchoolMeals: boolean;
      firstLanguage: string;
    }
  /** Every session of the last 90 days before `until`; for the years before, totals only. */
  | {
      kind: "attendance";
      localId: string;
      schoolId: string;
      totals: { year: string; possible: number; present: number; authorised: number; unauthorised: number }[];
      marks: { on: Day; session: "AM" | "PM"; code: string }[];
    }
  | {
      kind: "exclusion";
      id: string;
      localId: string;
      schoolId: string;
      type: "SUSP" | "PERM";
      reasons: string[];
      from: Day;
      until: Day;
      sessions: number;
    }
  | { kind: "deletion"; localId: string; schoolId: string; deletedAt: Instant };

export type SocialCareFact =
  | {
      kind: "contact";
      id: string;
      localId: string;
      on: Day;
      source: string;
      outcome: "NFA" | "ADVICE" | "EARLY_HELP" | "REFERRAL";
    }
  | {
      kind: "earlyHelp";
      id: string;
      localId: string;
      from: Day;
      until: Day | null;
      reason: string;
      organisation: string;
      professionalId: string;
    }
  | {
      kind: "referral";
      id: string;
      localId: string;
      on: Day;
      source: string;
      primaryNeed: string;
      nfa: boolean;
      closedOn: Day | null;
      closeReason: string | null;
      team: string;
      professionalId: string;
    }
  | {
      kind: "assessment";
      id: string;
      localId: string;
      referralId: string;
      from: Day;
      authorisedOn: Day | null;
      childSeen: boolean;
      factors: string[];
      professionalId: string;
    }
  | {
      kind: "cinPlan";
      id: string;
      localId: string;
      referralId: string;
      from: Day;
      until: Day | null;
      professionalId: string;
    }
  | {
      kind: "section47";
      id: string;
      localId: string;
      referralId: string;
      from: Day;
      until: Day | null;
      outcome: "CP_CONFERENCE" | "NFA" | null;
      professionalId: string;
    }
  | { kind: "conference"; id: string; localId: string; section47Id: string; on: Day; cpPlan: boolean }
  | {
      kind: "cpPlan";
      id: string;
      localId: string;
      referralId: string;
      conferenceId: string;
      from: Day;
      until: Day | null;
      category: "Neglect" | "Physical abuse" | "Sexual abuse" | "Emotional abuse";
      otherAuthority: boolean;
    }
  | {
      kind: "cpReview";
      id: string;
      localId: string;
      cpPlanId: string;
      dueOn: Day;
      heldOn: Day | null;
      participation: string;
    }
  | {
      kind: "visit";
      id: string;
      localId: string;
      plan: "CIN" | "CP";
      planId: string;
      on: Day;
      seen: boolean;
      seenAlone: boolean;
    }
  | { kind: "legalStatus"; id: string; localId: string; code: string; from: Day; until: Day | null }
  | {
      kind: "careEpisode";
      id: string;
      localId: string;
      referralId: string;
      from: Day;
      until: Day | null;
      placement: string;
      placementId: string;
      provider: string;
      postcode: string | null;
    }
  | {
      kind: "missing";
      id: string;
      localId: string;
      from: Day;
      until: Day | null;
      interviewOffered: boolean;
      interviewAccepted: boolean;
    }
  | { kind: "sdq"; id: string; localId: string; on: Day; score: number }
  | { kind: "disability"; id: string; localId: string; code: string }
  | {
      kind: "involvement";
      id: string;
      localId: string;
      professionalId: string;
      role: string;
      from: Day;
      until: Day | null;
      referralId: string | null;
    }
  /** A second record of the same child that the council itself has tied to this one (ssd_linked_identifiers). */
  | { kind: "linkedIdentifier"; id: string; localId: string; type: string; value: string };

/** A person as named in one notice. */
export interface NoticePerson {
  /** Within the notice: `per-1` */
  id: string;
  role: "victim" | "witness" | "personReporting" | "suspect" | "subjectChild";
  forenames: string[];
  surname: string;
  sex: Sex | null;
  bornOn: Day | null;
  /** Used where no date of birth is known. */
  approximateAge: number | null;
  child: boolean;
  present: boolean;
  witnessed: "SAW" | "HEARD" | "NEITHER" | null;
  ordinarilyResident: boolean | null;
}

export interface PoliceNotice {
  /** `PPN-2026-0009931` */
  submissionId: string;
  logNumber: string;
  /** The submission it amends: same log number, new submission. */
  amends: string | null;
  forceIdentifier: number;
  ppnType:
    | "CHILD_CONCERN"
    | "DOMESTIC_ABUSE"
    | "VULNERABLE_ADULT"
    | "MISSING_CHILD"
    | "CHILD_EXPLOITATION"
    | "MENTAL_HEALTH"
    | "ENCOMPASS";
  trigger: string;
  riskGrading: "HIGH" | "MEDIUM" | "LOW";
  dashRisk: "STANDARD" | "MEDIUM" | "HIGH" | null;
  /** `P1`: may be shared for a lawful purpose; `C1`: not without the force's permission. */
  handlingCode: string;
  description: string;
  happenedAt: Instant;
  submittedAt: Instant;
  address: Address | null;
  officer: { collar: string; unit: string };
  voiceOfChild: string | null;
  encompassSent: boolean;
  people: NoticePerson[];
}

/** Which resident a record, or a person in a notice, really is. Kept apart from everything the simulators serve. */
export interface TruthRow {
  agency: SimAgency;
  /** `localId`, or `submissionId.personId` for police. */
  recordId: string;
  residentId: string;
}

export interface Town {
  /** Always true; written into everything the simulators answer that has a place for it. */
  synthetic: true;
  settings: TownSettings;
  addresses: Address[];
  residents: Resident[];
  ties: Tie[];
  schools: School[];
  professionals: Professional[];
  records: AgencyRecord[];
  recordedTies: RecordedTie[];
  health: HealthFact[];
  education: EducationFact[];
  socialCare: SocialCareFact[];
  police: PoliceNotice[];
  truth: TruthRow[];
}
