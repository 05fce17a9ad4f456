// Between these systems' local times and ours.

import { parsePlainDate, type PlainDate } from "../../domain/plain-date.ts";
import type { PhpDate } from "./wonde-body.ts";

/** The calendar day written there, whatever the zone: a birthday has none. */
export const dayOf = (value: PhpDate | null | undefined): PlainDate | null =>
  value ? parsePlainDate(value.date.slice(0, 10)) : null;

/** PHP writes a zone as a name, or as an offset, which `Intl` on Node 20 does not take. */
const OFFSET = /^[+-]\d\d:\d\d$/;

/** The instant written there, or null where there is none or its zone is not known. */
export function instantOf(value: PhpDate | null | undefined): Date | null {
  if (!value) return null;
  const local = value.date.slice(0, 19).replace(" ", "T");
  const asIfUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asIfUtc)) return null;
  if (value.timezone && OFFSET.test(value.timezone)) {
    const at = new Date(`${local}${value.timezone}`);
    return Number.isNaN(at.getTime()) ? null : at;
  }
  try {
    const inZone = new Intl.DateTimeFormat("sv-SE", {
      timeZone: value.timezone ?? "UTC",
      dateStyle: "short",
      timeStyle: "medium",
    }).format(asIfUtc);
    return new Date(asIfUtc - (Date.parse(`${inZone.replace(" ", "T")}Z`) - asIfUtc));
  } catch {
    return null;
  }
}

/** An instant for `updated_after`. Wonde does not say whether it reads that as UTC or as English time; written as UTC it is
 *  right or an hour early, and early only brings what is already known. */
export const updatedAfter = (at: Date): string => at.toISOString().slice(0, 19).replace("T", " ");

const LONG = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", dateStyle: "long" });

/** A day as it is said: `24 February 2026`. */
export const said = (day: PlainDate): string => LONG.format(new Date(`${day}T00:00:00Z`));
