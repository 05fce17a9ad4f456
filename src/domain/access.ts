// The words in which access to one child is decided: how somebody stands to the child, what they ask for and under which power,
// what shields the child, and what kinds of information there are. `sharing.ts` rules on them.

/** How much of a child's story somebody may see. `LOCATE`: that this is the child (name, birthday, sex) and nothing else.
 *  `OUTLINE`: standing, who is involved, and events of one's own sector. `WHOLE`: everything that is not withheld from everybody. */
export const SCOPES = ["NOTHING", "LOCATE", "OUTLINE", "WHOLE"] as const;
export type Scope = (typeof SCOPES)[number];

/** How somebody belongs to the team around a child. */
export const RELATIONS = ["ALLOCATED", "MEMBER", "CONTRIBUTOR", "REVIEWER"] as const;
export type Relation = (typeof RELATIONS)[number];

/** Ways in: a place in the team around the child; a grant for a task (two weeks) or an involvement (six months); broken glass. */
export const ACCESS_KINDS = ["TEAM", "TASK", "INVOLVEMENT", "BREAK_GLASS"] as const;
export type AccessKind = (typeof ACCESS_KINDS)[number];

/** `PENDING` waits for a second person; what has run out is still `ACTIVE` here: its time decides. */
export const ACCESS_STATES = ["PENDING", "ACTIVE", "REFUSED", "ENDED"] as const;
export type AccessState = (typeof ACCESS_STATES)[number];

/** Powers in law under which information about a child is shared in England. Consent is one of them and seldom the right one: it is
 *  not needed where a child is or may be at risk of harm (DfE, Information sharing advice, 2024). */
export const POWERS = [
  "CHILDREN_ACT_1989_S17",
  "CHILDREN_ACT_1989_S47",
  "CHILDREN_ACT_2004_S10",
  "CHILDREN_ACT_2004_S11",
  "CHILDREN_ACT_2004_S16LA",
  "EDUCATION_ACT_2002_S175",
  "CRIME_AND_DISORDER_ACT_1998_S115",
  "DIRECT_CARE",
  "VITAL_INTERESTS",
  "CONSENT",
] as const;
export type Power = (typeof POWERS)[number];

/** Why a child is shielded, strictest first. */
export const SHIELD_KINDS = [
  "WITNESS_PROTECTION",
  "ADOPTION",
  "STAFF_CONFLICT",
  "HIGH_PROFILE",
  "DOMESTIC_ABUSE",
] as const;
export type ShieldKind = (typeof SHIELD_KINDS)[number];

/** What a field of the graph holds. Every field is declared as one of these; who may see each is decided by kind. */
export const INFORMATION_KINDS = [
  // Of one child.
  "POINTER",
  "IDENTITY",
  "NUMBER",
  "CONTACT",
  "FAMILY",
  "INVOLVEMENT",
  "STANDING",
  "EVENT",
  "HEALTH",
  "EDUCATION",
  "POLICE",
  "SOCIAL_CARE",
  "CONCERN",
  "CLOCK",
  "CHALLENGE",
  "RECORD",
  "MATCHING",
  "SEALED",
  "ACCESS",
  "LEDGER",
  "SOURCE",
  // Of no child.
  "SELF",
  "DIRECTORY",
  "POLICY",
  "OPERATION",
  "FIGURE",
  "AUDIT",
  "SHAPE",
] as const;
export type InformationKind = (typeof INFORMATION_KINDS)[number];

/** A way in that stands in the hub for one actor and one child. */
export interface AccessHeld {
  readonly id: string;
  readonly kind: AccessKind;
  /** Of a place in the team; null for other ways in. */
  readonly relation: Relation | null;
  readonly purpose: string;
  readonly power: Power | null;
  /** Null for a place in the team without an end. */
  readonly endsAt: Date | null;
}

/** All that a ruling on one child needs to know of one actor. */
export interface AccessFacts {
  /** Ways in that hold now. */
  readonly held: readonly AccessHeld[];
  /** They hold or cover a post that owes something for the child just now: a review, a visit, a decision. */
  readonly answersFor: boolean;
  /** They made a referral about the child that is not closed. */
  readonly referred: boolean;
  /** Shields on the child now. */
  readonly shields: readonly ShieldKind[];
  /** A shield names this very actor: their own family, a colleague's, a case that they must not see. */
  readonly namedOut: boolean;
}

/** The decision on one child for one actor, made once and handed down to whatever is asked about the child. */
export interface Access {
  readonly scope: Scope;
  /** Whether the actor may not even learn that the hub knows the child. */
  readonly barred: boolean;
  readonly rule: string;
  readonly because: string;
  /** Of the way in that decided; null where none did. */
  readonly accessId: string | null;
  readonly kind: AccessKind | null;
  readonly relation: Relation | null;
  readonly purpose: string | null;
  readonly power: Power | null;
  readonly endsAt: Date | null;
  /** What leads to where the child is, is not shown to this actor. */
  readonly unlocated: boolean;
}
