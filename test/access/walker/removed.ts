// The rules, made so that each can be taken out while the hub runs. A ruling that is taken out allows whatever is asked of it.

import type * as rules from "../../../src/domain/access-rules.ts";
import type * as view from "../../../src/domain/agency-view.ts";

/** What is taken out just now: `mayOpen`, `rule shielded`, `bars shielded`, `kept has-a-task`, `cover located`. */
export const removed = new Set<string>();

type Ruled = (...asked: never[]) => unknown;

/** What a ruling says once it lets everybody through. */
function everything(said: unknown): unknown {
  if (typeof said === "boolean") return true;
  if (typeof said !== "object" || said === null) return said;
  if ("reasons" in said) return { what: true, toWhom: true, reasons: true, agencies: true, because: null };
  return { ...said, allowed: true, ...("lines" in said && { lines: "ALL", othersWithheld: null }) };
}

/** A module of rulings, each of which may be taken out by its name. */
export function switchable<Module extends object>(module: Module): Module {
  const wrapped = Object.entries(module).map(([name, value]) => {
    if (!/^may[A-Z]/.test(name) || typeof value !== "function") return [name, value] as const;
    const ruling = value as Ruled;
    const ruled: Ruled = (...asked) => (removed.has(name) ? everything(ruling(...asked)) : ruling(...asked));
    return [name, ruled] as const;
  });
  return Object.fromEntries(wrapped) as Module;
}

/** The table of rules on one child, from which each rule, and each of its marks, may be taken out. */
export function switchableRules(module: typeof rules): typeof rules {
  const without = (table: readonly rules.AccessRule[]) =>
    table
      .filter(({ rule }) => !removed.has(`rule ${rule}`))
      .map(({ bars, ...rule }) => (bars && !removed.has(`bars ${rule.rule}`) ? { ...rule, bars } : rule));
  return {
    ...module,
    decideAccess(asked, table = module.ACCESS_RULES) {
      const access = module.decideAccess(asked, without(table));
      return removed.has(`kept ${access.rule}`) ? { ...access, unlocated: false } : access;
    },
  };
}

/** The covers that are laid over what an agency says. */
export const switchableCovers = (module: typeof view): typeof view => ({
  ...module,
  safeSubset: (shown) => (removed.has("cover safeSubset") ? shown : module.safeSubset(shown)),
  unlocated: (shown) => (removed.has("cover unlocated") ? shown : module.unlocated(shown)),
  located: (shown, because) => (removed.has("cover located") ? shown : module.located(shown, because)),
  hide: (shown, hidden) => (removed.has("cover hide") ? shown : module.hide(shown, hidden)),
});
