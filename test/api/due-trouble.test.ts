// What becomes of an act of the clock that fails: it is tried again for ever, and holds up nothing that comes after it.

import { IsNull } from "typeorm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CLOCK_ACTS } from "../../src/domain/obligation.ts";
import { readSchedule, writeSchedule } from "../../src/domain/schedule.ts";
import { Message } from "../../src/schema/message.ts";
import { Obligation, ObligationEvent } from "../../src/schema/obligation.ts";
import { Post } from "../../src/schema/post.ts";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { carryOutDue } from "../../src/services/due.ts";
import { handOnDue } from "../../src/services/hand-on.ts";
import type { Hub } from "../../src/services/hub.ts";
import { replayWork } from "../../src/services/parked.ts";
import { oldestDue } from "../../src/store/overdue.ts";
import { noteTrouble } from "../../src/services/troubled.ts";
import { DeliveryRow, TroubledWorkRow } from "../../src/store/rows-clocks.ts";
import { RouteRequestRow } from "../../src/store/rows.ts";
import { NHS, RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { fillPost } from "../support/posts.ts";

const SUBMIT = `mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) { clock { id } } }`;
const HOUR = 3_600_000;

class Weather extends Error {
  override readonly name = "Weather";
}

describe.each(ENGINES)("on $name, what fails", (engine) => {
  let world: LightHub;
  let keys = 0;
  const hub = () => world.open.hub;
  const db = () => hub().db.manager;
  const caller = () => clockCaller(hub(), "test");
  const at = (instant: string | Date) => world.setNow(new Date(instant));
  const hours = (from: Date, count: number) => new Date(from.getTime() + count * HOUR);
  const tick = (on: Hub = hub()) => carryOutDue(on, caller(), { acts: [...CLOCK_ACTS], upTo: hub().now() });
  const read = (id: string) => db().findOneByOrFail(Obligation, { id });
  const eventsOf = (obligationId: string) =>
    db().find(ObligationEvent, { where: { obligationId }, order: { id: "ASC" } });
  const troubleOf = (subjectId: string) => db().findOneByOrFail(TroubledWorkRow, { subjectId });
  const told = async (obligationId: string) =>
    (await db().find(Message, { where: { obligationId }, order: { at: "ASC", id: "ASC" } })).map(
      ({ kind, toActorId, urgent }) => `${kind} ${toActorId}${urgent ? " urgent" : ""}`,
    );
  /** A hub that cannot tell anybody anything. */
  const speechless = (): Hub => ({ ...hub(), area: { ...hub().area, telling: undefined as never } });

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
  });
  afterAll(() => world?.close());
  beforeEach(async () => {
    for (const table of [Post, Message, ObligationEvent, Obligation, TroubledWorkRow]) await db().clear(table);
    await fillPost(hub(), { role: "MANAGER", holderId: "anna", teamId: "mash" });
  });

  async function refer(instant: string): Promise<Obligation> {
    at(instant);
    const referral = {
      key: `due-trouble-${(keys += 1)}`,
      identifier: { kind: "NHS_NUMBER", value: NHS },
      concern: "Asleep in class again.",
      level: "level-4",
      immediateDanger: false,
    };
    return read((await world.ask("teacher", SUBMIT, { referral })).data.submitReferral.clock.id);
  }

  /** Gives it reminders at these instants before it is late. */
  async function remindAt(row: Obligation, ...instants: Date[]): Promise<void> {
    const rest = readSchedule(row.schedule, row.dueAt).filter(({ act }) => act === "LATE" || act === "RUNG");
    const reminders = instants.map((when, index) => ({ act: "REMIND" as const, number: index + 1, at: when }));
    const next = { nextAct: "REMIND" as const, nextNumber: 1, nextAt: instants[0]! };
    await db().update(Obligation, row.id, { schedule: writeSchedule([...reminders, ...rest]), ...next });
  }

  it("to remind rests, but never beyond the deadline, at which it is late on time", async () => {
    const row = await refer("2026-03-02T10:00:00Z");
    await remindAt(row, hours(row.dueAt, -5));
    for (let minutes = 0; minutes < 300; minutes += 5) {
      at(new Date(row.dueAt.getTime() - 5 * HOUR + minutes * 60_000));
      await tick(speechless());
      const { nextAct, nextAt } = await read(row.id);
      expect([nextAct, nextAt! > hub().now(), nextAt! <= row.dueAt]).toEqual(["REMIND", true, true]);
    }
    expect(await troubleOf(row.id)).toMatchObject({ queue: "reminders", parkedAt: expect.any(Date) });
    at(row.dueAt);
    await tick();
    expect((await read(row.id)).state).toBe("LATE");
    expect((await eventsOf(row.id)).map(({ what }) => what)).toEqual(["OPENED", "REMINDED", "WENT_LATE", "CLIMBED"]);
    expect(await told(row.id)).toEqual(["LATE anna urgent"]);
    expect((await troubleOf(row.id)).doneAt).not.toBeNull();
  });

  it("to tell of lateness is late all the same in the end, and the first rung tells in its stead", async () => {
    const row = await refer("2026-03-02T10:00:00Z");
    for (let past = 0; past < 13; past += 1) {
      at(hours(row.dueAt, past));
      await tick(speechless());
      if ((await read(row.id)).state === "LATE") break;
    }
    const late = (await eventsOf(row.id)).find(({ what }) => what === "WENT_LATE");
    expect(late?.because).toContain("nobody could be told of it");
    expect(await told(row.id)).toEqual([]);
    const lateness = { queue: "lateness", subjectId: row.id };
    expect(await db().findOneByOrFail(TroubledWorkRow, lateness)).toMatchObject({ parkedAt: expect.any(Date) });
    at(hours(hub().now(), 2));
    await tick();
    expect(await told(row.id)).toContain("RUNG anna urgent");
    const manager = { ...caller(), actor: { ...caller().actor, role: "BOARD_MANAGER" as const } };
    const before = await read(row.id);
    await replayWork(hub(), manager, { queue: "lateness", subjectId: null });
    expect((await db().findOneByOrFail(TroubledWorkRow, lateness)).doneAt).not.toBeNull();
    expect(await read(row.id)).toEqual(before);
  });

  it("while it is parked is tried every hour, and settles itself when it works again", async () => {
    const row = await refer("2026-03-02T10:00:00Z");
    at(row.dueAt);
    await tick();
    const rung = await read(row.id);
    expect(rung.nextAct).toBe("RUNG");
    for (let past = 0; past < 13; past += 1) {
      at(hours(rung.nextAt!, past));
      await tick(speechless());
      expect((await read(row.id)).nextAt!.getTime()).toBeLessThanOrEqual(hub().now().getTime() + HOUR);
    }
    expect(await troubleOf(row.id)).toMatchObject({ queue: "escalation", parkedAt: expect.any(Date) });
    at(hours(hub().now(), 2));
    await tick();
    expect(await troubleOf(row.id)).toMatchObject({ parkedAt: null, doneAt: expect.any(Date) });
    expect((await told(row.id)).some((line) => line.startsWith("RUNG"))).toBe(true);
  });

  it("is not what makes a rung silent: whoever hears that it is late hears no rung of the same instant", async () => {
    const row = await refer("2026-03-02T10:00:00Z");
    at(row.dueAt);
    await tick();
    expect(await told(row.id)).toEqual(["LATE anna urgent"]);
    const climbed = (await eventsOf(row.id)).filter(({ what }) => what === "CLIMBED");
    expect(climbed.map(({ because }) => because)).toEqual([expect.stringContaining("is told already")]);
  });

  it("or not, says the hour of a clock in hours", async () => {
    const row = await refer("2026-03-02T10:00:00Z");
    const dueAt = new Date("2026-03-05T03:15:00Z");
    const schedule = writeSchedule([{ act: "LATE", number: 1, at: dueAt }]);
    const next = { nextAct: "LATE" as const, nextNumber: 1, nextAt: dueAt };
    await db().update(Obligation, row.id, { dueAt, dueOn: "2026-03-05" as never, schedule, ...next });
    at(dueAt);
    await tick();
    const [message] = await db().findBy(Message, { obligationId: row.id });
    expect(message?.says).toContain("Late since 03:15 GMT on 2026-03-05");
    expect((await eventsOf(row.id)).at(-1)?.because).toContain("due by 03:15 GMT on 2026-03-05");
  });

  it("to be handed on holds up no other message, and is tried again", async () => {
    await fillPost(hub(), { role: "ESCALATION_LEAD", holderId: "ben" });
    const [first, second] = [await refer("2026-03-02T10:00:00Z"), await refer("2026-03-02T11:00:00Z")];
    await db().update(RouteRequestRow, { doneAt: IsNull() }, { doneAt: hub().now() });
    at(second.dueAt);
    await tick();
    await db().clear(DeliveryRow);
    const [bad] = (await db().findBy(Message, { obligationId: first.id })) as [Message];
    // Too long for its column once it is handed on: it is then kept as a digest, which fails today.
    await db().update(Message, bad.id, { key: `${"x".repeat(119)}` });
    const keyed = (text: string): string => {
      if (text.startsWith("xxx")) throw new Weather();
      return hub().keyed(text);
    };
    at(hours(second.dueAt, 2));
    expect(await oldestDue(hub().db, hub().now())).toEqual(bad.handOnAt);
    await handOnDue({ ...hub(), keyed }, caller(), hub().now());
    expect(await told(second.id)).toEqual(["LATE anna urgent", "LATE ben urgent"]);
    expect(await told(first.id)).toEqual(["LATE anna urgent"]);
    const trouble = await troubleOf(bad.id);
    expect(trouble).toMatchObject({ queue: "telling", fault: "Weather", attempts: 1, doneAt: null });
    expect((await db().findOneByOrFail(Message, { id: bad.id })).handOnAt).toEqual(trouble.tryAt);
    at(trouble.tryAt!);
    await handOnDue(hub(), caller(), hub().now());
    expect(await told(first.id)).toEqual(["LATE anna urgent", "LATE ben urgent"]);
    expect((await troubleOf(bad.id)).doneAt).not.toBeNull();
  });

  it("to resume a clock is settled once it runs again", async () => {
    const row = await refer("2026-03-02T10:00:00Z");
    const untilAt = new Date("2026-03-03T00:00:00Z");
    const next = { nextAct: "RESUME" as const, nextNumber: 1, nextAt: untilAt };
    await db().update(Obligation, row.id, { state: "PAUSED", pausedAt: new Date("2026-03-02T12:00:00Z"), ...next });
    const trouble = { queue: "lateness", subjectId: row.id, error: new Weather(), teamId: "mash" } as const;
    const { tryAt } = await noteTrouble(hub(), trouble);
    await db().update(Obligation, row.id, { nextAt: tryAt });
    at(untilAt);
    await tick();
    expect((await read(row.id)).state).toBe("OPEN");
    expect((await troubleOf(row.id)).doneAt).not.toBeNull();
  });
});
