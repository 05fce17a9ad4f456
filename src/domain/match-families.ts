// Whether files show families: different people of one surname under one roof. Then an address says less, and brothers, sisters
// and twins are the ones that a wrong join would join.

import type { Compared, NameWords } from "./compared.ts";
import { kindOfField } from "./match-columns.ts";
import type { MatchModel } from "./match-model.ts";
import { bornAgree, forenamesAgree } from "./pair-facts.ts";

/** What was seen under one roof. */
export interface Families {
  /** Pairs of different first names and different birthdays: a family. */
  readonly relatives: number;
  /** Pairs of different first names and one birthday, without a number in common. */
  readonly twins: number;
  /** Whether that is enough to say that these files hold families. */
  readonly shown: boolean;
  /** Columns that several people of a file share, as families share a telephone: never more than one bit. */
  readonly shared: readonly string[];
}

const LARGEST_ROOF = 30;
const FEWEST = 5;
const LEAST_SHARE = 0.001;
const SHARED_FROM = 0.2;

/** The groups of records that agree on a text; those without one are in none. */
function groupsBy(
  records: readonly Compared[],
  textOf: (record: Compared) => string | undefined,
): readonly (readonly Compared[])[] {
  const groups = new Map<string, Compared[]>();
  for (const record of records) {
    const text = textOf(record);
    if (text === undefined) continue;
    const group = groups.get(text);
    if (group) group.push(record);
    else groups.set(text, [record]);
  }
  return [...groups.values()].filter(({ length }) => length > 1 && length <= LARGEST_ROOF);
}

function eachPair(groups: readonly (readonly Compared[])[], use: (a: Compared, b: Compared) => void): void {
  for (const group of groups)
    for (const [at, one] of group.entries()) for (const other of group.slice(at + 1)) use(one, other);
}

function roofOf(record: Compared): string | undefined {
  const [surname, postcode, street, house] = ["surname", "postcode", "street", "houseNumber"].map(
    (field) => record[field]?.[0],
  );
  const place = street === undefined ? postcode : `${street}|${house ?? ""}`;
  return surname === undefined || place === undefined ? undefined : `${surname}|${place}`;
}

/** Looks for families in a file's records, or in a sample of them. */
export function familiesIn(records: readonly Compared[], fields: readonly string[], words: NameWords): Families {
  const numbers = fields.filter((field) => kindOfField(field) === "identifier");
  let [relatives, twins] = [0, 0];
  eachPair(groupsBy(records, roofOf), (a, b) => {
    if (forenamesAgree(a, b, words) !== "OTHER") return;
    const born = bornAgree(a, b);
    if (born === "ELSE" || born === "TWO_PARTS") relatives += 1;
    if (born === "EXACT" && !numbers.some((field) => a[field]?.some((number) => b[field]?.includes(number))))
      twins += 1;
  });
  const shown = relatives >= Math.max(FEWEST, records.length * LEAST_SHARE);
  const shared = fields.filter((field) => {
    const kind = kindOfField(field);
    return (kind === "phone" || kind === "email") && isShared(records, field, words);
  });
  return { relatives, twins, shown, shared };
}

function isShared(records: readonly Compared[], field: string, words: NameWords): boolean {
  let [pairs, others] = [0, 0];
  eachPair(
    groupsBy(records, (record) => record[field]?.[0]),
    (a, b) => {
      const [forename, born] = [forenamesAgree(a, b, words), bornAgree(a, b)];
      if (forename === null || born === null) return;
      pairs += 1;
      if (forename === "OTHER" && (born === "ELSE" || born === "TWO_PARTS")) others += 1;
    },
  );
  return pairs >= FEWEST && others / pairs >= SHARED_FROM;
}

/** What to take off where household and birthday agree, for files that are no registers: there, only those whose first names
 *  differ are known to be different people. */
export function twinsOf(model: MatchModel, { relatives, twins, shown }: Families): MatchModel["twins"] {
  const born = model.fields.find(({ kind }) => kind === "born")?.levels[0];
  const hasHousehold = model.fields.some(({ kind }) => kind === "household");
  if (!shown || !born || !hasHousehold || twins < FEWEST || born.u <= 0) return model.twins;
  const sameHousehold = relatives + twins;
  const over = Math.log2(twins / sameHousehold / born.u);
  const bits = -Math.round(Math.max(over, 0) * 1_000) / 1_000;
  return { bits, measured: { sameHousehold, alsoSameBirthday: twins } };
}
