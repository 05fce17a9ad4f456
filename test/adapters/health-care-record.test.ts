import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PARTS } from "../../src/domain/absence.ts";
import { CLASS, startHealth, type HealthWorld } from "../support/health-world.ts";
import { call } from "./contract.ts";

const TYPES = ["Patient", "RelatedPerson", "EpisodeOfCare", "Encounter", "Flag", "CarePlan", "Observation"];

describe("the care record in pages of two", () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await startHealth({ simulator: { pageCap: 2 }, careLane: { atOnce: 64 } });
  });
  afterAll(() => world.close());

  it("is read to the end of its pages", async () => {
    const recordIds = CLASS.slice(0, 7);
    const answers = await world.system.ask({ recordIds, parts: PARTS }, call());
    for (const { demographics, involvements, states, events } of answers) {
      expect(demographics.status).toBe("RECORDED");
      expect(involvements).toMatchObject({ items: [{ role: "SCHOOL_NURSE" }] });
      expect(states).toMatchObject({ items: [{ kind: "SAFEGUARDING_FLAG" }, { kind: "HEALTH_CARE_PLAN" }] });
      expect(events).toMatchObject({ items: [{ kind: "OBSERVATION" }, { kind: "OTHER" }] });
    }
  });

  it("tells of changes that bear one time, each once", async () => {
    const told: string[] = [];
    let cursor: string | null = null;
    for (let more = true; more;) {
      const page = await world.system.changes(cursor, call());
      told.push(...page.changed.map(({ recordId }) => recordId));
      ({ cursor, more } = page);
    }
    expect(told).toEqual([...new Set(told)]);
    expect(told).toEqual(expect.arrayContaining(CLASS));
    await world.emit({ id: CLASS[3] });
    expect(await world.system.changes(cursor, call())).toMatchObject({
      changed: [{ recordId: CLASS[3] }],
      more: false,
    });
  });

  it("goes on from the time reached where a page is gone", async () => {
    const first = await world.system.changes(null, call());
    const { next, ...rest } = JSON.parse(Buffer.from(first.cursor, "base64url").toString()) as Record<string, unknown>;
    const stale = String(next).replace(/_page=.*/, "_page=expired");
    const cursor = Buffer.from(JSON.stringify({ ...rest, next: stale })).toString("base64url");
    const second = await world.system.changes(cursor, call());
    expect(second.more).toBe(true);
    for (const { recordId } of second.changed) expect(first.changed.map((one) => one.recordId)).not.toContain(recordId);
  });

  it("refuses a cursor that is not its own", async () => {
    await expect(world.system.changes("nonsense", call())).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });
});

describe("the care record as a whole", () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await startHealth();
  });
  afterEach(() => world.heal());
  afterAll(() => world.close());

  it("is asked once for each type, however many children", async () => {
    await world.system.check(call());
    await world.takeJournal();
    await world.system.ask({ recordIds: CLASS, parts: PARTS }, call());
    const paths = (await world.takeJournal()).map(({ path }) => path);
    expect(paths.sort()).toEqual(TYPES.map((type) => `/fhir/R4/${type}/_search`).sort());
  });

  it("is asked for no type that no part needs", async () => {
    await world.takeJournal();
    await world.system.ask({ recordIds: ["p-amelia"], parts: ["STATES"] }, call());
    const asked = (await world.takeJournal()).filter(({ path }) => path.startsWith("/fhir"));
    const paths = asked.map(({ path }) => path.split("/").at(-2));
    expect(paths.sort()).toEqual(["CarePlan", "Flag", "Patient"]);
  });

  it("lacking one type still gives the parts that do not need it", async () => {
    await world.fail({ route: "/fhir/R4/EpisodeOfCare", mode: "malformed" });
    const [answer] = await world.system.ask({ recordIds: ["p-amelia"], parts: PARTS }, call());
    expect(answer).toMatchObject({
      demographics: { status: "RECORDED" },
      states: { status: "RECORDED" },
      involvements: { status: "DID_NOT_ANSWER", fault: "MALFORMED", items: [{ role: "GP" }] },
      events: { status: "DID_NOT_ANSWER", fault: "MALFORMED" },
    });
    expect(answer!.events).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ kind: "HOSPITAL_ATTENDANCE" })]),
    });
  });

  it("shows no family while it is unknown who is restricted", async () => {
    await world.fail({ route: "/fhir/R4/Patient", mode: "status", status: 500 });
    const [answer] = await world.system.ask({ recordIds: ["p-elodie"], parts: ["RELATIONSHIPS"] }, call());
    expect(answer!.relationships).toMatchObject({ status: "DID_NOT_ANSWER", items: [] });
  });

  it("tells a child who was not brought from a cancellation", async () => {
    const [answer] = await world.system.ask({ recordIds: ["p-amelia"], parts: ["EVENTS"] }, call());
    expect(answer!.events).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ kind: "MISSED_APPOINTMENT" })]),
    });
  });

  it("gets a new request id on every attempt, one correlation id for all", async () => {
    const sent: unknown[] = [];
    world.app.server.on("request", ({ url, headers }) => {
      if (url?.includes("metadata")) sent.push([headers["x-request-id"], headers["x-correlation-id"]]);
    });
    await world.fail({ route: "/fhir", mode: "status", status: 503, count: 1 });
    await world.system.check(call());
    const { correlationId } = call();
    expect(sent).toEqual([1, 2].map(() => [expect.stringMatching(/^[0-9a-f-]{36}$/), correlationId]));
    expect(new Set(sent.map((ids) => (ids as string[])[0])).size).toBe(2);
  });

  it("is never asked by an id that would widen the question", async () => {
    const [answer] = await world.system.ask({ recordIds: ["p-amelia,p-noah"], parts: ["DEMOGRAPHICS"] }, call());
    expect(answer!.demographics.status).toBe("NOTHING_RECORDED");
  });

  it("says gone of what has been deleted", async () => {
    await world.emit({ resourceType: "Flag", id: "f-9", deleted: true });
    const [answer] = await world.system.ask({ recordIds: [CLASS[9]!], parts: ["STATES"] }, call());
    expect(answer!.states).toMatchObject({ items: [{ kind: "HEALTH_CARE_PLAN" }] });
  });
});

