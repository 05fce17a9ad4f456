// Synthetic families only.

import { In } from "typeorm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { nhs } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { person, provenanceOf } from "../support/fake-system.ts";
import { claim } from "../support/family-claims.ts";
import { FAMILY_RECORDS, NUMBERS } from "../support/family-records.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { named } from "../support/statements.ts";

const FIND = `query ($value: String!) { childByIdentifier(identifier: { kind: NHS_NUMBER, value: $value }) { id } }`;
const FAMILY = `query ($id: ID!) { child(id: $id) { family {
  relationships { id relativeId role name bornOn personId withheldBecause parentalResponsibility livesWithChild fromOn
    agency { id } disputedBy { kind claimId agency { id } says } }
  relatives { id personId names roles claimIds withheldBecause }
  contradictions { kind relativeIds inWords between { claimId says agency { id } } }
  unanswered { question silence relativeIds inWords ask { id } couldNotSay { agency { id } status reason } }
  sources { agency { id } status } } } }`;
const GENOGRAM = `query ($id: ID!) { child(id: $id) { genogram { asOn
  nodes { id kind label sex bornOn asked personId withheldBecause claimIds claimedBy { id } }
  unions { kind partnerIds claimIds } links { kind parentId childId claimIds } ties { role fromId toId claimIds }
  households { agency { id } memberIds claimIds } claims { id relativeId name } contradictions { kind }
  unanswered { question } sources { status } } } }`;
const OTHER_CHILDREN = `query ($id: ID!) { child(id: $id) { family { relatives { names roles otherChildren {
  status reason sources { agency { id } status } children { childId name bornOn withheldBecause
    claims { recordOf role agency { id } provenance { recordId } } } } } } } }`;

