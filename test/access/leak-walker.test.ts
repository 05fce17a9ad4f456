// Every field on every path, asked as everybody about children of every kind, and compared with what was written out by hand.

import { type GraphQLOutputType, isListType, isNonNullType, isObjectType } from "graphql";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ASKERS, type Asker } from "./walker/actors.ts";
import { MAY_ACT, TAKES_IN_ANY } from "./walker/acts-expected.ts";
import { actsOf } from "./walker/acts.ts";
import { KINDS } from "./walker/children.ts";
import { atTheRoot, type Found, inWords, isOfficer, judge, missing } from "./walker/judge.ts";
import { type Asked, NOBODY, startWalker, type Walker } from "./walker/walk.ts";

/** What those who are let in in one more way are asked: by everything that hangs on the way. */
const ON_THE_WAY: ReadonlySet<string> = new Set([
  "Query.child",
  "Query.referral",
  "Query.myAccess",
  "Query.accessRequests",
]);

/** Everything is asked as every role from outside and, where it is about children, from within the team and of those who are let in to
 *  some of them whole. */
function isAsked({ way }: Asker, { name, isOfChildren }: Asked): boolean {
  if (way === "OUTSIDE") return true;
  return way === "TEAM" || way === "MIXED" ? isOfChildren : ON_THE_WAY.has(name);
}

let walker: Walker;
beforeAll(async () => {
  walker = await startWalker();
}, 120_000);
afterAll(() => walker?.close());

it("has something to give for every argument", () => expect(walker.missing).toEqual([]));

it("hears of nobody what they may not be told, and refuses nobody what they may", { timeout: 600_000 }, async () => {
  const found: Found[] = [];
  const only = process.env["WALK_AS"]?.split(",");
  const seen = { questions: 0, values: 0, canaries: 0 };
  for (const asker of ASKERS) {
    if (only && !only.includes(asker.name)) continue;
    for (const question of walker.questions) {
      if (!isAsked(asker, question)) continue;
      const heard = await walker.ask(asker, question);
      found.push(...[judge, missing, atTheRoot].flatMap((look) => look(asker, question, heard)));
      seen.questions += heard.length;
      for (const { text, canaries } of heard) {
        seen.values += text.split('":').length - 1;
        seen.canaries += canaries.length;
      }
    }
  }
  expect([...new Set(found.map(inWords))]).toEqual([]);
  const fields = new Set(walker.questions.flatMap((question) => question.fields)).size;
  const paths = walker.questions.reduce((sum, question) => sum + question.paths, 0);
  process.stdout.write(
    `leak walker: ${fields} fields on ${paths} paths, ${ASKERS.length} askers, ${KINDS.length} kinds of child; ` +
      `${seen.questions} questions answered, ${seen.values} values looked at, ${seen.canaries} of ${walker.world.canaries.count} canaries' songs heard; ` +
      `declared 100 %, leaks ${found.length}\n`,
  );
});

it("gives no empty list for what is withheld", async () => {
  const asker = ASKERS.find(({ name }) => name === "TEACHER OUTSIDE")!;
  const question = walker.questions.find(({ name }) => name === "Query.child")!;
  const found = (await walker.ask(asker, question)).find(({ about }) => about === "ORDINARY");
  const { data } = JSON.parse(found!.text) as { data: Record<string, unknown> };
  // What their own agency owes is theirs to read whole: that nobody wished to move it as well.
  delete data["obligations"];
  expect(emptyLists(walker.schema.getType("Child") as GraphQLOutputType, data)).toEqual([]);
});

/** Lists that may be null where nobody knows, and are empty: each would say that there is nothing. */
function emptyLists(type: GraphQLOutputType, value: unknown): string[] {
  if (isNonNullType(type)) return emptyLists(type.ofType, value);
  if (isListType(type)) return Array.isArray(value) ? value.flatMap((one) => emptyLists(type.ofType, one)) : [];
  if (!isObjectType(type) || value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, own]) => {
    const field = type.getFields()[name];
    if (!field) return [];
    const isEmpty = isListType(field.type) && Array.isArray(own) && own.length === 0;
    return [...(isEmpty ? [`${type.name}.${name}`] : []), ...emptyLists(field.type, own)];
  });
}

it(
  "lets in to each change whom it should, and betrays by none that there is a child",
  { timeout: 300_000 },
  async () => {
    const hidden = walker.world.children.get("ADOPTED")!.askedId;
    const found: string[] = [];
    for (const { name, ask, takesChild } of actsOf(walker.schema))
      for (const asker of ASKERS.filter(({ way }) => way === "OUTSIDE")) {
        const unknown = await walker.act(asker, ask(NOBODY.askedId));
        const isRefused = unknown.code === "NOT_ALLOWED";
        const letIn = MAY_ACT[name]?.includes(asker.role);
        if (letIn === undefined) found.push(`${name}: say in acts-expected.ts who may`);
        else if (letIn === isRefused) found.push(`${name}, ${asker.name}: ${letIn ? "refused" : "let in"}`);
        if (unknown.code === "FAULT") found.push(`${name}, ${asker.name}: the hub broke`);
        if (!takesChild || name in TAKES_IN_ANY || isOfficer(asker)) continue;
        const done = await walker.act(asker, ask(hidden));
        if (done.text !== unknown.text) found.push(`${name}, ${asker.name}: tells that there is the child`);
      }
    expect([...new Set(found)]).toEqual([]);
  },
);
