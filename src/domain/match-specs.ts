// Which comparisons a data team's file allows, in the words of the model.

import type { Compared, ComparisonSpec } from "./compared.ts";
import { specsFor } from "./comparison-specs.ts";
import { COMPARED_IDENTIFIERS } from "./identifiers.ts";
import { kindOfField } from "./match-columns.ts";
import type { Families } from "./match-families.ts";
import type { LevelWeight, MatchModel } from "./match-model.ts";

/** Lines of one address: families share all of them, and the household counts already. */
const OF_A_HOME: ReadonlySet<string> = new Set(["street", "houseNumber", "address", "town", "county", "country"]);

/** Comparisons for these fields. Where files show families, the rest of the address is worth a bit at most beside the household. */
export function specsOfFields(fields: readonly string[], families: Families): readonly ComparisonSpec[] {
  const specs = specsFor(fields.map((field) => ({ field, kind: kindOfField(field) })));
  const hasHousehold = specs.some(({ kind }) => kind === "household");
  return specs.map((spec) => {
    const isHome = families.shown && hasHousehold && OF_A_HOME.has(spec.field);
    return isHome || families.shared.includes(spec.field) ? { ...spec, weak: true as const } : spec;
  });
}

/** Triples of both names and birthday that stand twice for this share of a file say that it holds somebody twice. */
const DOUBLES_FROM = 0.005;

/** Whether a file holds hardly anybody twice, so that two of its records are two people. */
export function isRegister(records: readonly Compared[]): boolean {
  const seen = new Set<string>();
  let [whole, twice] = [0, 0];
  for (const { forename, surname, born } of records) {
    if (!forename?.[0] || !surname?.[0] || born?.[0]?.length !== 10) continue;
    const text = `${forename[0]}|${surname[0]}|${born[0]}`;
    whole += 1;
    if (seen.has(text)) twice += 1;
    seen.add(text);
  }
  return twice <= whole * DOUBLES_FROM;
}

/** Two numbers that both pass their check are not one number mistyped: a slip fails the check. Twins who start school together
 *  have neighbouring pupil numbers, so that being near speaks for nothing. */
export function withCheckedNumbers(model: MatchModel): MatchModel {
  const near = (each: LevelWeight): LevelWeight =>
    each.level === "EXACT" ? each : { ...each, bits: Math.min(each.bits, 0) };
  const isChecked = (field: string): boolean => (COMPARED_IDENTIFIERS as readonly string[]).includes(field);
  return {
    ...model,
    fields: model.fields.map((field) =>
      isChecked(field.field) ? { ...field, levels: field.levels.map(near) } : field,
    ),
  };
}
