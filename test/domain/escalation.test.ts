import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { nationalCalendar } from "../../src/domain/calendar.ts";
import { deadlineOf } from "../../src/domain/deadline.ts";
import { ACTION_RULE, actionClock, replyClock, stageClock } from "../../src/domain/escalation-clock.ts";
import {
  advanceEscalation,
  answererOf,
  type DisagreementLadder,
  ESCALATION_STATES,
  ESCALATION_STEPS,
  type EscalationState,
  type EscalationStepKind,
  firstStage,
  refuseExcluded,
  stageAfter,
  stageAtRisk,
  stageOf,
} from "../../src/domain/escalation.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { Refusal } from "../../src/domain/refusal.ts";
import { LADDER } from "../../src/store/policy-ladders.ts";
import { area, national, POLICIES } from "../support/policies.ts";

const FOLDER = new URL("ladders/", POLICIES);
const ladders: DisagreementLadder[] = readdirSync(FOLDER).map((file) =>
  LADDER.parse(JSON.parse(readFileSync(new URL(file, FOLDER), "utf8"))),
);
const ladder = (id: string): DisagreementLadder => {
  const found = ladders.find((each) => each.id === id);
  if (!found) throw new Error(`There is no ladder ${id}`);
  return found;
};
const numbers = ({ stages }: DisagreementLadder) => stages.map((_, index) => index + 1);
const calendar = nationalCalendar({ area, national });
/** The Thursday before Easter. */
const EASTER = new Date("2026-04-02T10:00:00Z");

/** Who answers at each stage, its last day when it opens on the Thursday before Easter, and from where on the business manager is
 *  told. Written out apart from the files. */
const STAGES: Record<string, readonly (readonly [answers: string, dueOn: string, told: boolean])[]> = {
  default: [
    ["PRACTITIONER", "2026-04-07", false],
    ["MANAGER", "2026-04-08", false],
    ["ESCALATION_LEAD", "2026-04-13", true],
    ["EXECUTIVE", "2026-04-13", true],
    ["CHAIR", "2026-04-13", true],
  ],
  lincolnshire: [
    ["PRACTITIONER", "2026-04-08", false],
    ["MANAGER", "2026-04-13", false],
    ["ESCALATION_LEAD", "2026-04-08", false],
    ["CHAIR", "2026-04-13", true],
  ],
  sefton: [
    ["MANAGER", "2026-04-13", false],
    ["ESCALATION_LEAD", "2026-04-10", true],
    ["EXECUTIVE", "2026-04-13", true],
  ],
  oxfordshire: [
    ["PRACTITIONER", "2026-04-07", false],
    ["MANAGER", "2026-04-08", false],
    ["ESCALATION_LEAD", "2026-04-13", true],
    ["CHAIR", "2026-04-13", true],
  ],
};

describe.each(Object.entries(STAGES))("the ladder of %s", (id, stages) => {
  it("has these stages, times over Easter, and tells the business manager from there", () => {
    const found = numbers(ladder(id)).map((stage) => {
      const { answers, tellsBusinessManager } = stageOf(ladder(id), stage);
      return [answers, deadlineOf(stageClock(ladder(id), stage, false), EASTER, calendar).dueOn, tellsBusinessManager];
    });
    expect(found).toEqual(stages);
  });
});

describe.each(ladders.map((each) => [each.id, each] as const))("any ladder, as %s", (_id, each) => {
  const last = each.stages.length;

  it("is climbed one stage at a time and ends", () => {
    expect(numbers(each).map((stage) => stageAfter(each, stage))).toEqual([...numbers(each).slice(1), null]);
  });

  it("takes immediate risk up and never down", () => {
    expect(firstStage(each, false)).toBe(1);
    expect(firstStage(each, true)).toBe(each.immediateRiskOpensStage);
    for (const stage of numbers(each)) {
      const to = stageAtRisk(each, stage);
      expect(to).toBeGreaterThanOrEqual(stage);
      expect(to).toBe(stage < each.immediateRiskOpensStage ? each.immediateRiskOpensStage : stage);
    }
  });

  it("has clocks that nobody stops, with their source", () => {
    for (const stage of numbers(each)) {
      const clock = stageClock(each, stage, false);
      expect(clock).toMatchObject({ rule: `escalation-stage-${stage}`, fixed: true, review: false });
      expect(clock.source).toBe(each.stages[stage - 1]?.source);
      expect(stageClock(each, stage, true).urgent).toBe(true);
    }
  });

  it("tells the business manager at every stage from the first that does", () => {
    const told = each.stages.map(({ tellsBusinessManager }) => tellsBusinessManager);
    expect(told.slice(told.indexOf(true)).every(Boolean)).toBe(true);
    expect(told[last - 1]).toBe(true);
  });

  it("sends what it excludes another way, and nothing else", () => {
    for (const { category, instead, because } of each.excludes)
      expect(() => refuseExcluded(each, category)).toThrow(
        new Refusal("WRONG_STEP", `This has a route of its own, outside ${each.name}. ${instead}. ${because}`),
      );
    expect(() => refuseExcluded(each, "THRESHOLD")).not.toThrow();
  });
});

it("counts a stage that its ladder has lost as the last", () =>
  expect(stageOf(ladder("sefton"), 5).name).toBe(stageOf(ladder("sefton"), 3).name));

it.each([0, -1])("has no stage %d", (stage) => expect(() => stageOf(ladder("sefton"), stage)).toThrow(RangeError));

