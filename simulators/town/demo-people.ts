// Who the demo family and the households beside it really are (the truth), and where they live.

import { makeUpn } from "./identifiers.ts";
import type { Address, Professional, Resident, School, Tie } from "./types.ts";

const oxford = (id: string, house: string, rest: Pick<Address, "street" | "postcode" | "uprn">): Address => ({
  id,
  house,
  town: "Oxford",
  county: "Oxfordshire",
  ...rest,
});

export const DEMO_HOMES = {
  hartley: oxford("demo-home-1", "12", { street: "Larch Close", postcode: "OX99 9ZZ", uprn: "100000000001" }),
  before: oxford("demo-home-2", "4B", { street: "Quillon Row", postcode: "OX99 8QR", uprn: "100000000002" }),
  shielded: oxford("demo-home-3", "31", { street: "Fennimore Lane", postcode: "OX99 7FL", uprn: "100000000003" }),
  byrne: oxford("demo-home-4", "7", { street: "Tallowgate", postcode: "OX99 6TG", uprn: "100000000004" }),
  marsh: oxford("demo-home-5", "Flat 2, 90", { street: "Hobbin Street", postcode: "OX99 5HS", uprn: "100000000005" }),
  jo: oxford("demo-home-6", "3", { street: "Larch Close", postcode: "OX99 9ZZ", uprn: "100000000006" }),
} as const;

export const DEMO_SCHOOL: School = {
  id: "school-1",
  wondeId: "A1930499544",
  name: "Larch Hill Primary",
  phase: "PRIMARY",
  laCode: "931",
  estab: "9991",
  urn: "900001",
  approved: true,
  phone: "01632960010",
};

const twinUpn = (serial: number): string => makeUpn({ laCode: "931", estab: "9991", year: 2022, serial });

/** Identifiers that several files of the demo need. */
export const DEMO_IDS = {
  amelia: { nhs: "9990123470", upn: "U931123420001" },
  noah: { nhs: "9990246947" },
  rachel: { nhs: "9990370419" },
  elodie: { nhs: "9990740828", upn: "W931407119005" },
  isaac: { nhs: "9990864292", upn: twinUpn(11) },
  isobel: { nhs: "9990987769", upn: twinUpn(12) },
  rmarsh: { nhs: "9991111239" },
  jo: { nhs: "9991234705" },
  helen: { nhs: "9991481648" },
  siobhan: { nhs: "9991605118" },
} as const;

interface Who {
  id: string;
  name: string;
  surname: string;
  sex: "F" | "M";
  bornOn: string | null;
  more: Partial<Resident>;
  home: Address;
  since: string;
}

function person({ id, name, surname, sex, bornOn, more, home, since }: Who): Resident {
  return {
    id,
    forenames: name === "" ? [] : name.split(" "),
    knownAs: null,
    surname,
    formerSurname: null,
    sex,
    bornOn,
    expectedOn: null,
    diedOn: null,
    ethnicity: "WBRI",
    firstLanguage: "English",
    nhsNumber: null,
    upn: null,
    restriction: null,
    homes: [{ addressId: home.id, from: since, until: null }],
    child: bornOn === null || bornOn > "2008-03-02",
    twinSet: null,
    ...more,
  };
}

const H = DEMO_HOMES;
const ID = DEMO_IDS;
const LARCH = { home: H.hartley, since: "2024-08-01" };
const HARTLEY_HOMES = [
  { addressId: H.before.id, from: "2021-05-01", until: "2024-07-31" },
  { addressId: H.hartley.id, from: "2024-08-01", until: null },
];

// prettier-ignore
export const DEMO_RESIDENTS: Resident[] = [
  person({ id: "demo-amelia", name: "Amelia Rose", surname: "Hartley", sex: "F", bornOn: "2019-03-14", ...LARCH,
    more: { knownAs: "Millie", nhsNumber: ID.amelia.nhs, upn: ID.amelia.upn, homes: HARTLEY_HOMES } }),
  person({ id: "demo-noah", name: "Noah", surname: "Hartley-Okafor", sex: "M", bornOn: "2022-06-02", ...LARCH,
    more: { nhsNumber: ID.noah.nhs, ethnicity: "MWBA", homes: HARTLEY_HOMES.map((row, at) => (at ? row : { ...row, from: "2022-06-02" })) } }),
  person({ id: "demo-rachel", name: "Rachel", surname: "Hartley", sex: "F", bornOn: "1994-11-08", ...LARCH,
    more: { nhsNumber: ID.rachel.nhs, homes: HARTLEY_HOMES } }),
  person({ id: "demo-daniel", name: "Daniel", surname: "Okafor", sex: "M", bornOn: "1990-02-17", ...LARCH,
    more: { knownAs: "Danny", ethnicity: "BAFR" } }),
  person({ id: "demo-jo", name: "Jo", surname: "Hartley", sex: "F", bornOn: "1965-04-23", home: H.jo, since: "2010-01-01",
    more: { nhsNumber: ID.jo.nhs } }),
  person({ id: "demo-elodie", name: "Elodie", surname: "Marsh", sex: "F", bornOn: "2015-05-05", home: H.shielded, since: "2025-03-03",
    more: { nhsNumber: ID.elodie.nhs, upn: ID.elodie.upn, restriction: "SHIELDED" } }),
  person({ id: "demo-helen", name: "Helen", surname: "Marsh", sex: "F", bornOn: "1988-10-12", home: H.shielded, since: "2025-03-03",
    more: { nhsNumber: ID.helen.nhs, restriction: "SHIELDED" } }),
  person({ id: "demo-isaac", name: "Isaac", surname: "Byrne", sex: "M", bornOn: "2017-09-09", home: H.byrne, since: "2017-09-09",
    more: { nhsNumber: ID.isaac.nhs, upn: ID.isaac.upn, ethnicity: "WIRI", twinSet: "demo-twins" } }),
  person({ id: "demo-isobel", name: "Isobel", surname: "Byrne", sex: "F", bornOn: "2017-09-09", home: H.byrne, since: "2017-09-09",
    more: { nhsNumber: ID.isobel.nhs, upn: ID.isobel.upn, ethnicity: "WIRI", twinSet: "demo-twins" } }),
  person({ id: "demo-siobhan", name: "Siobhan", surname: "Byrne", sex: "F", bornOn: "1986-06-30", home: H.byrne, since: "2014-02-01",
    more: { nhsNumber: ID.siobhan.nhs, ethnicity: "WIRI" } }),
  person({ id: "demo-rmarsh", name: "Rebecca", surname: "Marsh", sex: "F", bornOn: "2001-01-19", home: H.marsh, since: "2023-09-01",
    more: { nhsNumber: ID.rmarsh.nhs } }),
  person({ id: "demo-unborn", name: "", surname: "Marsh", sex: "F", bornOn: null, home: H.marsh, since: "2026-05-20",
    more: { expectedOn: "2026-05-20", homes: [] } }),
];

