// What schools have on file: children on the roll and the contacts their families gave.

import { addDays, curriculumYear } from "./days.ts";
import { draft, everySo, file, isSibling, liveTogether, noteTie, residentOf, tiesTo, type Files } from "./files.ts";
import { makeUpn, mobilePhone } from "./identifiers.ts";
import { blankTie } from "./part.ts";
import type { Area } from "./names.ts";
import type { AgencyRecord, Resident, School, Tie } from "./types.ts";

/** Taught at home, or missing from education. */
const NOT_ON_A_ROLL = 0.018;
const STAYS_AFTER_16 = 0.5;
const LAST_YEAR = 13;
const LAST_PRIMARY_YEAR = 6;

/** The phase of school a child of this day would be in, or null. */
function phaseOf(resident: Resident, until: string): School["phase"] | null {
  if (!resident.bornOn) return null;
  const year = curriculumYear(resident.bornOn, until);
  if (year < 0 || year > LAST_YEAR) return null;
  return year <= LAST_PRIMARY_YEAR ? "PRIMARY" : "SECONDARY";
}

export function fileEducation(files: Files): void {
  const { household, build, random } = files;
  const { family } = household;
  for (const resident of family.residents) {
    const phase = phaseOf(resident, build.settings.until);
    if (!resident.child || !phase || resident === household.formerIdentity) continue;
    const stays = curriculumYear(resident.bornOn ?? "", build.settings.until) <= 11 || random.chance(STAYS_AFTER_16);
    if (!stays || random.chance(NOT_ON_A_ROLL)) continue;
    const record = enrol(files, resident, family.schools[phase]);
    files.education.set(resident.id, record);
    noteContacts(files, { resident, record });
    const elsewhere = everySo(build, "dual", 70);
    if (elsewhere) second(files, { resident, first: record, area: family.area, why: "DUAL" });
    if (household.kind === "TWO_AREAS")
      second(files, { resident, first: record, area: family.area === "OX" ? "OL" : "OX", why: "LEAVER" });
  }
}

function enrol(files: Files, resident: Resident, school: School): AgencyRecord {
  const { build } = files;
  const record = draft(files, { resident, agency: "education", localId: studentId(files) });
  record.schoolId = school.id;
  record.upn = resident.upn;
  if (files.household.kind === "UNACCOMPANIED" || everySo(build, "temporary-upn", 60))
    record.upn = temporaryUpn(files, school);
  else if (everySo(build, "no-upn", 60)) record.upn = null;
  file(files, record, [resident.id]);
  return record;
}

const studentId = (files: Files): string => `A${1_750_000_000 + files.build.count("A175")}`;

function temporaryUpn(files: Files, { laCode, estab }: School): string {
  const { build } = files;
  const year = Number(build.settings.until.slice(0, 4));
  return makeUpn({ laCode, estab, year, serial: build.count(`temporary${laCode}${estab}`), temporary: true });
}

interface SecondRoll {
  resident: Resident;
  first: AgencyRecord;
  area: Area;
  why: "DUAL" | "LEAVER";
}

/** The same child at another school: dually registered, or left behind when the family moved. */
function second(files: Files, { resident, first, area, why }: SecondRoll): void {
  const { build, random } = files;
  const phase = phaseOf(resident, build.settings.until) ?? "PRIMARY";
  const schools = build.workforce.schools.filter(
    ({ laCode, id }) => (laCode === "931") === (area === "OX") && id !== first.schoolId,
  );
  const school = random.pick(
    schools.filter((one) => one.phase === phase).length > 0 ? schools.filter((one) => one.phase === phase) : schools,
  );
  const record = draft(files, { resident, agency: "education", localId: studentId(files) });
  record.schoolId = school.id;
  record.upn = random.chance(0.7) ? resident.upn : null;
  if (why === "LEAVER") {
    record.address = first.formerAddress ?? first.address;
    record.updatedAt = `${addDays(build.settings.until, -420)}T15:00:00Z`;
  }
  file(files, record, [resident.id]);
  files.seconds.push({ agency: "education", record, residentId: resident.id, why });
}

/** How often a school has been given this person as a contact. */
const CONTACT: Partial<Record<Tie["role"], number>> = {
  MOTHER: 0.95,
  FATHER: 0.7,
  STEP_FATHER: 0.55,
  STEP_MOTHER: 0.35,
  GRANDPARENT: 0.8,
  FOSTER_CARER: 0.95,
  ADOPTIVE_PARENT: 0.97,
};

function noteContacts(files: Files, { resident, record }: { resident: Resident; record: AgencyRecord }): void {
  const { random, build, household } = files;
  const inCare = household.lookedAfter.has(resident.id);
  for (const tie of tiesTo(files, resident.id)) {
    const parent = tie.role === "MOTHER" || tie.role === "FATHER";
    const share = (CONTACT[tie.role] ?? 0) * (inCare && parent ? 0.35 : 1);
    const hidden = resident.restriction === "SHIELDED" && tie.role === "FATHER";
    const other = residentOf(files, tie.of);
    if (!other || hidden || isSibling(tie.role) || !random.chance(share)) continue;
    const phone = random.chance(0.85) ? mobilePhone(household.index * 3 + (other.sex === "F" ? 0 : 1)) : null;
    const note = noteTie(files, { record, tie, otherLocalId: null, phone, nickname: 0.1, noSurname: 0.05 });
    if (!note) continue;
    const livesWith = liveTogether(resident, other);
    build.part.recordedTies.push({
      ...note,
      from: null,
      until: null,
      livesWith,
      mainCarer: livesWith && other.sex === "F",
    });
  }
  if (random.chance(0.12)) noteRelative(files, { resident, record });
}

/** Somebody whom only the school has ever heard of. */
function noteRelative(files: Files, { resident, record }: { resident: Resident; record: AgencyRecord }): void {
  const { random, build } = files;
  build.part.recordedTies.push({
    ...blankTie({ agency: "education", localId: record.localId, role: "OTHER_RELATIVE" }),
    otherForenames: [random.pick(["Nan", "Grandad", "Auntie", "Margaret", "Maureen", "Nasreen", "Pat"])],
    otherSurname: random.chance(0.5) ? resident.surname : null,
    otherPhone: mobilePhone(random.int(0, 999)),
    parentalResponsibility: false,
    livesWith: false,
  });
}
