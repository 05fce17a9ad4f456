// What must hold between an area's policy file and the nation's.

import type { ClockRule } from "../domain/clock-rule.ts";
import type { AreaFile } from "./policy-area.ts";
import { isWithinSpan } from "./policy-clocks.ts";

interface Files {
  readonly england: readonly ClockRule[];
  readonly area: Pick<AreaFile, "clocks" | "owners">;
}

/** Something wrong, and where. */
export interface Problem {
  readonly file: "england" | "area";
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Every name of a rule that no file has, and every clock of the area's that would loosen the nation's. */
export function problemsBetween(files: Files): Problem[] {
  const rules = new Set([...files.england, ...files.area.clocks].map(({ rule }) => rule));
  return [
    ...namesIn(files.england, "england", rules),
    ...namesIn(files.area.clocks, "area", rules),
    ...files.area.owners.flatMap(({ rules: owned = [] }, at) =>
      owned
        .filter((rule) => !rules.has(rule))
        .map((rule) => ({ file: "area" as const, path: ["owners", at, "rules"], message: `names no rule: ${rule}` })),
    ),
    ...files.area.clocks.flatMap((local, at) =>
      files.england
        .filter((national) => national.rule === local.rule && overlap(national, local))
        .flatMap((national) => loosened(local, national))
        .map(({ path, message }) => ({ file: "area" as const, path: ["clocks", at, ...path], message })),
    ),
  ];
}

/** Names of rules in `whenItMet`. A rule of the nation's may not hang on one that only an area has. */
function namesIn(clocks: readonly ClockRule[], file: Problem["file"], rules: ReadonlySet<string>): Problem[] {
  const known = file === "area" ? rules : new Set(clocks.map(({ rule }) => rule));
  return clocks.flatMap(({ startedBy = [] }, at) =>
    startedBy.flatMap(({ whenItMet = [] }, by) =>
      whenItMet
        .filter((rule) => rule !== "none" && !known.has(rule))
        .map((rule) => ({
          file,
          path: ["clocks", at, "startedBy", by, "whenItMet"],
          message: `names no rule: ${rule}`,
        })),
    ),
  );
}

const overlap = (one: ClockRule, other: ClockRule): boolean =>
  one.effectiveFrom <= (other.effectiveUntil ?? "9999-12-31") &&
  other.effectiveFrom <= (one.effectiveUntil ?? "9999-12-31");

const SAME = ["before", "notBefore", "startedBy", "metBy", "endedBy", "fixed"] as const;

/** How an area's clock would loosen the nation's of the same name: it may only ask for it sooner. */
function loosened(local: ClockRule, national: ClockRule): Pick<Problem, "path" | "message">[] {
  const sooner = national.before
    ? isWithinSpan(national.within, local.within)
    : isWithinSpan(local.within, national.within);
  const found = sooner
    ? []
    : [{ path: ["within"], message: `must be in the unit of the nation's ${local.rule}, and no laxer` }];
  const { extendsBy } = national;
  if (extendsBy && !(local.extendsBy && isWithinSpan(local.extendsBy, extendsBy)))
    found.push({ path: ["extendsBy"], message: `must be given, and no more than the nation's ${local.rule} allows` });
  for (const key of SAME)
    if (JSON.stringify(local[key] ?? null) !== JSON.stringify(national[key] ?? null))
      found.push({
        path: [key],
        message: `must be as in the nation's ${local.rule}: an area may only ask for it sooner`,
      });
  return found;
}
