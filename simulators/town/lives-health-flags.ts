// What health hears of social care's plans, and what midwives see of a child before birth.

import { addDays, atTime } from "./days.ts";
import { nextId } from "./build.ts";
import { tiesTo, type Files } from "./files.ts";
import type { Random } from "./random.ts";
import type { AgencyRecord, Day, HealthFact, Resident } from "./types.ts";
import { HOSPITALS, LA_CODES } from "./workforce.ts";

interface Flagged {
  random: Random;
  record: AgencyRecord;
  resident: Resident;
}

const push = (files: Files, fact: HealthFact): void => {
  files.build.part.health.push(fact);
};

/** Flags follow social care's plans, save one in ten that never arrived. */
export function tellFlags(files: Files, { random, record, resident }: Flagged): void {
  const { build, household } = files;
  const author = LA_CODES[household.family.area];
  const localId = files.socialCare.get(resident.id)?.localId;
  const flag = (
    code: Extract<HealthFact, { kind: "flag" }>["code"],
    { from, until }: { from: Day; until: Day | null },
  ): void =>
    push(files, {
      kind: "flag",
      id: nextId(build, "flag-"),
      localId: record.localId,
      code,
      status: until ? "inactive" : "active",
      from,
      until,
      author,
      updatedAt: atTime(until ?? from, "08:00:00"),
    });
  const raised = addDays(build.settings.until, -random.int(1, 600));
  if (random.chance(0.012) && raised > (resident.bornOn ?? raised))
    flag("SAFEGUARDING_CONCERN", { from: raised, until: null });
  if (!localId) return;
  for (const fact of files.told) {
    if (fact.localId !== localId || random.chance(0.1)) continue;
    if (fact.kind === "cpPlan") flag("CP_PLAN", fact);
    if (fact.kind === "careEpisode") flag("LOOKED_AFTER", fact);
  }
}

/** Midwifery for the mother of an unborn child, and the flag of a plan made before birth. */
export function tellPregnancy(files: Files, random: Random, unborn: Resident): void {
  const { build, household } = files;
  const { until } = build.settings;
  const mother = files.health.get(tiesTo(files, unborn.id).find(({ role }) => role === "MOTHER")?.of ?? "");
  if (!mother || !unborn.expectedOn) return;
  const { area } = household.family;
  const from = addDays(unborn.expectedOn, -200);
  const { localId } = mother;
  const someone = build.workforce.someone(random, area, "MIDWIFERY");
  const organisation = HOSPITALS[area];
  push(files, {
    kind: "episode",
    id: nextId(build, "eoc-"),
    localId,
    service: "MIDWIFERY",
    status: "active",
    from,
    until: null,
    professionalId: someone.id,
    organisation,
    updatedAt: atTime(from, "16:00:00"),
  });
  for (let on = addDays(from, 10); on <= until; on = addDays(on, 28)) {
    const startsAt = atTime(on, "09:30:00");
    const status = random.chance(0.1) ? "was-not-brought" : "finished";
    push(files, {
      kind: "encounter",
      id: nextId(build, "enc-"),
      localId,
      setting: "ANTENATAL",
      status,
      startsAt,
      endsAt: status === "finished" ? atTime(on, "10:00:00") : null,
      reason: "Antenatal appointment",
      organisation,
      updatedAt: startsAt,
    });
  }
  const record = files.socialCare.get(unborn.id)?.localId;
  for (const fact of files.told)
    if (fact.kind === "cpPlan" && fact.localId === record)
      push(files, {
        kind: "flag",
        id: nextId(build, "flag-"),
        localId,
        code: "UNBORN_CP_PLAN",
        status: fact.until ? "inactive" : "active",
        from: fact.from,
        until: fact.until,
        author: LA_CODES[area],
        updatedAt: atTime(fact.from, "08:00:00"),
      });
}
