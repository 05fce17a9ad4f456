// What a document costs, and how large it is: counted, not run.

import { buildSchema, getOperationAST, parse, validate } from "graphql";
import { describe, expect, it } from "vitest";
import type { Actor } from "../../src/domain/actor.ts";
import { makePrices } from "../../src/resolvers/cost.ts";
import { LENGTHS, SEARCHES, URGENT, WEIGHTS } from "../../src/resolvers/cost-weights.ts";
import { passedLimit } from "../../src/resolvers/limits.ts";
import { makeDoor } from "../../src/resolvers/limits-door.ts";
import { forReader } from "../../src/resolvers/limits-plugin.ts";
import { readOperations } from "../../src/resolvers/operations.ts";
import { buildHubSchema } from "../../src/resolvers/schema.ts";
import { trustedFrom } from "../../src/resolvers/trusted.ts";

const schema =
  buildSchema(`type Query { things(first: Int! = 50): ThingConnection thing: Thing many(ids: [ID!]!): [Thing!]! all: [Thing!] }
  type ThingConnection { edges: [ThingEdge!] totalCount: Int }
  type ThingEdge { node: Thing! }
  type Thing { id: ID name: String other: Thing others: [Thing!] things(first: Int! = 50): ThingConnection }`);
const prices = makePrices(schema);

function costOf(query: string, variables: Record<string, unknown> = {}): number {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  return prices(document, getOperationAST(document)!).costs(variables);
}

describe("the cost of a document", () => {
  it("is the sum of its fields", () => expect(costOf("{ thing { id name other { id } } }")).toBe(2 + 1 + 1 + 2 + 1));

  const NODE = 2 + 2 + 1;
  const LIST = "edges { node { id } }";
  it.each([
    ["in the document", `{ things(first: 100) { ${LIST} } }`, {}, 100],
    ["in a variable", `query ($n: Int!) { things(first: $n) { ${LIST} } }`, { n: 100 }, 100],
    ["in a variable's default", `query ($n: Int! = 100) { things(first: $n) { ${LIST} } }`, {}, 100],
    [
      "in a fragment",
      `query ($n: Int!) { ...F } fragment F on Query { things(first: $n) { ${LIST} } }`,
      { n: 100 },
      100,
    ],
    ["nowhere", `{ things { ${LIST} } }`, {}, 50],
    ["in a variable that is missing", `query ($n: Int!) { things(first: $n) { ${LIST} } }`, {}, 50],
    ["below nothing", `query ($n: Int!) { things(first: $n) { ${LIST} } }`, { n: -1_000 }, 1_000],
    ["that is none", `query ($n: Int!) { things(first: $n) { ${LIST} } }`, { n: 0 }, 1],
  ])("multiplies by the length of a page %s", (_, query, variables, times) =>
    expect(costOf(query, variables)).toBe(2 + times * NODE),
  );

  it("multiplies by how many are named", () => {
    expect(costOf('{ many(ids: ["1", "2", "3"]) { id } }')).toBe(2 + 3);
    expect(costOf("query ($ids: [ID!]!) { many(ids: $ids) { id } }", { ids: ["1", "2", "3"] })).toBe(2 + 3);
  });

  it("multiplies lists within lists", () => {
    const query = `query ($n: Int!) { things(first: $n) { edges { node { things(first: $n) { ${LIST} } } } } }`;
    expect(costOf(query, { n: 100 })).toBe(2 + 100 * (2 + 2 + 2 + 100 * NODE));
  });

  it("of an endless number is too much, and no endless sum", () => {
    expect(costOf("query ($n: Int!) { things(first: $n) { totalCount } }", { n: Infinity })).toBeGreaterThan(1e9);
    expect(costOf("query ($n: Int!) { things(first: $n) { totalCount } }", { n: NaN })).toBeGreaterThan(1e9);
  });

  it("of fragments that double each other is found at once", () => {
    const doubling = Array.from(
      { length: 60 },
      (_, n) => `fragment F${n} on Thing { other { ...F${n + 1} } again: other { ...F${n + 1} } }`,
    );
    const query = `query ($n: Int!) { things(first: $n) { edges { node { ...F0 } } } } ${doubling.join(" ")} fragment F60 on Thing { things(first: $n) { totalCount } }`;
    expect(costOf(query, { n: 2 })).toBeGreaterThan(1e9);
  });

  it("knows broken glass from what may never be run", async () => {
    const price = makePrices(await buildHubSchema());
    const breaks = (text: string) => {
      const document = parse(text);
      return price(document, getOperationAST(document)!).breaksGlass;
    };
    expect(breaks("mutation ($g: BreakGlass!) { breakGlass(glass: $g) { __typename } }")).toBe(true);
    expect(breaks("mutation ($g: BreakGlass!) { breakGlass(glass: $g) @skip(if: true) { __typename } }")).toBe(false);
  });

  it("of every document that ships leaves room, with pages as long as they may be", async () => {
    const hub = await buildHubSchema();
    const price = makePrices(hub);
    for (const { name, document } of readOperations()) {
      const parsed = parse(document);
      expect([name, passedLimit(parsed)]).toEqual([name, null]);
      expect(price(parsed, getOperationAST(parsed)!).costs({ first: 100 })).toBeLessThan(30_000);
    }
  });

  it("names only fields that there are", async () => {
    const hub = await buildHubSchema();
    const isField = (name: string) => {
      const [type = "", field = ""] = name.split(".");
      const found = hub.getType(type);
      return Boolean(found && "getFields" in found && found.getFields()[field]);
    };
    const named = [...Object.keys(WEIGHTS), ...Object.keys(LENGTHS), ...SEARCHES, ...URGENT];
    expect(named.filter((name) => !isField(name))).toEqual([]);
  });
});

describe("beside real children, where all may write queries", () => {
  const door = makeDoor({ trusted: trustedFrom([]), writesToAll: true, schemaToAll: false });
  const somebody = (role: Actor["role"]): Actor => ({ kind: "PRACTITIONER", id: "x", name: "x", role, agencyId: null });
  const INTROSPECTION = "{ __schema { types { name } } }";

  it("the schema is still for developers", () => {
    door(somebody("TEACHER"), { query: "{ me { id } }" });
    expect(() => door(somebody("TEACHER"), { query: INTROSPECTION })).toThrow("agency developers only");
    door(somebody("AGENCY_DEVELOPER"), { query: INTROSPECTION });
  });

  it("and so is help with its words", () => {
    const errors = [{ message: 'Cannot query field "nam" on type "Me". Did you mean "name"?' }];
    const shown = (role: Actor["role"]) => forReader({ schemaToAll: false }, somebody(role), errors)[0]!.message;
    expect(shown("TEACHER")).toBe('Cannot query field "nam" on type "Me".');
    expect(shown("AGENCY_DEVELOPER")).toContain('"name"');
  });
});
