import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ClockRule } from "../src/domain/clock-rule.ts";
import type { DisagreementLadder } from "../src/domain/escalation.ts";
import { routeOf } from "../src/domain/routing.ts";
import { STEP_KINDS } from "../src/domain/statutory-step.ts";
import { areasIn, policiesFolder, readPolicies } from "../src/store/policy-files.ts";
import { LADDER } from "../src/store/policy-ladders.ts";
import { national, POLICIES } from "./support/policies.ts";

const AREAS = areasIn(POLICIES);

describe("the areas that ship", () => {
  it("are Oldham and Oxfordshire", () => expect(AREAS).toEqual(["oldham", "oxfordshire"]));

  it("lie where the program looks", () => expect(policiesFolder()).toEqual(POLICIES));

  it.each(AREAS)("include %s, valid and under its own name", (id) => {
    const { area } = readPolicies(POLICIES, id);
    expect(area.id).toBe(id);
    for (const { level, danger } of area.levels.flatMap(({ id }) =>
      [true, false].map((danger) => ({ level: id, danger })),
    ))
      expect(area.teams.map((team) => team.id)).toContain(
        routeOf({ level, immediateDanger: danger }, area.routing).teamId,
      );
  });

  it.each(AREAS)("name the agencies that systems are connected for: %s", (id) => {
    const ids = readPolicies(POLICIES, id).area.agencies.map((agency) => agency.id);
    expect(ids).toEqual(expect.arrayContaining(["social-care", "health", "police", "education"]));
  });

  it.each(AREAS)("give no telephone number that rings: %s", (id) => {
    for (const { phone } of readPolicies(POLICIES, id).area.teams)
      expect(phone).toMatch(/^(01632 960|07700 900)\d{3}$/);
  });
});

/** Names that others rely on: dashboards, agencies' systems, what was stored under them. */
const RELIED_ON = [
  "referral-decision assessment icpc core-group-first cp-review-first cp-review-next",
  "looked-after-review-first looked-after-review-second looked-after-review-next looked-after-visit-first",
  "police-protection emergency-protection-order return-interview lado-referral serious-incident-notification",
  "rapid-review safeguarding-review-publication private-fostering-visit",
].flatMap((names) => names.split(" "));

describe("the clocks that ship", () => {
  const areas = AREAS.map((id) => readPolicies(POLICIES, id).area);
  const all = [...national.clocks, ...areas.flatMap(({ clocks }) => clocks)];

  it("keep the names that others rely on", () =>
    expect(national.clocks.map(({ rule }) => rule)).toEqual(expect.arrayContaining(RELIED_ON)));

  it.each(all)("$rule names its source, edition and status", ({ source, guidanceVersion, effectiveFrom, status }) => {
    expect(source.length).toBeGreaterThan(20);
    expect(guidanceVersion).toMatch(/\d{4}/);
    expect(effectiveFrom <= "2023-01-01").toBe(true);
    expect(["verified", "local", "unverified"]).toContain(status);
  });

  it.each(all)("$rule makes a sentence of what starts it and what it owes", ({ starts, owes }) => {
    for (const words of [starts, owes]) expect(words).toMatch(/^[a-z].*[^.]$/);
  });

  it("never present another area's number as confirmed", () => {
    const wrong = areas
      .flatMap(({ clocks }) => clocks)
      .filter(({ source, status }) => status !== (source.includes("has not confirmed") ? "unverified" : "local"));
    expect(wrong).toEqual([]);
  });

  it("start by every step that opens something, and end by every step that closes it", () => {
    const named = new Set(
      all.flatMap(({ startedBy = [], metBy = [], endedBy = [] }) => [
        ...startedBy.flatMap(({ step, countsFrom }) => [step, ...(countsFrom ? [countsFrom] : [])]),
        ...metBy,
        ...endedBy.map(({ step }) => step),
      ]),
    );
    expect(STEP_KINDS.filter((kind) => !named.has(kind))).toEqual([]);
  });

  const started = all.filter(({ startedBy }) => startedBy !== undefined);
  const isShort = ({ within }: ClockRule) =>
    ("hours" in within && within.hours <= 72) || ("workingDays" in within && within.workingDays <= 3);

  it("are urgent where they are short and a step starts them", () =>
    expect(started.filter((clock) => isShort(clock) && !clock.urgent)).toEqual([]));

  it("remind before they are due, wherever a step starts them", () =>
    expect(started.filter(({ remind }) => remind.length === 0)).toEqual([]));

  it("are fixed where law, or what it keeps watch over, lets nobody move them", () => {
    expect(national.clocks.filter(({ fixed }) => fixed).map(({ rule }) => rule)).toEqual([
      "police-protection",
      "child-assessment-order",
      // Two people could else agree that nobody looks at why glass was broken.
      "break-glass-review",
    ]);
    expect(national.clocks.find(({ rule }) => rule === "emergency-protection-order")).toMatchObject({
      fixed: false,
      extendsBy: { days: 7 },
    });
  });

  it("count as reviews where they are", () => {
    expect(national.clocks.filter(({ review }) => review).map(({ rule }) => rule)).toEqual([
      "cp-review-first",
      "cp-review-next",
      "looked-after-review-first",
      "looked-after-review-second",
      "looked-after-review-next",
    ]);
  });
});

