// Every field says what it holds, and every kind of information who may see it.

import { readdirSync } from "node:fs";
import { isObjectType } from "graphql";
import { expect, it } from "vitest";
import { INFORMATION_KINDS } from "../../src/domain/access.ts";
import { INFORMATION, problemsOf } from "../../src/domain/information.ts";
import { buildHubSchema } from "../../src/resolvers/schema.ts";
import { DECLARED, declare, holdsOf } from "../../src/schema/declared.ts";

it("is read from the schema, for every field", async () => {
  const schema = await buildHubSchema();
  const child = schema.getType("RecordedAddress");
  expect(isObjectType(child) && holdsOf(child.getFields()["postcode"]!)).toBe("CONTACT");
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && !type.name.startsWith("__"));
  const fields = types.flatMap((type) => (isObjectType(type) ? Object.values(type.getFields()) : []));
  expect(fields.filter((field) => holdsOf(field) === null).map(({ name }) => name)).toEqual([]);
});

it("fails a schema with a field or type that is not declared, or a declaration of what is not there", async () => {
  const schema = await buildHubSchema();
  const { Agency: _, Team: team, ...rest } = DECLARED;
  expect(() => declare(schema, { ...rest, Team: { ...team, DIRECTORY: ["id"], SELF: ["shoeSize"] } })).toThrow(
    /Agency is not declared, with id, name, sector[^]*Team.name is not declared[^]*Team.shoeSize is declared, and is not there/,
  );
  expect(problemsOf(new Map([["A", ["b"]]]), { A: { SELF: ["b"], SHAPE: ["b"] } })).toEqual(["A.b is declared twice"]);
});

it("names for each kind a ruling that the code makes", async () => {
  const domain = new URL("../../src/domain/", import.meta.url);
  const files = readdirSync(domain).filter((name) => /^(sharing.*|agency-view)\.ts$/.test(name));
  const modules = await Promise.all(files.map((name) => import(new URL(name, domain).href)));
  const named = new Set(modules.flatMap((module: object) => Object.keys(module)));
  expect(INFORMATION_KINDS.filter((kind) => !named.has(INFORMATION[kind].rule))).toEqual([]);
});
