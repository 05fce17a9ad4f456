// What happened to the demo family, as each agency wrote it down.

import { makeMarks, makeTotals } from "./attendance.ts";
import { DEMO_HOMES, DEMO_SCHOOL } from "./demo-people.ts";
import { makeRandom } from "./random.ts";
import type { Day, EducationFact, HealthFact, PoliceNotice, SocialCareFact } from "./types.ts";

const TRUST = "Example Community NHS Trust";
const HOSPITAL = "Example University Hospitals NHS FT";

// prettier-ignore
export const DEMO_HEALTH: HealthFact[] = [
  { kind: "episode", id: "eoc-hv-1", localId: "p-noah", service: "HEALTH_VISITING", status: "active", from: "2025-11-04", until: null,
    professionalId: "hv-77", organisation: TRUST, updatedAt: "2026-02-11T16:02:11Z" },
  { kind: "episode", id: "eoc-sn-1", localId: "p-amelia", service: "SCHOOL_NURSING", status: "finished", from: "2024-09-16", until: "2025-03-28",
    professionalId: "hv-77", organisation: TRUST, updatedAt: "2025-03-28T15:00:00Z" },
  { kind: "episode", id: "eoc-mw-1", localId: "p-rmarsh", service: "MIDWIFERY", status: "active", from: "2025-11-10", until: null,
    professionalId: "mw-5", organisation: HOSPITAL, updatedAt: "2026-02-26T11:20:00Z" },
  { kind: "encounter", id: "enc-ae-1", localId: "p-amelia", setting: "EMERGENCY", status: "finished", startsAt: "2026-01-18T01:12:00Z",
    endsAt: "2026-01-18T03:25:00Z", reason: "Injury to forearm; delayed presentation", organisation: `${HOSPITAL} – ED`, updatedAt: "2026-01-18T03:40:00Z" },
  { kind: "encounter", id: "enc-op-1", localId: "p-amelia", setting: "OUTPATIENT", status: "was-not-brought", startsAt: "2026-02-03T10:30:00Z",
    endsAt: null, reason: "Fracture clinic follow-up", organisation: HOSPITAL, updatedAt: "2026-02-03T12:00:00Z" },
  { kind: "encounter", id: "enc-hv-1", localId: "p-noah", setting: "HOME_VISIT", status: "finished", startsAt: "2026-02-11T14:00:00Z",
    endsAt: "2026-02-11T14:45:00Z", reason: "Targeted health visiting contact", organisation: TRUST, updatedAt: "2026-02-11T16:02:11Z" },
  { kind: "encounter", id: "enc-an-1", localId: "p-rmarsh", setting: "ANTENATAL", status: "finished", startsAt: "2026-02-25T09:30:00Z",
    endsAt: "2026-02-25T10:00:00Z", reason: "Antenatal appointment, 28 weeks", organisation: HOSPITAL, updatedAt: "2026-02-26T11:20:00Z" },
  { kind: "observation", id: "obs-w-1", localId: "p-noah", code: "WEIGHT", value: 13.9, unit: "kg", at: "2026-02-11T14:20:00Z", updatedAt: "2026-02-11T16:02:11Z" },
  { kind: "observation", id: "obs-h-1", localId: "p-amelia", code: "HEIGHT", value: 118, unit: "cm", at: "2025-01-20T10:00:00Z", updatedAt: "2025-01-20T12:00:00Z" },
  { kind: "flag", id: "flag-ucp-1", localId: "p-rmarsh", code: "UNBORN_CP_PLAN", status: "active", from: "2026-02-25", until: null, author: "931", updatedAt: "2026-02-26T08:00:00Z" },
  { kind: "flag", id: "flag-sg-1", localId: "p-amelia", code: "SAFEGUARDING_CONCERN", status: "active", from: "2026-01-18", until: null, author: "RTH99", updatedAt: "2026-01-18T03:40:00Z" },
  { kind: "carePlan", id: "cp-hv-1", localId: "p-noah", title: "Targeted health visiting plan", status: "active", from: "2025-11-04", until: null, updatedAt: "2025-11-06T09:00:00Z" },
];

const enrolled = (localId: string, year: string, from: Day) =>
  ({
    kind: "enrolment",
    id: `enr-${localId}`,
    localId,
    schoolId: DEMO_SCHOOL.id,
    year,
    from,
    until: null,
    sen: "N",
    inCare: false,
    freeSchoolMeals: false,
    firstLanguage: "English",
  }) as const;

