// One question about fifty children over the simulators: how many requests it costs each system, and how long it takes beside
// the same data fetched by hand and beside a resolver for each child.

import { setTimeout as sleep } from "node:timers/promises";
import { LANES } from "../../src/adapters/lane.ts";
import { type Spread, spreadOf } from "../support/figures.ts";
import { startProgram } from "../support/programs.ts";
import type { Services } from "../support/services.ts";
import type { HubReady, HubWishes, KnownChild } from "./hub.ts";
import { READER } from "./reader.ts";
import type { NaiveWishes } from "./naive.ts";
import { openRawSources, type RawSources } from "./raw-sources.ts";
import { type RunningTown, startTown, TOWN_DAY } from "./town.ts";
import { townChildren } from "./town-children.ts";

const ROUNDS = 7;
const WARM_UPS = { limited: 1, unlimited: 10 };
const CHILDREN = 50;
/** Big enough for fifty children whom every agency knows. */
const TOWN = { children: 1_800 };
/** Education's lane lets thirty requests a second through: a round must not pay for the one before. */
const PAUSE_MS = 1_100;
const EDUCATION_PER_SECOND = LANES.mis.perSecond;
const JOURNAL_MS = 100;

const QUERY = `query Live($ids: [ID!]!) {
  children(ids: $ids) {
    id
    agencies {
      agency { id name }
      status
      reason
      involvements { role practitioner organisation phone untilOn }
      states { kind category summary fromOn untilOn }
      events { kind on summary }
    }
  }
}`;
const NAIVE_QUERY = "query Live($ids: [ID!]!) { children(ids: $ids) { id socialCare health education police } }";

type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface LiveOptions {
  readonly sign: { readonly issuer: string; readonly token: string };
  readonly services: Services | null;
  readonly say: (line: string) => void;
}

export async function measureLive({ sign, services, say }: LiveOptions) {
  const children = townChildren(TOWN, CHILDREN);
  const town = await startTown(TOWN.children, services?.careDatabaseUrl ?? null);
  const closers: (() => Promise<void>)[] = [() => town.stop()];
  try {
    const start = async (limited: boolean) => {
      const raced = await startRace({ town, children, limited, sign, services });
      closers.unshift(raced.close);
      return raced.ways;
    };
    const limited = await start(true);
    const counted = await countRequests(town, limited);
    say("live: with education's limit kept by all");
    const times = { limited: await timeInTurn(limited, { pauseMs: PAUSE_MS, warmUps: WARM_UPS.limited, say }) };
    say("live: with no limit");
    const unlimited = await timeInTurn(await start(false), { pauseMs: JOURNAL_MS, warmUps: WARM_UPS.unlimited, say });
    return {
      children: CHILDREN,
      records: recordsOf(children),
      rounds: ROUNDS,
      educationPerSecond: EDUCATION_PER_SECOND,
      socialCare: services ? "MariaDB" : "embedded PostgreSQL",
      ...counted,
      times: { ...times, unlimited },
    };
  } finally {
    for (const close of closers) await close();
  }
}

interface RaceOptions extends Pick<LiveOptions, "sign" | "services"> {
  readonly town: RunningTown;
  readonly children: readonly KnownChild[];
  readonly limited: boolean;
}

/** The three ways to the same data, each in a process of its own but the fetching by hand, which is in this one. */
async function startRace({ town, children, limited, sign, services }: RaceOptions) {
  const educationPerSecond = limited ? EDUCATION_PER_SECOND : null;
  const hub = await startProgram<HubReady>({
    at: new URL("./hub", import.meta.url),
    wishes: {
      settings: { OIDC_ISSUER: sign.issuer, ...town.settings, ...services?.settings },
      memory: false,
      children,
      team: READER,
      townDay: TOWN_DAY,
      limited,
      trusted: [QUERY],
    } satisfies HubWishes,
  });
  const naive = await startProgram<{ port: number }>({
    at: new URL("./naive", import.meta.url),
    wishes: { access: town.access, children, educationPerSecond } satisfies NaiveWishes,
  });
  const raw = await openRawSources(town.access, educationPerSecond);
  const ids = children.map(({ id }) => id);
  const ways: Ways = {
    hub: () => post(hub.ready.port, { query: QUERY, variables: { ids } }, sign.token),
    byHand: () => fetchByHand(raw, children),
    naive: () => post(naive.ready.port, { query: NAIVE_QUERY, variables: { ids } }, ""),
  };
  const close = async () => void (await Promise.all([hub.stop(), naive.stop(), raw.close()]));
  return { ways, close };
}

