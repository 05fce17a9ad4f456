// Synthetic families only.

import {
  array,
  assert,
  boolean,
  constantFrom,
  option,
  property,
  record as recordOf,
  shuffledSubarray,
  tuple,
} from "fast-check";
import { describe, expect, it } from "vitest";
import type { AgencyView } from "../../src/domain/agency-view.ts";
import { SECTORS, type Sector } from "../../src/domain/agency.ts";
import { familyPicture, genogramOf, type IndexChild } from "../../src/domain/genogram.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { RELATIONSHIP_ROLES, type StatedRelationship } from "../../src/domain/statements.ts";
import { claim, finder, person, SILENT, views } from "../support/family-claims.ts";
import { agencyOf, fullView, named } from "../support/statements.ts";

const TODAY = plainDate("2026-03-02");
const AMELIA: IndexChild = {
  name: "Amelia Hartley",
  sex: "FEMALE",
  bornOn: "2019-03-14",
  expectedOn: null,
  diedOn: null,
};
const on = plainDate;
const draw = (said: Parameters<typeof views>[0], find = finder({})) =>
  genogramOf(familyPicture(views(said), find), AMELIA, TODAY);

const rachel = { otherName: named("Rachel", "Hartley"), otherBornOn: on("1994-11-08"), otherRecordId: "rachel" };
const daniel = { otherName: named("Daniel", "Okafor"), otherBornOn: on("1990-02-17"), otherRecordId: "daniel" };
const noah = { otherName: named("Noah", "Hartley-Okafor"), otherBornOn: on("2022-06-02"), otherRecordId: "noah" };

describe("the demo family's genogram", () => {
  const family = draw(
    {
      SOCIAL_CARE: [
        claim("MOTHER", { ...rachel, parentalResponsibility: true, livesWithChild: true }),
        claim("STEP_FATHER", {
          ...daniel,
          parentalResponsibility: false,
          livesWithChild: true,
          fromOn: on("2021-05-01"),
        }),
        claim("HALF_SIBLING", noah),
      ],
      HEALTH: [claim("MOTHER", rachel), claim("GRANDPARENT")],
    },
    finder({ rachel: "p-rachel", noah: "p-noah" }),
  );

  it("has a node for each person, and a place for the father, whom nobody names", () => {
    expect(family.nodes.map(({ id, kind, label, sex, asked }) => [id, kind, label, sex, asked])).toEqual([
      ["child", "INDEX_CHILD", "Amelia Hartley", "FEMALE", false],
      ["relative-1", "ADULT", "Rachel Hartley", "FEMALE", false],
      ["relative-2", "ADULT", "Daniel Okafor", "MALE", false],
      ["relative-3", "ADULT", null, null, false],
      ["relative-4", "CHILD", "Noah Hartley-Okafor", null, false],
      ["unknown-father", "UNKNOWN_PARENT", null, "MALE", true],
    ]);
    expect(family.nodes[1]).toMatchObject({ personId: "p-rachel", claimIds: ["claim-1", "claim-2"] });
    expect(family.nodes[1]!.claimedBy.map(({ id }) => id)).toEqual(["health", "social-care"]);
  });

  it("draws what is claimed, and no couple that nobody claims", () => {
    expect(family.links.map(({ parentId, childId, kind }) => [parentId, childId, kind])).toEqual([
      ["relative-1", "child", "BIRTH"],
      ["relative-2", "child", "STEP"],
      ["unknown-father", "child", "UNSTATED"],
    ]);
    expect(family.unions).toEqual([]);
    expect(family.ties.map(({ fromId, role }) => [fromId, role])).toEqual([
      ["relative-3", "GRANDPARENT"],
      ["relative-4", "HALF_SIBLING"],
    ]);
    expect(family.households).toMatchObject([
      { agency: { id: "social-care" }, memberIds: ["child", "relative-1", "relative-2"] },
    ]);
  });
});

