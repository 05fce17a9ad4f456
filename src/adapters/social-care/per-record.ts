// A record whose rows are not as agreed is that record's fault, and never the silence of those asked about with it.

import { groupBy } from "../../domain/group.ts";
import { asAgencyFault, type AgencyFault } from "../agency-fault.ts";
import { SYSTEM, known } from "./values.ts";

/** What was read of each record, or why this one cannot be read. */
export type PerRecord<Item> = ReadonlyMap<string, readonly Item[] | AgencyFault>;

/** Makes each record's items apart from the others', so that what goes wrong with one stays with it. */
export function perRecord<Item>(ids: Iterable<string>, toItems: (id: string) => readonly Item[]): PerRecord<Item> {
  const read = (id: string): readonly Item[] | AgencyFault => {
    try {
      return toItems(id);
    } catch (error) {
      return asAgencyFault(SYSTEM, error);
    }
  };
  return new Map([...ids].map((id) => [id, read(id)]));
}

/** Looks up what somebody's rows say. Nothing is made of a row before its person is looked up. */
export function saidBy<Row extends { readonly personId: string | null }, Item>(
  rows: readonly Row[],
  toItems: (row: Row) => readonly Item[],
): (id: string) => Item[] {
  const lists = groupBy(rows, ({ personId }) => known(personId));
  return (id) => (lists.get(id) ?? []).flatMap(toItems);
}
