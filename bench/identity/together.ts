// The counts of several counties as one.

import type { Part, Tally } from "./tally.ts";

type Counts = Readonly<Record<string, number>>;

const addCounts = <Of extends Counts>(all: readonly Of[]): Of => {
  const sum: Record<string, number> = {};
  for (const counts of all) for (const [key, count] of Object.entries(counts)) sum[key] = (sum[key] ?? 0) + count;
  return sum as Of;
};

function addParts(all: readonly Readonly<Record<string, Part>>[]): Readonly<Record<string, Part>> {
  const keys = [...new Set(all.flatMap((parts) => Object.keys(parts)))];
  return Object.fromEntries(
    keys.map((key) => [key, partsTogether(all.flatMap((parts) => (parts[key] ? [parts[key]] : [])))]),
  );
}

const partsTogether = (parts: readonly Part[]): Part => {
  const sum: Part = { links: 0, wrong: 0, joins: 0, auto: 0, review: 0, incoming: 0, items: 0 };
  for (const part of parts) for (const key of Object.keys(sum) as (keyof Part)[]) sum[key] += part[key];
  return sum;
};

export function together(tallies: readonly Tally[]): Tally {
  const sum = (of: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + of(tally), 0);
  return {
    all: partsTogether(tallies.map(({ all }) => all)),
    bySource: addParts(tallies.map(({ bySource }) => bySource)),
    byOrigin: addParts(tallies.map(({ byOrigin }) => byOrigin)),
    byRisk: addParts(tallies.map(({ byRisk }) => byRisk)),
    confused: addCounts(tallies.map(({ confused }) => confused)),
    byRule: addCounts(tallies.map(({ byRule }) => byRule)),
    vetoes: addCounts(tallies.map(({ vetoes }) => vetoes)),
    wrongLinks: tallies.flatMap(({ wrongLinks }) => wrongLinks),
    wrongPeople: sum(({ wrongPeople }) => wrongPeople),
    people: sum(({ people }) => people),
    notFound: sum(({ notFound }) => notFound),
    missed: sum(({ missed }) => missed),
    candidates: sum(({ candidates }) => candidates),
  };
}
