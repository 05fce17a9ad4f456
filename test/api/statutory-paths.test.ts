// The paths that law lays down, told through GraphQL with a clock that is turned: over Easter, over Christmas, and where nobody acts.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NHS, RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

const SUBMIT = `mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) {
  id child { id } clock { rule dueOn } } }`;
const RECORD = `mutation ($step: RecordStep!) { recordStep(step: $step) {
  step { id kind } met { rule state metAt } opened { rule dueOn dueAt explanation } ended { rule state } } }`;
const RECORD_ALL = `mutation ($step: RecordStep!) { recordStep(step: $step) {
  step { id } met { rule state } opened { rule state } leftOwed { rule state } notShown } }`;
const OWED = `query ($id: ID!) { child(id: $id) { obligations { rule state dueOn } } }`;

/** What a step is told with, and what it must do. */
interface Told {
  readonly at: string;
  readonly kind: string;
  readonly outcome?: string;
  /** Rules met, with their state. */
  readonly met?: readonly string[];
  /** Rules opened, with their last day. */
  readonly opens?: readonly string[];
  readonly ends?: readonly string[];
  readonly alone?: boolean;
}

/** From a referral on: the decision is due on `decideBy`. */
const FROM_REFERRAL: Readonly<Record<string, { referredAt: string; decideBy: string; steps: readonly Told[] }>> = {
  "over Easter": {
    referredAt: "2026-04-02T10:00:00Z",
    decideBy: "2026-04-07",
    steps: [
      {
        at: "2026-04-07T09:00:00Z",
        kind: "REFERRAL_DECIDED",
        outcome: "SECTION_47_ENQUIRY",
        met: ["referral-decision MET"],
        opens: ["assessment 2026-06-10"],
      },
      {
        at: "2026-04-07T14:00:00Z",
        kind: "STRATEGY_DISCUSSION_HELD",
        outcome: "SECTION_47_ENQUIRY",
        opens: ["icpc 2026-04-28"],
      },
      {
        at: "2026-04-24T13:00:00Z",
        kind: "INITIAL_CONFERENCE_HELD",
        outcome: "PLAN_MADE",
        met: ["icpc MET"],
        opens: ["core-group-first 2026-05-11", "cp-review-first 2026-07-24"],
      },
      { at: "2026-05-07T10:00:00Z", kind: "CORE_GROUP_HELD", met: ["core-group-first MET"] },
      { at: "2026-06-10T22:59:00Z", kind: "ASSESSMENT_COMPLETED", met: ["assessment MET"] },
      {
        at: "2026-07-27T10:00:00Z",
        kind: "REVIEW_CONFERENCE_HELD",
        outcome: "PLAN_CONTINUES",
        met: ["cp-review-first LATE"],
        opens: ["cp-review-next 2027-01-27"],
      },
      {
        at: "2027-01-20T10:00:00Z",
        kind: "REVIEW_CONFERENCE_HELD",
        outcome: "PLAN_ENDED",
        met: ["cp-review-next MET"],
      },
    ],
  },
  "over Christmas": {
    referredAt: "2026-12-23T10:00:00Z",
    decideBy: "2026-12-24",
    steps: [
      {
        at: "2026-12-24T15:00:00Z",
        kind: "REFERRAL_DECIDED",
        outcome: "ASSESSMENT",
        met: ["referral-decision MET"],
        opens: ["assessment 2027-03-01"],
      },
      {
        at: "2026-12-24T16:00:00Z",
        kind: "STRATEGY_DISCUSSION_HELD",
        outcome: "SECTION_47_ENQUIRY",
        opens: ["icpc 2027-01-19"],
      },
      {
        at: "2027-01-15T10:00:00Z",
        kind: "INITIAL_CONFERENCE_HELD",
        outcome: "PLAN_MADE",
        met: ["icpc MET"],
        opens: ["core-group-first 2027-01-29", "cp-review-first 2027-04-15"],
      },
      { at: "2027-01-29T23:30:00Z", kind: "CORE_GROUP_HELD", met: ["core-group-first MET"] },
      { at: "2027-03-01T10:00:00Z", kind: "ASSESSMENT_COMPLETED", met: ["assessment MET"] },
      {
        at: "2027-04-15T10:00:00Z",
        kind: "REVIEW_CONFERENCE_HELD",
        outcome: "PLAN_CONTINUES",
        met: ["cp-review-first MET"],
        opens: ["cp-review-next 2027-10-15"],
      },
    ],
  },
};

