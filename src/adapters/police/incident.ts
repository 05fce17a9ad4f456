// What a force says about one incident, freed of its wire form: the words every other file of this adapter uses.

import type { PlainDate } from "../../domain/plain-date.ts";

export interface IncidentLocation {
  readonly lines: readonly string[];
  readonly town: string | null;
  readonly postcode: string | null;
  readonly uprn: string | null;
}

/** What the officers wrote about a child at the scene. Null wherever they did not say. */
interface ChildDetails {
  readonly ordinarilyResident: boolean | null;
  readonly present: boolean | null;
  /** `SAW`, `HEARD` or `NEITHER`, or a code of the force's own. */
  readonly witnessed: string | null;
  readonly injured: boolean | null;
}

/** A person as named in one notice; forces keep no identifier that outlasts it. */
export interface IncidentPerson {
  /** Within the notice: `per-1`. */
  readonly id: string;
  /** The wire's relationship names: `victim`, `witness`, `personReporting`, `suspect`, `subjectChild`. */
  readonly roles: readonly string[];
  readonly forenames: readonly string[];
  readonly surname: string | null;
  readonly bornOn: PlainDate | null;
  /** False where the force marks its own date as a guess. */
  readonly bornOnIsKnown: boolean;
  /** In years when it happened; used where no date of birth is known. */
  readonly approximateAge: number | null;
  readonly genderCode: string | null;
  readonly isChild: boolean;
  readonly home: IncidentLocation | null;
  readonly child: ChildDetails | null;
}

/** `from` plays `type` in the life of `to`, as the force wrote it down. Both are people of the notice. */
export interface IncidentRelationship {
  readonly from: string;
  readonly to: string;
  readonly type: string;
}

/** A public protection notice with the incident it is about. Codes are the force's own; instants are ISO 8601 in UTC. */
export interface Incident {
  readonly submissionId: string;
  readonly logNumber: string;
  /** The submission this one replaces; both carry the same log number. */
  readonly amends: string | null;
  readonly forceIdentifier: number;
  readonly noticeType: string;
  readonly trigger: string;
  readonly riskGrading: string;
  readonly dashRisk: string | null;
  /** The 3x5x2 intelligence report's: `P…` may be shared for a lawful purpose, `C…` not without permission. */
  readonly handlingCode: string;
  readonly happenedAt: string;
  readonly submittedAt: string;
  readonly description: string;
  readonly location: IncidentLocation | null;
  readonly people: readonly IncidentPerson[];
  readonly relationships: readonly IncidentRelationship[];
  readonly voiceOfChild: string | null;
  readonly officer: { readonly collar: string | null; readonly unit: string | null } | null;
  /** Present only where the force says that somebody is, or was, missing. */
  readonly missing: { readonly reportedAt: string; readonly foundAt: string | null } | null;
}

/** Only `P` allows sharing: a code nobody knows is kept as strictly as `C`. */
export const mayBeShared = (incident: Incident): boolean => /^P\d*$/i.test(incident.handlingCode);
