import { lexicographicSortSchema, printSchema } from "graphql";
import { expect, it } from "vitest";
import { buildHubSchema } from "../src/resolvers/schema.ts";

it("has a schema.graphql that is what the code builds", async () => {
  const schema = lexicographicSortSchema(await buildHubSchema());
  await expect(`${printSchema(schema)}\n`).toMatchFileSnapshot("../schema.graphql");
});

it("describes every type, field and argument", async () => {
  const bare: string[] = [];
  for (const type of Object.values((await buildHubSchema()).getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    if (!type.description) bare.push(type.name);
    if (!("getFields" in type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.description) bare.push(`${type.name}.${field.name}`);
      if ("args" in field)
        for (const arg of field.args) if (!arg.description) bare.push(`${type.name}.${field.name}(${arg.name})`);
    }
  }
  // graphql's own scalars describe themselves.
  expect(bare.filter((name) => !["Query", "Mutation", "Subscription"].includes(name))).toEqual([]);
});
