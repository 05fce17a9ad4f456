// A record is a person of one notice; whether it may be shown is for the last word on that notice to say.

import { currentOf, sameIn } from "./amendments.ts";
import { mayBeShared, type Incident } from "./incident.ts";
import type { Named } from "./notice-source.ts";
import type { Notices } from "./notices.ts";
import { splitRecordId } from "./record-ids.ts";

/** A record, the last word on its notice, and the person there: `current` is null where it no longer names them. */
export interface Found {
  readonly named: Named;
  readonly last: Incident;
  readonly current: Named | null;
  readonly restricted: boolean;
}

/** The person of a record, and the notice that now stands for theirs. */
export function findRecord(recordId: string, { known }: Pick<Notices, "known">): Found | null {
  const { submissionId, personId } = splitRecordId(recordId) ?? {};
  const notice = known.get(submissionId ?? "");
  const person = notice?.incident.people.find(({ id }) => id === personId);
  if (!notice || !person) return null;
  const last = currentOf(notice, known);
  const same = last === notice ? person : sameIn(last.incident, person);
  return {
    named: { notice, person },
    last: last.incident,
    current: same && { notice: last, person: same },
    restricted: !mayBeShared(last.incident),
  };
}
