import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { itemsOf, PARTS, type Part } from "../../src/domain/absence.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import {
  AT_CLOSED_GATE,
  CLOSED_GATE,
  DUAL,
  LARCH_HILL,
  MANY,
  ODD_REGISTER,
  QUARRY_EDGE,
  TEMPORARY,
  startEducation,
} from "./education-world.ts";
import { call } from "./contract.ts";

const at = (student: string, school = LARCH_HILL): string => `${school}.${student}`;
const AMELIA = at("A1749100001");

describe("what schools say", () => {
  let world: Awaited<ReturnType<typeof startEducation>>;
  beforeAll(async () => {
    world = await startEducation();
  });
  afterAll(() => world.close());

  const ask = (recordIds: readonly string[], parts: readonly Part[] = PARTS) =>
    world.system.ask({ recordIds, parts }, call());

  it("gives both names and the permanent UPN as verified", async () => {
    const [answer] = await ask([AMELIA], ["DEMOGRAPHICS"]);
    expect(itemsOf(answer!.demographics)[0]).toMatchObject({
      identifiers: [{ kind: "UPN", value: "U931123420001", verified: true }],
      names: [
        { use: "OFFICIAL", forenames: ["Amelia", "Rose"], surname: "Hartley" },
        { use: "KNOWN_AS", forenames: ["Millie"], surname: "Hartley" },
      ],
      bornOn: "2019-03-14",
      sex: "FEMALE",
      addresses: [{ postcode: "OX99 9ZZ" }],
      heldBy: "Larch Hill Primary",
      provenance: { recordedAt: "2026-02-27T18:02:41.000Z" },
    });
  });

  it("gives contacts in the order of ringing, responsibility as stated", async () => {
    const [answer] = await ask([AMELIA], ["RELATIONSHIPS"]);
    expect(itemsOf(answer!.relationships)).toMatchObject([
      { role: "MOTHER", parentalResponsibility: true, provenance: { statedAs: "Mother, contact 1" } },
      { role: "STEP_FATHER", parentalResponsibility: false, livesWithChild: true },
      { role: "OTHER_RELATIVE", otherName: { forenames: ["Jo"] }, livesWithChild: false },
    ]);
  });

  it("keeps a contact without a surname", async () => {
    const [isobel, temporary] = await ask([at("A1749100004"), at(TEMPORARY.id, QUARRY_EDGE)], ["RELATIONSHIPS"]);
    expect(itemsOf(isobel!.relationships)).toMatchObject([{ otherName: { forenames: ["Siobhan"], surname: null } }]);
    expect(itemsOf(temporary!.relationships)).toMatchObject([{ role: "UNKNOWN", otherName: { surname: null } }]);
  });

  it("names the safeguarding lead to ring, and the SEN coordinator", async () => {
    const [amelia, isaac] = await ask([AMELIA, at("A1749100003")], ["INVOLVEMENTS"]);
    expect(itemsOf(amelia!.involvements)).toMatchObject([
      { role: "SCHOOL", practitioner: "Martin Oyelaran", organisation: "Larch Hill Primary", phone: "01632960010" },
      { role: "SCHOOL", team: "Special Educational Needs Coordinator" },
    ]);
    expect(itemsOf(isaac!.involvements)).toHaveLength(1);
  });

  it("says enrolment, needs and attendance as counts", async () => {
    const [answer] = await ask([AMELIA], ["STATES"]);
    expect(itemsOf(answer!.states).map(({ kind, category }) => [kind, category])).toEqual([
      ["SCHOOL_ENROLMENT", "Registered"],
      ["SEN_SUPPORT", "SEN support"],
      ["ATTENDANCE", "2024/2025"],
      ["ATTENDANCE", "2025/2026"],
    ]);
    expect(itemsOf(answer!.states)[2]!.summary).toMatch(/^School year 2024\/2025: \d+ of 380 sessions attended, /);
  });

  it("tells exclusions with their reasons and absences by run", async () => {
    const [answer] = await ask([AMELIA], ["EVENTS"]);
    const events = itemsOf(answer!.events);
    expect(events.find(({ kind }) => kind === "EXCLUSION")).toMatchObject({
      on: "2026-01-26",
      summary: expect.stringContaining("Suspended for 4 sessions: physical assault against a pupil"),
      provenance: { statedAs: "SUSP PP DB" },
    });
    expect(events.filter(({ kind }) => kind === "ABSENCE").map(({ on }) => on)).toContain("2026-02-23");
  });

  it("reads retired codes, closed days and codes nobody knows", async () => {
    const [answer] = await ask([at(ODD_REGISTER, QUARRY_EDGE)], ["EVENTS"]);
    expect(itemsOf(answer!.events).map(({ kind, on, provenance }) => [kind, on, provenance.statedAs])).toEqual([
      ["ABSENCE", "2026-02-11", "N 3, O 1"],
      ["ABSENCE", "2026-02-23", "U 1"],
      ["OTHER", "2026-02-24", "?? 1"],
    ]);
  });

  it("tells of a hidden pupil who it is, and no more", async () => {
    const [answer] = await ask([at("A1749100002")]);
    const nothing = { status: "WITHHELD", items: [] };
    expect(answer).toMatchObject({
      restricted: true,
      demographics: { status: "WITHHELD", items: [{ names: [{ surname: "Marsh" }], bornOn: "2015-05-05" }] },
      relationships: nothing,
      involvements: nothing,
      states: nothing,
      events: nothing,
    });
  });

  it.each(["Larch Hill", LARCH_HILL, "W931407119005", "931", "Oyelaran", "01632", "Year 6"])(
    "leads from a hidden pupil to no school by %s",
    async (clue) => {
      const [{ recordId, ...said } = { recordId: "" }] = await ask([at("A1749100002")]);
      expect(recordId).toBe(at("A1749100002"));
      expect(JSON.stringify(said)).not.toContain(clue);
    },
  );

  it("finds a hidden pupil by UPN without naming its school", async () => {
    const identifier = { kind: "UPN", value: "W931407119005", verified: true } as const;
    const search = { identifier, forename: null, surname: null, bornOn: null, postcode: null };
    const [found] = await world.system.find(search, call());
    expect(found).toMatchObject({
      restricted: true,
      demographics: { heldBy: null, addresses: [], provenance: { recordId: "A1749100002" } },
    });
  });

  it("vouches for no temporary UPN", async () => {
    const [answer] = await ask([at(TEMPORARY.id, QUARRY_EDGE)], ["DEMOGRAPHICS"]);
    expect(itemsOf(answer!.demographics)[0]!.identifiers).toEqual([
      { kind: "UPN", value: TEMPORARY.upn, verified: false },
    ]);
  });

  it("finds a child at both schools it is registered with", async () => {
    const identifier = { kind: "UPN", value: DUAL.upn.toLowerCase(), verified: true } as const;
    const found = await world.system.find(
      { identifier, forename: null, surname: null, bornOn: null, postcode: null },
      call(),
    );
    expect(found.map(({ recordId }) => recordId)).toEqual([at(DUAL.main), at(DUAL.second, QUARRY_EDGE)]);
    const answers = await ask([at(DUAL.main), at(DUAL.second, QUARRY_EDGE)], ["STATES"]);
    expect(answers.map(({ states }) => itemsOf(states)[0]!.category)).toEqual([
      "Main school, also registered elsewhere",
      "Second school, main registration elsewhere",
    ]);
  });

  it("finds by surname and birthday, accents and case aside", async () => {
    const search = { identifier: null, forename: null, surname: "HÄRTLEY", bornOn: plainDate("2019-03-14") };
    const found = await world.system.find({ ...search, postcode: null }, call());
    expect(found.map(({ recordId }) => recordId)).toEqual([AMELIA]);
  });

  it("cannot look for a child by an NHS number alone", async () => {
    const identifier = { kind: "NHS_NUMBER", value: "9990123470", verified: true } as const;
    const search = { identifier, forename: null, surname: null, bornOn: null, postcode: null };
    await expect(world.system.find(search, call())).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("stays closed at a school that has not approved, while others answer", async () => {
    const [open, closed] = await ask([AMELIA, at(AT_CLOSED_GATE, CLOSED_GATE)], ["STATES", "INVOLVEMENTS"]);
    expect(open!.states.status).toBe("RECORDED");
    expect(closed!.states).toMatchObject({ status: "DID_NOT_ANSWER", fault: "FORBIDDEN" });
    expect(closed!.involvements).toMatchObject({ reason: expect.stringContaining("has not approved the hub") });
  });

  it("gives exclusions when the register does not answer", async () => {
    await world.sim("POST", "faults", { route: `/v1.0/schools/${LARCH_HILL}/attendance`, mode: "status", status: 503 });
    const [answer] = await ask([AMELIA], ["EVENTS", "STATES"]);
    await world.sim("DELETE", "faults");
    expect(answer!.states.status).toBe("RECORDED");
    expect(answer!.events).toMatchObject({ status: "DID_NOT_ANSWER", items: [{ kind: "EXCLUSION" }] });
  });

  it("answers about fifty records in fourteen requests", async () => {
    const fresh = await startEducation();
    const question = { recordIds: MANY.slice(0, 50).map((id) => at(id)), parts: PARTS };
    const answers = await fresh.system.ask(question, call());
    const paths = (await fresh.requests()).map((path) => path.replace(`/v1.0/schools/${LARCH_HILL}`, ""));
    await fresh.close();
    expect(answers.every(({ events }) => events.status === "RECORDED")).toBe(true);
    const attendance = Array.from({ length: 10 }, () => "/attendance");
    expect(paths.sort()).toEqual(["", ...attendance, "/employees", "/exclusions", "/students"]);
  });

  it("asks four records singly, without reading anybody else", async () => {
    await world.requests();
    await ask(
      MANY.slice(0, 4).map((id) => at(id)),
      ["RELATIONSHIPS"],
    );
    expect((await world.requests()).sort()).toEqual(
      MANY.slice(0, 4).map((id) => `/v1.0/schools/${LARCH_HILL}/students/${id}`),
    );
  });
});
