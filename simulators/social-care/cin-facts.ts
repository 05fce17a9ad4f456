import type { Day, SocialCareFact } from "../town/types.ts";

export type Fact<Kind extends SocialCareFact["kind"]> = Extract<SocialCareFact, { kind: Kind }>;

/** The census year in which the town's day lies: from 1 April to 31 March. */
export interface Year {
  readonly from: Day;
  readonly until: Day;
}

/** The facts of one kind, in the order in which they were written. */
export const factsOf = <Kind extends SocialCareFact["kind"]>(
  facts: readonly SocialCareFact[],
  kind: Kind,
): Fact<Kind>[] => facts.filter((fact): fact is Fact<Kind> => fact.kind === kind);