describe("a genogram", () => {
  it("joins two parents whom one agency names, and not two whom two agencies name", () => {
    const mother = claim("MOTHER", rachel);
    const father = claim("FATHER", daniel);
    const known = finder({ rachel: "p1", daniel: "p2" });
    expect(draw({ SOCIAL_CARE: [mother], HEALTH: [father] }, known).unions).toEqual([]);
    expect(draw({ SOCIAL_CARE: [mother, father], HEALTH: [mother, father] }, known).unions).toEqual([
      {
        id: "union-1",
        kind: "PARENTS_OF",
        partnerIds: ["relative-1", "relative-2"],
        fromOn: null,
        untilOn: null,
        claimIds: ["claim-1", "claim-2", "claim-3", "claim-4"],
      },
    ]);
  });

  it("shows two claimed fathers as two people", () => {
    const karl = { otherName: named("Karl", "Marsh") };
    const { nodes, links } = draw({ SOCIAL_CARE: [claim("FATHER", daniel)], HEALTH: [claim("FATHER", karl)] });
    expect(nodes.filter(({ kind }) => kind === "ADULT").map(({ label }) => label)).toEqual([
      "Karl Marsh",
      "Daniel Okafor",
    ]);
    expect(links.filter(({ kind }) => kind === "BIRTH")).toHaveLength(2);
  });

  it("keeps households apart by agency, and leaves out who has gone", () => {
    const { households } = draw({
      SOCIAL_CARE: [
        claim("MOTHER", { ...rachel, livesWithChild: true }),
        claim("STEP_FATHER", { ...daniel, livesWithChild: true, untilOn: on("2025-12-31") }),
      ],
      EDUCATION: [claim("GRANDPARENT", { livesWithChild: true }), claim("MOTHER", { livesWithChild: false })],
      POLICE: [claim("HOUSEHOLD_MEMBER", { ...daniel })],
    });
    expect(households.map(({ agency, memberIds }) => [agency.id, memberIds.length])).toEqual([
      ["education", 2],
      ["police", 2],
      ["social-care", 2],
    ]);
  });

  it.each([
    ["a mother who is a child herself", claim("MOTHER", { otherBornOn: on("2010-01-01") }), "CHILD"],
    ["a brother who is grown up", claim("SIBLING", { otherBornOn: on("2000-01-01") }), "ADULT"],
    ["a mother without a birthday", claim("MOTHER"), "ADULT"],
    ["a brother without a birthday", claim("SIBLING"), "CHILD"],
    ["somebody in the household", claim("HOUSEHOLD_MEMBER"), "PERSON"],
    ["a child not yet born", claim("UNBORN_CHILD"), "UNBORN"],
  ])("shows %s as what they are", (_, one, kind) => {
    expect(draw({ HEALTH: [one] }).nodes[1]!.kind).toBe(kind);
  });

  it("shows no birthday where agencies disagree about it", () => {
    const said = {
      HEALTH: [claim("MOTHER", rachel)],
      POLICE: [claim("MOTHER", { ...rachel, otherBornOn: on("1994-08-11") })],
    };
    expect(draw(said, finder({ rachel: "p1" })).nodes[1]).toMatchObject({ personId: "p1", bornOn: null });
  });

  it("draws a partner of the child's own, and the child's child", () => {
    const said = { HEALTH: [claim("EX_PARTNER", { ...daniel, untilOn: on("2025-01-01") }), claim("UNBORN_CHILD")] };
    const { unions, links } = draw(said);
    expect(unions).toMatchObject([{ kind: "EX_PARTNERS", untilOn: "2025-01-01", partnerIds: ["child", "relative-1"] }]);
    expect(links).toContainEqual(expect.objectContaining({ parentId: "child", childId: "relative-2", kind: "BIRTH" }));
  });

  it("leaves no place open where nobody could be asked", () => {
    expect(draw({ HEALTH: SILENT }).nodes.map(({ kind }) => kind)).toEqual(["INDEX_CHILD"]);
  });
});

const DAYS = ["2015-01-01", "2019-03-14", "2024-08-01", "1990-02-17"].map(plainDate);
const someDay = option(constantFrom(...DAYS));
const flags = option(boolean());
const someName = option(
  tuple(constantFrom("Ann", "Anna", "Bo", "Cy"), option(constantFrom("Lee", "Lee-Shaw", "Marsh"))),
);

/** Claims by one agency, out of few people, names and days, so that they meet and clash. */
const someClaim = recordOf({
  role: constantFrom(...RELATIONSHIP_ROLES),
  otherRecordId: option(constantFrom("r1", "r2", "r3", "r4")),
  name: someName,
  otherBornOn: someDay,
  parentalResponsibility: flags,
  mainCarer: flags,
  livesWithChild: flags,
  fromOn: someDay,
  untilOn: someDay,
}).map(({ name, ...said }): StatedRelationship =>
  claim(said.role, { ...said, otherName: name && named(name[0], name[1]) }),
);

