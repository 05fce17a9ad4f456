import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { itemsOf, type Part } from "../../src/domain/absence.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import type { PersonSearch } from "../../src/adapters/agency-system.ts";
import { CLASS, NUMBERS, startHealth, type HealthWorld } from "../support/health-world.ts";
import { call } from "./contract.ts";

const nobody: PersonSearch = { identifier: null, forename: null, surname: null, bornOn: null, postcode: null };
const byNumber = (value: string): PersonSearch => ({
  ...nobody,
  identifier: { kind: "NHS_NUMBER", value, verified: true },
});
const WHO: Part[] = ["DEMOGRAPHICS", "RELATIONSHIPS"];

describe("PDS beside the care record", () => {
  let world: HealthWorld;
  beforeAll(async () => {
    world = await startHealth();
  });
  afterEach(() => world.heal());
  afterAll(() => world.close());

  const about = async (recordId: string, parts: Part[] = WHO) => {
    const [answer] = await world.system.ask({ recordIds: [recordId], parts }, call());
    return answer!;
  };
  const systemsIn = (part: Parameters<typeof itemsOf>[0]) =>
    itemsOf(part).map((item) => (item as { provenance: { system: string } }).provenance.system);

  it("states who somebody is in its own words", async () => {
    const { demographics, relationships } = await about("p-amelia");
    expect(systemsIn(demographics)).toEqual(["care-record", "pds"]);
    expect(new Set(systemsIn(relationships))).toEqual(new Set(["care-record", "pds"]));
  });

  it("names relations by their own number, not the child's", async () => {
    const { relationships } = await about("p-amelia");
    const mothers = itemsOf(relationships).filter(({ role }) => role === "MOTHER");
    expect(mothers.map(({ otherRecordId }) => otherRecordId)).toEqual(["p-rachel", "p-rachel"]);
    expect(
      itemsOf(relationships).flatMap(({ otherIdentifiers }) => otherIdentifiers.map(({ value }) => value)),
    ).not.toContain(NUMBERS.amelia);
  });

  it("keeps a relation without a name", async () => {
    const { relationships } = await about("p-amelia");
    const grandmother = itemsOf(relationships).find(({ role }) => role === "GRANDPARENT");
    expect(grandmother).toMatchObject({ otherRecordId: "p-jo", otherName: null });
  });

  it("makes nobody their own relation", async () => {
    const { relationships } = await about(CLASS[0]!);
    expect(relationships).toEqual({ status: "NOTHING_RECORDED" });
  });

  it("knows only the year where only the year is known", async () => {
    const { demographics } = await about("p-jo", ["DEMOGRAPHICS"]);
    expect(itemsOf(demographics)[0]).toMatchObject({ bornOn: "1965-01-01", bornOnAccuracy: "YEAR" });
  });

  it("is not asked about more than two records", async () => {
    await world.takeJournal();
    await world.system.ask({ recordIds: ["p-amelia", "p-noah", "p-rachel"], parts: WHO }, call());
    const paths = (await world.takeJournal()).map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith("/personal"))).toEqual([]);
  });

  it("states both numbers where one was superseded", async () => {
    const { demographics } = await about("p-moved", ["DEMOGRAPHICS"]);
    const pds = itemsOf(demographics).find(({ provenance }) => provenance.system === "pds");
    expect(pds?.identifiers).toEqual([
      { kind: "NHS_NUMBER", value: NUMBERS.moved, verified: true },
      { kind: "NHS_NUMBER", value: NUMBERS.old, verified: false },
    ]);
    expect(await world.system.find(byNumber(NUMBERS.old), call())).toMatchObject([{ recordId: "p-moved" }]);
  });

  it("has nothing recorded of an invalidated number", async () => {
    const { demographics } = await about("p-gone", ["DEMOGRAPHICS"]);
    expect(demographics.status).toBe("RECORDED");
    expect(systemsIn(demographics)).toEqual(["care-record"]);
  });

  it("restricts a person whom the care record does not", async () => {
    const answer = await about("p-hidden", ["DEMOGRAPHICS", "RELATIONSHIPS", "INVOLVEMENTS"]);
    expect(answer).toMatchObject({
      restricted: true,
      demographics: { status: "WITHHELD" },
      relationships: { status: "WITHHELD", items: [] },
      involvements: { status: "WITHHELD", items: [] },
    });
    for (const text of ["Quarry Rise", "OL99", "07700900555", "Practice", "Centre"])
      expect(JSON.stringify(answer)).not.toContain(text);
    expect(await world.system.find(byNumber(NUMBERS.hidden), call())).toMatchObject([
      { recordId: "p-hidden", restricted: true, demographics: { addresses: [], heldBy: null } },
    ]);
  });

  it.each(["EVENTS", "STATES", "INVOLVEMENTS"] as const)(
    "restricts whom it alone marks, asked for %s",
    async (part) => {
      const [answer, other] = await world.system.ask({ recordIds: ["p-hidden", "p-amelia"], parts: [part] }, call());
      expect(answer!.restricted).toBe(true);
      expect(other!.restricted).toBe(false);
    },
  );

  it("is not asked whom a long list restricts", async () => {
    const answers = await world.system.ask(
      { recordIds: ["p-hidden", ...CLASS.slice(0, 2)], parts: ["EVENTS"] },
      call(),
    );
    expect(answers.map(({ restricted }) => restricted)).toEqual([false, false, false]);
  });

  it("restricts whom its own search leaves out", async () => {
    const search = { ...nobody, surname: "Example", bornOn: plainDate("2012-12-12"), postcode: "OL99 8QQ" };
    expect(await world.system.find(search, call())).toMatchObject([
      { recordId: "p-hidden", restricted: true, demographics: { addresses: [] } },
    ]);
  });

  it("does not keep from the timeline when it fails", async () => {
    await world.fail({ route: "/personal", mode: "status", status: 503 });
    const answer = await about("p-amelia", ["EVENTS"]);
    expect(answer).toMatchObject({ restricted: false, events: { status: "RECORDED" } });
  });

  it.each([
    ["pds", "/personal"],
    ["care-record", "/fhir"],
    ["health-sign-in", "/oauth2"],
  ])("and the rest are all needed to be well: %s", async (system, route) => {
    await world.emit({ forgetTokens: true });
    await world.fail({ route, mode: "status", status: 503 });
    await expect(world.system.check(call())).rejects.toMatchObject({
      system,
      code: "UNAVAILABLE",
      message: expect.stringContaining(system),
    });
  });

  it("alone knows some people, who can be asked about", async () => {
    const [found] = await world.system.find(byNumber(NUMBERS.register), call());
    expect(found?.recordId).toBe(`pds-${NUMBERS.register}`);
    const answer = await about(found!.recordId, ["DEMOGRAPHICS", "EVENTS"]);
    expect(systemsIn(answer.demographics)).toEqual(["pds"]);
    expect(answer.events.status).toBe("NOTHING_RECORDED");
  });

  it("failing leaves what the care record states", async () => {
    await world.fail({ route: "/personal", mode: "status", status: 503 });
    const { demographics, relationships, states } = await about("p-amelia", [...WHO, "STATES"]);
    expect(demographics).toMatchObject({ status: "DID_NOT_ANSWER", fault: "UNAVAILABLE" });
    expect(systemsIn(demographics)).toEqual(["care-record"]);
    expect(relationships.status).toBe("DID_NOT_ANSWER");
    expect(states.status).toBe("RECORDED");
  });

  it("is not waited for once the whole answer is late", async () => {
    await world.fail({ route: "/fhir/R4/Patient", mode: "latency", ms: 1_200 });
    await world.fail({ route: "/personal", mode: "latency", ms: 1_400 });
    const { demographics } = await about("p-amelia", ["DEMOGRAPHICS"]);
    expect(demographics).toMatchObject({ status: "DID_NOT_ANSWER", fault: "TIMEOUT" });
    expect(systemsIn(demographics)).toEqual(["care-record"]);
  });

  it("says too many where twins fit", async () => {
    const twins = { ...nobody, surname: "Byrne", bornOn: plainDate("2017-09-09") };
    await expect(world.system.find(twins, call())).rejects.toMatchObject({ code: "AMBIGUOUS" });
    const found = await world.system.find({ ...twins, forename: "Isaac" }, call());
    expect(found.map(({ recordId }) => recordId).sort()).toEqual(["p-isaac", "p-isobel"]);
  });

  it("needs a number, or a surname with a birthday", async () => {
    await expect(world.system.find({ ...nobody, surname: "Hartley" }, call())).rejects.toMatchObject({
      code: "BAD_REQUEST",
    });
  });
});

