import type { Involvement, InvolvementRole } from "../../domain/statements.ts";
import { perRecord, saidBy, type PerRecord } from "./per-record.ts";
import { EARLY_HELP } from "./ssd-need-tables.ts";
import { DEPARTMENT, INVOLVEMENT, PROFESSIONAL } from "./ssd-tables.ts";
import { rowsIn, type Reading } from "./reading.ts";
import { dayOf, known, provenance } from "./values.ts";

/** What the dataset does not hold: the council's own name, and the number its workers are reached by. */
export interface Council {
  readonly name: string;
  readonly phone: string | null;
}

/** Roles are free text; the first words that fit decide. */
const ROLES: readonly (readonly [RegExp, InvolvementRole])[] = [
  [/early help|lead professional|family support/i, "EARLY_HELP_WORKER"],
  [/review|\biro\b|conference chair/i, "INDEPENDENT_REVIEWING_OFFICER"],
  [/foster/i, "FOSTER_CARE"],
  [/social work|case ?worker|allocated|assessment/i, "SOCIAL_WORKER"],
];

const roleOf = (stated: string | null): InvolvementRole =>
  ROLES.find(([words]) => stated !== null && words.test(stated))?.[1] ?? "OTHER";

/** Who works with these children, present ones first. */
export async function readInvolvements(
  reading: Reading,
  ids: readonly string[],
  council: Council,
): Promise<PerRecord<Involvement>> {
  const rows = await rowsIn(reading, INVOLVEMENT, { personId: ids });
  const episodes = await rowsIn(reading, EARLY_HELP, { personId: ids });
  const staffIds = [...rows.map(({ professionalId }) => professionalId), ...episodes.map(({ workerId }) => workerId)];
  const staff = byId(await rowsIn(reading, PROFESSIONAL, { id: distinct(staffIds) }));
  const teams = byId(await rowsIn(reading, DEPARTMENT, { id: distinct(rows.map(({ teamId }) => teamId)) }));

  const reach = { phone: council.phone, email: null } as const;

  const involved = saidBy(rows, (row): Involvement[] => {
    const worker = staff.get(row.professionalId);
    const role = known(row.role) ?? known(worker?.jobTitle ?? null);
    return [
      {
        role: roleOf(role),
        practitioner: known(worker?.name ?? null),
        organisation: council.name,
        team: known(teams.get(row.teamId)?.name ?? null) ?? known(worker?.department ?? null),
        ...reach,
        fromOn: dayOf(row.from),
        untilOn: dayOf(row.until),
        provenance: provenance(row.id ?? "", role),
      },
    ];
  });
  const helped = saidBy(episodes, (row): Involvement[] => {
    const worker = staff.get(row.workerId);
    return [
      {
        role: "EARLY_HELP_WORKER",
        practitioner: known(worker?.name ?? null),
        organisation: known(row.organisation) ?? council.name,
        team: known(worker?.department ?? null),
        ...reach,
        fromOn: dayOf(row.from),
        untilOn: dayOf(row.until),
        provenance: provenance(row.id ?? ""),
      },
    ];
  });
  return perRecord(ids, (id) => presentFirst(involved(id), helped(id)));
}

/** An early help worker whom the involvements name as well is told once. */
function presentFirst(involved: readonly Involvement[], helped: readonly Involvement[]): Involvement[] {
  const same = (a: Involvement, b: Involvement): boolean => a.practitioner === b.practitioner && a.fromOn === b.fromOn;
  const all = [...involved, ...helped.filter((help) => !involved.some((one) => same(one, help)))];
  const order = (one: Involvement): string => `${one.untilOn ? 0 : 1}${one.fromOn ?? ""}${one.provenance.recordId}`;
  return all.sort((a, b) => order(b).localeCompare(order(a)));
}

const distinct = (ids: readonly (string | null)[]): string[] => [...new Set(ids.flatMap((id) => known(id) ?? []))];

const byId = <Row extends { id: string | null }>(rows: readonly Row[]): Map<string | null, Row> =>
  new Map(rows.map((row) => [row.id, row]));