const someFamily = array(tuple(constantFrom<Sector>(...SECTORS), array(someClaim, { maxLength: 5 })), { maxLength: 4 })
  .map((said) => [...new Map(said)])
  .map((said) => said.map(([sector, claims]) => ({ sector, claims })));

const FIND = finder({ r1: "p1", r2: "p2", r4: person("p4", true) });

const viewsOf = (family: readonly { sector: Sector; claims: readonly StatedRelationship[] }[]): AgencyView[] =>
  family.map(({ sector, claims }) =>
    fullView({ agency: agencyOf(sector), relationships: { status: "RECORDED", items: claims } }),
  );

describe("whatever agencies claim,", () => {
  it("every claim is about one node, and draws one line", () => {
    assert(
      property(someFamily, (family) => {
        const picture = familyPicture(viewsOf(family), FIND);
        const graph = genogramOf(picture, AMELIA, TODAY);
        const all = picture.claims.map(({ id }) => id).sort();
        expect(new Set(all).size).toBe(family.flatMap(({ claims }) => claims).length);
        expect(graph.nodes.flatMap(({ claimIds }) => claimIds).sort()).toEqual(all);
        const couples = graph.unions.filter(({ kind }) => kind !== "PARENTS_OF");
        const lines = [...graph.links, ...graph.ties, ...couples].flatMap(({ claimIds }) => claimIds);
        expect(lines.sort()).toEqual(all);
      }),
    );
  });

  it("nobody is there without a claim but the child and a place left open", () => {
    assert(
      property(someFamily, (family) => {
        const { nodes, links, ties, unions, households } = genogramOf(
          familyPicture(viewsOf(family), FIND),
          AMELIA,
          TODAY,
        );
        const unclaimed = nodes.filter(({ claimIds }) => claimIds.length === 0);
        expect(
          unclaimed.every(({ kind, asked }) => kind === "INDEX_CHILD" || (kind === "UNKNOWN_PARENT" && asked)),
        ).toBe(true);
        const ids = new Set(nodes.map(({ id }) => id));
        const ends = [
          ...links.flatMap(({ parentId, childId }) => [parentId, childId]),
          ...ties.flatMap(({ fromId, toId }) => [fromId, toId]),
          ...unions.flatMap(({ partnerIds }) => partnerIds),
          ...households.flatMap(({ memberIds }) => memberIds),
        ];
        expect(ends.filter((id) => !ids.has(id))).toEqual([]);
      }),
    );
  });

  it("the order in which they came changes nothing", () => {
    const shuffled = someFamily.chain((family) =>
      tuple(
        shuffledSubarray(family, { minLength: family.length }),
        tuple(...family.map(({ claims }) => shuffledSubarray([...claims], { minLength: claims.length }))),
      ).map(([order, claims]) => {
        const mixed = new Map(family.map(({ sector }, at) => [sector, claims[at] ?? []]));
        return { family, other: order.map(({ sector }) => ({ sector, claims: mixed.get(sector) ?? [] })) };
      }),
    );
    assert(
      property(shuffled, ({ family, other }) => {
        const [one, two] = [family, other].map((said) => familyPicture(viewsOf(said), FIND));
        expect(genogramOf(two!, AMELIA, TODAY)).toEqual(genogramOf(one!, AMELIA, TODAY));
        expect(two!.relatives).toEqual(one!.relatives);
        expect(two!.contradictions).toEqual(one!.contradictions);
      }),
    );
  });

  it("a contradiction is between claims that are there, and needs two", () => {
    assert(
      property(someFamily, (family) => {
        const picture = familyPicture(viewsOf(family), FIND);
        const ids = new Set(picture.claims.map(({ id }) => id));
        for (const { between } of picture.contradictions) {
          expect(between.every(({ claim: { id } }) => ids.has(id))).toBe(true);
          expect(new Set(between.map(({ says }) => says)).size).toBeGreaterThan(1);
        }
      }),
    );
  });

  it("nobody restricted is named, found or dated", () => {
    assert(
      property(someFamily, (family) => {
        const { relatives } = familyPicture(viewsOf(family), FIND);
        expect(relatives.filter(({ personId }) => personId === "p4")).toEqual([]);
        for (const { withheldBecause, claims } of relatives)
          if (withheldBecause !== null)
            for (const { otherName, otherBornOn, personId, livesWithChild } of claims)
              expect([otherName, otherBornOn, personId, livesWithChild]).toEqual([null, null, null, null]);
      }),
    );
  });
});
