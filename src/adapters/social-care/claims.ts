// Who plays which part in somebody's life, as the relations, mothers and families on file claim it.

import { RELATIONSHIP_ROLES, type StatedRelationship } from "../../domain/statements.ts";
import { INVERSE, ROLES_WRITTEN_OTHERWISE, YOUNGER } from "./roles.ts";
import { FAMILY, MOTHER, RELATION } from "./ssd-tables.ts";
import type { RowIn } from "./table.ts";
import { dayOf, flagOf, instantOf, known, provenance } from "./values.ts";

/** A claim before the other person has been looked up. */
export type Claim = Omit<StatedRelationship, "otherName" | "otherBornOn" | "otherIdentifiers" | "otherRecordId"> & {
  readonly otherId: string;
};

interface Kin {
  readonly relations: readonly RowIn<typeof RELATION>[];
  readonly mothers: readonly RowIn<typeof MOTHER>[];
  readonly families: readonly RowIn<typeof FAMILY>[];
}

/** Stated claims first; the other end's, the mother's table and the family only about people nothing better is said of. */
export function claimsOf(id: string, { relations, mothers, families }: Kin): Claim[] {
  const claims = relations.filter(({ personId }) => personId === id).flatMap((row) => claim(row, row.relatedId));
  const add = (more: readonly Claim[]): void => {
    const named = new Set(claims.map(({ otherId }) => otherId));
    claims.push(...more.filter(({ otherId }) => otherId !== id && !named.has(otherId)));
  };
  add(relations.filter(({ relatedId }) => relatedId === id).flatMap((row) => claim(row, row.personId)));
  add(
    mothers.flatMap((row) =>
      row.childId === id ? claimOn(row.motherId, { role: "MOTHER", provenance: provenance(row.id ?? "") }) : [],
    ),
  );
  add(
    mothers.flatMap((row) =>
      row.motherId === id ? claimOn(row.childId, { role: "CHILD", provenance: provenance(row.id ?? "") }) : [],
    ),
  );
  const own = new Set(families.filter(({ personId }) => personId === id).map(({ familyId }) => familyId));
  // Being in one family record says nothing about being anybody's parent.
  add(
    families.flatMap((row) =>
      own.has(row.familyId)
        ? claimOn(row.personId, {
            role: "HOUSEHOLD_MEMBER",
            provenance: provenance(row.id ?? "", "same family record"),
          })
        : [],
    ),
  );
  return claims;
}

function claim(row: RowIn<typeof RELATION>, otherId: string | null): Claim[] {
  const stated = known(row.type)?.toUpperCase() ?? "";
  const forward = otherId === row.relatedId;
  const written = RELATIONSHIP_ROLES.find((role) => role === stated) ?? ROLES_WRITTEN_OTHERWISE[stated] ?? "UNKNOWN";
  const role = forward ? written : (INVERSE[written] ?? "UNKNOWN");
  // Responsibility and care belong to the elder of the two, whichever end the row was written from.
  const elderIsOther = forward !== YOUNGER.has(written);
  return claimOn(otherId, {
    role,
    parentalResponsibility: elderIsOther ? flagOf(row.parentalResponsibility) : null,
    mainCarer: elderIsOther ? flagOf(row.mainCarer) : null,
    fromOn: dayOf(row.from),
    untilOn: dayOf(row.until),
    provenance: provenance(row.id ?? "", stated, instantOf(row.updatedAt)?.toISOString() ?? null),
  });
}

/** A claim about somebody, of which nothing more is known than what is said. The dataset's sentinels are nobody. */
function claimOn(
  otherId: string | null,
  said: Pick<Claim, "role" | "provenance"> & Partial<Omit<Claim, "otherId">>,
): Claim[] {
  const other = known(otherId);
  if (!other) return [];
  const silent = { parentalResponsibility: null, mainCarer: null, livesWithChild: null, fromOn: null, untilOn: null };
  return [{ ...silent, ...said, otherId: other }];
}
