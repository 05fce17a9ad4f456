// How long the hub keeps what: the file that ships says where each number is from, and what is wrong in one is said at start.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { readPolicies } from "../src/store/policy-files.ts";
import { national, POLICIES } from "./support/policies.ts";

const { children, tables } = national.retention;

describe("the classes that ship", () => {
  it.each([...children, ...tables])("$id says where its time is from", ({ source, edition, status }) => {
    expect(source.length).toBeGreaterThan(15);
    expect(edition).toMatch(/\d{4}/);
    expect(status === "verified").toBe(source.includes("regulation 50"));
  });

  it("let nobody end earlier what law keeps", () =>
    expect(children.filter(({ mayEndEarlier }) => !mayEndEarlier).map(({ id }) => id)).toEqual([
      "adoption",
      "looked-after",
    ]));
});

describe("a file of classes that is wrong", () => {
  const folder = mkdtempSync(join(tmpdir(), "policies-"));
  const file = join(folder, "retention.json");
  beforeEach(() => cpSync(POLICIES, folder, { recursive: true }));
  afterAll(() => rmSync(folder, { recursive: true }));

  type Content = { children: Record<string, unknown>[]; tables: Record<string, unknown>[] };
  it.each<[string, (content: Content) => unknown]>([
    ["/children/0/keep: must be one amount of time, such as ", ({ children: all }) => (all[0]!["keep"] = {})],
    [
      "/children/0/keep: must be a whole number of years from 1 to 120",
      ({ children: all }) => (all[0]!["keep"] = { years: 0 }),
    ],
    [
      "/children/1/fits/steps/0: names no kind of step",
      ({ children: all }) => (all[1]!["fits"] = { steps: ["A_STEP"] }),
    ],
    ["/children/5/fits: the last must fit every child", ({ children: all }) => all.pop()],
    ["/children/1/id: is taken", ({ children: all }) => (all[1]!["id"] = "adoption")],
    ["/tables: covers no message", ({ tables: all }) => (all[0]!["covers"] = ["hub_locks"])],
    ["/tables/10/erasedBy: must not be JOB", ({ tables: all }) => (all[10]!["erasedBy"] = "JOB")],
    ["/tables/0/erasedBy: must be JOB", ({ tables: all }) => (all[0]!["erasedBy"] = "PERSON")],
    [
      "/tables/1/covers: names message, which an earlier class covers",
      ({ tables: all }) => (all[1]!["covers"] = ["message"]),
    ],
    ["/tables/0/keep: is null where NOBODY erases it", ({ tables: all }) => (all[0]!["keep"] = null)],
  ])("%s", (problem, edit) => {
    const content = JSON.parse(readFileSync(file, "utf8")) as Content;
    edit(content);
    writeFileSync(file, JSON.stringify(content));
    expect(() => readPolicies(pathToFileURL(`${folder}/`), "oxfordshire")).toThrow(
      `policies/retention.json at ${problem}`,
    );
  });
});
