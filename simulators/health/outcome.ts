// OperationOutcome bodies: PDS answers in Spine codes, the care record in plain FHIR issue types.

import { SYNTHETIC_TAG } from "./resource.ts";

const SPINE = "https://fhir.nhs.uk/R4/CodeSystem/Spine-ErrorOrWarningCode";

interface SpineIssue {
  readonly status: number;
  readonly issue: string;
  readonly severity: "error" | "information";
  readonly display: string;
}

const SPINE_ISSUES = {
  INVALID_RESOURCE_ID: { status: 400, issue: "value", severity: "error", display: "Resource Id is invalid" },
  INVALID_SEARCH_DATA: { status: 400, issue: "value", severity: "error", display: "Search data is invalid" },
  UNSUPPORTED_SERVICE: { status: 400, issue: "processing", severity: "error", display: "Unsupported Service" },
  MISSING_VALUE: { status: 400, issue: "required", severity: "error", display: "Required value is missing" },
  INVALID_VALUE: { status: 400, issue: "value", severity: "error", display: "Provided value is invalid" },
  ADDITIONAL_PROPERTIES: {
    status: 400,
    issue: "invariant",
    severity: "error",
    display: "Additional properties should not be included",
  },
  ACCESS_DENIED: { status: 401, issue: "forbidden", severity: "error", display: "Access Denied - Unauthorised" },
  RESOURCE_NOT_FOUND: { status: 404, issue: "not-found", severity: "information", display: "Resource not found" },
  INVALIDATED_RESOURCE: {
    status: 404,
    issue: "processing",
    severity: "error",
    display: "Resource that has been marked as invalid was requested - invalid resources cannot be retrieved",
  },
  UNABLE_TO_CALL_SERVICE: { status: 408, issue: "processing", severity: "error", display: "Unable to call service" },
  PRECONDITION_FAILED: {
    status: 412,
    issue: "structure",
    severity: "error",
    display: "Required condition was not fulfilled",
  },
  TOO_MANY_REQUESTS: { status: 429, issue: "value", severity: "error", display: "Too many requests" },
  TOO_MANY_MATCHES: { status: 200, issue: "multiple-matches", severity: "information", display: "Too Many Matches" },
} as const satisfies Record<string, SpineIssue>;

/** The codes PDS explains its answers with. */
type SpineCode = keyof typeof SPINE_ISSUES;

interface SpineDetail {
  readonly diagnostics?: string;
  /** Where the status is not the code's usual one: 403 for `_max-results` above what the client may ask. */
  readonly status?: number;
  readonly headers?: Record<string, string>;
}

/** A PDS answer that is no record: thrown by the routes, sent by their error handler. */
export class SpineOutcome extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(
    readonly code: SpineCode,
    readonly detail: SpineDetail = {},
  ) {
    super(code);
    this.status = detail.status ?? SPINE_ISSUES[code].status;
    this.headers = detail.headers ?? {};
  }

  get body(): object {
    const { issue, severity, display } = SPINE_ISSUES[this.code];
    const { diagnostics } = this.detail;
    return outcome({
      severity,
      code: issue,
      details: { coding: [{ system: SPINE, version: "1", code: this.code, display }] },
      ...(diagnostics && { diagnostics }),
    });
  }
}

/** A care-record answer that is no resource. */
export class FhirOutcome extends Error {
  readonly headers: Record<string, string> = {};

  constructor(
    readonly status: number,
    readonly issue: string,
    diagnostics: string,
  ) {
    super(diagnostics);
  }

  get body(): object {
    return outcome({ severity: "error", code: this.issue, diagnostics: this.message });
  }
}

function outcome(issue: object): object {
  return { resourceType: "OperationOutcome", meta: { tag: [SYNTHETIC_TAG] }, issue: [issue] };
}

const BY_STATUS: Record<number, SpineCode> = {
  401: "ACCESS_DENIED",
  403: "ACCESS_DENIED",
  404: "RESOURCE_NOT_FOUND",
  408: "UNABLE_TO_CALL_SERVICE",
  412: "PRECONDITION_FAILED",
  429: "TOO_MANY_REQUESTS",
};

/** The body that goes with a simulated failure of this status. */
export const outcomeOfStatus = (status: number): object =>
  new SpineOutcome(BY_STATUS[status] ?? "UNABLE_TO_CALL_SERVICE").body;
