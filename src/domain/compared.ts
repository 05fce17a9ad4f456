// What two records are compared by. Normalised once, when a record comes in; compared many times. For a reader who is no
// statistician: docs/identity.md.

/** Normalised values by field. A record may have several of a field (a name known as and a name in law). A field without a
 *  value is missing: evidence of nothing, neither for nor against. */
export type Compared = Readonly<Record<string, readonly string[] | undefined>>;

/** The fields of a person, as the hub compares them. A data team's file may have others besides.
 *  - `forename`: the first forename of each name, a to z; placeholders ("Baby", "Twin 1") are left out. `middle`: the rest.
 *  - `surname`: a to z, parts apart by one space (`smith jones`).
 *  - `born`: `2017-03-14`, or only as exactly as it is known: `2017-03`, `2017`. A placeholder (1 January) is a year.
 *  - `sex`: `f` or `m`. `postcode`: `OX99 9ZZ`.
 *  - `nhs`, `upn`, `uln`, `la`, `pnc`: with a right check digit only. `nhsVerified`, `upnVerified`: those vouched for. */
export const PERSON_FIELDS = [
  "forename",
  "middle",
  "surname",
  "born",
  "sex",
  "postcode",
  "nhs",
  "nhsVerified",
  "upn",
  "upnVerified",
  "uln",
  "la",
  "pnc",
  "phone",
  "email",
] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

/** How a column is compared; each has its levels of agreement in `comparisons.ts`. */
export const COMPARISON_KINDS = [
  "forename",
  "surname",
  "household",
  "born",
  "sex",
  "postcode",
  "identifier",
  "text",
  "number",
  "category",
  "email",
  "phone",
] as const;
export type ComparisonKind = (typeof COMPARISON_KINDS)[number];

/** One comparison: which fields, and how. `forename` names the surname's field second, to see names written in the wrong order;
 *  `household` is surname and postcode, weighed as one because those who share the one so often share the other. */
export interface ComparisonSpec {
  readonly field: string;
  readonly kind: ComparisonKind;
  readonly columns: readonly string[];
  /** Families share it: never more than one bit, for or against. */
  readonly weak?: true;
}

/** What the words of names mean to a comparison, from `policies/names.json`. */
export interface NameWords {
  /** Any script in the letters a to z, as near as can be: `Никита` is `nikita`. */
  romanise(text: string): string;
  /** Whether two forenames are ways to say or write one: `mohammed` and `muhammad`, `amelia` and `millie`. Both normalised. Less
   *  than the same name: twins are called Ella and Ellie. It does not carry over: `alex` is a variant of `alexander` and of
   *  `alexandra`, which are none of each other. */
  areVariants(a: string, b: string): boolean;
  /** One name that stands for all variants of this: the same for both of any two that are variants. A name that is in no group is
   *  itself. For finding records to compare, never for comparing: it carries over, so `alexander` and `alexandra` have one. */
  standsFor(name: string): string;
  /** Whether two surnames are ways to write one: `hussain` and `hussein`, `macdonald` and `mc donald`. Both normalised. */
  areSurnameVariants(a: string, b: string): boolean;
  /** Whether a forename is written in the place of one that is not known: `baby`, `twin 1`. Words of a to z and digits, apart by
   *  one space. */
  isNoForename(text: string): boolean;
  /** The same of a surname: `unknown`. Fewer, because `Child` and `Male` are surnames. */
  isNoSurname(text: string): boolean;
  /** Whether a word before a name is a title: `mr`, `miss`. */
  isTitle(word: string): boolean;
}
