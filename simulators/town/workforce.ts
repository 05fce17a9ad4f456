// The schools of the two areas and the people who work for the agencies. All invented.

import { landline } from "./identifiers.ts";
import { drawCulture, drawForenames, drawSurname, type Area } from "./names.ts";
import type { Random } from "./random.ts";
import type { Professional, School, SimAgency } from "./types.ts";

export const LA_CODES: Record<Area, string> = { OX: "931", OL: "353" };
export const COUNCILS: Record<Area, string> = { OX: "Oxfordshire (example)", OL: "Oldham (example)" };
export const TRUSTS: Record<Area, string> = {
  OX: "Example Community NHS Trust",
  OL: "Sample Moorside Community NHS Trust",
};
export const HOSPITALS: Record<Area, string> = {
  OX: "Example University Hospitals NHS FT",
  OL: "Sample Moorside Hospitals NHS FT",
};

const SCHOOL_NAMES = {
  PRIMARY:
    "Quarry Brook,Saint Ebba's,Millrace,Thornlea,Copperfold,Wren's Nest,Highmeadow,Fallowfield Lane,Saint Aldric's,Ropewalk,Beckside,Hazelgrove,Old Wharf,Kilnhurst".split(
      ",",
    ),
  SECONDARY:
    "Windrush Vale Academy,Brindle Moor High,Castlefold School,Saint Osyth's High,Lantern Hill Academy,Saddleback School,Ravensclough High,The Penhale School".split(
      ",",
    ),
} as const;

interface Post {
  agency: SimAgency;
  jobTitle: string;
  team: string;
  prefix: string;
  registered: boolean;
}

const POSTS = {
  SOCIAL_WORKER: {
    agency: "socialCare",
    jobTitle: "Social Worker",
    team: "Family Safeguarding Team",
    prefix: "W-",
    registered: true,
  },
  MASH: { agency: "socialCare", jobTitle: "MASH Practitioner", team: "MASH", prefix: "M-", registered: true },
  EARLY_HELP: {
    agency: "socialCare",
    jobTitle: "Early Help Worker",
    team: "Early Help",
    prefix: "E-",
    registered: false,
  },
  REVIEWING: {
    agency: "socialCare",
    jobTitle: "Independent Reviewing Officer",
    team: "Quality Assurance",
    prefix: "IRO-",
    registered: true,
  },
  HEALTH_VISITING: {
    agency: "health",
    jobTitle: "Health Visitor",
    team: "0–19 team",
    prefix: "hv-",
    registered: false,
  },
  SCHOOL_NURSING: { agency: "health", jobTitle: "School Nurse", team: "0–19 team", prefix: "sn-", registered: false },
  CAMHS: { agency: "health", jobTitle: "CAMHS Practitioner", team: "CAMHS", prefix: "ca-", registered: false },
  MIDWIFERY: { agency: "health", jobTitle: "Midwife", team: "Community Midwifery", prefix: "mw-", registered: false },
  PAEDIATRICS: {
    agency: "health",
    jobTitle: "Consultant Paediatrician",
    team: "Community Paediatrics",
    prefix: "pd-",
    registered: false,
  },
  SAFEGUARDING_LEAD: {
    agency: "education",
    jobTitle: "Designated Safeguarding Lead",
    team: "Safeguarding",
    prefix: "dsl-",
    registered: false,
  },
} as const satisfies Record<string, Post>;
export type PostName = keyof typeof POSTS;

export interface Workforce {
  readonly schools: School[];
  readonly professionals: Professional[];
  /** Somebody in this post in this area. */
  someone(random: Random, area: Area, post: PostName): Professional;
  school(random: Random, area: Area, phase: School["phase"]): School;
}

/** Staff and schools enough for this many children. Each area has 10 establishment numbers (9990 to 9999) and no more. */
export function makeWorkforce(random: Random, children: number): Workforce {
  const schools = (["OX", "OL"] as const).flatMap((area, at) =>
    makeSchools(random.stream(area), { area, children, at }),
  );
  const staff = new Map<string, Professional[]>();
  for (const area of ["OX", "OL"] as const)
    for (const [name, post] of Object.entries(POSTS))
      staff.set(
        `${area}${name}`,
        makeStaff(random.stream(`${area}${name}`), { area, post, count: 2 + Math.ceil(children / 900) }),
      );
  return {
    schools,
    professionals: [...staff.values()].flat(),
    someone: (random, area, post) => random.pick(staff.get(`${area}${post}`) ?? []),
    school: (random, area, phase) =>
      random.pick(schools.filter((school) => school.laCode === LA_CODES[area] && school.phase === phase)),
  };
}

function makeSchools(random: Random, { area, children, at }: { area: Area; children: number; at: number }): School[] {
  const primaries = Math.min(6, 2 + Math.floor(children / 1_000));
  const secondaries = Math.min(3, 1 + Math.floor(children / 2_000));
  const phases = [
    ...Array.from({ length: primaries }, () => "PRIMARY" as const),
    ...Array.from({ length: secondaries }, () => "SECONDARY" as const),
  ];
  const names = { PRIMARY: random.shuffle(SCHOOL_NAMES.PRIMARY), SECONDARY: random.shuffle(SCHOOL_NAMES.SECONDARY) };
  return phases.map((phase, index) => {
    const number = 11 + at * 20 + index;
    return {
      id: `school-${number}`,
      wondeId: `A1930${500_000 + number}`,
      name: `${names[phase].shift() ?? "Larkrise"}${phase === "PRIMARY" ? " Primary" : ""}`,
      phase,
      laCode: LA_CODES[area],
      // 9991 in Oxfordshire is the demo family's school.
      estab: String(9990 + (index === 1 ? 9 : index)),
      urn: String(900_000 + number),
      approved: !(area === "OX" && index === 1),
      phone: landline(100 + number),
    };
  });
}

function makeStaff(random: Random, { area, post, count }: { area: Area; post: Post; count: number }): Professional[] {
  return Array.from({ length: count }, (_, index) => {
    const draw = random.stream(index);
    const culture = drawCulture(draw, area);
    const sex = draw.chance(0.75) ? "F" : "M";
    const [forename = "Alex"] = drawForenames(draw, culture, { sex, taken: [] });
    const id = `${post.prefix}${area}${index + 1}`;
    const organisation = post.agency === "health" ? TRUSTS[area] : COUNCILS[area];
    return {
      id,
      agency: post.agency,
      name: `${forename} ${drawSurname(draw, culture, sex)}`,
      jobTitle: post.jobTitle,
      team: post.agency === "education" ? post.team : `${post.team} ${draw.pick(["North", "South", "Central"])}`,
      organisation,
      phone: landline(draw.int(200, 999)),
      email: `${id.toLowerCase()}@example.org`,
      registration: post.registered ? `SW${draw.int(200_000, 999_999)}` : null,
    };
  });
}
