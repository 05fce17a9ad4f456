import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SharingDecision } from "../../src/schema/sharing-decision.ts";
import { digestOf } from "../../src/services/audit-decisions.ts";
import { ChildAccessRow } from "../../src/store/rows-access.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { AgencyRecordRow, PersonRow } from "../../src/store/rows.ts";
import { RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { recordAt } from "../support/record-rows.ts";

const RECORD = `mutation ($decision: RecordSharingDecision!) { recordSharingDecision(decision: $decision) { id decided
  kinds what toWhom toAgencyId fromAgencyId power purpose necessity because consent moreDetrimental reviewOn role
  correctsId correctedById withheldBecause } }`;
const LEDGER = `query ($childId: ID!, $first: Int, $after: String) { sharingDecisions(childId: $childId, first: $first, after: $after) {
  othersWithheldBecause pageInfo { hasNextPage endCursor } edges { node { id decided kinds what toWhom toAgencyId fromAgencyId power
  purpose necessity because byActorId subjectId correctsId correctedById withheldBecause } } } }`;

const shared = {
  decided: "SHARED",
  kinds: ["EDUCATION", "CONCERN"],
  what: "She came without a coat on three days in January.",
  toAgencyId: "social-care",
  power: "CHILDREN_ACT_2004_S11",
  purpose: "children-act-1989-s17",
  necessity: "They assess her, and did not know.",
  because: "The pattern is a worry.",
};
const withheld = {
  decided: "WITHHELD",
  kinds: ["HEALTH"],
  what: "What she told the school nurse about her mother.",
  toWhom: "Her father's solicitor",
  because: "He is not entitled to it, and it would put her at risk.",
  reviewOn: "2099-01-04",
};

describe.each(ENGINES)("on $name, the ledger", (engine) => {
  let world: LightHub;
  let amelia: string;
  let theo: string;
  const db = () => world.open.hub.db.manager;
  const write = (key: string, more = {}, as = "teacher") =>
    world.ask(as, RECORD, { decision: { ...shared, key, childId: amelia, ...more } });
  const written = async (key: string, more = {}, as = "teacher") => {
    const { data, text } = await write(key, more, as);
    expect(data, text).not.toBeNull();
    return data.recordSharingDecision;
  };
  const ledger = (as: string, childId = amelia, more = {}) => world.ask(as, LEDGER, { childId, ...more });
  const lines = async (as: string, childId = amelia) => {
    const { data, text } = await ledger(as, childId);
    expect(data, text).not.toBeNull();
    return data.sharingDecisions.edges.map(({ node }: { node: object }) => node);
  };
  /** Lets a demo person in to a child. */
  const letIn = (person: string, childId: string, more: Partial<ChildAccessRow> = {}) =>
    db().insert(ChildAccessRow, {
      id: world.open.hub.newId(),
      key: `${person}-${childId}`,
      childId,
      actorId: `demo|${person}`,
      kind: "TEAM",
      relation: "ALLOCATED",
      purpose: "children-act-1989-s17",
      reason: "for this test",
      state: "ACTIVE",
      startsAt: new Date("2020-01-01T00:00:00Z"),
      givenByActorId: "demo|mash-manager",
      ...more,
    });

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS, {}, { standing: "SHIPPED" });
    amelia = (await recordAt(db(), "social-care", "LA-0001")).personId;
    theo = (await recordAt(db(), "social-care", "LA-0009")).personId;
    await letIn("social-worker", amelia);
    await letIn("health-visitor", amelia);
  });
  afterAll(() => world?.close());

  it("answers for one child who told whom what, why and under which power, in one query", async () => {
    const { id } = await written("one-query");
    expect((await lines("social-worker")).find((line: { id: string }) => line.id === id)).toMatchObject({
      decided: "SHARED",
      what: shared.what,
      fromAgencyId: "larch-hill-primary",
      toAgencyId: "social-care",
      toWhom: "Oxfordshire children's social care",
      power: "CHILDREN_ACT_2004_S11",
      purpose: "children-act-1989-s17",
      necessity: shared.necessity,
      because: shared.because,
      byActorId: "demo|teacher",
      withheldBecause: null,
    });
    expect(
      await db().countBy(AuditRow, { subjectId: amelia, what: "ledger.read", actorId: "demo|social-worker" }),
    ).toBe(1);
  });

  it("keeps what was not shared, without anybody's consent where a child is at risk", async () => {
    const line = await written("not-shared", { ...withheld, toAgencyId: null, power: null, necessity: null });
    expect(line).toMatchObject({ decided: "WITHHELD", power: null, consent: "NOT_NEEDED", reviewOn: "2099-01-04" });
    const risk = { power: "CHILDREN_ACT_1989_S47", purpose: "children-act-1989-s47" };
    expect(await written("no-consent", risk)).toMatchObject({ consent: "NOT_NEEDED" });
    // That somebody refused may be said, and hinders nothing.
    expect(await written("against-consent", { ...risk, consent: "REFUSED" })).toMatchObject({ decided: "SHARED" });
  });

  it.each([
    ["shared without a power", { power: null }, "power: say under which power"],
    ["shared without a purpose", { purpose: null }, "purpose: say what it was shared for"],
    ["shared for an unknown purpose", { purpose: "curiosity" }, "not a purpose that the hub knows"],
    ["shared without necessity", { necessity: null }, "necessity: say why it was necessary"],
    ["shared with consent that nobody gave", { power: "CONSENT" }, "consent: where consent is the power"],
    ["shared though it would do more harm", { moreDetrimental: true }, "moreDetrimental: what would do more harm"],
    ["sent to nobody", { toAgencyId: null }, "toWhom: say who it went to"],
    ["sent to an unknown agency", { toAgencyId: "elsewhere" }, "toAgencyId: use one of"],
    ["of no kind", { kinds: [] }, "must name at least one kind"],
    ["about how the hub works", { kinds: ["SEALED"] }, "kinds: use IDENTITY"],
    ["withheld without a review", { ...withheld, reviewOn: null }, "reviewOn: say when somebody looks again"],
    ["to be reviewed in the past", { reviewOn: "2020-01-01" }, "reviewOn: must be today or later"],
    [
      "withheld for want of consent where a child is at risk",
      { ...withheld, power: "VITAL_INTERESTS", consent: "REFUSED" },
      "nobody's consent is needed",
    ],
    [
      "withheld under the duty to share, without weighing the harm",
      { ...withheld, power: "CHILDREN_ACT_2004_S16LA" },
      "moreDetrimental: say whether",
    ],
    [
      "withheld under the duty to share though it would do no harm",
      { ...withheld, power: "CHILDREN_ACT_2004_S16LA", moreDetrimental: false, necessity: null },
      "must be shared, unless it helps nobody",
    ],
  ])("refuses a decision %s, and keeps nothing of it", async (_what, more, says) => {
    const { errors, data } = await write("wrong-decision", more);
    expect([data, errors[0]?.extensions.code]).toEqual([null, "BAD_INPUT"]);
    expect(errors[0]?.message).toContain(says);
    expect(await db().countBy(SharingDecision, { key: "wrong-decision" })).toBe(0);
  });

  it("takes one decision once, however often it is sent, and no other under its name", async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => written("sent-at-once")));
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    const { errors } = await write("sent-at-once", { because: "Another reason." });
    expect(errors[0]?.extensions.code).toBe("CONFLICT");
    const [line] = await db().findBy(SharingDecision, { key: "sent-at-once" });
    const entries = await db().findBy(AuditRow, { digest: digestOf(world.open.hub, line!) });
    expect(entries).toMatchObject([{ what: "ledger.written", actorId: "demo|teacher", subjectId: amelia }]);
  });

  it("is corrected by a further line, once, by the agency that decided", async () => {
    const { id } = await written("first-line");
    const before = await db().findOneByOrFail(SharingDecision, { id });
    const wrong = await write("not-theirs", { correctsId: id }, "police-officer");
    expect(wrong.errors[0]).toMatchObject({ extensions: { code: "NOT_FOUND" } });
    const better = { correctsId: id, kinds: ["EDUCATION"], because: "No concern was shared, only attendance." };
    const second = await written("better-line", better);
    expect(second).toMatchObject({ correctsId: id, correctedById: null });
    const late = await write("late-line", { correctsId: id });
    expect(late.errors[0]).toMatchObject({ extensions: { code: "CONFLICT" } });
    expect(await db().findOneByOrFail(SharingDecision, { id })).toEqual(before);
    expect((await lines("teacher")).find((line: { id: string }) => line.id === id).correctedById).toBe(second.id);
  });

  it("shows somebody outside the team what their own agency decided, and says that there may be more", async () => {
    await written("own-agency-only", { toAgencyId: "health" });
    const { data } = await ledger("teacher");
    const { edges, othersWithheldBecause } = data.sharingDecisions;
    expect(new Set(edges.map(({ node }: any) => node.fromAgencyId))).toEqual(new Set(["larch-hill-primary"]));
    expect(othersWithheldBecause).toContain("state your purpose");
    const police = (await ledger("police-officer")).data.sharingDecisions;
    expect([police.edges, police.othersWithheldBecause === null]).toEqual([[], false]);
  });

  it("is written for a referral with the referral, under the power of whoever refers", async () => {
    const { data } = await world.ask(
      "teacher",
      `mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) { id } }`,
      {
        referral: {
          key: "with-a-line",
          childId: amelia,
          concern: "A secret bruise.",
          level: "level-4",
          immediateDanger: false,
        },
      },
    );
    const line = (await lines("social-worker")).find(
      ({ subjectId }: { subjectId: string }) => subjectId === data.submitReferral.id,
    );
    expect(line).toMatchObject({
      decided: "SHARED",
      fromAgencyId: "larch-hill-primary",
      toAgencyId: "social-care",
      power: "EDUCATION_ACT_2002_S175",
      kinds: ["CONCERN"],
    });
    // What was seen stands in the referral alone.
    expect(JSON.stringify(line)).not.toContain("bruise");
    await expect(db().countBy(SharingDecision, { subjectId: data.submitReferral.id })).resolves.toBe(1);
  });

  it("shows its words to the two agencies and to those to whom the whole story is open", async () => {
    const { id } = await written("whose-words", { toAgencyId: "police" });
    const seen = async (as: string) => (await lines(as)).find((line: { id: string }) => line.id === id);
    for (const person of ["teacher", "social-worker", "mash-manager"])
      expect([person, (await seen(person)).what]).toEqual([person, shared.what]);
    // In the team, but her own sector's alone.
    const outline = { what: null, toWhom: null, because: null, toAgencyId: "police", power: shared.power };
    expect(await seen("health-visitor")).toMatchObject(outline);
    expect((await seen("health-visitor")).withheldBecause).toContain("with the agencies concerned");
    // Whoever answers for data protection judges why, not what.
    expect(await seen("data-protection-officer")).toMatchObject({
      what: null,
      toWhom: "Oxfordshire police",
      because: shared.because,
      necessity: shared.necessity,
    });
  });

  it("shows its words about a restricted child to the two agencies only", async () => {
    expect(await db().existsBy(AgencyRecordRow, { personId: theo, restricted: true })).toBe(true);
    await letIn("social-worker", theo, { kind: "INVOLVEMENT", relation: null });
    const { id } = await written("restricted-words", { childId: theo, toAgencyId: "health" });
    const seen = async (as: string) => (await lines(as, theo)).find((line: { id: string }) => line.id === id);
    expect(await seen("teacher")).toMatchObject({ what: shared.what });
    expect(await seen("social-worker")).toMatchObject({ what: null, toWhom: null, power: shared.power });
    expect(await seen("data-protection-officer")).toMatchObject({ what: null, toWhom: null, because: shared.because });
  });

  it("shows a colleague of the agency nothing of a child who is shielded", async () => {
    await db().update(PersonRow, theo, { shielded: true });
    await written("by-a-colleague", { childId: theo });
    await db().update(SharingDecision, { key: "by-a-colleague" }, { byActorId: "demo|another-teacher" });
    const mine = (await lines("teacher", theo)).map(({ byActorId }: { byActorId: string }) => byActorId);
    expect(new Set(mine)).toEqual(new Set(["demo|teacher"]));
    await db().update(PersonRow, theo, { shielded: false });
  });

  it.each(["board-manager", "agency-developer", "identity-reviewer", "sealed-records-officer", "nobody"])(
    "is neither for a %s to read nor to write",
    async (person) => {
      const [read, wrote] = [await ledger(person), await write(`by-${person}`, {}, person)];
      for (const { data, errors } of [read, wrote])
        expect([data, errors[0]?.extensions.code]).toEqual([null, "NOT_ALLOWED"]);
    },
  );

  it("is not for the data protection officer to write, and knows no child whom nobody knows", async () => {
    expect((await write("by-officer", {}, "data-protection-officer")).errors[0]?.extensions.code).toBe("NOT_ALLOWED");
    const nobody = "01a1ffda-881d-704b-8279-d4693c6176f3";
    for (const asked of [await ledger("teacher", nobody), await write("of-nobody", { childId: nobody })])
      expect(asked.errors[0]).toMatchObject({ extensions: { code: "NOT_FOUND" } });
  });

  it("leads to the child's own page, and is read page by page", async () => {
    const page = (await ledger("social-worker", amelia, { first: 1 })).data.sharingDecisions;
    expect(page.pageInfo.hasNextPage).toBe(true);
    const CHILD = `query ($id: ID!) { child(id: $id) { sharingDecisions(first: 1) { edges { node { id } } } } }`;
    const { data } = await world.ask("social-worker", CHILD, { id: amelia });
    expect(data.child.sharingDecisions.edges).toEqual([{ node: { id: page.edges[0].node.id } }]);
    const after = (await ledger("social-worker", amelia, { first: 1, after: page.pageInfo.endCursor })).data;
    expect(after.sharingDecisions.edges[0].node.id).not.toBe(page.edges[0].node.id);
  });

  it("names what its own agency withheld and is to look at again, until a further line says more", async () => {
    const DUE = `query ($until: LocalDate) { sharingDecisionsToReview(until: $until) { edges { node { id } } } }`;
    const due = async (as: string, until: string | null) =>
      (await world.ask(as, DUE, { until })).data.sharingDecisionsToReview.edges.map(({ node }: any) => node.id);
    const { id } = await written("to-review", { ...withheld, reviewOn: "2098-03-02" });
    expect(await due("teacher", null)).not.toContain(id);
    expect(await due("teacher", "2098-03-02")).toContain(id);
    expect(await due("social-worker", "2098-03-02")).toEqual([]);
    await written("reviewed", { ...withheld, correctsId: id });
    expect(await due("teacher", "2098-03-02")).not.toContain(id);
  });
});
