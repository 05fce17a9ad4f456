import { describe, expect, it } from "vitest";
import { plainDate } from "../../src/domain/plain-date.ts";
import {
  atNight,
  type ChildReads,
  glassState,
  inOrder,
  manyChildren,
  ownFamilyOrPlace,
  patternSays,
  READ_PATTERNS,
  type Refused,
  refusals,
} from "../../src/domain/read-patterns.ts";
import { nightsOf, readPeriod } from "../../src/domain/read-period.ts";

const on = plainDate("2026-11-09");
const PATTERNS = {
  nightFrom: "22:00",
  nightUntil: "06:00",
  nightDuty: ["POLICE_OFFICER"],
  manyChildren: 3,
  manyRefusals: 2,
} as const;
const at = (time: string) => new Date(`2026-11-09T${time}:00Z`);

const read = (actorId: string, childId: string, more: Partial<ChildReads> = {}): ChildReads => ({
  actorId,
  role: "SOCIAL_WORKER",
  childId,
  opened: 1,
  refused: 0,
  firstAt: at("10:00"),
  lastAt: at("10:00"),
  ...more,
});

describe("a period", () => {
  it("is whole days as they are in England, from midnight to midnight", () => {
    const { days, startAt, endAt } = readPeriod(plainDate("2026-10-24"), plainDate("2026-10-25"));
    expect(days).toEqual(["2026-10-24", "2026-10-25"]);
    // The clocks go back on the second day.
    expect([startAt.toISOString(), endAt.toISOString()]).toEqual([
      "2026-10-23T23:00:00.000Z",
      "2026-10-26T00:00:00.000Z",
    ]);
  });

  it("is refused where it ends before it begins, or is longer than 92 days", () => {
    expect(() => readPeriod(on, plainDate("2026-11-08"))).toThrow("must not be after until");
    expect(readPeriod(plainDate("2026-08-01"), plainDate("2026-10-31")).days).toHaveLength(92);
    expect(() => readPeriod(plainDate("2026-08-01"), plainDate("2026-11-01"))).toThrow("92 days at most");
  });

  it.each([
    ["in winter", "2026-11-10", ["2026-11-09 00:00-06:00", "2026-11-10 22:00-00:00"]],
    ["in summer", "2026-06-10", ["2026-06-09 23:00-05:00", "2026-06-10 21:00-23:00"]],
    ["in which the clocks go forward", "2026-03-29", ["2026-03-28 00:00-05:00", "2026-03-29 21:00-23:00"]],
    ["in which they go back", "2026-10-25", ["2026-10-24 23:00-06:00", "2026-10-25 22:00-00:00"]],
  ])("of one day %s has two halves of nights", (_when, day, expected) => {
    const period = readPeriod(plainDate(day), plainDate(day));
    const nights = nightsOf(period, PATTERNS).map(
      ({ on: evening, startAt, endAt }) =>
        `${evening} ${startAt.toISOString().slice(11, 16)}-${endAt.toISOString().slice(11, 16)}`,
    );
    // The first begins at midnight in England, with the day.
    expect(nights).toEqual(expected);
  });

  it("knows a night that ends before midnight", () => {
    const period = readPeriod(on, on);
    const nights = nightsOf(period, { nightFrom: "20:00", nightUntil: "23:30" });
    expect(nights).toEqual([{ on, startAt: at("20:00"), endAt: at("23:30") }]);
  });
});

describe("many children", () => {
  it("are counted each once, for one worker, and only where they were opened", () => {
    const reads = [
      ...["a", "b", "c"].map((child) => read("many", child)),
      ...["a", "b"].map((child) => read("few", child)),
      ...["a", "b", "c", "d"].map((child) => read("refused", child, { opened: 0, refused: 1 })),
    ];
    expect(manyChildren(on, reads, PATTERNS)).toMatchObject([
      { pattern: "MANY_CHILDREN", actorId: "many", children: 3, opened: 3, childId: null },
    ]);
  });
});

