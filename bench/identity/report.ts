// The figures as a page to read.

import type { MatchModel } from "../../src/domain/match-model.ts";
import { machine, number, reached, table } from "../support/figures.ts";
import { rateOf } from "./bounds.ts";
import type { Measured } from "./database-part.ts";
import type { InMemory, OnPolicy } from "./memory-part.ts";
import { partRows, wrongRows } from "./report-parts.ts";

export interface Results {
  readonly at: string;
  readonly machine: ReturnType<typeof machine>;
  readonly seconds: number;
  readonly model: Pick<MatchModel, "version"> & { readonly trainedOn: string; readonly records: number };
  readonly inMemory: InMemory;
  readonly onDatabases: readonly Measured[];
}

const GOALS = {
  strict: { wrongPerMillion: 20, asked: 0.11 },
  balanced: { wrongPerMillion: 100, asked: 0.06 },
  found: 0.99,
  p99Ms: 10,
} as const;

const percent = (share: number, digits = 2): string => `${number(share * 100, digits)} %`;

export const report = (results: Results): string =>
  [
    head(results),
    summary(results.inMemory.policies),
    ...results.inMemory.policies.map((on) => policyPart(on)),
    databasePart(results.onDatabases),
  ].join("\n\n");

function head({ at, machine: m, seconds, model, inMemory: { seeds, records } }: Results): string {
  const [first] = seeds;
  return `# identity

Written by \`npm run bench -- identity\` on ${at.slice(0, 10)}, in ${number(seconds)} s. ${m.cores} cores (${m.processor}), ${m.memoryGb} GB, ${m.platform}, Node ${m.node}.
Seeds ${seeds.join(", ")}, the first by chance; to repeat: \`npm run bench -- identity --seed ${first} --counties ${seeds.length} --records ${records}\`. Model ${model.version} of ${model.trainedOn}, from another county of ${number(model.records)} records.

Counties are synthetic and made by the same hands as the rules: a relative result, no promise. What a county is made of, and what counts as what, is in [the notes](../README.md#identity). Nobody answers a review while a county is decided: each doubtful record waits as a person of its own, as on a bad day.`;
}

function summary(policies: readonly OnPolicy[]): string {
  const rows = policies.map(({ policy, tally: { all, wrongPeople } }) => {
    const wrong = rateOf(all.wrong, all.links);
    const [low, high] = wrong.bounds;
    return [
      policy,
      number(all.links),
      number(all.wrong),
      `**${number(wrong.perMillion, 1)}** (${number(low, 1)}-${number(high, 1)})`,
      number(wrongPeople),
      percent(all.auto / all.joins),
      percent((all.auto + all.review) / all.joins),
      percent(all.items / all.incoming),
    ];
  });
  const goals = policies.map(({ policy, tally: { all } }) => {
    const { wrongPerMillion, asked } = GOALS[policy];
    const wrong = rateOf(all.wrong, all.links);
    const found = (all.auto + all.review) / all.joins;
    return `- ${policy}: ${number(wrong.perMillion, 1)} wrong automatic links a million (goal at most ${wrongPerMillion}: ${reached(wrong.perMillion <= wrongPerMillion)}; its upper 95 % bound ${number(wrong.bounds[1], 1)}: ${reached(wrong.bounds[1] <= wrongPerMillion)}); joined or asked ${percent(found)} (goal at least ${percent(GOALS.found, 0)}: ${reached(found >= GOALS.found)}); reviews ${percent(all.items / all.incoming)} of incoming (goal at most ${percent(asked, 0)}: ${reached(all.items / all.incoming <= asked)}).`;
  });
  const heads = [
    "policy",
    "automatic links",
    "wrong",
    "wrong a million (95 % bounds)",
    "wrong people",
    "joined",
    "joined or asked",
    "reviews / incoming",
  ];
  return `## What came of it

${table(heads, rows)}

${goals.join("\n")}`;
}

function policyPart({ policy, tally, counties, rounds }: OnPolicy): string {
  const { all } = tally;
  const rules = Object.entries(tally.byRule).map(([rule, count]) => `${rule} ${percent(count / all.links, 1)}`);
  const vetoes = Object.entries(tally.vetoes)
    .toSorted(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)))
    .map(([code, count]) => `${code} ${number(count)}`);
  const each = counties.map(({ seed, wrong, links }) => `${seed}: ${wrong} of ${number(links)}`);
  const speeds = rounds.map(
    ({ perSecond, ms }) => `${number(perSecond)} (${number(ms.p50, 2)} / ${number(ms.p95, 2)} / ${number(ms.p99, 2)})`,
  );
  const keys = rounds.map(
    ({ capped, skipped }) => `${number(capped)} keys of more than 300 records, met ${number(skipped)} times`,
  );
  return `## ${policy}

${table(["records of", "incoming", "automatic links", "wrong", "wrong a million (95 % bounds)", "joined", "joined or asked", "reviews / incoming"], partRows(tally))}

Wrong links, by whom they confuse: ${wrongRows(tally)}.
By county: ${each.join("; ")}.

- Joined by: ${rules.join(", ")}.
- Vetoes on what is asked: ${vetoes.join(", ")}.
- Of ${number(all.joins)} records whose person was known already, the keys did not find ${number(tally.notFound)} (recall ${percent(1 - tally.notFound / all.joins, 3)}), and ${number(tally.missed)} were found but neither joined nor asked. Skipped: ${keys.join("; ")}. Candidates for each record: ${number(tally.candidates / all.incoming, 2)}.
- In memory, one core: ${speeds.join(", ")} records a second (p50 / p95 / p99 ms).`;
}

function databasePart(measured: readonly Measured[]): string {
  if (measured.length === 0) return "## With the database\n\nNot measured in this run.";
  const rows = measured.flatMap(({ engine, found }) =>
    typeof found === "string"
      ? []
      : [
          [
            engine,
            number(found.records),
            number(found.keys),
            `${number(found.oneByOne.p50, 1)} / ${number(found.oneByOne.p95, 1)} / **${number(found.oneByOne.p99, 1)}** / ${number(found.oneByOne.max, 0)}`,
            number(found.oneByOne.perSecond),
            number(found.pagesPerSecond.records),
          ],
        ],
  );
  const goals = measured.map(({ engine, found }) =>
    typeof found === "string"
      ? `- ${engine}: ${found}.`
      : `- ${engine}: p99 ${number(found.oneByOne.p99, 1)} ms (goal below ${GOALS.p99Ms}: ${reached(found.oneByOne.p99 < GOALS.p99Ms)}).`,
  );
  return `## With the database

\`noteRecords\`, the hub's own service, from the call to the commit: hashing, the keys that hold others back, candidates, everybody's records, decision, waterfall, reviews, keys. One record at a time after as many as the first column says; before that in pages of 500, as collecting does.

${table(["engine", "records there", "keys", "one decision: p50 / p95 / p99 / most, ms", "records/s one by one", "records/s in pages"], rows)}

${goals.join("\n")}`;
}
