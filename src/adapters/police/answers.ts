// One record's answer: what may be said, what is withheld and whom to ring, and what is missing because somebody did not answer.

import { NOT_ASKED, told, whyNot, type Part, type PartAnswer } from "../../domain/absence.ts";
import type { Agency } from "../../domain/agency.ts";
import { asAgencyFault, type AgencyFault } from "../agency-fault.ts";
import type { Answer } from "../agency-system.ts";
import { findRecord, type Found } from "./found.ts";
import { involvementsOf, ringIn, ringOf, type Ring } from "./notice-contacts.ts";
import { demographicsOf, droppedFrom, eventOf, relationshipsOf, statesOf, type Genders } from "./notice-statements.ts";
import type { Notices } from "./notices.ts";
import { splitRecordId } from "./record-ids.ts";
import { INBOX } from "./stored-notices.ts";

interface Teller {
  readonly agency: Agency;
  readonly ring: Ring;
  readonly genders: Genders;
}

interface Telling {
  readonly notices: Notices;
  readonly teller: Teller;
}

/** Every part's items under one heading. */
type Wrap = <Item>(items: readonly Item[]) => PartAnswer<Item>;

/** Answers for one record out of what was gathered. A defect over its notice silences this record and no other. */
export function answerFor(recordId: string, parts: readonly Part[], from: Telling): Answer {
  const found = findRecord(recordId, from.notices);
  try {
    const said = found && !found.restricted ? sayAll(found, from.teller) : sayOnlyWhomToRing(found, from.teller);
    return compose(recordId, { found, parts, said, wrap: wrapper(recordId, found, from), ...from });
  } catch (cause) {
    const fault = asAgencyFault(found?.named.notice.system ?? INBOX, cause);
    const said = sayOnlyWhomToRing(null, from.teller);
    return compose(recordId, { found, parts, said, wrap: silence(fault, from.teller, null), ...from });
  }
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

interface Composed extends Telling {
  readonly found: Found | null;
  readonly parts: readonly Part[];
  readonly said: ReturnType<typeof sayAll>;
  readonly wrap: Wrap;
}

function compose(recordId: string, { found, parts, said, wrap, notices }: Composed): Answer {
  const part = <Item>(name: Part, items: readonly Item[]): PartAnswer<Item> =>
    parts.includes(name) ? wrap(items) : NOT_ASKED;
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

function wrapper(recordId: string, found: Found | null, { notices, teller }: Telling): Wrap {
  if (found?.restricted) {
    const rule = `The force does not allow this to be shared without its permission. ${ringIn(teller.ring)}`;
    return (items) => ({ status: "WITHHELD", rule, items });
  }
  const named = splitRecordId(recordId);
  // Text that cannot be one of our records needs no force to say so.
  if (!named) return told;
  const fault = notices.spoilt.get(named.submissionId) ?? notices.fault;
  return fault ? silence(fault, teller, found ? notices.asOf : null) : told;
}

const ENGLISH = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", dateStyle: "long", timeStyle: "short" });

/** Says who did not answer and why, and until when what is shown in spite of it was received. */
function silence({ system, code }: AgencyFault, { agency }: Teller, asOf: Date | null): Wrap {
  const why = whyNot(system === INBOX ? `The hub's inbox for ${agency.name}` : agency.name, code);
  const shown = asOf ? `; what it sent before is shown, its last notice came on ${ENGLISH.format(asOf)}` : "";
  return (items) => ({ status: "DID_NOT_ANSWER", fault: code, reason: `${why}${shown}`, items });
}
