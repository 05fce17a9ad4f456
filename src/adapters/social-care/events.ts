import { z } from "zod";
import type { EventKind, StatedEvent } from "../../domain/statements.ts";
import { NEEDS, PARTICIPATION, PLACEMENTS, SOURCES, words } from "./codes.ts";
import {
  ASSESSMENT,
  ASSESSMENT_FACTORS,
  CIN_EPISODE,
  CIN_VISIT,
  CONFERENCE,
  CONTACT,
  CP_REVIEW,
  CP_VISIT,
  MISSING,
  PLACEMENT,
  SDQ,
  SECTION_47,
} from "./ssd-casework-tables.ts";
import { rowsIn, type Reading } from "./reading.ts";
import type { RowIn } from "./table.ts";
import { dayOf, flagOf, flagsOf, known, parseJson, provenance } from "./values.ts";

/** An event and whose it is. */
type Happened = readonly [person: string, event: StatedEvent];

/** What the council did and recorded about these children, oldest first. */
export async function readEvents(reading: Reading, ids: readonly string[]): Promise<Map<string, StatedEvent[]>> {
  const where = { personId: ids };
  const assessments = await rowsIn(reading, ASSESSMENT, where);
  const factors = factorsOf(
    await rowsIn(reading, ASSESSMENT_FACTORS, { assessmentId: assessments.map(({ id }) => id ?? "") }),
  );
  const happened: Happened[] = [
    ...(await rowsIn(reading, CONTACT, where)).flatMap(contactEvent),
    ...(await rowsIn(reading, CIN_EPISODE, where)).flatMap(referralEvent),
    ...assessments.flatMap((row) => assessmentEvent(row, factors.get(row.id) ?? [])),
    ...(await rowsIn(reading, SECTION_47, where)).flatMap(section47Event),
    ...(await rowsIn(reading, CONFERENCE, where)).flatMap(conferenceEvent),
    ...(await rowsIn(reading, CP_REVIEW, where)).flatMap(reviewEvent),
    ...(await rowsIn(reading, CIN_VISIT, where)).flatMap((row) => visitEvent(row, "Child in need visit")),
    ...(await rowsIn(reading, CP_VISIT, where)).flatMap((row) => visitEvent(row, "Child protection visit")),
    ...(await rowsIn(reading, MISSING, where)).flatMap(missingEvent),
    ...(await rowsIn(reading, PLACEMENT, where)).flatMap(placementEvent),
    ...(await rowsIn(reading, SDQ, where)).flatMap(sdqEvent),
  ];
  const lists = new Map<string, StatedEvent[]>(ids.map((id) => [id, []]));
  for (const [person, one] of happened) lists.get(person)?.push(one);
  const order = (one: StatedEvent): string => `${one.on}${one.kind}${one.provenance.recordId}`;
  for (const list of lists.values()) list.sort((a, b) => order(a).localeCompare(order(b)));
  return lists;
}

interface Said {
  readonly kind: EventKind;
  readonly summary: string;
  readonly statedAs?: string | null;
}

/** A row without a day has not happened yet: a conference that is planned, a review that is due. */
function event(row: { id: string | null; personId: string | null; on: string | null }, said: Said): Happened[] {
  const person = known(row.personId);
  const on = dayOf(row.on);
  if (!person || !on) return [];
  const { kind, summary, statedAs = null } = said;
  return [[person, { kind, on, at: null, summary, provenance: provenance(row.id ?? "", statedAs) }]];
}

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

function contactEvent(row: RowIn<typeof CONTACT>): Happened[] {
  const outcomes = flagsOf(row.outcome).map((flag) => CONTACT_OUTCOMES[flag] ?? flag);
  const from = words(SOURCES, known(row.source)) ?? SOURCES["10"];
  const summary = [`Contact from ${from}`, ...outcomes].join("; ");
  return event(row, { kind: "CONTACT", summary, statedAs: known(row.source) });
}

