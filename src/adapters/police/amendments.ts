// Forces mend a notice by sending another: a new submission under the old log number.

import { soundex } from "../../domain/sound.ts";
import type { Incident, IncidentPerson } from "./incident.ts";
import type { Notice } from "./notices.ts";

/** The last word on a notice: itself, or what amended it, or what amended that. */
export function currentOf(notice: Notice, known: ReadonlyMap<string, Notice>): Notice {
  const passed = new Set<string>();
  let current = notice;
  for (let next: Notice | undefined = notice; next; next = amendmentOf(current.incident, known)) {
    if (passed.has(next.incident.submissionId)) break;
    passed.add(next.incident.submissionId);
    current = next;
  }
  return current;
}

const amendmentOf = (amended: Incident, known: ReadonlyMap<string, Notice>): Notice | undefined =>
  [...known.values()]
    .filter(({ incident }) => incident.amends === amended.submissionId && incident.logNumber === amended.logNumber)
    .sort((a, b) => b.incident.submittedAt.localeCompare(a.incident.submittedAt))[0];

/** The same person in an amendment: the same id there, and a surname or date of birth that still agrees. */
export function sameIn(amendment: Incident, person: IncidentPerson): IncidentPerson | null {
  const found = amendment.people.find(({ id }) => id === person.id);
  if (!found) return null;
  const agrees =
    (found.bornOn !== null && found.bornOn === person.bornOn) ||
    (person.surname !== null && soundex(found.surname ?? "") === soundex(person.surname));
  return agrees ? found : null;
}
