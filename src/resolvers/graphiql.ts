import type { FastifyInstance } from "fastify";
import { renderGraphiQL } from "@graphql-yoga/render-graphiql";
import type { Operation } from "./operations.ts";

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

/** Serves GraphiQL at GET /graphql, whole and from here: nothing is fetched from elsewhere. `demoToken` signs its reader in as
 *  a demo person; without it they paste a token of their own. */
export function serveGraphiql(
  app: FastifyInstance,
  operations: readonly Operation[],
  demoToken: (() => Promise<string | null>) | null,
): void {
  app.get("/graphql", async (_request, reply) => {
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
    await reply
      .type("text/html; charset=utf-8")
      .header("referrer-policy", "no-referrer")
      .header("x-frame-options", "DENY")
      .send(renderGraphiQL(page));
  });
}
