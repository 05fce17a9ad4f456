// The flags of `hub town`, checked all at once: one sentence for each problem.

import { parseArgs } from "node:util";
import { DEFAULT_TOWN } from "./town.ts";
import type { Day, TownSettings } from "./types.ts";

/** Above this the town would want more memory than a laptop has to spare, and UPNs run short. */
const MOST_CHILDREN = 100_000;
const MOST_SEED = 4_294_967_295;
const FIRST_DAY = "2010-01-01";
const LAST_DAY = "2099-12-31";

export interface TownFlags {
  settings: TownSettings;
  /** Folder to write the town into, or null. */
  out: string | null;
  json: boolean;
  help: boolean;
}

const OPTIONS = {
  children: { type: "string" },
  seed: { type: "string" },
  until: { type: "string" },
  out: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

export const TOWN_HELP = `Makes the synthetic town that the simulators serve, and says what is in it.

  --children N   how many children, 0 to ${MOST_CHILDREN} (${DEFAULT_TOWN.children})
  --seed N       the same seed gives the same town (${DEFAULT_TOWN.seed})
  --until DAY    the day its story stands at, YYYY-MM-DD (${DEFAULT_TOWN.until})
  --out DIR      write town.json (what agencies hold), truth.csv and residents.json (who it really is) into DIR
  --json         print the counts as JSON`;

/** The flags, or what is wrong with them. */
export function readTownFlags(args: readonly string[]): { flags: TownFlags } | { problems: string[] } {
  const { values, tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") problems.push(`'${token.value}' is not a flag; see --help.`);
    if (token.kind !== "option") continue;
    if (!(token.name in OPTIONS)) problems.push(`There is no flag ${token.rawName}; see --help.`);
    else if ((token.name === "json" || token.name === "help") && token.value !== undefined)
      problems.push(`--${token.name} takes no value.`);
  }
  const text = (name: keyof typeof OPTIONS): string | undefined => {
    const value = values[name];
    if (value === true || value === "") problems.push(`--${name} needs a value.`);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const whole = (name: "children" | "seed", most: number): number => {
    const value = text(name) ?? String(DEFAULT_TOWN[name]);
    if (/^\d{1,10}$/.test(value) && Number(value) <= most) return Number(value);
    problems.push(`--${name} must be a whole number from 0 to ${most}, not '${value}'.`);
    return 0;
  };
  const settings = {
    children: whole("children", MOST_CHILDREN),
    seed: whole("seed", MOST_SEED),
    until: text("until") ?? DEFAULT_TOWN.until,
  };
  const out = text("out") ?? null;
  if (!isDay(settings.until))
    problems.push(`--until must be a day from ${FIRST_DAY} to ${LAST_DAY}, not '${settings.until}'.`);
  if (problems.length > 0) return { problems };
  return { flags: { settings, out, json: values.json === true, help: values.help === true } };
}

function isDay(text: string): text is Day {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < FIRST_DAY || text > LAST_DAY) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}
