// The figures as a page to read.

import { type machine, number, reached, shown, table } from "../support/figures.ts";
import type { ListAmounts, Listing } from "./list-part.ts";
import type { VerifyAmounts, Verifying } from "./verify-part.ts";

export interface Results {
  readonly at: string;
  readonly machine: ReturnType<typeof machine>;
  readonly seconds: number;
  readonly amounts: VerifyAmounts & ListAmounts;
  /** What was left out, and why. */
  readonly left: string | null;
  /** How busy the machine was besides, as processes that wanted a core. */
  readonly load: number;
  readonly verifying: readonly Verifying[];
  readonly listing: readonly Listing[];
}

const GOALS = { seconds: 60, share: 0.1 };

export const report = (results: Results): string =>
  [head(results), verifyPart(results), listPart(results)].join("\n\n");

function head({ at, machine: m, seconds, amounts, left, load }: Results): string {
  return `# audit

Written by \`npm run bench -- audit\` on ${at.slice(0, 10)}, in ${number(seconds)} s. ${m.cores} cores (${m.processor}), ${m.memoryGb} GB, ${m.platform}, Node ${m.node}, NODE_ENV=production for what is measured. Before it began, ${number(load, 1)} other processes wanted a core. Medians of ${amounts.rounds} rounds, with the least and the most.${left ? `\n${left}.` : ""}`;
}

function verifyPart({ verifying }: Results): string {
  const rows = verifying.map(({ engine, entries, writtenPerSecond, seconds, cpuSeconds, findings }) => [
    engine,
    number(entries),
    number(writtenPerSecond),
    shown(seconds, 1),
    shown(cpuSeconds, 1),
    String(findings),
  ]);
  const goals = verifying.map(({ engine, entries, seconds }) => {
    const million = (seconds.median * 1_000_000) / entries;
    const said = `${number(million, 1)} s for a million (goal under ${GOALS.seconds}: ${reached(million < GOALS.seconds)})`;
    return `- ${engine}: ${said}${entries < 1_000_000 ? ", reckoned from fewer" : ""}.`;
  });
  return `## Verifying

Written as the hub writes them, a hundred children a page, ten pages under way, a checkpoint after each 20,000; then everything \`hub audit verify\` looks at. Last, one entry was taken away: the findings must be that one.

${table(["", "entries", "written/s", "verified in s", "of which on a core", "findings without one"], rows)}

${goals.join("\n")}`;
}

function listPart({ listing }: Results): string {
  const rows = listing.map(({ engine, withAudit, without, share, alone, aloneWall }) => [
    engine,
    shown(withAudit, 2),
    shown(without, 2),
    shown({ ...share, median: share.median * 100, min: share.min * 100, max: share.max * 100 }, 0),
    shown(alone, 2),
    shown(aloneWall, 2),
  ]);
  const goals = listing.map(
    ({ engine, share }) =>
      `- ${engine}: ${number(share.median * 100)} % (goal under ${GOALS.share * 100} %: ${reached(share.median < GOALS.share)}).`,
  );
  return `## A page of 100 children

The list query of \`unified\`, agencies in memory, 16 connections, with its record and with a trail that writes nothing; rules and tables are the same. Milliseconds of the server process on a core for each page: MariaDB's own are not in them, the embedded database's are. Alone: a hundred entries hashed, chained and written, 16 pages under way.

${table(["", "with, ms", "without, ms", "more, %", "record alone, ms on a core", "record alone, ms passed"], rows)}

${goals.join("\n")}`;
}
