// A model written by hand for tests about rules: weights near those measured in shared/reference/linkage.md (prior -17.5, the same
// birthday +13.6, ...). A level that is not named weighs as the next worse one that is. The hub's own model is policies/matching/.

import { PERSON_COMPARISONS } from "../../src/domain/comparison-specs.ts";
import { LEVELS } from "../../src/domain/comparisons.ts";
import type { MatchModel } from "../../src/domain/match-model.ts";

const IDENTIFIER = { EXACT: 18, ONE_EDIT: 3, TWO_EDITS: 0, ELSE: -6.2 };
/** A local authority's number says nothing where another authority gave it. */
const LOCAL = { EXACT: 6, ONE_EDIT: 0, TWO_EDITS: 0, ELSE: 0 };
const SHARED_BY_A_FAMILY = { EXACT: 1, LOCAL_SAME: 0.5, CLOSE: 0.5, ELSE: -0.5 };

const BITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  forename: { EXACT: 7.5, VARIANT: 6.9, SWAPPED: 6.9, CLOSE: 6, NEAR: 4.2, ELSE: -12.1 },
  middle: { EXACT: 5, CLOSE: 3, NEAR: 0.5, LOOSE: 0.5, ELSE: -5 },
  household: {
    SAME_SAME: 14.5,
    SAME_NEAR: 13,
    SAME_OUTWARD: 6.8,
    SAME_OTHER: 6,
    CLOSE_SAME: 14,
    CLOSE_NEAR: 12,
    CLOSE_OUTWARD: 6,
    CLOSE_OTHER: 5,
    OTHER_SAME: 5.1,
    OTHER_NEAR: 3,
    OTHER_OUTWARD: -5,
    SURNAME_SAME: 6,
    SURNAME_CLOSE: 5,
    SURNAME_ELSE: -6,
    POSTCODE_SAME: 8,
    POSTCODE_NEAR: 6,
    POSTCODE_OUTWARD: 2,
    POSTCODE_ELSE: -2,
    ELSE: -7.6,
  },
  born: { EXACT: 13.6, SWAPPED: 5.7, ONE_EDIT: 2.8, TWO_PARTS: 1, PARTIAL: 4.4, ELSE: -10.1 },
  sex: { SAME: 1, ELSE: -4.6 },
  nhs: IDENTIFIER,
  upn: IDENTIFIER,
  uln: IDENTIFIER,
  la: LOCAL,
  pnc: IDENTIFIER,
  phone: SHARED_BY_A_FAMILY,
  email: SHARED_BY_A_FAMILY,
};

/** Of a level that is not named: what the next worse one weighs that is. */
function bitsOf(field: string, levels: readonly string[]): number {
  const known = BITS[field] ?? {};
  const level = levels.find((each) => each in known);
  if (level === undefined) throw new Error(`The model for tests has no weights for ${field}`);
  return known[level]!;
}

export const TEST_MODEL: MatchModel = {
  format: 1,
  version: "test-1",
  prior: -17.5,
  fields: PERSON_COMPARISONS.map((spec) => ({
    ...spec,
    levels: LEVELS[spec.kind].map((level, at, all) => ({
      level,
      m: 0.5,
      u: 0.5,
      bits: bitsOf(spec.field, all.slice(at)),
    })),
    frequencies: null,
  })),
  twins: { bits: -6.9, measured: null },
  clamp: { least: -14, most: 18 },
  training: {
    trainedOn: "2026-01-01",
    records: 0,
    sources: 0,
    seed: 0,
    pairs: 0,
    sessions: [],
    notes: ["Written by hand for tests."],
  },
};