type Ways = Readonly<Record<Way, () => Promise<Answered>>>;
type Way = "hub" | "byHand" | "naive";
interface Answered {
  readonly bytes: number;
  readonly body: unknown;
}

async function post(port: number, asked: object, token: string): Promise<Answered> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify(asked),
  });
  const text = await response.text();
  const body = JSON.parse(text) as { errors?: unknown };
  if (body.errors) throw new Error("A measured server answers with errors");
  return { bytes: text.length, body };
}

async function fetchByHand(raw: RawSources, children: readonly KnownChild[]): Promise<Answered> {
  const of = (agency: string): string[] => children.flatMap(({ records }) => records[agency] ?? []);
  const body = await Promise.all([
    raw.socialCare(of("social-care")),
    raw.health(of("health")),
    raw.education(of("education")),
    raw.police(of("police")),
  ]);
  return { bytes: 0, body };
}

/** The hub's first question (with sign-in at health and the schools' particulars) and a later one; then the others' once each. */
async function countRequests(town: RunningTown, ways: Ways) {
  const count = async (way: Way): Promise<{ counts: Counts; answered: Answered }> => {
    await town.forget();
    const answered = await ways[way]();
    await sleep(JOURNAL_MS);
    const counts = await town.counts();
    await sleep(PAUSE_MS);
    return { counts, answered };
  };
  const first = await count("hub");
  const later = await count("hub");
  const requests = { hubFirst: first.counts, hub: later.counts };
  const byHand = (await count("byHand")).counts;
  const naive = (await count("naive")).counts;
  return { statuses: statusesIn(later.answered.body), requests: { ...requests, byHand, naive } };
}

/** How many of the children's answers from each agency have which status: a fast answer that says nothing is no figure. */
function statusesIn(body: unknown): Record<string, Record<string, number>> {
  const { data } = body as {
    data: { children: { agencies: { agency: { id: string }; status: string; reason: string | null }[] }[] };
  };
  const counts: Record<string, Record<string, number>> = {};
  for (const { agency, status } of data.children.flatMap(({ agencies }) => agencies)) {
    const mine = (counts[agency.id] ??= {});
    mine[status] = (mine[status] ?? 0) + 1;
    if (status === "DID_NOT_ANSWER" || status === "NOT_ASKED") throw new Error(`${agency.id} gave no answer`);
  }
  return counts;
}

interface Timing {
  readonly pauseMs: number;
  readonly warmUps: number;
  readonly say: (line: string) => void;
}

async function timeInTurn(ways: Ways, { pauseMs, warmUps, say }: Timing): Promise<Record<Way, Spread>> {
  const names = Object.keys(ways) as Way[];
  const taken: Record<Way, number[]> = { hub: [], byHand: [], naive: [] };
  for (let round = -warmUps; round < ROUNDS; round += 1)
    for (const way of names) {
      await sleep(pauseMs);
      const from = performance.now();
      await ways[way]();
      const ms = performance.now() - from;
      if (round >= 0) taken[way].push(ms);
      say(`live ${round < 0 ? "warm-up" : `${round + 1}/${ROUNDS}`} ${way}: ${Math.round(ms)} ms`);
    }
  return Object.fromEntries(names.map((way) => [way, spreadOf(taken[way])])) as Record<Way, Spread>;
}

const recordsOf = (children: readonly KnownChild[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { records } of children)
    for (const [agency, ids] of Object.entries(records)) counts[agency] = (counts[agency] ?? 0) + ids.length;
  return counts;
};
