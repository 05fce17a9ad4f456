// The second question of the port: who, in a force's notices, may be somebody that is looked for.

import { AgencyFault, asAgencyFault } from "../agency-fault.ts";
import type { FoundRecord, PersonSearch } from "../agency-system.ts";
import { forgottenAmong } from "./forget.ts";
import { findRecord } from "./found.ts";
import { MOST_FOUND } from "./incident-inbox.ts";
import type { Incident, IncidentPerson } from "./incident.ts";
import { demographicsOf, type Genders } from "./notice-statements.ts";
import { gatherNotices, type Notice, type NoticeSources } from "./notices.ts";
import { recordIdOf } from "./record-ids.ts";
import { searchKeyOf, searchKeysFor } from "./search-keys.ts";
import { fromInbox, INBOX } from "./stored-notices.ts";
import type { TimedCall } from "./time-limit.ts";

type Matches = (person: IncidentPerson, incident: Incident) => boolean;

interface Finder extends NoticeSources {
  readonly system: string;
  readonly genders: Genders;
}

/** Everybody whose name sounds alike and whose date of birth or guessed age agrees, but those who were let go of. Half an answer is thrown, not given. */
export async function findPeople(finder: Finder, search: PersonSearch, call: TimedCall) {
  const { inbox, forceIdentifier, readSide, system } = finder;
  const { surname, bornOn } = search;
  if (!surname || !bornOn)
    throw new AgencyFault(system, "BAD_REQUEST", { doing: "searching needs a surname and a date of birth" });
  const keys = searchKeysFor({ surname, bornOn });
  const inboxSearch = fromInbox("searching notices", () => inbox.search(forceIdentifier, keys));
  const [received, live] = await Promise.all([
    call.within(INBOX, inboxSearch),
    readSide ? call.within(readSide.system, readSide.search({ surname, bornOn }, call)) : [],
  ]);
  if (received.length >= MOST_FOUND)
    throw new AgencyFault(INBOX, "AMBIGUOUS", { doing: "searching notices: too many fit" });
  const submissionIds = new Set([...received, ...live.map(({ submissionId }) => submissionId)]);
  // Read again by id, because an amendment may spell the name otherwise and still decide how the notice is handled.
  const { known, fault, spoilt } = await gatherNotices(finder, [...submissionIds], call);
  const missing = fault ?? [...spoilt.values()][0];
  if (missing) throw missing;
  const matches: Matches = (person, { happenedAt }) => keys.includes(searchKeyOf(person, happenedAt) ?? "");
  try {
    const found = recordsIn([...known.values()], finder.genders, matches);
    const recordIds = found.map(({ recordId }) => recordId);
    const forgotten = await call.within(INBOX, forgottenAmong(finder, recordIds));
    return found.filter(({ recordId }) => !forgotten.has(recordId));
  } catch (cause) {
    throw asAgencyFault(system, cause);
  }
}

/** People of these notices as records, each marked by how the last word on its notice is to be handled. */
export function recordsIn(
  notices: readonly Notice[],
  genders: Genders,
  matches: Matches = () => true,
): readonly FoundRecord[] {
  const known = new Map(notices.map((notice) => [notice.incident.submissionId, notice]));
  return [...known.values()].flatMap((notice) =>
    notice.incident.people
      .filter((person) => matches(person, notice.incident))
      .map((person) => {
        const recordId = recordIdOf(notice.incident, person);
        const restricted = findRecord(recordId, { known })?.restricted ?? true;
        return { recordId, restricted, demographics: demographicsOf({ notice, person }, genders) };
      }),
  );
}
