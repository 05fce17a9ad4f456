// Where agencies state different things, which is shown first. Nothing is hidden by it: every statement stays beside it.

import type { Agency, Sector } from "./agency.ts";
import type { Demographics, Provenance, StatedName } from "./statements.ts";

export interface StatedValue {
  readonly value: string;
  readonly agency: Agency;
  readonly provenance: Provenance;
}

export interface PreferredFact {
  readonly preferred: string | null;
  readonly because: string;
  readonly disagree: boolean;
  readonly statements: readonly StatedValue[];
}

/** The agency whose trade it is to know comes first: the NHS traces identity, schools hear the name a child answers to,
 *  social care records ethnicity for the census. Default order; the area may come to set its own. */
const ORDER = {
  identity: ["HEALTH", "EDUCATION", "SOCIAL_CARE", "POLICE"],
  everyday: ["EDUCATION", "SOCIAL_CARE", "HEALTH", "POLICE"],
  census: ["SOCIAL_CARE", "EDUCATION", "HEALTH", "POLICE"],
} as const satisfies Record<string, readonly Sector[]>;

export type Trade = keyof typeof ORDER;

const rank = (order: readonly Sector[], sector: Sector) =>
  order.includes(sector) ? order.indexOf(sector) : order.length;

/** The fact that these statements make together. */
export function prefer(trade: Trade, statements: readonly StatedValue[]): PreferredFact {
  const order = ORDER[trade];
  const [first, ...rest] = [...statements].sort((a, b) => rank(order, a.agency.sector) - rank(order, b.agency.sector));
  if (!first) return { preferred: null, because: "no agency that answered states one", disagree: false, statements };
  const disagree = rest.some(({ value }) => value !== first.value);
  const others = disagree ? "others state something else" : "every agency that states one agrees";
  const because =
    rest.length === 0 ? `only ${first.agency.name} states one` : `${first.agency.name} comes first for this; ${others}`;
  return { preferred: first.value, because, disagree, statements: [first, ...rest] };
}

/** A name on one line. */
export const fullName = ({ forenames, surname }: StatedName): string => [...forenames, surname ?? ""].join(" ").trim();

/** A date of birth only as exactly as it is known: a year alone is no birthday. */
export function bornOnAsKnown({ bornOn, bornOnAccuracy }: Demographics): string | null {
  if (!bornOn) return null;
  const length = { DAY: 10, MONTH: 7, YEAR: 4 }[bornOnAccuracy];
  return bornOn.slice(0, length);
}
