// The port. An agency's system, whatever it speaks, answers these four questions in the hub's own words.
// A new adapter implements it and passes `test/adapters/contract.ts`; `docs/adapters.md` walks through it.

import type { Part, PartAnswer } from "../domain/absence.ts";
import type { Agency } from "../domain/agency.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import type {
  Demographics,
  Involvement,
  State,
  StatedEvent,
  StatedIdentifier,
  StatedRelationship,
} from "../domain/statements.ts";

/** On whose behalf, for what purpose, and until when the hub asks. */
export interface Call {
  /** Aborted when the caller goes away. Adapters pass it to every request they make. */
  readonly signal: AbortSignal;
  /** Same for everything done for one request, so that both sides' logs can be joined. */
  readonly correlationId: string;
  /** Why, in the form agencies take it: `children-act-1989-s47`, `children-act-1989-s17`, `direct-care`. */
  readonly purpose: string;
}

/** What is asked about some records of one system. */
export interface Question {
  readonly recordIds: readonly string[];
  readonly parts: readonly Part[];
}

/** What one system says about one record. A part that was not asked is `NOT_ASKED`. */
export interface Answer {
  readonly recordId: string;
  /** True where the agency marks the record as restricted; the hub then treats the person as restricted everywhere. */
  readonly restricted: boolean;
  /** True where the system could not find out whether the record is restricted: nothing that locates the child is then shown. */
  readonly restrictionUnknown?: boolean;
  /** When the agency's own data stood (a nightly replica: last refresh); null where it answers live. */
  readonly asOf: Date | null;
  readonly demographics: PartAnswer<Demographics>;
  readonly relationships: PartAnswer<StatedRelationship>;
  readonly involvements: PartAnswer<Involvement>;
  readonly states: PartAnswer<State>;
  readonly events: PartAnswer<StatedEvent>;
}

/** Who is looked for. At least an identifier, or a surname with a date of birth. */
export interface PersonSearch {
  readonly identifier: StatedIdentifier | null;
  readonly forename: string | null;
  readonly surname: string | null;
  readonly bornOn: PlainDate | null;
  readonly postcode: string | null;
}

/** One record a system holds, with what identifies it. Nothing about its content. */
export interface FoundRecord {
  readonly recordId: string;
  readonly restricted: boolean;
  readonly demographics: Demographics;
  /** The register within which this record stands for one person, and no other record does: two of one register are two people
   *  until somebody says otherwise. Left out where a system may hold somebody many times (a police notice). */
  readonly register?: string;
}

/** A page of records that are new, changed or gone since a cursor. */
export interface ChangePage {
  readonly changed: readonly FoundRecord[];
  /** Records the system no longer holds. */
  readonly gone: readonly string[];
  /** Where the next call goes on; to be stored once this page is. */
  readonly cursor: string;
  readonly more: boolean;
}

export interface AgencySystem {
  readonly agency: Agency;
  /** Answers about each record asked for, exactly once, in as few requests as the protocol allows. Never throws for a
   *  fault of the system: the parts it touches say `DID_NOT_ANSWER`. Unknown records answer with every part `NOTHING_RECORDED`. */
  ask(question: Question, call: Call): Promise<readonly Answer[]>;
  /** Records that may be the person; an empty list is "nobody". Throws `AgencyFault` (`AMBIGUOUS` where the system says
   *  "too many"; `BAD_REQUEST` where it needs more to search by). */
  find(search: PersonSearch, call: Call): Promise<readonly FoundRecord[]>;
  /** Records changed since the cursor, oldest first; null starts from the beginning. Throws `AgencyFault`. */
  changes(cursor: string | null, call: Call): Promise<ChangePage>;
  /** Only where the adapter itself keeps something of an agency's. The records are sealed: everything by which the adapter finds them goes,
   *  unless somebody else is found by it too, and `find` then no longer gives these records of what is kept; what the agency still says
   *  live, the hub leaves out. Idempotent: called again until it resolves, also for records it never had. Throws `AgencyFault`. */
  forget?(recordIds: readonly string[]): Promise<void>;
  /** Resolves if the system answers at all; throws `AgencyFault`. Cheap: `/ready` calls it. */
  check(call: Call): Promise<void>;
  /** Lets go of sockets and pools. */
  close(): Promise<void>;
}
