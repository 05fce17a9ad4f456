// The servers the hub is measured against: the same schema and data, plain resolvers, a loader for each request, and nothing
// of what the hub does besides: no sign-in, no rules, no record of who read what.

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { makeExecutableSchema } from "@graphql-tools/schema";
import DataLoader from "dataloader";
import Fastify from "fastify";
import { type DocumentNode, execute, type GraphQLSchema, parse, printSchema, validate } from "graphql";
import { createYoga } from "graphql-yoga";
import mercurius from "mercurius";
import { buildHubSchema } from "../../src/resolvers/schema.ts";
import { PlainDateScalar } from "../../src/schema/scalars.ts";
import { serveStarter, wishesOf } from "../support/programs.ts";
import { AGENCIES, CHILDREN, childId, recordAt } from "./memory-town.ts";
import type { Peer } from "./queries.ts";

type Said = ReturnType<typeof answersAbout>;
interface Context {
  readonly answers: DataLoader<string, Said>;
}

const answersAbout = (n: number) =>
  AGENCIES.map((agency) => {
    const { involvements, states, events } = recordAt(agency.id, n);
    return { agency, status: "RECORDED", involvements, states, events };
  });

const held = new Map(Array.from({ length: CHILDREN }, (_, n) => [childId(n), answersAbout(n)]));
const makeContext = (): Context => ({
  answers: new DataLoader(async (ids: readonly string[]) => ids.map((id) => held.get(id) ?? [])),
});
const child = (id: string) => (held.has(id) ? { id } : null);

async function makeSchema(): Promise<GraphQLSchema> {
  return makeExecutableSchema<Context>({
    typeDefs: printSchema(await buildHubSchema()),
    resolvers: {
      LocalDate: PlainDateScalar,
      Query: {
        child: (_root, { id }: { id: string }) => child(id),
        children: (_root, { ids }: { ids: string[] }) => ids.map(child),
      },
      Child: { agencies: ({ id }: { id: string }, _args, { answers }) => answers.load(id) },
    },
  });
}

/** graphql-js by hand: the least a server can do, with each document parsed and validated once. */
async function serveGraphqlJs(schema: GraphQLSchema): Promise<number> {
  const documents = new Map<string, DocumentNode>();
  const documentOf = (query: string): DocumentNode => {
    const known = documents.get(query);
    if (known) return known;
    const document = parse(query);
    const [problem] = validate(schema, document);
    if (problem) throw problem;
    documents.set(query, document);
    return document;
  };
  const server = createServer(async (request, response) => {
    const { query, variables } = JSON.parse(await textOf(request)) as Asked;
    const contextValue = makeContext();
    const result = await execute({ schema, document: documentOf(query), variableValues: variables, contextValue });
    const body = Buffer.from(JSON.stringify(result));
    response.writeHead(200, { "content-type": "application/json", "content-length": body.length }).end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return (server.address() as AddressInfo).port;
}

interface Asked {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("utf8");
}

const SERVE: Record<Peer, (schema: GraphQLSchema) => Promise<number>> = {
  "graphql-js": serveGraphqlJs,
  async "Apollo Server"(schema) {
    const server = new ApolloServer<Context>({ schema });
    const listen = { port: 0, host: "127.0.0.1" };
    const { url } = await startStandaloneServer(server, { listen, context: async () => makeContext() });
    return Number(new URL(url).port);
  },
  async Yoga(schema) {
    const yoga = createYoga({ schema, context: makeContext, logging: false });
    const server = createServer(yoga);
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    return (server.address() as AddressInfo).port;
  },
  async Mercurius(schema) {
    const app = Fastify();
    await app.register(mercurius, { schema, context: makeContext });
    const url = await app.listen({ host: "127.0.0.1", port: 0 });
    return Number(new URL(url).port);
  },
};

const { peer } = wishesOf<{ peer: Peer }>();
serveStarter({ port: await SERVE[peer](await makeSchema()) });
