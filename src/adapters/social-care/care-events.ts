// Missing episodes, placements and questionnaires as things that happened.

import type { StatedEvent } from "../../domain/statements.ts";
import { PLACEMENTS } from "./care-codes.ts";
import { words } from "./codes.ts";
import { event } from "./event.ts";
import { MISSING, PLACEMENT, SDQ } from "./ssd-care-tables.ts";
import type { RowIn } from "./table.ts";
import { dayOf, flagOf, known } from "./values.ts";

export function missingEvent(row: RowIn<typeof MISSING>): StatedEvent[] {
  const what = known(row.type) === "A" ? "Away from placement without authorisation" : "Missing";
  const until = dayOf(row.until);
  const offered = flagOf(row.interviewOffered);
  const interview = offered === null ? null : interviewWords(offered, flagOf(row.interviewAccepted));
  const said = [what, until ? `returned on ${until}` : "not yet returned", interview];
  return event({ ...row, on: row.from }, { kind: "MISSING_EPISODE", summary: said.filter(Boolean).join("; ") });
}

const interviewWords = (offered: boolean, accepted: boolean | null): string =>
  !offered ? "return interview not offered" : accepted ? "return interview accepted" : "return interview offered";

export function placementEvent(row: RowIn<typeof PLACEMENT>): StatedEvent[] {
  const type = known(row.type);
  const summary = `Placement: ${(words(PLACEMENTS, type) ?? "not stated").toLowerCase()}`;
  return event({ ...row, on: row.from }, { kind: "PLACEMENT_CHANGE", summary, statedAs: type });
}

export function sdqEvent(row: RowIn<typeof SDQ>): StatedEvent[] {
  const score = known(row.score);
  const summary = ["Strengths and difficulties questionnaire", ...(score ? [`score ${score}`] : [])].join("; ");
  return event(row, { kind: "OTHER", summary });
}
