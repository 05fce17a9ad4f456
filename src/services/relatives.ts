// Whom a claim about a family names, as the hub knows them: by the agency's own record of them, or by their NHS number.

import { type FindOptionsWhere, In } from "typeorm";
import { itemsOf } from "../domain/absence.ts";
import type { AgencyView } from "../domain/agency-view.ts";
import type { FindRelative } from "../domain/genogram-claims.ts";
import { groupBy } from "../domain/group.ts";
import { identifierKeyText } from "../domain/link-keys.ts";
import type { StatedRelationship } from "../domain/statements.ts";
import { recordsWithKeys } from "../store/link-keys.ts";
import { recordHashes } from "../store/row-hashes.ts";
import { alsoKnownAs } from "../store/people.ts";
import { AgencyRecordRow, PersonRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";
import { linkHash } from "./identity-profiles.ts";

/** The people in the hub whose records carry each of these NHS numbers, by the number as given. One that is mistyped finds nobody. */
export async function peopleByNhsNumber(
  hub: Hub,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const hashes = new Map(
    [...new Set(numbers)].flatMap((value) => {
      const text = identifierKeyText("nhs", value);
      return text === null ? [] : [[value, linkHash(hub, text)] as const];
    }),
  );
  const { manager } = hub.db;
  const { byHash } = await recordsWithKeys(manager, [...hashes.values()]);
  const ids = [...byHash.values()].flat();
  const rows = ids.length > 0 ? await manager.findBy(AgencyRecordRow, { id: In([...new Set(ids)]) }) : [];
  const personOf = new Map(rows.map(({ id, personId }) => [id, personId]));
  return new Map(
    [...hashes].map(([value, hash]) => {
      const people = (byHash.get(hash) ?? []).flatMap((id) => personOf.get(id) ?? []);
      return [value, [...new Set(people)]];
    }),
  );
}

/** Finds whom the claims in these views name. Asked once for all of them. */
export async function relativesIn(hub: Hub, views: readonly AgencyView[]): Promise<FindRelative> {
  const claims = views.flatMap(({ agency, relationships }) =>
    itemsOf(relationships).map((claim) => ({ agencyId: agency.id, claim })),
  );
  const records = claims.flatMap(({ agencyId, claim: { otherRecordId } }) =>
    otherRecordId === null ? [] : [{ agencyId, recordId: otherRecordId }],
  );
  const numbers = claims.flatMap(({ claim }) => nhsNumbersOf(claim));
  if (records.length === 0 && numbers.length === 0) return () => null;
  const [byRecord, byNumber] = await Promise.all([peopleByRecord(hub, records), peopleByNhsNumber(hub, numbers)]);
  const covered = await coveredAmong(hub, [...byRecord.values(), ...[...byNumber.values()].flat()]);
  return (claim, agencyId) => {
    const own = claim.otherRecordId === null ? undefined : byRecord.get(keyOf(agencyId, claim.otherRecordId));
    const numbered = nhsNumbersOf(claim).flatMap((value) => byNumber.get(value) ?? []);
    const people = [...new Set([...(own === undefined ? [] : [own]), ...numbered])];
    if (people.length === 0) return null;
    // The agency's own record says whom it means; numbers alone must agree. Whoever it may be about, one restriction covers it.
    const personId = own ?? (people.length === 1 ? (people[0] ?? null) : null);
    return { personId, restricted: people.some((id) => covered.has(id)) };
  };
}

const nhsNumbersOf = ({ otherIdentifiers }: StatedRelationship): string[] =>
  otherIdentifiers.filter(({ kind }) => kind === "NHS_NUMBER").map(({ value }) => value);

const keyOf = (agencyId: string, recordId: string): string => JSON.stringify([agencyId, recordId]);

async function peopleByRecord(
  hub: Hub,
  records: readonly { readonly agencyId: string; readonly recordId: string }[],
): Promise<ReadonlyMap<string, string>> {
  const where = [...groupBy(records, ({ agencyId }) => agencyId)].map(
    ([agencyId, of]): FindOptionsWhere<AgencyRecordRow> => ({
      agencyId,
      recordHash: In(
        recordHashes(
          hub,
          agencyId,
          of.map(({ recordId }) => recordId),
        ),
      ),
    }),
  );
  const rows = where.length > 0 ? await hub.db.manager.findBy(AgencyRecordRow, where) : [];
  return new Map(rows.map(({ agencyId, recordId, personId }) => [keyOf(agencyId, recordId), personId]));
}

/** Those whom some agency restricts, who are shielded, or who are sealed: none is named, and nothing tells one from the other. */
async function coveredAmong(hub: Hub, personIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  // A shield stays on the id under which it was set.
  const known = await alsoKnownAs(hub.db, personIds);
  const among = In([...new Set([...known.values()].flat())]);
  const [restricted, people] = await Promise.all([
    hub.db.manager.findBy(AgencyRecordRow, { personId: among, restricted: true }),
    hub.db.manager.findBy(PersonRow, { id: among }),
  ]);
  const covered = new Set([
    ...restricted.map(({ personId }) => personId),
    ...people.flatMap(({ id, sealedAt, shielded }) => (sealedAt !== null || shielded ? [id] : [])),
  ]);
  return new Set([...known].flatMap(([id, ids]) => (ids.some((each) => covered.has(each)) ? [id] : [])));
}