/** Attendance of the last 90 days before `until`, the suspension of January 2026 and the enrolments. */
export function demoEducation(until: Day): EducationFact[] {
  const known = new Map([
    ["2026-01-26", "E"],
    ["2026-01-27", "E"],
    ["2026-02-23", "O"],
    ["2026-02-24", "O"],
  ]);
  const attends = (localId: string, away: number, since: Day): EducationFact => {
    const profile = { away, since, known: localId === "A1749100001" ? known : new Map<Day, string>() };
    const random = makeRandom(0).stream(localId);
    const totals = makeTotals(random, profile, until);
    return { kind: "attendance", localId, schoolId: DEMO_SCHOOL.id, totals, marks: makeMarks(random, profile, until) };
  };
  return [
    { ...enrolled("A1749100001", "2", "2023-09-04"), sen: "K", freeSchoolMeals: true },
    enrolled("A1749100002", "6", "2025-03-10"),
    enrolled("A1749100003", "3", "2022-09-05"),
    enrolled("A1749100004", "3", "2022-09-05"),
    attends("A1749100001", 0.14, "2023-09-04"),
    attends("A1749100002", 0.05, "2025-03-10"),
    attends("A1749100003", 0.03, "2022-09-05"),
    attends("A1749100004", 0.04, "2022-09-05"),
    {
      kind: "exclusion",
      id: "A1749600001",
      localId: "A1749100001",
      schoolId: DEMO_SCHOOL.id,
      type: "SUSP",
      reasons: ["PP", "DB"],
      from: "2026-01-26",
      until: "2026-01-27",
      sessions: 4,
    },
  ];
}

// prettier-ignore
export const DEMO_SOCIAL_CARE: SocialCareFact[] = [
  { kind: "contact", id: "CON-1", localId: "LA-0001", on: "2024-10-07", source: "2A", outcome: "EARLY_HELP" },
  { kind: "earlyHelp", id: "EH-1", localId: "LA-0001", from: "2024-10-14", until: "2025-04-11", reason: "Parental relationships and school attendance",
    organisation: "Oxfordshire (example)", professionalId: "EH-3" },
  { kind: "contact", id: "CON-2", localId: "LA-0001", on: "2025-11-17", source: "6", outcome: "ADVICE" },
  { kind: "contact", id: "CON-3", localId: "LA-0001", on: "2026-02-23", source: "6", outcome: "REFERRAL" },
  { kind: "contact", id: "CON-4", localId: "LA-0002", on: "2026-02-23", source: "6", outcome: "REFERRAL" },
  { kind: "referral", id: "REF-1", localId: "LA-0001", on: "2026-02-23", source: "6", primaryNeed: "N1", nfa: false, closedOn: null, closeReason: null,
    team: "MASH", professionalId: "W-9" },
  { kind: "referral", id: "REF-2", localId: "LA-0002", on: "2026-02-23", source: "6", primaryNeed: "N1", nfa: false, closedOn: null, closeReason: null,
    team: "MASH", professionalId: "W-9" },
  { kind: "assessment", id: "ASM-1", localId: "LA-0001", referralId: "REF-1", from: "2026-02-23", authorisedOn: null, childSeen: true,
    factors: ["3B", "17A"], professionalId: "W-12" },
  { kind: "section47", id: "S47-1", localId: "LA-0001", referralId: "REF-1", from: "2026-02-24", until: null, outcome: null, professionalId: "W-12" },
  { kind: "involvement", id: "I-1", localId: "LA-0001", professionalId: "W-12", role: "Allocated Case Worker", from: "2026-02-24", until: null, referralId: "REF-1" },
  { kind: "involvement", id: "I-2", localId: "LA-0002", professionalId: "W-12", role: "Allocated Case Worker", from: "2026-02-24", until: null, referralId: "REF-2" },
  { kind: "involvement", id: "I-3", localId: "LA-0001", professionalId: "EH-3", role: "Early Help Lead Professional", from: "2024-10-14", until: "2025-04-11", referralId: null },
  { kind: "contact", id: "CON-5", localId: "LA-0005", on: "2025-03-10", source: "5C", outcome: "ADVICE" },
  { kind: "contact", id: "CON-6", localId: "LA-0006", on: "2025-06-12", source: "2A", outcome: "NFA" },
  { kind: "contact", id: "CON-7", localId: "LA-0007", on: "2026-01-12", source: "3D", outcome: "REFERRAL" },
  { kind: "referral", id: "REF-3", localId: "LA-0007", on: "2026-01-12", source: "3D", primaryNeed: "N1", nfa: false, closedOn: null, closeReason: null,
    team: "Assessment Team North", professionalId: "W-12" },
  { kind: "assessment", id: "ASM-2", localId: "LA-0007", referralId: "REF-3", from: "2026-01-13", authorisedOn: "2026-02-20", childSeen: false,
    factors: ["2B", "4B"], professionalId: "W-12" },
  { kind: "section47", id: "S47-2", localId: "LA-0007", referralId: "REF-3", from: "2026-02-05", until: "2026-02-18", outcome: "CP_CONFERENCE", professionalId: "W-12" },
  { kind: "conference", id: "ICPC-1", localId: "LA-0007", section47Id: "S47-2", on: "2026-02-25", cpPlan: true },
  { kind: "cpPlan", id: "CPP-1", localId: "LA-0007", referralId: "REF-3", conferenceId: "ICPC-1", from: "2026-02-25", until: null, category: "Neglect", otherAuthority: false },
  { kind: "involvement", id: "I-4", localId: "LA-0007", professionalId: "W-12", role: "Allocated Case Worker", from: "2026-01-13", until: null, referralId: "REF-3" },
];

