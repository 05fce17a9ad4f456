// GraphQL over HTTP: the specification's own audit suite (graphql-http), against the hub as it runs.

import { auditServer } from "graphql-http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { RECORDS } from "./support/demo-records.ts";
import { ENGINES } from "./support/engines.ts";
import { type LightHub, startLightHub } from "./support/light-hub.ts";

/** What the hub does not do, though it may, and why. */
const NOT_DONE: Readonly<Record<string, string>> = {
  "5A70": "no queries by GET: an address, with all that is in it, is kept by browsers, proxies and their logs",
  D6D5: "no queries by GET, see 5A70",
  "6A70": "no queries by GET, see 5A70",
};

let world: LightHub;
beforeAll(async () => {
  world = await startLightHub(ENGINES[0]!, RECORDS, { AD_HOC_QUERIES: "roles" });
});
afterAll(() => world?.close());

it("keeps to GraphQL over HTTP in all that it must and should, and in what it may but for its reasons", async () => {
  // The suite asks for the schema, which is for developers.
  const authorization = `Bearer ${await world.token("agency-developer")}`;
  const results = await auditServer({
    url: `${world.url}/graphql`,
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, { ...init, headers: { ...init.headers, authorization, "apollo-require-preflight": "true" } }),
  });
  const kept = results.filter(({ status }) => status === "ok");
  const broken = results.filter(({ status }) => status !== "ok");
  const count = (word: RegExp) => {
    const all = results.filter(({ name }) => word.test(name));
    return `${all.filter(({ status }) => status === "ok").length} of ${all.length}`;
  };
  process.stdout.write(
    `GraphQL over HTTP: ${kept.length} of ${results.length}; MUST ${count(/^MUST/)}, SHOULD ${count(/^SHOULD/)}, MAY ${count(/^MAY/)}\n`,
  );
  expect(results.length).toBeGreaterThanOrEqual(61);
  expect(broken.map(({ id, name }) => [id, name.split(" ")[0]])).toEqual(
    Object.keys(NOT_DONE).map((id) => [id, "MAY"]),
  );
});