describe("at night", () => {
  it("are those who opened a child, unless their role is on duty", () => {
    const late = { firstAt: at("23:00"), lastAt: at("23:30") };
    const reads = [
      read("worker", "a", late),
      read("police", "a", { ...late, role: "POLICE_OFFICER" }),
      read("curious", "a", { ...late, opened: 0, refused: 2 }),
    ];
    expect(atNight(on, reads, PATTERNS)).toMatchObject([
      { pattern: "NIGHT", actorId: "worker", childId: "a", firstAt: at("23:00"), lastAt: at("23:30") },
    ]);
  });
});

describe("one's own", () => {
  const child = { surnames: new Set(["name-1", "name-2"]), postcodes: new Set(["place-1"]) };
  it.each([
    ["name-2", null, ["OWN_NAME"]],
    [null, "place-1", ["OWN_ADDRESS"]],
    ["name-1", "place-1", ["OWN_NAME", "OWN_ADDRESS"]],
    ["name-3", "place-2", []],
    [null, null, []],
  ])("name %s and place %s are %j", (surnameHash, postcodeHash, expected) => {
    const worker = { surnameHash, postcodeHash };
    const found = ownFamilyOrPlace(on, read("worker", "a", { opened: 0, refused: 1 }), { worker, child });
    expect(found.map(({ pattern }) => pattern)).toEqual(expected);
    for (const each of found) expect(each).toMatchObject({ childId: "a", refused: 1, children: 1 });
  });
});

describe("refusals", () => {
  const no = (actorId: string, childId: string | null, time: string, found = false): Refused => {
    return { actorId, role: "TEACHER", childId, found, at: at(time) };
  };

  it("are counted for one worker, whatever they were about; what a search found is none", () => {
    const all = [no("often", "a", "10:00"), no("often", null, "11:00"), no("once", "a", "10:00")];
    const found = ["a", "b", "c"].map((childId) => no("searches", childId, "10:00", true));
    expect(refusals(on, [...all, ...found], PATTERNS)).toMatchObject([
      { pattern: "REFUSED_OFTEN", actorId: "often", refused: 2, children: 1, childId: "a" },
    ]);
  });

  it("after a search for the same child are named apart", () => {
    const all = [
      no("curious", "a", "10:00", true),
      no("curious", "a", "10:05"),
      // Refused first, found later; and another child.
      no("other", "b", "10:00"),
      no("other", "b", "10:05", true),
      no("third", "c", "10:00", true),
      no("third", "d", "10:05"),
    ];
    expect(refusals(on, all, PATTERNS)).toMatchObject([
      { pattern: "SEARCHED_THEN_REFUSED", actorId: "curious", childId: "a", firstAt: at("10:05") },
    ]);
  });
});

it("orders what was found by time, and by nothing else", () => {
  const many = manyChildren(
    on,
    ["a", "b", "c"].map((child) => read("late", child, { firstAt: at("12:00") })),
    PATTERNS,
  );
  const night = atNight(on, [read("early", "a", { firstAt: at("01:00") })], PATTERNS);
  expect(inOrder([...many, ...night]).map(({ actorId }) => actorId)).toEqual(["early", "late"]);
});

it("says the rule of each pattern in words, with the area's own numbers", () => {
  const says = READ_PATTERNS.map((pattern) => patternSays(pattern, PATTERNS));
  expect(new Set(says).size).toBe(READ_PATTERNS.length);
  expect(says.join("\n")).toMatch(/3 children or more[^]*between 22:00 and 06:00[^]*refused 2 times or more/);
});

it.each([
  [null, "2026-11-09T09:00:00Z", "OVERDUE"],
  [null, "2026-11-09T11:00:00Z", "WAITING"],
  [null, null, "WAITING"],
  [true, "2026-11-09T09:00:00Z", "JUSTIFIED"],
  [false, "2026-11-09T09:00:00Z", "NOT_JUSTIFIED"],
] as const)("glass with the review %s, by %s, is %s", (justified, by, state) => {
  expect(glassState({ justified, reviewBy: by === null ? null : new Date(by) }, at("10:00"))).toBe(state);
});
