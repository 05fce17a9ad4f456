import { RELATIONSHIP_ROLES, type RelationshipRole, type StatedRelationship } from "../../domain/statements.ts";
import { nameOf, ownIdentifiers, type Person } from "./demographics.ts";
import { FAMILY, MOTHER, RELATION, RESTRICTION } from "./ssd-tables.ts";
import { rowsIn, type Reading } from "./reading.ts";
import type { RowIn } from "./table.ts";
import { dayOf, flagOf, instantOf, known, provenance } from "./values.ts";

/** A claim before the other person has been looked up. */
type Claim = Omit<StatedRelationship, "otherName" | "otherBornOn" | "otherIdentifiers" | "otherRecordId"> & {
  readonly otherId: string;
};

/** What the other is, seen from the far end of a claim. A role that has no name from there is left out, and so unknown. */
const INVERSE: Partial<Record<RelationshipRole, RelationshipRole>> = {
  MOTHER: "CHILD",
  FATHER: "CHILD",
  PARENT: "CHILD",
  ADOPTIVE_PARENT: "CHILD",
  STEP_MOTHER: "STEP_CHILD",
  STEP_FATHER: "STEP_CHILD",
  STEP_PARENT: "STEP_CHILD",
  GRANDPARENT: "GRANDCHILD",
  CHILD: "PARENT",
  STEP_CHILD: "STEP_PARENT",
  GRANDCHILD: "GRANDPARENT",
  UNBORN_CHILD: "PARENT_OF_UNBORN",
  PARENT_OF_UNBORN: "UNBORN_CHILD",
  SIBLING: "SIBLING",
  HALF_SIBLING: "HALF_SIBLING",
  STEP_SIBLING: "STEP_SIBLING",
  COUSIN: "COUSIN",
  PARTNER: "PARTNER",
  EX_PARTNER: "EX_PARTNER",
  AUNT_UNCLE: "OTHER_RELATIVE",
  HOUSEHOLD_MEMBER: "HOUSEHOLD_MEMBER",
  FRIEND_OR_NEIGHBOUR: "FRIEND_OR_NEIGHBOUR",
};

const YOUNGER = new Set<RelationshipRole>(["CHILD", "STEP_CHILD", "GRANDCHILD", "UNBORN_CHILD"]);

/** Roles that other systems word differently; `CHI` is Liquidlogic's. */
const ALSO_WRITTEN: Readonly<Record<string, RelationshipRole>> = {
  CHI: "CHILD",
  BROTHER: "SIBLING",
  SISTER: "SIBLING",
  SPOUSE: "PARTNER",
  GUARD: "GUARDIAN",
};

/** Who plays a part in the lives of these people. One relation is told from both its ends. */
export async function readRelationships(
  reading: Reading,
  ids: readonly string[],
): Promise<Map<string, StatedRelationship[]>> {
  const relations = await rowsIn(reading, RELATION, { personId: ids, relatedId: ids });
  const mothers = await rowsIn(reading, MOTHER, { motherId: ids, childId: ids });
  const own = await rowsIn(reading, FAMILY, { personId: ids });
  const families = await rowsIn(reading, FAMILY, { familyId: own.flatMap(({ familyId }) => known(familyId) ?? []) });
  const claims = new Map(ids.map((id) => [id, claimsOf(id, { relations, mothers, families })]));

  const others = [...new Set([...claims.values()].flat().map(({ otherId }) => otherId))];
  const people = await rowsIn(reading, reading.person, { personId: others });
  const restrictions = await rowsIn(reading, RESTRICTION, { personId: others });
  const shielded = new Set(restrictions.filter(({ restricted }) => flagOf(restricted)).map(({ personId }) => personId));
  const byId = new Map(people.map((one) => [one.personId, one]));
  const told = ({ otherId, ...claim }: Claim): StatedRelationship => {
    const other = shielded.has(otherId) ? null : (byId.get(otherId) ?? null);
    return { ...claim, otherRecordId: byId.has(otherId) ? otherId : null, ...whoIs(other) };
  };
  return new Map([...claims].map(([id, list]) => [id, list.map(told)]));
}

/** Who the other is; nothing of somebody whose own record is restricted. */
const whoIs = (other: Person | null) => ({
  otherName: other && nameOf(other),
  otherBornOn: other && dayOf(other.bornOn),
  otherIdentifiers: other ? ownIdentifiers(other) : [],
});

interface Kin {
  readonly relations: readonly RowIn<typeof RELATION>[];
  readonly mothers: readonly RowIn<typeof MOTHER>[];
  readonly families: readonly RowIn<typeof FAMILY>[];
}

/** Stated claims first; the other end's, the mother's table and the family only about people nothing better is said of. */
function claimsOf(id: string, { relations, mothers, families }: Kin): Claim[] {
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
  const written = RELATIONSHIP_ROLES.find((role) => role === stated) ?? ALSO_WRITTEN[stated] ?? "UNKNOWN";
  const role = forward ? written : (INVERSE[written] ?? "UNKNOWN");
  // Responsibility and care belong to the elder of the two, whichever end the row was written from.
  const elderIsOther = forward !== YOUNGER.has(written);
  return claimOn(otherId, {
    role,
    parentalResponsibility: elderIsOther ? flagOf(row.parentalResponsibility) : null,
    mainCarer: elderIsOther ? flagOf(row.mainCarer) : null,
    from: dayOf(row.from),
    until: dayOf(row.until),
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
  const silent = { parentalResponsibility: null, mainCarer: null, livesWithChild: null, from: null, until: null };
  return [{ ...silent, ...said, otherId: other }];
}
