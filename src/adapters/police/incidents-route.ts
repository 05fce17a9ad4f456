// `POST /incidents` of the Standard API, without a web server: what a force sent goes in, what it is answered comes out.
// Senders retry on 5xx and 429 and give up on 4xx, so 4xx is only for what will never do, and 201 only for what is safe.

import { canonicalJson, sha256 } from "./canonical.ts";
import { findClient, type ForceClient } from "./force-clients.ts";
import type { IncidentInbox, Receipt } from "./incident-inbox.ts";
import { isAcceptable, isReadable, JSON_API } from "./media-types.ts";
import { searchKeysOf } from "./search-keys.ts";
import { readIncident, type Problem } from "./standard-data-model.ts";

export interface IncidentRequest {
  /** With lower-case names, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** As it came: parsing and hashing belong here. The server limits its size (413) and how many come (429). */
  readonly body: string | Uint8Array;
  readonly inbox: IncidentInbox;
  readonly credentials: readonly ForceClient[];
  readonly now: () => Date;
  readonly newId: () => string;
}

export interface IncidentAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** What made it a 503, for the log; null otherwise. */
  readonly fault: unknown;
}

const MOST_ERRORS = 100;
const RETRY_AFTER_SECONDS = "5";

/** Answers one submission. Nothing it says repeats anything personal. Never throws. */
export async function answerIncident(request: IncidentRequest): Promise<IncidentAnswer> {
  const { inbox, credentials, now, newId } = request;
  const sent = (name: string): string => [request.headers[name] ?? ""].flat().join(",");
  const client = findClient(credentials, { clientId: sent("x-client-id"), secret: sent("x-client-secret") });
  if (!client)
    return refuse(401, ["UNAUTHENTICATED", "The client id or secret is not known"], {
      "www-authenticate": 'ClientSecret realm="incidents"',
    });
  if (!isReadable(sent("content-type"))) return refuse(415, ["MEDIA_TYPE", `Content-Type must be ${JSON_API}`]);
  if (!isAcceptable(sent("accept"))) return refuse(406, ["NOT_ACCEPTABLE", `Answers are ${JSON_API} only`]);

  const document = parse(request.body);
  if (document === undefined) return refuse(400, ["NOT_JSON", "The body is not JSON in UTF-8"]);
  const reading = readIncident(document);
  if (!reading.ok) return invalid(reading.problems);
  const { incident } = reading;
  if (incident.forceIdentifier !== client.forceIdentifier)
    return refuse(403, ["OTHER_FORCE", "This client may not submit for the force named in the document"]);

  const { submissionId, forceIdentifier, logNumber } = incident;
  const bodyHash = sha256(canonicalJson(document));
  const keys = searchKeysOf(incident);
  const notice = { id: newId(), forceIdentifier, submissionId, logNumber, bodyHash, document, keys, receivedAt: now() };
  try {
    return answerReceipt(submissionId, await inbox.receive(notice));
  } catch (fault) {
    const answer = refuse(503, ["NOT_STORED", "The notice could not be stored; please send it again"], {
      "retry-after": RETRY_AFTER_SECONDS,
    });
    return { ...answer, fault };
  }
}

function answerReceipt(submissionId: string, { outcome, id, receivedAt }: Receipt): IncidentAnswer {
  if (outcome === "DIFFERENT")
    return refuse(409, [
      "DIFFERENT_BODY",
      "This submission was received before with another body; amend with a new one",
    ]);
  return {
    status: outcome === "STORED" ? 201 : 200,
    headers: { "content-type": JSON_API, location: `/incidents/${id}` },
    body: { data: { type: "incident", id, meta: { submissionId, receivedAt: receivedAt.toISOString() } } },
    fault: null,
  };
}

/** The parsed body; undefined where it is not JSON, or not UTF-8. JSON itself has no undefined. */
function parse(body: string | Uint8Array): unknown {
  try {
    const text = typeof body === "string" ? body : new TextDecoder("utf-8", { fatal: true }).decode(body);
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const error = (status: number, [code, title]: readonly [string, string], rest: object = {}) => ({
  status: String(status),
  code,
  title,
  ...rest,
});

const answerErrors = (status: number, errors: readonly object[]): IncidentAnswer => ({
  status,
  headers: { "content-type": JSON_API },
  body: { errors: errors.map((each, index) => ({ id: `e-${index + 1}`, ...each })) },
  fault: null,
});

function refuse(status: number, said: readonly [string, string], headers: Record<string, string> = {}): IncidentAnswer {
  const answer = answerErrors(status, [error(status, said)]);
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

const invalid = (problems: readonly Problem[]): IncidentAnswer =>
  answerErrors(
    422,
    problems
      .slice(0, MOST_ERRORS)
      .map(({ pointer, detail }) =>
        error(422, ["SCHEMA", "The document is not as agreed"], { detail, source: { pointer } }),
      ),
  );
