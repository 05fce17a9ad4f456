// What the council's nights bring, and what the hub does when the database is away.

import { createServer, type AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmbedded } from "../../simulators/social-care/engine.ts";
import { rowsOf } from "../../simulators/social-care/rows.ts";
import { sqlFault } from "../../src/adapters/social-care/sql-faults.ts";
import { PARTS, itemsOf, whyNot } from "../../src/domain/absence.ts";
import { socialCareTown } from "../support/social-care-town.ts";
import { socialCareAt, startSimulator, startSocialCare, type SocialCareWorld } from "../support/social-care-world.ts";
import { call } from "./contract.ts";

describe("a night at the council", () => {
  let world: SocialCareWorld;
  let cursor: string;
  beforeAll(async () => {
    world = await startSocialCare("embedded");
    cursor = (await world.system.changes(null, call())).cursor;
  });
  afterAll(() => world.close());

  it("moves the day on which the replica stands", async () => {
    const asOf = async () => (await world.system.ask({ recordIds: ["LA-0001"], parts: [] }, call()))[0]!.asOf!;
    expect(await asOf()).toEqual(new Date("2026-03-02T02:00:00Z"));
    const before = Date.now();
    await world.emit({});
    expect((await asOf()).getTime()).toBeGreaterThanOrEqual(before - 1);
    const page = await world.system.changes(cursor, call());
    expect(page).toMatchObject({ changed: [], gone: [], more: false });
    cursor = page.cursor;
  });

  it("tells of a changed plan by the child it is about", async () => {
    await world.emit({
      update: [{ table: "ssd_cp_plans", key: "T1-CP", set: { cppl_cp_plan_end_date: "2026-03-01 00:00:00" } }],
    });
    const page = await world.system.changes(cursor, call());
    expect(page.changed.map(({ recordId }) => recordId)).toEqual(["T-1"]);
    cursor = page.cursor;
  });

  it("tells of a purged record as gone", async () => {
    await world.emit({ purge: ["T-149"] });
    const page = await world.system.changes(cursor, call());
    expect(page).toMatchObject({ changed: [], gone: ["T-149"] });
    const [answer] = await world.system.ask({ recordIds: ["T-149"], parts: ["EVENTS"] }, call());
    expect(answer!.events.status).toBe("NOTHING_RECORDED");
    cursor = page.cursor;
  });

  it("refuses a cursor it did not give", async () => {
    await expect(world.system.changes("yesterday", call())).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  it("spoils one part and leaves the others", async () => {
    await world.emit({ update: [{ table: "ssd_contacts", key: "CON-1", set: { cont_contact_outcome_json: "[1]" } }] });
    const [answer] = await world.system.ask({ recordIds: ["LA-0001"], parts: ["EVENTS", "STATES"] }, call());
    expect(answer).toMatchObject({
      states: { status: "RECORDED" },
      events: { status: "DID_NOT_ANSWER", fault: "MALFORMED" },
    });
  });

  it("that spoils one record leaves the others told", async () => {
    const recordIds = ["LA-0001", "T-101"];
    const [spoilt, other] = await world.system.ask({ recordIds, parts: ["EVENTS"] }, call());
    expect(spoilt!.events).toMatchObject({ status: "DID_NOT_ANSWER", reason: whyNot("Social care", "MALFORMED") });
    expect(other!.events.status).toBe("RECORDED");
  });
});

/** A port nobody listens on, for now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("a day at the council", () => {
  let world: SocialCareWorld;
  let cursor: string;
  beforeAll(async () => {
    world = await startSocialCare("embedded");
    cursor = (await world.system.changes(null, call())).cursor;
  });
  afterAll(() => world.close());

  const told = async () => {
    const [answer] = await world.system.ask({ recordIds: ["T-1"], parts: ["STATES"] }, call());
    const ended = itemsOf(answer!.states).find(({ kind }) => kind === "CHILD_PROTECTION_PLAN")!.untilOn;
    return { ended, asOf: answer!.asOf!.toISOString() };
  };
  const before = { ended: null, asOf: "2026-03-02T02:00:00.000Z" };

  it("shows nothing until the refresh, nor moves the as of", async () => {
    const update = [{ table: "ssd_cp_plans", key: "T1-CP", set: { cppl_cp_plan_end_date: "2026-03-01 00:00:00" } }];
    await world.emit({ update, refresh: false });
    await world.emit({ purge: ["T-148"], refresh: false });
    expect(await told()).toEqual(before);
    expect(await world.system.changes(cursor, call())).toMatchObject({ changed: [], gone: [] });
  });

  it("shows at the refresh whatever was done", async () => {
    await world.emit({});
    const { ended, asOf } = await told();
    expect(ended).toBe("2026-03-01");
    expect(asOf > before.asOf).toBe(true);
    const page = await world.system.changes(cursor, call());
    expect(page.changed.map(({ recordId }) => recordId)).toEqual(["T-1"]);
    expect(page.gone).toEqual(["T-148"]);
  });

  it("refuses at once what the dataset has no place for", async () => {
    const payload = { refresh: false, update: [{ table: "ssd_person", key: "T-1", set: { pers_shoe_size: "4" } }] };
    const { statusCode } = await world.simulator.control.inject({ method: "POST", url: "/__sim/emit", payload });
    expect(statusCode).toBe(400);
  });

  it("may move the whole council to another town", async () => {
    const { cursor: last } = await world.system.changes(cursor, call());
    const payload = { children: 3, seed: 11, until: "2026-03-09" };
    const { statusCode } = await world.simulator.control.inject({ method: "POST", url: "/__sim/seed", payload });
    expect(statusCode).toBe(200);
    const page = await world.system.changes(last, call());
    expect(page.gone).toContain("T-1");
    expect(page.changed.map(({ recordId }) => recordId)).toContain("LA-0001");
    const [answer] = await world.system.ask({ recordIds: ["LA-0001"], parts: ["STATES"] }, call());
    expect(answer).toMatchObject({ asOf: new Date("2026-03-09T02:00:00Z"), states: { status: "RECORDED" } });
  });
});

describe("a database that comes and goes", () => {
  it("is found when it comes, missed when it goes, and found again", async () => {
    const port = await freePort();
    const system = socialCareAt(`postgres://reader@127.0.0.1:${port}/ssd`);
    const states = async () => (await system.ask({ recordIds: ["LA-0001"], parts: ["STATES"] }, call()))[0]!.states;
    const gone = { status: "DID_NOT_ANSWER", fault: "UNAVAILABLE" };
    expect(await states()).toMatchObject(gone);
    await expect(system.check(call())).rejects.toMatchObject({ code: "UNAVAILABLE" });
    for (let round = 0; round < 2; round += 1) {
      const simulator = await startSimulator("embedded", port);
      expect(await states()).toMatchObject({ status: "RECORDED" });
      await simulator.close();
      expect(await states()).toMatchObject(gone);
    }
    await system.close();
  });

  it("is tried afresh after an opening that took too long", async () => {
    const { system, fault, close } = await startSocialCare("embedded");
    await fault({ mode: "latency", ms: 500 });
    const states = async () => (await system.ask({ recordIds: ["LA-0001"], parts: ["STATES"] }, call()))[0]!.states;
    expect(await states()).toMatchObject({ status: "DID_NOT_ANSWER", fault: "TIMEOUT" });
    await fault();
    expect(await states()).toMatchObject({ status: "RECORDED" });
    await close();
  });

  it("answers others while some callers go away", async () => {
    const { system, close } = await startSocialCare("embedded");
    const asked = { recordIds: ["T-1"], parts: PARTS };
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) => {
        const leaves = new AbortController();
        const answer = system.ask(asked, call(leaves.signal));
        if (at % 3 === 0) setImmediate(() => leaves.abort());
        return answer;
      }),
    );
    expect(answers.filter(([answer]) => answer!.events.status === "RECORDED").length).toBeGreaterThan(0);
    const [after] = await system.ask(asked, call());
    expect(after!.events.status).toBe("RECORDED");
    await close();
  });

  it("may name the NHS number's column as the specification does", async () => {
    const engine = await startEmbedded(rowsOf(socialCareTown()));
    await engine.write([{ sql: "ALTER TABLE ssd_person RENAME COLUMN pers_single_unique_id TO pers_common_child_id" }]);
    const system = socialCareAt(`postgres://reader@127.0.0.1:${engine.port}/ssd`);
    const [answer] = await system.ask({ recordIds: ["LA-0001"], parts: ["DEMOGRAPHICS"] }, call());
    expect(itemsOf(answer!.demographics)[0]!.identifiers).toContainEqual({
      kind: "NHS_NUMBER",
      value: "9990123470",
      verified: false,
    });
    await system.close();
    await engine.close();
  });
});

describe("a database's error", () => {
  it.each([
    ["ECONNREFUSED", "UNAVAILABLE"],
    ["PROTOCOL_CONNECTION_LOST", "UNAVAILABLE"],
    ["ER_CON_COUNT_ERROR", "UNAVAILABLE"],
    ["53300", "UNAVAILABLE"],
    ["ER_ACCESS_DENIED_ERROR", "AUTH"],
    ["28P01", "AUTH"],
    ["ER_TABLEACCESS_DENIED_ERROR", "FORBIDDEN"],
    ["42501", "FORBIDDEN"],
    ["ETIMEDOUT", "TIMEOUT"],
    ["ER_LOCK_WAIT_TIMEOUT", "TIMEOUT"],
    ["ER_STATEMENT_TIMEOUT", "TIMEOUT"],
    ["57014", "TIMEOUT"],
    ["ER_LOCK_DEADLOCK", "CONFLICT"],
    ["40P01", "CONFLICT"],
    ["ER_PARSE_ERROR", "BAD_REQUEST"],
    ["ER_BAD_FIELD_ERROR", "MALFORMED"],
    ["42P01", "MALFORMED"],
  ])("%s is the fault %s", (code, fault) => {
    expect(sqlFault("ssd", Object.assign(new Error(), { code }), "reading").code).toBe(fault);
  });

  it("keeps no statement and no parameter", () => {
    const error = Object.assign(new Error("near 'Hartley'"), {
      parameters: ["Hartley"],
      driverError: { code: "42601" },
    });
    const fault = sqlFault("ssd", error, "finding a person");
    expect(fault.cause).toBeUndefined();
    expect(`${fault.message} ${fault.stack}`).not.toContain("Hartley");
  });
});
