// Synthetic families only.

import { describe, expect, it } from "vitest";
import { familyClaims } from "../../src/domain/genogram-claims.ts";
import { openQuestions } from "../../src/domain/genogram-questions.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import type { StatedRelationship } from "../../src/domain/statements.ts";
import { claim, finder, NO_RECORD, SILENT, views, WITHHELD } from "../support/family-claims.ts";
import { named } from "../support/statements.ts";

type Said = Parameters<typeof views>[0];

const ask = (said: Said, find = finder({})) => openQuestions(views(said), familyClaims(views(said), find));
const KNOWN = { parentalResponsibility: true, otherBornOn: plainDate("1994-11-08") };
const is = (role: StatedRelationship["role"], forename: string, said: Partial<StatedRelationship> = {}) =>
  claim(role, { otherName: named(forename, "Example"), ...KNOWN, ...said });
const missing = (said: Said) =>
  ask(said)!.flatMap(({ question }) => (question.endsWith("NOT_RECORDED") ? [question.split("_")[0]] : []));

describe("parents whom nobody names are asked for", () => {
  it.each<[string, Said, readonly string[]]>([
    ["a mother alone", { HEALTH: [is("MOTHER", "Rachel")] }, ["FATHER"]],
    ["a father alone", { HEALTH: [is("FATHER", "Daniel")] }, ["MOTHER"]],
    ["both", { HEALTH: [is("MOTHER", "Rachel"), is("FATHER", "Daniel")] }, []],
    ["one by each of two agencies", { HEALTH: [is("MOTHER", "Rachel")], POLICE: [is("FATHER", "Daniel")] }, []],
    ["nobody", { HEALTH: [] }, ["MOTHER", "FATHER"]],
    ["a brother only", { HEALTH: [is("SIBLING", "Noah")] }, ["MOTHER", "FATHER"]],
    ["a mother and a step-father", { HEALTH: [is("MOTHER", "Rachel"), is("STEP_FATHER", "Daniel")] }, ["FATHER"]],
    ["a mother and a foster carer", { HEALTH: [is("MOTHER", "Rachel"), is("FOSTER_CARER", "Ann")] }, ["FATHER"]],
    ["two mothers by one agency", { HEALTH: [is("MOTHER", "Rachel"), is("MOTHER", "Helen")] }, []],
    ["one mother by two agencies", { HEALTH: [is("MOTHER", "Rachel")], POLICE: [is("MOTHER", "Rachel")] }, ["FATHER"]],
    ["two mothers by two agencies", { HEALTH: [is("MOTHER", "Rachel")], POLICE: [is("MOTHER", "Helen")] }, ["FATHER"]],
    ["a mother and a parent", { HEALTH: [is("MOTHER", "Rachel"), is("PARENT", "Kim")] }, []],
    ["a mother and a parent without a name", { HEALTH: [is("MOTHER", "Rachel"), claim("PARENT", KNOWN)] }, ["FATHER"]],
    ["a mother, and the same as parent", { HEALTH: [is("MOTHER", "Rachel"), is("PARENT", "Rachel")] }, ["FATHER"]],
    ["one parent", { HEALTH: [is("PARENT", "Kim")] }, ["OTHER"]],
    ["two parents", { HEALTH: [is("PARENT", "Kim"), is("PARENT", "Lee")] }, []],
    [
      "a father who was, and one who is",
      {
        HEALTH: [is("FATHER", "Karl", { untilOn: plainDate("2020-01-01") }), is("FATHER", "Daniel")],
      },
      ["MOTHER"],
    ],
    [
      "an adoptive parent: nobody is sent to find who they were born to",
      { HEALTH: [is("ADOPTIVE_PARENT", "Ann")] },
      [],
    ],
  ])("beside %s", (_, said, expected) => expect(missing(said)).toEqual(expected));

  it.each<[string, Said, string, readonly string[], readonly string[]]>([
    ["everybody answered", { HEALTH: [], EDUCATION: [] }, "NONE_RECORDED", ["health", "education"], []],
    ["one has no record", { HEALTH: [], POLICE: NO_RECORD }, "NONE_RECORDED", ["health"], ["police"]],
    ["one did not answer", { HEALTH: [], POLICE: SILENT }, "SOME_COULD_NOT_SAY", ["health"], ["police"]],
    ["one withholds", { HEALTH: [], POLICE: WITHHELD }, "SOME_COULD_NOT_SAY", ["health"], ["police"]],
    ["nobody answered", { HEALTH: SILENT, POLICE: SILENT }, "NOBODY_COULD_SAY", [], ["health", "police"]],
    ["nobody has a record", { HEALTH: NO_RECORD }, "NOBODY_COULD_SAY", [], ["health"]],
  ])("and it is said what silence is worth: %s", (_, said, silence, asked, couldNotSay) => {
    const father = ask(said)!.find(({ question }) => question === "FATHER_NOT_RECORDED")!;
    expect(father.silence).toBe(silence);
    expect(father.ask.map(({ id }) => id).sort()).toEqual([...asked].sort());
    expect([...father.couldNotSay].sort()).toEqual([...couldNotSay].sort());
    expect(father.inWords).toContain("father");
  });

  it("but not where the family is withheld: the answer may be whom nobody may find", () => {
    expect(ask({ HEALTH: WITHHELD, POLICE: SILENT, EDUCATION: NO_RECORD })).toBeNull();
  });
});

describe("what is not known of a parent", () => {
  const about = (said: Said, find = finder({})) =>
    ask(said, find)!.map(({ question, ask: by }) => [question, by.map(({ id }) => id)]);

  it("is asked of those who name them", () => {
    const mother = is("MOTHER", "Rachel", { parentalResponsibility: null, otherBornOn: null });
    expect(about({ HEALTH: [mother, is("FATHER", "Daniel")], POLICE: [] })).toEqual([
      ["PARENTAL_RESPONSIBILITY_NOT_RECORDED", ["health"]],
      ["DATE_OF_BIRTH_NOT_RECORDED", ["health"]],
    ]);
  });

  it("is no question where one agency says it", () => {
    const mother = is("MOTHER", "Rachel", { parentalResponsibility: null, otherBornOn: null, otherRecordId: "one" });
    const said = {
      HEALTH: [mother, is("FATHER", "Daniel")],
      POLICE: [is("MOTHER", "Rachel", { otherRecordId: "one" })],
    };
    expect(about(said, finder({ one: "p1" }))).toEqual([]);
  });

  it("is no question where no parental responsibility is what is said", () => {
    const father = is("FATHER", "Daniel", { parentalResponsibility: false });
    expect(about({ HEALTH: [is("MOTHER", "Rachel"), father] })).toEqual([]);
  });

  it("is not asked of a step-father or a brother", () => {
    const both = [is("MOTHER", "Rachel"), is("FATHER", "Karl")];
    expect(about({ HEALTH: [...both, claim("STEP_FATHER"), claim("SIBLING")] })).toEqual([]);
  });

  it("includes whether two claims mean one person", () => {
    const said = { HEALTH: [is("MOTHER", "Rachel"), is("FATHER", "Karl")], EDUCATION: [is("MOTHER", "Rachel")] };
    const [only] = ask(said)!;
    expect(only).toMatchObject({ question: "MAY_BE_ONE_PERSON", relativeIds: ["relative-1", "relative-2"] });
    expect(only!.inWords).toBe("education, health may mean one person: Rachel Example. Nobody has confirmed it.");
  });
});
