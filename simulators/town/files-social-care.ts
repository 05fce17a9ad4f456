// What social care has on file: the children it knows, the adults round them, and its own muddles.

import { nextId } from "./build.ts";
import { addDays } from "./days.ts";
import { draft, everySo, file, isSibling, liveTogether, noteTie, residentOf, tiesTo, type Files } from "./files.ts";
import type { AgencyRecord, Resident } from "./types.ts";

const HAS_NHS_NUMBER = 0.65;
const HAS_UPN = 0.6;
const UNBORN_NAMES = [["Unborn"], ["Baby"], ["Unborn", "Baby"], []];

export function fileSocialCare(files: Files): void {
  const { household } = files;
  const children = household.family.residents.filter((resident) => isKnown(files, resident));
  if (children.length === 0) return;
  for (const child of children) fileChild(files, child);
  const wanted = new Set(
    children.flatMap(({ id }) => household.family.ties.filter(({ to }) => to === id).map(({ of }) => of)),
  );
  for (const resident of household.family.residents)
    if (!resident.child && wanted.has(resident.id) && files.random.chance(0.9)) fileAdult(files, resident);
  noteSocialCareTies(files);
}

/** An adopted child's new identity is never among them; the old one is, and closed. */
function isKnown({ household }: Files, resident: Resident): boolean {
  if (!resident.child || resident.restriction === "ADOPTED") return false;
  if (resident === household.formerIdentity || household.lookedAfter.has(resident.id)) return true;
  return household.level !== "NONE" && (resident.bornOn !== null || household.level !== "EARLY_HELP");
}

function fileChild(files: Files, child: Resident): void {
  const { household, build } = files;
  const twin = household.family.residents.find(
    ({ twinSet, id }) => twinSet !== null && twinSet === child.twinSet && id !== child.id,
  );
  const elder = twin ? files.socialCare.get(twin.id) : undefined;
  if (twin && elder && everySo(build, "merged-twins", 3)) {
    // One record for two children: the second twin was never entered as a person of their own.
    files.build.part.truth.push({ agency: "socialCare", recordId: elder.localId, residentId: child.id });
    elder.upn = child.upn ?? elder.upn;
    return;
  }
  const record = withNumbers(files, child);
  if (twin && elder && everySo(build, "twin-number", 2)) record.nhsNumber = twin.nhsNumber;
  files.socialCare.set(child.id, record);
  file(files, record, [child.id]);
  if (child === household.formerIdentity)
    files.seconds.push({ agency: "socialCare", record, residentId: child.id, why: "CLOSED" });
  else if (child.bornOn && everySo(build, "legacy", 10)) fileAgain(files, child, "LEGACY");
  if (household.kind === "TWO_AREAS" && child.bornOn) fileAgain(files, child, "OTHER_AREA");
}

function withNumbers(files: Files, child: Resident): AgencyRecord {
  const { build, random } = files;
  const record = draft(files, { resident: child, agency: "socialCare", localId: nextId(build, "LA-") });
  if (child.bornOn === null) record.forenames = random.pick(UNBORN_NAMES);
  if (child.bornOn !== null && random.chance(HAS_NHS_NUMBER))
    record.nhsNumber = files.oldNumbers.get(child.id) ?? child.nhsNumber;
  if (random.chance(HAS_UPN)) record.upn = child.upn;
  if (child.bornOn === null)
    record.address = build.addresses.get(motherOf(files, child)?.homes.at(-1)?.addressId ?? "") ?? null;
  return record;
}

const motherOf = (files: Files, child: Resident): Resident | undefined =>
  residentOf(files, tiesTo(files, child.id).find(({ role }) => role === "MOTHER")?.of ?? "");

/** A second record of the same child: out of the system before this one, or the other council's. */
function fileAgain(files: Files, child: Resident, why: "LEGACY" | "OTHER_AREA"): void {
  const { build, random } = files;
  const record = draft(files, { resident: child, agency: "socialCare", localId: nextId(build, "LA-") });
  const before = child.homes.find(({ until }) => until !== null)?.addressId;
  record.address = (before ? build.addresses.get(before) : null) ?? record.address;
  record.formerAddress = null;
  record.nhsNumber = random.chance(0.4) ? child.nhsNumber : null;
  record.updatedAt = `${addDays(build.settings.until, -random.int(500, 900))}T02:00:00Z`;
  file(files, record, [child.id]);
  files.seconds.push({ agency: "socialCare", record, residentId: child.id, why });
}

function fileAdult(files: Files, adult: Resident): void {
  const { build, random } = files;
  const record = draft(files, { resident: adult, agency: "socialCare", localId: nextId(build, "LA-") });
  record.nhsNumber = random.chance(0.3) ? adult.nhsNumber : null;
  files.socialCare.set(adult.id, record);
  file(files, record, [adult.id]);
}

function noteSocialCareTies(files: Files): void {
  const { build, random } = files;
  for (const [residentId, record] of files.socialCare) {
    const resident = residentOf(files, residentId);
    if (!resident) continue;
    for (const tie of tiesTo(files, residentId)) {
      const other = files.socialCare.get(tie.of);
      const otherResident = residentOf(files, tie.of);
      const share = tie.role === "MOTHER" || tie.role === "FOSTER_CARER" ? 0.97 : isSibling(tie.role) ? 0.85 : 0.75;
      if (!otherResident || (record.adult && !other) || !random.chance(other ? share : 0.3)) continue;
      const note = noteTie(files, {
        record,
        tie,
        otherLocalId: other?.localId ?? null,
        phone: other?.phone ?? null,
        nickname: 0.03,
      });
      if (!note) continue;
      const livesWith = liveTogether(resident, otherResident);
      const carer = !record.adult && !isSibling(tie.role) ? livesWith && otherResident.sex === "F" : null;
      build.part.recordedTies.push({ ...note, livesWith, mainCarer: carer });
    }
  }
}
