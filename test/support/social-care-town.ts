// A small council: the demo family and one child for each thing the dataset can say.

import { blankRecord, blankTie } from "../../simulators/town/part.ts";
import { makeTown } from "../../simulators/town/town.ts";
import type { AgencyRecord, SocialCareFact, Town } from "../../simulators/town/types.ts";

export const UNTIL = "2026-03-02";
export const SHIELDED = {
  street: "Hidden Orchard",
  postcode: "OX99 8ZY",
  written: "OX998ZY",
  upn: "U931999915005",
  court: "OX26C99999",
};

const child = (localId: string, known: Partial<AgencyRecord>): AgencyRecord => ({
  ...blankRecord("socialCare", localId),
  sex: "F",
  bornOn: "2014-06-01",
  surname: "Testchild",
  forenames: [`Child${localId.replace(/\D/g, "")}`],
  ...known,
});

/** As many plain children as a batch needs, `T-100` onwards. */
const crowd = Array.from({ length: 50 }, (_, at) => child(`T-${100 + at}`, {}));

const RECORDS: AgencyRecord[] = [
  child("T-1", { forenames: ["Ladder"] }),
  child("T-2", { forenames: ["Elsewhere"] }),
  child("T-3", { forenames: ["Twice"], surname: "Over", nhsNumber: "9990123470", ethnicity: "CHNE" }),
  child("T-4", { forenames: ["Twice"], surname: "Overton", ethnicity: "WBRI" }),
  child("T-5", {
    forenames: ["Hidden"],
    surname: "Away",
    nhsNumber: "9990246998",
    upn: SHIELDED.upn,
    restricted: true,
    address: {
      id: "A-T5",
      house: "4",
      street: SHIELDED.street,
      town: "Oxford",
      county: "Oxfordshire",
      postcode: SHIELDED.postcode,
      uprn: "100000000099",
    },
  }),
  child("T-6", { forenames: ["Unborn"], surname: "Soon", bornOn: null, sex: null, expectedOn: "2026-07-01" }),
  child("T-7", { forenames: ["Grown"], surname: "Soon", bornOn: "1995-03-29", adult: true }),
  ...crowd,
];

const TIES = [{ ...blankTie({ agency: "socialCare", localId: "T-1", role: "SIBLING" }), otherLocalId: "T-5" }];

// prettier-ignore
const FACTS: SocialCareFact[] = [
  { kind: "contact", id: "T1-C", localId: "T-1", on: "2024-03-31", source: "2A", outcome: "EARLY_HELP" },
  { kind: "earlyHelp", id: "T1-EH", localId: "T-1", from: "2024-04-01", until: "2024-09-30", reason: "School attendance", organisation: "Example Council", professionalId: "EH-3" },
  { kind: "referral", id: "T1-R", localId: "T-1", on: "2024-10-27", source: "6", primaryNeed: "N1", nfa: false, closedOn: null, closeReason: null, team: "MASH", professionalId: "W-9" },
  { kind: "cinPlan", id: "T1-CIN", localId: "T-1", referralId: "T1-R", from: "2024-11-04", until: "2025-03-30", professionalId: "W-12" },
  { kind: "section47", id: "T1-S47", localId: "T-1", referralId: "T1-R", from: "2025-03-10", until: "2025-03-24", outcome: "CP_CONFERENCE", professionalId: "W-12" },
  { kind: "conference", id: "T1-ICPC", localId: "T-1", section47Id: "T1-S47", on: "2025-03-30", cpPlan: true },
  { kind: "cpPlan", id: "T1-CP", localId: "T-1", referralId: "T1-R", conferenceId: "T1-ICPC", from: "2025-03-30", until: null, category: "Neglect", otherAuthority: false },
  { kind: "visit", id: "T1-V", localId: "T-1", plan: "CP", planId: "T1-CP", on: "2025-04-08", seen: true, seenAlone: true },
  { kind: "cpReview", id: "T1-RV", localId: "T-1", cpPlanId: "T1-CP", dueOn: "2025-06-28", heldOn: "2025-06-26", participation: "PN1" },
  { kind: "careEpisode", id: "T1-CLA1", localId: "T-1", referralId: "T1-R", from: "2025-10-26", until: "2025-12-01", placement: "U4", placementId: "T1-PL1", provider: "PR1", postcode: null },
  { kind: "careEpisode", id: "T1-CLA2", localId: "T-1", referralId: "T1-R", from: "2025-12-01", until: null, placement: "K2", placementId: "T1-PL2", provider: "PR4", postcode: null },
  { kind: "legalStatus", id: "T1-L", localId: "T-1", code: "C1", from: "2025-10-26", until: null },
  { kind: "missing", id: "T1-M", localId: "T-1", from: "2026-02-28", until: null, interviewOffered: false, interviewAccepted: false },
  { kind: "sdq", id: "T1-SDQ", localId: "T-1", on: "2026-01-15", score: 17 },
  { kind: "disability", id: "T1-D", localId: "T-1", code: "HEAR" },
  { kind: "cpPlan", id: "T2-CP", localId: "T-2", referralId: "T2-R", conferenceId: "T2-ICPC", from: "2025-11-03", until: null, category: "Emotional abuse", otherAuthority: true },
  { kind: "linkedIdentifier", id: "T4-LI", localId: "T-4", type: "Case Number", value: "T-3" },
  { kind: "linkedIdentifier", id: "T5-LI", localId: "T-5", type: "Court Case Number", value: SHIELDED.court },
  { kind: "involvement", id: "T5-I", localId: "T-5", professionalId: "W-12", role: "Allocated Case Worker", from: "2026-01-05", until: null, referralId: null },
  { kind: "involvement", id: "T5-I0", localId: "T-5", professionalId: "W-9", role: "Allocated Case Worker", from: "2025-01-05", until: "2026-01-05", referralId: null },
  { kind: "contact", id: "T5-C", localId: "T-5", on: "2026-01-02", source: "6", outcome: "REFERRAL" },
  ...crowd.map(({ localId }) => ({ kind: "contact", id: `${localId}-C`, localId, on: "2025-05-05", source: "3B", outcome: "ADVICE" }) as const),
];

/** The demo family's town with these children in it. */
export function socialCareTown(): Town {
  const town = makeTown({ children: 0, seed: 7, until: UNTIL });
  return {
    ...town,
    records: [...town.records, ...RECORDS],
    recordedTies: [...town.recordedTies, ...TIES],
    socialCare: [...town.socialCare, ...FACTS],
  };
}
