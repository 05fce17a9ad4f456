import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  getNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  isObjectType,
  isRequiredArgument,
} from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildHubSchema } from "../../src/resolvers/schema.ts";
import { Message } from "../../src/schema/message.ts";
import { Referral } from "../../src/schema/referral.ts";
import { StatutoryStep } from "../../src/schema/statutory-step.ts";
import { Obligation } from "../../src/schema/obligation.ts";
import { IdentityCorrectionRow, IdentityReviewRow } from "../../src/store/rows-identity.ts";
import type { AgencyRecordRow } from "../../src/store/rows.ts";
import { home, nhs, RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { person } from "../support/fake-system.ts";
import { exchanged, identityIn, somebody } from "../support/identity-world.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { fillPost } from "../support/posts.ts";

/** Every field of a type and of what it leads to, but for what needs an argument; a type within itself is left out. */
function everything(type: GraphQLOutputType, path: readonly string[] = []): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return "";
  if (path.includes(named.name)) return "{ __typename }";
  const fields = Object.values(named.getFields()).filter(
    // The ledger keeps what was believed meanwhile.
    ({ name, args }) => name !== "identityLinks" && !args.some(isRequiredArgument),
  );
  return `{ ${fields.map((field) => `${field.name} ${everything(field.type, [...path, named.name])}`).join(" ")} }`;
}

const REFER_KEY = "undo-referral";
const REFER = `mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) { id clock { id } } }`;
const RAISE = `mutation ($input: RaiseEscalation!) { raiseEscalation(escalation: $input) { id } }`;
const CHECK = `mutation ($input: CheckCorrection!) { checkCorrection(input: $input) { id state checkedBy } }`;
const CHECKS = `{ correctionChecks { id kind subjectId state } }`;
const STEP = `mutation ($step: RecordStep!) { recordStep(step: $step) { step { id } } }`;

let keys = 0;

