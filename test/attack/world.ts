// One running hub for the whole attack suite: in everything that guards its door it is set as in production.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildHubSchema } from "../../src/resolvers/schema.ts";
import { RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { askGraph, type GraphAnswer } from "../support/graph-client.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { type Generated, operationsOf } from "./generated.ts";

/** What somebody outside gets to see of an answer. */
export interface Seen {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  readonly codes: readonly string[];
}

export interface AttackWorld extends LightHub {
  readonly operations: readonly Generated[];
  readonly port: number;
  /** Asks with a token that is fetched once. */
  as(person: string, query: string, variables?: Record<string, unknown>): Promise<GraphAnswer>;
  tokenOf(person: string): Promise<string>;
  /** Sends anything to the graph, as JSON where nothing else is said. */
  send(body: string | Uint8Array<ArrayBuffer>, headers?: Record<string, string>): Promise<Seen>;
  /** A socket on which anything may be written; what comes back, when it is closed. */
  raw(write: (socket: Socket) => void): Promise<string>;
}

const ONE_LIST = "chronology(first: $first) { edges { node { kind on summary } } }";
/** Asked of several children's lists at once: trusted, and as dear as its variables make it. */
export const DEAR = `query Dear($ids: [ID!]!, $first: Int!) { children(ids: $ids) {
  ${["a", "b", "c", "d", "e"].map((name) => `${name}: ${ONE_LIST}`).join(" ")} } }`;

/** At most twenty at a time: the hub takes so many connections and no more. */
export async function inTurns<Item, Found>(items: readonly Item[], work: (item: Item) => Promise<Found>) {
  const found: Found[] = [];
  for (let from = 0; from < items.length; from += 20)
    found.push(...(await Promise.all(items.slice(from, from + 20).map(work))));
  return found;
}

export const SETTINGS = {
  AD_HOC_QUERIES: "roles",
  REQUEST_SECONDS: "2",
  RECEIVE_SECONDS: "1",
  MOST_CONNECTIONS: "100",
  RATE_SEARCHES: "200",
  RATE_STRANGERS: "1000",
};

export async function startAttackWorld(): Promise<AttackWorld> {
  const folder = await mkdtemp(join(tmpdir(), "trusted-"));
  const operations = operationsOf(await buildHubSchema());
  const documents = [...operations, { name: "dear", document: DEAR }];
  await Promise.all(documents.map(({ name, document }) => writeFile(join(folder, `${name}.graphql`), document)));
  const world = await startLightHub(ENGINES[0]!, RECORDS, { ...SETTINGS, TRUSTED_DOCUMENTS: folder });
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (person: string) => {
    const known = tokens.get(person) ?? world.token(person);
    tokens.set(person, known);
    return known;
  };
  const port = Number(new URL(world.url).port);
  return {
    ...world,
    operations,
    port,
    tokenOf,
    as: async (person, query, variables = {}) => askGraph(world.url, await tokenOf(person), { query, variables }),
    async send(body, headers = {}) {
      const response = await fetch(`${world.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
      });
      const text = await response.text();
      return { status: response.status, text, headers: response.headers, codes: codesIn(text) };
    },
    raw: (write) =>
      new Promise((resolve) => {
        let text = "";
        const socket = connect(port, "127.0.0.1", () => write(socket));
        socket.on("data", (part) => (text += part.toString("latin1")));
        socket.on("error", () => {});
        socket.on("close", () => resolve(text));
      }),
    async close() {
      await world.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function codesIn(text: string): string[] {
  try {
    const { errors = [] } = JSON.parse(text) as { errors?: { extensions?: { code?: string } }[] };
    return errors.map(({ extensions }) => extensions?.code ?? "none");
  } catch {
    return [];
  }
}
