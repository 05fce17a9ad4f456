import type { FaultCode } from "../domain/absence.ts";

interface FaultDetail extends ErrorOptions {
  /** What was being done, in words without personal data: `reading encounters`, `status 503`. */
  readonly doing: string;
  /** How long the system asked us to wait, where it said so. */
  readonly retryAfterMs?: number | undefined;
}

/** A system did not give what was asked. The message names the system and what was being done, never the person. */
export class AgencyFault extends Error {
  override readonly name = "AgencyFault";
  readonly retryAfterMs: number | null;

  constructor(
    readonly system: string,
    readonly code: FaultCode,
    { doing, retryAfterMs, ...options }: FaultDetail,
  ) {
    super(`${system}: ${doing} (${code})`, options);
    this.retryAfterMs = retryAfterMs ?? null;
  }
}

/** Any error as an `AgencyFault` of this system; one it does not know is `MALFORMED`: it answered, but not as agreed. */
export function asAgencyFault(system: string, error: unknown): AgencyFault {
  return error instanceof AgencyFault
    ? error
    : new AgencyFault(system, "MALFORMED", { doing: "reading the answer", cause: error });
}
