import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IdentityOverrideRow, IdentityReviewRow, IdentityVerdictRow } from "../../src/store/rows-identity.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { AgencyRecordRow, PersonRow } from "../../src/store/rows.ts";
import { home, nhs, RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { person } from "../support/fake-system.ts";
import { exchanged, identityIn, somebody } from "../support/identity-world.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

describe.each(ENGINES)("on $name, two records that may be one child", (engine) => {
  let world: LightHub;
  const our = identityIn(() => world);

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
  });
  afterAll(() => world?.close());

  describe("on the worklist", () => {
    it("come by what waits behind them, and no page repeats or leaves one out", async () => {
      const soon = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
      const nothing = (await our.plain("Ashdown")).review.id;
      const referral = await our.plain("Birchall");
      await our.owes(referral.left.personId, "referral-decision", soon(1));
      const plan = await our.plain("Crowther");
      await our.owes(plan.right.personId, "cp-review-next", soon(60));
      await our.owes(plan.right.personId, "assessment", soon(2));
      const sooner = await our.plain("Duckworth");
      await our.owes(sooner.left.personId, "core-group-first", soon(5));
      const late = await our.plain("Eastwood");
      await our.owes(late.left.personId, "referral-decision", soon(-1));
      const expected = [late.review.id, sooner.review.id, plan.review.id, referral.review.id];
      const { page } = await our.list("identity-reviewer");
      const ids = page.edges.map(({ node }: { node: { id: string } }) => node.id);
      expect(ids.slice(0, 4)).toEqual(expected);
      expect(ids).toContain(nothing);
      expect(page.edges.slice(0, 4).map(({ node }: { node: { waiting: object } }) => node.waiting)).toMatchObject([
        { kind: "REFERRAL", rule: "referral-decision", overdue: true },
        { kind: "PLAN", rule: "core-group-first", overdue: false },
        { kind: "PLAN", rule: "cp-review-next", overdue: false },
        { kind: "REFERRAL", rule: "referral-decision", overdue: false },
      ]);
      const seen: string[] = [];
      for (let after: string | null = null; ;) {
        const { page: part } = await our.list("identity-reviewer", { first: 2, after });
        seen.push(...part.edges.map(({ node }: { node: { id: string } }) => node.id));
        if (!part.pageInfo.hasNextPage) break;
        after = part.pageInfo.endCursor;
      }
      expect(seen).toEqual(ids);
    });

    it("count what is owed to somebody who turned out to be one of the two", async () => {
      const { review, left, right, child } = await our.plain("Fothergill");
      await our.decide("identity-reviewer", review.id, "MATCH");
      const gone = (await our.again(left)).personId === left.personId ? right : left;
      await our.owes(gone.personId, "looked-after-review-next", new Date(Date.now() + 86_400_000).toISOString());
      const third = await our.holds("police", { ...child, forename: `${child.forename}e` });
      const { id } = await our.reviewOf(third);
      expect((await our.read("identity-reviewer", id)).waiting).toMatchObject({ kind: "PLAN" });
      const { page } = await our.list("identity-reviewer");
      const shown = page.edges.find(({ node }: { node: { id: string } }) => node.id === id);
      expect(shown.node.waiting).toMatchObject({ kind: "PLAN", rule: "looked-after-review-next" });
    });

    it("go down the list of whoever has said what they think, and of nobody else", async () => {
      const { review, left } = await our.plain("Greenhalgh");
      await our.owes(left.personId, "icpc", new Date(Date.now() - 9 * 86_400_000).toISOString());
      const place = async (who: string) =>
        (await our.list(who)).page.edges.findIndex(({ node }: { node: { id: string } }) => node.id === review.id);
      expect(await place("identity-reviewer")).toBe(0);
      await our.decide("identity-reviewer", review.id, "CANNOT_TELL");
      const all = (await our.list("identity-reviewer")).page.edges.length;
      expect(await place("identity-reviewer")).toBe(all - 1);
      expect(await place("second-reviewer")).toBe(0);
    });

    it("refuse a page that cannot be", async () => {
      for (const variables of [{ first: 0 }, { first: 101 }, { after: "nonsense" }, { after: "W10=" }])
        expect((await our.list("identity-reviewer", variables)).code).toBe("BAD_INPUT");
    });

    it("are read from the other lists once closed, latest first", async () => {
      const { review } = await our.plain("Hathersage");
      await our.decide("identity-reviewer", review.id, "NOT_MATCH");
      const { page } = await our.list("data-protection-officer", { state: "CLOSED", first: 1 });
      expect(page.edges[0].node).toMatchObject({ id: review.id, state: "CLOSED", outcome: "NOT_MATCH" });
    });
  });

  describe("shown side by side", () => {
    it("carry what speaks for and against, in bits and words, and each value as it is compared", async () => {
      const { review } = await our.twins("Pemberton", { bornOn: "2016-03-07" });
      const shown = await our.read("identity-reviewer", review.id);
      expect(shown).toMatchObject({ kind: "RECORDS", state: "OPEN", outcome: null, needsTwo: true, verdictsSoFar: 0 });
      expect(shown.vetoes).toContain("V3");
      expect(shown.sentence).toContain("possible twins");
      const sum = shown.contributions.reduce((total: number, { bits }: { bits: number }) => total + bits, 0);
      expect(sum).toBeCloseTo(shown.weight, 6);
      expect([shown.left.agency.id, shown.right.agency.id].sort()).toEqual(["health", "social-care"]);
      const forename = shown.differences.find(({ field }: { field: string }) => field === "forename");
      expect([forename.left, forename.right].flat().sort()).toEqual(["ella", "ellie"]);
      expect(forename).toMatchObject({ agree: false, level: expect.stringMatching(/^[A-Z_]+$/) });
      const born = shown.differences.find(({ field }: { field: string }) => field === "born");
      expect(born).toMatchObject({ agree: true, left: ["2016-03-07"], right: ["2016-03-07"] });
    });

    it("are on record as read for both people", async () => {
      const { review, left, right } = await our.plain("Quarles");
      await our.read("identity-reviewer", review.id);
      for (const { personId: subjectId } of [left, right])
        expect(
          await our
            .db()
            .existsBy(AuditRow, { what: "identity.review.read", subjectId, actorId: "demo|identity-reviewer" }),
        ).toBe(true);
    });

    it("hide from data protection what is in them", async () => {
      const { review } = await our.plain("Rutherglen", {
        forename: "Rosalind",
        bornOn: "2016-03-07",
        postcode: "OX99 2AA",
      });
      const shown = await our.read("data-protection-officer", review.id);
      expect(shown.left.values).toEqual(
        expect.arrayContaining([
          { field: "forename", values: ["r•••••"], masked: true },
          { field: "born", values: ["2016-••-••"], masked: true },
          { field: "postcode", values: ["OX99 •••"], masked: true },
        ]),
      );
      expect(JSON.stringify(shown)).not.toMatch(/rosalind|rutherglen|2016-0/i);
    });

    it("hide from everybody where a restricted child is", async () => {
      const child = { ...somebody("Sandys"), postcode: "OX99 7QQ" };
      const left = await our.holds("social-care", { ...child, restricted: true });
      const right = await our.holds("health", { ...child, bornOn: exchanged(child.bornOn) });
      const { id } = await our.reviewBetween(left, right);
      for (const reader of ["identity-reviewer", "social-worker", "mash-manager", "conference-chair"])
        expect(JSON.stringify(await our.read(reader, id))).not.toContain("7QQ");
    });

    it("say why there is nothing to compare, where there is nothing", async () => {
      const { review, left } = await our.plain("Trevanion");
      await our.db().update(AgencyRecordRow, left.id, { profile: null, profileHash: null });
      const shown = await our.read("identity-reviewer", review.id);
      const side = shown.left.agency.id === "social-care" ? shown.left : shown.right;
      expect(side).toMatchObject({ values: null, because: expect.stringContaining("does not know yet") });
      expect(shown.differences).toBeNull();
      await world.collectAll();
    });
  });

  describe("explained", () => {
    const LINKS = `query ($id: ID!) { child(id: $id) { identityLinks { agencyId recordId band rule sentence
      contributions { field bits } vetoes runnerUp { weight } history { id } } } }`;
    const linksOf = async (who: string, id: string) => (await world.ask(who, LINKS, { id })).data.child?.identityLinks;

    it("are so with every record of a child, and to nobody who does not look at that", async () => {
      const child = somebody("Inchbald");
      const left = await our.holds("social-care", child);
      const right = await our.holds("education", child);
      expect(right.personId).toBe(left.personId);
      const links = await linksOf("social-worker", left.personId);
      expect(links.map(({ agencyId, rule }: Record<string, string>) => [agencyId, rule])).toEqual([
        ["social-care", "NONE"],
        ["education", "WEIGHT"],
      ]);
      expect(links[1].sentence).toMatch(/^joined automatically: .*\(\+\d+\.\d bits; for it /);
      expect(links[1].contributions[0]).toMatchObject({ field: "prior" });
      expect(links[1].recordId).toBe(right.recordId);
      for (const who of ["teacher", "health-visitor", "police-officer"])
        expect(await linksOf(who, left.personId)).toBeNull();
    });

    it("do not name a restricted child's records, nor any to whom records are not named", async () => {
      const { left, right } = await our.plain("Jellicoe", { restricted: true });
      for (const { link } of [
        await our.link("social-worker", { agencyId: left.agencyId, recordId: left.recordId }),
        await our.link("identity-reviewer", { agencyId: right.agencyId, recordId: right.recordId }),
      ])
        expect(link).toMatchObject({ recordId: null });
    });

    it("are found by the belief's id, and refused where there is none", async () => {
      const { left } = await our.plain("Kitchener");
      const [first] = await our.links(left);
      expect((await our.link("conference-chair", { id: first!.id })).link).toMatchObject({ id: first!.id });
      expect((await our.link("mash-manager", { id: our.hub().newId() })).code).toBe("NOT_FOUND");
      expect((await our.link("mash-manager", {})).code).toBe("BAD_INPUT");
      expect((await our.link("teacher", { id: first!.id })).code).toBe("NOT_ALLOWED");
    });

    it("are nobody's to see once one of them is sealed", async () => {
      const { review, left } = await our.plain("Lascelles");
      await our.db().update(PersonRow, left.personId, { sealedAt: new Date() });
      expect(await our.read("identity-reviewer", review.id)).toBeNull();
      expect((await our.decide("identity-reviewer", review.id, "MATCH")).code).toBe("NOT_FOUND");
      const { page } = await our.list("identity-reviewer");
      expect(page.edges.map(({ node }: { node: { id: string } }) => node.id)).not.toContain(review.id);
      const which = { agencyId: left.agencyId, recordId: left.recordId };
      expect((await our.link("mash-manager", which)).code).toBe("NOT_FOUND");
      expect((await our.undo("mash-manager", which)).code).toBe("NOT_FOUND");
    });
  });

  describe("that one person decides", () => {
    it("become one child's when they match, with a link that says who found so", async () => {
      const { review, left, right } = await our.plain("Ullathorne");
      const { review: decided } = await our.decide("identity-reviewer", review.id, "MATCH");
      expect(decided).toMatchObject({ state: "CLOSED", outcome: "MATCH", verdictsSoFar: 1, yours: "MATCH" });
      const [one, other] = [await our.again(left), await our.again(right)];
      expect(one.personId).toBe(other.personId);
      const moved = one.personId === left.personId ? right : left;
      const { link } = await our.link("mash-manager", { agencyId: moved.agencyId, recordId: moved.recordId });
      expect(link).toMatchObject({ rule: "PERSON", decidedBy: "demo|identity-reviewer", recordId: moved.recordId });
      expect(link.sentence).toContain("joined by a person");
      expect(link.history).toHaveLength(1);
      expect(link.supersedes).toBe(link.history[0].id);
      const gone = await our.db().findOneByOrFail(PersonRow, { id: moved.personId });
      expect(gone.joinedTo).toBe(one.personId);
    });

    it("stay two for ever when they do not, whatever the records say later", async () => {
      const { review, left, right, child } = await our.plain("Vavasour");
      await our.decide("social-worker", review.id, "NOT_MATCH");
      world.systems.get("health")!.put({
        recordId: right.recordId,
        demographics: person(right.recordId, { ...child, addresses: [home(child.postcode)] }),
      });
      await world.collectAll();
      expect((await our.again(left)).personId).not.toBe((await our.again(right)).personId);
    });

    it("sent twice are decided once, and nobody says two things", async () => {
      const { review } = await our.plain("Winstanley");
      await our.decide("identity-reviewer", review.id, "CANNOT_TELL");
      const again = await our.decide("identity-reviewer", review.id, "CANNOT_TELL", "In other words.");
      expect(again.review).toMatchObject({ state: "OPEN", verdictsSoFar: 1, yours: "CANNOT_TELL" });
      expect(await our.decide("identity-reviewer", review.id, "MATCH")).toMatchObject({ code: "CONFLICT" });
      expect(await our.db().countBy(IdentityVerdictRow, { reviewId: review.id })).toBe(1);
    });

    it("close as not to be told after two who cannot tell, and open again when somebody asks", async () => {
      const { review, left, right } = await our.plain("Yelverton");
      await our.decide("identity-reviewer", review.id, "CANNOT_TELL");
      const { review: closed } = await our.decide("second-reviewer", review.id, "CANNOT_TELL");
      expect(closed).toMatchObject({ state: "CLOSED", outcome: "CANNOT_TELL" });
      world.setNow(new Date(Date.now() + 60_000));
      const { review: reopened } = await our.askFor("social-worker", left, right);
      world.setNow(null);
      expect(reopened).toMatchObject({ id: review.id, state: "OPEN", needsTwo: true, verdictsSoFar: 0 });
    });

    it("need a second person where both have a number that is vouched for, and these differ", async () => {
      const child = somebody("Zouche");
      const left = await our.holds("social-care", child);
      const numbered = await our.holds("education", { ...child, more: { identifiers: [nhs("9990101302")] } });
      expect(numbered.personId).toBe(left.personId);
      const right = await our.holds("health", {
        ...child,
        bornOn: exchanged(child.bornOn),
        more: { identifiers: [nhs("9990125635")] },
      });
      const review = await our.reviewOf(right);
      await our.db().update(IdentityReviewRow, review.id, { needsTwo: false });
      const { review: waiting } = await our.decide("identity-reviewer", review.id, "MATCH");
      expect(waiting).toMatchObject({ state: "OPEN", needsTwo: true, verdictsSoFar: 1 });
      const { review: done } = await our.decide("second-reviewer", review.id, "MATCH");
      expect(done).toMatchObject({ state: "CLOSED", outcome: "MATCH" });
    });
  });

  describe("that two people decide", () => {
    it("stay two until a second, who does not see what the first said, agrees", async () => {
      const { review, left, right } = await our.twins("Abernethy");
      const { review: first } = await our.decide("identity-reviewer", review.id, "MATCH");
      expect(first).toMatchObject({ state: "OPEN", verdictsSoFar: 1, yours: "MATCH" });
      expect((await our.again(left)).personId).not.toBe((await our.again(right)).personId);
      const blind = await our.read("second-reviewer", review.id);
      expect(blind).toMatchObject({ outcome: null, verdictsSoFar: 1, yours: null });
      expect(JSON.stringify(blind)).not.toMatch(/"MATCH"|rang both/);
      await our.decide("second-reviewer", review.id, "MATCH");
      expect((await our.again(left)).personId).toBe((await our.again(right)).personId);
    });

    it("wait for a third where the two disagree", async () => {
      const { review, left, right } = await our.twins("Bellasis");
      await our.decide("identity-reviewer", review.id, "MATCH");
      const { review: open } = await our.decide("second-reviewer", review.id, "NOT_MATCH");
      expect(open).toMatchObject({ state: "OPEN", verdictsSoFar: 2 });
      const { review: closed } = await our.decide("mash-manager", review.id, "NOT_MATCH");
      expect(closed).toMatchObject({ state: "CLOSED", outcome: "NOT_MATCH" });
      expect((await our.again(left)).personId).not.toBe((await our.again(right)).personId);
    });

    it("are decided once by six at the same moment", async () => {
      const { review, left, right } = await our.twins("Cholmondeley");
      const people = ["identity-reviewer", "second-reviewer", "mash-manager", "social-worker"];
      const all = await Promise.all([...people, ...people].map((who) => our.decide(who, review.id, "MATCH")));
      expect(all.filter(({ code }) => code !== null && code !== "CONFLICT")).toEqual([]);
      expect(await our.db().countBy(IdentityVerdictRow, { reviewId: review.id })).toBe(2);
      expect(await our.db().countBy(IdentityOverrideRow, { recordA: [left.id, right.id].sort()[0]! })).toBe(1);
      expect((await our.links(left)).length + (await our.links(right)).length).toBe(3);
    });
  });

  describe("of children who have other records besides", () => {
    /** Two records of one child, and a third that may be theirs. */
    const three = async (surname: string) => {
      const child = somebody(surname);
      const left = await our.holds("social-care", child);
      const beside = await our.holds("education", child);
      expect(beside.personId).toBe(left.personId);
      const right = await our.holds("health", { ...child, bornOn: exchanged(child.bornOn) });
      return { left, beside, right, review: await our.reviewOf(right) };
    };

    it("are moot when they have become one child's meanwhile, and say so", async () => {
      const { left, beside, right, review } = await three("Dalrymple");
      const isOfLeft = review.pair.includes(left.id);
      const { review: asked } = await our.askFor("mash-manager", isOfLeft ? beside : left, right);
      expect(asked).toMatchObject({ state: "OPEN", needsTwo: true });
      await our.decide("identity-reviewer", review.id, "MATCH");
      expect((await our.again(beside)).personId).toBe((await our.again(right)).personId);
      const late = await our.decide("second-reviewer", asked.id, "NOT_MATCH");
      expect(late).toMatchObject({ code: null, review: { state: "MOOT", outcome: null, verdictsSoFar: 0 } });
      expect((await our.decide("second-reviewer", review.id, "NOT_MATCH")).code).toBe("CONFLICT");
    });

    it("are not joined where any of those were found to be two children's", async () => {
      const { left, beside, right, review } = await three("Entwistle");
      const other = review.pair.includes(left.id) ? beside : left;
      const [recordA, recordB] = [other.id, right.id].sort() as [string, string];
      await our.db().insert(IdentityOverrideRow, {
        id: our.hub().newId(),
        recordA,
        recordB,
        verdict: "NOT_MATCH",
        byActorId: "demo|mash-manager",
        because: "Seen in one room.",
        at: new Date(Date.now() - 3_600_000),
      });
      const { code, message } = await our.decide("identity-reviewer", review.id, "MATCH");
      expect(code).toBe("CONFLICT");
      expect(message).toContain("reviewed again");
      expect(await our.db().countBy(IdentityVerdictRow, { reviewId: review.id })).toBe(0);
    });
  });

  it.each([
    "teacher",
    "health-visitor",
    "police-officer",
    "agency-developer",
    "board-manager",
    "sealed-records-officer",
    "nobody",
  ])("are nothing to a %s", async (who) => {
    const { review } = await our.plain(`Faversham-${who.replaceAll("-", "")}`);
    expect((await our.list(who)).code).toBe("NOT_ALLOWED");
    expect(await our.read(who, review.id)).toBeNull();
    expect((await our.decide(who, review.id, "MATCH")).code).toBe("NOT_ALLOWED");
  });

  it.each(["conference-chair", "data-protection-officer"])("are read and not decided by a %s", async (who) => {
    const { review } = await our.plain(`Gascoigne-${who.replaceAll("-", "")}`);
    expect(await our.read(who, review.id)).toMatchObject({ state: "OPEN" });
    expect((await our.decide(who, review.id, "MATCH")).code).toBe("NOT_ALLOWED");
  });
});
