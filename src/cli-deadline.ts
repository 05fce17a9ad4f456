// `hub deadline`: by when something is due, and why. Reads the policy files and nothing else: no database, no server.

import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { readFileSync } from "node:fs";
import { configOfProcess } from "./config.ts";
import { clockNamed, clockNames } from "./domain/clocks.ts";
import { type Deadline, deadlineOf } from "./domain/deadline.ts";
import { isCountedInstant, parseInstant, writeInstant } from "./domain/instant.ts";
import { dayInEngland, NOT_COUNTED } from "./domain/plain-date.ts";
import { areasIn, type Policies, policiesFolder, readPolicies } from "./store/policy-files.ts";

export interface DeadlineFlags {
  readonly rule?: string;
  readonly from?: string;
  readonly batch?: string;
  readonly policy?: string;
  readonly json?: boolean;
}

/** Prints the answer to one question, or to a file of them. Throws one sentence for each thing that is wrong. */
export function deadline(flags: DeadlineFlags): void {
  const { rule, from, batch, json = false } = flags;
  const isOne = rule !== undefined && from !== undefined && batch === undefined;
  const isMany = rule === undefined && from === undefined && batch !== undefined && !json;
  if (!isOne && !isMany)
    throw new Error("Give --rule and --from (with --json, as JSON), or --batch with a file, which is answered as CSV");
  const policies = policiesOf(flags.policy);
  if (batch !== undefined) process.stdout.write(answerFile(policies, batch));
  else if (isOne) console.log(json ? asJson(policies, rule, from) : asBlock(policies, rule, from));
}

function policiesOf(named: string | undefined): Policies {
  const folder = policiesFolder();
  // No engine is opened here, so production's demands on the other settings do not matter.
  const area = named ?? configOfProcess({ NODE_ENV: "development" }).AREA;
  const known = areasIn(folder);
  if (!known.includes(area)) throw new Error(`There is no such area in policies/: use one of ${known.join(", ")}`);
  return readPolicies(folder, area);
}

/** Throws one sentence where the rule or the instant is not one. */
function answer(policies: Policies, rule: string, from: string): Deadline {
  const names = clockNames(policies);
  if (!names.includes(rule)) throw new Error(`There is no such rule: use one of ${names.join(", ")}`);
  const at = parseInstant(from);
  if (!at)
    throw new Error("from must be an instant with its offset, of a day that exists: 2026-12-23T10:00:00Z, …+01:00");
  if (!isCountedInstant(at)) throw new Error(`from: ${NOT_COUNTED}`);
  const clock = clockNamed(policies, rule, dayInEngland(at));
  return deadlineOf(clock.rule, at, clock.calendar);
}

function asJson(policies: Policies, rule: string, from: string): string {
  const { dueOn, dueAt, explanation, ...rest } = answer(policies, rule, from);
  const first = { rule, from, dueOn, dueAt: writeInstant(dueAt), explanation };
  return JSON.stringify({ ...first, ...rest, rule, from, policy: policies.area.id }, null, 2);
}

function asBlock(policies: Policies, rule: string, from: string): string {
  const { dueOn, dueAt, owes, excluded, opensOn, ...found } = answer(policies, rule, from);
  const lines: [string, string | null][] = [
    ["Due", `${dueOn}; late from ${writeInstant(dueAt)}`],
    ["Not before", opensOn],
    ["What", `${rule}: ${owes}`],
    ["From", `${from} (${found.startedOn} in England)`],
    ["Passed over", excluded.map(({ on, because }) => `${on} ${because}`).join(", ") || null],
    ["Source", found.source],
    ["Edition", `${found.guidanceVersion}; in force from ${found.effectiveFrom}${until(found.effectiveUntil)}`],
    ["Status", found.status === "unverified" ? "unverified: a default to be confirmed" : found.status],
    ["In full", found.explanation],
  ];
  return lines.flatMap(([name, said]) => (said === null ? [] : `${name.padEnd(12)}${said}`)).join("\n");
}

const until = (day: string | null): string => (day === null ? "" : ` to ${day}`);

interface Line {
  readonly number: number;
  readonly rule: string;
  readonly from: string;
}

/** The whole file answered, or one error with a sentence for every line that is wrong. */
function answerFile(policies: Policies, file: string): string {
  const problems: string[] = [];
  const rows = linesOf(file).flatMap(({ number, rule, from }) => {
    try {
      const { dueOn, dueAt } = answer(policies, rule, from);
      return [[rule, from, dueOn, writeInstant(dueAt)]];
    } catch (error) {
      problems.push(`Line ${number}: ${(error as Error).message}`);
      return [];
    }
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return stringify([["rule", "from", "dueOn", "dueAt"], ...rows], { escape_formulas: true });
}

/** The lines below the header, which names the columns `rule` and `from` once each, wherever they stand. */
function linesOf(file: string): Line[] {
  const records = recordsIn(file);
  const [header = []] = records.splice(0, 1).map(({ record }) => record.map((name) => name.trim()));
  const [rule, from] = ["rule", "from"].map((name) => {
    if (header.indexOf(name) === -1 || header.indexOf(name) !== header.lastIndexOf(name))
      throw new Error("Line 1: the header must name the columns rule and from, once each");
    return header.indexOf(name);
  }) as [number, number];
  return records.map(({ record, info }) => ({
    number: info.lines,
    rule: record[rule]?.trim() ?? "",
    from: record[from]?.trim() ?? "",
  }));
}

interface CsvRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

function recordsIn(file: string): CsvRecord[] {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch {
    throw new Error("The file given to --batch cannot be read");
  }
  try {
    return parse(content, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as CsvRecord[];
  } catch (error) {
    const { lines } = error as { lines?: number };
    throw new Error(`Line ${lines ?? 1}: this is not CSV (RFC 4180): look at its quotes`, { cause: error });
  }
}
