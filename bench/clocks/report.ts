// The figures as a page to read.

import { type machine, number, reached, shown, type Spread, table } from "../support/figures.ts";
import type { Amounts, measureEngine } from "./engine-part.ts";
import type { measureLoss } from "./loss-part.ts";

type OnEngine = Awaited<ReturnType<typeof measureEngine>>;

export interface Results {
  readonly at: string;
  readonly machine: ReturnType<typeof machine>;
  readonly seconds: number;
  readonly amounts: Amounts;
  /** What was left out, and why. */
  readonly left: readonly string[];
  readonly engines: readonly OnEngine[];
  readonly loss: Awaited<ReturnType<typeof measureLoss>> | null;
}

const GOALS = {
  created: { least: 0.35, aim: 0.6 },
  carried: { least: 0.5, aim: 1 },
  lateMs: { most: 250, aim: 120, aimEmbedded: 20 },
  alarmBytes: 1_024,
  resumedMs: 15_000,
} as const;

const atLeast = (value: number, { least, aim }: { least: number; aim: number }): string =>
  `goal at least ${least}: ${reached(value >= least)}; aim ${aim}: ${reached(value >= aim)}`;
const atMost = (value: number, most: number): string => `at most ${number(most)}: ${reached(value <= most)}`;
const seconds = ({ median, min, max }: Spread): string =>
  shown({ median: median / 1_000, min: min / 1_000, max: max / 1_000, rounds: 0 }, 1);

export const report = (results: Results): string =>
  [
    head(results),
    creatingPart(results),
    carriedPart(results),
    latePart(results),
    sweepPart(results),
    ...(results.loss ? [queuePart(results.loss), recoveryPart(results.loss)] : []),
  ].join("\n\n");

function head({ at, machine: m, seconds, amounts, left }: Results): string {
  return `# clocks

Written by \`npm run bench -- clocks\` on ${at.slice(0, 10)}, in ${number(seconds)} s. ${m.cores} cores (${m.processor}), ${m.memoryGb} GB, ${m.platform}, Node ${m.node}, NODE_ENV=production for what is measured.
Medians of ${amounts.rounds} rounds taken in turn, with the least and the most; ratios are medians of the rounds' own ratios. Compare within this page only: other work on the machine moves all of it. BullMQ alone runs in a process of its own on the same Redis, or on an embedded PostgreSQL of its own.${left.map((why) => `\n${why}.`).join("")}`;
}

function creatingPart({ engines, amounts }: Results): string {
  const shapes = [
    { key: "one", title: "one after the other", count: amounts.created },
    { key: "fact", title: "one after the other, two by each fact", count: amounts.created },
    { key: "many", title: "50 facts under way", count: amounts.createdAtOnce },
  ] as const;
  const rows = engines.flatMap(({ engine, creating }) =>
    shapes.map(({ key, title, count }) => {
      const { hub, raw, ratios } = creating[key];
      return [
        engine,
        `${title} (${number(count)})`,
        shown(hub),
        ...raw.map((each) => shown(each)),
        ...ratios.map((ratio) => shown(ratio, 2)),
      ];
    }),
  );
  const goals = engines.map(({ engine, creating }) => {
    const { median = Number.NaN } = creating.one.ratios[0] ?? {};
    return `- ${engine}, one after the other: ${number(median, 2)} (${atLeast(median, GOALS.created)}).`;
  });
  return `## Creating an obligation

The hub: deadline, schedule, row and first line of its history in a transaction that is on disk before it answers, then an alarm at an instant of its own within the next day. BullMQ alone: \`queue.add\` of a delayed job with an id of its own, written nowhere else.

${table(["", "", "obligations/s", "queue.add/s", "ratio"], rows)}

${goals.join("\n")}`;
}

