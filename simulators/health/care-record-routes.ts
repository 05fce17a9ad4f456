// The shared care record's FHIR server: read and search over eight resource types.

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { header } from "../support/simulator.ts";
import { checkBearer } from "./bearer.ts";
import { parametersOf, type SearchAnswer } from "./care-record-search.ts";
import { CARE_TYPES, resourceOf, type CareType, type Entry } from "./care-record-store.ts";
import { FhirOutcome } from "./outcome.ts";
import { searchset, SYNTHETIC_TAG } from "./resource.ts";
import type { Stage } from "./stage.ts";
import type { TokenService } from "./token.ts";

/** Where the care record lives below the host. */
const CARE_RECORD_BASE = "/fhir/R4";

interface CareRecordParts {
  readonly stage: () => Stage;
  readonly tokens: TokenService;
}

/** Adds the care record's routes; like PDS it wants a token for everything. */
export function addCareRecordRoutes(app: FastifyInstance, { stage, tokens }: CareRecordParts): void {
  app.addHook("onRequest", async (request) => {
    const problem = checkBearer(request, tokens);
    if (problem) throw new FhirOutcome(401, "login", problem);
  });

  app.get(`${CARE_RECORD_BASE}/metadata`, () => capabilities());

  for (const type of CARE_TYPES) {
    const base = `${CARE_RECORD_BASE}/${type}`;
    app.get(base, (request) => {
      const params = new URL(request.url, "http://localhost").searchParams;
      const token = params.get("_page");
      const { search, turn } = stage().search;
      return bundle(request, type, token === null ? search(type, params, isStrict(request)) : turn(type, token));
    });
    app.post(`${base}/_search`, (request) => {
      const params = new URLSearchParams(request.body as URLSearchParams);
      for (const [name, value] of new URL(request.url, "http://localhost").searchParams) params.append(name, value);
      return bundle(request, type, stage().search.search(type, params, isStrict(request)));
    });
    app.get<{ Params: { id: string } }>(`${base}/:id`, (request, reply) =>
      read(stage().store.find(type, request.params.id), request, reply),
    );
  }
}

function read(entry: Entry | undefined, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!entry) throw new FhirOutcome(404, "not-found", "There is no such resource");
  if (entry.deleted) throw new FhirOutcome(410, "deleted", "The resource has been deleted");
  const etag = `W/"${entry.versionId}"`;
  reply.header("etag", etag).header("last-modified", new Date(entry.lastUpdated).toUTCString());
  return header(request, "if-none-match") === etag ? reply.code(304).send() : reply.send(resourceOf(entry));
}

function bundle(request: FastifyRequest, type: CareType, answer: SearchAnswer): object {
  const base = `${request.protocol}://${request.host}${CARE_RECORD_BASE}`;
  const matches = answer.entries.map((entry) => ({
    fullUrl: `${base}/${type}/${entry.id}`,
    resource: resourceOf(entry),
    search: { mode: "match" },
  }));
  const link = [
    { relation: "self", url: `${base}/${type}` },
    ...(answer.next === null ? [] : [{ relation: "next", url: `${base}/${type}?_page=${answer.next}` }]),
  ];
  const entries = answer.ignored.length > 0 ? [...matches, passedOver(answer.ignored)] : matches;
  const { total, ...rest } = searchset(entries, { link });
  return { ...rest, ...(answer.total !== null && total !== undefined && { total: answer.total }) };
}

/** Lenient handling says what it did not understand in an entry of its own. */
const passedOver = (ignored: readonly string[]): object => ({
  resource: {
    resourceType: "OperationOutcome",
    issue: [{ severity: "warning", code: "not-supported", diagnostics: `Not understood: ${ignored.join(", ")}` }],
  },
  search: { mode: "outcome" },
});

const isStrict = (request: FastifyRequest): boolean =>
  (header(request, "prefer") ?? "").split(/[,;]\s*/).includes("handling=strict");

const capabilities = (): object => ({
  resourceType: "CapabilityStatement",
  meta: { tag: [SYNTHETIC_TAG] },
  status: "active",
  date: "2026-01-01",
  kind: "instance",
  fhirVersion: "4.0.1",
  format: ["application/fhir+json"],
  implementation: { description: "Shared care record simulator: synthetic data only" },
  rest: [
    {
      mode: "server",
      resource: CARE_TYPES.map((type) => ({
        type,
        interaction: [{ code: "read" }, { code: "search-type" }],
        searchParam: parametersOf(type).map(({ name, type }) => ({ name, type: type === "text" ? "string" : type })),
      })),
    },
  ],
});
