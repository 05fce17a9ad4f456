// How a reading becomes the parts of an answer: told, withheld, or said not to have been answered.

import { NOT_ASKED, told, whyNot, type PartAnswer } from "../../domain/absence.ts";
import { AgencyFault } from "../agency-fault.ts";
import type { Held } from "./holders.ts";
import type { PerRecord } from "./per-record.ts";

/** What was read of a part for everybody asked about; null where the part was not asked. */
export type PartRead<Item> = PerRecord<Item> | AgencyFault | null;

/** The rule under which a restricted record's content stays with the council. */
const RESTRICTED = "Social care has restricted this record: ring the worker or team named";

/** A part nobody could give, in words a practitioner can read. */
export const unanswered = <Item>({ code }: AgencyFault): PartAnswer<Item> => ({
  status: "DID_NOT_ANSWER",
  fault: code,
  reason: whyNot("Social care", code),
  items: [],
});

/** One record's part. `safe` says what a restriction leaves of it; without it nothing was read, and all is withheld. */
export function partFor<Item>(
  read: PartRead<Item>,
  { recordId, held }: { readonly recordId: string; readonly held: Held },
  safe: ((item: Item) => boolean) | null = null,
): PartAnswer<Item> {
  if (read === null) return NOT_ASKED;
  if (!held.people.has(recordId)) return { status: "NOTHING_RECORDED" };
  const restricted = held.restricted.has(recordId);
  if (restricted && !safe) return { status: "WITHHELD", rule: RESTRICTED, items: [] };
  const items = read instanceof AgencyFault ? read : (read.get(recordId) ?? []);
  if (items instanceof AgencyFault) return unanswered(items);
  return restricted && safe ? { status: "WITHHELD", rule: RESTRICTED, items: items.filter(safe) } : told(items);
}