describe.each(ENGINES)("on $name, a child's family", (engine) => {
  let world: LightHub;
  const ids = new Map<string, string>();
  const idOf = async (value: string): Promise<string> => {
    if (!ids.has(value)) ids.set(value, (await world.ask("social-worker", FIND, { value })).data.childByIdentifier.id);
    return ids.get(value)!;
  };
  const family = async (number: string = NUMBERS.amelia, who = "social-worker") =>
    (await world.ask(who, FAMILY, { id: await idOf(number) })).data.child.family;
  const genogram = async (number: string = NUMBERS.amelia) =>
    (await world.ask("social-worker", GENOGRAM, { id: await idOf(number) })).data.child.genogram;
  const otherChildren = async (who: string, number: string = NUMBERS.amelia) =>
    (await world.ask(who, OTHER_CHILDREN, { id: await idOf(number) })).data.child.family.relatives;
  /** While these agencies do not answer. */
  const without = async <Result>(agencies: readonly string[], act: () => Promise<Result>): Promise<Result> => {
    for (const id of agencies) world.systems.get(id)!.failWith("TIMEOUT");
    return act().finally(() => agencies.forEach((id) => world.systems.get(id)!.failWith(null)));
  };

  beforeAll(async () => {
    world = await startLightHub(engine, FAMILY_RECORDS);
    for (const number of Object.values(NUMBERS))
      if (number !== NUMBERS.rachel && number !== NUMBERS.daniel) await idOf(number);
  });
  afterAll(() => world?.close());

  it("folds whom the hub knows to be one, keeps every claim, and leaves a stranger of the same name apart", async () => {
    const { relatives, relationships } = await family();
    const mothers = relatives.filter(({ roles }: any) => roles.includes("MOTHER"));
    expect(mothers.map(({ names, claimIds }: any) => [names, claimIds.length])).toEqual([
      [["Rachel Hartley"], 1],
      [["Rachel Hartley"], 2],
    ]);
    expect(mothers.map(({ personId }: any) => personId === null)).toEqual([true, false]);
    expect(relationships.map(({ agency }: any) => agency.id)).toEqual([
      "social-care",
      "social-care",
      "social-care",
      "health",
      "health",
      "education",
    ]);
    expect(relatives.flatMap(({ claimIds }: any) => claimIds).sort()).toEqual(
      relationships.map(({ id }: any) => id).sort(),
    );
  });

  it("shows what agencies contradict each other about, at each claim as well", async () => {
    const { contradictions, relationships } = await family();
    expect(contradictions.map(({ kind }: any) => kind)).toEqual(["PARENTAL_RESPONSIBILITY", "LIVES_WITH_CHILD"]);
    expect(contradictions[0].inWords).toBe(
      "Parental responsibility of Rachel Hartley: Oxfordshire schools says no; Oxfordshire children's social care says yes. Nobody has confirmed that they all mean one person.",
    );
    const mother = relationships.find(({ role, agency }: any) => role === "MOTHER" && agency.id === "social-care");
    expect(mother.disputedBy.map(({ kind, agency, says }: any) => [kind, agency.id, says])).toEqual([
      ["PARENTAL_RESPONSIBILITY", "education", "no"],
      ["LIVES_WITH_CHILD", "health", "no"],
    ]);
    expect(relationships.find(({ role }: any) => role === "STEP_FATHER").disputedBy).toEqual([]);
  });

  it("asks for the father, and for nobody's father where one is named", async () => {
    const question = async (number: string) =>
      (await family(number)).unanswered.find(({ question }: any) => question === "FATHER_NOT_RECORDED");
    expect(await question(NUMBERS.amelia)).toMatchObject({
      silence: "NONE_RECORDED",
      ask: [{ id: "social-care" }, { id: "health" }, { id: "education" }],
      couldNotSay: [{ agency: { id: "police" }, status: "NOT_ASKED" }],
    });
    expect(await question(NUMBERS.noah)).toBeUndefined();
  });

  it("says who could not be asked for him", async () => {
    const some = await without(["education"], () => family());
    const father = some.unanswered.find(({ question }: any) => question === "FATHER_NOT_RECORDED");
    expect(father).toMatchObject({ silence: "SOME_COULD_NOT_SAY", ask: [{ id: "social-care" }, { id: "health" }] });
    expect(father.couldNotSay[0]).toMatchObject({ agency: { id: "education" }, status: "DID_NOT_ANSWER" });
    const none = await without(["social-care", "health", "education"], () => family());
    expect(none).toMatchObject({ relationships: null, relatives: null, contradictions: null });
    expect(none.unanswered.map(({ question, silence }: any) => [question, silence])).toEqual([
      ["MOTHER_NOT_RECORDED", "NOBODY_COULD_SAY"],
      ["FATHER_NOT_RECORDED", "NOBODY_COULD_SAY"],
    ]);
  });

  it("is data to draw, with a place for the father", async () => {
    const { nodes, links, ties, households, claims, contradictions } = await genogram();
    expect(nodes.map(({ kind, label, asked }: any) => [kind, label, asked])).toEqual([
      ["INDEX_CHILD", "Amelia Hartley", false],
      ["ADULT", "Rachel Hartley", false],
      ["ADULT", "Rachel Hartley", false],
      ["ADULT", "Daniel Okafor", false],
      ["ADULT", null, false],
      ["CHILD", "Noah Hartley-Okafor", false],
      ["UNKNOWN_PARENT", null, true],
    ]);
    expect(links.map(({ kind, claimIds }: any) => [kind, claimIds.length])).toEqual([
      ["BIRTH", 1],
      ["BIRTH", 2],
      ["STEP", 1],
      ["UNSTATED", 0],
    ]);
    expect(ties.map(({ role }: any) => role)).toEqual(["GRANDPARENT", "HALF_SIBLING"]);
    expect(households).toMatchObject([{ agency: { id: "social-care" } }]);
    expect(contradictions).toHaveLength(2);
    const drawn = nodes.flatMap(({ claimIds }: any) => claimIds).sort();
    expect(drawn).toEqual(claims.map(({ id }: any) => id).sort());
  });

  it("draws the child alone where nobody answers", async () => {
    const alone = await without(["social-care", "health", "education"], () => genogram());
    expect(alone.nodes.map(({ kind }: any) => kind)).toEqual(["INDEX_CHILD"]);
    expect([alone.links, alone.unions, alone.ties, alone.households, alone.claims]).toEqual([
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it.each(["social-worker", "mash-manager", "conference-chair"])(
    "leads %s to the adults' other children, each recorded as read",
    async (who) => {
      const before = await world.open.hub.db.manager.countBy(AuditRow, { what: "child.read" });
      const relatives = await otherChildren(who);
      const daniel = relatives.find(({ names }: any) => names.includes("Daniel Okafor")).otherChildren;
      expect(daniel).toMatchObject({ status: "RECORDED", reason: null });
      expect(daniel.children.map(({ childId, name, bornOn }: any) => [childId, name, bornOn])).toEqual([
        [await idOf(NUMBERS.ivy), "Ivy Okafor", "2012-01-05"],
        [await idOf(NUMBERS.noah), "Noah Hartley-Okafor", "2022-06-02"],
      ]);
      expect(
        daniel.children.map(({ claims }: any) => claims.map(({ recordOf, role }: any) => [recordOf, role])),
      ).toEqual([[["ADULT", "CHILD"]], [["CHILD", "FATHER"]]]);
      const read = await world.open.hub.db.manager.findBy(AuditRow, {
        subjectId: In([await idOf(NUMBERS.ivy), await idOf(NUMBERS.noah)]),
        what: "child.read",
        allowed: true,
      });
      expect(new Set(read.map(({ subjectId }) => subjectId)).size).toBe(2);
      expect(await world.open.hub.db.manager.countBy(AuditRow, { what: "child.read" })).toBeGreaterThan(before + 2);
    },
  );

  it("does not name one who is restricted", async () => {
    const { data, text } = await world.ask("social-worker", OTHER_CHILDREN, { id: await idOf(NUMBERS.amelia) });
    const rachel = data.child.family.relatives.find(
      ({ roles, otherChildren }: any) => roles.includes("MOTHER") && otherChildren.children,
    ).otherChildren;
    const hidden = rachel.children.find(({ withheldBecause }: any) => withheldBecause !== null);
    expect(hidden).toMatchObject({ childId: null, name: null, bornOn: null });
    expect(hidden.claims[0].provenance.recordId).toBeNull();
    expect(rachel.children).toHaveLength(2);
    expect(text).not.toMatch(/Theo|2014-04-04|LA-9/);
    expect(text).not.toContain(await idOf(NUMBERS.theo));
  });

  it.each(["teacher", "health-visitor", "police-officer"])("tells %s why they are not led there", async (who) => {
    const relatives = await otherChildren(who);
    expect(relatives.length).toBeGreaterThan(3);
    for (const { otherChildren: found } of relatives) {
      expect(found).toMatchObject({ status: "WITHHELD", children: null, sources: [] });
      expect(found.reason).toContain("those who assess the child");
    }
    const refused = await world.open.hub.db.manager.findBy(AuditRow, { what: "family.other-children", allowed: false });
    expect(refused.map(({ subjectId }) => subjectId)).toContain(await idOf(NUMBERS.amelia));
  });

  it.each([
    "board-manager",
    "data-protection-officer",
    "agency-developer",
    "identity-reviewer",
    "sealed-records-officer",
    "nobody",
  ])("is closed to %s", async (who) => {
    for (const query of [FAMILY, GENOGRAM, OTHER_CHILDREN]) {
      const { data, errors, text } = await world.ask(who, query, { id: await idOf(NUMBERS.amelia) });
      expect(data?.child ?? null).toBeNull();
      expect(errors[0]!.extensions.code).toBe("NOT_ALLOWED");
      expect(text).not.toMatch(/Rachel|Hartley|Okafor/);
    }
  });

  it("is asked about in one question to each system, however many adults there are", async () => {
    for (const system of world.systems.values()) system.countRequests();
    await otherChildren("social-worker");
    expect([...world.systems.values()].map((system) => system.countRequests())).toEqual([2, 2, 1, 0]);
  });

  it("does not take a silence for no other children", async () => {
    const relatives = await world.ask("social-worker", OTHER_CHILDREN, { id: await idOf(NUMBERS.noah) });
    expect(relatives.data.child.family.relatives).toHaveLength(2);
    // Social care answers about the child, and fails when it is asked about the adults.
    const social = world.systems.get("social-care")!;
    const ask = social.ask.bind(social);
    let asked = 0;
    Object.assign(social, {
      ask: (...given: Parameters<typeof ask>) => {
        social.failWith(asked === 0 ? null : "TIMEOUT");
        asked += 1;
        return ask(...given).finally(() => social.failWith(null));
      },
    });
    const silent = await otherChildren("social-worker", NUMBERS.noah).finally(() => Object.assign(social, { ask }));
    for (const { otherChildren: found } of silent) {
      expect(found).toMatchObject({ status: "DID_NOT_ANSWER", children: null });
      expect(found.reason).toMatch(/\w/);
      expect(found.sources.find(({ agency }: any) => agency.id === "social-care").status).toBe("DID_NOT_ANSWER");
    }
  });

  it("says that there is nobody to ask about an adult of whom the hub has no record", async () => {
    const relatives = await otherChildren("social-worker");
    const stranger = relatives.find(({ otherChildren: { status } }: any) => status === "NOT_ASKED");
    expect(stranger.otherChildren).toMatchObject({ children: null, sources: [] });
    expect(stranger.otherChildren.reason).toContain("no record");
    const brother = relatives.find(({ roles }: any) => roles.includes("HALF_SIBLING"));
    expect(brother.otherChildren).toMatchObject({ status: "NOT_ASKED", reason: expect.stringContaining("adults") });
  });

  it("of a restricted child shows nothing but that it is withheld, and sends nobody to look", async () => {
    for (const failing of [[], ["social-care"], ["social-care", "health"]]) {
      const id = await idOf(NUMBERS.elodie);
      const [shown, drawn] = await without(failing, () =>
        Promise.all([FAMILY, GENOGRAM].map((query) => world.ask("social-worker", query, { id }))),
      );
      expect(shown!.data.child.family).toMatchObject({
        relationships: null,
        relatives: null,
        contradictions: null,
        unanswered: null,
      });
      expect(drawn!.data.child.genogram).toMatchObject({
        nodes: [{ id: "child", kind: "INDEX_CHILD", personId: null, claimIds: [] }],
        links: null,
        ties: null,
        unions: null,
        households: null,
        claims: null,
        unanswered: null,
      });
      expect(`${shown!.text}${drawn!.text}`).not.toMatch(/Helen|1988-10-12|Fen Lane/);
    }
  });

  it("reads the records of at most 100 people at once, and says so to the rest", async () => {
    const adults = Array.from({ length: 104 }, (_, at) => `LA-A${at}`);
    const social = world.systems.get("social-care")!;
    for (const [at, recordId] of adults.entries())
      social.put({
        recordId,
        demographics: person(recordId, {
          forename: `Adult${"abcdefghij"[at % 10]}`,
          surname: `Many${at}`,
          bornOn: "1980-01-02",
        }),
      });
    social.put({
      recordId: "LA-MANY",
      demographics: person("LA-MANY", {
        forename: "Mo",
        surname: "Many",
        bornOn: "2016-06-06",
        identifiers: [nhs("9991111239")],
      }),
      relationships: adults.map((otherRecordId, at) =>
        claim("CARER", { otherRecordId, otherName: named("Carer", `Many${at}`), provenance: provenanceOf("LA-MANY") }),
      ),
    });
    await world.collectAll();
    const found = (await otherChildren("social-worker", "9991111239")).map(({ otherChildren: one }: any) => one);
    expect(found).toHaveLength(104);
    const left = found.filter(({ reason }: any) => reason?.includes("at most 100"));
    expect(left).toHaveLength(4);
    expect(left[0]).toMatchObject({ status: "NOT_ASKED", children: null });
    expect(found.filter(({ status }: any) => status === "NOTHING_RECORDED")).toHaveLength(100);
  });
});
