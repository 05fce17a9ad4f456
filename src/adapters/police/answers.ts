// One record's answer: what may be said, what is withheld and whom to ring, and what is missing because somebody did not answer.

import { told, type FaultCode, type Part, type PartAnswer } from "../../domain/absence.ts";
import type { Agency } from "../../domain/agency.ts";
import type { Sex } from "../../domain/statements.ts";
import type { AgencyFault } from "../agency-fault.ts";
import type { Answer } from "../agency-system.ts";
import { mayBeShared, type Incident } from "./incident.ts";
import { currentOf, INBOX, sameIn, type Notices } from "./notices.ts";
import {
  demographicsOf,
  droppedFrom,
  eventOf,
  involvementsOf,
  relationshipsOf,
  ringOf,
  statesOf,
  type Named,
  type Ring,
} from "./notice-statements.ts";
import { splitRecordId } from "./record-ids.ts";

export interface Teller {
  readonly agency: Agency;
  readonly ring: Ring;
  readonly genders: Readonly<Record<string, Sex>>;
}

/** A record, the last word on its notice, and the person there: `current` is null where it no longer names them. */
interface Found {
  readonly named: Named;
  readonly last: Incident;
  readonly current: Named | null;
  readonly restricted: boolean;
}

/** The person of a record, and the notice that now stands for theirs. */
export function findRecord(recordId: string, { known }: Notices): Found | null {
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

type Wrap = <Item>(items: readonly Item[]) => PartAnswer<Item>;

/** Answers for one record out of what was gathered. */
export function answerFor(
  recordId: string,
  parts: readonly Part[],
  from: { notices: Notices; teller: Teller },
): Answer {
  const { notices, teller } = from;
  const found = findRecord(recordId, notices);
  const said = found && !found.restricted ? sayAll(found, teller) : sayOnlyWhomToRing(found, teller);
  const wrap = wrapper(recordId, found, from);
  const part = <Item>(name: Part, items: readonly Item[]): PartAnswer<Item> =>
    parts.includes(name) ? wrap(items) : { status: "NOT_ASKED", reason: "It was not asked for" };
  return {
    recordId,
    restricted: found?.restricted ?? false,
    asOf: notices.asOf,
    demographics: part("DEMOGRAPHICS", said.demographics),
    relationships: part("RELATIONSHIPS", said.relationships),
    involvements: part("INVOLVEMENTS", said.involvements),
    states: part("STATES", said.states),
    events: part("EVENTS", said.events),
  };
}

const sayAll = ({ named, last, current }: Found, { agency, ring, genders }: Teller) => ({
  demographics: [demographicsOf(named, genders)],
  relationships: current ? relationshipsOf(current) : [],
  involvements: involvementsOf(current ?? named, { organisation: agency.name, ring }),
  states: current ? statesOf(current) : [],
  events: [current ? eventOf(current) : droppedFrom(named, last)],
});

const sayOnlyWhomToRing = (found: Found | null, { agency, ring }: Teller) => ({
  demographics: [],
  relationships: [],
  involvements: found ? [ringOf(found.named, { organisation: agency.name, ring })] : [],
  states: [],
  events: [],
});

function wrapper(
  recordId: string,
  found: Found | null,
  { notices, teller }: { notices: Notices; teller: Teller },
): Wrap {
  const { fault } = notices;
  if (found?.restricted) {
    const rule = `The force does not allow this to be shared without its permission. ${ringIn(teller.ring)}`;
    return (items) => ({ status: "WITHHELD", rule, items });
  }
  // Text that cannot be one of our records needs no force to say so.
  if (!fault || splitRecordId(recordId) === null) return told;
  const reason = whyMissing(fault, { ...teller, asOf: found ? notices.asOf : null });
  return (items) => ({ status: "DID_NOT_ANSWER", fault: fault.code, reason, items });
}

const ringIn = ({ name, phone, email }: Ring): string => `Ring ${[name, phone ?? email].filter(Boolean).join(", ")}.`;

const WHY: Partial<Record<FaultCode, string>> = {
  AUTH: "did not let the hub in",
  FORBIDDEN: "did not let the hub in",
  THROTTLED: "was too busy to answer",
  OVERLOADED: "was too busy to answer",
  TIMEOUT: "did not answer in time",
  UNAVAILABLE: "could not be reached",
  CIRCUIT_OPEN: "has failed repeatedly and is being left alone for a while",
  MALFORMED: "answered in a way the hub cannot read",
  CANCELLED: "was not waited for",
};

const ENGLISH = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", dateStyle: "long", timeStyle: "short" });

/** Why a part is incomplete, and until when what is shown in spite of it was received. */
function whyMissing({ system, code }: AgencyFault, { agency, asOf }: Teller & { asOf: Date | null }): string {
  const who = system === INBOX ? `The hub's inbox for ${agency.name}` : agency.name;
  const shown = asOf ? ` What it sent before is shown; its last notice came on ${ENGLISH.format(asOf)}.` : "";
  return `${who} ${WHY[code] ?? "could not answer"}.${shown}`;
}
