// Synthetic families only.

import { describe, expect, it } from "vitest";
import { familyClaims } from "../../src/domain/genogram-claims.ts";
import { contradictionsIn } from "../../src/domain/genogram-contradictions.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import type { StatedRelationship } from "../../src/domain/statements.ts";
import { claim, finder, person, views } from "../support/family-claims.ts";
import { named } from "../support/statements.ts";

type Said = Partial<StatedRelationship>;

const RACHEL = named("Rachel", "Hartley");
const found = (said: Parameters<typeof views>[0], find = finder({ one: "p1" })) =>
  contradictionsIn(familyClaims(views(said), find));
const kinds = (said: Parameters<typeof views>[0]) => found(said).map(({ kind }) => kind);
const on = plainDate;

/** What two agencies say of one person whom the hub knows. */
const two = (mine: Said, theirs: Said, role: StatedRelationship["role"] = "MOTHER") => ({
  SOCIAL_CARE: [claim(role, { otherRecordId: "one", otherName: RACHEL, ...mine })],
  HEALTH: [claim(role, { otherRecordId: "one", otherName: RACHEL, ...theirs })],
});

describe("claims about one person", () => {
  it.each<[string, Said, Said, readonly string[]]>([
    ["the same", { parentalResponsibility: true }, { parentalResponsibility: true }, []],
    ["that one does not make", { parentalResponsibility: true }, { parentalResponsibility: null }, []],
    [
      "of parental responsibility, yes and no",
      { parentalResponsibility: true },
      { parentalResponsibility: false },
      ["PARENTAL_RESPONSIBILITY"],
    ],
    [
      "of parental responsibility, one after the other",
      { parentalResponsibility: true, untilOn: on("2020-12-31") },
      { parentalResponsibility: false, fromOn: on("2021-01-01") },
      ["ENDED"],
    ],
    ["of living there, yes and no", { livesWithChild: true }, { livesWithChild: false }, ["LIVES_WITH_CHILD"]],
    ["of being the main carer", { mainCarer: true }, { mainCarer: false }, ["MAIN_CARER"]],
    ["of two first days", { fromOn: on("2021-05-01") }, { fromOn: on("2021-06-01") }, ["STARTED"]],
    ["of one first day", { fromOn: on("2021-05-01") }, {}, []],
    ["of an end that the other does not know of", { untilOn: on("2024-01-01") }, {}, ["ENDED"]],
    ["of two names", {}, { otherName: named("Helen", "Marsh") }, ["NAME"]],
    ["of two spellings", {}, { otherName: named("Rachael", "Hartley-Shaw") }, []],
    ["of two birthdays", { otherBornOn: on("1994-11-08") }, { otherBornOn: on("1994-08-11") }, ["BORN_ON"]],
  ])("%s", (_, mine, theirs, expected) => expect(kinds(two(mine, theirs))).toEqual(expected));

  it.each([
    ["FATHER", "STEP_FATHER", ["ROLE"]],
    ["SIBLING", "HALF_SIBLING", ["ROLE"]],
    ["MOTHER", "ADOPTIVE_PARENT", ["ROLE"]],
    ["MOTHER", "PARENT", []],
    ["STEP_FATHER", "STEP_PARENT", []],
    ["GRANDPARENT", "OTHER_RELATIVE", []],
    ["GRANDPARENT", "GUARDIAN", []],
    ["AUNT_UNCLE", "FOSTER_CARER", []],
  ] as const)("as %s and as %s: %j", (mine, theirs, expected) => {
    const said = two({}, {}, mine);
    expect(kinds({ ...said, HEALTH: [claim(theirs, { otherRecordId: "one" })] })).toEqual(expected);
  });

  it("of an earlier time are history, which nobody else need have", () => {
    const earlier = claim("STEP_FATHER", { otherRecordId: "one", fromOn: on("2018-01-01"), untilOn: on("2019-01-01") });
    const again = claim("STEP_FATHER", { otherRecordId: "one", fromOn: on("2021-05-01") });
    const health = claim("STEP_FATHER", { otherRecordId: "one", fromOn: on("2021-05-01") });
    expect(kinds({ SOCIAL_CARE: [earlier, again], HEALTH: [health] })).toEqual([]);
  });

  it("each say who says what, in words", () => {
    const [only] = found(two({ parentalResponsibility: true }, { parentalResponsibility: false }));
    expect(only).toMatchObject({ relativeIds: ["relative-1"] });
    expect(only!.between.map(({ claim: { agency }, says }) => [agency.id, says])).toEqual([
      ["health", "no"],
      ["social-care", "yes"],
    ]);
    expect(only!.inWords).toBe("Parental responsibility of Rachel Hartley: health says no; social care says yes.");
  });

  it("count, too, where they may be one person, and it is said that nobody confirmed it", () => {
    const [only] = found({
      SOCIAL_CARE: [claim("MOTHER", { otherName: RACHEL, parentalResponsibility: true })],
      EDUCATION: [claim("MOTHER", { otherName: RACHEL, parentalResponsibility: false })],
    });
    expect(only!.kind).toBe("PARENTAL_RESPONSIBILITY");
    expect(only!.relativeIds).toHaveLength(2);
    expect(only!.inWords).toContain("Nobody has confirmed");
  });

  it("say nothing of where somebody restricted lives", () => {
    const find = finder({ one: person("p1", true) });
    expect(found(two({ livesWithChild: true }, { livesWithChild: false }), find)).toEqual([]);
  });
});

describe("who the father is", () => {
  const father = (forename: string, surname: string, said: Said = {}) =>
    claim("FATHER", { otherName: named(forename, surname), ...said });

  it("is contradicted where each of two agencies names a man whom the other does not", () => {
    const [only] = found({ SOCIAL_CARE: [father("Daniel", "Okafor")], HEALTH: [father("Karl", "Marsh")] });
    expect(only).toMatchObject({ kind: "FATHER", relativeIds: ["relative-1", "relative-2"] });
    expect(only!.inWords).toBe("Who the father is: health says Karl Marsh; social care says Daniel Okafor.");
  });

  it.each([
    ["one spells his name otherwise", { HEALTH: [father("Danny", "Okafor")] }],
    ["one does not name him", { HEALTH: [claim("FATHER")] }],
    ["one names nobody", { HEALTH: [] }],
    ["one names another man as step-father", { HEALTH: [claim("STEP_FATHER", { otherName: named("Karl", "Marsh") })] }],
  ])("is not, where %s", (_, said) => {
    expect(kinds({ SOCIAL_CARE: [father("Daniel", "Okafor")], ...said })).toEqual([]);
  });

  it("is not, where one agency names two and the other one of them", () => {
    const both = [father("Daniel", "Okafor", { otherRecordId: "one" }), father("Karl", "Marsh")];
    expect(kinds({ SOCIAL_CARE: both, HEALTH: [father("Daniel", "Okafor", { otherRecordId: "one" })] })).toEqual([]);
  });
});
