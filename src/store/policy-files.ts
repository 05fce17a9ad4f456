// Law and local practice are files. They are read once, checked whole, and every problem is named with its file and place.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import type { PlainDate } from "../domain/plain-date.ts";
import type { Area, National } from "../domain/policy.ts";
import { AREA } from "./policy-area.ts";
import { ENGLAND, HOLIDAYS } from "./policy-clocks.ts";
import { LADDER } from "./policy-ladders.ts";
import { RETENTION } from "./policy-retention.ts";
import { problemsBetween } from "./policy-rules.ts";

export interface Policies {
  readonly area: Area;
  readonly national: National;
}

/** `policies/` beside `src/`, or beside `dist/` once compiled. Throws where there is none. */
export function policiesFolder(): URL {
  const folder = ["../../policies/", "../../../policies/"]
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url));
  if (!folder) throw new Error("The folder policies/ is missing beside the program");
  return folder;
}

const NATIONAL = new Set(["england.json", "bank-holidays.json", "names.json", "retention.json"]);

/** The areas that a folder has files for. */
export const areasIn = (folder: URL): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(".json") && !NATIONAL.has(file))
    .map((file) => file.replace(".json", ""))
    .sort();

/** The policies of one area. Throws one error that names every problem in every file. */
export function readPolicies(folder: URL, areaId: string): Policies {
  const problems: string[] = [];
  const say = (file: string, path: readonly PropertyKey[], message: string) =>
    void problems.push(`policies/${file} at /${path.join("/")}: ${message}`);
  const read = <Shape extends z.ZodType>(file: string, shape: Shape): z.infer<Shape> | null => {
    const content = readJson(new URL(file, folder), problems, file);
    if (content === null) return null;
    const parsed = shape.safeParse(content);
    for (const { path, message } of parsed.error?.issues ?? []) say(file, path, message);
    return parsed.data ?? null;
  };
  const [areaFile, england] = [`${areaId}.json`, read("england.json", ENGLAND)];
  const holidays = read("bank-holidays.json", HOLIDAYS);
  const retention = read("retention.json", RETENTION);
  const area = read(areaFile, AREA);
  if (area && area.id !== areaId) say(areaFile, ["id"], "must be the file's own name");
  const ladderFile = `ladders/${area?.disagreement}.json`;
  const ladder = area && read(ladderFile, LADDER);
  if (ladder && ladder.id !== area.disagreement) say(ladderFile, ["id"], "must be the file's own name");
  if (area && england)
    for (const { file, path, message } of problemsBetween({ england: england.clocks, area }))
      say(file === "area" ? areaFile : "england.json", path, message);
  if (problems.length > 0 || !england || !holidays || !retention || !area || !ladder)
    throw new Error(problems.join("\n"));
  const { from, until } = holidays;
  const days = new Map(Object.entries(holidays.days).map(([on, name]) => [on as PlainDate, name]));
  return {
    area: { ...area, silence: area.silence.rungs, disagreement: ladder },
    national: { clocks: england.clocks, holidays: { from, until, days }, retention },
  };
}

function readJson(file: URL, problems: string[], name: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch (error) {
    problems.push(`policies/${name}: ${error instanceof SyntaxError ? "is not JSON" : "cannot be read"}`);
    return null;
  }
}
