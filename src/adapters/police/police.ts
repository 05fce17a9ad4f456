// A police force behind the port. It pushes public protection notices to the hub's inbox; where it can be asked as well, what
// it says now and what it sent before are one answer.

import type { Agency } from "../../domain/agency.ts";
import type { Sex } from "../../domain/statements.ts";
import { AgencyFault } from "../agency-fault.ts";
import type { AgencySystem, Call, FoundRecord, PersonSearch, Question } from "../agency-system.ts";
import { answerFor, findRecord } from "./answers.ts";
import { readChanges } from "./changes.ts";
import type { Incident, IncidentPerson } from "./incident.ts";
import type { IncidentInbox } from "./incident-inbox.ts";
import { fromInbox, gatherNotices, INBOX, type Notice, type NoticeSources, type Notices } from "./notices.ts";
import { demographicsOf, GENDER_CODES, type Ring } from "./notice-statements.ts";
import { makeReadSide, type ReadSideOptions } from "./read-side.ts";
import { recordIdOf, splitRecordId } from "./record-ids.ts";
import { searchKeyOf, searchKeysFor } from "./search-keys.ts";

export interface PoliceOptions {
  readonly agency: Agency;
  /** The force's number in every document it sends; its notices alone are read. */
  readonly forceIdentifier: number;
  readonly inbox: IncidentInbox;
  /** Null where the force only sends. */
  readonly readSide: ReadSideOptions | null;
  readonly ring: Ring;
  /** More of the constrained gender codes than are publicly known. */
  readonly genderCodes?: Readonly<Record<string, Sex>>;
}

type Matches = (person: IncidentPerson, incident: Incident) => boolean;

/** The force's system. Nothing it knows lasts longer than a notice, so neither does a record id. */
export function makePolice(options: PoliceOptions): AgencySystem {
  const { agency, inbox, forceIdentifier, ring } = options;
  const readSide = options.readSide && makeReadSide({ ...options.readSide, forceIdentifier });
  const sources: NoticeSources = { inbox, forceIdentifier, readSide };
  const system = readSide?.system ?? INBOX;
  const teller = { agency, ring, genders: { ...GENDER_CODES, ...options.genderCodes } };

  async function ask({ recordIds, parts }: Question, call: Call) {
    const asked = [...new Set(recordIds)];
    if (asked.length === 0) return [];
    const notices = await gather(asked, call);
    return asked.map((recordId) => answerFor(recordId, parts, { notices, teller }));
  }

  async function gather(recordIds: readonly string[], call: Call): Promise<Notices> {
    const cancelled = new AgencyFault(system, "CANCELLED", { doing: "reading notices" });
    if (call.signal.aborted) return { known: new Map(), fault: cancelled, asOf: null };
    const submissionIds = recordIds.flatMap((recordId) => splitRecordId(recordId)?.submissionId ?? []);
    return gatherNotices(sources, [...new Set(submissionIds)], call);
  }

  async function find({ surname, bornOn }: PersonSearch, call: Call): Promise<readonly FoundRecord[]> {
    if (!surname || !bornOn)
      throw new AgencyFault(system, "BAD_REQUEST", { doing: "searching needs a surname and a date of birth" });
    const keys = searchKeysFor({ surname, bornOn });
    const [received, live] = await Promise.all([
      fromInbox("searching notices", () => inbox.search(forceIdentifier, keys)),
      readSide ? readSide.search({ surname, bornOn }, call) : [],
    ]);
    const submissionIds = new Set([...received, ...live.map(({ submissionId }) => submissionId)]);
    // Read again by id, because an amendment may spell the name otherwise and still decide how the notice is handled.
    const { known, fault } = await gatherNotices(sources, [...submissionIds], call);
    if (fault) throw fault;
    return recordsIn([...known.values()], (person, { happenedAt }) =>
      keys.includes(searchKeyOf(person, happenedAt) ?? ""),
    );
  }

  /** People of these notices as records, each marked by how the last word on its notice is to be handled. */
  function recordsIn(notices: readonly Notice[], matches: Matches = () => true): readonly FoundRecord[] {
    const known = new Map(notices.map((notice) => [notice.incident.submissionId, notice]));
    return [...known.values()].flatMap((notice) =>
      notice.incident.people
        .filter((person) => matches(person, notice.incident))
        .map((person) => {
          const recordId = recordIdOf(notice.incident, person);
          const restricted = findRecord(recordId, { known, fault: null, asOf: null })?.restricted ?? true;
          return { recordId, restricted, demographics: demographicsOf({ notice, person }, teller.genders) };
        }),
    );
  }

  return {
    agency,
    ask,
    find,
    changes: (cursor, call) => readChanges({ ...sources, system, recordsIn }, cursor, call),
    async check(call) {
      await (readSide ? readSide.check(call) : fromInbox("checking", () => inbox.lastReceivedAt(forceIdentifier)));
    },
    close: async () => {},
  };
}
