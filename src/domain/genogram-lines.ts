// The lines of a genogram. Each rests on the claims it names; none is drawn because it would make sense.

import type { Agency } from "./agency.ts";
import type { Claim } from "./genogram-claims.ts";
import { lineOf, type LinkKind, PARENT_ROLES, type UnionKind } from "./genogram-roles.ts";
import { groupBy } from "./group.ts";
import type { PlainDate } from "./plain-date.ts";
import type { RelationshipRole } from "./statements.ts";

/** The child's own node. */
export const INDEX = "child";

export interface Drawn {
  readonly id: string;
  readonly claimIds: readonly string[];
}

/** Two people who belong together. */
export interface GenogramUnion extends Drawn {
  readonly kind: UnionKind;
  readonly partnerIds: readonly string[];
  readonly fromOn: PlainDate | null;
  readonly untilOn: PlainDate | null;
}

/** A parent, or whoever is in the place of one, and a child. */
export interface GenogramLink extends Drawn {
  readonly kind: LinkKind;
  readonly parentId: string;
  readonly childId: string;
}

/** Any other tie to the child. */
export interface GenogramTie extends Drawn {
  readonly fromId: string;
  readonly toId: string;
  readonly role: RelationshipRole;
}

/** Who lives with the child, as one agency has it. */
export interface GenogramHousehold extends Drawn {
  readonly agency: Agency;
  readonly memberIds: readonly string[];
}

/** The ids of these claims. */
export const idsOf = (claims: readonly Claim[]): string[] => claims.map(({ id }) => id);

/** Before it has its id. */
export type New<Item extends Drawn> = Omit<Item, "id">;
/** These with ids, in the order in which they stand. */
export const numbered = <Item extends object>(
  name: string,
  items: readonly Item[],
): (Item & { readonly id: string })[] => items.map((item, at) => ({ ...item, id: `${name}-${at + 1}` }));

/** The child's own partners. */
export function couples(claims: readonly Claim[]): New<GenogramUnion>[] {
  const partners = claims.filter(({ role }) => lineOf(role).line === "UNION");
  const groups = groupBy(partners, ({ relativeId, role, fromOn, untilOn }) =>
    JSON.stringify([relativeId, role, fromOn, untilOn]),
  );
  return [...groups.values()].flatMap((of) => {
    const [first] = of;
    const line = lineOf(first?.role ?? "UNKNOWN");
    if (!first || line.line !== "UNION") return [];
    const { fromOn, untilOn, relativeId } = first;
    return [{ kind: line.kind, partnerIds: [INDEX, relativeId], fromOn, untilOn, claimIds: idsOf(of) }];
  });
}

/** Two people whom one agency names as the child's parents. It says nothing of whether, or since when, they were a couple. */
export function parentsTogether(claims: readonly Claim[]): New<GenogramUnion>[] {
  const parents = claims.filter(({ role }) => PARENT_ROLES.has(role));
  const pairs = [...groupBy(parents, ({ agency }) => agency.id).values()].flatMap((by) => {
    const partnerIds = [...new Set(by.map(({ relativeId }) => relativeId))].sort(byNumber);
    return partnerIds.length === 2 ? [{ partnerIds, by }] : [];
  });
  const together = groupBy(pairs, ({ partnerIds }) => partnerIds.join(" "));
  return [...together.values()].map((same) => ({
    kind: "PARENTS_OF" as const,
    partnerIds: same[0]?.partnerIds ?? [],
    fromOn: null,
    untilOn: null,
    claimIds: idsOf(same.flatMap(({ by }) => by)).sort(byNumber),
  }));
}

const byNumber = (a: string, b: string): number => a.localeCompare(b, "en", { numeric: true });

/** Parents and carers, and the child's own children, one line for each kind of tie that is claimed. */
export function linksOf(claims: readonly Claim[]): New<GenogramLink>[] {
  const lines = claims.flatMap((claim) => {
    const line = lineOf(claim.role);
    if (line.line !== "LINK") return [];
    const [parentId, childId] = line.other === "PARENT" ? [claim.relativeId, INDEX] : [INDEX, claim.relativeId];
    return [{ claim, kind: line.kind, parentId, childId }];
  });
  const groups = groupBy(lines, ({ parentId, childId, kind }) => `${parentId} ${childId} ${kind}`);
  return [...groups.values()].flatMap((of) => {
    const [first] = of;
    if (!first) return [];
    const { kind, parentId, childId } = first;
    return [{ kind, parentId, childId, claimIds: idsOf(of.map(({ claim }) => claim)) }];
  });
}

/** Everybody else's tie to the child: brothers and sisters, wider family, whoever lives there. */
export function tiesOf(claims: readonly Claim[]): New<GenogramTie>[] {
  const groups = groupBy(
    claims.filter(({ role }) => lineOf(role).line === "TIE"),
    ({ relativeId, role }) => `${relativeId} ${role}`,
  );
  return [...groups.values()].flatMap((of) => {
    const [first] = of;
    return first ? [{ fromId: first.relativeId, toId: INDEX, role: first.role, claimIds: idsOf(of) }] : [];
  });
}

/** Who lives with the child, by each agency that says so of anybody. Two agencies' households are never made one. */
export function householdsOf(claims: readonly Claim[], on: PlainDate): New<GenogramHousehold>[] {
  const living = claims.filter(
    ({ livesWithChild, role, untilOn }) =>
      (livesWithChild ?? role === "HOUSEHOLD_MEMBER") && (untilOn === null || untilOn >= on),
  );
  const groups = groupBy(living, ({ agency }) => agency.id);
  const found = [...groups.values()].flatMap((of) => {
    const [first] = of;
    if (!first) return [];
    return [
      {
        agency: first.agency,
        memberIds: [INDEX, ...new Set(of.map(({ relativeId }) => relativeId))],
        claimIds: idsOf(of),
      },
    ];
  });
  return found.sort((a, b) => (a.agency.id < b.agency.id ? -1 : 1));
}
