// Who is answerable. An obligation is owed by a role in a team, never by a name: people leave, go on leave and fall ill.

export const POST_ROLES = [
  "PRACTITIONER",
  "MANAGER",
  "ESCALATION_LEAD",
  "EXECUTIVE",
  "CHAIR",
  "BUSINESS_MANAGER",
] as const;
/** What somebody answers for in a team, or (`ESCALATION_LEAD`, `EXECUTIVE`) for an agency; `CHAIR` and `BUSINESS_MANAGER` are the partnership's. */
export type PostRole = (typeof POST_ROLES)[number];

/** A role in a team, as the area's policy file names it. */
export interface TeamRole {
  readonly teamId: string;
  readonly role: PostRole;
}

/** Whoever owes something: a role in a team or, where `teamId` is null, in the agency as a whole. */
export interface Owner {
  readonly agencyId: string;
  readonly teamId: string | null;
  readonly role: PostRole;
}
