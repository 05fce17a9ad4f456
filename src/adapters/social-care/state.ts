import type { State, StateKind } from "../../domain/statements.ts";
import { dayOf, provenance } from "./values.ts";

interface Span {
  readonly id: string | null;
  readonly from?: string | null;
  readonly until?: string | null;
}

interface Said {
  readonly kind: StateKind;
  readonly category?: string | null;
  readonly summary: string;
  readonly statedAs?: string | null;
}

/** A row as a status or plan that holds, or held, for a time. */
export function state(row: Span, { kind, category = null, summary, statedAs = null }: Said): State[] {
  const fromOn = dayOf(row.from ?? null);
  const untilOn = dayOf(row.until ?? null);
  return [{ kind, category, summary, fromOn, untilOn, provenance: provenance(row.id ?? "", statedAs) }];
}
