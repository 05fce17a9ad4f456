import { assert, array, constantFrom, property, record } from "fast-check";
import { describe, expect, it } from "vitest";
import { type Sector, SECTORS } from "../../src/domain/agency.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { bornOnAsKnown, fullName, prefer, type StatedValue } from "../../src/domain/preference.ts";
import type { DateAccuracy } from "../../src/domain/statements.ts";
import { agencyOf, demographics, named, PROVENANCE } from "../support/statements.ts";

const says = (sector: Sector, value: string): StatedValue => ({
  value,
  agency: agencyOf(sector),
  provenance: PROVENANCE,
});

describe("which statement comes first", () => {
  it.each([
    ["identity", "HEALTH"],
    ["everyday", "EDUCATION"],
    ["census", "SOCIAL_CARE"],
  ] as const)("for %s is %s", (trade, sector) => {
    const all = SECTORS.map((each) => says(each, `as ${each} has it`));
    expect(prefer(trade, all)).toMatchObject({ preferred: `as ${sector} has it`, disagree: true });
  });

  it.each([
    [[], null, false, "no agency that answered states one"],
    [[says("POLICE", "F")], "F", false, "only police states one"],
    [
      [says("POLICE", "F"), says("HEALTH", "F")],
      "F",
      false,
      "health comes first for this; every agency that states one agrees",
    ],
    [[says("POLICE", "F"), says("HEALTH", "M")], "M", true, "health comes first for this; others state something else"],
    [
      [says("HOUSING", "F"), says("POLICE", "M")],
      "M",
      true,
      "police comes first for this; others state something else",
    ],
    [
      [says("EDUCATION", "F"), says("EDUCATION", "M")],
      "F",
      true,
      "education comes first for this; others state something else",
    ],
  ])("of %j is %s", (...[statements, preferred, disagree, because]) =>
    expect(prefer("identity", statements)).toMatchObject({ preferred, disagree, because }),
  );

  it("hides no statement", () => {
    const statement = record({ value: constantFrom("a", "b"), sector: constantFrom(...SECTORS) });
    assert(
      property(array(statement), constantFrom("identity", "everyday", "census"), (rows, trade) => {
        const given = rows.map(({ sector, value }) => says(sector, value));
        const { statements, preferred, disagree } = prefer(trade, given);
        expect(new Set(statements)).toEqual(new Set(given));
        expect(statements).toHaveLength(given.length);
        expect(preferred).toBe(statements[0]?.value ?? null);
        expect(disagree).toBe(new Set(rows.map(({ value }) => value)).size > 1);
      }),
    );
  });
});

describe("a name on one line", () => {
  it.each([
    [named("Amelia", "Hartley"), "Amelia Hartley"],
    [named("Amelia", null), "Amelia"],
    [{ use: "KNOWN_AS" as const, forenames: ["Amelia", "Rose"], surname: "Hartley" }, "Amelia Rose Hartley"],
    [{ use: "FORMER" as const, forenames: [], surname: "Hartley" }, "Hartley"],
  ])("of %j is %s", (name, line) => expect(fullName(name)).toBe(line));
});

describe("a date of birth as known", () => {
  it.each<[DateAccuracy, string]>([
    ["DAY", "2015-03-17"],
    ["MONTH", "2015-03"],
    ["YEAR", "2015"],
  ])("to the %s is %s", (bornOnAccuracy, shown) =>
    expect(bornOnAsKnown(demographics({ bornOn: plainDate("2015-03-17"), bornOnAccuracy }))).toBe(shown),
  );

  it("is nothing for an unborn child", () =>
    expect(bornOnAsKnown(demographics({ expectedOn: plainDate("2026-06-01") }))).toBeNull());
});
