import type { StatedEvent } from "../../domain/statements.ts";
import { event } from "./event.ts";
import { CIN_VISIT } from "./ssd-need-tables.ts";
import type { RowIn } from "./table.ts";
import { flagOf } from "./values.ts";

/** A visit under either kind of plan; both tables have the same columns. */
export function visitEvent(row: RowIn<typeof CIN_VISIT>, what: string): StatedEvent[] {
  const alone = flagOf(row.seenAlone) ? "child seen alone" : seen(row.seen);
  return event(row, { kind: "VISIT", summary: [what, ...(alone ? [alone] : [])].join("; ") });
}

/** Whether the child was seen; null where nobody wrote it down. */
export function seen(text: string | null): string | null {
  const value = flagOf(text);
  return value === null ? null : value ? "child seen" : "child not seen";
}
