// What is in a town, counted: printed by `hub town`, and a quick look for whoever changes the generator.

import type { SimAgency, Town } from "./types.ts";

export interface TownCounts {
  children: number;
  residents: number;
  schools: number;
  agencies: Record<SimAgency, { records: number; ties: number; facts: number }>;
  notices: number;
  twinPairs: number;
  restricted: number;
  unborn: number;
  /** Second and further records of one person in one agency, police aside. */
  duplicates: number;
  /** Records that are really two people. */
  merged: number;
}

/** Counts of everything in it, the demo family included. */
export function countTown(town: Town): TownCounts {
  const of = (agency: SimAgency, facts: number): { records: number; ties: number; facts: number } => ({
    records: town.records.filter((record) => record.agency === agency).length,
    ties: town.recordedTies.filter((tie) => tie.agency === agency).length,
    facts,
  });
  const filed = town.truth.filter(({ agency }) => agency !== "police");
  const owners = new Set(filed.map(({ agency, residentId }) => `${agency} ${residentId}`));
  const records = new Set(filed.map(({ agency, recordId }) => `${agency} ${recordId}`));
  const people = town.police.reduce((sum, notice) => sum + notice.people.length, 0);
  return {
    children: town.residents.filter(({ child, bornOn }) => child && bornOn !== null).length,
    residents: town.residents.length,
    schools: town.schools.length,
    agencies: {
      health: of("health", town.health.length),
      education: of("education", town.education.length),
      socialCare: of("socialCare", town.socialCare.length),
      police: { records: people, ties: 0, facts: town.police.length },
    },
    notices: town.police.length,
    twinPairs: new Set(town.residents.map(({ twinSet }) => twinSet).filter((set) => set !== null)).size,
    restricted: town.records.filter(({ restricted }) => restricted).length,
    unborn: town.residents.filter(({ child, bornOn }) => child && bornOn === null).length,
    duplicates: filed.length - owners.size,
    merged: filed.length - records.size,
  };
}

const LABELS: readonly (readonly [SimAgency, string])[] = [
  ["health", "health"],
  ["education", "education"],
  ["socialCare", "social care"],
  ["police", "police"],
];

/** The counts as lines for a terminal. */
export function describeCounts(counts: TownCounts): string {
  const row = (cells: readonly (string | number)[]): string =>
    cells.map((cell, at) => (at === 0 ? String(cell).padEnd(12) : String(cell).padStart(10))).join("");
  const agencies = LABELS.map(([agency, label]) => {
    const { records, ties, facts } = counts.agencies[agency];
    return row([label, records, ties, facts]);
  });
  return [
    `A town of ${counts.children} children and ${counts.residents} residents, ${counts.schools} schools; nobody in it exists.`,
    "",
    row(["agency", "records", "ties", "facts"]),
    ...agencies,
    "",
    `Police notices ${counts.notices}, pairs of twins ${counts.twinPairs}, unborn children ${counts.unborn}, restricted records ${counts.restricted},`,
    `duplicate records ${counts.duplicates}, records that are really two people ${counts.merged}.`,
  ].join("\n");
}
