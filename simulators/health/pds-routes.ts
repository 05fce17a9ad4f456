// PDS as an application without a user meets it: three reads, five requests a second, one match or none.

import type { FastifyInstance, FastifyRequest } from "fastify";
import { header } from "../support/simulator.ts";
import { isNhsNumber } from "./nhs-number.ts";
import { SpineOutcome } from "./outcome.ts";
import { pdsMatch, pdsPatient } from "./pds-patient.ts";
import { readPdsQuery } from "./pds-query.ts";
import { pdsRelatedPersons } from "./pds-related.ts";
import { searchPds } from "./pds-search.ts";
import { makeBucket } from "./rate-limit.ts";
import { searchset } from "./resource.ts";
import { checkBearer } from "./bearer.ts";
import type { Stage } from "./stage.ts";
import type { TokenService } from "./token.ts";
import type { Held, World } from "./world.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Where PDS lives below the host. */
const PDS_BASE = "/personal-demographics/FHIR/R4";

interface PdsParts {
  readonly stage: () => Stage;
  readonly tokens: TokenService;
  /** Requests a second; null for no limit. */
  readonly perSecond: number | null;
}

/** Adds PDS's routes; everything they refuse is an OperationOutcome in Spine codes. */
export function addPdsRoutes(app: FastifyInstance, { stage, tokens, perSecond }: PdsParts): void {
  const take = perSecond === null ? null : makeBucket(perSecond);

  app.addHook("onRequest", async (request) => {
    const wait = take?.() ?? null;
    if (wait !== null) throw tooMany(perSecond ?? 0, wait);
    checkRequestId(request);
    const problem = checkBearer(request, tokens);
    if (problem) throw new SpineOutcome("ACCESS_DENIED", { diagnostics: problem });
  });

  app.get(`${PDS_BASE}/Patient`, async (request) => {
    const query = readPdsQuery(new URL(request.url, "http://localhost").searchParams);
    const found = searchPds(stage().world, query);
    if (found.length > 1) throw new SpineOutcome("TOO_MANY_MATCHES");
    return searchset(
      found.map(({ held, nhsNumber, score }) => ({
        fullUrl: addressOf(request, `Patient/${nhsNumber}`),
        search: { score },
        resource: pdsMatch(held, nhsNumber),
      })),
    );
  });

  app.get<{ Params: { id: string } }>(`${PDS_BASE}/Patient/:id`, async ({ params }, reply) => {
    const { held, nhsNumber } = getRecord(stage().world, params.id);
    const { versionId } = held;
    reply.header("etag", `W/"${versionId}"`);
    return pdsPatient(held, nhsNumber);
  });

  app.get<{ Params: { id: string } }>(`${PDS_BASE}/Patient/:id/RelatedPerson`, async (request) => {
    const { world } = stage();
    const { held, nhsNumber } = getRecord(world, request.params.id);
    return searchset(
      pdsRelatedPersons(world, held).map((resource) => ({
        fullUrl: addressOf(request, `Patient/${nhsNumber}/RelatedPerson/${resource.id}`),
        resource,
      })),
    );
  });
}

/** The record with this number; a superseded number leads to the record that took its place. */
function getRecord({ byNumber }: World, asked: string): { held: Held; nhsNumber: string } {
  if (!isNhsNumber(asked))
    throw new SpineOutcome("INVALID_RESOURCE_ID", { diagnostics: `Invalid value - '${asked}' in field 'id'` });
  const held = byNumber.get(asked);
  const nhsNumber = held?.record.nhsNumber;
  if (!held || !nhsNumber) throw new SpineOutcome("RESOURCE_NOT_FOUND");
  if (held.record.invalidated) throw new SpineOutcome("INVALIDATED_RESOURCE");
  return { held, nhsNumber };
}

function checkRequestId(request: FastifyRequest): void {
  const id = header(request, "x-request-id");
  if (id === null)
    throw new SpineOutcome("PRECONDITION_FAILED", {
      diagnostics: "Invalid request with error - X-Request-ID header must be supplied to access this resource",
    });
  if (!UUID.test(id))
    throw new SpineOutcome("INVALID_VALUE", { diagnostics: `Invalid value - '${id}' in header 'X-Request-ID'` });
}

const tooMany = (limit: number, seconds: number): SpineOutcome =>
  new SpineOutcome("TOO_MANY_REQUESTS", {
    diagnostics: `This application has exceeded its quota of ${limit} requests every 1 second`,
    headers: { "retry-after": String(seconds) },
  });

const addressOf = (request: FastifyRequest, path: string): string =>
  `${request.protocol}://${request.host}${PDS_BASE}/${path}`;
