// Changing a clock: who asks, who decides, what nobody may change, and who reads of it. With a clock that is turned.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { plainDate } from "../../src/domain/plain-date.ts";
import { Message } from "../../src/schema/message.ts";
import { Obligation, ObligationChange, ObligationEvent } from "../../src/schema/obligation.ts";
import { Post } from "../../src/schema/post.ts";
import { StatutoryStep } from "../../src/schema/statutory-step.ts";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { handOnDue } from "../../src/services/inbox.ts";
import { clockStory, READ_OBLIGATION } from "../support/clock-story.ts";
import { RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import type { GraphAnswer } from "../support/graph-client.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { fillPost } from "../support/posts.ts";

const ASK = `mutation ($change: AskForChange!) { askForChange(change: $change) { id state } }`;
const DECIDE = `mutation ($decision: DecideChange!) { decideChange(decision: $decision) { id state reason } }`;
const RESUME = `mutation ($id: ID!) { resumeObligation(id: $id) { state dueOn } }`;
const WAITING = `{ changesWaiting { id obligationId kind reason } }`;
const MINE = `{ myObligations { edges { node { id child { id } } } } }`;
const TEAM = `query ($teamId: ID!) { teamObligations(teamId: $teamId) { edges { node { id child { id } } } } }`;
/** The partnership's business manager, as the area has it. */
const BUSINESS = { role: "BUSINESS_MANAGER", agencyId: "partnership", holderId: "demo|board-manager" } as const;

describe.each(ENGINES)("on $name, a clock", (engine) => {
  let world: LightHub;
  const { hub, db, at, tick, refer, record, read, whatOf } = clockStory(() => world);

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
  });
  afterAll(() => world?.close());
  beforeEach(async () => {
    for (const table of [Post, Message, ObligationChange, ObligationEvent, Obligation, StatutoryStep])
      await db().clear(table);
  });

  const codeOf = ({ errors }: GraphAnswer) => errors[0]?.extensions.code;
  const asked = async () =>
    (await db().find(Message, { where: { kind: "CHANGE_ASKED" }, order: { id: "ASC" } })).map(
      ({ toActorId }) => toActorId,
    );
  const idsOf = ({ data }: { data: any }, list: string): string[] => data[list].edges.map(({ node }: any) => node.id);

  async function assessment() {
    await fillPost(hub(), { role: "MANAGER", holderId: "demo|mash-manager", teamId: "assessment" });
    const { referralId } = await refer("2026-03-02T10:00:00Z");
    const { data } = await record("REFERRAL_DECIDED", { followsId: referralId, outcome: "ASSESSMENT" });
    const opened = data.recordStep.opened as { id: string; rule: string; dueOn: string }[];
    return opened.find(({ rule }) => rule === "assessment")!;
  }

  let keys = 0;
  const ask = (change: Record<string, unknown>, as = "social-worker") =>
    world.ask(as, ASK, { change: { key: `change-wish-${(keys += 1)}`, ...change } });
  const decide = (changeId: string, as = "mash-manager", approve = true) =>
    world.ask(as, DECIDE, { decision: { changeId, approve, because: "Seen and agreed" } });

  it("is extended by two people, never by one, and both stay on record", async () => {
    const { id, dueOn } = await assessment();
    expect(dueOn).toBe("2026-05-07");
    const wish = {
      obligationId: id,
      kind: "EXTEND",
      untilOn: "2026-05-21",
      reason: "The hospital's report is awaited",
    };
    const own = (await ask(wish, "mash-manager")).data.askForChange;
    const { errors } = await decide(own.id, "mash-manager");
    expect(errors[0]).toMatchObject({ extensions: { code: "NOT_ALLOWED" } });
    expect(errors[0]!.message).toContain("you asked for it yourself");
    expect((await read(id)).dueOn).toBe("2026-05-07");
    const { data } = await ask(wish);
    expect((await decide(data.askForChange.id)).data.decideChange.state).toBe("APPROVED");
    const { dueOn: later, changes, history } = await read(id);
    expect(later).toBe("2026-05-21");
    expect(changes).toHaveLength(2);
    expect(changes[1]).toMatchObject({ state: "APPROVED", requestedBy: "SOCIAL_WORKER", decidedBy: "MASH_MANAGER" });
    expect(history.at(-1)).toMatchObject({ what: "EXTENDED" });
    expect(history.at(-1).because).toContain("The hospital's report is awaited");
    expect((await decide(data.askForChange.id)).errors[0]!.extensions.code).toBe("CONFLICT");
    at("2026-05-09T09:00:00Z");
    await tick();
    expect((await read(id)).state).toBe("OPEN");
    at("2026-05-22T09:00:00Z");
    await tick();
    expect((await read(id)).state).toBe("LATE");
  });

  it("stands still while paused, and runs on by itself with its working days moved", async () => {
    const { id } = await assessment();
    at("2026-03-09T10:00:00Z");
    const { data } = await ask({
      obligationId: id,
      kind: "PAUSE",
      untilOn: "2026-03-20",
      reason: "Family abroad, seen safe",
    });
    await decide(data.askForChange.id);
    expect(await read(id)).toMatchObject({ state: "PAUSED", pausedAt: "2026-03-09T10:00:00.000Z" });
    at("2026-03-20T23:59:00Z");
    await tick();
    expect((await read(id)).state).toBe("PAUSED");
    at("2026-03-21T00:00:00Z");
    await Promise.all([tick(), tick()]);
    const { state, dueOn, history } = await read(id);
    expect(state).toBe("OPEN");
    expect(dueOn > "2026-05-07").toBe(true);
    expect(whatOf(history).filter((what) => what === "RESUMED")).toHaveLength(1);
  });

  it("is resumed early by somebody who may, once", async () => {
    const { id } = await assessment();
    const { data } = await ask({ obligationId: id, kind: "PAUSE", untilOn: "2026-03-20", reason: "Family abroad" });
    await decide(data.askForChange.id);
    at("2026-03-04T10:00:00Z");
    expect((await world.ask("social-worker", RESUME, { id })).data.resumeObligation.state).toBe("OPEN");
    expect((await world.ask("social-worker", RESUME, { id })).errors[0]!.extensions.code).toBe("WRONG_STEP");
  });

  it("is cancelled by two people and owed no more", async () => {
    const { id } = await assessment();
    const { data } = await ask({
      obligationId: id,
      kind: "CANCEL",
      reason: "The family moved; the other authority has accepted",
    });
    await decide(data.askForChange.id);
    at("2026-09-01T10:00:00Z");
    await tick();
    const { state, history } = await read(id);
    expect(state).toBe("CANCELLED");
    expect(whatOf(history)).not.toContain("WENT_LATE");
  });

  it("that law fixes is moved by nobody, and cancelled by nobody", async () => {
    const { childId } = await refer("2026-04-02T10:00:00Z");
    const { data } = await record("POLICE_PROTECTION_BEGAN", { childId });
    const { id } = data.recordStep.opened[0];
    for (const kind of ["EXTEND", "PAUSE", "CANCEL"]) {
      const { errors } = await ask({ obligationId: id, kind, untilOn: "2026-04-09", reason: "More time" });
      expect(errors[0]).toMatchObject({ extensions: { code: "WRONG_STEP" } });
      expect(errors[0]!.message).toContain("Nobody may move this clock: it ends only by the step");
    }
  });

  it.each([
    ["an extension to an earlier day", { kind: "EXTEND", untilOn: "2026-04-01" }, "BAD_INPUT", "later day"],
    ["an extension to no day", { kind: "EXTEND" }, "BAD_INPUT", "untilOn"],
    ["a pause until a day that is over", { kind: "PAUSE", untilOn: "2026-03-01" }, "BAD_INPUT", "not over"],
    ["no reason", { kind: "PAUSE", untilOn: "2026-03-20", reason: " " }, "BAD_INPUT", "reason"],
  ])("is not changed for %s", async (_what, more, code, says) => {
    const { id } = await assessment();
    const { errors } = await ask({ obligationId: id, reason: "A reason", ...more });
    expect(errors[0]!.extensions.code).toBe(code);
    expect(errors[0]!.message).toContain(says);
  });

  it.each(["escalation-stage-1", "escalation-action", "confirm-post", "a-rule-of-nobody"])(
    "of %s is not changed here, be it by those who owe it",
    async (rule) => {
      const { id } = await assessment();
      await db().update(Obligation, id, { rule });
      for (const kind of ["EXTEND", "PAUSE", "CANCEL"]) {
        const { errors } = await ask({ obligationId: id, kind, untilOn: "2026-04-09", reason: "More time" });
        expect([kind, errors[0]?.extensions.code]).toEqual([kind, "WRONG_STEP"]);
        expect(errors[0]!.message).toContain("Nobody may move this clock");
      }
      expect(await db().countBy(ObligationChange, { obligationId: id })).toBe(0);
    },
  );

  it("that has run out is not moved, even before the hub has marked it late", async () => {
    const { id } = await assessment();
    const wish = { obligationId: id, kind: "EXTEND", untilOn: "2026-06-30", reason: "Forgotten" };
    at("2026-05-07T22:59:59.999Z");
    const { id: changeId } = (await ask(wish)).data.askForChange;
    at("2026-05-07T23:00:00Z");
    for (const kind of ["EXTEND", "PAUSE"]) {
      const { errors } = await ask({ ...wish, kind });
      expect(errors[0]!.extensions.code).toBe("WRONG_STEP");
      expect(errors[0]!.message).toContain("It is late");
    }
    expect(codeOf(await decide(changeId))).toBe("WRONG_STEP");
    expect((await decide(changeId, "mash-manager", false)).data.decideChange.state).toBe("REFUSED");
    expect(await read(id)).toMatchObject({ state: "OPEN", dueOn: "2026-05-07" });
  });

  it("of an order that a court extends once is extended once, and never paused", async () => {
    const { childId } = await refer("2026-03-02T10:00:00Z");
    const made = await record("EMERGENCY_PROTECTION_ORDER_MADE", { childId, outcome: "ON_OTHER_APPLICATION" });
    const { id } = made.data.recordStep.opened[0];
    const wish = { obligationId: id, kind: "EXTEND", untilOn: "2026-03-12", reason: "The court has extended it" };
    const pause = await ask({ ...wish, kind: "PAUSE" });
    expect([codeOf(pause), pause.errors[0]!.message]).toEqual(["WRONG_STEP", expect.stringContaining("never paused")]);
    const first = (await ask(wish)).data.askForChange.id;
    const second = (await ask({ ...wish, untilOn: "2026-03-14" })).data.askForChange.id;
    expect((await decide(first)).data.decideChange.state).toBe("APPROVED");
    for (const again of [await decide(second), await ask({ ...wish, untilOn: "2026-03-13" })]) {
      expect(codeOf(again)).toBe("WRONG_STEP");
      expect(again.errors[0]!.message).toContain("extended once only");
    }
    expect((await read(id)).dueOn).toBe("2026-03-12");
  });

  /** An assessment due on 7 May that stands still from 5 May to the end of the 20th. */
  async function pausedAssessment() {
    const { id } = await assessment();
    at("2026-05-05T10:00:00Z");
    const wish = { obligationId: id, kind: "PAUSE", untilOn: "2026-05-20", reason: "Family abroad, seen safe" };
    await decide((await ask(wish)).data.askForChange.id);
    const { childId, courseId } = await db().findOneByOrFail(Obligation, { id });
    return { id, childId, courseId };
  }

  it.each([
    ["before its old deadline", "2026-05-06T10:00:00Z", "MET", "2026-05-08"],
    ["after its old deadline", "2026-05-12T10:00:00Z", "MET", "2026-05-14"],
    ["after the pause, and within what was left", "2026-05-22T10:00:00Z", "MET", "2026-05-26"],
    ["after the pause, and too late", "2026-05-27T10:00:00Z", "LATE", "2026-05-26"],
  ])("met while it stands still, %s, is measured as if it ran on", async (_when, instant, state, dueOn) => {
    const { id, childId } = await pausedAssessment();
    at(instant);
    const { data } = await record("ASSESSMENT_COMPLETED", { childId });
    expect(data.recordStep.met).toEqual([{ id, rule: "assessment", state }]);
    expect(await read(id)).toMatchObject({ state, dueOn, metAt: new Date(instant).toISOString() });
  });

  it("paused runs on from the end of its pause, however late the hub comes to it", async () => {
    const { id } = await pausedAssessment();
    await db().update(Obligation, id, { nextAt: new Date("2026-05-23T00:00:00Z") });
    at("2026-05-23T00:00:00Z");
    await Promise.all([tick(), tick()]);
    const { state, dueOn, history } = await read(id);
    expect([state, dueOn]).toEqual(["OPEN", "2026-05-26"]);
    expect(history.at(-1).because).toBe("the pause is over: it is due by the end of 2026-05-26");
  });

  it("resumed early moves by what passed until then", async () => {
    const { id } = await pausedAssessment();
    at("2026-05-06T10:00:00Z");
    expect((await world.ask("social-worker", RESUME, { id })).data.resumeObligation.dueOn).toBe("2026-05-08");
  });

  it.each([
    ["of more than 92 days", "2026-03-02T10:00:00Z", "2026-06-03", "a pause lasts 92 days at most: until 2026-06-02"],
    ["beyond the table of bank holidays", "2028-12-01T10:00:00Z", "2028-12-30", "bank holidays"],
  ])("is not paused for a time %s", async (_what, instant, untilOn, says) => {
    const { clockId } = await refer(instant);
    const { errors } = await ask({ obligationId: clockId, kind: "PAUSE", untilOn, reason: "A reason" });
    expect(errors[0]!.extensions.code).toBe("BAD_INPUT");
    expect(errors[0]!.message).toContain(says);
  });

  it("is asked about once under one key, by however many at once", async () => {
    const { id } = await assessment();
    const key = "one-wish-only";
    const wish = { key, obligationId: id, kind: "PAUSE", untilOn: "2026-03-20", reason: "Family abroad" };
    const answers = await Promise.all(Array.from({ length: 10 }, () => ask(wish)));
    const ids = new Set(answers.map(({ data }) => data.askForChange.id));
    expect(ids.size).toBe(1);
    expect(await asked()).toEqual(["demo|mash-manager"]);
    await decide([...ids][0]!);
    expect((await ask(wish)).data.askForChange).toEqual({ id: [...ids][0], state: "APPROVED" });
    for (const other of [{ untilOn: "2026-03-21" }, { reason: "Another" }, { kind: "CANCEL" }])
      expect(codeOf(await ask({ ...wish, ...other }))).toBe("CONFLICT");
    expect(codeOf(await ask({ ...wish, key: "short" }))).toBe("BAD_INPUT");
    const theirs = await ask({ ...wish, kind: "CANCEL" }, "conference-chair");
    expect(ids.has(theirs.data.askForChange.id)).toBe(false);
  });

  const extend = (obligationId: string) => ({
    obligationId,
    kind: "EXTEND",
    untilOn: "2026-05-21",
    reason: "A grandmother's words",
  });

  /** An assessment whose team's manager is somebody else than usual. */
  async function assessmentOf(holderId: string) {
    const { id } = await assessment();
    await db().clear(Post);
    await fillPost(hub(), { role: "MANAGER", holderId, teamId: "assessment" });
    return id;
  }

  it.each([
    ["a fellow manager", [{ role: "MANAGER", holderId: "anna", teamId: "assessment" }], ["anna"]],
    [
      "the manager's cover, where only the manager could",
      [{ role: "ESCALATION_LEAD", holderId: "lena" }],
      ["cover"],
      { coverId: "cover", coverName: "Cover Invented" },
    ],
    ["the agency's manager", [{ role: "MANAGER", holderId: "hugo" }, BUSINESS], ["hugo"]],
    ["the escalation lead", [{ role: "ESCALATION_LEAD", holderId: "lena" }, BUSINESS], ["lena"]],
    ["the business manager", [BUSINESS], ["demo|board-manager"]],
    ["whoever comes", [], ["vacant:assessment/MANAGER"]],
  ] as const)("that its only manager asks about is put to %s", async (_who, posts, told, cover?: object) => {
    const id = await assessmentOf("demo|social-worker");
    await db().update(Post, { holderId: "demo|social-worker" }, { ...cover, confirmedAt: hub().now() });
    for (const post of posts) await fillPost(hub(), post);
    await ask(extend(id));
    expect(await asked()).toEqual(told);
  });

  it("is decided on by the business manager where the line falls to them, who never learns which child it is", async () => {
    const id = await assessmentOf("demo|social-worker");
    await fillPost(hub(), BUSINESS);
    const { id: changeId } = (await ask(extend(id))).data.askForChange;
    for (const person of ["social-worker", "conference-chair", "teacher", "police-officer", "agency-developer"])
      expect([person, codeOf(await decide(changeId, person))]).toEqual([person, "NOT_ALLOWED"]);
    const { changesWaiting } = (await world.ask("board-manager", WAITING)).data;
    expect(changesWaiting).toEqual([
      { id: changeId, obligationId: id, kind: "EXTEND", reason: "the reason is for those who may read all of it" },
    ]);
    const { decideChange } = (await decide(changeId, "board-manager")).data;
    expect(decideChange).toMatchObject({ state: "APPROVED", reason: "the reason is for those who may read all of it" });
    const seen = await read(id, "board-manager");
    expect(seen).toMatchObject({ rule: "assessment", dueOn: "2026-05-21", child: null, changes: null });
    expect(whatOf(seen.history)).toEqual(["OPENED", "EXTENDED"]);
    expect(JSON.stringify(seen)).not.toContain("grandmother");
    expect(JSON.stringify(await read(id, "social-worker"))).toContain("grandmother");
  });

  /** Hands on what nobody has read by this instant. */
  const unreadUntil = async (instant: string) => {
    at(instant);
    await handOnDue(hub(), clockCaller(hub(), "test"), hub().now());
  };
  const mayNot = async (changeId: string, people: readonly string[]) => {
    for (const person of people) {
      expect([person, codeOf(await decide(changeId, person))]).toEqual([person, "NOT_ALLOWED"]);
      expect([person, (await world.ask(person, WAITING)).data.changesWaiting]).toEqual([person, []]);
    }
  };
  const COVER = { coverId: "demo|health-visitor", coverName: "Cover Invented" };

  it("is decided on by nobody beside a manager who is there, until the wish is handed on to them", async () => {
    const id = await assessmentOf("demo|social-worker");
    await db().update(Post, { holderId: "demo|social-worker" }, COVER);
    await fillPost(hub(), { role: "MANAGER", holderId: "demo|teacher" });
    await fillPost(hub(), { role: "ESCALATION_LEAD", holderId: "demo|police-officer" });
    await fillPost(hub(), BUSINESS);
    const { id: changeId } = (await ask(extend(id), "conference-chair")).data.askForChange;
    expect(await asked()).toEqual(["demo|social-worker"]);
    await mayNot(changeId, ["health-visitor", "teacher", "police-officer", "board-manager"]);
    expect(codeOf(await world.ask("health-visitor", READ_OBLIGATION, { id }))).toBe("NOT_ALLOWED");
    await unreadUntil("2026-03-03T10:00:00Z");
    expect(await asked()).toEqual(["demo|social-worker", "demo|health-visitor"]);
    await mayNot(changeId, ["teacher", "police-officer", "board-manager"]);
    const { changesWaiting } = (await world.ask("health-visitor", WAITING)).data;
    expect(changesWaiting).toEqual([expect.objectContaining({ id: changeId, reason: "A grandmother's words" })]);
    expect((await read(id, "health-visitor")).changes).toBeNull();
    await unreadUntil("2026-03-04T10:00:00Z");
    await mayNot(changeId, ["police-officer", "board-manager"]);
    expect((await decide(changeId, "teacher")).data.decideChange.state).toBe("APPROVED");
  });

  it("is decided on by whoever one wish was handed on to, but no other wish", async () => {
    const id = await assessmentOf("demo|social-worker");
    await db().update(Post, { holderId: "demo|social-worker" }, COVER);
    const { id: first } = (await ask(extend(id), "conference-chair")).data.askForChange;
    await unreadUntil("2026-03-03T10:00:00Z");
    const { id: second } = (await ask(extend(id), "conference-chair")).data.askForChange;
    expect(codeOf(await decide(second, "health-visitor"))).toBe("NOT_ALLOWED");
    const { changesWaiting } = (await world.ask("health-visitor", WAITING)).data;
    expect(changesWaiting.map((each: { id: string }) => each.id)).toEqual([first]);
    expect((await decide(first, "health-visitor")).data.decideChange.state).toBe("APPROVED");
  });

  it("is decided on by a cover while the manager is away, whoever was told before", async () => {
    const id = await assessmentOf("demo|social-worker");
    const { id: changeId } = (await ask(extend(id), "conference-chair")).data.askForChange;
    await db().update(Post, { holderId: "demo|social-worker" }, COVER);
    await mayNot(changeId, ["health-visitor"]);
    const away = { awayFromOn: plainDate("2026-03-02"), awayUntilOn: plainDate("2026-03-03") };
    await db().update(Post, { holderId: "demo|social-worker" }, away);
    expect((await world.ask("health-visitor", WAITING)).data.changesWaiting).toHaveLength(1);
    at("2026-03-04T10:00:00Z");
    await mayNot(changeId, ["health-visitor"]);
    at("2026-03-03T10:00:00Z");
    expect((await decide(changeId, "health-visitor")).data.decideChange.state).toBe("APPROVED");
  });

  it("is handed on from somebody whose sign-in is too long for a message's key, and decided on", async () => {
    const id = await assessmentOf("demo|social-worker");
    const holderId = `somebody|${"long".repeat(40)}`;
    await fillPost(hub(), { role: "ESCALATION_LEAD", holderId, holderEmail: null });
    await fillPost(hub(), BUSINESS);
    const { id: changeId } = (await ask(extend(id))).data.askForChange;
    expect(await asked()).toEqual([holderId]);
    await mayNot(changeId, ["board-manager"]);
    await unreadUntil("2026-03-03T10:00:00Z");
    expect(await asked()).toEqual([holderId, "demo|board-manager"]);
    expect((await decide(changeId, "board-manager")).data.decideChange.state).toBe("APPROVED");
  });

  it.each(["met", "cancelled"])(
    "that is %s has no wishes waiting, and is read by nobody because of one",
    async (how) => {
      const id = await assessmentOf("demo|social-worker");
      await fillPost(hub(), { role: "ESCALATION_LEAD", holderId: "demo|health-visitor" });
      const { id: changeId } = (await ask(extend(id))).data.askForChange;
      for (const person of ["social-worker", "health-visitor"])
        expect((await world.ask(person, WAITING)).data.changesWaiting).toHaveLength(1);
      if (how === "met") {
        const { childId } = await db().findOneByOrFail(Obligation, { id });
        await record("ASSESSMENT_COMPLETED", { childId });
      } else {
        const cancel = await ask({ obligationId: id, kind: "CANCEL", reason: "The family moved" }, "conference-chair");
        await decide(cancel.data.askForChange.id);
      }
      for (const person of ["social-worker", "health-visitor"])
        expect((await world.ask(person, WAITING)).data.changesWaiting).toEqual([]);
      expect(codeOf(await world.ask("health-visitor", READ_OBLIGATION, { id }))).toBe("NOT_ALLOWED");
      expect(codeOf(await decide(changeId))).toBe("WRONG_STEP");
    },
  );

  it("is extended by as much again as its rule gives, and not bit by bit beyond it", async () => {
    const { id } = await assessment();
    const wish = { obligationId: id, kind: "EXTEND", reason: "The hospital's report is awaited" };
    const says = "may be extended by as much again as it is given (45 working days): until 2026-07-10";
    const beyond = () => ask({ ...wish, untilOn: "2026-07-11" });
    for (const untilOn of ["2026-06-30", "2026-07-10"]) {
      expect((await beyond()).errors[0]).toMatchObject({ message: expect.stringContaining(says) });
      await decide((await ask({ ...wish, untilOn })).data.askForChange.id);
      expect((await read(id)).dueOn).toBe(untilOn);
    }
    expect(codeOf(await beyond())).toBe("BAD_INPUT");
  });

  it("is not decided on by a business manager while a manager can, nor by one whose role bars children", async () => {
    const id = await assessmentOf("anna");
    await fillPost(hub(), BUSINESS);
    const { id: changeId } = (await ask(extend(id))).data.askForChange;
    expect(codeOf(await ask(extend(id), "board-manager"))).toBe("NOT_ALLOWED");
    await db().clear(Post);
    await fillPost(hub(), { ...BUSINESS, holderId: "demo|data-protection-officer" });
    for (const person of ["board-manager", "data-protection-officer"]) {
      expect([person, codeOf(await decide(changeId, person))]).toEqual([person, "NOT_ALLOWED"]);
      expect((await world.ask(person, WAITING)).data.changesWaiting).toEqual([]);
    }
    expect(codeOf(await world.ask("data-protection-officer", READ_OBLIGATION, { id }))).toBe("NOT_ALLOWED");
  });

  it.each([
    ["board-manager", true, false],
    ["health-visitor", true, true],
    ["agency-developer", false, false],
    ["data-protection-officer", false, false],
  ])("about a child, owed by a %s's post, is given as far as the role goes", async (person, listed, namesChild) => {
    const { clockId, childId } = await refer("2026-03-02T10:00:00Z");
    if (person !== "board-manager")
      expect(codeOf(await world.ask(person, READ_OBLIGATION, { id: clockId }))).toBe("NOT_ALLOWED");
    await fillPost(hub(), { role: "MANAGER", holderId: `demo|${person}`, teamId: "mash" });
    const child = namesChild ? { id: childId } : null;
    const edges = listed ? [{ node: { id: clockId, child } }] : [];
    expect((await world.ask(person, MINE)).data.myObligations).toEqual({ edges });
    const one = await world.ask(person, READ_OBLIGATION, { id: clockId });
    const team = await world.ask(person, TEAM, { teamId: "mash" });
    if (!listed) return expect([codeOf(one), codeOf(team)]).toEqual(["NOT_ALLOWED", "NOT_ALLOWED"]);
    expect(one.data.obligation).toMatchObject({ child, changes: null });
    expect(team.data.teamObligations).toEqual({ edges });
  });

  it("about no child is listed for whoever answers for it, whatever their role", async () => {
    const { clockId } = await refer("2026-03-02T10:00:00Z");
    await db().update(Obligation, clockId, { childId: null });
    for (const person of ["agency-developer", "data-protection-officer"]) {
      expect(idsOf(await world.ask(person, MINE), "myObligations")).toEqual([]);
      await fillPost(hub(), { role: "MANAGER", holderId: `demo|${person}`, teamId: "mash" });
      expect(idsOf(await world.ask(person, MINE), "myObligations")).toEqual([clockId]);
      expect((await read(clockId, person)).rule).toBe("referral-decision");
    }
    expect(codeOf(await world.ask("nobody", MINE))).toBe("NOT_ALLOWED");
  });

  it("is listed by team for the business manager, and for others in a post of the team what that post owes", async () => {
    const { clockId } = await refer("2026-03-02T10:00:00Z");
    expect(idsOf(await world.ask("board-manager", TEAM, { teamId: "partnership-office" }), "teamObligations")).toEqual(
      [],
    );
    expect(idsOf(await world.ask("board-manager", TEAM, { teamId: "mash" }), "teamObligations")).toEqual([clockId]);
    expect(codeOf(await world.ask("health-visitor", TEAM, { teamId: "mash" }))).toBe("NOT_ALLOWED");
    await fillPost(hub(), { role: "PRACTITIONER", holderId: "demo|health-visitor", teamId: "mash" });
    expect(idsOf(await world.ask("health-visitor", TEAM, { teamId: "mash" }), "teamObligations")).toEqual([]);
    expect(codeOf(await world.ask("health-visitor", TEAM, { teamId: "assessment" }))).toBe("NOT_ALLOWED");
    expect(codeOf(await world.ask("board-manager", TEAM, { teamId: "no-such-team" }))).toBe("NOT_FOUND");
  });
});
