// What one writes first: Apollo Server with a resolver for each agency of each child, which asks that agency's system about that
// child. Raw rows and resources are handed on as they come, so it is spared the mapping that the hub does.

import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { serveStarter, wishesOf } from "../support/programs.ts";
import type { KnownChild } from "./hub.ts";
import { openRawSources } from "./raw-sources.ts";
import type { TownAccess } from "./town.ts";

const TYPES = `
  scalar Raw
  type Child { id: ID!, socialCare: Raw, health: Raw, education: Raw, police: Raw }
  type Query { children(ids: [ID!]!): [Child!]! }
`;

export interface NaiveWishes {
  readonly access: TownAccess;
  readonly children: readonly KnownChild[];
  readonly educationPerSecond: number | null;
}

const { access, children, educationPerSecond } = wishesOf<NaiveWishes>();
const sources = await openRawSources(access, educationPerSecond);
const known = new Map(children.map((child) => [child.id, child.records]));
const records = (id: string, agency: string): readonly string[] => known.get(id)?.[agency] ?? [];
type Parent = { readonly id: string };

const server = new ApolloServer({
  typeDefs: TYPES,
  resolvers: {
    Query: { children: (_root: unknown, { ids }: { ids: string[] }) => ids.map((id) => ({ id })) },
    Child: {
      socialCare: ({ id }: Parent) => sources.socialCare(records(id, "social-care")),
      health: ({ id }: Parent) => sources.health(records(id, "health")),
      education: ({ id }: Parent) => sources.education(records(id, "education")),
      police: ({ id }: Parent) => Promise.all(records(id, "police").map((record) => sources.police([record]))),
    },
  },
});
const { url } = await startStandaloneServer(server, { listen: { port: 0, host: "127.0.0.1" } });
serveStarter({ port: Number(new URL(url).port) }, { close: () => sources.close() });
