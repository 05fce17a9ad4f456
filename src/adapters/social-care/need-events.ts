// What brought a child to the council, and how the need was looked into, as things that happened.

import { z } from "zod";
import type { StatedEvent } from "../../domain/statements.ts";
import { NEEDS, SOURCES, words } from "./codes.ts";
import { event } from "./event.ts";
import { ASSESSMENT, ASSESSMENT_FACTORS, CIN_EPISODE, CONTACT } from "./ssd-need-tables.ts";
import type { RowIn } from "./table.ts";
import { dayOf, flagOf, flagsOf, known, parseJson } from "./values.ts";
import { seen } from "./visit-events.ts";

const CONTACT_OUTCOMES: Readonly<Record<string, string>> = {
  NEW_REFERRAL_FLAG: "became a referral",
  EXISTING_REFERRAL_FLAG: "added to an open referral",
  CP_ENQUIRY_FLAG: "child protection enquiry",
  NFA_FLAG: "no further action",
  ADVICE_FLAG: "information and advice",
  MISSING_FLAG: "missing child",
  OLA_CP_FLAG: "child on another authority's plan",
  PRIVATE_FOSTERING_FLAG: "private fostering",
  OTHER_OUTCOMES_EXIST_FLAG: "other outcome",
};

export function contactEvent(row: RowIn<typeof CONTACT>): StatedEvent[] {
  const outcomes = flagsOf(row.outcome).map((flag) => CONTACT_OUTCOMES[flag] ?? flag);
  const from = words(SOURCES, known(row.source)) ?? SOURCES["10"];
  const summary = [`Contact from ${from}`, ...outcomes].join("; ");
  return event(row, { kind: "CONTACT", summary, statedAs: known(row.source) });
}

export function referralEvent(row: RowIn<typeof CIN_EPISODE>): StatedEvent[] {
  // Read even where nothing is said of it: a broken outcome is a fault here, not a silence.
  const nothing = flagsOf(row.outcome).includes("NFA_FLAG") || flagOf(row.noFurtherAction) === true;
  const from = words(SOURCES, known(row.source)) ?? SOURCES["10"];
  const need = words(NEEDS, known(row.need));
  const said = [
    `Referral from ${from}`,
    ...(need ? [need.toLowerCase()] : []),
    ...(nothing ? ["no further action"] : []),
  ];
  return event(row, { kind: "REFERRAL", summary: said.join("; "), statedAs: known(row.source) });
}

/** An array of codes, or the coming form: an object of `Yes` and `No`. */
const FACTORS = z.union([z.array(z.string()), z.record(z.string(), z.string())]);

function factorsOf({ factors }: RowIn<typeof ASSESSMENT_FACTORS>): string[] {
  const stated = parseJson(FACTORS, factors) ?? [];
  return Array.isArray(stated) ? stated : Object.keys(stated).filter((code) => stated[code] === "Yes");
}

/** With the factors that were found, which stand in a table of their own. */
export function assessmentEvent(
  row: RowIn<typeof ASSESSMENT>,
  all: readonly RowIn<typeof ASSESSMENT_FACTORS>[],
): StatedEvent[] {
  const factors = all.filter(({ assessmentId }) => assessmentId === row.id).flatMap(factorsOf);
  const authorised = dayOf(row.authorisedOn);
  const said = ["Assessment started", seen(row.seen), authorised && `authorised on ${authorised}`];
  const summary = said.filter(Boolean).join("; ");
  return event({ ...row, on: row.from }, { kind: "ASSESSMENT", summary, statedAs: factors.join(" ") || null });
}
