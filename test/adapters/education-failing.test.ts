import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ask } from "../../src/adapters/education/ask.ts";
import { readRegister } from "../../src/adapters/education/read-register.ts";
import { makeDirectory } from "../../src/adapters/education/school-directory.ts";
import { makeReader } from "../../src/adapters/education/wonde-reader.ts";
import { makeHttp, type Http } from "../../src/adapters/http.ts";
import { LANES, makeLane } from "../../src/adapters/lane.ts";
import { itemsOf, PARTS } from "../../src/domain/absence.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { EDUCATION_TOKEN } from "../../simulators/education/education-simulator.ts";
import { LARCH_HILL, MANY, ODD_REGISTER, QUARRY_EDGE, startEducation } from "./education-world.ts";
import { call } from "./contract.ts";

const at = (student: string, school = LARCH_HILL): string => `${school}.${student}`;
const lane = makeLane("mis", { ...LANES.mis, breakAfter: 1_000_000 });
/** One request's limit, what a whole question may take more, and a little for a busy machine. */
const MOST_MS = LANES.mis.limitMs + 500 + 700;

describe("a school that is slow", () => {
  let world: Awaited<ReturnType<typeof startEducation>>;
  beforeEach(async () => {
    world = await startEducation();
  });
  afterEach(() => world.close());

  it("answers what it can in the time of one question", async () => {
    await world.sim("POST", "faults", { route: `/v1.0/schools/${LARCH_HILL}`, mode: "latency", ms: 900 });
    const recordIds = [...MANY.slice(0, 50).map((id) => at(id)), at(ODD_REGISTER, QUARRY_EDGE)];
    const limit = AbortSignal.timeout(MOST_MS);
    const answers = await world.system.ask({ recordIds, parts: PARTS }, call());
    expect(limit.aborted).toBe(false);
    expect(answers.map(({ recordId }) => recordId).sort()).toEqual(recordIds.toSorted());
    const [slow, quick] = [answers.slice(0, 50), answers.slice(50)];
    expect(new Set(slow.map(({ states }) => states.status))).toEqual(new Set(["RECORDED"]));
    for (const { events } of slow)
      expect(events).toMatchObject({
        status: "DID_NOT_ANSWER",
        fault: "TIMEOUT",
        reason: "The school system did not answer in time",
      });
    expect(itemsOf(slow[0]!.events)).toMatchObject([{ kind: "ABSENCE" }]);
    for (const part of [quick[0]!.states, quick[0]!.involvements, quick[0]!.events])
      expect(part.status).toBe("RECORDED");
  });

  it("is not searched for longer than one question may take", async () => {
    await world.sim("POST", "faults", { route: "/v1.0", mode: "latency", ms: 1_000 });
    const identifier = { kind: "UPN", value: "U931123420001", verified: true } as const;
    const search = { identifier, forename: null, surname: null, bornOn: null, postcode: null };
    await expect(world.system.find(search, call())).rejects.toMatchObject({ code: "TIMEOUT" });
  });

  it("is given all the time that its changes take", async () => {
    await world.sim("POST", "faults", { route: "/v1.0", mode: "latency", ms: 1_000, count: 4 });
    const page = await world.system.changes(null, call());
    expect(page.changed.length).toBeGreaterThan(MANY.length);
  });

  it("still gives its office where its staff are not known", async () => {
    await world.sim("POST", "faults", { route: `/v1.0/schools/${LARCH_HILL}/employees`, mode: "status", status: 503 });
    const [answer] = await world.system.ask({ recordIds: [at("A1749100001")], parts: ["INVOLVEMENTS"] }, call());
    expect(answer!.involvements).toMatchObject({
      status: "DID_NOT_ANSWER",
      fault: "UNAVAILABLE",
      items: [{ organisation: "Larch Hill Primary", practitioner: null, phone: "01632960010" }],
    });
  });

  it("cannot take one record's defect to another", async () => {
    const reader = makeReader({
      http: makeHttp(lane, world.url),
      token: EDUCATION_TOKEN,
      call: call(),
      withinMs: null,
    });
    const card = {
      name: "Larch Hill Primary",
      phone: null,
      safeguardingLead: null,
      /** Read only for a child with special educational needs. */
      get senCoordinator(): null {
        throw new TypeError("a defect");
      },
    };
    const directory = { ...makeDirectory(), card: async () => ({ items: [card], fault: null }) };
    const question = { recordIds: [at("A1749100001"), at("A1749100003")], parts: ["INVOLVEMENTS", "STATES"] as const };
    const [amelia, isaac] = await ask({ reader, directory, today: plainDate("2026-03-02") }, question);
    for (const part of [amelia!.involvements, amelia!.states])
      expect(part).toMatchObject({ status: "DID_NOT_ANSWER", fault: "MALFORMED" });
    expect([isaac!.involvements.status, isaac!.states.status]).toEqual(["RECORDED", "RECORDED"]);
  });

  it("leaves a record that it writes wrongly, and gives the others", async () => {
    await world.sim("POST", "emit", { type: "student.updated", student: MANY[0], set: { surname: 7 } });
    const recordIds = MANY.slice(0, 6).map((id) => at(id));
    const answers = await world.system.ask({ recordIds, parts: ["DEMOGRAPHICS"] }, call());
    expect(answers.map(({ demographics }) => demographics.status)).toEqual([
      "DID_NOT_ANSWER",
      ...Array.from({ length: 5 }, () => "RECORDED"),
    ]);
  });
});

describe("a line of the register", () => {
  const mark = (student: string, session: string) => ({
    id: `${student}${session}`,
    student,
    session,
    date: { date: "2026-03-02 00:00:00.000000" },
  });

  const registerOf = (lines: readonly unknown[]) => {
    const body = { data: lines, meta: { pagination: { next: null } } };
    const http: Http = { lane, request: async () => ({ status: 200, headers: new Headers(), body }) };
    const reader = makeReader({ http, token: "t", call: call(), withinMs: null });
    return readRegister(reader, { school: "S1", students: ["A1", "A2"], today: plainDate("2026-03-02") });
  };

  it("that cannot be read spoils its own pupil's alone", async () => {
    const of = await registerOf([mark("A1", "AM"), mark("A1", "NOON"), mark("A2", "AM")]);
    expect(of("A1").marks).toMatchObject({ items: [{ id: "A1AM" }], fault: { code: "MALFORMED" } });
    expect(of("A2").marks).toMatchObject({ items: [{ id: "A2AM" }], fault: null });
  });

  it("that names nobody may be anybody's", async () => {
    const of = await registerOf([mark("A2", "AM"), { id: "X" }]);
    expect(of("A1").marks.fault).toMatchObject({ code: "MALFORMED" });
    expect(of("A2").marks.items).toHaveLength(1);
  });
});
