// What the inbox answers, in JSON:API. Nothing here repeats anything personal.

import type { Receipt } from "./incident-inbox.ts";
import { JSON_API } from "./media-types.ts";
import type { Problem } from "./problems.ts";

export interface IncidentAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** What made it a 503, for the log; null otherwise. */
  readonly fault: unknown;
}

const MOST_ERRORS = 100;

/** What belongs to a status besides the media type. Seconds, for whoever is to come back. */
const HEADERS: Readonly<Record<number, Readonly<Record<string, string>>>> = {
  401: { "www-authenticate": 'ClientSecret realm="incidents"' },
  429: { "retry-after": "1" },
  503: { "retry-after": "5" },
};

const refusal = (status: number, errors: readonly object[]): IncidentAnswer => ({
  status,
  headers: { "content-type": JSON_API, ...HEADERS[status] },
  body: { errors: errors.map((each, index) => ({ id: `e-${index + 1}`, status: String(status), ...each })) },
  fault: null,
});

/** A refusal for one reason, also for what the web server refuses by itself. `title` is the same for every such refusal. */
export const incidentError = (status: number, code: string, title: string): IncidentAnswer =>
  refusal(status, [{ code, title }]);

/** The refusal of a document, with a pointer to each fault. */
export const incidentProblems = (problems: readonly Problem[]): IncidentAnswer =>
  refusal(
    422,
    problems.slice(0, MOST_ERRORS).map(({ pointer, detail }) => {
      return { code: "SCHEMA", title: "The document is not as agreed", detail, source: { pointer } };
    }),
  );

/** What the inbox made of a submission. */
export function incidentReceipt(submissionId: string, { outcome, id, receivedAt }: Receipt): IncidentAnswer {
  if (outcome === "DIFFERENT") {
    const title = "This submission was received before with another body; amend with a new one";
    return incidentError(409, "DIFFERENT_BODY", title);
  }
  return {
    status: outcome === "STORED" ? 201 : 200,
    headers: { "content-type": JSON_API, location: `/incidents/${id}` },
    body: { data: { type: "incident", id, meta: { submissionId, receivedAt: receivedAt.toISOString() } } },
    fault: null,
  };
}
