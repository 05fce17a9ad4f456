import type { DataSource } from "typeorm";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startWorkers } from "../../src/jobs/workers.ts";
import { QUEUES } from "../../src/domain/queue.ts";
import { Message } from "../../src/schema/message.ts";
import { Obligation } from "../../src/schema/obligation.ts";
import { refillAlarms } from "../../src/services/alarms.ts";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { beat } from "../../src/services/heartbeat.ts";
import { alarmsOf, heldUpBecause, watchAlarms } from "../../src/services/health.ts";
import type { ClockAlarm } from "../../src/services/hub.ts";
import { routeOpen } from "../../src/services/open-routes.ts";
import { makeSweeper, sweep } from "../../src/services/sweep.ts";
import { noteTrouble, settleTrouble } from "../../src/services/troubled.ts";
import { DeliveryRow, HeartbeatRow, TroubledWorkRow } from "../../src/store/rows-clocks.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { RouteRequestRow } from "../../src/store/rows.ts";
import { NHS, RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

const STATUS = `{ hubStatus { alarms { code says since queue } sweptAt queues { name workedAt } oldestOverdueSeconds parked } }`;
const PARKED = `{ parkedWork { queue subjectId fault teamId parkedAt attempts } }`;
const REPLAY = `mutation ($queue: QueueName!, $subjectId: ID!) { replayWork(queue: $queue, subjectId: $subjectId) }`;
const REPLAY_ALL = `mutation ($queue: QueueName!) { replayWork(queue: $queue) }`;
const SUBMIT = `mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) { id } }`;
const ATTEMPTS = 12;
const MINUTE = 60_000;

class Weather extends Error {
  override readonly name = "Weather";
  readonly code = "RAIN";
}

describe.each(ENGINES)("on $name", (engine) => {
  let world: LightHub;
  const hub = () => world.open.hub;
  const db = () => hub().db.manager;
  const beats = () => beat(hub(), ["sweep", ...QUEUES.map((queue) => `queue:${queue}` as const)]);
  const codes = async () => (await alarmsOf(hub())).map(({ code, queue }) => (queue ? `${code} ${queue}` : code));
  const silent = (name: string, ms: number) => db().update(HeartbeatRow, { name }, { at: new Date(Date.now() - ms) });
  const submit = async (key: string): Promise<string> => {
    const referral = {
      identifier: { kind: "NHS_NUMBER", value: NHS },
      concern: "She flinched when the door banged.",
      level: "level-4",
      immediateDanger: false,
      key,
    };
    return (await world.ask("teacher", SUBMIT, { referral })).data.submitReferral.id;
  };
  const obligationOf = (subjectId: string) => db().findOneByOrFail(Obligation, { subjectId });
  const fail = (queue: "routing" | "lateness" | "telling", subjectId: string, teamId: string | null = "mash") =>
    noteTrouble(hub(), { queue, subjectId, error: new Weather("a message about somebody"), teamId });
  const park = async (queue: "routing" | "lateness" | "telling", subjectId: string) => {
    for (let attempts = 0; attempts < ATTEMPTS; attempts += 1) await fail(queue, subjectId);
  };

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS, { METRICS_TOKEN: "a-token-for-metrics" });
  });
  afterEach(async () => {
    await sweep(hub());
    await db().clear(TroubledWorkRow);
    await db().clear(HeartbeatRow);
  });
  afterAll(() => world?.close());

  describe("signs of life", () => {
    it("that were never given are alarms, and then are not", async () => {
      expect(await codes()).toEqual(["SWEEP_HAS_NOT_RUN", ...QUEUES.map((queue) => `NOBODY_WORKS_ON_QUEUE ${queue}`)]);
      await beats();
      expect(await codes()).toEqual([]);
    });

    it("that stopped more than a minute ago are alarms", async () => {
      await beats();
      await silent("queue:lateness", MINUTE + 5_000);
      await silent("queue:telling", MINUTE - 30_000);
      expect(await codes()).toEqual(["NOBODY_WORKS_ON_QUEUE lateness"]);
      await silent("sweep", MINUTE + 5_000);
      expect(await codes()).toContain("SWEEP_HAS_NOT_RUN");
      await sweep(hub());
      expect(await codes()).toEqual(["NOBODY_WORKS_ON_QUEUE lateness"]);
    });

    it("are told to those who wait, in health, and in the graph", async () => {
      await beats();
      await silent("queue:routing", 2 * MINUTE);
      const held = () => heldUpBecause(hub(), "routing");
      await expect.poll(held, { timeout: 5_000 }).toMatch(/the sweep does its work/);
      const health = await (await fetch(`${world.url}/health`)).json();
      expect(health).toMatchObject({ status: "up", alarms: [{ code: "NOBODY_WORKS_ON_QUEUE", queue: "routing" }] });
      const ready = await (await fetch(`${world.url}/ready`)).json();
      expect(ready.alarms).toEqual(health.alarms);
      const { hubStatus } = (await world.ask("teacher", STATUS)).data;
      expect(hubStatus.alarms).toMatchObject([{ code: "NOBODY_WORKS_ON_QUEUE", queue: "routing" }]);
      expect(hubStatus.queues.map(({ name }: { name: string }) => name)).toEqual([...QUEUES]);
      expect(hubStatus).toMatchObject({ oldestOverdueSeconds: 0, parked: 0 });
      await beats();
      await expect.poll(held, { timeout: 5_000 }).toBeNull();
    });

    it("are not for somebody without a role", async () => {
      const { data, errors } = await world.ask("nobody", STATUS);
      expect([data, errors[0]!.extensions.code]).toEqual([null, "NOT_ALLOWED"]);
    });

    it("are missed in the log of every process", async () => {
      const said: object[] = [];
      const log = { ...hub().log, error: (fields: object) => void said.push(fields) };
      const stop = watchAlarms({ ...hub(), log }, 10);
      await expect.poll(() => said).toContainEqual({ alarm: "SWEEP_HAS_NOT_RUN", queue: null, since: null });
      stop();
    });

    it("are not written by a sweep that fails", async () => {
      const failing = async () => {
        throw new Error("no transaction today");
      };
      const store = Object.create(hub().db, { transaction: { value: failing } }) as DataSource;
      await expect(sweep({ ...hub(), db: store })).rejects.toThrow("no transaction today");
      expect(await codes()).toContain("SWEEP_HAS_NOT_RUN");
    });
  });

  describe("work that is due", () => {
    it("and not done for a minute is an alarm, until the sweep does it", async () => {
      const id = await submit("due-and-not-done");
      await db().update(RouteRequestRow, { referralId: id }, { doneAt: hub().now() });
      await beats();
      const { nextAt } = await obligationOf(id);
      world.setNow(new Date(nextAt!.getTime() + 59_000));
      expect(await codes()).toEqual([]);
      world.setNow(new Date(nextAt!.getTime() + 75_000));
      expect(await alarmsOf(hub())).toMatchObject([{ code: "WORK_OVERDUE", since: nextAt, says: /75 seconds/ }]);
      await sweep(hub());
      expect(await codes()).toEqual([]);
      world.setNow(null);
    });

    it("sets each alarm of the next day again, and none beyond", async () => {
      const now = new Date("2026-12-23T10:00:00Z");
      const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
      world.setNow(now);
      const ids = await Promise.all([1, 2, 3, 4].map((n) => submit(`alarm-ahead-${n}`)));
      for (const [index, hours] of [2, 2, 23, 25].entries())
        await db().update(Obligation, { subjectId: ids[index]! }, { nextAct: "LATE", nextAt: at(hours) });
      const set: ClockAlarm[] = [];
      const told: Date[] = [];
      const wake = {
        ...hub().wake,
        clocks: async (alarms: readonly ClockAlarm[]) => void set.push(...alarms),
        telling: async (instants: readonly Date[]) => void told.push(...instants),
      };
      await db().insert(DeliveryRow, delivery(hub().newId(), at(5)));
      await refillAlarms({ ...hub(), wake });
      expect(set.filter(({ act }) => act === "LATE")).toEqual([
        { act: "LATE", at: at(2) },
        { act: "LATE", at: at(23) },
      ]);
      expect(told).toContainEqual(at(5));
      await db().delete(DeliveryRow, { nextAt: at(5) });
      world.setNow(null);
    });

    it("has its alarms set hourly by whoever comes first, and at once after a loss", async () => {
      let refills = 0;
      const wake = { ...hub().wake, clocks: async () => void (refills += 1) };
      const id = await submit("hourly-alarm");
      const soon = new Date(hub().now().getTime() + 3_600_000);
      await db().update(Obligation, { subjectId: id }, { nextAct: "RUNG", nextAt: soon });
      const sweeper = makeSweeper({ ...hub(), wake });
      await sweeper.sweep();
      const first = refills;
      await sweeper.sweep();
      const second = refills;
      await sweeper.refill();
      expect([first > 0, second === first, refills > second]).toEqual([true, true, true]);
      await db().update(Obligation, { subjectId: id }, { nextAct: null, nextAt: null });
    });
  });

  describe("work that fails", () => {
    it("rests longer each time, and is then parked and told of once", async () => {
      const now = new Date("2026-03-02T10:00:00Z");
      world.setNow(now);
      const id = hub().newId();
      const pauses: number[] = [];
      const parked: boolean[] = [];
      for (let attempts = 0; attempts < ATTEMPTS + 2; attempts += 1) {
        const { tryAt, isParked } = await fail("lateness", id);
        pauses.push((tryAt!.getTime() - now.getTime()) / 1_000);
        parked.push(isParked);
      }
      for (const [index, most] of [10, 20, 40, 80, 160, 320, 640].entries()) {
        expect(pauses[index]).toBeGreaterThanOrEqual(most / 2);
        expect(pauses[index]).toBeLessThanOrEqual(most);
      }
      expect(pauses.slice(11)).toEqual([3_600, 3_600, 3_600]);
      expect(parked.indexOf(true)).toBe(11);
      expect(await db().findOneByOrFail(TroubledWorkRow, { subjectId: id })).toMatchObject({
        queue: "lateness",
        attempts: 14,
        fault: "Weather RAIN",
        parkedAt: now,
        teamId: "mash",
      });
      const told = (await db().findBy(Message, { kind: "WORK_PARKED" })).filter(({ key }) => key.includes(id));
      expect(told).toHaveLength(1);
      expect(await codes()).toContain("WORK_PARKED");
      world.setNow(null);
    });

    it("starts from the first attempt once it was done after all", async () => {
      const id = hub().newId();
      await park("routing", id);
      await settleTrouble(hub(), db(), { queue: "routing", subjectIds: [id] });
      expect(await codes()).not.toContain("WORK_PARKED");
      await fail("routing", id);
      expect(await db().findOneByOrFail(TroubledWorkRow, { subjectId: id })).toMatchObject({
        attempts: 1,
        doneAt: null,
        parkedAt: null,
      });
    });

    it("is not lost by a process that ends before it has said when to try again", async () => {
      const id = await submit("half-noted-route");
      const dying = {
        ...hub(),
        db: Object.create(hub().db, { transaction: { value: () => Promise.reject(new Error("killed")) } }),
      };
      const trouble = { queue: "routing", subjectId: id, error: new Weather(), teamId: "mash" } as const;
      await expect(noteTrouble(dying, trouble)).rejects.toThrow("killed");
      expect(await db().countBy(TroubledWorkRow, { subjectId: id })).toBe(1);
      expect(await routeOpen(hub(), clockCaller(hub(), "sweep"))).toBe(1);
      expect((await db().findOneByOrFail(TroubledWorkRow, { subjectId: id })).doneAt).not.toBeNull();
    });

    it("at twenty places at once counts each", async () => {
      const id = hub().newId();
      await Promise.all(Array.from({ length: 5 }, () => fail("routing", id)));
      expect(await db().findOneByOrFail(TroubledWorkRow, { subjectId: id })).toMatchObject({ attempts: 5 });
    });

    it("is left alone by the sweep while it rests, and tried every hour while it is parked", async () => {
      const [resting, parked, open] = [
        await submit("resting-route"),
        await submit("parked-route"),
        await submit("open-route"),
      ];
      await fail("routing", resting);
      await park("routing", parked);
      await routeOpen(hub(), clockCaller(hub(), "sweep"));
      const doneAt = async (referralId: string) =>
        (await db().findOneByOrFail(RouteRequestRow, { referralId })).doneAt !== null;
      expect([await doneAt(resting), await doneAt(parked), await doneAt(open)]).toEqual([false, false, true]);
      world.setNow(new Date(Date.now() + 20_000));
      await routeOpen(hub(), clockCaller(hub(), "sweep"));
      expect([await doneAt(resting), await doneAt(parked)]).toEqual([true, false]);
      world.setNow(new Date(Date.now() + 3_600_000));
      await routeOpen(hub(), clockCaller(hub(), "sweep"));
      world.setNow(null);
      expect([await doneAt(parked), await codes()]).toEqual([true, expect.not.arrayContaining(["WORK_PARKED"])]);
      expect((await db().findOneByOrFail(TroubledWorkRow, { subjectId: resting })).doneAt).not.toBeNull();
    });
  });

  describe("parked work", () => {
    it("is listed, and replayed once by one action, on record", async () => {
      const id = await submit("replayed-route");
      await park("routing", id);
      const { data } = await world.ask("mash-manager", PARKED);
      expect(data.parkedWork).toMatchObject([
        { queue: "routing", subjectId: id, fault: "Weather RAIN", teamId: "mash", attempts: ATTEMPTS },
      ]);
      const replayed = await world.ask("mash-manager", REPLAY, { queue: "routing", subjectId: id });
      expect(replayed.data.replayWork).toBe(true);
      const again = await world.ask("mash-manager", REPLAY, { queue: "routing", subjectId: id });
      expect(again.errors[0]).toMatchObject({ extensions: { code: "NOT_FOUND" } });
      await sweep(hub());
      expect((await db().findOneByOrFail(RouteRequestRow, { referralId: id })).doneAt).not.toBeNull();
      expect((await world.ask("mash-manager", PARKED)).data.parkedWork).toEqual([]);
      expect(await db().countBy(AuditRow, { what: "parked.replayed", subjectId: id, allowed: true })).toBe(1);
    });

    it("of a clock is due now", async () => {
      const { id } = await obligationOf(await submit("replayed-clock"));
      const { dueAt } = await db().findOneByOrFail(Obligation, { id });
      const at = new Date(dueAt.getTime() + 7_200_000);
      const later = new Date(at.getTime() + 3_600_000);
      await db().update(Obligation, id, { nextAct: "LATE", nextNumber: 1, nextAt: later });
      await park("lateness", id);
      world.setNow(at);
      await world.ask("board-manager", REPLAY, { queue: "lateness", subjectId: id });
      expect(await db().findOneByOrFail(Obligation, { id })).toMatchObject({ nextAct: "LATE", nextAt: at });
      await sweep(hub());
      world.setNow(null);
      expect((await db().findOneByOrFail(Obligation, { id })).state).toBe("LATE");
      expect((await db().findOneByOrFail(TroubledWorkRow, { subjectId: id })).doneAt).not.toBeNull();
    });

    it("of a clock makes nothing happen before its time, nor what another queue does", async () => {
      const { id, dueAt } = await obligationOf(await submit("replayed-too-soon"));
      const before = await db().findOneByOrFail(Obligation, { id });
      for (const [act, queue] of [
        ["LATE", "lateness"],
        ["REMIND", "lateness"],
      ] as const) {
        await db().update(Obligation, id, { nextAct: act, nextNumber: 1, nextAt: dueAt });
        await park("lateness", id);
        await world.ask("board-manager", REPLAY, { queue, subjectId: id });
        expect(await db().findOneByOrFail(Obligation, { id })).toMatchObject({ nextAct: act, nextAt: dueAt });
        expect((await db().findOneByOrFail(TroubledWorkRow, { subjectId: id })).doneAt).not.toBeNull();
      }
      // However a row came to be due: its act has its own time.
      await db().update(Obligation, id, { nextAct: "LATE", nextNumber: 1, nextAt: hub().now() });
      await sweep(hub());
      expect(await db().findOneByOrFail(Obligation, { id })).toMatchObject({
        state: "OPEN",
        nextAct: "LATE",
        nextAt: dueAt,
      });
      await db().save(Obligation, before);
    });

    it("of one queue is replayed all at once", async () => {
      const ids = await Promise.all([1, 2, 3].map((n) => submit(`replayed-together-${n}`)));
      for (const id of ids) await park("routing", id);
      const other = hub().newId();
      await park("telling", other);
      expect((await world.ask("mash-manager", REPLAY_ALL, { queue: "routing" })).data.replayWork).toBe(true);
      expect((await world.ask("mash-manager", PARKED)).data.parkedWork).toMatchObject([{ subjectId: other }]);
      const again = await world.ask("mash-manager", REPLAY_ALL, { queue: "routing" });
      expect(again.errors[0]).toMatchObject({ extensions: { code: "NOT_FOUND" } });
      for (const subjectId of ids)
        expect(await db().countBy(AuditRow, { what: "parked.replayed", subjectId, allowed: true })).toBe(1);
    });

    it("of telling waits from its first attempt", async () => {
      const id = hub().newId();
      await db().insert(DeliveryRow, { ...delivery(id, null), state: "PARKED", attempts: 9 });
      await park("telling", id);
      const at = new Date("2026-03-02T10:00:00Z");
      world.setNow(at);
      await world.ask("agency-developer", REPLAY, { queue: "telling", subjectId: id });
      expect(await db().findOneByOrFail(DeliveryRow, { id })).toMatchObject({
        state: "WAITING",
        attempts: 0,
        nextAt: at,
      });
      await db().delete(DeliveryRow, { id });
      world.setNow(null);
    });

    it.each(["teacher", "health-visitor", "police-officer", "data-protection-officer", "nobody"])(
      "is not for a %s",
      async (person) => {
        const id = hub().newId();
        await park("routing", id);
        for (const [ask, variables] of [
          [PARKED, {}],
          [REPLAY, { queue: "routing", subjectId: id }],
        ] as const) {
          const { data, errors } = await world.ask(person, ask, variables);
          expect([data, errors[0]!.extensions.code]).toEqual([null, "NOT_ALLOWED"]);
        }
        expect(await db().findOneByOrFail(TroubledWorkRow, { subjectId: id })).toMatchObject({ replayedAt: null });
      },
    );
  });

  describe("metrics", () => {
    const read = (token?: string) =>
      fetch(`${world.url}/metrics`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });

    it("tell of the hub in numbers, and of nobody", async () => {
      await beats();
      await submit("counted-in-metrics");
      await park("routing", hub().newId());
      const response = await read("a-token-for-metrics");
      const text = await response.text();
      expect(response.headers.get("content-type")).toContain("text/plain");
      for (const line of [
        /^hub_sweep_age_seconds \d/m,
        /^hub_queue_worked_age_seconds\{queue="lateness"\} \d/m,
        /^hub_oldest_overdue_seconds \d/m,
        /^hub_obligations\{state="OPEN"\} [1-9]/m,
        /^hub_parked\{queue="routing"\} 1$/m,
        /^hub_deliveries_waiting \d/m,
        /^hub_clock_skew_seconds 0$/m,
        /^process_cpu_seconds_total/m,
      ])
        expect(text).toMatch(line);
      expect(text).not.toMatch(/flinched|Hartley|9990123470/);
    });

    it.each([undefined, "", "another-token-for-it"])("are not for whoever sends %j", async (token) => {
      expect((await read(token)).status).toBe(404);
    });
  });

  // Last: from here on, workers run.
  it("is all well within moments of a worker's start, and stops in order", async () => {
    const stop = await startWorkers(hub(), world.open.queues);
    await expect.poll(codes, { timeout: 20_000 }).toEqual([]);
    await stop();
  });
});

const delivery = (id: string, nextAt: Date | null) =>
  ({
    id,
    messageId: id,
    channel: "EMAIL",
    target: "someone@example.org",
    state: "WAITING",
    inDigest: false,
    attempts: 0,
    nextAt,
    sentAt: null,
    fault: null,
  }) as const;
