// What is wrong in a policy file is said at start: all of it, each with its file and place.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { readPolicies } from "../src/store/policy-files.ts";
import { POLICIES } from "./support/policies.ts";

describe("a policy file that is wrong", () => {
  const folder = mkdtempSync(join(tmpdir(), "policies-"));
  const read =
    (area = "oldham") =>
    () =>
      readPolicies(pathToFileURL(`${folder}/`), area);
  beforeEach(() => cpSync(POLICIES, folder, { recursive: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  function change(file: string, edit: (content: Record<string, never>) => unknown): void {
    const content = JSON.parse(readFileSync(join(folder, file), "utf8")) as Record<string, never>;
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
    [
      "england.json",
      ["clocks", 0, "within"],
      { workingDays: 0 },
      "/clocks/0/within: must be a whole number of workingDays from 1 to 250",
    ],
    [
      "england.json",
      ["clocks", 0, "within"],
      { hours: 1.5 },
      "/clocks/0/within: must be a whole number of hours from 1 to 2000",
    ],
    ["england.json", ["clocks", 0, "within"], { weeks: 1 }, "/clocks/0/within: must be one amount of time, such as "],
    ["england.json", ["clocks", 0, "within"], { days: 1, months: 1 }, "/clocks/0/within: must be one amount of time"],
    ["england.json", ["clocks", 0, "within"], null, "/clocks/0/within: must be one amount of time"],
    ["england.json", ["clocks", 0, "within"], undefined, "/clocks/0/within: must be one amount of time"],
    [
      "england.json",
      ["clocks", 0, "startedBy", 0, "step"],
      "A_STEP",
      "/clocks/0/startedBy/0/step: names no kind of step",
    ],
    ["england.json", ["clocks", 0, "metBy", 0], "A_STEP", "/clocks/0/metBy/0: names no kind of step"],
    ["england.json", ["clocks", 0, "endedBy"], [{ step: "A_STEP" }], "/clocks/0/endedBy/0/step: names no kind of step"],
    [
      "england.json",
      ["clocks", 0, "startedBy", 0, "outcomes"],
      ["WELL"],
      "/clocks/0/startedBy/0/outcomes/0: names no outcome of a step",
    ],
    [
      "england.json",
      ["clocks", 0, "metBy"],
      undefined,
      "/clocks/0/metBy: must name what meets a clock that a step starts",
    ],
    ["england.json", ["clocks", 0, "source"], undefined, "/clocks/0/source: "],
    [
      "england.json",
      ["clocks", 0, "startedBy", 0, "whenItMet"],
      ["none", "no-rule"],
      "/clocks/0/startedBy/0/whenItMet: names no rule: no-rule",
    ],
    [
      "england.json",
      ["clocks", 0, "startedBy", 0, "whenItMet"],
      ["core-group-next"],
      "/clocks/0/startedBy/0/whenItMet: names no rule: core-group-next",
    ],
    [
      "england.json",
      ["clocks", 0, "effectiveUntil"],
      "2013-04-14",
      "/clocks/0/effectiveUntil: must not be before effectiveFrom",
    ],
    [
      "england.json",
      ["clocks", 1, "rule"],
      "referral-decision",
      "/clocks/1/effectiveFrom: overlaps with another edition of referral-decision: end that one by its effectiveUntil",
    ],
    [
      "england.json",
      ["clocks", 0, "notBefore"],
      { workingDays: 2 },
      "/clocks/0/notBefore: must be in the unit of `within` and open before it ends",
    ],
    ["oldham.json", ["owners", 0, "teamId"], "nobody", "/owners/0/teamId: names no team of this file"],
    ["oldham.json", ["owners", 0, "role"], "BOSS", "/owners/0/role: "],
    ["oldham.json", ["owners", 0, "rules"], ["no-rule"], "/owners/0/rules: names no rule: no-rule"],
    ["oldham.json", ["owners", 0, "rules"], undefined, "/owners/0: must name its rules: only the last owns all others"],
    ["oldham.json", ["owners", 1, "rules"], ["referral-decision"], "/owners/1/rules: names referral-decision, which "],
    ["oldham.json", ["owners", 4, "rules"], ["icpc"], "/owners/4: the last must own every other rule: no `rules`"],
    ["oldham.json", ["closures"], [{ on: "Tuesday", because: "x" }], "/closures/0/on: must be a day, YYYY-MM-DD"],
    ["oldham.json", ["closures"], [{ on: "2026-12-29" }], "/closures/0/because: "],
    ["oldham.json", ["officeHours", "closes"], "09:00", "/officeHours/closes: must be later than opens"],
    ["oldham.json", ["officeHours", "opens"], "9 am", "/officeHours/opens: must be a time of day, HH:MM"],
    ["oldham.json", ["silence", "rungs", 0, "tell"], "BOSS", "/silence/rungs/0/tell: "],
    ["oldham.json", ["silence", "source"], undefined, "/silence/source: "],
    ["oldham.json", ["telling", "digestAt"], "24:00", "/telling/digestAt: must be a time of day, HH:MM"],
    ["oldham.json", ["telling", "unreadMinutes"], 0, "/telling/unreadMinutes: "],
    ["ladders/oldham.json", ["immediateRiskOpensStage"], 6, "/immediateRiskOpensStage: must be one of the 5 stages"],
    ["ladders/oldham.json", ["id"], "oxfordshire", "/id: must be the file's own name"],
    ["ladders/oldham.json", ["stages"], [], "/stages: "],
    ["ladders/oldham.json", ["stages", 0, "answers"], "BOSS", "/stages/0/answers: "],
    ["ladders/oldham.json", ["stages", 0, "source"], undefined, "/stages/0/source: "],
    ["ladders/oldham.json", ["excludes", 1, "category"], "CONFERENCE_DECISION", "/excludes/1/category: is excluded "],
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
    change("oldham.json", set(["telling", "digestAt"], "late"));
    change("england.json", set(["clocks", 0, "rule"], "!"));
    writeFileSync(join(folder, "bank-holidays.json"), "{");
    expect(read()).toThrow(
      /^policies\/england.json at .*\n.*policies\/bank-holidays.json: is not JSON[^]*oldham.json at \/teams[^]*oldham.json at \/telling/,
    );
  });

  it("is named where a limit that nobody may move is said to extend", () => {
    change("england.json", (content) => {
      const clocks = (content as Record<string, { rule: string; fixed: boolean }[]>)["clocks"]!;
      Object.assign(
        clocks.find(({ rule }) => rule === "emergency-protection-order")!,
        { fixed: true },
      );
    });
    expect(read()).toThrow(
      /england.json at \/clocks\/\d+\/extendsBy: a limit that nobody may move \(fixed\) is never extended/,
    );
  });

  it("is named where an area's ladder is missing", () => {
    change("oldham.json", set(["disagreement"], "avon"));
    expect(read()).toThrow("policies/ladders/avon.json: cannot be read");
  });

  it("may be changed for the better: another ladder, a stricter clock, a closure, an edition that ended", () => {
    change("oldham.json", set(["disagreement"], "sefton"));
    change("oldham.json", set(["closures"], [{ on: "2026-12-29", because: "Offices closed" }]));
    const own = { ...clockOf("assessment"), within: { workingDays: 35 }, status: "local" };
    change("oldham.json", (content) => (content as { clocks?: unknown[] }).clocks?.push(own));
    const old = { ...clockOf("icpc"), effectiveFrom: "2010-01-01", effectiveUntil: "2013-04-14" };
    change("england.json", (content) => (content as { clocks?: unknown[] }).clocks?.push(old));
    const { area } = read()();
    expect(area.disagreement).toMatchObject({ id: "sefton", immediateRiskOpensStage: 2 });
    expect(area.disagreement.stages.map(({ tellsBusinessManager }) => tellsBusinessManager)).toEqual([
      false,
      true,
      true,
    ]);
    expect(area.closures).toHaveLength(1);
  });

  const clockOf = (name: string): object =>
    (JSON.parse(readFileSync(new URL("england.json", POLICIES), "utf8")) as { clocks: { rule: string }[] }).clocks.find(
      ({ rule }) => rule === name,
    )!;

  it.each<[string, string, object, string]>([
    ["gives more time", "assessment", { within: { workingDays: 46 } }, "/within: must be in the unit of the nation's"],
    ["counts otherwise", "assessment", { within: { days: 45 } }, "/within: must be in the unit of the nation's"],
    ["asks for less notice", "private-fostering-notice", { within: { days: 41 } }, "/within: must be in the unit of"],
    [
      "lets anybody move it",
      "police-protection",
      { fixed: false },
      "/fixed: must be as in the nation's police-protection",
    ],
    ["extends it further", "emergency-protection-order", { extendsBy: { days: 8 } }, "/extendsBy: must be given, and"],
    [
      "extends it without end",
      "emergency-protection-order",
      { extendsBy: undefined },
      "/extendsBy: must be given, and",
    ],
    ["has it met by less", "icpc", { metBy: ["CORE_GROUP_HELD"] }, "/metBy: must be as in the nation's icpc"],
  ])("is named where an area's clock %s", (...[, name, given, problem]) => {
    const local = { ...clockOf(name), ...given };
    change("oldham.json", (content) => (content as { clocks?: unknown[] }).clocks?.push(local));
    expect(read()).toThrow(new RegExp(`policies/oldham.json at /clocks/\\d+${problem}`));
  });

  it("is named where it is missing", () => expect(read("avon")).toThrow("policies/avon.json: cannot be read"));
});
