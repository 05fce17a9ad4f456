// A small town of pupils around the demo family, its simulator on a real socket, and the adapter in front of it.

import { makeEducation } from "../../src/adapters/education/education.ts";
import { LANES, makeLane } from "../../src/adapters/lane.ts";
import {
  EDUCATION_TOKEN,
  makeEducationSimulator,
  type EducationOptions,
} from "../../simulators/education/education-simulator.ts";
import { demoFamily } from "../../simulators/town/demo-family.ts";
import { blankRecord, blankTie } from "../../simulators/town/part.ts";
import type { AgencyRecord, EducationFact, School, Town } from "../../simulators/town/types.ts";

const UNTIL = "2026-03-02";
export const NOW = `${UNTIL}T12:00:00Z`;
export const LARCH_HILL = "A1930499544";
export const QUARRY_EDGE = "A1930499601";
export const CLOSED_GATE = "A1930499602";

const school = (id: string, wondeId: string, name: string): School => ({
  id,
  wondeId,
  name,
  phase: "SECONDARY",
  laCode: "931",
  estab: "9995",
  urn: `900${wondeId.slice(-3)}`,
  approved: wondeId !== CLOSED_GATE,
  phone: "01632 960055",
});

function pupil(localId: string, schoolId: string, more: Partial<AgencyRecord> = {}): AgencyRecord {
  const plain = {
    forenames: ["Robin"],
    surname: `Testley${localId.slice(-3)}`,
    sex: "F",
    bornOn: "2016-05-17",
  } as const;
  return { ...blankRecord("education", localId), ...plain, forenames: ["Robin"], schoolId, ...more };
}

const enrolment = (localId: string, schoolId: string, from: string): EducationFact => ({
  kind: "enrolment",
  id: `enr-${localId}`,
  localId,
  schoolId,
  year: "5",
  from,
  until: null,
  sen: "N",
  inCare: false,
  freeSchoolMeals: false,
  firstLanguage: "English",
});

const DAYS = [
  "2026-02-09",
  "2026-02-10",
  "2026-02-11",
  "2026-02-12",
  "2026-02-13",
  "2026-02-23",
  "2026-02-24",
  "2026-02-25",
];

const register = (localId: string, schoolId: string, codes: string): EducationFact => ({
  kind: "attendance",
  localId,
  schoolId,
  totals: [{ year: "2024/2025", possible: 380, present: 370, authorised: 8, unauthorised: 2 }],
  marks: codes.split(" ").map((code, at) => ({ on: DAYS[Math.floor(at / 2)]!, session: at % 2 ? "PM" : "AM", code })),
});

/** Sixty more pupils of the demo family's school. */
export const MANY = Array.from({ length: 60 }, (_, at) => `A17492${String(at + 1).padStart(5, "0")}`);
export const DUAL = { main: "A1749300001", second: "A1749300002", upn: "D353200121003" };
export const TEMPORARY = { id: "A1749300003", upn: "L35320012100A" };
export const AT_CLOSED_GATE = "A1749300009";
/** A register with a retired code, one the list does not know, a run over half-term and a late arrival. */
export const ODD_REGISTER = "A1749300004";

export function makeTestTown(): Town {
  const demo = demoFamily(UNTIL);
  const records = [
    ...MANY.map((id) => pupil(id, "school-1")),
    pupil(DUAL.main, "school-1", { upn: DUAL.upn, surname: "Twofold" }),
    pupil(DUAL.second, "school-e2", { upn: DUAL.upn, surname: "Twofold" }),
    pupil(TEMPORARY.id, "school-e2", { upn: TEMPORARY.upn }),
    pupil(ODD_REGISTER, "school-e2"),
    pupil(AT_CLOSED_GATE, "school-e3", { surname: "Gatesby" }),
  ];
  return {
    synthetic: true,
    settings: { children: 0, seed: 1, until: UNTIL },
    ...demo,
    schools: [
      ...demo.schools,
      school("school-e2", QUARRY_EDGE, "Quarry Edge Academy"),
      school("school-e3", CLOSED_GATE, "Closed Gate School"),
    ],
    records: [...demo.records, ...records],
    recordedTies: [
      ...demo.recordedTies,
      { ...blankTie({ agency: "education", localId: TEMPORARY.id, role: "UNKNOWN" }), otherForenames: ["Nan"] },
    ],
    education: [
      ...demo.education,
      ...records.map(({ localId, schoolId }) =>
        enrolment(localId, schoolId ?? "", localId === DUAL.second ? "2025-09-01" : "2023-09-04"),
      ),
      ...MANY.map((id) => register(id, "school-1", "/ \\ O O / \\ I I / \\ / \\ / \\ / \\")),
      register(ODD_REGISTER, "school-e2", "H H / \\ N N # # N O / U ?? \\ E E"),
    ],
  };
}

export async function startEducation(options: EducationOptions & { town?: Town; schools?: string[] } = {}) {
  const { town = makeTestTown(), schools, ...rest } = options;
  const simulator = await makeEducationSimulator(town, rest);
  const url = new URL(await simulator.listen({ host: "127.0.0.1", port: 0 }));
  let now = new Date(NOW);
  const sim = async (
    method: "POST" | "DELETE" | "GET",
    path: string,
    body?: unknown,
  ): Promise<Record<string, unknown>> => {
    const headers = { "content-type": "application/json" };
    const sent = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
    return (await fetch(new URL(`/__sim/${path}`, url), sent)).json() as Promise<Record<string, unknown>>;
  };
  const setClock = async (instant: string): Promise<void> => {
    now = new Date(instant);
    await sim("POST", "clock", { now: instant });
  };
  await setClock(NOW);
  const system = makeEducation({
    agency: { id: "education", name: "The schools", sector: "EDUCATION" },
    url,
    token: rest.token ?? EDUCATION_TOKEN,
    lane: makeLane("mis", { ...LANES.mis, breakAfter: 1_000_000 }),
    now: () => now,
    ...(schools && { schools }),
  });
  return {
    system,
    url,
    sim,
    setClock,
    /** The paths asked for since the last call of this. */
    async requests(): Promise<string[]> {
      const { requests } = (await sim("GET", "requests")) as { requests: { path: string }[] };
      await sim("DELETE", "requests");
      return requests.map(({ path }) => path);
    },
    get: (path: string, token = EDUCATION_TOKEN) =>
      fetch(new URL(path, new URL("/v1.0/", url)), { headers: { authorization: `Bearer ${token}` } }),
    async close() {
      await system.close();
      await simulator.close();
    },
  };
}
