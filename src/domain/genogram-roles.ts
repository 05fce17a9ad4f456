// What a claimed role means for the picture of a family: which line it draws, and which roles cannot both be right.

import type { RelationshipRole } from "./statements.ts";

/** How a parent and a child belong together, as far as the agency's word for it goes. */
export const LINK_KINDS = ["BIRTH", "ADOPTIVE", "STEP", "FOSTER", "GUARDIAN", "UNSTATED"] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** `PARENTS_OF` joins two people whom one agency names as the child's parents; it does not say that they are or were a couple. */
export const UNION_KINDS = ["PARTNERS", "EX_PARTNERS", "PARENTS_OF"] as const;
export type UnionKind = (typeof UNION_KINDS)[number];

/** The line that a role draws between the child whom the picture is of and the other person. */
export type Line =
  | { readonly line: "LINK"; readonly kind: LinkKind; readonly other: "PARENT" | "CHILD" }
  | { readonly line: "UNION"; readonly kind: "PARTNERS" | "EX_PARTNERS" }
  | { readonly line: "TIE" };

const parent = (kind: LinkKind): Line => ({ line: "LINK", kind, other: "PARENT" });
const child = (kind: LinkKind): Line => ({ line: "LINK", kind, other: "CHILD" });

const LINES: Partial<Record<RelationshipRole, Line>> = {
  MOTHER: parent("BIRTH"),
  FATHER: parent("BIRTH"),
  PARENT: parent("UNSTATED"),
  PARENT_OF_UNBORN: parent("BIRTH"),
  STEP_MOTHER: parent("STEP"),
  STEP_FATHER: parent("STEP"),
  STEP_PARENT: parent("STEP"),
  ADOPTIVE_PARENT: parent("ADOPTIVE"),
  FOSTER_CARER: parent("FOSTER"),
  PRIVATE_FOSTER_CARER: parent("FOSTER"),
  GUARDIAN: parent("GUARDIAN"),
  CHILD: child("UNSTATED"),
  UNBORN_CHILD: child("BIRTH"),
  STEP_CHILD: child("STEP"),
  PARTNER: { line: "UNION", kind: "PARTNERS" },
  EX_PARTNER: { line: "UNION", kind: "EX_PARTNERS" },
};

/** The line for a role. Brothers and sisters are tied to the child and not to the child's parents: nobody claimed those. */
export const lineOf = (role: RelationshipRole): Line => LINES[role] ?? { line: "TIE" };

/** Roles of the child's parents in law or by birth. A step-parent or carer is none, and is never taken for one. */
export const PARENT_ROLES: ReadonlySet<RelationshipRole> = new Set([
  "MOTHER",
  "FATHER",
  "PARENT",
  "PARENT_OF_UNBORN",
  "ADOPTIVE_PARENT",
]);

/** Roles of somebody of the child's own generation or a later one. */
export const YOUNG_ROLES: ReadonlySet<RelationshipRole> = new Set([
  "SIBLING",
  "HALF_SIBLING",
  "STEP_SIBLING",
  "COUSIN",
  "CHILD",
  "STEP_CHILD",
  "GRANDCHILD",
  "UNBORN_CHILD",
]);

/** Roles of brothers and sisters, whose own records name their parents. */
export const SIBLING_ROLES: ReadonlySet<RelationshipRole> = new Set(["SIBLING", "HALF_SIBLING", "STEP_SIBLING"]);

/** Roles that an adult plays in the life of a child who is theirs, or whom they bring up. */
export const RAISING_ROLES: ReadonlySet<RelationshipRole> = new Set([
  ...PARENT_ROLES,
  "STEP_MOTHER",
  "STEP_FATHER",
  "STEP_PARENT",
  "FOSTER_CARER",
  "PRIVATE_FOSTER_CARER",
  "GUARDIAN",
]);

/** Roles that an adult's own record gives to such a child. */
export const RAISED_ROLES: ReadonlySet<RelationshipRole> = new Set(["CHILD", "STEP_CHILD", "UNBORN_CHILD"]);

/** Roles that say too little of kinship to contradict another: anybody may also be a carer, or live there. */
const VAGUE: ReadonlySet<RelationshipRole> = new Set([
  "CARER",
  "FOSTER_CARER",
  "PRIVATE_FOSTER_CARER",
  "GUARDIAN",
  "NEXT_OF_KIN",
  "HOUSEHOLD_MEMBER",
  "FRIEND_OR_NEIGHBOUR",
  "OTHER_RELATIVE",
  "UNKNOWN",
]);

/** Each word with the more exact ones that it leaves open. */
const LEAVES_OPEN: Partial<Record<RelationshipRole, readonly RelationshipRole[]>> = {
  PARENT: ["MOTHER", "FATHER", "ADOPTIVE_PARENT", "PARENT_OF_UNBORN"],
  PARENT_OF_UNBORN: ["MOTHER", "FATHER"],
  STEP_PARENT: ["STEP_MOTHER", "STEP_FATHER"],
  CHILD: ["UNBORN_CHILD"],
};

/** Whether both words may be said of one person at one time. */
export const mayBothHold = (a: RelationshipRole, b: RelationshipRole): boolean =>
  a === b ||
  VAGUE.has(a) ||
  VAGUE.has(b) ||
  LEAVES_OPEN[a]?.includes(b) === true ||
  LEAVES_OPEN[b]?.includes(a) === true;

/** Whether both words mean one tie, so that their dates can be compared. A carer since 2024 says nothing about a mother since 2019. */
export const isSameTie = (a: RelationshipRole, b: RelationshipRole): boolean =>
  a === b || (!VAGUE.has(a) && !VAGUE.has(b) && mayBothHold(a, b));

/** The role as it is said in a sentence. */
export const roleInWords = (role: RelationshipRole): string => role.toLowerCase().replaceAll("_", " ");
