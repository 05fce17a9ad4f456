import { demoFamily } from "../../simulators/town/town.ts";
import type { NoticePerson, PoliceNotice, Town } from "../../simulators/town/types.ts";

export const FORCE = 990;

export const aPerson = (changes: Partial<NoticePerson> = {}): NoticePerson => ({
  id: "per-1",
  role: "subjectChild",
  forenames: ["Tamsin"],
  surname: "Quill",
  sex: "F",
  bornOn: "2016-04-05",
  approximateAge: null,
  child: true,
  present: true,
  witnessed: "SAW",
  ordinarilyResident: true,
  ...changes,
});

/** A notice about one invented child; what a test is about goes into `changes`. */
export const aNotice = (changes: Partial<PoliceNotice> = {}): PoliceNotice => ({
  submissionId: "PPN-2026-0100000",
  logNumber: "43260100000",
  amends: null,
  forceIdentifier: FORCE,
  ppnType: "CHILD_CONCERN",
  trigger: "NEGLECT",
  riskGrading: "MEDIUM",
  dashRisk: null,
  handlingCode: "P1",
  description: "Officers found the kitchen without food.",
  happenedAt: "2026-02-01T18:30:00Z",
  submittedAt: "2026-02-02T05:00:00Z",
  address: {
    id: "adr-1",
    house: "4",
    street: "Invented Row",
    town: "Exampleton",
    county: "Exampleshire",
    postcode: "OX99 8AA",
    uprn: "100000000077",
  },
  officer: { collar: "4321", unit: "Response C" },
  voiceOfChild: null,
  encompassSent: false,
  people: [aPerson()],
  ...changes,
});

/** A town with the demo family's notices and these. */
export const aTown = (notices: readonly PoliceNotice[]): Town => {
  const until = "2026-03-02";
  const settings = { children: 0, seed: 1, until };
  const family = demoFamily(until);
  return { synthetic: true, settings, ...family, police: [...family.police, ...notices] };
};
