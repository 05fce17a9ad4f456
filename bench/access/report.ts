// The figures as a page to read.

import { type machine, number, reached, shown, table } from "../support/figures.ts";
import type { Row } from "../unified/measuring.ts";

export interface AccessResults {
  readonly bench: "access";
  readonly at: string;
  readonly machine: ReturnType<typeof machine>;
  readonly seconds: number;
  /** Why an engine was left out; null where none was. */
  readonly left: string | null;
  readonly rows: readonly Row[];
}

const SHAPES = { list: "a hundred children at four agencies", one: "one child at four agencies" } as const;

export function report({ at, machine: m, seconds, left, rows }: AccessResults): string {
  const parts = (Object.keys(SHAPES) as (keyof typeof SHAPES)[]).map((shape) => partOf(shape, rows));
  return `# access

Written by \`npm run bench -- access\` on ${at.slice(0, 10)}, in ${seconds} s. ${m.cores} cores (${m.processor}), ${m.memoryGb} GB, ${m.platform}, Node ${m.node}, NODE_ENV=production for what is measured.
"Need to know" is the hub as it ships: signed in, decided child by child (the reader is in each child's team), every read put on record and chained, record ids sealed. "Permitted" is the same graph over the same tables with none of that. Apollo Server is as it comes, with its data in memory and no rules. Medians of rounds taken in turn, with the least and the most: compare within this page only.${left ? `\n${left}.` : ""}

${parts.join("\n\n")}`;
}

function partOf(shape: keyof typeof SHAPES, rows: readonly Row[]): string {
  const own = rows.filter((row) => row.shape === shape);
  const perSecond = (server: string) => own.find((row) => row.server === server)?.perSecond.median ?? Number.NaN;
  const lines = own.map(({ server, perSecond: each, p50, p99, cpuMs }) => [
    server,
    shown(each),
    shown(p50, 1),
    shown(p99, 1),
    shown(cpuMs, 2),
  ]);
  const engines = ["MariaDB and Redis", "embedded"].filter((engine) => perSecond(`need to know, ${engine}`) > 0);
  const costs = engines.map((engine) => {
    const full = perSecond(`need to know, ${engine}`);
    const cost = perSecond(`permitted, ${engine}`) / full;
    const times = full / perSecond("Apollo Server");
    const goals =
      shape === "list"
        ? [` (goal under 1.25: ${reached(cost < 1.25)})`, ` (goal at least 3: ${reached(times >= 3)})`]
        : ["", ""];
    return `- ${engine}: need to know costs ${number(cost, 2)} times what everything permitted does${goals[0]}, and is ${number(times, 2)} times as fast as Apollo Server without rules${goals[1]}.`;
  });
  return `## ${SHAPES[shape]}

${table(["", "per second", "p50 ms", "p99 ms", "CPU ms each"], lines)}

${costs.join("\n")}`;
}
