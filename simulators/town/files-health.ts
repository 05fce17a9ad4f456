// What health has on file: nearly every child, most mothers, some fathers, each under a number of their own.

import { nextId } from "./build.ts";
import { addDays } from "./days.ts";
import { draft, everySo, file, isSibling, noteTie, tiesTo, type Files } from "./files.ts";
import type { AgencyRecord, Resident } from "./types.ts";

const KNOWN = { child: 0.985, woman: 0.88, man: 0.62 };

const STATUSES = [
  ["01", 940],
  ["02", 25],
  ["03", 12],
  ["05", 10],
  ["04", 8],
  ["06", 5],
] as const;

export function fileHealth(files: Files): void {
  const { household, random } = files;
  for (const resident of household.family.residents) {
    const share = resident.child ? KNOWN.child : resident.sex === "F" ? KNOWN.woman : KNOWN.man;
    const former = resident === household.formerIdentity;
    if (resident.bornOn === null || (!former && !random.chance(share))) continue;
    const record = withNumber(files, resident);
    record.invalidated = former;
    files.health.set(resident.id, record);
    file(files, record, [resident.id]);
    if (resident.child && !former && everySo(files.build, "invalidated", 120)) fileInvalidated(files, resident);
  }
  noteHealthTies(files);
}

function withNumber(files: Files, resident: Resident): AgencyRecord {
  const { random, build, household } = files;
  const record = draft(files, { resident, agency: "health", localId: nextId(build, "p-") });
  const newborn = resident.child && (resident.bornOn ?? "") > addDays(build.settings.until, -42);
  const numbered = household.lookedAfter.has(resident.id) || !random.chance(0.015);
  record.nhsNumber = numbered ? resident.nhsNumber : null;
  record.nhsNumberStatus = !numbered ? random.pick(["04", "07"]) : newborn ? "08" : random.weighted(STATUSES);
  if (resident.child && numbered && everySo(build, "superseded", 60)) {
    record.supersededNhsNumber = build.nhsNumber();
    files.oldNumbers.set(resident.id, record.supersededNhsNumber);
  }
  return record;
}

/** A second record made in error and since withdrawn. */
function fileInvalidated(files: Files, resident: Resident): void {
  const { build } = files;
  const record = draft(files, { resident, agency: "health", localId: nextId(build, "p-") });
  file(files, { ...record, nhsNumber: build.nhsNumber(), nhsNumberStatus: "05", address: null, invalidated: true }, [
    resident.id,
  ]);
}

/** Proxies and next of kin, sparsely: mothers mostly, seldom brothers and sisters. */
function noteHealthTies(files: Files): void {
  const { random, build, household } = files;
  for (const [residentId, record] of files.health) {
    if (record.adult || residentId === household.formerIdentity?.id) continue;
    for (const tie of tiesTo(files, residentId)) {
      const share = tie.role === "MOTHER" ? 0.8 : isSibling(tie.role) ? 0.04 : tie.role === "FATHER" ? 0.35 : 0.25;
      const other = files.health.get(tie.of);
      if (!random.chance(share) || (!other && random.chance(0.6))) continue;
      const note = noteTie(files, { record, tie, otherLocalId: other?.localId ?? null, phone: other?.phone ?? null });
      // A reference to somebody else's number often comes without a name.
      if (note)
        build.part.recordedTies.push(
          other && random.chance(0.3) ? { ...note, otherForenames: [], otherSurname: null } : note,
        );
    }
  }
}
