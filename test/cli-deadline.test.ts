// `hub deadline` as a process of its own, without a database or a server.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "./support/program.ts";

const PROGRAM = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
const CASES = readFileSync(new URL("deadlines.csv", import.meta.url), "utf8");

const hub = (args: readonly string[], settings: Record<string, string> = {}) =>
  run(["--import", "@oxc-node/core/register", PROGRAM, "deadline", ...args], settings).ended;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "deadlines-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function batch(content: string) {
  const file = join(mkdtempSync(join(folder, "batch-")), "questions.csv");
  writeFileSync(file, content);
  return hub(["--batch", file]);
}

const icpc = ["--rule", "icpc", "--from", "2026-12-23T10:00:00Z"];

describe.concurrent("a question", () => {
  it("is answered as JSON, with everything behind the answer", async () => {
    const { code, out, err } = await hub([...icpc, "--json"]);
    expect([code, err]).toEqual([0, ""]);
    expect(JSON.parse(out)).toMatchObject({
      rule: "icpc",
      from: "2026-12-23T10:00:00Z",
      startedOn: "2026-12-23",
      dueOn: "2027-01-18",
      dueAt: "2027-01-19T00:00:00Z",
      explanation: expect.stringContaining("2026-12-28 (Boxing Day (substitute))"),
      source: expect.stringContaining("Working Together"),
      guidanceVersion: "Working Together 2023",
      effectiveFrom: "2013-04-15",
      effectiveUntil: null,
      opensOn: null,
      policy: "oxfordshire",
    });
    expect(JSON.parse(out).excluded).toContainEqual({ on: "2026-12-25", because: "Christmas Day" });
  });

  it("is answered for people", async () => {
    const { code, out } = await hub(icpc);
    expect(code).toBe(0);
    for (const words of [
      "Due         2027-01-18; late from 2027-01-19T00:00:00Z",
      "Christmas Day",
      "Working Together 2023",
    ])
      expect(out).toContain(words);
  });

  it("keeps the instant as it was written, offset and all", async () => {
    const { out } = await hub(["--rule", "return-interview", "--from", "2026-07-01T00:30:00+01:00", "--json"]);
    expect(JSON.parse(out)).toMatchObject({
      from: "2026-07-01T00:30:00+01:00",
      startedOn: "2026-07-01",
      dueOn: "2026-07-04",
      dueAt: "2026-07-03T23:30:00Z",
    });
  });

  it("goes to the area that is named, or else that the settings name", async () => {
    const form = ["--rule", "return-interview-form", "--from", "2026-12-23T10:00:00Z", "--json"];
    const [named, fromSettings, elsewhere] = await Promise.all([
      hub([...icpc, "--json", "--policy", "oldham"]),
      hub([...icpc, "--json"], { AREA: "oldham" }),
      hub([...form, "--policy", "oldham"]),
    ]);
    expect(JSON.parse(named.out).policy).toBe("oldham");
    expect(JSON.parse(fromSettings.out).policy).toBe("oldham");
    expect([elsewhere.code, elsewhere.out]).toEqual([1, ""]);
    expect(elsewhere.err).toContain("There is no such rule: use one of ");
  });

  it("needs no setting of production's", async () => {
    expect((await hub(icpc, { NODE_ENV: "production" })).code).toBe(0);
  });

  it.each([
    [
      "an unknown rule",
      ["--rule", "icpcs", "--from", "2026-12-23T10:00:00Z"],
      /^There is no such rule: use one of .*icpc, /,
    ],
    ["a day that does not exist", ["--rule", "icpc", "--from", "2026-02-30T10:00:00Z"], /^from must be an instant/],
    ["a time without an offset", ["--rule", "icpc", "--from", "2026-12-23T10:00:00"], /^from must be an instant/],
    ["words", ["--rule", "icpc", "--from", "yesterday"], /^from must be an instant/],
    [
      "a year without bank holidays",
      ["--rule", "icpc", "--from", "2028-12-23T10:00:00Z"],
      /^No bank holidays are known for 2029: extend policies\/bank-holidays.json$/,
    ],
    [
      "a day before the rule",
      ["--rule", "icpc", "--from", "2012-12-23T10:00:00Z"],
      /^No rule icpc was in force on 2012-12-23/,
    ],
    ...["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"].map((from): [string, string[], RegExp] => [
      `an instant at the ends of time, ${from}`,
      ["--rule", "icpc", "--from", from],
      /^from: lies outside the years that the hub counts in, 1900 to 2199$/,
    ]),
    [
      "an unknown area",
      [...icpc, "--policy", "../../etc/passwd"],
      /^There is no such area in policies\/: use one of oldham, oxfordshire$/,
    ],
    ["what is no area", [...icpc, "--policy", "england"], /^There is no such area/],
    ["a rule without a start", ["--rule", "icpc"], /^Give --rule and --from/],
    ["nothing", [], /^Give --rule and --from/],
    ["both at once", [...icpc, "--batch", "x.csv"], /^Give --rule and --from/],
  ])("about %s is refused in one sentence", async (_, args, sentence) => {
    const { code, out, err } = await hub(args);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/^[^\n]+\n$/);
    expect(err.trim()).toMatch(sentence);
  });
});

