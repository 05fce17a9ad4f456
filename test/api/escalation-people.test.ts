import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Escalation, EscalationStep } from "../../src/schema/escalation.ts";
import { RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type ActName, type EscalationWorld, makeEscalationWorld } from "../support/escalation-world.ts";
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
  beforeEach(() => {
    world.setNow(BEFORE_EASTER);
    our.useLadder("oxfordshire");
  });

  it.each(["teacher", "health-visitor", "police-officer", "social-worker", "mash-manager", "conference-chair"])(
    "is for a %s to raise",
    async (person) => expect(await our.code("raise", person, our.challenge())).toBeNull(),
  );

  it.each(["board-manager", "data-protection-officer", "agency-developer", "nobody"])(
    "is not for a %s to raise",
    async (person) => {
      const input = our.challenge();
      expect(await our.code("raise", person, input)).toBe("NOT_ALLOWED");
      expect(await our.db.countBy(Escalation, { key: input.key })).toBe(0);
    },
  );

  it("is answered, moved and ended by those whose it is, and by nobody else", async () => {
    const { id } = await our.raise();
    const acts: readonly (readonly [ActName, Record<string, unknown>])[] = [
      ["answer", { id, stage: 1, answer: "No." }],
      ["moveUp", { id, stage: 1, reason: why }],
      ["resolve", { id, outcome: "Done." }],
      ["withdraw", { id, why }],
      ["agree", { id, action: "Visit.", byOn: "2026-04-10" }],
      ["risk", { id, why }],
    ];
    const refused: Record<string, readonly ActName[]> = {
      teacher: ["answer"],
      "social-worker": ["moveUp", "resolve", "withdraw"],
      "health-visitor": ["answer", "moveUp", "resolve", "withdraw", "agree", "risk"],
      "police-officer": ["answer", "moveUp", "resolve", "withdraw", "agree", "risk"],
      "board-manager": ["answer", "moveUp", "resolve", "withdraw", "agree", "risk"],
      "data-protection-officer": ["answer", "moveUp", "resolve", "withdraw", "agree", "risk"],
      nobody: ["answer", "moveUp", "resolve", "withdraw", "agree", "risk"],
    };
    for (const [person, names] of Object.entries(refused))
      for (const [name, input] of acts.filter(([each]) => names.includes(each)))
        expect([person, name, await our.code(name, person, input)]).toEqual([person, name, "NOT_ALLOWED"]);
    expect(await our.db.countBy(EscalationStep, { escalationId: id })).toBe(1);
    expect(await our.code("answer", "teacher", { ...acts[0]?.[1], id: our.childId })).toBe("NOT_ALLOWED");
    expect(await our.code("risk", "social-worker", { id: our.childId, why })).toBe("NOT_FOUND");
  });

  it("within one agency is answered by another than its raiser, and stilled by nobody but them", async () => {
    const { id } = await our.raise({}, "social-worker");
    expect(await our.code("answer", "social-worker", { id, stage: 1, answer: "I agree." })).toBe("NOT_ALLOWED");
    expect(await our.code("withdraw", "mash-manager", { id, why })).toBe("NOT_ALLOWED");
    expect(await our.code("answer", "mash-manager", { id, stage: 1, answer: "We shall look again." })).toBeNull();
    expect(await our.code("resolve", "social-worker", { id, outcome: "Looked at again." })).toBeNull();
  });

  it("is open with its words to both sides and the whole story, and to nobody else", async () => {
    const { id } = await our.raise();
    for (const person of ["teacher", "social-worker", "mash-manager", "conference-chair"])
      expect([person, (await our.read(id, person)).history[0].words]).toEqual([
        person,
        expect.stringContaining("Three"),
      ]);
    for (const person of ["health-visitor", "police-officer", "board-manager", "data-protection-officer", "nobody"])
      expect([person, await our.readCode(id, person)]).toEqual([person, "NOT_ALLOWED"]);
    expect(await our.readCode(our.childId, "social-worker")).toBe("NOT_FOUND");
    expect(await our.readCode("rubbish", "social-worker")).toBe("NOT_FOUND");
  });

  it("is open to the business manager once told: without child and words, but for a stage of the partnership's own", async () => {
    const { id } = await our.raise();
    await our.ok("risk", "teacher", { id, why });
    const seen = await our.read(id, "board-manager");
    expect(seen).toMatchObject({ stage: 3, category: "THRESHOLD", child: null });
    expect(seen.history.map(({ words, wanted }: EscalationStep) => words ?? wanted)).toEqual([null, null, null]);
    expect(await our.code("answer", "board-manager", { id, stage: 3, answer: "No." })).toBe("NOT_ALLOWED");
    await our.ok("moveUp", "teacher", { id, stage: 3, reason: why });
    const ours = await our.read(id, "board-manager");
    expect([ours.child, ours.history[0].words]).toEqual([null, expect.stringContaining("Three")]);
    const answered = await our.ok("answer", "board-manager", { id, stage: 4, answer: "The panel decided: assess." });
    expect(answered.clock.state).toBe("MET");
  });
});
