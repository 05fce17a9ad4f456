import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readGold, seedGold } from "../../src/services/identity-gold.ts";
import { IdentityLinkRow, IdentityOverrideRow, IdentityReviewRow } from "../../src/store/rows-identity.ts";
import { PersonRow } from "../../src/store/rows.ts";
import { RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { identityIn } from "../support/identity-world.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

const REVIEWERS = `query ($fromOn: LocalDate, $untilOn: LocalDate) { identityReviewers(fromOn: $fromOn, untilOn: $untilOn) {
  actorId decided goldSeen goldRight wrongMatches wrongNonMatches cannotTell medianHoursOpen } }`;
const BACKLOG = `{ identityBacklog { open forTwo withPlan withReferral withOverdue oldestOpenedAt } }`;
const OPPOSITE = { MATCH: "NOT_MATCH", NOT_MATCH: "MATCH" } as const;

describe.each(ENGINES)("on $name, made-up pairs", (engine) => {
  let world: LightHub;
  const our = identityIn(() => world);
  const gold = () => our.db().find(IdentityReviewRow, { where: { kind: "GOLD" }, order: { pair: "ASC" } });

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
  });
  afterAll(() => world?.close());

  it("are not there until twenty wait; then one in fifty, added once by two at the same moment", async () => {
    for (let at = 0; at < 19; at += 1) await our.plain(`Abbot${String.fromCodePoint(97 + at)}`);
    expect(await seedGold(our.hub())).toBe(0);
    await our.plain("Zuckerman");
    await Promise.all([seedGold(our.hub()), seedGold(our.hub())]);
    await seedGold(our.hub());
    expect(await gold()).toHaveLength(1);
  });

  it("look like any other, to everybody", async () => {
    const [made] = await gold();
    const { page } = await our.list("identity-reviewer");
    const nodes = page.edges.map(({ node }: { node: Record<string, unknown> }) => node);
    const mine = nodes.find(({ id }: { id: string }) => id === made!.id);
    const real = nodes.find(({ id }: { id: string }) => id !== made!.id);
    expect(mine).toMatchObject({ kind: "RECORDS", state: "OPEN", waiting: { kind: "NOTHING" } });
    expect(Object.keys(mine)).toEqual(Object.keys(real));
    expect(mine.left.agency.id).not.toBe(mine.right.agency.id);
    expect(mine.left.values.map(({ field }: { field: string }) => field)).toEqual(
      expect.arrayContaining(["forename", "surname", "born", "postcode"]),
    );
    const outward = (node: { left: { values: { field: string; values: string[] }[] } }) =>
      node.left.values.find(({ field }) => field === "postcode")!.values[0]!.split(" ")[0];
    expect(nodes.filter(({ id }: { id: string }) => id !== made!.id).map(outward)).toContain(outward(mine));
    expect(JSON.stringify(page)).not.toMatch(/gold/i);
    expect(made!.gold).not.toContain("answer");
  });

  it("are in no figure of what waits", async () => {
    const { data } = await world.ask("data-protection-officer", BACKLOG);
    expect(data.identityBacklog).toMatchObject({ open: 20, forTwo: 0, withPlan: 0, withReferral: 0, withOverdue: 0 });
  });

  it("say how each reviewer fares, and touch nobody", async () => {
    const [made] = await gold();
    const { answer } = readGold(our.hub(), made!);
    await our.db().update(IdentityReviewRow, made!.id, { needsTwo: true });
    const counts = async () =>
      Promise.all([IdentityLinkRow, IdentityOverrideRow, PersonRow].map((table) => our.db().count(table)));
    const before = await counts();
    await our.decide("identity-reviewer", made!.id, answer);
    await our.decide("second-reviewer", made!.id, OPPOSITE[answer]);
    const { review } = await our.decide("social-worker", made!.id, "CANNOT_TELL");
    expect(review).toMatchObject({ state: "OPEN", verdictsSoFar: 3 });
    await our.decide("mash-manager", made!.id, answer);
    expect(await counts()).toEqual(before);
    const { data } = await world.ask("data-protection-officer", REVIEWERS);
    const of = (who: string) =>
      data.identityReviewers.find((each: { actorId: string }) => each.actorId === `demo|${who}`);
    const none = { decided: 0, goldSeen: 1, goldRight: 0, wrongMatches: 0, wrongNonMatches: 0, cannotTell: 0 };
    expect(of("identity-reviewer")).toMatchObject({ ...none, goldRight: 1, medianHoursOpen: null });
    expect(of("second-reviewer")).toMatchObject({
      ...none,
      wrongMatches: answer === "MATCH" ? 0 : 1,
      wrongNonMatches: answer === "MATCH" ? 1 : 0,
    });
    expect(of("social-worker")).toMatchObject({ ...none, cannotTell: 1 });
    expect((await gold())[0]).toMatchObject({ state: "CLOSED", outcome: answer });
  });

  it("are made anew once decided, and told by no figure outside the days asked for", async () => {
    expect(await seedGold(our.hub())).toBe(1);
    expect((await gold()).map(({ pair }) => pair)).toEqual(["gold 0", "gold 1"]);
    const { data } = await world.ask("board-manager", REVIEWERS, { fromOn: "2020-01-01", untilOn: "2020-12-31" });
    expect(data.identityReviewers).toEqual([]);
  });

  it.each(["identity-reviewer", "social-worker", "teacher", "conference-chair", "nobody"])(
    "measure nobody for a %s",
    async (who) => {
      const { errors } = await world.ask(who, REVIEWERS);
      expect(errors[0]?.extensions.code).toBe("NOT_ALLOWED");
    },
  );
});
