// Takes out each rule by itself, and looks whether the walker notices. A rule that nobody would miss is not one.

import { readdirSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { ACCESS_RULES } from "../../src/domain/access-rules.ts";
import { MAY_BE_RUNG, MAY_IDENTIFY, WITH_CHILDREN } from "../../src/domain/sharing.ts";
import { ACTS } from "./walker/acts-expected.ts";
import { actsOf } from "./walker/acts.ts";
import { ASKERS } from "./walker/actors.ts";
import { atTheRoot, type Found, judge, missing } from "./walker/judge.ts";
import { removed } from "./walker/removed.ts";
import { type Place, RULINGS_SHOWN_AT, SHOWN_AT, SHOWN_ELSEWHERE } from "./walker/shown-at.ts";
import { NOBODY, startWalker, type Walker } from "./walker/walk.ts";

vi.mock("../../src/domain/access-rules.ts", async (original) =>
  (await import("./walker/removed.ts")).switchableRules(await original()),
);
vi.mock("../../src/domain/agency-view.ts", async (original) =>
  (await import("./walker/removed.ts")).switchableCovers(await original()),
);
vi.mock("../../src/domain/sharing.ts", async (original) =>
  (await import("./walker/removed.ts")).switchable(await original()),
);
vi.mock("../../src/domain/sharing-access.ts", async (original) =>
  (await import("./walker/removed.ts")).switchable(await original()),
);
vi.mock("../../src/domain/sharing-clocks.ts", async (original) =>
  (await import("./walker/removed.ts")).switchable(await original()),
);
vi.mock("../../src/domain/sharing-escalation.ts", async (original) =>
  (await import("./walker/removed.ts")).switchable(await original()),
);
vi.mock("../../src/domain/sharing-families.ts", async (original) =>
  (await import("./walker/removed.ts")).switchable(await original()),
);
vi.mock("../../src/domain/sharing-identity.ts", async (original) =>
  (await import("./walker/removed.ts")).switchable(await original()),
);
vi.mock("../../src/domain/sharing-keeping.ts", async (original) =>
  (await import("./walker/removed.ts")).switchable(await original()),
);
vi.mock("../../src/domain/sharing-ledger.ts", async (original) =>
  (await import("./walker/removed.ts")).switchable(await original()),
);
vi.mock("../../src/domain/sharing-operations.ts", async (original) =>
  (await import("./walker/removed.ts")).switchable(await original()),
);
vi.mock("../../src/domain/sharing-posts.ts", async (original) =>
  (await import("./walker/removed.ts")).switchable(await original()),
);
vi.mock("../../src/domain/sharing-reports.ts", async (original) =>
  (await import("./walker/removed.ts")).switchable(await original()),
);
vi.mock("../../src/domain/sharing-sealed.ts", async (original) =>
  (await import("./walker/removed.ts")).switchable(await original()),
);
vi.mock("../../src/domain/sharing-telling.ts", async (original) =>
  (await import("./walker/removed.ts")).switchable(await original()),
);

/** Modules of rulings on what somebody asks of the graph. Who may come in by which door is tested at the door. */
const AT_THE_DOOR: ReadonlySet<string> = new Set(["sharing-queries.ts", "sharing-sessions.ts", "sharing-systems.ts"]);
const DOMAIN = new URL("../../src/domain/", import.meta.url);
const FILES = readdirSync(DOMAIN).filter((name) => name.startsWith("sharing") && !AT_THE_DOOR.has(name));
const RULINGS = (
  await Promise.all(FILES.map((name): Promise<Record<string, unknown>> => import(new URL(name, DOMAIN).href)))
).flatMap((module) => Object.keys(module).filter((name) => /^may[A-Z]/.test(name)));

let walker: Walker;
beforeAll(async () => {
  walker = await startWalker();
}, 120_000);
afterAll(() => walker?.close());
afterEach(() => removed.clear());

/** What is wrong with what this person hears to this question. */
async function wrongAt([name, wanted]: Place): Promise<Found[]> {
  const asker = ASKERS.find((each) => each.name === name);
  const question = walker.questions.find((each) => each.name === wanted);
  if (!asker || !question) throw new Error(`Nobody is ${name}, or nothing is ${wanted}`);
  const heard = await walker.ask(asker, question);
  return [judge, missing, atTheRoot].flatMap((look) => look(asker, question, heard));
}

let caught = 0;

/** What the walker finds with every rule in its place, and without this one. */
async function without(rule: string, place: Place | undefined) {
  if (!place) throw new Error(`Say in shown-at.ts where it shows that "${rule}" is gone`);
  const before = await wrongAt(place);
  removed.add(rule);
  const after = await wrongAt(place);
  if (after.length > 0) caught += 1;
  return { before, after };
}

const names = ACCESS_RULES.map(({ rule }) => rule);
const barring = ACCESS_RULES.flatMap(({ rule, bars }) => (bars ? [rule] : []));
const KEPT_FROM = ["has-a-task", "answers-for-child", "referred", "outside-the-team"];
const marks = [
  ...names.map((rule) => `rule ${rule}`),
  ...barring.map((rule) => `bars ${rule}`),
  ...KEPT_FROM.map((rule) => `kept ${rule}`),
  "cover safeSubset",
  "cover unlocated",
  "cover located",
  "cover hide",
].filter((mark) => !(mark in SHOWN_ELSEWHERE));

describe("without one rule on a child, one mark of a rule, or one cover", () => {
  it.each(marks)("%s, the walker fails", async (mark) => {
    const { before, after } = await without(mark, SHOWN_AT[mark]);
    expect(before).toEqual([]);
    expect(after).not.toEqual([]);
  });
});

describe("without one entry of a list", () => {
  it.each(Object.keys(WITH_CHILDREN))("%s, who works with children, the walker fails", async (role) => {
    const roles = WITH_CHILDREN as Record<string, unknown>;
    const most = roles[role];
    delete roles[role];
    const found = await wrongAt(SHOWN_AT[`role ${role}`]!).finally(() => (roles[role] = most));
    expect(found).not.toEqual([]);
    caught += 1;
  });

  it.each([
    ["rung SCHOOL", MAY_BE_RUNG as Set<string>],
    ["identify UPN", MAY_IDENTIFY as Set<string>],
  ] as const)("of what a restricted child is kept from: %s, the walker fails", async (name, list) => {
    const [, more = ""] = name.split(" ");
    list.add(more);
    const found = await wrongAt(SHOWN_AT[name]!).finally(() => list.delete(more));
    expect(found).not.toEqual([]);
    caught += 1;
  });
});

const reading = RULINGS.filter((name) => !(name in ACTS) && !(name in SHOWN_ELSEWHERE));

describe("with one ruling that lets everybody through", () => {
  it.each(reading)("%s, the walker fails", async (name) => {
    const { before, after } = await without(name, RULINGS_SHOWN_AT[name]);
    expect(before).toEqual([]);
    expect(after).not.toEqual([]);
  });
});

describe("with one ruling on what people do that lets everybody through", () => {
  it.each(Object.entries(ACTS))("%s, somebody does what they may not", async (name, [who, what]) => {
    const asker = ASKERS.find((each) => each.name === who)!;
    const act = actsOf(walker.schema).find((each) => each.name === what)!;
    expect((await walker.act(asker, act.ask(NOBODY.askedId))).code, "with every rule in its place").toBe("NOT_ALLOWED");
    removed.add(name);
    expect((await walker.act(asker, act.ask(NOBODY.askedId))).code, "without it").not.toBe("NOT_ALLOWED");
    caught += 1;
  });
});

it("leaves out no more than is explained, and nothing that is there no more", () => {
  const all = new Set([
    ...RULINGS,
    ...names.map((rule) => `rule ${rule}`),
    ...barring.map((rule) => `bars ${rule}`),
    ...KEPT_FROM.map((rule) => `kept ${rule}`),
  ]);
  const left = Object.keys(SHOWN_ELSEWHERE);
  expect([...left, ...Object.keys(ACTS), ...Object.keys(RULINGS_SHOWN_AT)].filter((name) => !all.has(name))).toEqual(
    [],
  );
  process.stdout.write(`rules taken out: ${caught}, each of them missed; ${left.length} are held to elsewhere\n`);
});
