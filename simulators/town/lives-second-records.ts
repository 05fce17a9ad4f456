// What the second records of a child in social care hold: the old system's, the other council's, the closed ones.

import { addDays, countOf } from "./days.ts";
import type { Files } from "./files.ts";
import { makeStory } from "./story.ts";

/** Who makes contact with social care (census codes), by frequency. */
export const SOURCES = [
  ["6", 30],
  ["2A", 22],
  ["3E", 8],
  ["3B", 7],
  ["3A", 5],
  ["3D", 6],
  ["1A", 10],
  ["5D", 5],
  ["4", 3],
  ["9", 4],
] as const;
/** A closed referral, and, where the council has noticed, the other record's id. */
export function tellSecondRecords(files: Files): void {
  const { build, seconds, household } = files;
  for (const { agency, record, residentId, why } of seconds) {
    if (agency !== "socialCare") continue;
    const story = makeStory(files, build.random.stream("seconds").stream(record.localId), record.localId);
    const { random, localId, tell, id, until } = story;
    const born = household.family.residents.find((one) => one.id === residentId)?.bornOn ?? until;
    const before = addDays(until, -random.int(410, 1_000));
    const on = before > born ? before : born;
    const closedOn = addDays(on, 5) < until ? addDays(on, Math.min(90, countOf(until) - countOf(on) - 1)) : null;
    const closeReason =
      closedOn && ({ CLOSED: "RC1", OTHER_AREA: "RC5", LEGACY: "RC8", DUAL: null, LEAVER: null } as const)[why];
    const worker = build.workforce.someone(random, household.family.area, "SOCIAL_WORKER");
    tell({
      kind: "referral",
      id: id("REF-"),
      localId,
      on,
      source: random.weighted(SOURCES),
      primaryNeed: "N1",
      nfa: false,
      closedOn,
      closeReason,
      team: worker.team,
      professionalId: worker.id,
    });
    const now = files.socialCare.get(residentId);
    // Two legacy records in three have been tied to the present one; the rest nobody has noticed.
    if (why === "LEGACY" && now && !random.chance(0.34))
      tell({
        kind: "linkedIdentifier",
        id: id("LNK-"),
        localId: now.localId,
        type: "Case Number",
        value: record.localId,
      });
  }
}
