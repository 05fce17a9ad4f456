// Forces hold a person once for each notice: a record is a person within a submission.

import type { Incident, IncidentPerson } from "./incident.ts";

export const recordIdOf = ({ submissionId }: Incident, { id }: IncidentPerson): string => `${submissionId}.${id}`;

/** The two halves; null for text that cannot be one of our records. Person ids hold no full stop, submissions may. */
export function splitRecordId(recordId: string): { submissionId: string; personId: string } | null {
  const at = recordId.lastIndexOf(".");
  return at > 0 ? { submissionId: recordId.slice(0, at), personId: recordId.slice(at + 1) } : null;
}
