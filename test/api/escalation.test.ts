import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Escalation, EscalationStep } from "../../src/schema/escalation.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type EscalationWorld, makeEscalationWorld } from "../support/escalation-world.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

/** The Thursday before Easter. */
const BEFORE_EASTER = new Date("2026-04-02T10:00:00Z");
const why = "The child was seen with new bruises this morning.";

describe.each(ENGINES)("on $name, a professional challenge", (engine) => {
  let world: LightHub;
  let our: EscalationWorld;

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
    our = await makeEscalationWorld(world);
  });
  afterAll(() => world?.close());
  beforeEach(async () => {
    world.setNow(BEFORE_EASTER);
    our.useLadder("oxfordshire");
    await our.postsAsBefore();
  });

  it("is raised with its first stage, the clock on the answer, and whoever answers told", async () => {
    const raised = await our.raise({ familyTold: false });
    expect(raised).toMatchObject({
      stage: 1,
      stageName: "Practitioners talk to each other",
      state: "OPEN",
      fromAgencyId: "larch-hill-primary",
      toTeamId: "mash",
      familyTold: false,
      child: { id: our.childId },
      clock: { rule: "escalation-stage-1", state: "OPEN", dueOn: "2026-04-07", urgent: true },
      history: [
        {
          what: "RAISED",
          stage: 1,
          words: "Three referrals in a month, each closed without a visit.",
          wanted: "An assessment by a social worker.",
          by: "TEACHER",
        },
      ],
    });
    expect(raised.clock.explanation).toContain("Good Friday");
    expect(await our.told(raised.id)).toEqual(["ESCALATION_STAGE demo|social-worker"]);
    const [message] = await our.messages(raised.id);
    expect(message?.says).toContain("Protective action never waits");
    expect(message?.says).not.toContain("referrals");
    const [entry] = await our.db.findBy(AuditRow, { subjectId: raised.id, what: "escalation.raised" });
    expect(entry).toMatchObject({ role: "TEACHER", allowed: true });
  });

  it("raised by twenty at once with one key is one, and with another's words is refused", async () => {
    const input = our.challenge();
    const answers = await Promise.all(Array.from({ length: 20 }, () => our.ok("raise", "teacher", input)));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(await our.db.countBy(Escalation, { key: input.key })).toBe(1);
    expect(await our.clocks(answers[0].id)).toHaveLength(1);
    expect(await our.code("raise", "teacher", { ...input, evidence: "Something else." })).toBe("CONFLICT");
    expect(await our.code("raise", "teacher", { ...input, immediateRisk: true })).toBe("CONFLICT");
    expect(await our.code("raise", "health-visitor", { ...input, evidence: "Another's." })).toBeNull();
  });

  it.each([
    ["an unknown child", { childId: "01a1ffda-881d-704b-8279-d4693c6176f3" }, "NOT_FOUND", "no such child"],
    ["an unknown agency", { againstAgencyId: "nobody" }, "BAD_INPUT", "social-care, health"],
    ["a team of another agency", { againstAgencyId: "health" }, "BAD_INPUT", "no team of that agency"],
    ["no evidence", { evidence: " " }, "BAD_INPUT", "must hold words"],
    ["no wish", { wantedOutcome: "" }, "BAD_INPUT", "1 to 10,000"],
    ["an unusable key", { key: "no" }, "BAD_INPUT", "key: must be 8 to 100"],
    [
      "a conference's decision",
      { category: "CONFERENCE_DECISION" },
      "WRONG_STEP",
      "Ask the chair to record the dissent",
    ],
    ["a reviewing officer's concern", { category: "REVIEWING_OFFICER_CONCERN" }, "WRONG_STEP", "Cafcass at any time"],
  ])("about %s is refused and nothing is stored", async (_what, more, code, says) => {
    const before = await our.db.count(Escalation);
    const { data, errors } = await our.act("raise", "teacher", our.challenge(more));
    expect(data).toBeNull();
    expect([errors[0]?.extensions.code, errors[0]?.message]).toEqual([code, expect.stringContaining(says)]);
    expect(await our.db.count(Escalation)).toBe(before);
  });

  it("about a conference's decision goes the usual way where the area's ladder does not exclude it", async () => {
    our.useLadder("lincolnshire");
    expect((await our.raise({ category: "CONFERENCE_DECISION" })).stage).toBe(1);
  });

  it("by Lincolnshire's ladder climbs in silence over Easter, and tells the business manager at the last stage", async () => {
    our.useLadder("lincolnshire");
    const { id, clock } = await our.raise();
    expect(clock).toMatchObject({ dueOn: "2026-04-08", urgent: false });
    const days = async () => {
      const { stage, clock: now } = await our.read(id);
      return [stage, now.dueOn, await our.steps(id, "BUSINESS_MANAGER_TOLD")];
    };
    await our.until("2026-04-08T22:59:59Z");
    expect(await days()).toEqual([1, "2026-04-08", 0]);
    await our.until("2026-04-08T23:00:00Z");
    expect(await days()).toEqual([2, "2026-04-16", 0]);
    await our.until("2026-04-16T23:00:00Z");
    expect(await days()).toEqual([3, "2026-04-21", 0]);
    await our.until("2026-04-21T23:00:00Z");
    expect(await days()).toEqual([4, "2026-04-29", 1]);
    const { history } = await our.read(id);
    expect(history.map(({ what, stage, by }: EscalationStep) => `${what} ${stage} ${by}`)).toEqual([
      "RAISED 1 TEACHER",
      "MOVED_UP 2 clock:lateness",
      "MOVED_UP 3 clock:lateness",
      "MOVED_UP 4 clock:lateness",
      "BUSINESS_MANAGER_TOLD 4 clock:lateness",
    ]);
    const told = await our.told(id);
    for (const [person, times] of [
      ["demo|mash-manager", 1],
      ["lead|social-care", 1],
      ["chair|partnership", 1],
      ["demo|board-manager", 1],
      ["demo|teacher", 3],
    ] as const)
      expect([person, told.filter((each) => each === `ESCALATION_STAGE ${person}`).length]).toEqual([person, times]);
    expect((await our.clocks(id)).map(({ state, metAt }) => [state, metAt])).toEqual([
      ["LATE", null],
      ["LATE", null],
      ["LATE", null],
      ["OPEN", null],
    ]);
  });

  it("unanswered at the last stage stays there, and the chair and the business manager are told, once", async () => {
    our.useLadder("sefton");
    const { id } = await our.raise({ immediateRisk: true });
    await our.ok("moveUp", "teacher", { id, stage: 2, reason: why });
    await our.until("2026-04-20T23:00:00Z");
    await our.until("2026-06-20T23:00:00Z");
    expect(await our.row(id)).toMatchObject({ stage: 3, state: "OPEN" });
    const silent = (await our.messages(id)).filter(({ says }) => says.includes("unanswered at its last stage"));
    expect(silent.map(({ toActorId }) => toActorId).sort()).toEqual(["chair|partnership", "demo|board-manager"]);
    expect(await our.steps(id, "BUSINESS_MANAGER_TOLD")).toBe(2);
    await our.holds("EXECUTIVE", "conference-chair");
    const { clock } = await our.ok("answer", "conference-chair", { id, stage: 3, answer: "We shall assess." });
    expect([clock.state, clock.metAt]).toEqual(["LATE", "2026-06-20T23:00:00.000Z"]);
  });

  it("by Sefton's ladder tells the business manager from stage 2, once for each stage, and of the end", async () => {
    our.useLadder("sefton");
    const { id, clock } = await our.raise();
    expect(clock.dueOn).toBe("2026-04-13");
    expect(await our.steps(id, "BUSINESS_MANAGER_TOLD")).toBe(0);
    await our.ok("answer", "mash-manager", { id, stage: 1, answer: "The threshold is not met." });
    const moved = await our.ok("moveUp", "teacher", { id, stage: 1, reason: "No reasons were given." });
    expect(moved).toMatchObject({ stage: 2, clock: { rule: "escalation-stage-2", dueOn: "2026-04-10" } });
    await our.ok("risk", "social-worker", { id, why });
    await our.ok("moveUp", "teacher", { id, stage: 2, reason: "Nobody rang back." });
    const told = async (kind: string) =>
      (await our.told(id)).filter((each) => each === `${kind} demo|board-manager`).length;
    expect([await our.steps(id, "BUSINESS_MANAGER_TOLD"), await told("ESCALATION_STAGE")]).toEqual([2, 2]);
    await our.ok("resolve", "teacher", { id, outcome: "An assessment began.", learning: "Say why." });
    expect(await told("ESCALATION_ENDED")).toBe(1);
  });

  it("answered in time goes no further by itself, and the raiser is told", async () => {
    const { id } = await our.raise();
    const answer = { id, stage: 1, answer: "We shall visit on Wednesday." };
    const { clock } = await our.ok("answer", "social-worker", answer);
    expect(clock.state).toBe("MET");
    expect(await our.told(id)).toContain("ESCALATION_STAGE demo|teacher");
    await our.until("2026-05-07T09:00:00Z");
    expect(await our.row(id)).toMatchObject({ stage: 1, state: "OPEN" });
    await our.ok("moveUp", "teacher", { id, stage: 1, reason: why });
    expect((await our.ok("answer", "social-worker", answer)).history).toHaveLength(3);
    expect(await our.code("answer", "mash-manager", { ...answer, answer: "Other words." })).toBe("CONFLICT");
    expect(await our.code("answer", "social-worker", { ...answer, stage: 2 })).toBe("NOT_ALLOWED");
  });

  it("answered at a later stage settles what earlier stages, gone by in silence, still owed", async () => {
    const { id } = await our.raise();
    await our.until("2026-04-07T23:00:00Z");
    expect(await our.code("answer", "social-worker", { id, stage: 1, answer: "Too late." })).toBe("CONFLICT");
    await our.ok("answer", "mash-manager", { id, stage: 2, answer: "We shall visit." });
    expect((await our.clocks(id)).map(({ state, metAt }) => [state, metAt !== null])).toEqual([
      ["LATE", true],
      ["MET", true],
      ["OPEN", false],
    ]);
  });

  it("about immediate risk begins at the stage for that, and is urgent", async () => {
    const { stage, clock, id } = await our.raise({ immediateRisk: true });
    expect([stage, clock.rule, clock.urgent]).toEqual([3, "escalation-stage-3", true]);
    expect((await our.messages(id)).every(({ urgent }) => urgent)).toBe(true);
    expect(await our.told(id)).toEqual(["ESCALATION_STAGE demo|board-manager", "ESCALATION_STAGE lead|social-care"]);
  });

  it("jumps when immediate risk is declared, keeps every declaration once, and never goes down", async () => {
    const { id } = await our.raise();
    const jumped = await our.ok("risk", "social-worker", { id, why });
    expect(jumped).toMatchObject({
      stage: 3,
      immediateRisk: true,
      clock: { rule: "escalation-stage-3", urgent: true },
    });
    expect((await our.clocks(id)).map(({ state }) => state)).toEqual(["CANCELLED", "OPEN"]);
    const told = (await our.messages(id)).length;
    await Promise.all(Array.from({ length: 5 }, () => our.ok("risk", "social-worker", { id, why })));
    expect([await our.steps(id, "RISK_DECLARED"), (await our.messages(id)).length]).toEqual([1, told]);
    await Promise.all(Array.from({ length: 5 }, () => our.ok("risk", "teacher", { id, why: "Worse now." })));
    expect((await our.read(id)).history.at(-1)).toMatchObject({ what: "RISK_DECLARED", stage: 3, words: "Worse now." });
    expect([await our.steps(id, "RISK_DECLARED"), (await our.messages(id)).length]).toEqual([2, told + 1]);
    await our.ok("risk", "social-worker", { id, why: "Worse now." });
    expect([await our.steps(id, "RISK_DECLARED"), (await our.row(id)).stage]).toEqual([3, 3]);
    const high = await our.raise();
    for (const stage of [1, 2, 3]) await our.ok("moveUp", "teacher", { id: high.id, stage, reason: why });
    const declared = await our.ok("risk", "teacher", { id: high.id, why });
    expect(declared).toMatchObject({ stage: 4, immediateRisk: true, clock: { urgent: true, state: "OPEN" } });
    expect(declared.history.at(-1)).toMatchObject({ what: "RISK_DECLARED", stage: 4, words: why });
    const { id: risky } = await our.raise({ immediateRisk: true });
    const said = await our.ok("risk", "teacher", { id: risky, why });
    expect(said.history.at(-1)).toMatchObject({ what: "RISK_DECLARED", stage: 3, words: why });
  });

  it("holds nothing up: a referral about the child goes its way meanwhile", async () => {
    await our.raise();
    const referral = {
      key: `meanwhile-${engine.name.length}`,
      childId: our.childId,
      concern: "New bruises.",
      level: "level-4",
      immediateDanger: true,
    };
    const submit = "mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) { id } }";
    expect((await world.ask("teacher", submit, { referral })).errors).toEqual([]);
  });
});