describe.each(AREAS)("%s", (id) => {
  const { area } = readPolicies(POLICIES, id);

  it("has an owner for whatever is owed", () => {
    const { teamId, rules } = area.owners.at(-1)!;
    expect([teamId, rules]).toEqual(["assessment", undefined]);
  });

  it("tells of silence up to an executive", () => {
    expect(area.silence.map(({ after, tell }) => [tell, after])).toEqual([
      ["MANAGER", { hours: 0 }],
      ["ESCALATION_LEAD", { workingDays: 1 }],
      ["BUSINESS_MANAGER", { workingDays: 2 }],
      ["EXECUTIVE", { workingDays: 5 }],
    ]);
  });

  it("has office hours, a digest and no closures yet", () => {
    expect(area.officeHours).toMatchObject({ opens: "09:00", closes: "17:00" });
    expect(area.telling).toMatchObject({ digestAt: "08:30", unreadMinutes: 60, confirmPostsEvery: { months: 3 } });
    expect(area.closures).toEqual([]);
  });

  it("reads the ladder that it names", () => expect(area.disagreement.id).toBe(id));
});

describe("the bank holidays", () => {
  const { from, until, days } = national.holidays;
  const all = [...days].map(([on, name]) => ({ on: on as string, name, weekday: new Date(on).getUTCDay() }));

  it("cover whole years", () => expect([from.slice(5), until.slice(5)]).toEqual(["01-01", "12-31"]));

  it.each([
    ["2023", 9],
    ["2024", 8],
    ["2025", 8],
    ["2026", 8],
    ["2027", 8],
    ["2028", 8],
  ])("of %s are %i", (year, count) => expect(all.filter(({ on }) => on.startsWith(year))).toHaveLength(count));

  it.each(all)("$on ($name) is a day of the week", ({ weekday }) => {
    expect(weekday).toBeGreaterThan(0);
    expect(weekday).toBeLessThan(6);
  });

  it.each(all.filter(({ name }) => /bank holiday|Monday|Coronation/.test(name)))(
    "$on ($name) is a Monday",
    ({ weekday }) => expect(weekday).toBe(1),
  );

  it.each(all.filter(({ name }) => name === "Good Friday"))("$on is a Friday, with its Monday", ({ on, weekday }) => {
    const monday = new Date(Date.parse(on) + 3 * 86_400_000).toISOString().slice(0, 10);
    expect([weekday, days.get(monday as typeof from)]).toEqual([5, "Easter Monday"]);
  });

  /** The first Sunday after the full moon of spring, by the calendar's own arithmetic (anonymous Gregorian computus). */
  function easter(year: number): string {
    const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
    const f = Math.floor((b + 8) / 25);
    const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - f + 1) / 3) + 15) % 30;
    const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
    const sum = h + l - 7 * Math.floor((a + 11 * h + 22 * l) / 451) + 114;
    return new Date(Date.UTC(year, Math.floor(sum / 31) - 1, (sum % 31) + 2)).toISOString().slice(0, 10);
  }

  it.each([2023, 2024, 2025, 2026, 2027, 2028])("put Easter Monday of %i where the moon does", (year) =>
    expect(days.get(easter(year) as typeof from)).toBe("Easter Monday"),
  );

  it.each(all.filter(({ name }) => /^(Early May|Spring|Summer) /.test(name)))(
    "$on ($name) is first or last of its month",
    ({ on, name }) => {
      const day = Number(on.slice(8));
      expect(on.slice(5, 7)).toBe(name.startsWith("Summer") ? "08" : "05");
      if (name.startsWith("Early")) expect(day).toBeLessThanOrEqual(7);
      else expect(day).toBeGreaterThanOrEqual(25);
    },
  );

  it("give a substitute for each that falls on a weekend", () => {
    for (const year of [2023, 2024, 2025, 2026, 2027, 2028])
      for (const [fixed, name] of [
        ["01-01", "New Year's Day"],
        ["12-25", "Christmas Day"],
        ["12-26", "Boxing Day"],
      ] as const) {
        const isWeekend = [0, 6].includes(new Date(`${year}-${fixed}`).getUTCDay());
        const listed = all.filter(({ on, name: listed }) => on.startsWith(String(year)) && listed.startsWith(name));
        expect(listed.map((day) => day.name)).toEqual([isWeekend ? `${name} (substitute)` : name]);
        if (!isWeekend) expect(listed[0]?.on).toBe(`${year}-${fixed}`);
      }
  });
});

