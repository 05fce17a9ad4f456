import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readOperations } from "../../src/resolvers/operations.ts";
import { NHS, RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

const document = (name: string) => readOperations().find((operation) => operation.name === name)!.document;
/** Instants differ from one request to the next. */
const timeless = (text: string) => text.replaceAll(/"(retrievedAt|notAnsweringSince)":"[^"]*"/g, '"$1":"…"');

describe.each(ENGINES)("on $name, a trusted document, compiled,", (engine) => {
  let world: LightHub;
  let amelia: string;
  let restricted: string;
  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
    const find = (kind: string, value: string) => world.ask("social-worker", document("find-child"), { kind, value });
    amelia = (await find("NHS_NUMBER", NHS)).data.childByIdentifier.id;
    restricted = (await find("LA_CHILD_ID", "LA-0009")).data.childByIdentifier.id;
  });
  afterAll(() => world?.close());

  /** The same document with a comment behind it has another hash, so graphql-js runs it. */
  const both = async (name: string, variables: Record<string, unknown>, as = "social-worker") => {
    const compiled = await world.ask(as, document(name), variables);
    const interpreted = await world.ask(as, `${document(name)}\n# not trusted`, variables);
    return [compiled, interpreted].map(({ status, text }) => ({ status, body: JSON.parse(timeless(text)) }));
  };
  const search = { forename: "Amelia", surname: "Hartley", bornOn: "2019-03-14" };

  it.each([
    ["child-view", () => ({ id: amelia })],
    ["child-view", () => ({ id: restricted })],
    ["child-view", () => ({ id: "no-such-id" })],
    ["child-view", () => ({})],
    ["child-view", () => ({ id: { not: "an id" } })],
    ["find-child", () => ({ kind: "NHS_NUMBER", value: NHS })],
    ["find-child", () => ({ kind: "NHS_NUMBER", value: "9990123471" })],
    ["find-child", () => ({ kind: "SHOE_SIZE", value: "7" })],
    ["search-children", () => ({ search })],
    ["search-children", () => ({ search: { ...search, bornOn: "yesterday" } })],
    ["referral-view", () => ({ id: "no-such-referral" })],
  ])("%s answers as graphql-js does (%#)", async (name, variables) => {
    const [compiled, interpreted] = await both(name, variables());
    expect(compiled).toEqual(interpreted);
  });

  it.each(["teacher", "nobody"])("answers a %s as graphql-js does", async (person) => {
    const [compiled, interpreted] = await both("child-view", { id: amelia }, person);
    expect(compiled).toEqual(interpreted);
  });

  it("answers as graphql-js does while an agency is down", async () => {
    world.systems.get("health")!.failWith("TIMEOUT");
    const [compiled, interpreted] = await both("child-view", { id: amelia });
    world.systems.get("health")!.failWith(null);
    expect(compiled).toEqual(interpreted);
    expect(JSON.stringify(compiled)).toContain("DID_NOT_ANSWER");
  });

  it("covers a restricted child at every agency because one restricts them", async () => {
    const { data, text } = await world.ask("social-worker", document("child-view"), { id: restricted });
    expect(data.child.agencies.map(({ status }: any) => status)).toEqual([
      "WITHHELD",
      "WITHHELD",
      "NOT_ASKED",
      "NOT_ASKED",
    ]);
    expect(text).not.toContain("Hidden Row");
  });

  it("keeps a restriction while the agency that set it is out of reach", async () => {
    world.systems.get("health")!.failWith("UNAVAILABLE");
    const { data, text } = await world.ask(
      "social-worker",
      "query ($id: ID!) { child(id: $id) { demographics { addresses { lines } sources { agency { id } status } } } }",
      { id: restricted },
    );
    world.systems.get("health")!.failWith(null);
    expect(data.child.demographics.addresses).toBeNull();
    expect(text).not.toContain("Hidden Row");
    expect(data.child.demographics.sources.slice(0, 2)).toMatchObject([
      { status: "WITHHELD" },
      { status: "DID_NOT_ANSWER" },
    ]);
  });

  it("shows a teacher another sector's events as withheld, never as none", async () => {
    const { data } = await world.ask("teacher", document("child-view"), { id: amelia });
    const health = data.child.agencies.find(({ agency }: any) => agency.id === "health");
    expect(health).toMatchObject({ status: "WITHHELD", events: null });
    expect(health.reason).toContain("another sector");
  });

  it("asks each system once however many children and fields are wanted", async () => {
    for (const system of world.systems.values()) system.countRequests();
    const { errors } = await world.ask(
      "social-worker",
      `query ($ids: [ID!]!) { children(ids: $ids) { demographics { name { preferred } } family { sources { status } } agencies { status }
        chronology { totalCount } involvements { sources { status } } records { agencyId } } }`,
      { ids: [amelia, restricted] },
    );
    expect(errors).toEqual([]);
    const counts = [...world.systems].map(([id, system]) => [id, system.countRequests()]);
    expect(counts).toEqual([
      ["social-care", 1],
      ["health", 1],
      ["education", 1],
      ["police", 0],
    ]);
  });
});