describe.each(ENGINES)("on $name, a join that was wrong", (engine) => {
  let world: LightHub;
  const our = identityIn(() => world);
  const demo = (who: string) => `demo|${who}`;

  beforeAll(async () => {
    const child = (await buildHubSchema()).getType("Child") as GraphQLObjectType;
    whole = `query ($id: ID!) { child(id: $id) ${everything(child)} }`;
    // More than anybody may ask for at once, unless whoever runs the hub trusts the document.
    documents = await mkdtemp(join(tmpdir(), "hub-documents-"));
    await writeFile(join(documents, "whole.graphql"), whole);
    const settings = { TRUSTED_DOCUMENTS: documents, REQUEST_COST: "100000000" };
    world = await startLightHub(engine, RECORDS, settings);
    await fillPost(our.hub(), { role: "MANAGER", teamId: "mash", holderId: demo("mash-manager") });
  });
  afterAll(async () => {
    await world?.close();
    await rm(documents, { recursive: true, force: true });
  });

  let whole: string;
  let documents: string;
  /** All that the graph says of a child. */
  const view = async (id: string) => {
    const { text, errors } = await world.ask("social-worker", whole, { id });
    expect(errors).toEqual([]);
    return text;
  };
  const refer = async (childId: string, who = "teacher") => {
    const referral = {
      key: `${REFER_KEY}-${(keys += 1)}`,
      childId,
      concern: "Came to school tired.",
      level: "level-4",
      immediateDanger: false,
    };
    const { data, errors } = await world.ask(who, REFER, { referral });
    expect(errors).toEqual([]);
    return data.submitReferral as { id: string; clock: { id: string } };
  };
  const check = async (who: string, checkId: string, decision: string) => {
    const { data, errors } = await world.ask(who, CHECK, { input: { checkId, decision, because: "I know them." } });
    return { check: data?.checkCorrection ?? null, code: errors[0]?.extensions.code ?? null };
  };
  const told = (correctionId: string) =>
    our
      .db()
      .find(Message, { where: { kind: "IDENTITY_CORRECTED" }, order: { toActorId: "ASC" } })
      .then((all) => all.filter(({ says }) => says.includes(correctionId)));

  /** Two twins whom two people took for one child. */
  async function joinedTwins(surname: string) {
    const { review, left, right, child } = await our.twins(surname);
    const before = { left: await view(left.personId), right: await view(right.personId) };
    await our.decide("identity-reviewer", review.id, "MATCH");
    await our.decide("second-reviewer", review.id, "MATCH");
    const moved = (await our.again(left)).personId === left.personId ? right : left;
    const stayed = moved === left ? right : left;
    expect((await our.again(moved)).personId).toBe(stayed.personId);
    return { review, left, right, child, before, moved, stayed };
  }
  const undoing = ({ agencyId, recordId }: AgencyRecordRow) => ({ agencyId, recordId });

  it("is undone to the very view of before, for both, and the same feed three times more changes nothing", async () => {
    world.setNow(new Date("2026-04-02T10:00:00Z"));
    const { before, left, right, moved } = await joinedTwins("Abercrombie");
    expect(await view(left.personId)).not.toBe(before.left);
    const { correction } = await our.undo("mash-manager", undoing(moved));
    expect(correction).toMatchObject({ by: demo("mash-manager"), because: "They are two children." });
    expect(await view(left.personId)).toBe(before.left);
    expect(await view(right.personId)).toBe(before.right);
    await our.db().query("DELETE FROM collect_cursor");
    for (const _ of [1, 2, 3]) await world.collectAll();
    expect(await view(left.personId)).toBe(before.left);
    expect(await view(right.personId)).toBe(before.right);
    world.setNow(null);
  });

  it("brings back every record that went with it, and keeps both apart for ever", async () => {
    const one = somebody("Bickerstaff");
    const left = await our.holds("social-care", one);
    const beside = await our.holds("education", one);
    expect(beside.personId).toBe(left.personId);
    const right = await our.holds("health", { ...one, bornOn: exchanged(one.bornOn) });
    const { id } = await our.reviewOf(right);
    await our.decide("identity-reviewer", id, "MATCH");
    const joined = (await our.again(right)).personId;
    expect(joined).toBe(left.personId);
    const { correction } = await our.undo("identity-reviewer", undoing(right));
    expect(correction.figures).toMatchObject({
      before: { stayed: { records: 3 }, left: { records: 0 } },
      after: { stayed: { records: 2 }, left: { records: 1 } },
    });
    const { before, after } = correction.figures;
    expect(after.peopleKnown).toBe(before.peopleKnown + 1);
    expect(after.childrenKnown).toBe(before.childrenKnown + 1);
    expect((await our.again(right)).personId).toBe(right.personId);
    const closed = await our.db().findOneByOrFail(IdentityReviewRow, { id });
    expect(closed).toMatchObject({ state: "CLOSED", outcome: "MATCH" });
    const { link } = await our.link("mash-manager", undoing(right));
    expect(link).toMatchObject({ rule: "PARTED", decidedBy: demo("identity-reviewer") });
    expect(link.sentence).toContain("parted by a person");
    expect(link.history.map(({ rule }: { rule: string }) => rule)).toEqual(["PERSON", "NONE"]);
  });

  it("that the hub made by itself gives the record somebody of its own", async () => {
    const one = somebody("Carruthers");
    const left = await our.holds("social-care", one);
    const right = await our.holds("education", one);
    expect(right.personId).toBe(left.personId);
    await our.undo("mash-manager", undoing(right));
    const after = await our.again(right);
    expect(after.personId).not.toBe(left.personId);
    expect((await our.again(left)).personId).toBe(left.personId);
    await our.db().query("DELETE FROM collect_cursor");
    await world.collectAll();
    expect((await our.again(right)).personId).toBe(after.personId);
    // The record that came first may be the one that does not belong as well.
    const third = await our.holds("health", { ...one, postcode: "OX12 9ZZ", surname: "Carruthers-Two" });
    expect(third.personId).not.toBe(after.personId);
  });

  it("lists beforehand whom it reached, and tells them once when it is undone", async () => {
    const { moved, stayed } = await joinedTwins("Davenport");
    const childId = stayed.personId;
    await view(childId);
    await world.ask("health-visitor", "query ($id: ID!) { child(id: $id) { id } }", { id: moved.personId });
    const referral = await refer(childId);
    const challenge = {
      key: `undo-challenge-${(keys += 1)}`,
      childId,
      category: "ACTION_OR_INACTION",
      againstAgencyId: "social-care",
      evidence: "Nobody answered.",
      wantedOutcome: "An answer.",
      immediateRisk: false,
    };
    const raised = await world.ask("police-officer", RAISE, { input: challenge });
    expect(raised.errors).toEqual([]);
    const { radius } = await our.reach("identity-reviewer", undoing(moved));
    expect(radius).toMatchObject({ records: 1, reports: "NONE_STORED" });
    const readers = radius.readers.map(({ actorId, what }: { actorId: string; what: string }) => `${actorId} ${what}`);
    expect(readers).toContain("demo|social-worker child.read");
    expect(readers).toContain("demo|health-visitor child.read");
    const touched = radius.touched.map(({ kind, id }: { kind: string; id: string }) => `${kind} ${id}`);
    expect(touched).toContain(`REFERRAL ${referral.id}`);
    expect(touched).toContain(`OBLIGATION ${referral.clock.id}`);
    expect(touched).toContain(`ESCALATION ${raised.data.raiseEscalation.id}`);
    const messages = radius.touched.filter(({ kind }: { kind: string }) => kind === "MESSAGE");
    expect(messages.length).toBeGreaterThan(0);
    const undo = () => our.undo("identity-reviewer", undoing(moved));
    const both = await Promise.all([undo(), undo()]);
    const { correction } = both[0]!;
    expect(both.map(({ code }) => code)).toEqual([null, null]);
    expect(both[1]!.correction.id).toBe(correction.id);
    expect(await our.db().countBy(IdentityCorrectionRow, { recordRowId: moved.id })).toBe(1);
    const told1 = await told(correction.id);
    expect(told1.map(({ toActorId }) => toActorId)).toEqual(
      ["health-visitor", "mash-manager", "police-officer", "social-worker", "teacher"].map(demo),
    );
    expect(correction.told).toBe(told1.length);
    for (const message of told1) {
      expect(message).toMatchObject({ urgent: true, readAt: null });
      expect(message.says).not.toMatch(/davenport|ella|ellie/i);
    }
    // Its own telling is part of no radius, and sending it again tells nobody twice.
    expect((await our.undo("identity-reviewer", undoing(moved))).correction.id).toBe(correction.id);
    expect(await told(correction.id)).toHaveLength(told1.length);
    expect((await our.undo("mash-manager", { ...undoing(moved), because: "Other words." })).code).toBe("WRONG_STEP");
  });

  it("leaves what was made meanwhile with its child until its owner says whose it is", async () => {
    const { moved, stayed } = await joinedTwins("Ellingham");
    const earlier = await refer(stayed.personId);
    world.setNow(new Date(Date.now() + 60_000));
    const referral = await refer(stayed.personId);
    const { correction } = await our.undo("mash-manager", undoing(moved));
    const kinds = correction.toCheck.map(({ kind, subjectId, state }: Record<string, string>) => [
      kind,
      subjectId,
      state,
    ]);
    expect(kinds).toContainEqual(["REFERRAL", referral.id, "WAITING"]);
    expect(kinds).toContainEqual(["OBLIGATION", referral.clock.id, "WAITING"]);
    const idOf = (subject: string) =>
      correction.toCheck.find(({ subjectId }: { subjectId: string }) => subjectId === subject).id;
    const childOf = async (id: string) => (await our.db().findOneByOrFail(Referral, { id })).childId;
    expect(await childOf(referral.id)).toBe(stayed.personId);
    expect((await check("health-visitor", idOf(referral.id), "MOVE")).code).toBe("NOT_ALLOWED");
    expect((await check("identity-reviewer", idOf(referral.id), "MOVE")).code).toBe("NOT_ALLOWED");
    const teachers = (await world.ask("teacher", CHECKS)).data.correctionChecks;
    expect(teachers.map(({ subjectId }: { subjectId: string }) => subjectId)).toContain(referral.id);
    const [first, second] = await Promise.all([
      check("teacher", idOf(referral.id), "MOVE"),
      check("teacher", idOf(referral.id), "MOVE"),
    ]);
    expect(first!.check).toMatchObject({ state: "MOVED", checkedBy: demo("teacher") });
    expect(second!.check).toMatchObject({ state: "MOVED" });
    expect(await childOf(referral.id)).toBe(moved.personId);
    const step = await our.db().findOneByOrFail(StatutoryStep, { id: referral.id });
    const clock = await our.db().findOneByOrFail(Obligation, { id: referral.clock.id });
    expect([step.childId, clock.childId]).toEqual([moved.personId, moved.personId]);
    expect((await check("mash-manager", idOf(referral.id), "KEEP")).code).toBe("CONFLICT");
    expect((await check("social-worker", idOf(earlier.id), "KEEP")).check).toMatchObject({ state: "KEPT" });
    expect(await childOf(earlier.id)).toBe(stayed.personId);
    const list = await world.ask(
      "data-protection-officer",
      `{ identityCorrections(first: 1) { edges { node { id because
      child { id } toCheck { subjectId state } figures { before { peopleKnown } after { peopleKnown } } } } } }`,
    );
    expect(list.data.identityCorrections.edges[0].node).toMatchObject({ id: correction.id, child: null });
    world.setNow(null);
  });

  it("moves no course of events that began before it", async () => {
    const { review, left, right } = await our.twins("Featherstone");
    const referral = await refer(left.personId);
    world.setNow(new Date(Date.now() + 60_000));
    await our.decide("identity-reviewer", review.id, "MATCH");
    await our.decide("second-reviewer", review.id, "MATCH");
    world.setNow(new Date(Date.now() + 120_000));
    const decided = {
      key: `undo-step-${(keys += 1)}`,
      kind: "REFERRAL_DECIDED",
      outcome: "ASSESSMENT",
      followsId: referral.id,
      happenedAt: new Date(Date.now() + 100_000).toISOString(),
    };
    const step = await world.ask("social-worker", STEP, { step: decided });
    expect(step.errors).toEqual([]);
    const moved = (await our.again(left)).personId === left.personId ? right : left;
    const { correction } = await our.undo("mash-manager", undoing(moved));
    world.setNow(null);
    const asked = correction.toCheck.find(({ kind }: { kind: string }) => kind === "STEP");
    expect(asked.subjectId).toBe(step.data.recordStep.step.id);
    expect((await check("social-worker", asked.id, "MOVE")).code).toBe("WRONG_STEP");
    expect((await check("social-worker", asked.id, "KEEP")).check).toMatchObject({ state: "KEPT" });
  });

  it("may be made again by two who were asked to look once more, and undone again", async () => {
    const { left, right, moved } = await joinedTwins("Grimshaw");
    await our.undo("mash-manager", undoing(moved));
    world.setNow(new Date(Date.now() + 60_000));
    const { review } = await our.askFor("social-worker", left, right);
    expect(review).toMatchObject({ state: "OPEN", needsTwo: true, verdictsSoFar: 0 });
    await our.decide("identity-reviewer", review.id, "MATCH", "The mother confirmed it.");
    const { review: done } = await our.decide("second-reviewer", review.id, "MATCH", "So did the school.");
    expect(done).toMatchObject({ state: "CLOSED", outcome: "MATCH" });
    expect((await our.again(left)).personId).toBe((await our.again(right)).personId);
    const again = await our.undo("mash-manager", { ...undoing(moved), because: "No, they are two after all." });
    expect(again.code).toBeNull();
    expect((await our.again(left)).personId).not.toBe((await our.again(right)).personId);
    world.setNow(null);
  });

  it("that two people found, because its records came to contradict each other, is undone by their verdict", async () => {
    const one = somebody("Jessop");
    const left = await our.holds("social-care", { ...one, more: { identifiers: [nhs("9990101302")] } });
    const right = await our.holds("education", one);
    expect(right.personId).toBe(left.personId);
    world.setNow(new Date(Date.now() + 60_000));
    const [addresses, identifiers] = [[home(one.postcode)], [nhs("9990125635")]];
    const demographics = person(right.recordId, { ...one, addresses, identifiers });
    world.systems.get("education")!.put({ recordId: right.recordId, demographics });
    await world.collectAll();
    expect((await our.again(right)).personId).toBe(left.personId);
    const { id } = await our.reviewBetween(left, right);
    expect(await our.read("identity-reviewer", id)).toMatchObject({ state: "OPEN", needsTwo: true });
    world.setNow(new Date(Date.now() + 120_000));
    await our.decide("identity-reviewer", id, "NOT_MATCH");
    expect((await our.again(right)).personId).toBe(left.personId);
    const { review } = await our.decide("second-reviewer", id, "NOT_MATCH");
    expect(review).toMatchObject({ state: "CLOSED", outcome: "NOT_MATCH" });
    expect((await our.again(right)).personId).not.toBe(left.personId);
    expect(await our.db().countBy(IdentityCorrectionRow, { recordRowId: right.id })).toBe(1);
    world.setNow(null);
  });

  it("is refused where there is none, and to whom it is not for", async () => {
    const alone = await our.holds("health", somebody("Hollingsworth"));
    expect((await our.undo("mash-manager", undoing(alone))).code).toBe("WRONG_STEP");
    expect((await our.undo("mash-manager", { agencyId: "health", recordId: "none-such" })).code).toBe("NOT_FOUND");
    expect((await our.undo("mash-manager", {})).code).toBe("BAD_INPUT");
    const { moved } = await joinedTwins("Ironside");
    for (const who of ["social-worker", "conference-chair", "data-protection-officer", "teacher", "board-manager"])
      expect((await our.undo(who, undoing(moved))).code).toBe("NOT_ALLOWED");
    for (const who of ["social-worker", "conference-chair", "teacher", "board-manager"])
      expect((await our.reach(who, undoing(moved))).code).toBe("NOT_ALLOWED");
    expect((await our.reach("data-protection-officer", undoing(moved))).code).toBeNull();
    expect((await our.again(moved)).personId).not.toBe(moved.personId);
  });
});
