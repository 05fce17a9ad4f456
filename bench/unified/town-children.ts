// Which children of the synthetic town are asked about, and which records are theirs. The town's own truth says so, not the
// hub's matching: what is counted here are requests, and they should not depend on how well records are linked.

import { makeTown } from "../../simulators/town/town.ts";
import type { SimAgency, Town } from "../../simulators/town/types.ts";
import type { KnownChild } from "./hub.ts";
import { childId } from "./memory-town.ts";
import { TOWN_DAY } from "./town.ts";

const AGENCY: Readonly<Record<SimAgency, string>> = {
  socialCare: "social-care",
  health: "health",
  education: "education",
  police: "police",
};
/** The town that its simulators make of the same settings. */
const SEED = 7;

/** The first children with an open record at every agency. */
export function townChildren(town: { readonly children: number }, wanted: number): KnownChild[] {
  const made = makeTown({ children: town.children, seed: SEED, until: TOWN_DAY });
  const isClosed = new Set(made.records.filter(({ restricted }) => restricted).map(({ localId }) => localId));
  const byResident = new Map<string, Record<string, string[]>>();
  const closed = new Set<string>();
  const taken = new Set<string>();
  for (const { agency, recordId, residentId } of made.truth) {
    // An agency may keep one record for two people; it can be linked to one of them.
    const key = `${agency} ${recordId}`;
    if (taken.has(key)) continue;
    taken.add(key);
    const records = byResident.get(residentId) ?? {};
    byResident.set(residentId, records);
    (records[AGENCY[agency]] ??= []).push(...idsAt(made, agency, recordId));
    if (isClosed.has(recordId)) closed.add(residentId);
  }
  const whole = [...byResident].filter(
    ([residentId, records]) =>
      !closed.has(residentId) && Object.values(AGENCY).every((agency) => (records[agency] ?? []).length > 0),
  );
  if (whole.length < wanted) throw new Error(`Only ${whole.length} children have a record at every agency`);
  return whole.slice(0, wanted).map(([, records], n) => ({ id: childId(n), records }));
}

/** A student's record names the school too; whoever is on no school's roll has none here. */
function idsAt({ education, schools }: Town, agency: SimAgency, recordId: string): string[] {
  if (agency !== "education") return [recordId];
  const mine = education.filter(({ localId }) => localId === recordId);
  const gone = new Set(mine.filter(({ kind }) => kind === "deletion").map(({ schoolId }) => schoolId));
  const roll = mine.filter((fact) => fact.kind === "enrolment" && fact.until === null && !gone.has(fact.schoolId));
  return [...new Set(roll.map(({ schoolId }) => schoolId))].flatMap((schoolId) => {
    const school = schools.find(({ id, approved }) => id === schoolId && approved);
    return school ? [`${school.wondeId}.${recordId}`] : [];
  });
}
