import type { EventKind, StatedEvent } from "../../domain/statements.ts";
import { dayOf, provenance } from "./values.ts";

interface Said {
  readonly kind: EventKind;
  readonly summary: string;
  readonly statedAs?: string | null;
}

/** A row as something that happened. Without a day it has not happened yet: a planned conference, a review that is due. */
export function event(row: { id: string | null; on: string | null }, said: Said): StatedEvent[] {
  const on = dayOf(row.on);
  if (!on) return [];
  const { kind, summary, statedAs = null } = said;
  return [{ kind, on, at: null, summary, provenance: provenance(row.id ?? "", statedAs) }];
}
