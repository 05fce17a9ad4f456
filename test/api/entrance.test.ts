import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { NHS, RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { askGraph } from "../support/graph-client.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

const FIND = `query ($kind: IdentifierKind!, $value: String!) { childByIdentifier(identifier: { kind: $kind, value: $value }) { id } }`;
const SEARCH = `query ($search: ChildSearch!, $first: Int) { findChildren(search: $search, first: $first) {
  totalCount edges { node { id } } sources { agency { id } status reason } } }`;
const WHO = { surname: "Hartley", bornOn: "2019-03-14", forename: "Amelia" };

describe.each(ENGINES)("on $name, the entrance", (engine) => {
  let world: LightHub;
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${world.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
  });
  afterAll(() => world?.close());

  it.each([
    ["no token", null, "Sign in"],
    ["something that is no token", "rubbish", "not valid"],
  ])("lets nobody in with %s", async (_what, token, says) => {
    const { status, data, errors } = await askGraph(world.url, token, { query: "{ me { id } }" });
    expect([status, data, errors[0]?.extensions.code]).toEqual([401, null, "NOT_SIGNED_IN"]);
    expect(errors[0]!.message).toContain(says);
  });

  it.each([
    ["an expired token", { lifetime: "-3600" }, "expired"],
    ["a token for another audience", { audience: "another-hub" }, "aud"],
  ])("lets nobody in with %s", async (_what, form, says) => {
    const token = await world.token("social-worker", form);
    const { status, errors } = await askGraph(world.url, token, { query: "{ me { id } }" });
    expect([status, errors[0]?.extensions.code]).toEqual([401, "NOT_SIGNED_IN"]);
    expect(errors[0]!.message).toContain(says);
  });

  it("lets nobody in with a token whose signature was altered", async () => {
    const token = await world.token("social-worker");
    const [head, , signature] = token.split(".");
    const claims = Buffer.from(JSON.stringify({ sub: "x", hub_role: "MASH_MANAGER", exp: 4102444800 })).toString(
      "base64url",
    );
    const { status } = await askGraph(world.url, `${head}.${claims}.${signature}`, { query: "{ me { id } }" });
    expect(status).toBe(401);
  });

  it("says who somebody is signed in as", async () => {
    const { data } = await world.ask("teacher", "{ me { name role agency { id sector } } }");
    expect(data.me).toMatchObject({ role: "TEACHER", agency: { id: "larch-hill-primary", sector: "EDUCATION" } });
    const nobody = await world.ask("nobody", "{ me { role agency { id } } }");
    expect(nobody.data.me).toEqual({ role: null, agency: null });
  });

  it.each(["board-manager", "data-protection-officer", "agency-developer", "nobody"])(
    "tells a %s nothing of any child, not even whether one is known",
    async (person) => {
      const known = await world.ask(person, FIND, { kind: "NHS_NUMBER", value: NHS });
      const unknown = await world.ask(person, FIND, { kind: "NHS_NUMBER", value: "9990246947" });
      expect(known.errors[0]!.extensions.code).toBe("NOT_ALLOWED");
      expect({ ...known, text: "" }).toEqual({ ...unknown, text: "" });
      const search = await world.ask(person, SEARCH, { search: WHO });
      expect([search.data, search.errors[0]?.extensions.code]).toEqual([null, "NOT_ALLOWED"]);
    },
  );

  it("records a read, and an attempt that was refused", async () => {
    const { data } = await world.ask("social-worker", FIND, { kind: "NHS_NUMBER", value: NHS });
    const { id } = data.childByIdentifier;
    await world.ask("board-manager", "query ($id: ID!) { child(id: $id) { id } }", { id });
    const entries = await world.open.hub.db.manager.findBy(AuditRow, { subjectId: id });
    const told = entries.map(({ role, what, allowed }) => [role, what, allowed]);
    expect(told).toContainEqual(["SOCIAL_WORKER", "child.read", true]);
    expect(told).toContainEqual(["BOARD_MANAGER", "child.read", false]);
  });

  it.each([
    ["a broken document", "{ child(id: ", 400, "GRAPHQL_PARSE_FAILED"],
    ["a field that does not exist", "{ child(id: 1) { secrets } }", 400, "GRAPHQL_VALIDATION_FAILED"],
    ["too long a document", `{ ${"me { id } ".repeat(3000)} }`, 400, "GRAPHQL_PARSE_FAILED"],
  ])("answers %s with one clear error", async (_what, query, status, code) => {
    const answer = await world.ask("social-worker", query);
    expect([answer.status, answer.errors[0]?.extensions.code]).toEqual([status, code]);
  });

  it("does not repeat a value that it cannot read", async () => {
    const { errors, text } = await world.ask("social-worker", SEARCH, {
      search: { surname: "Hartley", bornOn: "14th of March, Amelia" },
    });
    expect(errors[0]!.extensions.code).toBe("BAD_USER_INPUT");
    expect(text).not.toContain("Amelia");
  });

  it.each([
    "{ childByIdentifier(identifier: { kind: NHS_NUMBER, value: Amelia }) { id } }",
    '{ findChildren(search: { surname: "Hartley", bornOn: "Amelia\'s birthday" }) { totalCount } }',
    '{ child(id: "1") { id } Amelia"',
  ])("does not repeat a literal of %s", async (query) => {
    const { status, errors, text } = await world.ask("social-worker", query);
    expect(status).toBe(400);
    expect(errors[0]!.message).toContain("locations");
    expect(text).not.toContain("Amelia");
  });

  it("knows no child by an unknown id", async () => {
    for (const id of ["01a1ffda-881d-704b-8279-d4693c6176f3", "no-such-id", "' OR 1=1 --"]) {
      const { data, errors } = await world.ask("social-worker", "query ($id: ID!) { child(id: $id) { id } }", { id });
      expect([data, errors]).toEqual([{ child: null }, []]);
    }
  });

  it.each([
    ["NHS_NUMBER", "9990123471"],
    ["NHS_NUMBER", "hello"],
    ["UPN", "A931123420001"],
  ])("refuses a %s with a wrong check digit, without repeating it", async (kind, value) => {
    const { errors, text } = await world.ask("social-worker", FIND, { kind, value });
    expect(errors[0]).toMatchObject({ extensions: { code: "BAD_INPUT" } });
    expect(text).not.toContain(value);
  });

  it("takes a number with spaces, whoever wrote it so", async () => {
    const { data } = await world.ask("teacher", FIND, { kind: "NHS_NUMBER", value: "999 012 3470" });
    expect(data.childByIdentifier.id).toMatch(/^[\da-f-]{36}$/);
  });

  it("says that nobody can tell when a system that might know does not answer", async () => {
    world.systems.get("health")!.failWith("UNAVAILABLE");
    const { data, errors } = await world.ask("teacher", FIND, { kind: "NHS_NUMBER", value: "9990246947" });
    world.systems.get("health")!.failWith(null);
    expect([data.childByIdentifier, errors[0]?.extensions.code]).toEqual([null, "INCOMPLETE"]);
    expect(errors[0]!.message).toContain("Oxfordshire health");
    const answered = await world.ask("teacher", FIND, { kind: "NHS_NUMBER", value: "9990246947" });
    expect([answered.data, answered.errors]).toEqual([{ childByIdentifier: null }, []]);
  });

  it("searches every agency and says which could not say", async () => {
    world.systems.get("education")!.failWith("TIMEOUT");
    const { data } = await world.ask("teacher", SEARCH, { search: WHO });
    world.systems.get("education")!.failWith(null);
    expect(data.findChildren).toMatchObject({ totalCount: 1 });
    expect(data.findChildren.sources.map(({ agency, status }: any) => [agency.id, status])).toEqual([
      ["social-care", "RECORDED"],
      ["health", "RECORDED"],
      ["education", "DID_NOT_ANSWER"],
      ["police", "NOTHING_RECORDED"],
    ]);
  });

  it.each([0, -1, 101])("refuses a page of %i", async (first) => {
    const { errors } = await world.ask("teacher", SEARCH, { search: WHO, first });
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining("1 to 100"),
      extensions: { code: "BAD_INPUT" },
    });
  });

  it("refuses more than a hundred children at once", async () => {
    const ids = Array.from({ length: 101 }, () => "01a1ffda-881d-704b-8279-d4693c6176f3");
    const { errors } = await world.ask("teacher", "query ($ids: [ID!]!) { children(ids: $ids) { id } }", { ids });
    expect(errors[0]!.extensions.code).toBe("BAD_INPUT");
  });

  it.each([
    [
      "ten megabytes",
      JSON.stringify({ query: "{ me { id } }", pad: "x".repeat(10 * 1024 * 1024) }),
      {},
      413,
      "TOO_LARGE",
    ],
    ["what is not JSON", "{Amelia", {}, 400, "BAD_REQUEST"],
    ["another kind of body", "query", { "content-type": "application/xml" }, 415, "BAD_REQUEST"],
  ])("answers a body of %s with one clear error", async (_what, body, headers, status, code) => {
    const response = await post(body, headers);
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(JSON.parse(text).errors).toMatchObject([{ extensions: { code } }]);
    expect(text).not.toContain("Amelia");
  });

  it("forbids everybody to keep an answer", async () => {
    const response = await post(JSON.stringify({ query: "{ me { id } }" }));
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("says which agency answers, and is ready without them", async () => {
    world.systems.get("police")!.failWith("UNAVAILABLE");
    const response = await fetch(`${world.url}/ready`);
    world.systems.get("police")!.failWith(null);
    expect(response.status).toBe(200);
    const { agencies, database, jobs } = (await response.json()) as any;
    expect([database, jobs]).toEqual([true, true]);
    expect(agencies).toContainEqual(
      expect.objectContaining({ agency: "police", answers: false, fault: "UNAVAILABLE" }),
    );
    expect(agencies.filter(({ answers }: any) => answers)).toHaveLength(3);
  });
});