function carriedPart({ engines, amounts }: Results): string {
  const rows = engines.map(({ engine, carried }) => [
    engine,
    shown(carried.hub),
    ...carried.raw.flatMap((raw, n) => [shown(raw), carried.ratios[n] ? shown(carried.ratios[n], 2) : ""]),
  ]);
  const goals = engines.map(({ engine, carried }) => {
    const { median = Number.NaN } = carried.ratios[0] ?? {};
    return `- ${engine}: ${number(median, 2)} of jobs that wait already (${atLeast(median, GOALS.carried)}).`;
  });
  return `## ${number(amounts.together)} obligations due at one instant

The hub, from that instant, with ${number(amounts.outstanding)} more outstanding: its alarm rings, rows are claimed in batches, each has its line of history and its message to one person, and moves on to its next act. BullMQ alone: jobs that do nothing, at concurrency 50, from the start of a worker that finds them all waiting, or from the one instant for which they were set.

${table(["", "acts/s", "jobs/s, waiting", "ratio", "jobs/s, due at one instant", "ratio"], rows)}

${goals.join("\n")}`;
}

function latePart({ engines, amounts }: Results): string {
  const rows = engines.map(({ engine, late }) => [engine, shown(late.p50), shown(late.p99), shown(late.max)]);
  const goals = engines.map(({ engine, late }) => {
    const aim = engine.startsWith("embedded") ? GOALS.lateMs.aimEmbedded : GOALS.lateMs.aim;
    const { median } = late.p99;
    return `- ${engine}: p99 ${number(median)} ms (goal ${atMost(median, GOALS.lateMs.most)}; aim ${atMost(median, aim)}).`;
  });
  return `## Lateness

${number(amounts.spread)} acts fall due one by one over ${amounts.spreadMs / 1_000} s, with ${number(amounts.outstanding)} more outstanding. From the instant at which each was due to the time in its line of history, in ms.

${table(["ms", "p50", "p99", "most"], rows)}

${goals.join("\n")}`;
}

function sweepPart({ engines, amounts }: Results): string {
  const rows = engines.map(({ engine, swept }) => [
    engine,
    shown(swept.ms, 1),
    shown(swept.statements),
    shown(swept.loaded),
    shown(swept.read),
  ]);
  const goals = engines.map(
    ({ engine, swept }) => `- ${engine}: no row loaded that is not due: ${reached(swept.loaded.max === 0)}.`,
  );
  return `## A sweep with nothing due

Over ${number(amounts.outstanding)} open obligations and those that the measurements above created. Rows read are what the engine counts for the whole sweep (in MariaDB index entries too), the signs of life and the hub's other tables among them.

${table(["", "ms", "statements", "rows loaded", "rows read"], rows)}

${goals.join("\n")}`;
}

type Loss = NonNullable<Results["loss"]>;

function queuePart({ memory, horizon }: Loss): string {
  const dayOf = horizon.outstanding / horizon.days;
  return `## What the queues hold

- Redis keeps ${number(memory.bytesEach)} bytes for an alarm, over ${number(memory.alarms)} alarms at instants of their own (${atMost(memory.bytesEach, GOALS.alarmBytes)}). Obligations due at the same instant share one.
- Of ${number(horizon.outstanding)} obligations over ${horizon.days} days, ${number(horizon.queued)} have an alarm set: those of the next 24 hours (${number(dayOf)} a day; ${reached(horizon.queued <= dayOf)}). Setting them took ${number(horizon.refillMs)} ms.`;
}

function recoveryPart({ killed, flushed }: Loss): string {
  const { noticedMs, refilledMs, overdueMs } = flushed;
  const within = ({ max }: Spread) => atMost(max / 1_000, GOALS.resumedMs / 1_000);
  return `## What is lost comes back

Two processes on MariaDB and a Redis of their own, each loss at another moment between two sweeps. Judged by the longest round.

- A worker killed (SIGKILL) in the middle of an act: another has done it after ${seconds(killed)} s (${within(killed)}).
- Redis emptied (FLUSHALL): noticed after ${seconds(noticedMs)} s (${within(noticedMs)}), every alarm set again after ${seconds(refilledMs)} s (${within(refilledMs)}).
- What fell due just after the emptying, its alarm gone: done ${seconds(overdueMs)} s after it was due (${within(overdueMs)}).`;
}
