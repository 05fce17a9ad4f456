/** Why somebody asks, in the form agencies take it. `not-stated` is what is recorded of a caller who named none: no power is
 *  claimed for them. */
export const PURPOSES = ["children-act-1989-s17", "children-act-1989-s47", "direct-care", "not-stated"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The purpose these words name; null where they name none. */
export const purposeNamed = (words: string): Purpose | null => PURPOSES.find((purpose) => purpose === words) ?? null;
