// What binds a line of the ledger to the entry of the audit that was written with it.

import { SharingDecision } from "../schema/sharing-decision.ts";
import { asKept } from "../store/audit-link.ts";
import type { Hub } from "./hub.ts";

/** Hexadecimal digits for which line it is; as many more for what it says. */
const WHICH = 32;

/** For the entry that is written with a line of the ledger, in the same transaction: which line it is and what it says, by keyed hashes,
 *  so that nobody can guess at either. Give the line as it is kept, whole. */
export function digestOf({ db, keyed }: Pick<Hub, "db" | "keyed">, line: SharingDecision): string {
  // Whatever columns there are: one that is added later is null in the lines of before, and leaves their digests as they were.
  const said = db
    .getMetadata(SharingDecision)
    .columns.map((column) => [column.propertyName, column.getEntityValue(line) as unknown] as const)
    .filter(([, value]) => value !== null && value !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return whichOf({ keyed }, line.id) + keyed(`audit decision ${asKept(JSON.stringify(said))}`).slice(WHICH);
}

/** The half of a digest that says which line it is about. */
export const whichOf = ({ keyed }: Pick<Hub, "keyed">, id: string): string =>
  keyed(`audit decision ${id}`).slice(0, WHICH);

export const whichIn = (digest: string): string => digest.slice(0, WHICH);
