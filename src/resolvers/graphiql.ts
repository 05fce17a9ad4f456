import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { renderGraphiQL } from "@graphql-yoga/render-graphiql";
import type { Operation } from "./operations.ts";
import { policyOf } from "./security-headers.ts";

/** What is opened as a tab, with example variables for the demo family of the synthetic town. */
const EXAMPLES: Record<string, unknown> = {
  "find-child": { kind: "NHS_NUMBER", value: "9990123470" },
  "child-view": { id: "the id that FindChild gave" },
  "search-children": { search: { forename: "Amelia", surname: "Hartley", bornOn: "2019-03-14", postcode: "OX99 9ZZ" } },
  "submit-referral": {
    referral: {
      key: "my-first-referral",
      identifier: { kind: "NHS_NUMBER", value: "9990123470" },
      concern: "What I saw or heard, in my own words.",
      level: "level-4",
      immediateDanger: false,
    },
  },
  "referral-view": { id: "the id that SubmitReferral gave" },
  "record-step": {
    step: {
      key: "my-first-decision",
      kind: "REFERRAL_DECIDED",
      outcome: "ASSESSMENT",
      followsId: "the id that SubmitReferral gave",
      happenedAt: "2026-11-23T10:00:00Z",
    },
  },
  deadline: { rule: "icpc", from: "2026-12-23T10:00:00Z" },
  "my-obligations": {},
  "my-messages": {},
};

const FIRST = "find-child";

export interface GraphiqlParts {
  readonly operations: readonly Operation[];
  /** Signs its reader in as a demo person; without it they paste a token of their own. */
  readonly demoToken: (() => Promise<string | null>) | null;
}

/** Serves GraphiQL at GET /graphql, whole and from here: nothing is fetched from elsewhere. `parts` is null where there is none, as in
 *  production. Queries and changes are sent as POST alone: an address is kept by browsers, proxies and logs, with all that is in it. */
export function serveGraphiql(app: FastifyInstance, parts: GraphiqlParts | null): void {
  app.get("/graphql", async (request, reply) => {
    const asked = request.query as Readonly<Record<string, unknown>>;
    if (!parts || ASKING.some((name) => name in asked)) {
      const message = "Send queries and changes as POST: an address is kept by others, with all that is in it";
      const errors = [{ message, extensions: { code: "BAD_REQUEST" } }];
      return reply.code(405).header("allow", "POST").send({ errors });
    }
    const nonce = randomBytes(16).toString("base64");
    return reply
      .type("text/html; charset=utf-8")
      .header("content-security-policy", policyFor(nonce))
      .send(await pageFor(parts, nonce));
  });
}

const ASKING = ["query", "documentId", "extensions"];

/** Its editor makes its workers and styles itself; nothing comes from anywhere but here. */
const policyFor = (nonce: string): string =>
  policyOf({
    "script-src": `'nonce-${nonce}'`,
    "worker-src": "blob:",
    "style-src": "'unsafe-inline'",
    "img-src": "data:",
    "font-src": "data:",
    "connect-src": "'self'",
  });

async function pageFor({ operations, demoToken }: GraphiqlParts, nonce: string): Promise<string> {
  const token = (await demoToken?.()) ?? "paste a token here";
  const headers = JSON.stringify({ authorization: `Bearer ${token}` }, null, 2);
  const shown = operations.filter(({ name }) => name in EXAMPLES);
  const ordered = shown.sort((a, b) => Number(b.name === FIRST) - Number(a.name === FIRST));
  const tabs = ordered.map(({ name, document }) => {
    return { query: document, headers, variables: JSON.stringify(EXAMPLES[name] ?? {}, null, 2) };
  });
  // Its types leave `variables` out, though it takes them for the first tab.
  const page: Parameters<typeof renderGraphiQL>[0] & { variables?: string | undefined } = {
    title: "safeguarding-hub",
    defaultTabs: tabs,
    headers,
    defaultHeaders: headers,
    // A token kept by the browser would outlive its issuer and be refused.
    shouldPersistHeaders: false,
    variables: tabs[0]?.variables,
  };
  return renderGraphiQL(page).replace(ITS_SCRIPT, (tag) => tag.replace("<script>", `<script nonce="${nonce}">`));
}

/** The one script of the page itself; what is written inside it is no tag. */
const ITS_SCRIPT = /<div id="root"><\/div>\s*<script>/;