describe("the ladders that ship", () => {
  const files = readdirSync(new URL("ladders/", POLICIES)).map((file) => file.replace(".json", ""));
  const ladders = files.map((id) => ({ id, ladder: ladderOf(id) }));

  it("are these", () =>
    expect(files.toSorted()).toEqual(["default", "lincolnshire", "oldham", "oxfordshire", "sefton"]));

  it.each(ladders)("$id is valid, under its own name, and says where its stages are from", ({ id, ladder }) => {
    expect(ladder.id).toBe(id);
    expect(ladder.source.length).toBeGreaterThan(20);
    expect(ladder.guidanceVersion).toMatch(/\d{4}/);
    expect(ladder.stages.length).toBeGreaterThanOrEqual(ladder.immediateRiskOpensStage);
  });

  it.each(ladders)("$id tells the business manager at some stage, and from then on", ({ ladder }) => {
    const tells = ladder.stages.map(({ tellsBusinessManager }) => tellsBusinessManager);
    expect(tells.at(-1)).toBe(true);
    expect(tells.toSorted()).toEqual(tells);
  });

  it.each(ladders)("$id leads each route that it excludes somewhere else", ({ ladder }) => {
    expect(ladder.excludes.map(({ category }) => category)).toContain("REVIEWING_OFFICER_CONCERN");
    for (const { because, instead } of ladder.excludes)
      expect(Math.min(because.length, instead.length)).toBeGreaterThan(20);
  });

  it("take the stages of the areas whose policies were read", () => {
    const stages = (id: string) =>
      ladderOf(id).stages.map(({ answers, within }) => [answers, Object.values(within)[0]]);
    expect(stages("lincolnshire")).toEqual([
      ["PRACTITIONER", 2],
      ["MANAGER", 5],
      ["ESCALATION_LEAD", 2],
      ["CHAIR", 5],
    ]);
    expect(stages("sefton")).toEqual([
      ["MANAGER", 5],
      ["ESCALATION_LEAD", 4],
      ["EXECUTIVE", 5],
    ]);
    expect(stages("oxfordshire").map(([answers]) => answers)).toEqual([
      "PRACTITIONER",
      "MANAGER",
      "ESCALATION_LEAD",
      "CHAIR",
    ]);
    expect(stages("oldham")).toEqual(stages("default"));
    expect(ladderOf("oldham").status).toBe("unverified");
  });
});

/** A ladder that ships, read as an area would. */
function ladderOf(id: string): DisagreementLadder {
  return LADDER.parse(JSON.parse(readFileSync(new URL(`ladders/${id}.json`, POLICIES), "utf8")));
}
