import type { RelationshipRole } from "../../domain/statements.ts";

/** What the other is, seen from the far end of a claim. A role that has no name from there is left out, and so unknown. */
export const INVERSE: Partial<Record<RelationshipRole, RelationshipRole>> = {
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

/** Roles in which the other is the younger of the two. */
export const YOUNGER = new Set<RelationshipRole>(["CHILD", "STEP_CHILD", "GRANDCHILD", "UNBORN_CHILD"]);

/** Roles that other systems word differently; `CHI` is Liquidlogic's. */
export const ROLES_WRITTEN_OTHERWISE: Readonly<Record<string, RelationshipRole>> = {
  CHI: "CHILD",
  BROTHER: "SIBLING",
  SISTER: "SIBLING",
  SPOUSE: "PARTNER",
  GUARD: "GUARDIAN",
};
