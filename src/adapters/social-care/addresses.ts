import { z } from "zod";
import { normalisePostcode } from "../../domain/identifiers.ts";
import type { StatedAddress } from "../../domain/statements.ts";
import { ADDRESS } from "./ssd-tables.ts";
import type { RowIn } from "./table.ts";
import { dayOf, known, parseJson } from "./values.ts";

/** Where somebody lives and lived, present homes first. */
export const toAddresses = (rows: readonly RowIn<typeof ADDRESS>[]): StatedAddress[] =>
  rows.toSorted(presentFirst).map(toAddress);

function presentFirst(a: RowIn<typeof ADDRESS>, b: RowIn<typeof ADDRESS>): number {
  const order = (row: RowIn<typeof ADDRESS>): string => `${row.until ? 0 : 1}${row.from ?? ""}${row.id}`;
  return order(b).localeCompare(order(a));
}

/** All keys are always there, most of them empty. */
const ADDRESS_JSON = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

function toAddress(row: RowIn<typeof ADDRESS>): StatedAddress {
  const json = parseJson(ADDRESS_JSON, row.json) ?? {};
  const field = (key: string): string | null => known(String(json[key] ?? ""));
  const join = (keys: string[], by: string): string => keys.flatMap((key) => field(key) ?? []).join(by);
  const lines = [join(["ROOM", "FLOOR", "FLAT", "BUILDING"], ", "), join(["HOUSE", "STREET"], " ")];
  const type = row.type?.trim().toLowerCase() ?? "";
  return {
    use: type === "home" ? "HOME" : type.startsWith("temp") ? "TEMPORARY" : "OTHER",
    lines: lines.filter((line) => line !== ""),
    town: field("TOWN"),
    postcode: normalisePostcode(row.postcode ?? ""),
    uprn: field("UPRN"),
    fromOn: dayOf(row.from),
    untilOn: dayOf(row.until),
  };
}