/** Paths that begin with a step of their own. */
const OTHERS: Readonly<Record<string, readonly Told[]>> = {
  "a child who becomes looked after before Christmas": [
    {
      at: "2026-12-23T10:00:00Z",
      kind: "BECAME_LOOKED_AFTER",
      opens: ["looked-after-review-first 2027-01-25", "looked-after-visit-first 2026-12-30"],
    },
    { at: "2026-12-29T10:00:00Z", kind: "LOOKED_AFTER_VISIT_MADE", met: ["looked-after-visit-first MET"] },
    {
      at: "2027-01-20T10:00:00Z",
      kind: "LOOKED_AFTER_REVIEW_HELD",
      met: ["looked-after-review-first MET"],
      opens: ["looked-after-review-second 2027-04-20"],
    },
    {
      at: "2027-04-19T10:00:00Z",
      kind: "LOOKED_AFTER_REVIEW_HELD",
      met: ["looked-after-review-second MET"],
      opens: ["looked-after-review-next 2027-10-19"],
    },
    {
      at: "2027-10-01T10:00:00Z",
      kind: "LOOKED_AFTER_REVIEW_HELD",
      met: ["looked-after-review-next MET"],
      opens: ["looked-after-review-next 2028-04-01"],
    },
    { at: "2027-12-01T10:00:00Z", kind: "CEASED_TO_BE_LOOKED_AFTER", ends: ["looked-after-review-next CANCELLED"] },
  ],
  "police protection over Easter, then an order that counts from its first day": [
    { at: "2026-04-03T22:11:00Z", kind: "POLICE_PROTECTION_BEGAN", opens: ["police-protection 2026-04-06"] },
    {
      at: "2026-04-05T10:00:00Z",
      kind: "EMERGENCY_PROTECTION_ORDER_MADE",
      outcome: "ON_POLICE_APPLICATION",
      opens: ["emergency-protection-order 2026-04-11"],
    },
    { at: "2026-04-05T11:00:00Z", kind: "POLICE_PROTECTION_ENDED", met: ["police-protection MET"] },
    { at: "2026-04-10T11:00:00Z", kind: "EMERGENCY_PROTECTION_ORDER_ENDED", met: ["emergency-protection-order MET"] },
  ],
  "an order that the authority applied for, which counts from itself": [
    { at: "2026-04-03T22:31:00Z", kind: "POLICE_PROTECTION_BEGAN", opens: ["police-protection 2026-04-06"] },
    {
      at: "2026-04-05T10:00:00Z",
      kind: "EMERGENCY_PROTECTION_ORDER_MADE",
      outcome: "ON_OTHER_APPLICATION",
      opens: ["emergency-protection-order 2026-04-13"],
    },
    { at: "2026-04-05T11:00:00Z", kind: "POLICE_PROTECTION_ENDED", met: ["police-protection MET"] },
    { at: "2026-04-12T11:00:00Z", kind: "EMERGENCY_PROTECTION_ORDER_ENDED", met: ["emergency-protection-order MET"] },
  ],
  "an enquiry that ends because a conference is needed, and one that ends without": [
    {
      at: "2026-03-09T10:00:00Z",
      kind: "STRATEGY_DISCUSSION_HELD",
      outcome: "SECTION_47_ENQUIRY",
      opens: ["icpc 2026-03-30"],
    },
    { at: "2026-03-20T10:00:00Z", kind: "SECTION_47_ENQUIRY_ENDED", outcome: "CONFERENCE_NEEDED" },
    {
      at: "2026-03-30T10:00:00Z",
      kind: "INITIAL_CONFERENCE_HELD",
      outcome: "NO_PLAN",
      met: ["icpc MET"],
    },
    {
      at: "2026-04-09T10:00:00Z",
      kind: "STRATEGY_DISCUSSION_HELD",
      outcome: "SECTION_47_ENQUIRY",
      opens: ["icpc 2026-04-30"],
    },
    {
      at: "2026-04-20T10:00:00Z",
      kind: "SECTION_47_ENQUIRY_ENDED",
      outcome: "NO_CONFERENCE",
      ends: ["icpc CANCELLED"],
    },
  ],
  "a child who returns from missing on Christmas Eve": [
    { at: "2026-12-24T20:00:00Z", kind: "RETURNED_FROM_MISSING", opens: ["return-interview 2026-12-27"] },
    { at: "2026-12-27T20:00:00Z", kind: "RETURN_INTERVIEW_HELD", met: ["return-interview LATE"] },
  ],
  "an allegation known on Maundy Thursday": [
    { at: "2026-04-02T16:00:00Z", kind: "ALLEGATION_KNOWN", alone: true, opens: ["lado-referral 2026-04-07"] },
    { at: "2026-04-07T08:00:00Z", kind: "DESIGNATED_OFFICER_TOLD", met: ["lado-referral MET"] },
  ],
  "a serious incident before Christmas": [
    { at: "2026-12-22T10:00:00Z", kind: "SERIOUS_INCIDENT_KNOWN", opens: ["serious-incident-notification 2026-12-31"] },
    {
      at: "2026-12-31T10:00:00Z",
      kind: "SERIOUS_INCIDENT_NOTIFIED",
      met: ["serious-incident-notification MET"],
      opens: ["rapid-review 2027-01-22"],
    },
    { at: "2027-01-22T10:00:00Z", kind: "RAPID_REVIEW_COMPLETED", met: ["rapid-review MET"] },
    {
      at: "2027-01-25T10:00:00Z",
      kind: "SAFEGUARDING_REVIEW_DECIDED",
      opens: ["safeguarding-review-publication 2027-07-25"],
    },
    {
      at: "2027-07-20T10:00:00Z",
      kind: "SAFEGUARDING_REVIEW_PUBLISHED",
      met: ["safeguarding-review-publication MET"],
    },
  ],
  "a private fostering arrangement notified before Easter": [
    { at: "2026-04-01T10:00:00Z", kind: "PRIVATE_FOSTERING_NOTIFIED", opens: ["private-fostering-visit 2026-04-14"] },
    { at: "2026-04-14T10:00:00Z", kind: "PRIVATE_FOSTERING_VISIT_MADE", met: ["private-fostering-visit MET"] },
  ],
};

