import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { routeOf } from "../src/domain/routing.ts";
import { readPolicies } from "../src/store/policy-files.ts";
import { national, POLICIES } from "./support/policies.ts";

const AREAS = readdirSync(POLICIES)
  .filter((file) => !["england.json", "bank-holidays.json"].includes(file))
  .map((file) => file.replace(".json", ""));

describe("the areas that ship", () => {
  it("are Oldham and Oxfordshire", () => expect(AREAS.toSorted()).toEqual(["oldham", "oxfordshire"]));

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

describe("the clocks of England", () => {
  it.each(national.clocks)(
    "$rule names its source and edition",
    ({ source, guidanceVersion, effectiveFrom, workingDays }) => {
      expect(source.length).toBeGreaterThan(20);
      expect(guidanceVersion).toMatch(/\d{4}/);
      expect(effectiveFrom <= "2026-01-01").toBe(true);
      expect(workingDays).toBeGreaterThan(0);
    },
  );
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

describe("a policy file that is wrong", () => {
  const folder = mkdtempSync(join(tmpdir(), "policies-"));
  const read =
    (area = "oldham") =>
    () =>
      readPolicies(pathToFileURL(`${folder}/`), area);
  beforeEach(() => cpSync(POLICIES, folder, { recursive: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  function change(file: string, edit: (content: Record<string, never>) => unknown): void {
    const content = JSON.parse(readFileSync(new URL(file, POLICIES), "utf8")) as Record<string, never>;
    edit(content);
    writeFileSync(join(folder, file), JSON.stringify(content));
  }
  const set = (path: (string | number)[], value: unknown) => (content: unknown) => {
    const at = path
      .slice(0, -1)
      .reduce<Record<string, unknown>>((part, key) => part[key] as Record<string, unknown>, content as never);
    at[String(path.at(-1))] = value;
  };

  it.each<[string, (string | number)[], unknown, string]>([
    ["oldham.json", ["teams", 1, "agencyId"], "nobody", "/teams/1/agencyId: names no agency of this file"],
    ["oldham.json", ["routing", 1, "to"], "nobody", "/routing/1/to: names no team of this file"],
    ["oldham.json", ["routing", 1, "levels"], ["level-9"], "/routing/1/levels: names no level: level-9"],
    [
      "oldham.json",
      ["routing", 2, "levels"],
      ["level-3"],
      "/routing/2: the last rule must fit every referral, so that none is without an owner",
    ],
    [
      "oldham.json",
      ["routing", 2, "immediateDanger"],
      false,
      "/routing/2: the last rule must fit every referral, so that none is without an owner",
    ],
    ["oldham.json", ["agencies", 0, "sector"], "SOCIAL", "/agencies/0/sector: "],
    [
      "oldham.json",
      ["agencies", 0, "id"],
      "Social care",
      "/agencies/0/id: must be 1 to 40 lower-case letters, digits or hyphens",
    ],
    ["oldham.json", ["levels"], [], "/levels: "],
    ["oldham.json", ["raods"], [], "/: "],
    ["england.json", ["clocks", 0, "workingDays"], 0, "/clocks/0/workingDays: "],
    ["england.json", ["clocks", 0, "source"], "", "/clocks/0/source: "],
    [
      "england.json",
      ["clocks", 0, "effectiveFrom"],
      "2026-02-30",
      "/clocks/0/effectiveFrom: must be a day, YYYY-MM-DD",
    ],
    ["england.json", ["clocks", 0, "status"], "guessed", "/clocks/0/status: "],
    ["oldham.json", ["id"], "oxfordshire", "/id: must be the file's own name"],
    ["bank-holidays.json", ["until"], "2029-12-31", "/days: has none of 2029"],
    [
      "bank-holidays.json",
      ["days", "2026-6-1"],
      "A jubilee",
      "/days/2026-6-1: must be a day, YYYY-MM-DD, that is covered",
    ],
    ["bank-holidays.json", ["days", "2026-02-30"], "x", "/days/2026-02-30: must be a day, YYYY-MM-DD, that is covered"],
    ["bank-holidays.json", ["days", "2022-12-26"], "x", "/days/2022-12-26: must be a day, YYYY-MM-DD, that is covered"],
    ["bank-holidays.json", ["until"], "2028", "/until: must be a day, YYYY-MM-DD"],
  ])("is named with its place: %s %j", (...[file, path, value, problem]) => {
    change(file, set(path, value));
    expect(read()).toThrow(`policies/${file} at ${problem}`);
  });

  it("is named with all the others", () => {
    change("oldham.json", set(["teams", 0, "phone"], ""));
    change("england.json", set(["clocks", 0, "rule"], "!"));
    writeFileSync(join(folder, "bank-holidays.json"), "{");
    expect(read()).toThrow(
      /^policies\/england.json at .*\n.*policies\/bank-holidays.json: is not JSON[^]*policies\/oldham.json at /,
    );
  });

  it("is named where it is missing", () => expect(read("avon")).toThrow("policies/avon.json: cannot be read"));
});
