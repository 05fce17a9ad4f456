import { ApolloServer, type ApolloServerPlugin } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled } from "@apollo/server/plugin/disabled";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { GraphQLError, type GraphQLSchema } from "graphql";
import type { Log } from "../services/hub.ts";
import type { Context } from "./context.ts";
import { makeErrorFormatter } from "./errors.ts";
import { makeExecutor } from "./executor.ts";
import { MOST_TOKENS } from "./limits.ts";
import { type Limited, limitsPlugin } from "./limits-plugin.ts";
import { withinTime } from "./limits-time.ts";
import { SYSTEMS_DOOR } from "./sign-in-systems.ts";

export interface GraphParts {
  readonly schema: GraphQLSchema;
  readonly log: Log;
  /** SHA-256 (hex) of each trusted document. */
  readonly trusted: ReadonlySet<string>;
  readonly limited: Limited;
}

/** A subscription needs a connection that stays open. */
const NO_SUBSCRIPTIONS: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    async didResolveOperation({ operation }) {
      if (operation?.operation !== "subscription") return;
      const message = "Subscriptions are served as events at /graphql/stream: send this there";
      throw new GraphQLError(message, { extensions: { code: "BAD_REQUEST", http: { status: 400 } } });
    },
  }),
};

/** The Apollo server of the graph. It answers signed-in callers only; the web server makes the context. */
export const makeGraph = ({ schema, log, trusted, limited }: GraphParts): ApolloServer<Context> =>
  new ApolloServer<Context>({
    gateway: withinTime(makeExecutor(schema, trusted)),
    // It halves the speed of lists, and nothing here may be cached: the web server says so itself.
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      SYSTEMS_DOOR,
      NO_SUBSCRIPTIONS,
      limitsPlugin(limited),
    ],
    formatError: makeErrorFormatter(log),
    parseOptions: { maxTokens: MOST_TOKENS },
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    // Documents by hash are the door's: Apollo would take in whatever a client sends.
    persistedQueries: false,
    // Who may look at the schema is the door's as well.
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: false,
    stopOnTerminationSignals: false,
    logger: {
      debug: () => {},
      info: () => {},
      warn: (message: string) => log.warn({}, message),
      error: (message: string) => log.error({}, message),
    },
  });
