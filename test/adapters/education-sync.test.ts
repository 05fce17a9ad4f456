import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AgencySystem, ChangePage } from "../../src/adapters/agency-system.ts";
import type { Town } from "../../simulators/town/types.ts";
import {
  AT_CLOSED_GATE,
  CLOSED_GATE,
  DUAL,
  LARCH_HILL,
  MANY,
  QUARRY_EDGE,
  makeTestTown,
  startEducation,
} from "./education-world.ts";
import { call } from "./contract.ts";

const AMELIA = "A1749100001";
const at = (student: string): string => `${LARCH_HILL}.${student}`;

/** Follows the changes to their end. */
async function follow(system: AgencySystem, from: string | null) {
  const pages: ChangePage[] = [];
  let cursor = from;
  for (let more = true; more;) {
    const page = await system.changes(cursor, call());
    pages.push(page);
    ({ cursor, more } = page);
  }
  return {
    changed: pages.flatMap(({ changed }) => changed.map(({ recordId }) => recordId)),
    records: pages.flatMap(({ changed }) => changed),
    gone: pages.flatMap(({ gone }) => gone),
    cursor: cursor!,
  };
}

describe("changes at the schools", () => {
  let world: Awaited<ReturnType<typeof startEducation>>;
  beforeEach(async () => {
    world = await startEducation();
  });
  afterEach(() => world.close());

  const update = (student: string, set: Record<string, unknown> = {}) =>
    world.sim("POST", "emit", { type: "student.updated", student, set });

  it("begin with every pupil of every approved school", async () => {
    const { changed } = await follow(world.system, null);
    expect(changed).toHaveLength(4 + MANY.length + 4);
    expect(changed).toContain(`${QUARRY_EDGE}.${DUAL.second}`);
    expect(changed.join()).not.toContain(CLOSED_GATE);
  });

  it("tell an updated pupil once, as it now stands", async () => {
    const { cursor } = await follow(world.system, null);
    await world.setClock("2026-03-02T12:20:00Z");
    await update(AMELIA, { surname: "Hartley-Okafor" });
    await world.setClock("2026-03-02T12:30:00Z");
    const second = await follow(world.system, cursor);
    expect(second.changed).toEqual([at(AMELIA)]);
    expect(second.records[0]!.demographics.names[0]).toMatchObject({ use: "OFFICIAL", surname: "Hartley-Okafor" });
    expect((await follow(world.system, second.cursor)).changed).toEqual([]);
  });

  it("reach back over what was being written when the last run began", async () => {
    const { cursor } = await follow(world.system, null);
    await world.setClock("2026-03-02T11:57:00Z");
    await update(MANY[0]!);
    await world.setClock("2026-03-02T12:15:00Z");
    expect((await follow(world.system, cursor)).changed).toEqual([at(MANY[0]!)]);
  });

  it("lose nothing in the hour that the clocks repeat", async () => {
    await world.setClock("2026-10-25T00:40:00Z");
    const { cursor } = await follow(world.system, null);
    await world.setClock("2026-10-25T01:10:00Z");
    await update(AMELIA);
    await world.setClock("2026-10-25T01:20:00Z");
    expect((await follow(world.system, cursor)).changed).toEqual([at(AMELIA)]);
  });

  it("tell a deleted pupil as gone, once", async () => {
    const { cursor } = await follow(world.system, null);
    await world.sim("POST", "emit", { type: "student.deleted", student: AMELIA });
    const second = await follow(world.system, cursor);
    expect(second).toMatchObject({ gone: [at(AMELIA)], changed: [] });
    expect((await follow(world.system, second.cursor)).gone).toEqual([]);
    const [answer] = await world.system.ask({ recordIds: [at(AMELIA)], parts: ["STATES"] }, call());
    expect(answer!.states.status).toBe("NOTHING_RECORDED");
  });

  it("tell a pupil who left, and answer with the day", async () => {
    const { cursor } = await follow(world.system, null);
    await world.setClock("2026-03-03T09:00:00Z");
    await world.sim("POST", "emit", { type: "student.left", student: AMELIA });
    expect((await follow(world.system, cursor)).changed).toEqual([at(AMELIA)]);
    const [answer] = await world.system.ask({ recordIds: [at(AMELIA)], parts: ["STATES"] }, call());
    expect(answer!.states).toMatchObject({
      items: [{ kind: "SCHOOL_ENROLMENT", category: "Previous school", untilOn: "2026-03-03" }, {}, {}, {}],
    });
  });

  it("name no child in the cursor", async () => {
    await update(AMELIA);
    const { cursor } = await follow(world.system, null);
    expect(cursor).not.toContain("A17491");
    expect(JSON.parse(cursor).told).toHaveLength(1);
  });

  it("refuse a cursor that is not theirs", async () => {
    await expect(world.system.changes("page-2", call())).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("read a school from the beginning once it approves", async () => {
    const { cursor } = await follow(world.system, null);
    await world.sim("POST", "emit", { type: "school.approval", school: CLOSED_GATE, approved: true });
    expect((await follow(world.system, cursor)).changed).toEqual([`${CLOSED_GATE}.${AT_CLOSED_GATE}`]);
  });

  it("go on past a school that withdraws in the middle", async () => {
    const first = await world.system.changes(null, call());
    await world.sim("POST", "emit", { type: "school.approval", school: LARCH_HILL, approved: false });
    const { changed } = await follow(world.system, first.cursor);
    expect(changed).toContain(`${QUARRY_EDGE}.${DUAL.second}`);
  });

  it("leave out a pupil written wrongly until that is corrected", async () => {
    await update(AMELIA, { surname: 7 });
    await world.setClock("2026-03-02T12:20:00Z");
    const first = await follow(world.system, null);
    expect(first.changed).toHaveLength(4 + MANY.length + 4 - 1);
    expect(first.changed).not.toContain(at(AMELIA));
    await update(AMELIA, { surname: "Hartley" });
    await world.setClock("2026-03-02T12:30:00Z");
    expect((await follow(world.system, first.cursor)).changed).toEqual([at(AMELIA)]);
  });

  it("stop where a whole page is not as agreed", async () => {
    for (const student of MANY.slice(0, 6)) await update(student, { surname: 7 });
    await expect(world.system.changes(null, call())).rejects.toMatchObject({ code: "MALFORMED" });
  });

  it("stay where they were when the system fails", async () => {
    const first = await world.system.changes(null, call());
    await world.sim("POST", "faults", { route: "/v1.0", mode: "status", status: 503 });
    await expect(world.system.changes(first.cursor, call())).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await world.sim("DELETE", "faults");
    expect((await follow(world.system, first.cursor)).changed).toHaveLength(3);
  });
});

describe("a school of several pages", () => {
  const MORE = 250;

  function bigTown(): Town {
    const town = makeTestTown();
    const model = town.records.find(({ localId }) => localId === MANY[0])!;
    const ids = Array.from({ length: MORE }, (_, n) => `A17494${String(n).padStart(5, "0")}`);
    const more = ids.map((localId) => Object.assign(structuredClone(model), { localId }));
    return { ...town, records: [...town.records, ...more] };
  }

  it("that drift while they are read brings a record twice", async () => {
    const world = await startEducation({ town: bigTown(), drift: true });
    const first = await follow(world.system, null);
    expect(new Set(first.changed).size).toBe(4 + MANY.length + 4 + MORE);
    expect(first.changed.filter((id) => id === at(AMELIA))).toHaveLength(2);
    expect((await follow(world.system, first.cursor)).changed).toEqual([]);
    await world.close();
  });

  it("is read on though the system moved to another address", async () => {
    const [before, after] = [await startEducation({ town: bigTown() }), await startEducation({ town: bigTown() })];
    const first = await before.system.changes(null, call());
    await before.close();
    const { changed } = await follow(after.system, first.cursor);
    expect(changed).toHaveLength(4 + MANY.length + 4 + MORE - first.changed.length);
    await after.close();
  });

  it("is read whole for many records, and no further than needed", async () => {
    const world = await startEducation({ town: bigTown() });
    const recordIds = MANY.slice(0, 10).map(at);
    await world.system.ask({ recordIds, parts: ["RELATIONSHIPS"] }, call());
    expect(await world.requests()).toEqual([`/v1.0/schools/${LARCH_HILL}/students`]);
    await world.close();
  });
});
