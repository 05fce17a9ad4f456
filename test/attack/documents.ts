// Documents made to cost the hub more than they cost their sender: OWASP's list, graphql-cop's, and the holes found in others' limits.

import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { getIntrospectionQuery } from "graphql";
import { NHS } from "../support/demo-records.ts";
import { readOperations } from "../../src/resolvers/operations.ts";
import { fill } from "./generated.ts";
import { type AttackWorld, DEAR } from "./world.ts";

const times = (count: number, make: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => make(n)).join(" ");
const FIND = readOperations().find(({ name }) => name === "find-child")!;
const WHO = { kind: "NHS_NUMBER", value: NHS };
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

const TOO_LARGE: [string, string, RegExp][] = [
  ["deep", `{ ${"me { agency { ".repeat(20)}id${" } }".repeat(20)} }`, /41 fields within each other, and may have 12/],
  ["wide", `{ me { ${times(20, () => `...F`)} } } fragment F on Me { ${times(650, (n) => `f${n}`)} }`, /fields/],
  ["with many fields at its root", `{ ${times(31, (n) => `f${n}`)} }`, /31 fields at its root/],
  ["with many names for one field", `{ me { ${times(31, (n) => `a${n}: __typename`)} } }`, /under other names/],
  ["asking for one field again and again", `{ me { ${times(32, () => "id")} } }`, /asked for twice/],
  ["with many directives at one place", `{ __typename ${"@aa".repeat(10)} }`, /directives at one place/],
  ["with directives everywhere", `{ me { ${times(31, (n) => `f${n} @skip(if: true)`)} } }`, /31 directives/],
  [
    "with many fragments",
    `{ me { ${times(40, (n) => `...F${n}`)} } } ${times(40, (n) => `fragment F${n} on Me { id }`)}`,
    /80 fragments/,
  ],
  ["of many operations", times(11, (n) => `query Q${n} { me { id } }`), /11 operations/],
  ["with many variables", `query (${times(61, (n) => `$v${n}: Int`)}) { me { id } }`, /61 variables/],
  [
    "of fragments that double each other",
    `{ me { ...F0 } } ${times(40, (n) => `fragment F${n} on Me { agency { ...F${n + 1} } again: agency { ...F${n + 1} } }`)} fragment F40 on Me { id }`,
    /may have/,
  ],
];

