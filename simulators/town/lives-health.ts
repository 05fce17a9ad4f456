// What health does with each child: health visiting, clinics, A&E, growth, flags raised by social care's plans.

import { addDays, ageOn, atTime, daysBetween } from "./days.ts";
import { nextId } from "./build.ts";
import type { Files } from "./files.ts";
import { tellFlags, tellPregnancy } from "./lives-health-flags.ts";
import type { PostName } from "./workforce.ts";
import { HOSPITALS, TRUSTS } from "./workforce.ts";
import type { Random } from "./random.ts";
import type { AgencyRecord, Day, HealthFact, Instant, Resident } from "./types.ts";

type Service = Extract<HealthFact, { kind: "episode" }>["service"] & PostName;

interface Patient {
  files: Files;
  random: Random;
  record: AgencyRecord;
  resident: Resident;
  bornOn: Day;
  age: number;
  /** Known to social care: more missed appointments, more visits. */
  known: boolean;
}

const INJURIES = [
  "Injury to forearm",
  "Head injury after a fall",
  "Fever",
  "Wheeze",
  "Abdominal pain",
  "Burn to hand",
  "Laceration",
  "Ingestion of tablets",
];
const CLINICS = [
  "Fracture clinic",
  "Eye clinic",
  "Hearing clinic",
  "Dental clinic",
  "Asthma clinic",
  "Dietician",
  "Speech and language therapy",
];

export function tellHealth(files: Files): void {
  const { household, build } = files;
  const random = build.random.stream("health").stream(household.index);
  for (const resident of household.family.residents) {
    const record = files.health.get(resident.id);
    if (!record || record.invalidated || !resident.child || !resident.bornOn) continue;
    const age = ageOn(resident.bornOn, build.settings.until);
    const known = files.socialCare.has(resident.id);
    const patient = {
      files,
      random: random.stream(record.localId),
      record,
      resident,
      bornOn: resident.bornOn,
      age,
      known,
    };
    tellServices(patient);
    tellVisits(patient);
    tellFlags(files, { random: patient.random, record, resident });
  }
  for (const unborn of household.family.residents.filter(({ bornOn }) => bornOn === null))
    tellPregnancy(files, random, unborn);
}

const push = (files: Files, fact: HealthFact): void => {
  files.build.part.health.push(fact);
};

function tellServices(patient: Patient): void {
  const { files, random, record, bornOn, age, known } = patient;
  const { until } = files.build.settings;
  const add = (service: Service, from: Day, end: Day | null): void => {
    const over = end !== null && end <= until;
    const { area } = files.household.family;
    push(files, {
      kind: "episode",
      id: nextId(files.build, "eoc-"),
      localId: record.localId,
      service,
      status: over ? "finished" : "active",
      from,
      until: over ? end : null,
      professionalId: files.build.workforce.someone(random, area, service).id,
      organisation: service === "PAEDIATRICS" ? HOSPITALS[area] : TRUSTS[area],
      updatedAt: atTime(over ? end : later(from, addDays(until, -random.int(1, 60))), "16:00:00"),
    });
  };
  const born = addDays(bornOn, 10);
  if (age < 5 && born <= until) add("HEALTH_VISITING", born, null);
  else if (age < 7) add("HEALTH_VISITING", born, addDays(bornOn, 5 * 365));
  if (age < 5) return;
  const since = addDays(until, -random.int(20, 900));
  const end = random.chance(0.5) ? addDays(since, random.int(60, 300)) : null;
  if (random.chance(known ? 0.3 : 0.07)) add("SCHOOL_NURSING", since, end);
  if (age >= 8 && random.chance(known ? 0.2 : 0.03)) add("CAMHS", addDays(since, 15), end && addDays(end, 15));
  if (random.chance(0.025)) {
    add("PAEDIATRICS", since, end);
    const title = random.pick(["Asthma care plan", "Epilepsy care plan", "Diabetes care plan", "Feeding plan"]);
    push(files, {
      kind: "carePlan",
      id: nextId(files.build, "cp-"),
      localId: record.localId,
      title,
      status: "active",
      from: since,
      until: null,
      updatedAt: atTime(since, "11:00:00"),
    });
  }
}

const later = (one: Day, other: Day): Day => (one > other ? one : other);

function tellVisits(patient: Patient): void {
  const { files, random, record, bornOn, age, known } = patient;
  const { until } = files.build.settings;
  const { area } = files.household.family;
  const first = later(bornOn, addDays(until, -1_095));
  const lived = daysBetween(first, until);
  const meet = (
    visit: Pick<Extract<HealthFact, { kind: "encounter" }>, "setting" | "status" | "reason" | "organisation">,
    startsAt: Instant,
  ): void => {
    const seen = visit.status === "finished";
    const endsAt = seen
      ? new Date(Date.parse(startsAt) + random.int(15, 200) * 60_000).toISOString().replace(".000Z", "Z")
      : null;
    push(files, {
      kind: "encounter",
      id: nextId(files.build, "enc-"),
      localId: record.localId,
      ...visit,
      startsAt,
      endsAt,
      updatedAt: endsAt ?? startsAt,
    });
  };
  const someDay = (): Day => addDays(first, random.int(0, Math.max(0, lived - 1)));
  for (let times = draws(random, known ? 1 : 0.45); times > 0; times--)
    meet(
      { setting: "EMERGENCY", status: "finished", reason: random.pick(INJURIES), organisation: HOSPITALS[area] },
      atTime(someDay(), `${random.pick(["01", "09", "14", "18", "20", "22"])}:${random.int(10, 59)}:00`),
    );
  for (let times = draws(random, known ? 0.9 : 0.4); times > 0; times--) {
    const status = random.chance(known ? 0.3 : 0.08)
      ? "was-not-brought"
      : random.chance(0.05)
        ? "cancelled"
        : "finished";
    meet(
      { setting: "OUTPATIENT", status, reason: random.pick(CLINICS), organisation: HOSPITALS[area] },
      atTime(someDay(), `${random.pick(["09", "10", "11", "14", "15"])}:30:00`),
    );
  }
  if (age > 4) return;
  for (const after of [12, 45, 270, 730]) {
    const on = addDays(bornOn, after + random.int(0, 20));
    if (on < first || on > until) continue;
    meet(
      {
        setting: "HOME_VISIT",
        status: random.chance(known ? 0.15 : 0.03) ? "was-not-brought" : "finished",
        reason: "Health visiting contact",
        organisation: TRUSTS[area],
      },
      atTime(on, "10:15:00"),
    );
    const value = Math.round((3.4 + (after / 365) * 4.6 + random.next() * 1.5) * 10) / 10;
    push(files, {
      kind: "observation",
      id: nextId(files.build, "obs-"),
      localId: record.localId,
      code: "WEIGHT",
      value,
      unit: "kg",
      at: atTime(on, "10:30:00"),
      updatedAt: atTime(on, "17:00:00"),
    });
  }
}

/** How often something with this mean happens, six times at most. */
function draws(random: Random, mean: number): number {
  let times = 0;
  while (times < 6 && random.chance(mean / (1 + mean))) times++;
  return times;
}
