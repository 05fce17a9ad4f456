import type { StatedEvent } from "../../domain/statements.ts";
import { missingEvent, placementEvent, sdqEvent } from "./care-events.ts";
import { assessmentEvent, contactEvent, referralEvent } from "./need-events.ts";
import { perRecord, saidBy, type PerRecord } from "./per-record.ts";
import { conferenceEvent, reviewEvent, section47Event } from "./protection-events.ts";
import { rowsIn, type Reading } from "./reading.ts";
import { MISSING, PLACEMENT, SDQ } from "./ssd-care-tables.ts";
import { ASSESSMENT, ASSESSMENT_FACTORS, CIN_EPISODE, CIN_VISIT, CONTACT } from "./ssd-need-tables.ts";
import { CONFERENCE, CP_REVIEW, CP_VISIT, SECTION_47 } from "./ssd-protection-tables.ts";
import { visitEvent } from "./visit-events.ts";

/** What the council did and recorded about these children, oldest first. */
export async function readEvents(reading: Reading, ids: readonly string[]): Promise<PerRecord<StatedEvent>> {
  const where = { personId: ids };
  const assessments = await rowsIn(reading, ASSESSMENT, where);
  const factors = await rowsIn(reading, ASSESSMENT_FACTORS, { assessmentId: assessments.map(({ id }) => id ?? "") });
  const sources = [
    saidBy(await rowsIn(reading, CONTACT, where), contactEvent),
    saidBy(await rowsIn(reading, CIN_EPISODE, where), referralEvent),
    saidBy(assessments, (row) => assessmentEvent(row, factors)),
    saidBy(await rowsIn(reading, SECTION_47, where), section47Event),
    saidBy(await rowsIn(reading, CONFERENCE, where), conferenceEvent),
    saidBy(await rowsIn(reading, CP_REVIEW, where), reviewEvent),
    saidBy(await rowsIn(reading, CIN_VISIT, where), (row) => visitEvent(row, "Child in need visit")),
    saidBy(await rowsIn(reading, CP_VISIT, where), (row) => visitEvent(row, "Child protection visit")),
    saidBy(await rowsIn(reading, MISSING, where), missingEvent),
    saidBy(await rowsIn(reading, PLACEMENT, where), placementEvent),
    saidBy(await rowsIn(reading, SDQ, where), sdqEvent),
  ];
  return perRecord(ids, (id) => sources.flatMap((said) => said(id)).sort(oldestFirst));
}

const order = (one: StatedEvent): string => `${one.on}${one.kind}${one.provenance.recordId}`;
const oldestFirst = (a: StatedEvent, b: StatedEvent): number => order(a).localeCompare(order(b));
