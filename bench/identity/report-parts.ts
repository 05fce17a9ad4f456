// Rows of the page's tables.

import { number } from "../support/figures.ts";
import { rateOf } from "./bounds.ts";
import { CONFUSED, type Part, type Tally } from "./tally.ts";

const percent = (count: number, of: number): string => (of === 0 ? "" : `${number((count / of) * 100, 1)} %`);

function row(name: string, part: Part): string[] {
  const { perMillion, bounds } = rateOf(part.wrong, part.links);
  return [
    name,
    number(part.incoming),
    number(part.links),
    number(part.wrong),
    `${number(perMillion, 1)} (${number(bounds[0], 1)}-${number(bounds[1], 1)})`,
    percent(part.auto, part.joins),
    percent(part.auto + part.review, part.joins),
    percent(part.items, part.incoming),
  ];
}

/** Everybody, then by source, by origin of name, and by who is easily taken for another. */
export const partRows = ({ all, bySource, byOrigin, byRisk }: Tally): readonly (readonly string[])[] => [
  row("everybody", all),
  ...[bySource, byOrigin, byRisk].flatMap((parts) =>
    Object.entries(parts)
      .toSorted(([, a], [, b]) => b.incoming - a.incoming)
      .map(([name, part]) => row(name, part)),
  ),
];

export const wrongRows = ({ confused }: Tally): string =>
  CONFUSED.map((kind) => `${kind} ${number(confused[kind])}`).join(", ");