function referralEvent(row: RowIn<typeof CIN_EPISODE>): Happened[] {
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

function factorsOf(rows: readonly RowIn<typeof ASSESSMENT_FACTORS>[]): Map<string | null, string[]> {
  return new Map(
    rows.map(({ assessmentId, factors }) => {
      const stated = parseJson(FACTORS, factors) ?? [];
      const codes = Array.isArray(stated) ? stated : Object.keys(stated).filter((code) => stated[code] === "Yes");
      return [assessmentId, codes];
    }),
  );
}

function assessmentEvent(row: RowIn<typeof ASSESSMENT>, factors: readonly string[]): Happened[] {
  const authorised = dayOf(row.authorisedOn);
  const said = ["Assessment started", seen(row.seen), authorised && `authorised on ${authorised}`];
  const summary = said.filter(Boolean).join("; ");
  return event({ ...row, on: row.from }, { kind: "ASSESSMENT", summary, statedAs: factors.join(" ") || null });
}

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

function section47Event(row: RowIn<typeof SECTION_47>): Happened[] {
  const outcomes = flagsOf(row.outcome).map((flag) => SECTION_47_OUTCOMES[flag] ?? flag);
  const summary = ["Section 47 enquiry started", ...outcomes].join("; ");
  return event({ ...row, on: row.from }, { kind: "SECTION_47_ENQUIRY", summary });
}

function conferenceEvent(row: RowIn<typeof CONFERENCE>): Happened[] {
  const plan = flagOf(row.plan);
  const outcome = plan === null ? "" : plan ? "; child protection plan made" : "; no child protection plan";
  return event(row, { kind: "CONFERENCE", summary: `Initial child protection conference${outcome}` });
}

function reviewEvent(row: RowIn<typeof CP_REVIEW>): Happened[] {
  const part = words(PARTICIPATION, known(row.participation));
  const summary = ["Child protection review", ...(part ? [part] : [])].join("; ");
  return event(row, { kind: "REVIEW", summary, statedAs: known(row.participation) });
}

function visitEvent(row: RowIn<typeof CIN_VISIT>, what: string): Happened[] {
  const alone = flagOf(row.seenAlone) ? "child seen alone" : seen(row.seen);
  return event(row, { kind: "VISIT", summary: [what, ...(alone ? [alone] : [])].join("; ") });
}

/** Whether the child was seen; null where nobody wrote it down. */
function seen(text: string | null): string | null {
  const value = flagOf(text);
  return value === null ? null : value ? "child seen" : "child not seen";
}

function missingEvent(row: RowIn<typeof MISSING>): Happened[] {
  const what = known(row.type) === "A" ? "Away from placement without authorisation" : "Missing";
  const until = dayOf(row.until);
  const offered = flagOf(row.interviewOffered);
  const interview = offered === null ? null : interviewWords(offered, flagOf(row.interviewAccepted));
  const said = [what, until ? `returned on ${until}` : "not yet returned", interview];
  return event({ ...row, on: row.from }, { kind: "MISSING_EPISODE", summary: said.filter(Boolean).join("; ") });
}

const interviewWords = (offered: boolean, accepted: boolean | null): string =>
  !offered ? "return interview not offered" : accepted ? "return interview accepted" : "return interview offered";

function placementEvent(row: RowIn<typeof PLACEMENT>): Happened[] {
  const type = known(row.type);
  const summary = `Placement: ${(words(PLACEMENTS, type) ?? "not stated").toLowerCase()}`;
  return event({ ...row, on: row.from }, { kind: "PLACEMENT_CHANGE", summary, statedAs: type });
}

function sdqEvent(row: RowIn<typeof SDQ>): Happened[] {
  const score = known(row.score);
  const summary = ["Strengths and difficulties questionnaire", ...(score ? [`score ${score}`] : [])].join("; ");
  return event(row, { kind: "OTHER", summary });
}
