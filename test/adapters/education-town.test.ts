// What the simulated schools make of a whole town.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_TOWN, makeTown } from "../../simulators/town/town.ts";
import { LARCH_HILL, MANY, startEducation } from "./education-world.ts";

const TOWN = makeTown(DEFAULT_TOWN);

interface Mark {
  date: { date: string };
  session: string;
  attendance_code: { data: { code: string; type: string } };
}
interface Student {
  id: string;
  surname: string;
  legal_surname: string;
  forename: string;
  legal_forename: string;
  education_details: { data: { upn: string | null; enrolment_status: string } };
}
interface Summary {
  academic_year: string;
  possible_marks: number;
  present_marks: number;
}

describe("the schools of a town", () => {
  let world: Awaited<ReturnType<typeof startEducation>>;
  let students: Student[];
  beforeAll(async () => {
    world = await startEducation({ town: TOWN });
    const schools = TOWN.schools.filter(({ approved }) => approved);
    const lists = schools.map(({ wondeId }) => list<Student>(`schools/${wondeId}/students?include=education_details`));
    students = (await Promise.all(lists)).flat();
  });
  afterAll(() => world.close());

  async function list<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    let next: string | null = `${path}${path.includes("?") ? "&" : "?"}per_page=200&cursor=true`;
    while (next) {
      const body: { data: Item[]; meta: { pagination: { next: string | null } } } = await (
        await world.get(next)
      ).json();
      items.push(...body.data);
      ({ next } = body.meta.pagination);
    }
    return items;
  }
  const marksOf = (student: string, more = "") =>
    list<Mark>(`schools/${LARCH_HILL}/attendance?student=${student}&include=attendance_code${more}`);

  it("are at least three, and one keeps the hub out", () => {
    expect(TOWN.schools.length).toBeGreaterThanOrEqual(3);
    expect(TOWN.schools.filter(({ approved }) => !approved)).toHaveLength(1);
  });

  it("have pupils who go by another name, and who lack a permanent UPN", () => {
    const upns = students.map(({ education_details }) => education_details.data.upn);
    expect(students.filter(({ surname, legal_surname }) => surname !== legal_surname)).not.toEqual([]);
    expect(students.filter(({ forename, legal_forename }) => forename !== legal_forename)).not.toEqual([]);
    expect(upns.filter((upn) => upn === null)).not.toEqual([]);
    expect(upns.filter((upn) => upn && !/\d$/.test(upn))).not.toEqual([]);
    expect(new Set(students.map(({ education_details }) => education_details.data.enrolment_status))).toEqual(
      new Set(["C", "M", "S"]),
    );
  });

  it("keep a register of two years, each session once", async () => {
    const marks = await marksOf("A1749100001");
    const sessions = marks.map(({ date, session }) => `${date.date.slice(0, 10)} ${session}`);
    expect(new Set(sessions).size).toBe(sessions.length);
    expect(sessions.length).toBeGreaterThan(650);
    expect(sessions.toSorted()[0]).toBe("2024-03-04 AM");
  });

  it("write the same register whatever part of it is asked for", async () => {
    const all = await marksOf("A1749100001");
    const from = await marksOf("A1749100001", "&attendance_date_after=2025-10-15&attendance_date_before=2026-01-09");
    const within = ({ date }: Mark) => date.date >= "2025-10-15" && date.date < "2026-01-10";
    expect(from.length).toBeGreaterThan(80);
    expect(from).toEqual(all.filter(within));
  });

  it("count this year from the register", async () => {
    const [last] = (await list<Summary>(`schools/${LARCH_HILL}/attendance-summaries?student=A1749100001`)).slice(-1);
    const year = await marksOf("A1749100001", "&attendance_date_after=2025-09-01");
    const present = year.filter(({ attendance_code: { data } }) => /PRESENT|ACTIVITY/.test(data.type));
    expect(last).toMatchObject({ academic_year: "2025/2026", present_marks: present.length });
  });

  it("are made anew on request", async () => {
    const fresh = await startEducation();
    const seeded = await fresh.sim("POST", "seed", { children: 0, seed: 3, until: "2026-03-02" });
    const paths = [`students/${MANY[0]}`, "students/A1749100001"].map((path) =>
      fresh.get(`schools/${LARCH_HILL}/${path}`),
    );
    expect((await Promise.all(paths)).map(({ status }) => status)).toEqual([404, 200]);
    expect(seeded).toEqual({ seeded: { children: 0, seed: 3, until: "2026-03-02" } });
    await fresh.close();
  });
});
