import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startWorkers } from "../../src/jobs/workers.ts";
import { Obligation } from "../../src/schema/obligation.ts";
import { Referral } from "../../src/schema/referral.ts";
import { clockCaller, sweep } from "../../src/services/sweep.ts";
import { routeReferral } from "../../src/services/referrals.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { RouteRequestRow } from "../../src/store/rows.ts";
import { NHS, RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

const SUBMIT = `mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) {
  id status clock { rule dueOn dueAt state explanation } } }`;
const READ = `query ($id: ID!) { referral(id: $id) { status concern fromAgencyId child { id }
  route { team { id name phone } because routedAt } clock { rule state } history { what by because } } }`;

const concern = {
  identifier: { kind: "NHS_NUMBER", value: NHS },
  concern: "She flinched when the door banged.",
  level: "level-4",
  immediateDanger: false,
};

describe.each(ENGINES)("on $name, a referral", (engine) => {
  let world: LightHub;
  const db = () => world.open.hub.db.manager;
  const submit = async (key: string, more = {}, as = "teacher") =>
    world.ask(as, SUBMIT, { referral: { ...concern, key, ...more } });
  const read = async (id: string, as = "teacher") => (await world.ask(as, READ, { id })).data.referral;

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
  });
  afterAll(() => world?.close());

  it("is stored with its clock and its request for a route", async () => {
    world.setNow(new Date("2026-12-23T10:00:00Z"));
    const { data } = await submit("stored-with-clock");
    world.setNow(null);
    const { id, status, clock } = data.submitReferral;
    expect(status).toBe("SUBMITTED");
    expect(clock).toMatchObject({ rule: "referral-decision", dueOn: "2026-12-24", state: "OPEN" });
    expect(clock.explanation).toContain("1 working day after the referral was received on 2026-12-23");
    expect(await db().findOneBy(RouteRequestRow, { referralId: id })).toMatchObject({ doneAt: null });
  });

  it("made on the eve of a bank holiday is due after it", async () => {
    world.setNow(new Date("2026-04-02T10:00:00Z"));
    const { clock } = (await submit("before-easter")).data.submitReferral;
    world.setNow(null);
    expect(clock.dueOn).toBe("2026-04-07");
    expect(clock.explanation).toContain("Good Friday");
  });

  it("is routed by a job, and says where and why", async () => {
    const { id } = (await submit("routed-by-a-job")).data.submitReferral;
    await startWorkers(world.open.hub, world.open.queues);
    await expect.poll(async () => (await read(id)).status, { timeout: 20_000 }).toBe("ROUTED");
    const { route, history, child } = await read(id);
    expect(route.team.id).toBe("mash");
    expect(route.because).toContain("multi-agency safeguarding hub");
    expect(history.map(({ what }: { what: string }) => what)).toEqual(["referral.submitted", "referral.routed"]);
    expect(child.id).toMatch(/^[\da-f-]{36}$/);
  });

  it("sent twice with one key is one referral", async () => {
    const first = (await submit("sent-twice")).data.submitReferral;
    const again = (await submit("sent-twice")).data.submitReferral;
    expect(again.id).toBe(first.id);
    expect(await db().countBy(Obligation, { subjectId: first.id })).toBe(1);
  });

  it("sent by twenty at once with one key is one referral", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit("sent-at-once")));
    expect(new Set(answers.map(({ data }) => data.submitReferral.id)).size).toBe(1);
    expect(await db().countBy(Referral, { key: "sent-at-once" })).toBe(1);
  });

  it("with another's key for another concern is refused", async () => {
    await submit("key-taken");
    const { errors } = await submit("key-taken", { concern: "Something else entirely." });
    expect(errors[0]).toMatchObject({ extensions: { code: "CONFLICT" } });
  });

  it("whose route the queue lost is found by the sweep", async () => {
    const { hub } = world.open;
    const wake = hub.wake.route;
    Object.assign(hub.wake, { route: async () => {} });
    const { id } = (await submit("lost-by-the-queue")).data.submitReferral;
    Object.assign(hub.wake, { route: wake });
    await sweep(hub);
    expect((await read(id)).status).toBe("ROUTED");
  });

  it("is routed once by two jobs at once", async () => {
    const { hub } = world.open;
    const { id } = (await submit("two-jobs-at-once")).data.submitReferral;
    await Promise.all([1, 2, 3].map(() => routeReferral(hub, clockCaller(hub, "routing"), id)));
    const { history } = await read(id);
    expect(history.filter(({ what }: { what: string }) => what === "referral.routed")).toHaveLength(1);
  });

  it("in immediate danger goes to the safeguarding hub whatever its level", async () => {
    const { id } = (await submit("danger-low-level", { level: "level-1", immediateDanger: true })).data.submitReferral;
    await sweep(world.open.hub);
    expect((await read(id)).route.team.id).toBe("mash");
    const { id: low } = (await submit("low-level", { level: "level-1" })).data.submitReferral;
    await sweep(world.open.hub);
    expect((await read(low)).route.team.id).toBe("early-help");
  });

  it("leaves a record of who sent and who read it", async () => {
    const { id } = (await submit("on-record")).data.submitReferral;
    await read(id);
    const entries = await db().findBy(AuditRow, { subjectId: id, role: "TEACHER" });
    expect(entries.map(({ what }) => what)).toEqual(expect.arrayContaining(["referral.submitted", "referral.read"]));
  });

  it.each([
    ["no child", { identifier: null }, "BAD_INPUT", "Name the child once"],
    ["two children", { childId: "01a1ffda-881d-704b-8279-d4693c6176f3" }, "BAD_INPUT", "Name the child once"],
    ["a wrong check digit", { identifier: { kind: "NHS_NUMBER", value: "9990123471" } }, "BAD_INPUT", "check digit"],
    [
      "an unknown child",
      { identifier: null, childId: "01a1ffda-881d-704b-8279-d4693c6176f3" },
      "NOT_FOUND",
      "no such child",
    ],
    ["an unknown level", { level: "level-9" }, "BAD_INPUT", "level-1, level-2"],
    ["no concern", { concern: "" }, "BAD_INPUT", "must be 1 to 10,000 characters"],
    ["an unusable key", { key: "no" }, "BAD_INPUT", "key: must be 8 to 100"],
  ])("with %s is refused and nothing is stored", async (_what, more, code, says) => {
    const before = await db().count(Referral);
    const { data, errors, text } = await submit("refused-referral", more);
    expect(data).toBeNull();
    expect(errors[0]!.extensions.code).toBe(code);
    expect(errors[0]!.message).toContain(says);
    expect(text).not.toContain("9990123471");
    expect(await db().count(Referral)).toBe(before);
  });

  it("is open to its own agency and to those who receive it, to nobody else", async () => {
    const { id } = (await submit("who-may-read")).data.submitReferral;
    for (const person of ["teacher", "social-worker", "mash-manager"])
      expect((await read(id, person)).concern).toBeTruthy();
    for (const person of ["health-visitor", "police-officer", "board-manager", "agency-developer", "nobody"]) {
      const { data, errors } = await world.ask(person, READ, { id });
      expect([person, data, errors[0]?.extensions.code]).toEqual([person, null, "NOT_ALLOWED"]);
    }
  });

  it.each(["board-manager", "data-protection-officer", "agency-developer", "nobody"])(
    "is not for a %s to make",
    async (person) => {
      const { errors } = await submit(`made-by-${person}`, {}, person);
      expect(errors[0]!.extensions.code).toBe("NOT_ALLOWED");
      expect(await db().countBy(Referral, { key: `made-by-${person}` })).toBe(0);
    },
  );
});
