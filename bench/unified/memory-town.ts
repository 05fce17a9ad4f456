// A hundred invented children with a record at each of four agencies: small, fixed, and the same for every server measured.

import type { Agency } from "../../src/domain/agency.ts";
import type { PlainDate } from "../../src/domain/plain-date.ts";
import type { Involvement, Provenance, State, StatedEvent } from "../../src/domain/statements.ts";

export interface MemoryRecord {
  readonly recordId: string;
  readonly involvements: readonly Involvement[];
  readonly states: readonly State[];
  readonly events: readonly StatedEvent[];
}

export const CHILDREN = 100;
const day = (text: string) => text as PlainDate;

export const AGENCIES: readonly Agency[] = [
  { id: "social-care", name: "Oxfordshire children's social care", sector: "SOCIAL_CARE" },
  { id: "health", name: "Oxfordshire health", sector: "HEALTH" },
  { id: "police", name: "Oxfordshire police", sector: "POLICE" },
  { id: "education", name: "Oxfordshire schools", sector: "EDUCATION" },
];

/** The hub's id of the n-th child. */
export const childId = (n: number): string => `01980000-0000-7000-8000-${String(n).padStart(12, "0")}`;
export const recordIdAt = (agencyId: string, n: number): string => `${agencyId}-${n}`;

const SAYS = {
  "social-care": ["SOCIAL_WORKER", "CHILD_IN_NEED", "VISIT", "Child in need visit; child seen alone"],
  health: ["HEALTH_VISITOR", "HEALTH_CARE_PLAN", "HOSPITAL_ATTENDANCE", "Emergency department attendance"],
  police: ["POLICE_OFFICER", "SAFEGUARDING_FLAG", "POLICE_NOTICE", "Public protection notice"],
  education: ["SCHOOL", "SCHOOL_ENROLMENT", "ABSENCE", "Absent in the morning without leave"],
} as const;

/** What one agency holds of the n-th child: one person, one status, one thing that happened. */
export function recordAt(agencyId: string, n: number): MemoryRecord {
  const recordId = recordIdAt(agencyId, n);
  const [role, stateKind, eventKind, summary] = SAYS[agencyId as keyof typeof SAYS];
  const provenance: Provenance = { system: agencyId, recordId, recordedAt: null, statedAs: null };
  const none = { organisation: null, team: null, phone: null, email: null };
  const fromOn = day("2025-09-01");
  return {
    recordId,
    involvements: [{ role, practitioner: `Practitioner ${n}`, ...none, fromOn, untilOn: null, provenance }],
    states: [{ kind: stateKind, category: null, summary: "Holds", fromOn, untilOn: null, provenance }],
    events: [{ kind: eventKind, on: day("2026-02-20"), at: null, summary, provenance }],
  };
}

/** What the hub is told: who they are and which records are theirs. */
export const memoryChildren = () =>
  Array.from({ length: CHILDREN }, (_, n) => ({
    id: childId(n),
    records: Object.fromEntries(AGENCIES.map(({ id }) => [id, [recordIdAt(id, n)]])),
  }));
