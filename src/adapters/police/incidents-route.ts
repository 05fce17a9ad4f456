// `POST /incidents` of the Standard API, without a web server: what a force sent goes in, what it is answered comes out.
// Senders retry on 5xx and 429 and give up on 4xx, so 4xx is only for what will never do, and 201 only for what is safe.

import { canonicalJson, sha256 } from "./canonical.ts";
import { findClient, type ForceClient } from "./force-clients.ts";
import { incidentError, incidentProblems, incidentReceipt, type IncidentAnswer } from "./incident-answers.ts";
import type { IncidentInbox } from "./incident-inbox.ts";
import type { IncidentLimit } from "./incident-limit.ts";
import { isAcceptable, isReadable, JSON_API } from "./media-types.ts";
import { searchKeysOf } from "./search-keys.ts";
import { readIncident } from "./standard-data-model.ts";

/** A request whose body nobody has looked at. */
interface UnreadIncident {
  /** With lower-case names, as Node gives them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly credentials: readonly ForceClient[];
  /** Counts this request against its client's limit; left out, nothing is counted. */
  readonly limit?: IncidentLimit;
}

export interface IncidentRequest extends Omit<UnreadIncident, "limit"> {
  /** As it came: parsing and hashing belong here. The server limits its size (413, see `incidentError`). */
  readonly body: string | Uint8Array;
  readonly inbox: IncidentInbox;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** What can be refused by its headers alone, so that a stranger's body is never read; null where it is to be read. */
export function refuseUnread(request: UnreadIncident): IncidentAnswer | null {
  const { limit } = request;
  const sent = senderOf(request);
  const client = clientOf(request);
  if (!client) return incidentError(401, "UNAUTHENTICATED", "The client id or secret is not known");
  if (!isReadable(sent("content-type"))) return incidentError(415, "MEDIA_TYPE", `Content-Type must be ${JSON_API}`);
  if (!isAcceptable(sent("accept"))) return incidentError(406, "NOT_ACCEPTABLE", `Answers are ${JSON_API} only`);
  return limit && !limit(client.clientId)
    ? incidentError(429, "TOO_MANY", "This client sends too many notices at once")
    : null;
}

/** Answers one submission. Never throws. */
export async function answerIncident(request: IncidentRequest): Promise<IncidentAnswer> {
  const { inbox, now, newId } = request;
  const refused = refuseUnread(request);
  if (refused) return refused;
  const document = parse(request.body);
  if (document === undefined) return incidentError(400, "NOT_JSON", "The body is not JSON in UTF-8");
  const reading = readIncident(document);
  if (!reading.ok) return incidentProblems(reading.problems);
  const { incident } = reading;
  if (incident.forceIdentifier !== clientOf(request)?.forceIdentifier)
    return incidentError(403, "OTHER_FORCE", "This client may not submit for the force named in the document");

  const { submissionId, forceIdentifier, logNumber } = incident;
  const bodyHash = sha256(canonicalJson(document));
  const keys = searchKeysOf(incident);
  const notice = { id: newId(), forceIdentifier, submissionId, logNumber, bodyHash, document, keys, receivedAt: now() };
  try {
    return incidentReceipt(submissionId, await inbox.receive(notice));
  } catch (fault) {
    return { ...incidentError(503, "NOT_STORED", "The notice could not be stored; please send it again"), fault };
  }
}

const senderOf =
  ({ headers }: UnreadIncident) =>
  (name: string): string =>
    [headers[name] ?? ""].flat().join(",");

function clientOf(request: UnreadIncident): ForceClient | null {
  const sent = senderOf(request);
  return findClient(request.credentials, { clientId: sent("x-client-id"), secret: sent("x-client-secret") });
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
