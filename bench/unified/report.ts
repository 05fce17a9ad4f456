// The figures as a page to read.

import { type machine, number, reached, shown, type Spread, table } from "../support/figures.ts";
import type { measureLive } from "./live-part.ts";
import type { measureMemory } from "./memory-part.ts";

interface Results {
  readonly at: string;
  readonly machine: ReturnType<typeof machine>;
  readonly seconds: number;
  /** Why an engine was left out; null where none was. */
  readonly left: string | null;
  readonly live: Awaited<ReturnType<typeof measureLive>>;
  readonly memory: Awaited<ReturnType<typeof measureMemory>>;
}

const atMost = (value: number, goal: number): string => `goal under ${goal}: ${reached(value < goal)}`;
const atLeast = (value: number, goal: number): string => `goal at least ${goal}: ${reached(value >= goal)}`;

export const report = (results: Results): string =>
  [head(results), requestsPart(results), timesPart(results), memoryPart(results)].join("\n\n");

function head({ at, machine: m, seconds, left }: Results): string {
  return `# unified

Written by \`npm run bench -- unified\` on ${at.slice(0, 10)}, in ${seconds} s. ${m.cores} cores (${m.processor}), ${m.memoryGb} GB, ${m.platform}, Node ${m.node}, NODE_ENV=production for what is measured.
Medians of rounds taken in turn, with the least and the most. Compare within this page only: other work on the machine moves all of it.${left ? `\n${left}.` : ""}`;
}

type Counts = Results["live"]["requests"]["hub"];
const sum = (counts: Counts[string] | undefined): number => Object.values(counts ?? {}).reduce((a, b) => a + b, 0);
const most = (counts: Counts[string] | undefined): number => Math.max(0, ...Object.values(counts ?? {}));

function requestsPart({ live }: Results): string {
  const { requests, records, statuses, children, socialCare } = live;
  const named = { socialCare: "Social care (SQL)", health: "Health (FHIR)", education: "Education", police: "Police" };
  const rows = Object.entries(named).map(([key, name]) => [
    name,
    ...[requests.hubFirst, requests.hub, requests.byHand, requests.naive].map((counts) => number(sum(counts[key]))),
  ]);
  const education = Object.entries(requests.hub["education"] ?? {}).map(([path, count]) => `\`${path}\` ${count}`);
  const said = Object.entries(statuses).map(([agency, counts]) => {
    const each = Object.entries(counts).map(([status, count]) => `${status} ${count}`);
    return `${agency} ${each.join(", ")}`;
  });
  const [sql, fhir] = [most(requests.hub["socialCare"]), most(requests.hub["health"])];
  return `## Requests for ${children} children at four agencies

One query for agencies, involvements, states and events, over the simulators; social care's tables in ${socialCare}. Records: ${Object.entries(
    records,
  )
    .map(([agency, count]) => `${agency} ${count}`)
    .join(", ")}. Answers: ${said.join("; ")}.

${table(["", "hub, first question", "hub, later", "by hand", "resolver for each child"], rows)}

- SQL: at most ${sql} statement for a table, whatever the number of children (goal 1: ${reached(sql === 1)}). Counted are statements that name a table.
- FHIR: at most ${fhir} request for a resource type (goal 1: ${reached(fhir === 1)}). The first question also signs in.
- Education, for each school: its students one by one up to four, else by pages of 200; attendance one request for five students; exclusions one for a hundred; the school and its staff, two, once in ten minutes. Here: ${education.join(", ")}.
- Police: one request for a hundred notices.`;
}

function timesPart({ live }: Results): string {
  const { limited, unlimited } = live.times;
  const row = (name: string, times: Record<"hub" | "byHand" | "naive", Spread>): string[] => [
    name,
    ...[times.hub, times.byHand, times.naive].map((spread) => shown(spread)),
    number(times.hub.median / times.byHand.median, 2),
    number(times.naive.median / times.hub.median, 1),
  ];
  const limit = `${live.educationPerSecond} requests a second to education, kept by all`;
  const columns = ["ms", "hub", "by hand", "resolver for each child", "hub / by hand", "resolvers / hub"];
  const hand = limited.hub.median / limited.byHand.median;
  const handFree = unlimited.hub.median / unlimited.byHand.median;
  const naive = limited.naive.median / limited.hub.median;
  const naiveFree = unlimited.naive.median / unlimited.hub.median;
  return `## Time for the same data

By hand: the same requests at once, in as few as each protocol allows, nothing read but JSON and nothing made of it. Resolver for each child: Apollo Server's defaults, each agency asked about each child, raw answers handed on, no sign-in, rules or record. The hub's adapter for education keeps to ${live.educationPerSecond} requests a second; the first row gives all three that limit, the second gives it to none.

${table(columns, [row(limit, limited), row("no limit", unlimited)])}

- Beside the fetch by hand: ${number(hand, 2)} with the limit (${atMost(hand, 1.3)}), ${number(handFree, 2)} without (${atMost(handFree, 1.3)}).
- Beside a resolver for each child: ${number(naive, 1)} times as fast with the limit (${atLeast(naive, 5)}), ${number(naiveFree, 1)} without (${atLeast(naiveFree, 5)}).`;
}

function memoryPart({ memory }: Results): string {
  const { rows, bodies, measuredMs, rounds } = memory;
  const shapes = [
    { shape: "list", goal: 1, aim: 2.3, title: "100 children, 4 records each, 16 connections" },
    { shape: "one", goal: 0.5, aim: 0.65, title: "One child, 4 records, 32 connections" },
  ] as const;
  const tables = shapes.map(({ shape, goal, aim, title }) => {
    const mine = rows.filter((row) => row.shape === shape);
    const hubs = mine.filter(({ server }) => server.startsWith("hub"));
    const figures = mine.map(({ server, perSecond, p50, p99, cpuMs, ratio }) => [
      server,
      shown(perSecond),
      number(ratio, 2),
      number(cpuMs.median, 2),
      number(p50.median, 1),
      number(p99.median, 1),
    ]);
    const goals = hubs.map(
      ({ server, ratio }) => `- ${server}: ${number(ratio, 2)} of graphql-js (${atLeast(ratio, goal)}; aim ${aim})`,
    );
    const columns = ["", "requests/s", "of graphql-js", "CPU ms each", "p50 ms", "p99 ms"];
    return `### ${title}\n\n${table(columns, figures)}\n\n${goals.join("\n")}`;
  });
  const compared = bodies.map(({ shape, bytes, fingerprint }) => `${shape} ${bytes} bytes (${fingerprint})`);
  return `## Requests per second, agencies in memory

The hub with a verified token, rules, a record of every child read written before the answer, and compiled documents, beside servers of the same schema and data that do none of this. graphql-js runs \`execute\` on node:http with parsed documents kept; the others have their defaults. Each server in a process on one core, the load on another; ${rounds} rounds of ${measuredMs / 1_000} s. Before the timing all answers were compared, keys in order: ${compared.join(", ")}; under load every status and length was checked. CPU is the server process's own, without MariaDB's; PGlite's is in it.

${tables.join("\n\n")}`;
}
