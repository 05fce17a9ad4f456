// Who is called what: how each culture of the two areas names its children, wives and husbands.

import { NAME_LISTS, type Culture } from "./name-lists.ts";
import type { Random } from "./random.ts";
import type { Sex } from "./types.ts";

export type { Culture };
export type Area = "OX" | "OL";

/** Share of households by area, roughly as the census has them. */
const CULTURES: Record<Area, readonly (readonly [Culture, number])[]> = {
  OX: [
    ["BRITISH", 70],
    ["POLISH", 5],
    ["INDIAN", 4],
    ["PAKISTANI", 5],
    ["ROMANIAN", 2.5],
    ["NIGERIAN", 2.5],
    ["IRISH", 2.5],
    ["CHINESE", 2],
    ["ARABIC", 2],
    ["CARIBBEAN", 2],
    ["BANGLADESHI", 1.5],
    ["SOMALI", 1],
  ],
  OL: [
    ["BRITISH", 54],
    ["PAKISTANI", 17],
    ["BANGLADESHI", 11],
    ["POLISH", 3],
    ["ROMANIAN", 3],
    ["NIGERIAN", 3],
    ["IRISH", 2],
    ["CARIBBEAN", 2],
    ["ARABIC", 2],
    ["INDIAN", 1.5],
    ["SOMALI", 1],
    ["CHINESE", 0.5],
  ],
};

/** DfE ethnicity code and home language. */
const PEOPLE: Record<Culture, { ethnicity: string; language: string }> = {
  BRITISH: { ethnicity: "WBRI", language: "English" },
  PAKISTANI: { ethnicity: "APKN", language: "Urdu" },
  BANGLADESHI: { ethnicity: "ABAN", language: "Bengali" },
  INDIAN: { ethnicity: "AIND", language: "Gujarati" },
  NIGERIAN: { ethnicity: "BAFR", language: "English" },
  SOMALI: { ethnicity: "BAFR", language: "Somali" },
  POLISH: { ethnicity: "WOTH", language: "Polish" },
  ROMANIAN: { ethnicity: "WOTH", language: "Romanian" },
  CHINESE: { ethnicity: "CHNE", language: "Chinese" },
  ARABIC: { ethnicity: "OOTH", language: "Arabic" },
  CARIBBEAN: { ethnicity: "BCRB", language: "English" },
  IRISH: { ethnicity: "WIRI", language: "English" },
  AFGHAN: { ethnicity: "AOTH", language: "Pashto" },
};

export const ethnicityOf = (culture: Culture): string => PEOPLE[culture].ethnicity;
export const languageOf = (culture: Culture): string => PEOPLE[culture].language;
export const drawCulture = (random: Random, area: Area): Culture => random.weighted(CULTURES[area]);

/** Ethnicity of a child whose parents differ. */
export function mixedEthnicity(one: Culture, other: Culture): string {
  const codes = [ethnicityOf(one), ethnicityOf(other)];
  if (codes[0] === codes[1]) return ethnicityOf(one);
  if (!codes.some((code) => code.startsWith("W"))) return "MOTH";
  if (codes.every((code) => code.startsWith("W"))) return "WOTH";
  if (codes.includes("BCRB")) return "MWBC";
  if (codes.includes("BAFR")) return "MWBA";
  return codes.some((code) => code.startsWith("A")) ? "MWAS" : "MOTH";
}

/** The list leans to its front, as names in life do. Square roots are exact everywhere, other powers are not. */
function leaning(random: Random, list: readonly string[]): string {
  const draw = random.next();
  return list[Math.floor(list.length * draw * Math.sqrt(draw))] ?? "";
}

/** One or two forenames; `taken` are those of brothers and sisters. */
export function drawForenames(random: Random, culture: Culture, who: { sex: Sex; taken: readonly string[] }): string[] {
  const list = NAME_LISTS[culture][who.sex === "F" ? "girls" : "boys"];
  let first = leaning(random, list);
  for (let again = 0; again < 8 && who.taken.includes(first); again++) first = leaning(random, list);
  const second = random.next() < 0.55 ? leaning(random, list) : null;
  return second && second !== first ? [first, second] : [first];
}

/** Polish surnames in -ski have a form for women. */
const gendered = (surname: string, sex: Sex): string => (sex === "F" ? surname.replace(/ki$/, "ka") : surname);

const WOMEN: Partial<Record<Culture, readonly string[]>> = {
  PAKISTANI: ["Bibi", "Begum", "Akhtar", "Kausar", "Khatoon"],
  BANGLADESHI: ["Begum", "Khatun", "Bibi", "Akter"],
  INDIAN: ["Kaur"],
};

export const drawSurname = (random: Random, culture: Culture, sex: Sex): string => {
  const custom = sex === "F" ? WOMEN[culture] : undefined;
  if (custom && random.next() < (culture === "INDIAN" ? 0.2 : 0.45)) return random.pick(custom);
  return gendered(leaning(random, NAME_LISTS[culture].surnames), sex);
};

export interface ParentNames {
  mother: string;
  father: string | null;
  /** The father's own forename, which some customs pass on. */
  fatherForename: string | null;
  together: boolean;
}

/** The surname a child is registered with. Brothers and sisters may well differ where custom has it so. */
export function childSurname(
  random: Random,
  culture: Culture,
  { names, sex }: { names: ParentNames; sex: Sex },
): string {
  const { mother, father, fatherForename, together } = names;
  const draw = random.next();
  if (!father) return mother;
  switch (culture) {
    case "SOMALI":
      return fatherForename && draw < 0.6 ? fatherForename : father;
    case "PAKISTANI":
    case "BANGLADESHI":
      if (sex === "F" && draw < 0.3) return random.pick(WOMEN[culture] ?? [father]);
      return sex === "M" && fatherForename && draw < 0.15 ? fatherForename : father;
    case "INDIAN":
      if (father !== "Singh") return father;
      return sex === "F" ? "Kaur" : "Singh";
    case "POLISH":
      return gendered(father.replace(/ka$/, "ki"), sex);
    default:
      if (mother === father) return father;
      if (draw < (together ? 0.16 : 0.1)) return `${mother.split("-")[0]}-${father.split("-")[0]}`;
      return draw < (together ? 0.28 : 0.55) ? mother : father;
  }
}

/** Whether a married woman of this culture usually takes her husband's surname. */
export const takesHusbandsName = (culture: Culture): boolean =>
  !["SOMALI", "ARABIC", "CHINESE", "PAKISTANI", "BANGLADESHI"].includes(culture);