describe("the PDS simulator", () => {
  let world: HealthWorld;
  let token: string;
  beforeAll(async () => {
    world = await startHealth({ simulator: { pdsPerSecond: 5 } });
  });
  afterAll(() => world.close());

  /** Sent as the adapter sends it, but read raw. */
  async function get(path: string, headers: Record<string, string> = {}) {
    token ??= await world.token();
    const base = `${world.url}/personal-demographics/FHIR/R4/`;
    const all = { authorization: `Bearer ${token}`, "x-request-id": crypto.randomUUID(), ...headers };
    const response = await world.app.inject({ url: new URL(path, base).href, headers: all });
    return { status: response.statusCode, headers: response.headers, body: response.json<Record<string, unknown>>() };
  }
  const patiently = async (path: string, headers?: Record<string, string>) => {
    let answer = await get(path, headers);
    while (answer.status === 429) answer = await get(path, headers);
    return answer;
  };

  it("finds homophones by fuzzy search only", async () => {
    const who = "family=Hartly&given=Amelia&birthdate=eq2019-03-14";
    expect((await patiently(`Patient?${who}`)).body["total"]).toBe(0);
    expect((await patiently(`Patient?${who}&_fuzzy-match=true`)).body["total"]).toBe(1);
  });

  it.each([
    ["Patient", 400, "UNSUPPORTED_SERVICE"],
    ["Patient?family=Hartley", 400, "MISSING_VALUE"],
    ["Patient?birthdate=eq2019-03-14", 400, "INVALID_SEARCH_DATA"],
    ["Patient?family=H*&birthdate=eq2019-03-14", 400, "INVALID_SEARCH_DATA"],
    ["Patient?family=Hartley&birthdate=2019", 400, "INVALID_VALUE"],
    ["Patient?family=Hartley&birthdate=eq2019-03-14&_max-results=2", 403, "INVALID_VALUE"],
    ["Patient?family=Hartley&birthdate=eq2019-03-14&_lastUpdated=gt2020", 400, "ADDITIONAL_PROPERTIES"],
    ["Patient?family=Byrne&birthdate=eq2017-09-09", 200, "TOO_MANY_MATCHES"],
    ["Patient/9000000000", 400, "INVALID_RESOURCE_ID"],
    [`Patient/${NUMBERS.nobody}`, 404, "RESOURCE_NOT_FOUND"],
    [`Patient/${NUMBERS.gone}`, 404, "INVALIDATED_RESOURCE"],
  ])("answers %s with %i %s", async (path, status, code) => {
    const answer = await patiently(path);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(`"code":"${code}"`);
  });

  it("wants a request id and gives both ids back", async () => {
    expect((await patiently("Patient/9990123470", { "x-request-id": "" })).status).toBe(400);
    const id = crypto.randomUUID();
    const { headers } = await patiently("Patient/9990123470", { "x-request-id": id, "x-correlation-id": "c-1" });
    expect(headers).toMatchObject({ "x-request-id": id, "x-correlation-id": "c-1", etag: 'W/"1"' });
  });

  it("leaves out a restricted person where a postcode was asked", async () => {
    const who = "Patient?family=Marsh&birthdate=eq2015-05-05";
    const { body } = await patiently(who);
    expect(body["total"]).toBe(1);
    expect(JSON.stringify(body)).not.toContain('"address"');
    expect((await patiently(`${who}&address-postalcode=OX*`)).body["total"]).toBe(0);
  });

  it("refuses more than five requests a second", async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => get("Patient/9990123470")));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(3);
    expect(refused[0]!.headers["retry-after"]).toBe("1");
  });
});

describe("the lane to PDS", () => {
  it("keeps to five requests a second", async () => {
    const patient = { perSecond: 5, limitMs: 15_000, tryMs: 15_000 };
    const world = await startHealth({ simulator: { pdsPerSecond: 5 }, pdsLane: patient });
    await world.system.check(call());
    const answers = await Promise.all(
      CLASS.slice(0, 12).map((id) => world.system.ask({ recordIds: [id], parts: ["DEMOGRAPHICS"] }, call())),
    );
    expect(answers.map(([answer]) => answer!.demographics.status)).toEqual(Array(12).fill("RECORDED"));
    const statuses = (await world.takeJournal()).map(({ status }) => status);
    expect(statuses).not.toContain(429);
    await world.close();
  });
});
