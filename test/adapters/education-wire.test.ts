import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instantOf, updatedAfter } from "../../src/adapters/education/php-date.ts";
import { absencesOf, exclusionsOf } from "../../src/adapters/education/register-mapper.ts";
import { sessionOf } from "../../src/adapters/education/register-codes.ts";
import { relationshipsOf } from "../../src/adapters/education/contact-mapper.ts";
import { demographicsOf } from "../../src/adapters/education/student-mapper.ts";
import { Student } from "../../src/adapters/education/student-body.ts";
import { Exclusion, Mark } from "../../src/adapters/education/register-body.ts";
import { LARCH_HILL, CLOSED_GATE, MANY, startEducation } from "./education-world.ts";

const AT = `schools/${LARCH_HILL}`;

describe("the simulated school API", () => {
  let world: Awaited<ReturnType<typeof startEducation>>;
  beforeAll(async () => {
    world = await startEducation();
  });
  afterAll(() => world.close());

  it.each([
    { what: "another token", path: "schools", token: "wrong", status: 401, body: { error: "invalid_token" } },
    { what: "a closed school", path: `schools/${CLOSED_GATE}/students`, status: 403, body: { error: "forbidden" } },
    { what: "an unknown student", path: `${AT}/students/A1`, status: 404, body: { error: "not_found" } },
    { what: "an unknown include", path: `${AT}/students?include=x`, status: 400, body: { error: "invalid_include" } },
    { what: "a large page", path: `${AT}/students?per_page=201`, status: 422, body: { errors: { per_page: [{}] } } },
    {
      what: "an odd time",
      path: `${AT}/deletions?updated_after=now`,
      status: 422,
      body: { errors: { updated_after: [{}] } },
    },
  ])("refuses $what with $status", async ({ path, token, status, body }) => {
    const response = await world.get(path, token);
    expect(response.status).toBe(status);
    const said = JSON.stringify(await response.json());
    for (const word of "errors" in body ? Object.keys(body.errors ?? {}) : Object.values(body))
      expect(said).toContain(word);
  });

  it.each(["page=1", "cursor=true"])("pages through everybody with %s", async (how) => {
    const ids: string[] = [];
    let next: string | null = `schools/${LARCH_HILL}/students?per_page=7&${how}`;
    while (next) {
      const body = (await (await world.get(next)).json()) as {
        data: { id: string }[];
        meta: { synthetic: boolean; pagination: { next: string | null; more: boolean } };
      };
      expect(body.meta).toMatchObject({ synthetic: true, pagination: { more: body.meta.pagination.next !== null } });
      ids.push(...body.data.map(({ id }) => id));
      next = body.meta.pagination.next;
    }
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(MANY));
  });

  it("sends a contact once however many pupils it has", async () => {
    const { data } = (await (await world.get(`schools/${LARCH_HILL}/contacts`)).json()) as { data: { id: string }[] };
    expect(new Set(data.map(({ id }) => id)).size).toBe(data.length);
  });

  it("answers 429 above the rate it allows", async () => {
    const busy = await startEducation({ perSecond: 0 });
    const response = await busy.get("schools");
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "1"]);
    await busy.close();
  });
});

const student = (more: Record<string, unknown>): Student =>
  Student.parse({ id: "A1", extended_details: { data: {} }, ...more });

