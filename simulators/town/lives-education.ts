// What school is like for each child on a roll: enrolments, attendance, exclusions, leaving.

import { makeMarks, makeTotals, type AttendanceProfile } from "./attendance.ts";
import { addDays, addWorkingDays, atTime, curriculumYear, isSchoolDay } from "./days.ts";
import type { Files } from "./files.ts";
import { nextId } from "./build.ts";
import type { Random } from "./random.ts";
import type { AgencyRecord, Day, EducationFact, Resident } from "./types.ts";

/** Share of sessions missed: most children few, some many, a very few nearly all. */
const AWAY = [
  [0.02, 30],
  [0.045, 40],
  [0.08, 18],
  [0.14, 8],
  [0.3, 3],
  [0.6, 1],
] as const;
const REASONS = ["PP", "PA", "VP", "VA", "DB", "BU", "DM", "OW", "DR", "MT"];

interface Pupil {
  files: Files;
  random: Random;
  record: AgencyRecord;
  resident: Resident;
  year: number;
  since: Day;
  known: boolean;
}

export function tellEducation(files: Files): void {
  const { household, build } = files;
  const random = build.random.stream("education").stream(household.index);
  for (const resident of household.family.residents) {
    const record = files.education.get(resident.id);
    if (!record?.schoolId || !resident.bornOn) continue;
    const year = curriculumYear(resident.bornOn, build.settings.until);
    const draws = random.stream(record.localId);
    const pupil = {
      files,
      random: draws,
      record,
      resident,
      year,
      since: joined(files, { random: draws, year, resident }),
      known: files.socialCare.has(resident.id),
    };
    const known = tellExclusions(pupil);
    tellYear(pupil, { known, until: null });
  }
  tellSeconds(files, random);
}

const push = (files: Files, fact: EducationFact): void => {
  files.build.part.education.push(fact);
};

/** September of Reception or Year 7, or a day since then for those who came later. */
function joined(files: Files, { random, year, resident }: { random: Random; year: number; resident: Resident }): Day {
  const { until } = files.build.settings;
  const thisYear = Number(until.slice(0, 4)) - (until.slice(5) < "09-01" ? 1 : 0);
  const started = `${thisYear - (year <= 6 ? year : year - 7)}-09-04`;
  const came = resident.homes.at(-1)?.from ?? started;
  if (came > started && random.chance(0.5)) return addWorkingDays(came, 6) <= until ? addWorkingDays(came, 6) : started;
  return started <= until ? started : addDays(until, -1);
}

function tellYear(pupil: Pupil, { known, until }: { known: AttendanceProfile["known"]; until: Day | null }): void {
  const { files, random, record, resident, year, since } = pupil;
  const { household, build } = files;
  push(files, {
    kind: "enrolment",
    id: nextId(build, "enr-"),
    localId: record.localId,
    schoolId: record.schoolId ?? "",
    year: year === 0 ? "R" : String(year),
    from: since,
    until,
    sen: random.weighted([
      ["N", 80],
      ["K", pupil.known ? 30 : 14],
      ["E", pupil.known ? 14 : 5],
    ]),
    inCare: household.lookedAfter.has(resident.id) && random.chance(0.92),
    freeSchoolMeals: random.chance(pupil.known ? 0.65 : 0.24),
    firstLanguage: resident.firstLanguage,
  });
  if (until) return;
  const away = random.weighted(AWAY) * (pupil.known ? 1.6 : 1);
  const profile = { away: Math.min(0.9, away), known, since };
  push(files, {
    kind: "attendance",
    localId: record.localId,
    schoolId: record.schoolId ?? "",
    totals: makeTotals(random, profile, build.settings.until),
    marks: makeMarks(random, profile, build.settings.until),
  });
}

/** Suspensions, and seldom one for good; the days show in the attendance as `E`. */
function tellExclusions({ files, random, record, year, since, known }: Pupil): Map<Day, string> {
  const days = new Map<Day, string>();
  const share = (year >= 7 ? 0.045 : 0.008) * (known ? 4 : 1);
  if (!random.chance(share)) return days;
  const { until } = files.build.settings;
  for (let times = random.int(1, 3); times > 0; times--) {
    let from = addDays(until, -random.int(3, 400));
    while (!isSchoolDay(from)) from = addDays(from, -1);
    if (from < since) continue;
    const length = random.int(1, 4);
    let last = from;
    let count = 0;
    for (let on = from; count < length && on <= until; on = addDays(on, 1)) {
      if (!isSchoolDay(on)) continue;
      days.set(on, "E");
      last = on;
      count++;
    }
    const type = random.chance(0.03) ? "PERM" : "SUSP";
    push(files, {
      kind: "exclusion",
      id: nextId(files.build, "A175E"),
      localId: record.localId,
      schoolId: record.schoolId ?? "",
      type,
      reasons: random.shuffle(REASONS).slice(0, random.int(1, 2)),
      from,
      until: last,
      sessions: count * 2,
    });
  }
  return days;
}

/** Dually registered children are marked `D` where they are not taught; leavers are taken off the roll. */
function tellSeconds(files: Files, random: Random): void {
  const { build, household, seconds } = files;
  const { until } = build.settings;
  for (const { agency, record, residentId, why } of seconds) {
    const resident = household.family.residents.find(({ id }) => id === residentId);
    if (agency !== "education" || !record.schoolId || !resident?.bornOn) continue;
    const draws = random.stream(record.localId);
    const year = curriculumYear(resident.bornOn, until);
    const left = why === "LEAVER" ? addDays(resident.homes.at(-1)?.from ?? until, -1) : null;
    const since = left ? addDays(left, -draws.int(120, 700)) : addDays(until, -draws.int(40, 300));
    tellYear(
      { files, random: draws, record, resident, year, since, known: false },
      { known: left ? new Map() : elsewhere(until), until: left },
    );
    if (left)
      push(files, {
        kind: "deletion",
        localId: record.localId,
        schoolId: record.schoolId,
        deletedAt: atTime(addWorkingDays(left, 3) <= until ? addWorkingDays(left, 3) : left, "15:30:00"),
      });
  }
}

/** Mondays to Wednesdays at the other school. */
function elsewhere(until: Day): Map<Day, string> {
  const days = new Map<Day, string>();
  for (let back = 90; back > 0; back--) {
    const on = addDays(until, -back);
    if (isSchoolDay(on) && back % 7 < 3) days.set(on, "D");
  }
  return days;
}