describe.concurrent("a file of questions", () => {
  it("is answered line by line, as it was worked out apart from the code", async () => {
    const questions = CASES.split("\n").map((line) => line.split(",").slice(0, 2).join(","));
    const { code, out, err } = await batch(questions.join("\n"));
    expect([code, err]).toEqual([0, ""]);
    expect(out).toBe(CASES);
  });

  it("may have its columns in any order, more of them, quotes, empty lines, a byte order mark and the other line ends", async () => {
    const { code, out } = await batch(
      '\uFEFFnote,from,rule\r\n"one, ""two""\r\nthree",2026-12-23T10:00:00Z,icpc\r\n\r\n,"2026-07-01T10:00:00+01:00","lado-referral"\r\n',
    );
    expect(code).toBe(0);
    expect(out).toBe(
      "rule,from,dueOn,dueAt\n" +
        "icpc,2026-12-23T10:00:00Z,2027-01-18,2027-01-19T00:00:00Z\n" +
        "lado-referral,2026-07-01T10:00:00+01:00,2026-07-02,2026-07-02T23:00:00Z\n",
    );
  });

  it("with a header alone has no answers", async () => {
    expect(await batch("rule,from\n")).toMatchObject({ code: 0, out: "rule,from,dueOn,dueAt\n" });
  });

  it("with wrong lines is not answered at all, and every one is named", async () => {
    const { code, out, err } = await batch(
      "rule,from\nicpc,2026-12-23T10:00:00Z\nicpc,yesterday\n\nno-rule,2026-12-23T10:00:00Z\nicpc\n=1+1,2026-12-23T10:00:00Z\nicpc,2028-12-23T10:00:00Z\n",
    );
    expect([code, out]).toEqual([1, ""]);
    const sentences = err.trim().split("\n");
    expect(sentences.map((line) => line.split(":")[0])).toEqual(["Line 3", "Line 5", "Line 6", "Line 7", "Line 8"]);
    expect(sentences[0]).toContain("from must be an instant");
    expect(sentences[1]).toContain("There is no such rule");
    expect(sentences[4]).toContain("No bank holidays are known for 2029");
    expect(err).not.toContain("=1+1");
  });

  it.each([
    [
      "without a header",
      "icpc,2026-12-23T10:00:00Z\n",
      "Line 1: the header must name the columns rule and from, once each",
    ],
    ["without a column", "rule,start\nicpc,2026-12-23T10:00:00Z\n", "Line 1: the header must name"],
    ["with a column twice", "rule,from,from\nicpc,2026-12-23T10:00:00Z,x\n", "Line 1: the header must name"],
    ["that is empty", "", "Line 1: the header must name"],
    ["with a quote that does not end", 'rule,from\nicpc,"2026-12-23T10:00:00Z\n', "this is not CSV (RFC 4180)"],
  ])("%s is refused", async (_, content, sentence) => {
    const { code, out, err } = await batch(content);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toContain(sentence);
  });

  it("that is not there is refused", async () => {
    const { code, err } = await hub(["--batch", join(folder, "nothing.csv")]);
    expect([code, err]).toEqual([1, "The file given to --batch cannot be read\n"]);
  });
});
