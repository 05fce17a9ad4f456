// The demo family and the two households beside it, the same in every town, so that examples and tests can name them.

import { demoEducation, DEMO_HEALTH, DEMO_POLICE, DEMO_SOCIAL_CARE } from "./demo-facts.ts";
import { DEMO_HOMES, DEMO_PROFESSIONALS, DEMO_RESIDENTS, DEMO_SCHOOL, DEMO_TIES } from "./demo-people.ts";
import { DEMO_RECORDED_TIES, DEMO_RECORDS, DEMO_TRUTH } from "./demo-records.ts";
import { storySoFar, type TownPart } from "./part.ts";
import type { Day } from "./types.ts";

/**
 * The demo part of a town whose story stands at `until`. Its events have fixed dates up to 26 February 2026; before that day the
 * later ones have not happened yet. Only attendance moves with `until`. Each call gives objects of its own.
 */
export function demoFamily(until: Day): TownPart {
  const told = storySoFar(
    {
      addresses: Object.values(DEMO_HOMES),
      residents: DEMO_RESIDENTS,
      ties: DEMO_TIES,
      schools: [DEMO_SCHOOL],
      professionals: DEMO_PROFESSIONALS,
      records: DEMO_RECORDS,
      recordedTies: DEMO_RECORDED_TIES,
      health: DEMO_HEALTH,
      education: demoEducation(until),
      socialCare: DEMO_SOCIAL_CARE,
      police: DEMO_POLICE,
      truth: DEMO_TRUTH,
    },
    until,
  );
  const notices = new Set(told.police.map(({ submissionId }) => submissionId));
  const truth = told.truth.filter(
    ({ agency, recordId }) => agency !== "police" || notices.has(recordId.slice(0, recordId.lastIndexOf("."))),
  );
  return structuredClone({ ...told, truth });
}