describe("the care-record simulator", () => {
  let world: HealthWorld;
  let authorization: string;
  beforeAll(async () => {
    world = await startHealth();
    authorization = `Bearer ${await world.token()}`;
  });
  afterAll(() => world.close());

  async function get(path: string, headers: Record<string, string> = {}) {
    const answer = await world.app.inject({ url: `/fhir/R4/${path}`, headers: { authorization, ...headers } });
    return { status: answer.statusCode, headers: answer.headers, body: answer.body };
  }

  it("refuses who has no token", async () => {
    expect(await get("metadata", { authorization: "" })).toMatchObject({ status: 401 });
  });

  it("says what it passed over, and refuses it when strict", async () => {
    const path = "Flag?patient=Patient/p-amelia&status=active";
    expect((await get(path)).body).toContain("Not understood: status");
    expect(await get(path, { prefer: "handling=strict" })).toMatchObject({ status: 400 });
  });

  it("takes commas for or", async () => {
    const { body } = await get("Observation?patient=p-amelia,p-noah&code=WEIGHT,HEIGHT");
    expect(JSON.parse(body)).toMatchObject({ total: 2 });
  });

  it.each([
    ["Encounter?patient=p-amelia&date=ge2026-02-01", 1],
    ["Encounter?patient=p-amelia&date=lt2026-02-01", 1],
    ["Encounter?patient=p-amelia&date=2026-01-18&class=EMER", 1],
    ["EpisodeOfCare?patient:identifier=https://fhir.nhs.uk/Id/nhs-number|1", 0],
    ["Patient?identifier=https://fhir.nhs.uk/Id/nhs-number|9990123470", 1],
    ["Patient?family=byrne&birthdate=2017-09-09", 2],
    ["Patient?_id=p-amelia,p-noah,p-nobody", 2],
    ["Organization?identifier=Y99001", 1],
  ])("finds by %s", async (path, total) => {
    expect(JSON.parse((await get(path)).body)).toMatchObject({ total });
  });

  it("bumps a version and forgets what is deleted", async () => {
    const { headers } = await get("Patient/p-noah");
    expect(await get("Patient/p-noah", { "if-none-match": String(headers["etag"]) })).toMatchObject({ status: 304 });
    await world.emit({ id: "p-noah" });
    expect((await get("Patient/p-noah")).headers["etag"]).toBe('W/"2"');
    await world.emit({ resourceType: "Flag", id: "f-1", deleted: true });
    expect(await get("Flag/f-1")).toMatchObject({ status: 410 });
  });

  it("marks everything as synthetic", async () => {
    for (const path of ["Patient/p-amelia", "Flag/f-2", "metadata"])
      expect((await get(path)).body).toContain("SYNTHETIC");
  });
});
