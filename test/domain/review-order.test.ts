import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byPlace, type Place, type RunningClock, waitingOf, WAITING_KINDS } from "../../src/domain/review-order.ts";
import { outcomeOf, needsTwoPeople, VERDICTS } from "../../src/domain/review-verdict.ts";

const NOW = new Date("2026-04-02T10:00:00Z");
const clock = (rule: string, dueAt: string): RunningClock => ({ rule, dueAt: new Date(dueAt) });

describe("what waits behind a pair", () => {
  it.each<[string, RunningClock[], object]>([
    ["nothing", [], { kind: "NOTHING", dueAt: null, rule: null, overdue: false }],
    ["a referral", [clock("referral-decision", "2026-04-03T10:00:00Z")], { kind: "REFERRAL", overdue: false }],
    [
      "a plan, though a referral is due sooner",
      [clock("referral-decision", "2026-04-03T10:00:00Z"), clock("cp-review-next", "2026-06-01T10:00:00Z")],
      { kind: "PLAN", rule: "cp-review-next" },
    ],
    [
      "what is overdue, though there is a plan",
      [clock("referral-decision", "2026-04-01T10:00:00Z"), clock("icpc", "2026-04-03T10:00:00Z")],
      { kind: "REFERRAL", rule: "referral-decision", overdue: true },
    ],
    [
      "the plan, where both are overdue",
      [clock("referral-decision", "2026-03-01T10:00:00Z"), clock("core-group-next", "2026-04-01T10:00:00Z")],
      { kind: "PLAN", overdue: true },
    ],
    ["what is due this very instant, as overdue", [clock("assessment", NOW.toISOString())], { overdue: true }],
  ])("is %s", (_, clocks, expected) => expect(waitingOf(clocks, NOW)).toMatchObject(expected));
});

describe("the order", () => {
  const instant = fc.integer({ min: 0, max: 3 }).map((day) => new Date(NOW.getTime() + day * 86_400_000));
  const place: fc.Arbitrary<Place> = fc.record({
    id: fc.uuid(),
    waiting: fc.record({
      kind: fc.constantFrom(...WAITING_KINDS),
      dueAt: fc.option(instant),
      rule: fc.constant(null),
      overdue: fc.boolean(),
    }),
    weight: fc.integer({ min: -4, max: 4 }),
    openedAt: instant,
    saidByReader: fc.boolean(),
  });

  it("is one order: whatever way a list comes, it is sorted the same", () => {
    fc.assert(
      fc.property(fc.uniqueArray(place, { selector: ({ id }) => id }), (places) => {
        const ids = (list: Place[]) => list.sort(byPlace).map(({ id }) => id);
        expect(ids([...places].reverse())).toEqual(ids([...places]));
      }),
    );
  });

  it("read on from any place gives exactly the rest", () => {
    fc.assert(
      fc.property(fc.uniqueArray(place, { selector: ({ id }) => id, minLength: 1 }), fc.nat(), (places, at) => {
        const sorted = [...places].sort(byPlace);
        const from = sorted[at % sorted.length]!;
        const rest = sorted.filter((each) => byPlace(from, each) < 0);
        expect(rest).toEqual(sorted.slice((at % sorted.length) + 1));
      }),
    );
  });
});

describe("what people said", () => {
  it.each([
    [[], false, null],
    [["MATCH"], false, "MATCH"],
    [["NOT_MATCH"], false, "NOT_MATCH"],
    [["CANNOT_TELL"], false, null],
    [["CANNOT_TELL", "MATCH"], false, "MATCH"],
    [["CANNOT_TELL", "CANNOT_TELL"], false, "CANNOT_TELL"],
    [["MATCH"], true, null],
    [["MATCH", "MATCH"], true, "MATCH"],
    [["NOT_MATCH", "NOT_MATCH"], true, "NOT_MATCH"],
    [["MATCH", "NOT_MATCH"], true, null],
    [["MATCH", "NOT_MATCH", "MATCH"], true, "MATCH"],
    [["MATCH", "NOT_MATCH", "NOT_MATCH"], true, "NOT_MATCH"],
    [["MATCH", "CANNOT_TELL"], true, null],
    [["MATCH", "CANNOT_TELL", "CANNOT_TELL"], true, "CANNOT_TELL"],
  ] as const)("%j, for two: %s, comes to %s", (said, forTwo, outcome) =>
    expect(outcomeOf([...said], forTwo)).toBe(outcome),
  );

  it("never joins what two must decide on the word of one, nor on a tie", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...VERDICTS), { maxLength: 6 }), (said) => {
        const count = (verdict: string) => said.filter((each) => each === verdict).length;
        if (outcomeOf(said, true) !== "MATCH") return;
        expect(count("MATCH")).toBeGreaterThanOrEqual(2);
        expect(count("MATCH")).toBeGreaterThan(count("NOT_MATCH"));
      }),
    );
  });

  it.each([
    [["V1"], false, true],
    [["V3", "V5"], false, true],
    [["V4"], false, true],
    [["V5", "V6", "V7", "V12"], false, false],
    [[], true, true],
  ])("with vetoes %j and two people of their own %s, two decide: %s", (codes, own, two) =>
    expect(needsTwoPeople(codes, own)).toBe(two),
  );
});
