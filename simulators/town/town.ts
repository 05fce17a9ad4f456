// The synthetic town, made anew from its settings by every program that needs it: same settings, same town, byte for byte.

import { makeBuild } from "./build.ts";
import { demoFamily } from "./demo-family.ts";
import { makeHouseholds } from "./households.ts";
import { tellLives } from "./lives.ts";
import { joinParts } from "./part.ts";
import type { Town, TownSettings } from "./types.ts";

export { demoFamily };

/** What `hub town` and the simulators make when nothing else is asked for. */
export const DEFAULT_TOWN: TownSettings = { children: 400, seed: 7, until: "2026-03-02" };

/** The town of these settings. It always holds the demo family, in front of everybody else. */
export function makeTown(settings: TownSettings): Town {
  const build = makeBuild(settings);
  for (const household of makeHouseholds(build)) tellLives(build, household);
  return { synthetic: true, settings: { ...settings }, ...joinParts(demoFamily(settings.until), build.part) };
}
