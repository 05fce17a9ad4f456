// Where a failure could be read as "nothing recorded" or "nobody".

import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { find } from "../../src/adapters/education/find.ts";
import { makeDirectory } from "../../src/adapters/education/school-directory.ts";
import { makeReader } from "../../src/adapters/education/wonde-reader.ts";
import { AgencyFault } from "../../src/adapters/agency-fault.ts";
import { makeHttp, StatusBody, type Http } from "../../src/adapters/http.ts";
import { LANES, makeLane } from "../../src/adapters/lane.ts";
import { PARTS } from "../../src/domain/absence.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { DEFAULT_TOWN, makeTown } from "../../simulators/town/town.ts";
import { EDUCATION_TOKEN } from "../../simulators/education/education-simulator.ts";
import { AT_CLOSED_GATE, CLOSED_GATE, DUAL, LARCH_HILL, MANY, QUARRY_EDGE, startEducation } from "./education-world.ts";
import { call } from "./contract.ts";

const at = (student: string, school = LARCH_HILL): string => `${school}.${student}`;
const AMELIA = at("A1749100001");
const upn = (value: string) => ({
  identifier: { kind: "UPN", value, verified: true } as const,
  forename: null,
  surname: null,
  bornOn: null,
  postcode: null,
});
const AMELIAS_UPN = "U931123420001";
const NOBODYS_UPN = "Z931123420099";
const lane = makeLane("mis", { ...LANES.mis, breakAfter: 1_000_000 });

describe("a school system that fails", () => {
  let world: Awaited<ReturnType<typeof startEducation>>;
  beforeEach(async () => {
    world = await startEducation();
  });
  afterEach(() => world.close());

  const fault = (route: string, status: number) => world.sim("POST", "faults", { route, mode: "status", status });
  const saidOf = async (recordIds: readonly string[]) => {
    const answers = await world.system.ask({ recordIds, parts: PARTS }, call());
    return answers.flatMap(({ demographics, relationships, involvements, states, events }) => [
      ...new Set([demographics, relationships, involvements, states, events].map(({ status }) => status)),
    ]);
  };

  it.each([
    { route: "/v1.0/schools", status: 404 },
    { route: "*", status: 404 },
    { route: "*", status: 410 },
    { route: `/v1.0/schools/${LARCH_HILL}/students`, status: 404 },
    { route: `/v1.0/schools/${LARCH_HILL}/student`, status: 410 },
  ])("does not answer of one or many with $status at $route", async ({ route, status }) => {
    await fault(route, status);
    expect(await saidOf([AMELIA])).toEqual(["DID_NOT_ANSWER"]);
    expect(new Set(await saidOf(MANY.slice(0, 10).map((id) => at(id))))).toEqual(new Set(["DID_NOT_ANSWER"]));
  });

  it("is not believed where the school is not there either", async () => {
    expect(await saidOf([at("A1749100001", "A1930000000")])).toEqual(["DID_NOT_ANSWER"]);
  });

  it("says that nothing is recorded after one look at the school", async () => {
    await world.requests();
    for (const ids of [["A1", "A2"], MANY.slice(0, 6).map((_, n) => `B${n}`)]) {
      expect(new Set(await saidOf(ids.map((id) => at(id))))).toEqual(new Set(["NOTHING_RECORDED"]));
      const looks = (await world.requests()).filter((path) => path === `/v1.0/schools/${LARCH_HILL}`);
      expect(looks).toHaveLength(1);
    }
  });

  it.each([
    { status: 404, code: "NOT_FOUND" },
    { status: 403, code: "FORBIDDEN" },
  ])("cannot lose a pupil between roll and record by $status", async ({ status, code }) => {
    await fault(`/v1.0/schools/${LARCH_HILL}/students/`, status);
    // The second school answers, with the same child.
    await expect(world.system.find(upn(DUAL.upn), call())).rejects.toMatchObject({ code });
  });

  it("keeps what the roll said of a pupil who just left it", async () => {
    const real = makeHttp(lane, world.url);
    const http: Http = {
      lane,
      request: async (request, signal) => {
        if (!/\/students\/\w/.test(request.path)) return real.request(request, signal);
        throw new AgencyFault("mis", "NOT_FOUND", {
          doing: request.doing,
          cause: new StatusBody(404, { error: "not_found" }),
        });
      },
    };
    const reader = makeReader({ http, token: EDUCATION_TOKEN, call: call(), withinMs: null });
    const found = await find({ reader, directory: makeDirectory(), only: null }, upn(AMELIAS_UPN));
    expect(found).toMatchObject([{ recordId: AMELIA, restricted: false, demographics: { addresses: [] } }]);
  });
});

describe("a school closed to the hub", () => {
  let world: Awaited<ReturnType<typeof startEducation>>;
  afterEach(() => world.close());

  it("keeps nobody found from meaning nobody", async () => {
    world = await startEducation();
    const itsPupil = { surname: "Gatesby", bornOn: plainDate("2016-05-17") };
    const search = { ...upn(""), identifier: null, ...itsPupil };
    await expect(world.system.find(search, call())).rejects.toMatchObject({ code: "FORBIDDEN" });
    await world.sim("POST", "emit", { type: "school.approval", school: CLOSED_GATE, approved: true });
    const found = await world.system.find(search, call());
    expect(found.map(({ recordId }) => recordId)).toEqual([at(AT_CLOSED_GATE, CLOSED_GATE)]);
  });

  it("holds back no one found elsewhere, and costs nothing then", async () => {
    world = await startEducation();
    const found = await world.system.find(upn(DUAL.upn), call());
    expect(found.map(({ recordId }) => recordId)).toEqual([at(DUAL.main), at(DUAL.second, QUARRY_EDGE)]);
    expect(await world.requests()).not.toContain("/v1.0/schools/pending");
  });

  it("is missed by a list of schools that names it", async () => {
    world = await startEducation({ schools: [LARCH_HILL, CLOSED_GATE] });
    await expect(world.system.find(upn(NOBODYS_UPN), call())).rejects.toMatchObject({ code: "FORBIDDEN" });
    await world.sim("POST", "emit", { type: "school.approval", school: CLOSED_GATE, approved: true });
    expect(await world.system.find(upn(NOBODYS_UPN), call())).toEqual([]);
  });

  it("is none of a list's that leaves it out", async () => {
    world = await startEducation({ schools: [LARCH_HILL, QUARRY_EDGE] });
    expect(await world.system.find(upn(NOBODYS_UPN), call())).toEqual([]);
  });

  it("may close while it is searched", async () => {
    world = await startEducation({ schools: [LARCH_HILL, QUARRY_EDGE] });
    const route = `/v1.0/schools/${QUARRY_EDGE}`;
    await world.sim("POST", "faults", { route, mode: "status", status: 403 });
    await expect(world.system.find(upn(NOBODYS_UPN), call())).rejects.toMatchObject({ code: "FORBIDDEN" });
    expect(await world.system.find(upn(AMELIAS_UPN), call())).toHaveLength(1);
  });

  it("is not listed with the others, but among those asked", async () => {
    const town = makeTown({ ...DEFAULT_TOWN, children: 50 });
    world = await startEducation({ town });
    const closed = town.schools.filter(({ approved }) => !approved).map(({ wondeId }) => wondeId);
    const idsAt = async (path: string): Promise<string[]> =>
      ((await (await world.get(path)).json()) as { data: { id: string }[] }).data.map(({ id }) => id);
    expect(closed).toHaveLength(1);
    expect(await idsAt("schools")).not.toContain(closed[0]);
    expect(await idsAt("schools/pending")).toEqual(closed);
  });
});
