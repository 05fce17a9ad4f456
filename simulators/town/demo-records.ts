// What each agency has on file about the demo family, disagreements and all.

import { DEMO_HOMES, DEMO_IDS, DEMO_SCHOOL } from "./demo-people.ts";
import { blankRecord, blankTie } from "./part.ts";
import type { AgencyRecord, RecordedTie, SimAgency, TruthRow } from "./types.ts";

const H = DEMO_HOMES;
const ID = DEMO_IDS;

type Filed = Partial<AgencyRecord> & { name: string; surname: string };

const filed = (agency: SimAgency) => (localId: string, row: Filed) => {
  const { name, ...rest } = row;
  const record: AgencyRecord = { ...blankRecord(agency, localId), forenames: name.split(" "), ...rest };
  return record;
};

const health = filed("health");
const pupil = filed("education");
const social = filed("socialCare");
const AT_SCHOOL = { schoolId: DEMO_SCHOOL.id };
const VERIFIED = { nhsNumberStatus: "01" };

// prettier-ignore
export const DEMO_RECORDS: AgencyRecord[] = [
  health("p-amelia", { name: "Amelia Rose", surname: "Hartley", sex: "F", bornOn: "2019-03-14", nhsNumber: ID.amelia.nhs, ...VERIFIED, ethnicity: "WBRI",
    address: H.hartley, formerAddress: H.before, phone: "07700900123", updatedAt: "2026-01-18T03:40:00Z" }),
  health("p-noah", { name: "Noah", surname: "Okafor", sex: "M", bornOn: "2022-06-02", nhsNumber: ID.noah.nhs, ...VERIFIED, ethnicity: "MWBA",
    address: H.hartley, updatedAt: "2026-02-11T16:02:11Z" }),
  health("p-rachel", { name: "Rachel", surname: "Hartley", sex: "F", bornOn: "1994-11-08", nhsNumber: ID.rachel.nhs, ...VERIFIED, ethnicity: "WBRI",
    address: H.hartley, phone: "07700900123", email: "rachel@example.org", adult: true }),
  health("p-jo", { name: "Jo", surname: "Hartley", sex: "F", bornOn: "1965-01-01", bornOnAccuracy: "YEAR", nhsNumber: ID.jo.nhs, nhsNumberStatus: "02",
    address: H.jo, adult: true }),
  health("p-elodie", { name: "Elodie", surname: "Marsh", sex: "F", bornOn: "2015-05-05", nhsNumber: ID.elodie.nhs, ...VERIFIED,
    address: H.shielded, phone: "07700900777", restricted: true }),
  health("p-helen", { name: "Helen", surname: "Marsh", sex: "F", bornOn: "1988-10-12", nhsNumber: ID.helen.nhs, ...VERIFIED,
    address: H.shielded, phone: "07700900777", restricted: true, adult: true }),
  health("p-isaac", { name: "Isaac", surname: "Byrne", sex: "M", bornOn: "2017-09-09", nhsNumber: ID.isaac.nhs, ...VERIFIED, ethnicity: "WIRI", address: H.byrne }),
  health("p-isobel", { name: "Isobel", surname: "Byrne", sex: "F", bornOn: "2017-09-09", nhsNumber: ID.isobel.nhs, ...VERIFIED, ethnicity: "WIRI", address: H.byrne }),
  health("p-siobhan", { name: "Siobhan", surname: "Byrne", sex: "F", bornOn: "1986-06-30", nhsNumber: ID.siobhan.nhs, ...VERIFIED, address: H.byrne,
    phone: "07700900456", adult: true }),
  health("p-rmarsh", { name: "Rebecca", surname: "Marsh", sex: "F", bornOn: "2001-01-19", nhsNumber: ID.rmarsh.nhs, ...VERIFIED, ethnicity: "WBRI",
    address: H.marsh, phone: "07700900321", adult: true, updatedAt: "2026-02-26T11:20:00Z" }),

  pupil("A1749100001", { name: "Amelia Rose", knownAs: "Millie", surname: "Hartley", sex: "F", bornOn: "2019-03-14", upn: ID.amelia.upn, ethnicity: "WBRI",
    address: H.hartley, ...AT_SCHOOL, updatedAt: "2026-02-27T18:02:41Z" }),
  pupil("A1749100002", { name: "Elodie", surname: "Marsh", sex: "F", bornOn: "2015-05-05", upn: ID.elodie.upn, address: H.shielded, restricted: true, ...AT_SCHOOL }),
  pupil("A1749100003", { name: "Isaac", surname: "Byrne", sex: "M", bornOn: "2017-09-09", upn: ID.isaac.upn, ethnicity: "WIRI", address: H.byrne, ...AT_SCHOOL }),
  pupil("A1749100004", { name: "Isobel", surname: "Byrne", sex: "F", bornOn: "2017-09-09", upn: ID.isobel.upn, ethnicity: "WIRI", address: H.byrne, ...AT_SCHOOL }),

  social("LA-0001", { name: "Amelia", surname: "Hartley", sex: "F", bornOn: "2019-03-14", nhsNumber: ID.amelia.nhs, upn: ID.amelia.upn, ethnicity: "WBRI",
    address: H.hartley, formerAddress: H.before, updatedAt: "2026-02-24T17:30:00Z" }),
  social("LA-0002", { name: "Noah", surname: "Hartley-Okafor", sex: "M", bornOn: "2022-06-02", nhsNumber: ID.noah.nhs, ethnicity: "MWBA", address: H.hartley,
    updatedAt: "2026-02-23T16:10:00Z" }),
  social("LA-0003", { name: "Rachel", surname: "Hartley", sex: "F", bornOn: "1994-11-08", nhsNumber: ID.rachel.nhs, ethnicity: "WBRI", address: H.hartley,
    phone: "07700900123", adult: true }),
  social("LA-0004", { name: "Daniel", surname: "Okafor", sex: "M", bornOn: "1990-02-17", ethnicity: "BAFR", address: H.hartley, adult: true }),
  social("LA-0005", { name: "Elodie", surname: "Marsh", sex: "F", bornOn: "2015-05-05", nhsNumber: ID.elodie.nhs, upn: ID.elodie.upn, address: H.shielded, restricted: true }),
  // Two children under one number: Isaac's name and NHS number, Isobel's UPN.
  social("LA-0006", { name: "Isaac", surname: "Byrne", sex: "M", bornOn: "2017-09-09", nhsNumber: ID.isaac.nhs, upn: ID.isobel.upn, ethnicity: "WIRI", address: H.byrne }),
  social("LA-0007", { name: "Unborn", surname: "Marsh", expectedOn: "2026-05-20", address: H.marsh, updatedAt: "2026-02-26T15:00:00Z" }),
  social("LA-0008", { name: "Rebecca", surname: "Marsh", sex: "F", bornOn: "2001-01-19", nhsNumber: ID.rmarsh.nhs, ethnicity: "WBRI", address: H.marsh, adult: true }),
];

