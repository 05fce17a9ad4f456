import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

const DEADLINE = `query ($rule: String!, $from: DateTimeISO!) { deadline(rule: $rule, from: $from) {
  rule owes from startedOn dueOn dueAt opensOn excluded { on because } explanation source guidanceVersion
  effectiveFrom effectiveUntil status } }`;
const RULES = `{ clockRules { rule starts owes within before fixed urgent review startedByStep local source
  guidanceVersion effectiveFrom effectiveUntil status } }`;

describe.each(ENGINES)("on $name, the graph", (engine) => {
  let world: LightHub;
  const deadline = (rule: string, from: string, as = "teacher") => world.ask(as, DEADLINE, { rule, from });

  beforeAll(async () => {
    world = await startLightHub(engine, {});
  });
  afterAll(() => world?.close());

  it("says by when something is due, and why", async () => {
    const { data } = await deadline("icpc", "2026-12-23T10:00:00Z");
    expect(data.deadline).toMatchObject({
      rule: "icpc",
      owes: "the initial child protection conference is held",
      startedOn: "2026-12-23",
      dueOn: "2027-01-18",
      dueAt: "2027-01-19T00:00:00.000Z",
      opensOn: null,
      explanation: expect.stringContaining("15 working days after the strategy discussion"),
      guidanceVersion: "Working Together 2023",
      effectiveFrom: "2013-04-15",
      effectiveUntil: null,
      status: "VERIFIED",
    });
    expect(data.deadline.excluded).toContainEqual({ on: "2027-01-01", because: "New Year's Day" });
  });

  it("knows the area's own clocks", async () => {
    const { data } = await deadline("core-group-next", "2026-03-02T10:00:00Z");
    expect(data.deadline).toMatchObject({ dueOn: "2026-03-30", status: "UNVERIFIED" });
  });

  it.each([
    ["an unknown rule", "icpcs", "2026-12-23T10:00:00Z", /^rule: use one of .*icpc, /],
    ["a year without bank holidays", "icpc", "2028-12-23T10:00:00Z", /^from: No bank holidays are known for 2029/],
    ...["0001-01-01T00:00:00Z", "1899-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "9999-12-31T23:59:59Z"].map(
      (from): [string, string, string, RegExp] => [
        `an instant at the ends of time, ${from}`,
        "icpc",
        from,
        /^from: lies outside the years that the hub counts in, 1900 to 2199$/,
      ],
    ),
    ["a day before the rule", "icpc", "2012-12-23T10:00:00Z", /^from: No rule icpc was in force on 2012-12-23/],
  ])("refuses %s", async (_, rule, from, sentence) => {
    const { errors } = await deadline(rule, from);
    expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(sentence), extensions: { code: "BAD_INPUT" } });
    expect(errors?.[0]?.message).not.toContain("icpcs");
  });

  it.each(["yesterday", "2026-02-30T10:00:00Z", "2026-12-23T10:00:00"])("refuses the start %s", async (from) => {
    const { data, errors } = await deadline("icpc", from);
    expect(data?.deadline).toBeUndefined();
    expect(errors?.[0]?.message).not.toContain(from);
  });

  it("refuses somebody without a role", async () => {
    for (const answer of [await deadline("icpc", "2026-12-23T10:00:00Z", "nobody"), await world.ask("nobody", RULES)])
      expect(answer.errors?.[0]?.extensions?.code).toBe("NOT_ALLOWED");
  });

  it("lists the clocks in force, in words", async () => {
    const { clockRules } = (await world.ask("teacher", RULES)).data;
    const named = (name: string) => clockRules.find(({ rule }: { rule: string }) => rule === name);
    expect(named("icpc")).toMatchObject({
      within: "15 working days",
      before: false,
      startedByStep: true,
      local: false,
    });
    expect(named("police-protection")).toMatchObject({ within: "72 hours", fixed: true, urgent: true });
    expect(named("review-conference-report")).toMatchObject({ before: true, local: true, status: "UNVERIFIED" });
  });
});