describe.each(ENGINES)("on $name, a path", (engine) => {
  let world: LightHub;
  let keys = 0;

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
  });
  afterAll(() => world?.close());

  async function tell(told: Told, { childId, followsId }: { childId: string | null; followsId: string | null }) {
    world.setNow(new Date(told.at));
    const step = {
      key: `path-step-${(keys += 1)}`,
      kind: told.kind,
      outcome: told.outcome ?? null,
      childId: followsId === null ? childId : null,
      followsId,
      happenedAt: told.at,
    };
    const { data, errors } = await world.ask("social-worker", RECORD, { step });
    expect(errors, told.kind).toEqual([]);
    const { met, opened, ended, step: recorded } = data.recordStep;
    const named = (rows: { rule: string; state: string }[]) => rows.map(({ rule, state }) => `${rule} ${state}`);
    const days = (rows: { rule: string; dueOn: string }[]) => rows.map(({ rule, dueOn }) => `${rule} ${dueOn}`);
    expect([told.kind, named(met)]).toEqual([told.kind, expect.arrayContaining([...(told.met ?? [])])]);
    expect([told.kind, days(opened)]).toEqual([told.kind, expect.arrayContaining([...(told.opens ?? [])])]);
    expect([told.kind, named(ended)]).toEqual([told.kind, expect.arrayContaining([...(told.ends ?? [])])]);
    for (const { explanation } of opened) expect(explanation).toMatch(/\d{4}-\d\d-\d\d.*\(/);
    return recorded.id as string;
  }

  it.each(Object.entries(FROM_REFERRAL))("from referral to review, %s", async (_when, path) => {
    const { referredAt, decideBy, steps } = path;
    world.setNow(new Date(referredAt));
    const referral = {
      key: `path-referral-${(keys += 1)}`,
      identifier: { kind: "NHS_NUMBER", value: NHS },
      concern: "Seen alone outside at night, again.",
      level: "level-4",
      immediateDanger: false,
    };
    const { data } = await world.ask("teacher", SUBMIT, { referral });
    const { id, child, clock } = data.submitReferral;
    expect(clock).toEqual({ rule: "referral-decision", dueOn: decideBy });
    let followsId = id as string;
    for (const told of steps) followsId = await tell(told, { childId: child.id, followsId });
    world.setNow(null);
    const owed = (await world.ask("social-worker", OWED, { id: child.id })).data.child.obligations;
    const open = owed.filter(({ state }: { state: string }) => state === "OPEN");
    expect(open.map(({ rule }: { rule: string }) => rule)).not.toContain("referral-decision");
  });

  it.each(Object.entries(OTHERS))("of %s", async (_who, steps) => {
    world.setNow(new Date("2026-03-02T09:00:00Z"));
    const about = await childId();
    let followsId: string | null = null;
    for (const told of steps) followsId = await tell(told, { childId: told.alone ? null : about, followsId });
    world.setNow(null);
    expect(followsId).not.toBeNull();
  });

  const find = `query ($identifier: IdentifierInput!) { childByIdentifier(identifier: $identifier) { id } }`;
  const childId = async () =>
    (await world.ask("social-worker", find, { identifier: { kind: "NHS_NUMBER", value: NHS } })).data.childByIdentifier
      .id as string;
  const record = async (kind: string, happenedAt: string, more: Record<string, unknown> = {}) => {
    const step = { key: `path-step-${(keys += 1)}`, kind, happenedAt, childId: await childId(), ...more };
    return world.ask("social-worker", RECORD_ALL, { step });
  };
  const rules = (rows: { rule: string; state: string }[]) => rows.map(({ rule, state }) => `${rule} ${state}`).sort();

  it("typed in another order than it was walked owes nothing that is over", async () => {
    world.setNow(new Date("2027-06-14T09:00:00Z"));
    const began = (await record("BECAME_LOOKED_AFTER", "2027-06-01T10:00:00Z")).data.recordStep;
    const followsId = began.step.id;
    await record("CEASED_TO_BE_LOOKED_AFTER", "2027-06-11T16:00:00Z", { followsId });
    const visit = (await record("LOOKED_AFTER_VISIT_MADE", "2027-06-04T10:00:00Z", { followsId })).data.recordStep;
    expect(rules(visit.opened)).toEqual(["looked-after-visit-next CANCELLED"]);
    const interview = (await record("RETURN_INTERVIEW_HELD", "2027-06-12T10:00:00Z")).data.recordStep;
    expect(interview.met).toEqual([]);
    const returned = (await record("RETURNED_FROM_MISSING", "2027-06-11T10:00:00Z")).data.recordStep;
    expect(rules(returned.opened)).toEqual(["return-interview MET"]);
    world.setNow(null);
  });

  it("with two things open asks which of them a step follows", async () => {
    world.setNow(new Date("2027-07-05T09:00:00Z"));
    const [first, second] = [
      (await record("RETURNED_FROM_MISSING", "2027-07-01T10:00:00Z")).data.recordStep,
      (await record("RETURNED_FROM_MISSING", "2027-07-03T10:00:00Z")).data.recordStep,
    ];
    const { errors } = await record("RETURN_INTERVIEW_HELD", "2027-07-04T10:00:00Z");
    expect(errors[0]).toMatchObject({ extensions: { code: "CONFLICT" } });
    expect(errors[0]!.message).toContain("name the step that it follows");
    const followsId = second.step.id;
    const held = (await record("RETURN_INTERVIEW_HELD", "2027-07-04T10:00:00Z", { followsId })).data.recordStep;
    expect(rules(held.met)).toEqual(["return-interview MET"]);
    const again = (await record("RETURN_INTERVIEW_HELD", "2027-07-05T08:00:00Z", { followsId })).data.recordStep;
    expect([again.met, rules(again.leftOwed)]).toEqual([[], ["return-interview OPEN"]]);
    await record("RETURN_INTERVIEW_HELD", "2027-07-04T12:00:00Z", { followsId: first.step.id });
    world.setNow(null);
  });

  it("goes on from the last review where a review meets nothing, and is not begun anew", async () => {
    world.setNow(new Date("2028-01-10T09:00:00Z"));
    const began = (await record("BECAME_LOOKED_AFTER", "2027-08-02T10:00:00Z")).data.recordStep;
    const followsId = began.step.id;
    await record("LOOKED_AFTER_REVIEW_HELD", "2027-08-20T10:00:00Z", { followsId });
    await record("LOOKED_AFTER_REVIEW_HELD", "2027-11-19T10:00:00Z", { followsId });
    const elsewhere = (await record("BECAME_LOOKED_AFTER", "2027-12-01T10:00:00Z")).data.recordStep;
    await record("CEASED_TO_BE_LOOKED_AFTER", "2027-12-02T10:00:00Z", { followsId: elsewhere.step.id });
    const other = { followsId: elsewhere.step.id };
    const review = (await record("LOOKED_AFTER_REVIEW_HELD", "2028-01-07T10:00:00Z", other)).data.recordStep;
    expect(rules(review.opened)).toEqual(["looked-after-review-next OPEN"]);
    expect(rules(review.leftOwed)).toEqual(["looked-after-review-next OPEN"]);
    world.setNow(null);
  });

  it("with a step recorded by mistake owes again what that step had met, and not what it had started", async () => {
    const CORRECT = `mutation ($correction: CorrectStep!) { correctStep(correction: $correction) {
      step { correctedAt correctedBecause } reopened { rule state dueOn } ended { rule state } } }`;
    const correct = (stepId: string, as = "social-worker") =>
      world.ask(as, CORRECT, { correction: { stepId, because: "It was another child's conference" } });
    world.setNow(new Date("2027-09-20T09:00:00Z"));
    const outcome = { outcome: "SECTION_47_ENQUIRY" };
    const discussion = (await record("STRATEGY_DISCUSSION_HELD", "2027-09-06T10:00:00Z", outcome)).data.recordStep;
    const followsId = discussion.step.id;
    const plan = { followsId, outcome: "PLAN_MADE" };
    const conference = (await record("INITIAL_CONFERENCE_HELD", "2027-09-17T10:00:00Z", plan)).data.recordStep;
    const stepId = conference.step.id;
    for (const person of ["teacher", "police-officer", "board-manager", "nobody"])
      expect((await correct(stepId, person)).errors[0]!.extensions.code).toBe("NOT_ALLOWED");
    expect((await correct(followsId)).errors[0]).toMatchObject({ extensions: { code: "WRONG_STEP" } });
    const { data } = await correct(stepId);
    expect(data.correctStep.step.correctedBecause).toBe("It was another child's conference");
    expect(data.correctStep.reopened).toEqual([{ rule: "icpc", state: "OPEN", dueOn: "2027-09-27" }]);
    expect(rules(data.correctStep.ended)).toEqual(["core-group-first CANCELLED", "cp-review-first CANCELLED"]);
    expect((await correct(stepId)).data.correctStep.step).toEqual(data.correctStep.step);
    expect((await correct(stepId, "mash-manager")).errors[0]!.extensions.code).toBe("CONFLICT");
    expect(
      (await record("CORE_GROUP_HELD", "2027-09-18T10:00:00Z", { followsId: stepId })).errors[0]!.message,
    ).toContain("no such step");
    const held = (await record("INITIAL_CONFERENCE_HELD", "2027-09-20T08:00:00Z", plan)).data.recordStep;
    expect(rules(held.met)).toEqual(["icpc MET"]);
    world.setNow(null);
  });

  it("with a limit of law is corrected by somebody else than whoever recorded it, and all it concerns are told", async () => {
    const CORRECT = `mutation ($correction: CorrectStep!) { correctStep(correction: $correction) { ended { rule state } } }`;
    const correct = (stepId: string, as: string) =>
      world.ask(as, CORRECT, { correction: { stepId, because: "It was another child" } });
    world.setNow(new Date("2027-10-11T09:00:00Z"));
    const step = { kind: "POLICE_PROTECTION_BEGAN", happenedAt: "2027-10-10T10:00:00Z", childId: await childId() };
    const began = await world.ask("police-officer", RECORD_ALL, {
      step: { ...step, key: `path-step-${(keys += 1)}` },
    });
    // The clock is social care's to read, and runs.
    expect(began.data.recordStep).toMatchObject({ opened: [], notShown: 1 });
    const { id } = began.data.recordStep.step;
    for (const person of ["police-officer", "social-worker"])
      expect((await correct(id, person)).errors[0]!.extensions.code).toBe("NOT_ALLOWED");
    expect(rules((await correct(id, "mash-manager")).data.correctStep.ended)).toEqual(["police-protection CANCELLED"]);
    const { myMessages } = (await world.ask("police-officer", "{ myMessages { edges { node { kind says } } } }")).data;
    expect(myMessages.edges[0].node).toMatchObject({ kind: "CHANGE_DECIDED" });
    world.setNow(null);
  });

  it("told by two people, or twice, is one step and says both times what it did", async () => {
    world.setNow(new Date("2027-11-15T09:00:00Z"));
    const outcome = { outcome: "SECTION_47_ENQUIRY" };
    const { id: followsId } = (await record("STRATEGY_DISCUSSION_HELD", "2027-11-01T10:00:00Z", outcome)).data
      .recordStep.step;
    const plan = { followsId, outcome: "PLAN_MADE" };
    const first = (await record("INITIAL_CONFERENCE_HELD", "2027-11-12T10:00:00Z", plan)).data.recordStep;
    const second = (await record("INITIAL_CONFERENCE_HELD", "2027-11-12T10:30:00Z", plan)).data.recordStep;
    expect(second.step.id).toBe(first.step.id);
    expect([rules(second.met), rules(second.opened)]).toEqual([
      ["icpc MET"],
      ["core-group-first OPEN", "cp-review-first OPEN"],
    ]);
    world.setNow(null);
  });

  it("of before the years in which the hub counts is refused: a slip of a digit must lose no clock", async () => {
    for (const happenedAt of ["2006-11-20T10:00:00Z", "0001-01-01T00:00:00Z"]) {
      const { errors } = await record("BECAME_LOOKED_AFTER", happenedAt);
      expect(errors[0]).toMatchObject({ extensions: { code: "BAD_INPUT" } });
      expect(errors[0]!.message).toContain("begin on 2023-01-01");
    }
  });
});
