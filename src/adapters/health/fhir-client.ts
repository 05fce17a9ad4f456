import { randomUUID } from "node:crypto";
import { AgencyFault } from "../agency-fault.ts";
import type { Call } from "../agency-system.ts";
import type { Http, HttpAnswer, HttpRequest } from "../http.ts";
import { bundle, readAs } from "./fhir.ts";
import type { Tokens } from "./tokens.ts";

/** A chain of pages longer than this is taken for a server that links in circles. */
const MOST_PAGES = 100;

/** One page of a search. */
export interface Page {
  /** Resources of the type searched for; what else a server puts in (outcomes, includes) is left out. */
  readonly resources: readonly Record<string, unknown>[];
  /** Address of the next page, exactly as the server gave it. */
  readonly next: string | null;
}

/** A FHIR server behind NHS sign-in. A refused token is renewed once; every attempt carries a request id of its own. */
export function makeFhirClient(http: Http, tokens: Tokens, own: Record<string, string> = {}) {
  const { system } = http.lane;

  async function request(wanted: HttpRequest, { signal, correlationId }: Call): Promise<HttpAnswer> {
    const send = (token: string) =>
      http.request(
        {
          ...wanted,
          headers: { accept: "application/fhir+json", ...own, ...wanted.headers, authorization: `Bearer ${token}` },
          perAttempt: () => ({ headers: { "x-request-id": randomUUID(), "x-correlation-id": correlationId } }),
        },
        signal,
      );
    if (signal.aborted) throw new AgencyFault(system, "CANCELLED", { doing: "the caller went away" });
    const token = await tokens.get(signal);
    try {
      return await send(token);
    } catch (error) {
      if (!(error instanceof AgencyFault) || error.code !== "AUTH") throw error;
      tokens.drop(token);
      return send(await tokens.get(signal));
    }
  }

  function readPage(type: string, body: unknown): Page {
    const { entry, link } = readAs(bundle, body, { system, doing: `searching ${type}` });
    const matches = entry.filter(
      ({ search, resource }) => resource?.resourceType === type && search?.mode !== "include",
    );
    return {
      resources: matches.flatMap(({ resource }) => resource ?? []),
      next: link.find(({ relation }) => relation === "next")?.url ?? null,
    };
  }

  async function search(type: string, params: URLSearchParams, call: Call): Promise<Page> {
    const doing = `searching ${type}`;
    // Strict: a server that passed over a parameter it does not know would answer about everybody.
    const headers = { prefer: "handling=strict" };
    const wanted = { path: `${type}/_search`, method: "POST", repeatable: true, body: params, headers, doing } as const;
    const { body } = await request(wanted, call);
    return readPage(type, body);
  }

  async function turn(type: string, next: string, call: Call): Promise<Page> {
    const { body } = await request({ path: next, doing: `reading on in ${type}` }, call);
    return readPage(type, body);
  }

  return {
    system,
    request,
    /** The first page. Identifiers travel in the body, never in an address that a proxy might log. */
    search,
    /** The page behind a `next` link. */
    turn,
    /** Every page. */
    async searchAll(type: string, params: URLSearchParams, call: Call): Promise<Record<string, unknown>[]> {
      let page = await search(type, params, call);
      const all = [...page.resources];
      for (let pages = 1; page.next !== null; pages++) {
        if (pages >= MOST_PAGES)
          throw new AgencyFault(system, "MALFORMED", { doing: `searching ${type}: no end of pages` });
        page = await turn(type, page.next, call);
        all.push(...page.resources);
      }
      return all;
    },
  };
}

/** Either server, once signed in to. */
export type FhirClient = ReturnType<typeof makeFhirClient>;
