// A belief about a record, in one sentence for whoever has to answer for it. No value of any record is in it.

import type { Band } from "./identity.ts";
import { VETOES, type VetoCode } from "./identity.ts";
import type { Contribution } from "./match-model.ts";

export interface Believed {
  readonly band: Band;
  readonly rule: string;
  readonly because: string;
  readonly weight: number | null;
  readonly contributions: readonly Contribution[];
  readonly vetoes: readonly string[];
}

const FIELD_WORDS: Readonly<Record<string, string>> = {
  forename: "forename",
  middle: "middle names",
  surname: "surname",
  household: "surname and address together",
  born: "date of birth",
  sex: "sex",
  postcode: "postcode",
  nhs: "NHS number",
  upn: "UPN",
  uln: "ULN",
  la: "council's number",
  pnc: "police number",
  phone: "telephone",
  email: "email address",
  prior: "what two records taken at random are worth",
  twins: "what brothers and sisters born together share",
};

const bitsOf = (bits: number): string => `${bits > 0 ? "+" : ""}${bits.toFixed(1)}`;

/** What is said most strongly for and against: at most two of each. */
function loudest(contributions: readonly Contribution[]): string {
  const told = contributions.filter(({ field, bits }) => field !== "prior" && bits !== 0);
  const most = (sign: 1 | -1) =>
    told
      .filter(({ bits }) => Math.sign(bits) === sign)
      .sort((a, b) => Math.abs(b.bits) - Math.abs(a.bits))
      .slice(0, 2)
      .map(({ field, bits }) => `${FIELD_WORDS[field] ?? field} ${bitsOf(bits)}`);
  const speaks = [
    ["for it", most(1)],
    ["against it", most(-1)],
  ] as const;
  return speaks.map(([side, said]) => (said.length > 0 ? `; ${side} ${said.join(", ")}` : "")).join("");
}

const isCode = (code: string): code is VetoCode => code in VETOES;

/** The reason of a veto in words. */
export const vetoWords = (code: string): string => (isCode(code) ? VETOES[code] : code);

function headOf({ band, rule, because, vetoes }: Believed): string {
  if (rule === "PERSON") return `joined by a person: ${because}`;
  if (rule === "PARTED") return `parted by a person: ${because}`;
  if (vetoes.length > 0) return `left apart: ${vetoes.map(vetoWords).join("; ")}`;
  if (rule === "NONE") return `somebody new: ${because}`;
  return band === "AUTO" ? `joined automatically: ${because}` : `left apart: ${because}`;
}

/** Why a record is believed to be whose it is. */
export function sentenceOf(believed: Believed): string {
  const { weight, contributions } = believed;
  const weighed = weight === null ? "" : ` (${bitsOf(weight)} bits${loudest(contributions)})`;
  return `${headOf(believed)}${weighed}`;
}

/** Why a pair waits for a person. */
export function waitsBecause({ weight, contributions, vetoes }: Omit<Believed, "band" | "rule" | "because">): string {
  const why = vetoes.length > 0 ? vetoes.map(vetoWords).join("; ") : "too little speaks for it to be sure";
  const weighed = weight === null ? "" : ` (${bitsOf(weight)} bits${loudest(contributions)})`;
  return `not joined without a person: ${why}${weighed}`;
}
