// One sentence for a pair: what agreed, how well, and what that is worth. Never a value: the file goes further than the records.

import { VETOES, type VetoCode } from "./identity.ts";
import type { BandReason } from "./match-bands.ts";
import type { Contribution } from "./match-model.ts";

const LEVELS: Readonly<Record<string, string>> = {
  EXACT: "exact",
  SAME: "same",
  VARIANT: "another form of the name",
  SWAPPED: "in each other's place",
  CLOSE: "close",
  NEAR: "near",
  PART: "one part of the other",
  ONE_EDIT: "one character off",
  TWO_EDITS: "two characters off",
  TWO_PARTS: "two parts of three",
  PARTIAL: "as far as known",
  SECTOR: "same sector",
  OUTWARD: "same district",
  LOCAL_SAME: "same before the @",
  ELSE: "different",
};

const HALVES: Readonly<Record<string, string>> = {
  SAME: "same",
  CLOSE: "close",
  NEAR: "near",
  OUTWARD: "same district",
  OTHER: "different",
  ELSE: "different",
};

const REASONS: Readonly<Record<Exclude<BandReason, null | "GUARDED">, string>> = {
  THROUGH_A_THIRD: "joined with a third record that fits both",
  THIN: "less than two things agree to the letter",
  ONE_OF_TWO: "one of the two fits somebody else nearly as well, who is not the same person",
};

function levelWords(field: string, level: string): string {
  if (field !== "household" || level === "ELSE") return LEVELS[level] ?? level.toLowerCase();
  const [first = "", second = ""] = level.split("_");
  if (first === "SURNAME" || first === "POSTCODE") return `${first.toLowerCase()} ${HALVES[second] ?? second}`;
  if (level === "SAME_SAME") return "same";
  return `surname ${HALVES[first] ?? first}, postcode ${HALVES[second] ?? second}`;
}

const NAMES: Readonly<Record<string, string>> = {
  houseNumber: "house number",
  birthPlace: "place of birth",
  nhs: "NHS number",
  upn: "UPN",
  uln: "ULN",
  la: "LA child id",
  pnc: "PNC id",
  email: "e-mail",
  twins: "twins",
};

/** A field as people call it; one under its own column's name, by that. */
export const fieldName = (field: string): string => NAMES[field] ?? (field.split(":")[1] ?? field).replaceAll("_", " ");

const signed = (bits: number): string => `${bits < 0 ? "-" : "+"}${Math.abs(bits).toFixed(1)}`;

/** The waterfall in one line, the heaviest first, and why the band is what it is where the weight does not say so. */
export function explained(
  contributions: readonly Contribution[],
  why: { reason: BandReason; codes: readonly VetoCode[] },
): string {
  const lines = new Map<string, { level: string; bits: number }>();
  let prior = 0;
  for (const { field, level, bits } of contributions) {
    if (level === "MISSING") continue;
    const before = lines.get(field);
    if (field === "prior") prior = bits;
    else if (before) before.bits += bits;
    else lines.set(field, { level, bits });
  }
  const parts = [...lines]
    .toSorted(([, a], [, b]) => Math.abs(b.bits) - Math.abs(a.bits))
    .map(([field, { level, bits }]) =>
      field === "twins" ? `twins ${signed(bits)}` : `${fieldName(field)} ${levelWords(field, level)} ${signed(bits)}`,
    );
  const said = [...parts, `before anything was compared ${signed(prior)}`];
  for (const code of why.codes) said.push(`${code}: ${VETOES[code]}`);
  if (why.reason !== null && why.reason !== "GUARDED") said.push(REASONS[why.reason]);
  return said.join("; ");
}
