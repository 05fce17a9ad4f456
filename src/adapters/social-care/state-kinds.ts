// Which status or plan a row of each table amounts to.

import { groupBy } from "../../domain/group.ts";
import type { State } from "../../domain/statements.ts";
import { DISABILITIES, LEGAL_STATUSES } from "./care-codes.ts";
import { NEEDS, words } from "./codes.ts";
import { CARE_EPISODE, DISABILITY, LEGAL_STATUS, MISSING } from "./ssd-care-tables.ts";
import { CIN_EPISODE } from "./ssd-need-tables.ts";
import { CP_PLAN } from "./ssd-protection-tables.ts";
import { state } from "./state.ts";
import type { RowIn } from "./table.ts";
import { flagOf, known } from "./values.ts";

/** Every change of placement starts a new episode; together, those since one day of entry are one time in care. */
export function careStates(rows: readonly RowIn<typeof CARE_EPISODE>[]): State[] {
  const spells = groupBy(rows, ({ enteredOn, from }) => enteredOn ?? from);
  return [...spells.values()].flatMap((episodes) => {
    const sorted = episodes.toSorted((a, b) => (a.from ?? "").localeCompare(b.from ?? ""));
    const last = sorted.find(({ until }) => !until) ?? sorted.at(-1);
    if (!last) return [];
    return state({ ...last, from: last.enteredOn ?? last.from }, { kind: "LOOKED_AFTER", summary: "Looked after" });
  });
}

export function cpPlanState(row: RowIn<typeof CP_PLAN>): State[] {
  const category = known(row.latestCategory) ?? known(row.initialCategory);
  const other = flagOf(row.otherAuthority) === true;
  const summary = other ? "Child protection plan of another local authority" : "Child protection plan";
  const statedAs = other ? "Plan held by another local authority (OLA)" : null;
  return state(row, { kind: "CHILD_PROTECTION_PLAN", category, summary, statedAs });
}

/** A referral that led to no further action made nobody a child in need. */
export function needState(row: RowIn<typeof CIN_EPISODE>): State[] {
  if (flagOf(row.noFurtherAction)) return [];
  const category = words(NEEDS, known(row.need));
  const said = {
    kind: "CHILD_IN_NEED",
    category,
    summary: "Child in need episode",
    statedAs: known(row.need),
  } as const;
  return state({ ...row, from: row.on }, said);
}

export function legalState(row: RowIn<typeof LEGAL_STATUS>): State[] {
  const stated = known(row.status);
  const category = words(LEGAL_STATUSES, stated);
  return state(row, { kind: "LEGAL_STATUS", category, summary: category ?? "Legal status", statedAs: stated });
}

/** Somebody who is missing now; an episode that is over is something that happened, and so an event. */
export const missingState = (row: RowIn<typeof MISSING>): State[] =>
  row.until ? [] : state(row, { kind: "MISSING", summary: "Missing now", statedAs: known(row.type) });

export function disabilityState(row: RowIn<typeof DISABILITY>): State[] {
  const code = known(row.code);
  if (!code || code === "NONE") return [];
  const category = words(DISABILITIES, code);
  return state(row, { kind: "DISABILITY", category, summary: `Disability: ${category}`, statedAs: code });
}