const ends = (agency: SimAgency, localId: string, role: RecordedTie["role"]) => ({ agency, localId, role });
const RACHEL = { otherForenames: ["Rachel"], otherSurname: "Hartley", otherPhone: "07700900123" };
const PR = { parentalResponsibility: true };
const NO_PR = { parentalResponsibility: false };

// prettier-ignore
export const DEMO_RECORDED_TIES: RecordedTie[] = [
  { ...blankTie(ends("health", "p-amelia", "MOTHER")), ...RACHEL, otherLocalId: "p-rachel", from: "2019-03-14" },
  { ...blankTie(ends("health", "p-amelia", "GRANDPARENT")), otherLocalId: "p-jo" },
  { ...blankTie(ends("health", "p-noah", "MOTHER")), ...RACHEL, otherLocalId: "p-rachel", from: "2022-06-02" },
  { ...blankTie(ends("health", "p-elodie", "MOTHER")), otherLocalId: "p-helen", otherForenames: ["Helen"], otherSurname: "Marsh" },
  { ...blankTie(ends("health", "p-isaac", "MOTHER")), otherLocalId: "p-siobhan", otherForenames: ["Siobhan"], otherSurname: "Byrne", otherPhone: "07700900456" },
  { ...blankTie(ends("health", "p-isobel", "MOTHER")), otherLocalId: "p-siobhan", otherForenames: ["Siobhan"], otherSurname: "Byrne", otherPhone: "07700900456" },

  { ...blankTie(ends("education", "A1749100001", "MOTHER")), ...RACHEL, ...PR, mainCarer: true, livesWith: true },
  { ...blankTie(ends("education", "A1749100001", "STEP_FATHER")), ...NO_PR, otherForenames: ["Daniel"], otherSurname: "Okafor", otherPhone: "07700900124", livesWith: true },
  { ...blankTie(ends("education", "A1749100001", "OTHER_RELATIVE")), ...NO_PR, otherForenames: ["Jo"], otherSurname: "Hartley", otherPhone: "01632960077", livesWith: false },
  { ...blankTie(ends("education", "A1749100002", "MOTHER")), ...PR, otherForenames: ["Helen"], otherSurname: "Marsh", otherPhone: "07700900777", mainCarer: true, livesWith: true },
  { ...blankTie(ends("education", "A1749100003", "MOTHER")), ...PR, otherForenames: ["Siobhan"], otherSurname: "Byrne", otherPhone: "07700900456", mainCarer: true, livesWith: true },
  { ...blankTie(ends("education", "A1749100004", "MOTHER")), ...PR, otherForenames: ["Siobhan"], otherSurname: null, otherPhone: "07700900456", mainCarer: true, livesWith: true },

  { ...blankTie(ends("socialCare", "LA-0001", "MOTHER")), ...RACHEL, ...PR, otherLocalId: "LA-0003", mainCarer: true, livesWith: true, from: "2019-03-14" },
  { ...blankTie(ends("socialCare", "LA-0001", "HALF_SIBLING")), otherLocalId: "LA-0002", otherForenames: ["Noah"], otherSurname: "Hartley-Okafor", from: "2022-06-02" },
  { ...blankTie(ends("socialCare", "LA-0001", "STEP_FATHER")), ...NO_PR, otherLocalId: "LA-0004", otherForenames: ["Daniel"], otherSurname: "Okafor", mainCarer: false, livesWith: true, from: "2021-05-01" },
  { ...blankTie(ends("socialCare", "LA-0002", "MOTHER")), ...RACHEL, ...PR, otherLocalId: "LA-0003", mainCarer: true, livesWith: true, from: "2022-06-02" },
  { ...blankTie(ends("socialCare", "LA-0002", "FATHER")), ...PR, otherLocalId: "LA-0004", otherForenames: ["Daniel"], otherSurname: "Okafor", livesWith: true, from: "2022-06-02" },
  { ...blankTie(ends("socialCare", "LA-0003", "PARTNER")), otherLocalId: "LA-0004", otherForenames: ["Daniel"], otherSurname: "Okafor", from: "2021-05-01" },
  { ...blankTie(ends("socialCare", "LA-0007", "MOTHER")), otherLocalId: "LA-0008", otherForenames: ["Rebecca"], otherSurname: "Marsh", from: "2026-01-12" },
];

