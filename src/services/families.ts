// Who belongs with a child, as agencies claim it. A relative who is restricted themselves is not named.

import { type FindOptionsWhere, In } from "typeorm";
import { itemsOf } from "../domain/absence.ts";
import type { AgencyView } from "../domain/agency-view.ts";
import { groupBy } from "../domain/group.ts";
import { normaliseNhsNumber } from "../domain/identifiers.ts";
import type { StatedRelationship } from "../domain/statements.ts";
import type { Family } from "../schema/child.ts";
import { AgencyRecordRow, MatchKeyRow } from "../store/rows.ts";
import type { Hub } from "./hub.ts";
import { type KnownRelative, presentFamily } from "./present.ts";

interface Named {
  readonly agencyId: string;
  readonly claim: StatedRelationship;
}

/** The family that each child's views claim, each relative as the hub knows them. Asked once for all the children. */
export async function familiesOf(hub: Hub, children: readonly (readonly AgencyView[])[]): Promise<Family[]> {
  const named = children
    .flat()
    .flatMap(({ agency, relationships }) =>
      itemsOf(relationships).map((claim): Named => ({ agencyId: agency.id, claim })),
    );
  const relativeIn = await relatives(hub, named);
  return children.map((views) => presentFamily(views, relativeIn));
}

/** Whom each claim names, by the agency's own record of them or by their NHS number. */
async function relatives(
  hub: Hub,
  named: readonly Named[],
): Promise<(claim: StatedRelationship) => KnownRelative | null> {
  const { manager } = hub.db;
  const hashOf = ({ otherIdentifiers }: StatedRelationship) =>
    otherIdentifiers
      .filter(({ kind }) => kind === "NHS_NUMBER")
      .map(({ value }) => hub.keyed(`NHS|${normaliseNhsNumber(value)}`));
  const hashes = [...new Set(named.flatMap(({ claim }) => hashOf(claim)))];
  const keys = hashes.length > 0 ? await manager.findBy(MatchKeyRow, { kind: "NHS", hash: In(hashes) }) : [];
  const byAgency = groupBy(
    named.filter(({ claim }) => claim.otherRecordId !== null),
    ({ agencyId }) => agencyId,
  );
  const where: FindOptionsWhere<AgencyRecordRow>[] = [...byAgency].map(([agencyId, claims]) => {
    return { agencyId, recordId: In(claims.map(({ claim }) => claim.otherRecordId)) };
  });
  if (keys.length > 0) where.push({ id: In(keys.map(({ recordRowId }) => recordRowId)) });
  if (where.length === 0) return () => null;
  const rows = await manager.findBy(AgencyRecordRow, where);
  const personIds = In(rows.map(({ personId }) => personId));
  const restricted = await manager.findBy(AgencyRecordRow, { personId: personIds, restricted: true });
  const covered = new Set(restricted.map(({ personId }) => personId));

  const agencyOf = new Map(named.map(({ agencyId, claim }) => [claim, agencyId]));
  const byRecord = new Map(rows.map((row) => [`${row.agencyId} ${row.recordId}`, row.personId]));
  const byRow = new Map(rows.map(({ id, personId }) => [id, personId]));
  const byHash = new Map(keys.map(({ hash, recordRowId }) => [hash, byRow.get(recordRowId)]));
  return (claim) => {
    const own = claim.otherRecordId ? byRecord.get(`${agencyOf.get(claim)} ${claim.otherRecordId}`) : undefined;
    const personIds = [own, ...hashOf(claim).map((hash) => byHash.get(hash))].filter((id) => id !== undefined);
    const [personId] = personIds;
    // Whoever the claim may be about, one restriction covers it.
    return personId ? { personId, restricted: personIds.some((id) => covered.has(id)) } : null;
  };
}
