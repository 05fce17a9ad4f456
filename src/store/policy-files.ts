// Law and local practice are files. They are read once, checked whole, and every problem is named with its file and place.

import { readFileSync } from "node:fs";
import { z } from "zod";
import { SECTORS } from "../domain/agency.ts";
import { parsePlainDate, type PlainDate } from "../domain/plain-date.ts";
import { SEXES } from "../domain/statements.ts";
import type { Area, National } from "../domain/policy.ts";

const day = z.string().transform((text, context): PlainDate => {
  const found = parsePlainDate(text);
  if (found) return found;
  context.addIssue("must be a day, YYYY-MM-DD");
  return z.NEVER;
});
const id = z.string().regex(/^[a-z0-9-]{1,40}$/, "must be 1 to 40 lower-case letters, digits or hyphens");
const text = z.string().min(1).max(400);
/** Read in the source named; one area's own; or a default to be confirmed. */
const STATUS = z.enum(["verified", "local", "unverified"]);

const CLOCKS = z.strictObject({
  about: text,
  clocks: z.array(
    z.strictObject({
      rule: id,
      starts: text,
      workingDays: z.number().int().min(1).max(250),
      source: text,
      guidanceVersion: text,
      effectiveFrom: day,
      status: STATUS,
    }),
  ),
});

/** A day mistyped here, or a year left out, would move deadlines without a word. */
const HOLIDAYS = z
  .strictObject({ about: text, source: text, from: day, until: day, days: z.record(z.string(), text) })
  .superRefine(({ from, until, days }, context) => {
    for (const on of Object.keys(days))
      if (!parsePlainDate(on) || on < from || on > until)
        context.addIssue({ code: "custom", path: ["days", on], message: "must be a day, YYYY-MM-DD, that is covered" });
    for (let year = Number(from.slice(0, 4)); year <= Number(until.slice(0, 4)); year += 1)
      if (!Object.keys(days).some((on) => on.startsWith(`${year}-`)))
        context.addIssue({ code: "custom", path: ["days"], message: `has none of ${year}` });
  });

const AREA = z
  .strictObject({
    about: text,
    id,
    name: text,
    edition: z.strictObject({ name: text, effectiveFrom: day, source: text, status: STATUS }),
    agencies: z
      .array(
        z.strictObject({
          id,
          name: text,
          sector: z.enum(SECTORS),
          ring: z.strictObject({ name: text, phone: text, email: text.nullable() }).optional(),
          genderCodes: z.record(z.string(), z.enum(SEXES)).optional(),
        }),
      )
      .min(1),
    levels: z.array(z.strictObject({ id, name: text })).min(1),
    teams: z.array(z.strictObject({ id, name: text, agencyId: id, phone: text })).min(1),
    routing: z
      .array(
        z.strictObject({
          rule: id,
          levels: z.array(id).optional(),
          immediateDanger: z.boolean().optional(),
          to: id,
          because: text,
          source: text,
        }),
      )
      .min(1),
  })
  .superRefine(({ agencies, levels, teams, routing }, context) => {
    const must = (holds: boolean, path: (string | number)[], message: string) => {
      if (!holds) context.addIssue({ code: "custom", path, message });
    };
    const known = (list: readonly { id: string }[], wanted: string) => list.some(({ id }) => id === wanted);
    for (const [at, { agencyId }] of teams.entries())
      must(known(agencies, agencyId), ["teams", at, "agencyId"], "names no agency of this file");
    for (const [at, { to, levels: wanted = [] }] of routing.entries()) {
      must(known(teams, to), ["routing", at, "to"], "names no team of this file");
      for (const level of wanted) must(known(levels, level), ["routing", at, "levels"], `names no level: ${level}`);
    }
    const last = routing.at(-1);
    must(
      last?.levels === undefined && last?.immediateDanger === undefined,
      ["routing", routing.length - 1],
      "the last rule must fit every referral, so that none is without an owner",
    );
  });

export interface Policies {
  readonly area: Area;
  readonly national: National;
}

/** The policies of one area. Throws one error that names every problem in every file. */
export function readPolicies(folder: URL, areaId: string): Policies {
  const problems: string[] = [];
  const read = <Shape extends z.ZodType>(file: string, shape: Shape): z.infer<Shape> | null => {
    const content = readJson(new URL(file, folder), problems, file);
    if (content === null) return null;
    const parsed = shape.safeParse(content);
    for (const { path, message } of parsed.error?.issues ?? [])
      problems.push(`policies/${file} at /${path.join("/")}: ${message}`);
    return parsed.data ?? null;
  };
  const clocks = read("england.json", CLOCKS);
  const holidays = read("bank-holidays.json", HOLIDAYS);
  const area = read(`${areaId}.json`, AREA);
  if (area && area.id !== areaId) problems.push(`policies/${areaId}.json at /id: must be the file's own name`);
  if (problems.length > 0 || !clocks || !holidays || !area) throw new Error(problems.join("\n"));
  const { from, until } = holidays;
  const days = new Map(Object.entries(holidays.days).map(([on, name]) => [on as PlainDate, name]));
  return { area, national: { clocks: clocks.clocks, holidays: { from, until, days } } };
}

function readJson(file: URL, problems: string[], name: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch (error) {
    problems.push(`policies/${name}: ${error instanceof SyntaxError ? "is not JSON" : "cannot be read"}`);
    return null;
  }
}