const TRUE_PERSON: readonly [string, string][] = [
  ["LA-0001", "amelia"],
  ["LA-0002", "noah"],
  ["LA-0003", "rachel"],
  ["LA-0004", "daniel"],
  ["LA-0005", "elodie"],
  ["LA-0006", "isaac"],
  ["LA-0006", "isobel"],
  ["LA-0007", "unborn"],
  ["LA-0008", "rmarsh"],
  ["A1749100001", "amelia"],
  ["A1749100002", "elodie"],
  ["A1749100003", "isaac"],
  ["A1749100004", "isobel"],
  ["PPN-2026-0009931.per-1", "rachel"],
  ["PPN-2026-0009931.per-2", "daniel"],
  ["PPN-2026-0009931.per-3", "amelia"],
  ["PPN-2026-0009931.per-4", "jo"],
  ["PPN-2025-0008817.per-1", "rachel"],
  ["PPN-2025-0008817.per-2", "amelia"],
];

const agencyOf = (recordId: string): SimAgency =>
  recordId.startsWith("LA-") ? "socialCare" : recordId.startsWith("PPN-") ? "police" : "education";

/** The merged record LA-0006 is two children and so has two rows. */
export const DEMO_TRUTH: TruthRow[] = [
  ...DEMO_RECORDS.filter(({ agency }) => agency === "health").map(({ localId }) => ({
    agency: "health" as const,
    recordId: localId,
    residentId: `demo-${localId.slice(2)}`,
  })),
  ...TRUE_PERSON.map(([recordId, who]) => ({ agency: agencyOf(recordId), recordId, residentId: `demo-${who}` })),
];
