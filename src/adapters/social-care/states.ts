import type { State, StateKind } from "../../domain/statements.ts";
import { DISABILITIES, LEGAL_STATUSES, NEEDS, words } from "./codes.ts";
import {
  CARE_EPISODE,
  CIN_EPISODE,
  CIN_PLAN,
  CP_PLAN,
  DISABILITY,
  EARLY_HELP,
  LEGAL_STATUS,
  MISSING,
  SECTION_47,
} from "./ssd-casework-tables.ts";
import { rowsIn, type Reading } from "./reading.ts";
import type { RowIn } from "./table.ts";
import { dayOf, flagOf, known, provenance } from "./values.ts";

/** The council's ladder, highest first; what is off the ladder follows it. */
const LADDER: readonly StateKind[] = [
  "LOOKED_AFTER",
  "CHILD_PROTECTION_PLAN",
  "SECTION_47_ENQUIRY",
  "CHILD_IN_NEED",
  "EARLY_HELP",
  "MISSING",
  "LEGAL_STATUS",
  "DISABILITY",
];

/** A state and whose it is. */
type Held = readonly [person: string, state: State];

/** Which statuses and plans hold, and held: present ones first, each group from the top of the ladder. */
export async function readStates(reading: Reading, ids: readonly string[]): Promise<Map<string, State[]>> {
  const where = { personId: ids };
  const held: Held[] = [
    ...careStates(await rowsIn(reading, CARE_EPISODE, where)),
    ...(await rowsIn(reading, CP_PLAN, where)).flatMap(cpPlanState),
    ...(await rowsIn(reading, SECTION_47, where)).flatMap((row) =>
      state(row, { kind: "SECTION_47_ENQUIRY", summary: "Section 47 enquiry" }),
    ),
    ...(await rowsIn(reading, CIN_EPISODE, where)).flatMap(needState),
    ...(await rowsIn(reading, CIN_PLAN, where)).flatMap((row) =>
      state(row, { kind: "CHILD_IN_NEED", category: "Child in need plan", summary: "Child in need plan" }),
    ),
    ...(await rowsIn(reading, EARLY_HELP, where)).flatMap((row) =>
      state(row, { kind: "EARLY_HELP", category: known(row.reason), summary: "Early help episode" }),
    ),
    ...(await rowsIn(reading, LEGAL_STATUS, where)).flatMap(legalState),
    ...(await rowsIn(reading, MISSING, where)).flatMap(missingState),
    ...(await rowsIn(reading, DISABILITY, where)).flatMap(disabilityState),
  ];
  const lists = new Map<string, State[]>(ids.map((id) => [id, []]));
  for (const [person, one] of held) lists.get(person)?.push(one);
  for (const list of lists.values()) list.sort(byLadder);
  return lists;
}

function byLadder(a: State, b: State): number {
  const rung = (one: State): number => (one.until ? 100 : 0) + LADDER.indexOf(one.kind);
  return rung(a) - rung(b) || order(b).localeCompare(order(a));
}

const order = (one: State): string => `${one.from ?? ""}${one.provenance.recordId}`;

interface Span {
  readonly id: string | null;
  readonly personId: string | null;
  readonly from?: string | null;
  readonly until?: string | null;
}

interface Said {
  readonly kind: StateKind;
  readonly category?: string | null;
  readonly summary: string;
  readonly statedAs?: string | null;
}

function state(row: Span, { kind, category = null, summary, statedAs = null }: Said): Held[] {
  const person = known(row.personId);
  if (!person) return [];
  const from = dayOf(row.from ?? null);
  const until = dayOf(row.until ?? null);
  return [[person, { kind, category, summary, from, until, provenance: provenance(row.id ?? "", statedAs) }]];
}

/** Every change of placement starts a new episode; together, those since one day of entry are one time in care. */
function careStates(rows: readonly RowIn<typeof CARE_EPISODE>[]): Held[] {
  const spells = new Map<string, RowIn<typeof CARE_EPISODE>[]>();
  for (const row of rows) {
    const key = `${row.personId} ${row.enteredOn ?? row.from}`;
    spells.set(key, [...(spells.get(key) ?? []), row]);
  }
  return [...spells.values()].flatMap((episodes) => {
    const sorted = episodes.toSorted((a, b) => (a.from ?? "").localeCompare(b.from ?? ""));
    const last = sorted.find(({ until }) => !until) ?? sorted.at(-1);
    if (!last) return [];
    return state({ ...last, from: last.enteredOn ?? last.from }, { kind: "LOOKED_AFTER", summary: "Looked after" });
  });
}

function cpPlanState(row: RowIn<typeof CP_PLAN>): Held[] {
  const category = known(row.latestCategory) ?? known(row.initialCategory);
  const other = flagOf(row.otherAuthority) === true;
  const summary = other ? "Child protection plan of another local authority" : "Child protection plan";
  const statedAs = other ? "Plan held by another local authority (OLA)" : null;
  return state(row, { kind: "CHILD_PROTECTION_PLAN", category, summary, statedAs });
}

/** A referral that led to no further action made nobody a child in need. */
function needState(row: RowIn<typeof CIN_EPISODE>): Held[] {
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

function legalState(row: RowIn<typeof LEGAL_STATUS>): Held[] {
  const stated = known(row.status);
  const category = words(LEGAL_STATUSES, stated);
  return state(row, { kind: "LEGAL_STATUS", category, summary: category ?? "Legal status", statedAs: stated });
}

/** Somebody who is missing now; an episode that is over is something that happened, and so an event. */
const missingState = (row: RowIn<typeof MISSING>): Held[] =>
  row.until ? [] : state(row, { kind: "MISSING", summary: "Missing now", statedAs: known(row.type) });

function disabilityState(row: RowIn<typeof DISABILITY>): Held[] {
  const code = known(row.code);
  if (!code || code === "NONE") return [];
  const category = words(DISABILITIES, code);
  return state(row, { kind: "DISABILITY", category, summary: `Disability: ${category}`, statedAs: code });
}