describe("a student as received", () => {
  const contact = (relationship: Record<string, unknown>) => ({
    id: "A2",
    forename: "Sam",
    surname: null,
    relationship,
  });

  it.each([
    ["PAM", "MOTHER"],
    ["Step-father", "STEP_FATHER"],
    ["foster mother", "FOSTER_CARER"],
    ["Social worker", "UNKNOWN"],
    ["constructor", "UNKNOWN"],
  ])("has a contact %s as %s", (relationship, role) => {
    const [stated] = relationshipsOf(student({ contacts: { data: [contact({ relationship })] } }), "S1");
    expect(stated).toMatchObject({ role, parentalResponsibility: null, provenance: { statedAs: relationship } });
  });

  it("keeps a court order in the school's words", () => {
    const relationship = { relationship: "Father", priority: 2, court_order: true, parental_responsibility: true };
    const [stated] = relationshipsOf(student({ contacts: { data: [contact(relationship)] } }), "S1");
    expect(stated!.provenance.statedAs).toBe("Father, contact 2, court order");
  });

  it("with nothing known is nobody in particular", () => {
    expect(demographicsOf(student({ forename: "Kit" }), "S1", null)).toMatchObject({
      identifiers: [],
      names: [{ use: "KNOWN_AS", forenames: ["Kit"], surname: null }],
      bornOn: null,
      sex: "UNKNOWN",
    });
  });

  it("keeps a former UPN to itself where the address is hidden", () => {
    const education_details = { data: { upn: "U931123420001", former_upn: "H931123420002" } };
    const open = student({ education_details });
    const hidden = student({ education_details, extended_details: { data: { address_hidden: true } } });
    expect(demographicsOf(open, "S1", null).identifiers).toHaveLength(2);
    expect(demographicsOf(hidden, "S1", null).identifiers).toHaveLength(1);
  });

  it("without the details that tell whether it is hidden is refused", () => {
    expect(Student.safeParse({ id: "A1" }).success).toBe(false);
  });
});

describe("a register as received", () => {
  const mark = (date: string, session: string, code: string): Mark =>
    Mark.parse({
      id: `${date}${session}`,
      student: "A1",
      date: { date },
      session,
      attendance_code: { data: { code } },
    });

  it.each([
    ["/", null, "PRESENT"],
    ["J", null, "PRESENT"],
    ["H", null, "EXPLAINED"],
    ["Y", null, "NOT_EXPECTED"],
    ["Y7", null, "NOT_EXPECTED"],
    ["%", "UNAUTHORISED_ABSENCE", "UNEXPLAINED"],
    ["%", null, "UNKNOWN"],
    [null, null, "UNKNOWN"],
  ])("code %s of type %s counts as %s", (code, type, session) => expect(sessionOf(code, type)).toBe(session));

  it("joins Friday and Monday, and not across a session attended", () => {
    const marks = [
      mark("2026-02-27", "PM", "O"),
      mark("2026-02-27", "AM", "/"),
      mark("2026-03-02", "AM", "N"),
      mark("2026-03-02", "PM", "\\"),
      mark("2026-03-03", "AM", "O"),
    ];
    expect(absencesOf(marks, "S1").map(({ on, summary }) => [on, summary])).toEqual([
      [
        "2026-02-27",
        "Absent without leave or explanation: 2 sessions, 27 February 2026 to 2 March 2026 " +
          "(other or unknown circumstances 1, reason not yet established 1)",
      ],
      ["2026-03-03", "Absent without leave or explanation: 1 session, 3 March 2026 (other or unknown circumstances 1)"],
    ]);
  });

  it("keeps exclusion codes it does not know", () => {
    const exclusion = { id: "X", student: "A1", type: "ODD", reason: ["QQ"], start_date: { date: "2026-01-05" } };
    expect(exclusionsOf([Exclusion.parse(exclusion)], "S1")).toMatchObject([
      { summary: "Excluded: reason QQ", provenance: { statedAs: "ODD QQ" } },
    ]);
  });
});

describe("a time as written by PHP", () => {
  it.each([
    ["2026-02-27 18:02:41.000000", "Europe/London", "2026-02-27T18:02:41.000Z"],
    ["2026-07-01 18:02:41.000000", "Europe/London", "2026-07-01T17:02:41.000Z"],
    ["2026-07-01 18:02:41.000000", "UTC", "2026-07-01T18:02:41.000Z"],
    ["2026-07-01 18:02:41.000000", "+02:00", "2026-07-01T16:02:41.000Z"],
  ])("%s in %s is %s", (date, timezone, instant) => expect(instantOf({ date, timezone })?.toISOString()).toBe(instant));

  it.each(["Mars/Olympus", "+99:99"])("in no known zone such as %s is no instant", (timezone) => {
    expect(instantOf({ date: "2026-07-01 18:02:41", timezone })).toBeNull();
  });

  it("is asked for in UTC, which is never late", () => {
    expect(updatedAfter(new Date("2026-07-01T17:00:00Z"))).toBe("2026-07-01 17:00:00");
  });
});
