// Addresses: read by their keys and postcode, never by the position of a line, because blank lines are left out.

import { z } from "zod";
import type { PlainDate } from "../../domain/plain-date.ts";
import type { StatedAddress } from "../../domain/statements.ts";
import { dayOf, extensions, period } from "./fhir.ts";

/** What the hub reads of an address. */
export const addressShape = z.object({
  use: z.string().optional(),
  line: z.array(z.string()).default([]),
  city: z.string().optional(),
  postalCode: z.string().optional(),
  period: period.optional(),
  extension: extensions,
});
type Address = z.infer<typeof addressShape>;

const USES: Record<string, StatedAddress["use"]> = { home: "HOME", temp: "TEMPORARY" };
const UPRN_DIGITS = 12;

/** A former address without an end had ended by the day the record was last changed. */
export const addressesOf = (addresses: readonly Address[], changedOn: PlainDate | null): StatedAddress[] =>
  addresses.map((address) => {
    const { use = "", line, city, postalCode, period } = address;
    return {
      use: USES[use] ?? "OTHER",
      lines: line,
      town: city ?? null,
      postcode: postcodeOf(postalCode),
      uprn: uprnOf(address),
      fromOn: dayOf(period?.start),
      untilOn: dayOf(period?.end) ?? (use === "old" ? changedOn : null),
    };
  });

/** Upper case with one space before the last three characters. */
function postcodeOf(text: string | undefined): string | null {
  const plain = (text ?? "").toUpperCase().replaceAll(/\s/g, "");
  return plain === "" ? null : plain.replace(/(.{3})$/, " $1").trim();
}

/** The property's number; sources strip its leading zeros. */
function uprnOf({ extension }: Address): string | null {
  for (const { url, extension: parts } of extension) {
    if (!url.endsWith("AddressKey")) continue;
    const isUprn = parts.some(({ valueCoding }) => valueCoding?.code === "UPRN");
    const value = parts.find((part) => part.url === "value")?.valueString;
    if (isUprn && value && /^\d{1,12}$/.test(value)) return value.padStart(UPRN_DIGITS, "0");
  }
  return null;
}