const AFTER: Record<EscalationState, readonly EscalationStepKind[]> = {
  OPEN: ESCALATION_STEPS,
  RESOLVED: ["ACTION_DONE"],
  UNRESOLVED: ["ACTION_DONE"],
  WITHDRAWN: [],
};
const STEPS = ESCALATION_STATES.flatMap((state) => ESCALATION_STEPS.map((step) => [state, step] as const));

describe("a challenge", () => {
  const sefton = ladder("sefton");
  const atLast = (step: EscalationStepKind) => (step === "MOVED_UP" ? 1 : 3);

  it.each(STEPS.filter(([state, step]) => AFTER[state].includes(step)))("that is %s may be %s", (state, step) => {
    const ends = step === "RESOLVED" || step === "WITHDRAWN" || step === "UNRESOLVED";
    expect(advanceEscalation({ state, stage: atLast(step) }, step, sefton)).toBe(ends ? step : state);
  });

  it.each(STEPS.filter(([state, step]) => !AFTER[state].includes(step)))("that is %s cannot be %s", (state, step) =>
    expect(() => advanceEscalation({ state, stage: atLast(step) }, step, sefton)).toThrow("has ended"),
  );

  it("goes no further than the last stage, and ends unresolved only there", () => {
    const at = (stage: number, step: EscalationStepKind) => () =>
      advanceEscalation({ state: "OPEN", stage }, step, sefton);
    expect(at(3, "MOVED_UP")).toThrow("This is the last stage");
    expect(at(2, "UNRESOLVED")).toThrow("Only the last stage");
    expect(at(2, "MOVED_UP")()).toBe("OPEN");
    expect(at(3, "UNRESOLVED")()).toBe("UNRESOLVED");
  });
});

describe("who answers", () => {
  const challenge = {
    fromAgencyId: "larch-hill-primary",
    toAgencyId: "social-care",
    toTeamId: "mash",
    stage: 1,
    state: "OPEN" as const,
  };
  it.each([
    [1, { agencyId: "social-care", teamId: "mash", role: "PRACTITIONER" }],
    [2, { agencyId: "social-care", teamId: "mash", role: "MANAGER" }],
    [3, { agencyId: "social-care", teamId: null, role: "ESCALATION_LEAD" }],
    [4, { agencyId: "social-care", teamId: null, role: "EXECUTIVE" }],
    [5, { agencyId: "partnership", teamId: null, role: "CHAIR" }],
  ])("at stage %d is the post that the ladder names", (stage, owner) =>
    expect(answererOf(ladder("default"), { ...challenge, stage }, "partnership")).toEqual(owner),
  );

  it("is the agency as a whole where no team was named, and stays with it where no partnership is", () => {
    expect(answererOf(ladder("default"), { ...challenge, toTeamId: null }, "partnership").teamId).toBeNull();
    expect(answererOf(ladder("default"), { ...challenge, stage: 5 }, null).agencyId).toBe("social-care");
  });
});

describe("the clock of an agreed action", () => {
  const agree = (byOn: string) => actionClock(ladder("default"), EASTER, plainDate(byOn));

  it.each([
    ["the same day", "2026-04-02"],
    ["over a weekend and two bank holidays", "2026-04-06"],
    ["a year on", "2027-04-02"],
  ])("ends with the day agreed on: %s", (_what, byOn) => {
    expect(agree(byOn).rule).toBe(ACTION_RULE);
    expect(deadlineOf(agree(byOn), EASTER, calendar).dueOn).toBe(byOn);
  });

  it.each([
    ["a day that is over", "2026-04-01", "that day is over"],
    ["more than a year away", "2027-04-05", "within a year"],
  ])("is refused for %s", (_what, byOn, says) => expect(() => agree(byOn)).toThrow(says));
});

describe("the clock on what follows from an answer", () => {
  it.each(ladders.map((each) => [each.id, each] as const))(
    "is two working days by %s, and nobody stops it",
    (_id, each) => {
      const clock = replyClock(each, false);
      expect(clock).toMatchObject({ rule: "escalation-reply", fixed: true, urgent: false, status: "unverified" });
      const { dueOn, explanation } = deadlineOf(clock, EASTER, calendar);
      expect([dueOn, explanation]).toEqual(["2026-04-08", expect.stringContaining("a default to be confirmed")]);
      expect(clock.owes.length).toBeLessThanOrEqual(300);
    },
  );
  it("is urgent where there is immediate risk", () => expect(replyClock(ladder("default"), true).urgent).toBe(true));
});

describe("how urgent a stage is, and when it reminds", () => {
  const within = (span: DisagreementLadder["stages"][number]["within"]) => {
    const [first] = ladder("default").stages;
    return stageClock({ ...ladder("default"), stages: first ? [{ ...first, within: span }] : [] }, 1, false);
  };
  it.each([
    [{ workingDays: 1 }, true, []],
    [{ days: 1 }, true, []],
    [{ hours: 24 }, true, []],
    [{ workingHours: 8 }, true, []],
    [{ workingDays: 2 }, false, [{ workingDays: 1 }]],
    [{ days: 2 }, false, [{ days: 1 }]],
    [{ months: 1 }, false, [{ days: 1 }]],
    [{ hours: 48 }, false, [{ hours: 12 }]],
    [{ workingHours: 16 }, false, [{ workingHours: 4 }]],
  ])("within %o: urgent %s, reminding %o before", (span, urgent, remind) =>
    expect(within(span)).toMatchObject({ urgent, remind }),
  );
});
