// Who is spoken of, and where it stands: what every statement out of a notice carries.

import type { Provenance } from "../../domain/statements.ts";
import type { IncidentPerson } from "./incident.ts";
import type { Notice } from "./notices.ts";
import { recordIdOf } from "./record-ids.ts";

/** One person of one notice. */
export interface Named {
  readonly notice: Notice;
  readonly person: IncidentPerson;
}

/** The source of a statement about this person; `stated` is what the force wrote. */
export const sourceOf = ({ notice, person }: Named, stated: string | null): Provenance => ({
  system: notice.system,
  recordId: recordIdOf(notice.incident, person),
  recordedAt: notice.incident.submittedAt,
  statedAs: stated,
});
