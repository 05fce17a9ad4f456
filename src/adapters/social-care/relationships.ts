import type { StatedRelationship } from "../../domain/statements.ts";
import { AgencyFault } from "../agency-fault.ts";
import { claimsOf, type Claim } from "./claims.ts";
import { nameOf } from "./demographics.ts";
import { readRestricted } from "./holders.ts";
import { perRecord, type PerRecord } from "./per-record.ts";
import { rowsIn, type Reading } from "./reading.ts";
import { FAMILY, MOTHER, RELATION, type Person } from "./ssd-tables.ts";
import { ownIdentifiers } from "./stated-identifiers.ts";
import { dayOf, known } from "./values.ts";

/** Who plays a part in the lives of these people. One relation is told from both its ends. */
export async function readRelationships(
  reading: Reading,
  ids: readonly string[],
): Promise<PerRecord<StatedRelationship>> {
  const relations = await rowsIn(reading, RELATION, { personId: ids, relatedId: ids });
  const mothers = await rowsIn(reading, MOTHER, { motherId: ids, childId: ids });
  const own = await rowsIn(reading, FAMILY, { personId: ids });
  const families = await rowsIn(reading, FAMILY, { familyId: own.flatMap(({ familyId }) => known(familyId) ?? []) });
  const claims = perRecord(ids, (id) => claimsOf(id, { relations, mothers, families }));

  const others = [...claims.values()].flatMap((list) => (list instanceof AgencyFault ? [] : list));
  const otherIds = [...new Set(others.map(({ otherId }) => otherId))];
  const people = await rowsIn(reading, reading.person, { personId: otherIds });
  const shielded = await readRestricted(reading, otherIds);
  const byId = new Map(people.map((one) => [one.personId, one]));
  const told = ({ otherId, ...claim }: Claim): StatedRelationship => {
    const other = shielded.has(otherId) ? null : (byId.get(otherId) ?? null);
    return { ...claim, otherRecordId: byId.has(otherId) ? otherId : null, ...whoIs(other) };
  };
  return perRecord(ids, (id) => {
    const list = claims.get(id) ?? [];
    if (list instanceof AgencyFault) throw list;
    // Of somebody whose record is restricted it is not even said that they live in this household.
    return list.filter(({ role, otherId }) => role !== "HOUSEHOLD_MEMBER" || !shielded.has(otherId)).map(told);
  });
}

/** Who the other is; nothing of somebody whose own record is restricted. */
const whoIs = (other: Person | null) => ({
  otherName: other && nameOf(other),
  otherBornOn: other && dayOf(other.bornOn),
  otherIdentifiers: other ? ownIdentifiers(other) : [],
});