export function documents(world: () => AttackWorld): void {
  describe("a document", () => {
    it.each(TOO_LARGE)(
      "%s is refused before it is looked at, to whoever writes queries with the limit",
      async (...row) => {
        const [, query, says] = row;
        const { status, data, errors } = await world().as("agency-developer", query);
        expect([status, data, errors[0]?.extensions.code]).toEqual([400, null, "TOO_LARGE"]);
        expect(errors[0]!.message).toMatch(says);
      },
    );

    it("of more tokens than any is read no further", async () => {
      const { status, errors } = await world().as("agency-developer", `{ ${"me { id } ".repeat(3_000)} }`);
      expect([status, errors[0]?.extensions.code]).toEqual([400, "GRAPHQL_PARSE_FAILED"]);
    });

    it("whose fragments spread each other in a circle is refused", async () => {
      const query = "{ me { ...A } } fragment A on Me { ...B } fragment B on Me { ...A }";
      const { status, errors } = await world().as("agency-developer", query);
      expect([status, errors[0]?.extensions.code]).toEqual([400, "GRAPHQL_VALIDATION_FAILED"]);
    });

    it("costs by its variables what it costs by its literals", async () => {
      const ids = Array.from({ length: 100 }, () => "01a1ffda-881d-704b-8279-d4693c6176f3");
      const dear = await world().as("social-worker", DEAR, { ids, first: 100 });
      expect([dear.status, dear.data, dear.errors[0]]).toMatchObject([
        400,
        null,
        { extensions: { code: "TOO_LARGE" } },
      ]);
      // Whoever writes no queries is not told how much would pass.
      expect(dear.errors[0]!.message).toBe("This document asks for too much at once");
      const literal = DEAR.replaceAll("$first)", "100)").replace(", $first: Int!", "");
      const { errors } = await world().as("agency-developer", literal, { ids });
      expect(errors[0]!.message).toMatch(/as its cost/);
      const cheap = await world().as("social-worker", DEAR, { ids, first: 10 });
      expect([cheap.status, cheap.data.children]).toEqual([200, ids.map(() => null)]);
    });

    it("that nobody put there is refused to whoever writes none", async () => {
      for (const person of ["social-worker", "mash-manager", "board-manager", "data-protection-officer", "nobody"]) {
        const { status, data, errors } = await world().as(person, "{ me { name } }");
        expect([status, data, errors[0]?.extensions.code]).toEqual([403, null, "NOT_ALLOWED"]);
      }
      expect((await world().as("agency-developer", "{ me { name } }")).errors).toEqual([]);
    });

    it("that asks what the schema holds is for developers", async () => {
      const asked = await world().as("agency-developer", getIntrospectionQuery());
      expect(asked.data["__schema"].types.length).toBeGreaterThan(50);
      for (const query of [getIntrospectionQuery(), '{ __type(name: "Child") { fields { name } } }'])
        expect((await world().as("teacher", query)).status).toBe(403);
    });

    it("that nearly names a field is helped on by developers only", async () => {
      const { errors } = await world().as("agency-developer", "{ agencie { answers } }");
      expect(errors[0]!.message).toContain('Did you mean "agencies"');
      expect((await world().as("social-worker", "{ agencie { answers } }")).text).not.toContain("agencies");
    });

    it("cannot be sent in a batch", async () => {
      const authorization = `Bearer ${await world().tokenOf("agency-developer")}`;
      const batch = JSON.stringify(Array.from({ length: 50 }, () => ({ query: "{ me { id } }" })));
      expect(await world().send(batch, { authorization })).toMatchObject({ status: 400, codes: ["BAD_REQUEST"] });
    });
  });

  describe("a document by its hash", () => {
    const ask = async (person: string, body: object) =>
      world().send(JSON.stringify(body), { authorization: `Bearer ${await world().tokenOf(person)}` });

    it.each([
      ["as GraphQL over HTTP names it", { documentId: `sha256:${FIND.hash}`, variables: WHO }],
      [
        "as Apollo's clients name it",
        { extensions: { persistedQuery: { version: 1, sha256Hash: FIND.hash } }, variables: WHO },
      ],
      [
        "beside itself",
        { query: FIND.document, extensions: { persistedQuery: { version: 1, sha256Hash: FIND.hash } }, variables: WHO },
      ],
    ])("is run, %s", async (_, body) => {
      const { status, text } = await ask("social-worker", body);
      expect([status, JSON.parse(text).data.childByIdentifier.id]).toEqual([
        200,
        expect.stringMatching(/^[\da-f-]{36}$/),
      ]);
    });

    const OWN = "{ me { name role } }";
    const persistedQuery = { version: 1, sha256Hash: sha256(OWN) };
    it.each([
      ["unknown", { documentId: `sha256:${sha256(OWN)}` }, 400, "UNKNOWN_DOCUMENT"],
      ["unknown to Apollo's clients", { extensions: { persistedQuery } }, 400, "UNKNOWN_DOCUMENT"],
      ["that is none", { documentId: "../../etc/passwd" }, 400, "UNKNOWN_DOCUMENT"],
      ["that is no text", { documentId: { $ne: null } }, 400, "UNKNOWN_DOCUMENT"],
      ["of another than the one beside it", { documentId: `sha256:${FIND.hash}`, query: OWN }, 400, "BAD_REQUEST"],
      ["to be remembered", { query: OWN, extensions: { persistedQuery } }, 403, "NOT_ALLOWED"],
    ])("is refused where it is %s", async (_, body, status, code) => {
      expect(await ask("social-worker", body)).toMatchObject({ status, codes: [code] });
      // A developer may send it, and nobody else may use what they sent.
      await ask("agency-developer", { query: OWN, extensions: { persistedQuery } });
      expect((await ask("social-worker", { extensions: { persistedQuery } })).codes).toEqual(["UNKNOWN_DOCUMENT"]);
    });
  });

  describe("a subscription", () => {
    const shipped = readOperations().find(({ name }) => name === "obligation-changed")!;
    const listen = async (person: string, init: { path?: string; body?: object | string }) => {
      const headers = { authorization: `Bearer ${await world().tokenOf(person)}`, accept: "text/event-stream" };
      const { path = "", body } = init;
      const ended = new AbortController();
      const response = await fetch(`${world().url}/graphql/stream${path}`, {
        ...(body && { method: "POST", body: JSON.stringify(body) }),
        headers: { ...headers, ...(body && { "content-type": "application/json" }) },
        signal: ended.signal,
      });
      const isStream = response.headers.get("content-type")!.startsWith("text/event-stream");
      const text = isStream ? "events" : await response.text();
      ended.abort();
      return [response.status, isStream ? text : (JSON.parse(text) as any).errors[0].extensions.code];
    };

    it("is followed by its hash", async () => {
      const documentId = `sha256:${shipped.hash}`;
      expect(await listen("social-worker", { body: { documentId } })).toEqual([200, "events"]);
      expect(await listen("social-worker", { path: `?documentId=${encodeURIComponent(documentId)}` })).toEqual([
        200,
        "events",
      ]);
    });

    it.each([
      ["that nobody put there", "social-worker", "subscription { messageArrived { id } }", [403, "NOT_ALLOWED"]],
      [
        "too large",
        "agency-developer",
        `subscription { messageArrived { ${times(31, (n) => `a${n}: id`)} } }`,
        [400, "TOO_LARGE"],
      ],
    ])("%s is refused", async (_, person, query, seen) => {
      expect(await listen(person, { body: { query } })).toEqual(seen);
      expect(await listen(person, { path: `?query=${encodeURIComponent(query)}` })).toEqual(seen);
      // JSON within JSON.
      expect(await listen(person, { body: JSON.stringify({ query }) })).toEqual([400, "BAD_REQUEST"]);
    });
  });

  describe("a page", () => {
    it.each([0, -1, 101, 2_147_483_647, -2_147_483_648])("of %i is given by no list", async (first) => {
      const lists = world().operations.filter(({ args }) => args.some(({ name }) => name === "first"));
      expect(lists.length).toBeGreaterThan(5);
      for (const operation of lists) {
        const { name, document } = operation;
        const variables = { ...fill(operation, { text: () => undefined }).variables, first };
        const { data, errors } = await world().as("mash-manager", document, variables);
        expect([name, data]).toEqual([name, null]);
        expect(errors[0]!.extensions.code).toMatch(/^(BAD_INPUT|NOT_ALLOWED|NOT_FOUND|TOO_LARGE)$/);
      }
    });
  });
}
