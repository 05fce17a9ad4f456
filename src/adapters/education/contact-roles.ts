import type { RelationshipRole } from "../../domain/statements.ts";

/** What schools write, and the codes of the Common Transfer File; compared without case, spaces and hyphens. */
const ROLES = new Map(
  Object.entries<RelationshipRole>({
    mother: "MOTHER",
    pam: "MOTHER",
    father: "FATHER",
    paf: "FATHER",
    parent: "PARENT",
    stepmother: "STEP_MOTHER",
    stm: "STEP_MOTHER",
    stepfather: "STEP_FATHER",
    stf: "STEP_FATHER",
    stepparent: "STEP_PARENT",
    adoptiveparent: "ADOPTIVE_PARENT",
    fostercarer: "FOSTER_CARER",
    fostermother: "FOSTER_CARER",
    fom: "FOSTER_CARER",
    fosterfather: "FOSTER_CARER",
    fof: "FOSTER_CARER",
    guardian: "GUARDIAN",
    grandparent: "GRANDPARENT",
    grandmother: "GRANDPARENT",
    grandfather: "GRANDPARENT",
    sibling: "SIBLING",
    brother: "SIBLING",
    sister: "SIBLING",
    halfsibling: "HALF_SIBLING",
    stepsibling: "STEP_SIBLING",
    auntoruncle: "AUNT_UNCLE",
    aunt: "AUNT_UNCLE",
    uncle: "AUNT_UNCLE",
    cousin: "COUSIN",
    carer: "CARER",
    car: "CARER",
    childminder: "CARER",
    chm: "CARER",
    otherrelative: "OTHER_RELATIVE",
    otherfamilymember: "OTHER_RELATIVE",
    rel: "OTHER_RELATIVE",
    fam: "OTHER_RELATIVE",
    neighbour: "FRIEND_OR_NEIGHBOUR",
    friend: "FRIEND_OR_NEIGHBOUR",
    familyfriend: "FRIEND_OR_NEIGHBOUR",
  }),
);

/** The part a contact plays, by what the school calls it; `UNKNOWN` for words that are not known here. */
export const roleOf = (relationship: string | null | undefined): RelationshipRole =>
  ROLES.get(relationship?.toLowerCase().replaceAll(/[^a-z]/g, "") ?? "") ?? "UNKNOWN";
