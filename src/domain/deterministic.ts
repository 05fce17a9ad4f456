// The one way to join two records without weighing them: a number that is vouched for, with the birthday and the forename. Surname
// and address may have changed; children move, and families part.

import { type PairFacts, sameForenames } from "./pair-facts.ts";

export interface Deterministic {
  readonly rule: "NHS_NUMBER" | "UPN";
  /** Both agencies vouch for the number and the forename is the same: nobody who only looks alike stands in the way. */
  readonly sure: boolean;
  /** In words, without any value. */
  readonly because: string;
}

const RULES = [
  { field: "nhs", rule: "NHS_NUMBER", words: "NHS number" },
  { field: "upn", rule: "UPN", words: "UPN" },
] as const;

/** The rule by which a number alone makes two records one child's; null where none does. The day of birth must be the same. A
 *  number that both agencies vouch for wants a forename that can be the same (a variant or a slip apart, and then the same sex);
 *  one that was copied wants the very same forename, and the other agency to vouch for it. What forbids a join (`vetoes.ts`)
 *  forbids this one too. */
export function deterministicRule(facts: PairFacts): Deterministic | null {
  const { shared, forename, born, sexDiffers } = facts;
  if (born !== "EXACT") return null;
  const same = sameForenames(facts);
  const couldBe = forename === "SAME" || ((forename === "VARIANT" || forename === "ALIKE") && !sexDiffers);
  for (const { field, rule, words } of RULES) {
    const vouchers = shared.find((number) => number.field === field)?.vouchers ?? 0;
    if (vouchers === 2 && couldBe) {
      const name = same ? "forename" : "a forename that can be the same";
      return {
        rule,
        sure: same,
        because: `the same ${words}, vouched for by both agencies, date of birth and ${name}`,
      };
    }
    if (vouchers === 1 && same)
      return {
        rule,
        sure: false,
        because: `the same ${words}, vouched for by one agency, date of birth and forename`,
      };
  }
  return null;
}