const FORCE = { forceIdentifier: 990, handlingCode: "P1", address: DEMO_HOMES.hartley, encompassSent: true } as const;
const AMELIA = {
  role: "subjectChild",
  forenames: ["Amelia"],
  sex: "F",
  bornOn: "2019-03-14",
  approximateAge: null,
  child: true,
  ordinarilyResident: true,
} as const;
const ADULT = { approximateAge: null, child: false, present: true, witnessed: null, ordinarilyResident: null } as const;

// prettier-ignore
export const DEMO_POLICE: PoliceNotice[] = [
  { ...FORCE, submissionId: "PPN-2025-0008817", logNumber: "43250488213", amends: null, ppnType: "CHILD_CONCERN", trigger: "VIOLENCE",
    riskGrading: "LOW", dashRisk: null, description: "Neighbours reported shouting at the address. All in order on arrival.",
    happenedAt: "2025-11-14T20:05:00Z", submittedAt: "2025-11-15T07:30:00Z", officer: { collar: "1187", unit: "Response B" },
    voiceOfChild: "Amelia said that she had been watching television.",
    people: [
      { ...ADULT, id: "per-1", role: "witness", forenames: ["Rachel"], surname: "Hartley", sex: "F", bornOn: "1994-11-08" },
      { ...AMELIA, forenames: ["Amelia"], id: "per-2", surname: "Hartley", present: true, witnessed: "NEITHER" },
    ] },
  { ...FORCE, submissionId: "PPN-2026-0009931", logNumber: "43260098765", amends: null, ppnType: "DOMESTIC_ABUSE", trigger: "DOMESTIC_ABUSE",
    riskGrading: "MEDIUM", dashRisk: "STANDARD", description: "Argument between partners at the home address; a door was damaged. A child heard it from upstairs.",
    happenedAt: "2026-02-22T21:47:00Z", submittedAt: "2026-02-23T06:15:00Z", officer: { collar: "1234", unit: "Response A" },
    voiceOfChild: "Amelia told officers she was 'scared when it gets loud'.",
    people: [
      { ...ADULT, id: "per-1", role: "victim", forenames: ["Rachel"], surname: "Hartley", sex: "F", bornOn: "1994-11-08" },
      { ...ADULT, id: "per-2", role: "suspect", forenames: ["Danny"], surname: "Okafor", sex: "M", bornOn: "1990-07-12" },
      { ...AMELIA, forenames: ["Amelia"], id: "per-3", surname: "Hartly", present: true, witnessed: "HEARD" },
      { ...ADULT, id: "per-4", role: "personReporting", forenames: ["Jo"], surname: "Hartley", sex: "F", bornOn: null, approximateAge: 60, present: false },
    ] },
];
