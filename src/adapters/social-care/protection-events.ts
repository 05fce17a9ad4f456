// Enquiries, conferences and reviews as things that happened.

import type { StatedEvent } from "../../domain/statements.ts";
import { PARTICIPATION, words } from "./codes.ts";
import { event } from "./event.ts";
import { CONFERENCE, CP_REVIEW, SECTION_47 } from "./ssd-protection-tables.ts";
import type { RowIn } from "./table.ts";
import { flagOf, flagsOf, known } from "./values.ts";

const SECTION_47_OUTCOMES: Readonly<Record<string, string>> = {
  CP_CONFERENCE_FLAG: "initial child protection conference",
  NFA_FLAG: "no further action",
  NFA_CONTINUE_SINGLE_FLAG: "family assessment continues",
  LEGAL_ACTION_FLAG: "legal action",
  PROV_OF_SERVICES_FLAG: "services under section 17",
  PROV_OF_SB_CARE_FLAG: "short break care",
  MONITOR_FLAG: "another agency to monitor",
  OTHER_OUTCOMES_EXIST_FLAG: "other outcome",
};

export function section47Event(row: RowIn<typeof SECTION_47>): StatedEvent[] {
  const outcomes = flagsOf(row.outcome).map((flag) => SECTION_47_OUTCOMES[flag] ?? flag);
  const summary = ["Section 47 enquiry started", ...outcomes].join("; ");
  return event({ ...row, on: row.from }, { kind: "SECTION_47_ENQUIRY", summary });
}

export function conferenceEvent(row: RowIn<typeof CONFERENCE>): StatedEvent[] {
  const plan = flagOf(row.plan);
  const outcome = plan === null ? "" : plan ? "; child protection plan made" : "; no child protection plan";
  return event(row, { kind: "CONFERENCE", summary: `Initial child protection conference${outcome}` });
}

export function reviewEvent(row: RowIn<typeof CP_REVIEW>): StatedEvent[] {
  const part = words(PARTICIPATION, known(row.participation));
  const summary = ["Child protection review", ...(part ? [part] : [])].join("; ");
  return event(row, { kind: "REVIEW", summary, statedAs: known(row.participation) });
}
