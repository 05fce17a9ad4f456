// A police force behind the port. It pushes public protection notices to the hub's inbox; where it can be asked as well, what
// it says now and what it sent before are one answer.

import type { Agency } from "../../domain/agency.ts";
import { AgencyFault } from "../agency-fault.ts";
import type { AgencySystem, Call, Question } from "../agency-system.ts";
import { LANES } from "../lane.ts";
import { answerFor } from "./answers.ts";
import { readChanges } from "./changes.ts";
import { findPeople } from "./find.ts";
import { forgetRecords } from "./forget.ts";
import type { IncidentInbox } from "./incident-inbox.ts";
import type { Ring } from "./notice-contacts.ts";
import { GENDER_CODES, type Genders } from "./notice-statements.ts";
import { gatherNotices, noNotices, type NoticeSources } from "./notices.ts";
import { makeReadSide, type ReadSideOptions } from "./read-side.ts";
import { splitRecordId } from "./record-ids.ts";
import { fromInbox, INBOX } from "./stored-notices.ts";
import { timed } from "./time-limit.ts";

export interface PoliceOptions {
  readonly agency: Agency;
  /** The force's number in every document it sends; its notices alone are read. */
  readonly forceIdentifier: number;
  readonly inbox: IncidentInbox;
  /** Null where the force only sends. */
  readonly readSide: ReadSideOptions | null;
  readonly ring: Ring;
  /** More of the constrained gender codes than are publicly known. */
  readonly genderCodes?: Genders;
}

/** What a whole question may take beyond the limit of one request, in milliseconds. */
const BEYOND_LANE_MS = 500;
/** The longest that one page of changes may take: nobody sits and waits for it. */
const CHANGES_MS = 30_000;

/** The force's system. Nothing it knows lasts longer than a notice, so neither does a record id. */
export function makePolice(options: PoliceOptions): AgencySystem {
  const { agency, inbox, forceIdentifier, ring } = options;
  const readSide = options.readSide && makeReadSide({ ...options.readSide, forceIdentifier });
  const sources: NoticeSources = { inbox, forceIdentifier, readSide };
  const system = readSide?.system ?? INBOX;
  const genders = { ...GENDER_CODES, ...options.genderCodes };
  const questionMs = (options.readSide?.lane.settings ?? LANES.police).limitMs + BEYOND_LANE_MS;

  const gather = async (recordIds: readonly string[], call: Call) => {
    if (call.signal.aborted) return noNotices(new AgencyFault(system, "CANCELLED", { doing: "reading notices" }));
    const submissionIds = recordIds.flatMap((recordId) => splitRecordId(recordId)?.submissionId ?? []);
    return gatherNotices(sources, [...new Set(submissionIds)], timed(call, questionMs));
  };

  return {
    agency,
    async ask({ recordIds, parts }: Question, call) {
      const asked = [...new Set(recordIds)];
      if (asked.length === 0) return [];
      const notices = await gather(asked, call);
      return asked.map((recordId) => answerFor(recordId, parts, { notices, teller: { agency, ring, genders } }));
    },
    find: (search, call) => findPeople({ ...sources, system, genders }, search, timed(call, questionMs)),
    forget: (recordIds) => forgetRecords(sources, recordIds),
    changes: (cursor, call) => readChanges({ ...sources, system, genders }, cursor, timed(call, CHANGES_MS)),
    async check(call) {
      await (readSide ? readSide.check(call) : fromInbox("checking", () => inbox.lastReceivedAt(forceIdentifier)));
    },
    close: async () => readSide?.close(),
  };
}