const tie = (ends: Pick<Tie, "of" | "to" | "role">, from: string, parentalResponsibility: boolean | null): Tie => ({
  ...ends,
  parentalResponsibility,
  from,
  until: null,
});

// prettier-ignore
export const DEMO_TIES: Tie[] = [
  tie({ of: "demo-rachel", to: "demo-amelia", role: "MOTHER" }, "2019-03-14", true),
  tie({ of: "demo-rachel", to: "demo-noah", role: "MOTHER" }, "2022-06-02", true),
  tie({ of: "demo-daniel", to: "demo-noah", role: "FATHER" }, "2022-06-02", true),
  tie({ of: "demo-daniel", to: "demo-amelia", role: "STEP_FATHER" }, "2021-05-01", false),
  tie({ of: "demo-noah", to: "demo-amelia", role: "HALF_SIBLING" }, "2022-06-02", null),
  tie({ of: "demo-amelia", to: "demo-noah", role: "HALF_SIBLING" }, "2022-06-02", null),
  tie({ of: "demo-daniel", to: "demo-rachel", role: "PARTNER" }, "2021-05-01", null),
  tie({ of: "demo-jo", to: "demo-amelia", role: "GRANDPARENT" }, "2019-03-14", false),
  tie({ of: "demo-jo", to: "demo-noah", role: "GRANDPARENT" }, "2022-06-02", false),
  tie({ of: "demo-helen", to: "demo-elodie", role: "MOTHER" }, "2015-05-05", true),
  tie({ of: "demo-siobhan", to: "demo-isaac", role: "MOTHER" }, "2017-09-09", true),
  tie({ of: "demo-siobhan", to: "demo-isobel", role: "MOTHER" }, "2017-09-09", true),
  tie({ of: "demo-isaac", to: "demo-isobel", role: "SIBLING" }, "2017-09-09", null),
  tie({ of: "demo-isobel", to: "demo-isaac", role: "SIBLING" }, "2017-09-09", null),
  tie({ of: "demo-rmarsh", to: "demo-unborn", role: "MOTHER" }, "2025-09-01", null),
  tie({ of: "demo-rmarsh", to: "demo-elodie", role: "AUNT_UNCLE" }, "2015-05-05", false),
];

// prettier-ignore
export const DEMO_PROFESSIONALS: Professional[] = [
  { id: "W-12", agency: "socialCare", name: "Priya Nair", jobTitle: "Social Worker", team: "Assessment Team North", organisation: "Oxfordshire (example)",
    phone: "01632960021", email: "priya.nair@example.org", registration: "SW123456" },
  { id: "W-9", agency: "socialCare", name: "Tom Ashdown", jobTitle: "MASH Practitioner", team: "MASH", organisation: "Oxfordshire (example)",
    phone: "01632960022", email: "tom.ashdown@example.org", registration: "SW123457" },
  { id: "EH-3", agency: "socialCare", name: "Lorna Pike", jobTitle: "Early Help Worker", team: "Locality Community Support", organisation: "Oxfordshire (example)",
    phone: "01632960023", email: "lorna.pike@example.org", registration: null },
  { id: "hv-77", agency: "health", name: "S. Adeyemi", jobTitle: "Health Visitor", team: "East Oxford 0–19 team", organisation: "Example Community NHS Trust",
    phone: "01632960031", email: "s.adeyemi@example.org", registration: null },
  { id: "mw-5", agency: "health", name: "Joan Castell", jobTitle: "Midwife", team: "Lavender Midwifery Team", organisation: "Example University Hospitals NHS FT",
    phone: "01632960032", email: "joan.castell@example.org", registration: null },
  { id: "tch-1", agency: "education", name: "Martin Oyelaran", jobTitle: "Designated Safeguarding Lead", team: "Safeguarding", organisation: "Larch Hill Primary",
    phone: "01632960010", email: "dsl@larchhill.example.org", registration: null },
];
