// How OneRoster says no: one body for every 4xx and 5xx.

const MINOR: Record<number, string> = {
  401: "unauthorisedrequest",
  403: "forbidden",
  404: "unknownobject",
  422: "invaliddata",
  429: "server_busy",
};
const DESCRIPTIONS: Record<number, string> = {
  401: "The access token is missing or not valid",
  403: "The access token does not allow this",
  404: "There is no such object",
  429: "Too many requests",
};

/** The body for a status; `minor` where the status has more than one. */
export function errorBody(status: number, description = DESCRIPTIONS[status] ?? "The server failed", minor?: string) {
  const imsx_codeMinorFieldValue = minor ?? MINOR[status] ?? (status < 500 ? "invaliddata" : "internal_server_error");
  return {
    imsx_codeMajor: "failure",
    imsx_severity: "error",
    imsx_description: description,
    imsx_CodeMinor: { imsx_codeMinorField: [{ imsx_codeMinorFieldName: "TargetEndSystem", imsx_codeMinorFieldValue }] },
  };
}

/** An answer that is not 2xx. */
export class OneRosterError extends Error {
  constructor(
    readonly status: number,
    description?: string,
    readonly minor?: "invalid_filter_field" | "invalid_selection_field",
  ) {
    super(description ?? DESCRIPTIONS[status]);
  }

  get body(): object {
    return errorBody(this.status, this.message, this.minor);
  }
}
