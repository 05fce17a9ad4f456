// Flag and CarePlan as states that hold for a time.

import { z } from "zod";
import type { PlainDate } from "../../domain/plain-date.ts";
import type { State } from "../../domain/statements.ts";
import { concept, dayOf, instantOf, meta, period, reference, wordsOf } from "./fhir.ts";

const common = { id: z.string().min(1), meta, status: z.string(), subject: reference, period: period.optional() };

/** What the hub reads of a Flag. */
export const flagShape = z.object({ resourceType: z.literal("Flag"), ...common, code: concept });
/** What the hub reads of a CarePlan. */
export const carePlanShape = z.object({
  resourceType: z.literal("CarePlan"),
  ...common,
  title: z.string().optional(),
  category: z.array(concept).default([]),
});
type Flag = z.infer<typeof flagShape>;
type CarePlan = z.infer<typeof carePlanShape>;

/** These no longer hold, even where nobody wrote down when they ended. */
const OVER = new Set(["inactive", "completed", "revoked"]);

function span({ status, period, meta }: Flag | CarePlan): { fromOn: PlainDate | null; untilOn: PlainDate | null } {
  const untilOn = dayOf(period?.end) ?? (OVER.has(status) ? dayOf(meta.lastUpdated) : null);
  return { fromOn: dayOf(period?.start), untilOn };
}

/** A flag in health is a sign of a plan, not the plan: that is social care's to state. */
export function flagState(flag: Flag, system: string): State {
  const summary = wordsOf(flag.code) ?? "Flag";
  // "Child Protection – Information Sharing: looked after child" is about what stands after the colon.
  const about = /^Child Protection\s*\S?\s*Information Sharing:\s*(.+)$/.exec(summary)?.[1];
  return {
    kind: "SAFEGUARDING_FLAG",
    category: about ? about.charAt(0).toUpperCase() + about.slice(1) : null,
    summary,
    ...span(flag),
    provenance: {
      system,
      recordId: `Flag/${flag.id}`,
      recordedAt: instantOf(flag.meta.lastUpdated),
      statedAs: flag.status,
    },
  };
}

/** A health care plan. */
export function carePlanState(plan: CarePlan, system: string): State {
  return {
    kind: "HEALTH_CARE_PLAN",
    category: wordsOf(plan.category[0]),
    summary: plan.title ?? wordsOf(plan.category[0]) ?? "Care plan",
    ...span(plan),
    provenance: {
      system,
      recordId: `CarePlan/${plan.id}`,
      recordedAt: instantOf(plan.meta.lastUpdated),
      statedAs: plan.status,
    },
  };
}
