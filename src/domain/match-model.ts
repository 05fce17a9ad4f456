// What agreement and disagreement are worth. A model is a file (policies/matching/), made by `hub match train` from records and
// never by the hub itself: it says how much each level of agreement speaks for one person, in bits. One bit doubles the odds.

import type { ComparisonSpec } from "./compared.ts";

/** One level of agreement of a comparison. */
export interface LevelWeight {
  readonly level: string;
  /** How often two records of one person agree at this level; 0 to 1. */
  readonly m: number;
  /** How often two records of different people do; 0 to 1. */
  readonly u: number;
  /** log2(m / u), held within the model's clamps and never more than a better level's. */
  readonly bits: number;
}

export interface FieldModel extends ComparisonSpec {
  /** Best first; the last is disagreement. */
  readonly levels: readonly LevelWeight[];
  /** How common each value is among people; agreement on a rare one says more. Null where that is not looked at. */
  readonly frequencies: { readonly values: Readonly<Record<string, number>>; readonly otherwise: number } | null;
}

/** Among different people, those who agree on `with` also agree on `field` more often than chance: where both agree best, `bits`
 *  (0 or less) are taken off `field`. Each field has one `with` at most. */
export interface Together {
  readonly field: string;
  readonly with: string;
  readonly bits: number;
}

/** How and from what the model was made. Enough to make it again, and to see what it does not know. */
export interface TrainingRecord {
  readonly trainedOn: string;
  readonly records: number;
  readonly sources: number;
  readonly seed: number;
  readonly pairs: number;
  readonly sessions: readonly { readonly blockedOn: string; readonly pairs: number; readonly iterations: number }[];
  readonly notes: readonly string[];
}

export interface MatchModel {
  readonly format: 1;
  readonly version: string;
  /** What a pair is worth before anything is compared: log2 of the odds that two records taken at random are one person. */
  readonly prior: number;
  readonly fields: readonly FieldModel[];
  /** What is taken off where household and birthday both agree, because brothers and sisters born together agree on both. Bits,
   *  0 or less; `measured` says how it was found, null where the records showed nobody of the kind. */
  readonly twins: {
    readonly bits: number;
    readonly measured: { readonly sameHousehold: number; readonly alsoSameBirthday: number } | null;
  };
  /** Comparisons that say less where another agrees already: a county where the postcode does. */
  readonly together?: readonly Together[];
  readonly clamp: { readonly least: number; readonly most: number };
  readonly training: TrainingRecord;
}

/** One line of the waterfall. */
export interface Contribution {
  /** The comparison's field; `prior` and `twins` for what belongs to none. */
  readonly field: string;
  /** The level reached; `FREQUENCY` for what a common or rare value takes or adds, `TOGETHER` for what is taken off because
   *  another comparison said it already, `MISSING` with no bits where a side has none. */
  readonly level: string;
  readonly bits: number;
}

export interface Weighed {
  /** The sum. Above nothing it speaks for one person; 6.63 is odds of a hundred to one. */
  readonly bits: number;
  readonly contributions: readonly Contribution[];
}
