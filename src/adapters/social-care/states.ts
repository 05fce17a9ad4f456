import type { State, StateKind } from "../../domain/statements.ts";
import { perRecord, saidBy, type PerRecord } from "./per-record.ts";
import { rowsIn, type Reading } from "./reading.ts";
import { CARE_EPISODE, DISABILITY, LEGAL_STATUS, MISSING } from "./ssd-care-tables.ts";
import { CIN_EPISODE, CIN_PLAN, EARLY_HELP } from "./ssd-need-tables.ts";
import { CP_PLAN, SECTION_47 } from "./ssd-protection-tables.ts";
import { careStates, cpPlanState, disabilityState, legalState, missingState, needState } from "./state-kinds.ts";
import { state } from "./state.ts";
import { known } from "./values.ts";

/** The order in which a council tells its statuses, the furthest-reaching first; then what may hold beside any of them. */
const ORDER: readonly StateKind[] = [
  "LOOKED_AFTER",
  "CHILD_PROTECTION_PLAN",
  "SECTION_47_ENQUIRY",
  "CHILD_IN_NEED",
  "EARLY_HELP",
  "MISSING",
  "LEGAL_STATUS",
  "DISABILITY",
];

/** Which statuses and plans hold, and held: present ones first, each group in the council's order. */
export async function readStates(reading: Reading, ids: readonly string[]): Promise<PerRecord<State>> {
  const where = { personId: ids };
  const episodes = saidBy(await rowsIn(reading, CARE_EPISODE, where), (row) => [row]);
  const sources = [
    (id: string) => careStates(episodes(id)),
    saidBy(await rowsIn(reading, CP_PLAN, where), cpPlanState),
    saidBy(await rowsIn(reading, SECTION_47, where), (row) =>
      state(row, { kind: "SECTION_47_ENQUIRY", summary: "Section 47 enquiry" }),
    ),
    saidBy(await rowsIn(reading, CIN_EPISODE, where), needState),
    saidBy(await rowsIn(reading, CIN_PLAN, where), (row) =>
      state(row, { kind: "CHILD_IN_NEED", category: "Child in need plan", summary: "Child in need plan" }),
    ),
    saidBy(await rowsIn(reading, EARLY_HELP, where), (row) =>
      state(row, { kind: "EARLY_HELP", category: known(row.reason), summary: "Early help episode" }),
    ),
    saidBy(await rowsIn(reading, LEGAL_STATUS, where), legalState),
    saidBy(await rowsIn(reading, MISSING, where), missingState),
    saidBy(await rowsIn(reading, DISABILITY, where), disabilityState),
  ];
  return perRecord(ids, (id) => sources.flatMap((said) => said(id)).sort(presentFirst));
}

function presentFirst(a: State, b: State): number {
  const place = (one: State): number => (one.untilOn ? 100 : 0) + ORDER.indexOf(one.kind);
  const since = (one: State): string => `${one.fromOn ?? ""}${one.provenance.recordId}`;
  return place(a) - place(b) || since(b).localeCompare(since(a));
}
