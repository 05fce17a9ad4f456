import { describe, expect, it } from "vitest";
import { endedBy, metBy, OUTCOMES_OF, startOf, WITHOUT_CHILD } from "../../src/domain/clock-starts.ts";
import { STEP_KINDS, type StepKind, type StepOutcome } from "../../src/domain/statutory-step.ts";
import { area, national } from "../support/policies.ts";

const { clocks } = national;
const started = (kind: StepKind, outcome: StepOutcome | null = null, met: readonly string[] = []) =>
  clocks.filter((rule) => startOf(rule, { kind, outcome, met })).map(({ rule }) => rule);

describe("a step on a path that law lays down", () => {
  it.each([
    ["REFERRAL_RECEIVED", null, [], ["referral-decision"]],
    ["REFERRAL_DECIDED", "ASSESSMENT", [], ["assessment"]],
    ["REFERRAL_DECIDED", "SECTION_47_ENQUIRY", [], ["assessment"]],
    ["REFERRAL_DECIDED", "EARLY_HELP", [], []],
    ["REFERRAL_DECIDED", "NO_FURTHER_ACTION", [], []],
    ["STRATEGY_DISCUSSION_HELD", "SECTION_47_ENQUIRY", [], ["icpc"]],
    ["STRATEGY_DISCUSSION_HELD", "NO_FURTHER_ACTION", [], []],
    ["INITIAL_CONFERENCE_HELD", "PLAN_MADE", ["icpc"], ["core-group-first", "cp-review-first"]],
    ["INITIAL_CONFERENCE_HELD", "NO_PLAN", ["icpc"], []],
    ["REVIEW_CONFERENCE_HELD", "PLAN_CONTINUES", ["cp-review-first"], ["cp-review-next"]],
    ["REVIEW_CONFERENCE_HELD", "PLAN_ENDED", ["cp-review-first"], []],
    ["BECAME_LOOKED_AFTER", null, [], ["looked-after-review-first", "looked-after-visit-first"]],
    ["LOOKED_AFTER_REVIEW_HELD", null, ["looked-after-review-first"], ["looked-after-review-second"]],
    ["LOOKED_AFTER_REVIEW_HELD", null, ["looked-after-review-second"], ["looked-after-review-next"]],
    ["LOOKED_AFTER_REVIEW_HELD", null, ["looked-after-review-next"], ["looked-after-review-next"]],
    ["LOOKED_AFTER_REVIEW_HELD", null, [], ["looked-after-review-second"]],
    ["POLICE_PROTECTION_BEGAN", null, [], ["police-protection"]],
    ["EMERGENCY_PROTECTION_ORDER_MADE", "ON_POLICE_APPLICATION", [], ["emergency-protection-order"]],
    ["EMERGENCY_PROTECTION_ORDER_MADE", "ON_OTHER_APPLICATION", [], ["emergency-protection-order"]],
    ["RETURNED_FROM_MISSING", null, [], ["return-interview"]],
    ["ALLEGATION_KNOWN", null, [], ["lado-referral"]],
    ["SERIOUS_INCIDENT_KNOWN", null, [], ["serious-incident-notification"]],
    ["SERIOUS_INCIDENT_NOTIFIED", null, ["serious-incident-notification"], ["rapid-review"]],
    ["SAFEGUARDING_REVIEW_DECIDED", null, [], ["safeguarding-review-publication"]],
    ["PRIVATE_FOSTERING_NOTIFIED", null, [], ["private-fostering-visit"]],
  ] as const)("%s %s, having met %j, starts %j", (kind, outcome, met, rules) => {
    expect(started(kind, outcome, met).sort()).toEqual([...rules].sort());
  });

  it("that is a conference or the end of a plan closes what it should", () => {
    expect(metBy(clocks, "INITIAL_CONFERENCE_HELD")).toEqual(["icpc"]);
    expect(metBy(clocks, "REVIEW_CONFERENCE_HELD").sort()).toEqual(["cp-review-first", "cp-review-next"]);
    const after = endedBy(clocks, { kind: "CHILD_PROTECTION_PLAN_ENDED", outcome: null });
    expect(after).toEqual(expect.arrayContaining(["core-group-first", "cp-review-first", "cp-review-next"]));
    expect(endedBy(clocks, { kind: "REVIEW_CONFERENCE_HELD", outcome: "PLAN_ENDED" })).toEqual(after);
    expect(endedBy(clocks, { kind: "REVIEW_CONFERENCE_HELD", outcome: "PLAN_CONTINUES" })).toEqual([]);
    expect(endedBy(clocks, { kind: "SECTION_47_ENQUIRY_ENDED", outcome: "NO_CONFERENCE" })).toEqual(["icpc"]);
    expect(endedBy(clocks, { kind: "SECTION_47_ENQUIRY_ENDED", outcome: "CONFERENCE_NEEDED" })).toEqual([]);
  });

  it("made on the police's application counts from the first day of police protection, on another's from the order", () => {
    const rule = clocks.find((each) => each.rule === "emergency-protection-order")!;
    const start = (outcome: StepOutcome) =>
      startOf(rule, { kind: "EMERGENCY_PROTECTION_ORDER_MADE", outcome, met: [] });
    expect(start("ON_POLICE_APPLICATION")).toMatchObject({ countsFrom: "POLICE_PROTECTION_BEGAN" });
    expect(start("ON_OTHER_APPLICATION")?.countsFrom).toBeUndefined();
  });

  it("never asks for an outcome that its kind cannot have", () => {
    const asked = [...clocks, ...area.clocks].flatMap(({ rule, startedBy = [] }) =>
      startedBy.flatMap(({ step, outcomes = [] }) => outcomes.map((outcome) => ({ rule, step, outcome }))),
    );
    expect(asked.filter(({ step, outcome }) => !OUTCOMES_OF[step]?.includes(outcome))).toEqual([]);
    expect(asked.length).toBeGreaterThan(4);
  });

  it("starts no clock that no step meets or ends", () => {
    const endless = [...clocks, ...area.clocks].filter(
      ({ startedBy, metBy: met = [], endedBy: ended = [] }) => startedBy && met.length + ended.length === 0,
    );
    expect(endless.map(({ rule }) => rule)).toEqual([]);
  });

  it("is of a kind that some clock knows, or ends something", () => {
    const known = new Set(
      [...clocks, ...area.clocks].flatMap(({ startedBy = [], metBy: met = [], endedBy: ended = [] }) => [
        ...startedBy.map(({ step }) => step),
        ...met,
        ...ended.map(({ step }) => step),
      ]),
    );
    expect(STEP_KINDS.filter((kind) => !known.has(kind))).toEqual([]);
    for (const kind of WITHOUT_CHILD) expect(STEP_KINDS).toContain(kind);
  });
});
