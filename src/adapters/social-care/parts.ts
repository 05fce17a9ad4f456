// How a reading becomes the parts of an answer: told, withheld, or said not to have been answered.

import { told, type FaultCode, type PartAnswer } from "../../domain/absence.ts";
import { AgencyFault } from "../agency-fault.ts";
import type { Held } from "./holders.ts";

/** What was read of a part for everybody asked about; null where the part was not asked. */
export type PartRead<Item> = ReadonlyMap<string, readonly Item[]> | AgencyFault | null;

/** The rule under which a restricted record's content stays with the council. */
export const RESTRICTED = "Social care has restricted this record: ring the worker or team named";

const REASONS: Partial<Record<FaultCode, string>> = {
  AUTH: "Social care did not accept the hub's sign-in",
  FORBIDDEN: "Social care does not let the hub read this",
  THROTTLED: "Social care is too busy to answer",
  TIMEOUT: "Social care did not answer in time",
  MALFORMED: "Social care answered in a form the hub cannot read",
  OVERLOADED: "Too many questions to social care are waiting",
  CIRCUIT_OPEN: "Social care failed repeatedly and is left alone for a while",
  CANCELLED: "The question was given up before social care answered",
};

/** A part nobody could give, in words a practitioner can read. */
export const unanswered = <Item>({ code }: AgencyFault): PartAnswer<Item> => ({
  status: "DID_NOT_ANSWER",
  fault: code,
  reason: REASONS[code] ?? "Social care could not be reached",
  items: [],
});

export const NOT_ASKED = { status: "NOT_ASKED", reason: "This part was not asked for" } as const;

/** One record's part. `safe` says what a restriction leaves of it. */
export function partFor<Item>(
  read: PartRead<Item>,
  { recordId, held }: { readonly recordId: string; readonly held: Held },
  safe: (item: Item) => boolean = () => false,
): PartAnswer<Item> {
  if (read === null) return NOT_ASKED;
  if (!held.people.has(recordId)) return { status: "NOTHING_RECORDED" };
  if (read instanceof AgencyFault) return unanswered(read);
  const items = read.get(recordId) ?? [];
  if (!held.restricted.has(recordId)) return told(items);
  return { status: "WITHHELD", rule: RESTRICTED, items: items.filter(safe) };
}
