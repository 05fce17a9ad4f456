// A family becomes the graph's answer. Every list that gathers from several agencies carries their sources beside it.

import type { Claim, Relative as Person } from "../domain/genogram-claims.ts";
import type { Contradiction as Found } from "../domain/genogram-contradictions.ts";
import { SIBLING_ROLES } from "../domain/genogram-roles.ts";
import type { OpenQuestion as Open } from "../domain/genogram-questions.ts";
import type { FamilyPicture } from "../domain/genogram.ts";
import { fullName } from "../domain/preference.ts";
import type { Source } from "../schema/agency-answer.ts";
import type { Contradiction, Family, OpenQuestion, Relative } from "../schema/family.ts";
import type { Dispute, Relationship } from "../schema/statements.ts";
import type { ChildFamily } from "./families.ts";
import { known, sourcesOf } from "./present.ts";

/** Who belongs with the child. Null lists where nobody knows. */
export function presentFamily(family: ChildFamily): Family {
  const { picture, childId, views } = family;
  const sources = sourcesOf(views, ["RELATIONSHIPS"]);
  const relationships = known(presentClaims(picture), sources);
  return {
    relationships,
    relatives: relationships && picture.relatives.map((one) => presentRelative(one, { childId, picture })),
    contradictions: relationships && picture.contradictions.map(presentContradiction),
    unanswered: picture.unanswered?.map((one) => presentQuestion(one, sources)) ?? null,
    sources,
  };
}

/** Each claim with those that contradict it. */
export function presentClaims({ claims, contradictions }: Pick<FamilyPicture, "claims" | "contradictions">) {
  return claims.map((claim): Relationship => {
    const { otherName, otherBornOn, ...rest } = claim;
    const name = otherName && fullName(otherName);
    return { ...rest, name, bornOn: otherBornOn, disputedBy: disputesOf(claim, contradictions) };
  });
}

/** The sides that say otherwise. One that says the same disputes nothing. */
function disputesOf({ id }: Claim, contradictions: readonly Found[]): Dispute[] {
  return contradictions.flatMap(({ kind, between }) => {
    const mine = between.find(({ claim }) => claim.id === id);
    if (!mine) return [];
    return between
      .filter(({ says }) => says !== mine.says)
      .map(({ claim, says }) => ({ kind, claimId: claim.id, agency: claim.agency, says }));
  });
}

export const presentContradiction = ({ kind, relativeIds, between, inWords }: Found): Contradiction => ({
  kind,
  relativeIds,
  between: between.map(({ claim, says }) => ({ kind, claimId: claim.id, agency: claim.agency, says })),
  inWords,
});

export const presentQuestion = ({ couldNotSay, ...rest }: Open, sources: readonly Source[]): OpenQuestion => ({
  ...rest,
  couldNotSay: sources.filter(({ agency }) => couldNotSay.includes(agency.id)),
});

/** One person of the family. The brothers and sisters go with them: their records may name the same adult. */
function presentRelative(
  { id, personId, withheldBecause, claims }: Person,
  { childId, picture }: { readonly childId: string; readonly picture: FamilyPicture },
): Relative {
  const names = claims.flatMap(({ otherName }) => (otherName ? [fullName(otherName)] : []));
  const siblings = picture.relatives
    .filter((one) => one.claims.some(({ role }) => SIBLING_ROLES.has(role)))
    .flatMap((one) => {
      const { otherName = null, otherBornOn = null } = one.claims.find((claim) => claim.otherName) ?? {};
      if (one.personId === null || one.id === id) return [];
      return [{ personId: one.personId, name: otherName && fullName(otherName), bornOn: otherBornOn }];
    });
  return {
    id,
    personId,
    names: [...new Set(names)],
    roles: [...new Set(claims.map(({ role }) => role))],
    claimIds: claims.map((claim) => claim.id),
    withheldBecause,
    childId,
    siblings,
  };
}
