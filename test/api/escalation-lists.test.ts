import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { escalationsOfChild } from "../../src/services/escalation-reads.ts";
import type { Role } from "../../src/domain/actor.ts";
import type { Caller } from "../../src/services/hub.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type EscalationWorld, makeEscalationWorld } from "../support/escalation-world.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

const LIST = `query ($stage: Int, $state: EscalationState, $agencyId: ID, $first: Int, $after: String) {
  escalations(stage: $stage, state: $state, agencyId: $agencyId, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor } edges { cursor node { id stage state child { id } history { words } } } } }`;
const KIND = "value count answeredInTime notInTime percentInTime";
const COUNTS = `query ($fromOn: LocalDate, $untilOn: LocalDate) { escalationCounts(fromOn: $fromOn, untilOn: $untilOn) {
  inAll { ${KIND} } byStage { ${KIND} } byCategory { ${KIND} } byRaisingAgency { ${KIND} }
  byAgencyChallenged { ${KIND} } byState { ${KIND} } } }`;
const why = "No answer that satisfies.";

describe.each(ENGINES)("on $name, the challenges of an area", (engine) => {
  let world: LightHub;
  let our: EscalationWorld;
  const ids: Record<string, string> = {};

  const list = async (person: string, variables: Record<string, unknown> = {}) => {
    const { data, errors } = await world.ask(person, LIST, variables);
    if (errors[0]) throw new Error(errors[0].extensions.code);
    return data.escalations;
  };
  const listed = async (person: string, variables: Record<string, unknown> = {}): Promise<string[]> => {
    const { edges } = await list(person, variables);
    const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
    return edges.map(({ node }: { node: { id: string } }) => names.get(node.id));
  };

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
    world.setNow(new Date("2026-04-02T10:00:00Z"));
    our = await makeEscalationWorld(world);
    our.useLadder("oxfordshire");
    ids["answered"] = (await our.raise()).id;
    await our.ok("answer", "social-worker", { id: ids["answered"], stage: 1, answer: "We shall visit." });
    await our.ok("resolve", "teacher", { id: ids["answered"], outcome: "Agreed." });
    ids["silent"] = (await our.raise({ category: "CLOSURE" }, "health-visitor")).id;
    ids["withPolice"] = (
      await our.raise({ againstAgencyId: "police", againstTeamId: null, immediateRisk: true }, "health-visitor")
    ).id;
    await our.until("2026-04-07T23:00:00Z");
    ids["atTheTop"] = (await our.raise()).id;
    for (const stage of [1, 2, 3]) await our.ok("moveUp", "teacher", { id: ids["atTheTop"], stage, reason: why });
  });
  afterAll(() => world?.close());

  it("are listed latest first, to each what they may read", async () => {
    expect(await listed("social-worker")).toEqual(["atTheTop", "withPolice", "silent", "answered"]);
    expect(await listed("teacher")).toEqual(["atTheTop", "answered"]);
    expect(await listed("health-visitor")).toEqual(["withPolice", "silent"]);
    expect(await listed("police-officer")).toEqual(["withPolice"]);
    expect(await listed("board-manager")).toEqual(["atTheTop", "withPolice"]);
    for (const person of ["data-protection-officer", "agency-developer", "nobody"])
      await expect(list(person)).rejects.toThrow("NOT_ALLOWED");
  });

  it("show the business manager no child, and words only of what the partnership answers", async () => {
    const { edges } = await list("board-manager");
    const shown = edges.map(({ node }: { node: { child: unknown; history: { words: string | null }[] } }) => [
      node.child,
      node.history.some(({ words }) => words !== null),
    ]);
    expect(shown).toEqual([
      [null, true],
      [null, false],
    ]);
  });

  it("are listed by stage, state and agency", async () => {
    expect(await listed("social-worker", { stage: 2 })).toEqual(["silent"]);
    expect(await listed("social-worker", { state: "RESOLVED" })).toEqual(["answered"]);
    expect(await listed("social-worker", { agencyId: "police" })).toEqual(["withPolice"]);
    expect(await listed("teacher", { agencyId: "police" })).toEqual([]);
    expect(await listed("board-manager", { stage: 4 })).toEqual(["atTheTop"]);
  });

  it("come in pages that lose none and repeat none", async () => {
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: Awaited<ReturnType<typeof list>> = await list("social-worker", { first: 1, after });
      expect(page.edges).toHaveLength(1);
      seen.push(page.edges[0].node.id);
      ({ hasNextPage: more, endCursor: after } = page.pageInfo);
    }
    expect(seen).toEqual([ids["atTheTop"], ids["withPolice"], ids["silent"], ids["answered"]]);
  });

  it.each([{ first: 0 }, { first: 101 }, { after: "rubbish" }, { agencyId: "police\0" }, { agencyId: "a b" }])(
    "refuse a page that cannot be: %o",
    (variables) => expect(list("social-worker", variables)).rejects.toThrow("BAD_INPUT"),
  );

  it("about one child are those that the reader may read, and reading is on record", async () => {
    const as = (role: Role, agencyId: string): Caller => ({
      actor: { kind: "PRACTITIONER", id: `demo|${role}`, name: role, role, agencyId },
      purpose: "children-act-1989-s17",
      requestId: world.open.hub.newId(),
      signal: AbortSignal.timeout(10_000),
    });
    const of = async (caller: Caller, childId = our.childId) =>
      (await escalationsOfChild(world.open.hub, caller, childId)).map(({ id }) => id);
    expect(await of(as("TEACHER", "larch-hill-primary"))).toEqual([ids["atTheTop"], ids["answered"]]);
    expect(await of(as("SOCIAL_WORKER", "social-care"))).toHaveLength(4);
    expect(await of(as("SOCIAL_WORKER", "social-care"), world.open.hub.newId())).toEqual([]);
    await expect(of(as("BOARD_MANAGER", "partnership"))).rejects.toThrow("Not shared with you");
    expect(
      await our.db.countBy(AuditRow, {
        subjectId: ids["silent"]!,
        what: "escalation.read",
        actorId: "demo|SOCIAL_WORKER",
      }),
    ).toBe(1);
  });

  it("are counted by stage, category, agency and state, with how many were answered in time", async () => {
    const { data, errors } = await world.ask("board-manager", COUNTS);
    expect(errors).toEqual([]);
    const of = (value: string, count: number, [inTime, not]: [number, number], percent: number | null) => ({
      value,
      count,
      answeredInTime: inTime,
      notInTime: not,
      percentInTime: percent,
    });
    expect(data.escalationCounts).toEqual({
      inAll: of("all", 4, [1, 1], 50),
      byStage: [of("1", 1, [1, 1], 50), of("2", 1, [0, 0], null), of("3", 1, [0, 0], null), of("4", 1, [0, 0], null)],
      byCategory: [of("CLOSURE", 1, [0, 1], 0), of("THRESHOLD", 3, [1, 0], 100)],
      byRaisingAgency: [of("community-health", 2, [0, 1], 0), of("larch-hill-primary", 2, [1, 0], 100)],
      byAgencyChallenged: [of("police", 1, [0, 0], null), of("social-care", 3, [1, 1], 50)],
      byState: [of("OPEN", 3, [0, 1], 0), of("RESOLVED", 1, [1, 0], 100)],
    });
  });

  it("are counted by when they were raised", async () => {
    const count = async (variables: Record<string, unknown>) =>
      (await world.ask("mash-manager", COUNTS, variables)).data.escalationCounts.inAll.count;
    expect(await count({ fromOn: "2026-04-02", untilOn: "2026-04-02" })).toBe(3);
    expect(await count({ fromOn: "2026-04-03" })).toBe(1);
    expect(await count({ untilOn: "2026-04-01" })).toBe(0);
  });

  it.each([{ untilOn: "9999-12-31" }, { fromOn: "0000-01-01" }, { fromOn: "1899-12-31" }, { untilOn: "2200-01-01" }])(
    "are not counted by days outside the hub's years: %o",
    async (variables) =>
      expect((await world.ask("mash-manager", COUNTS, variables)).errors).toMatchObject([
        {
          message: `${Object.keys(variables)[0]}: lies outside the years that the hub counts in, 1900 to 2199`,
          extensions: { code: "BAD_INPUT" },
        },
      ]),
  );

  it.each(["teacher", "social-worker", "conference-chair", "data-protection-officer", "agency-developer", "nobody"])(
    "are not counted for a %s",
    async (person) => expect((await world.ask(person, COUNTS)).errors[0]?.extensions.code).toBe("NOT_ALLOWED"),
  );
});
