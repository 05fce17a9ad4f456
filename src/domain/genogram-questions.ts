// What a family's claims leave open. An absent father is asked for, not invented; who could not be asked is named beside who was.

import { type AgencyView, standing } from "./agency-view.ts";
import type { Agency } from "./agency.ts";
import type { Claim, FamilyClaims, Relative } from "./genogram-claims.ts";
import { PARENT_ROLES, roleInWords } from "./genogram-roles.ts";
import { fullName } from "./preference.ts";
import type { RelationshipRole } from "./statements.ts";

export const FAMILY_QUESTIONS = [
  "MOTHER_NOT_RECORDED",
  "FATHER_NOT_RECORDED",
  "OTHER_PARENT_NOT_RECORDED",
  "PARENTAL_RESPONSIBILITY_NOT_RECORDED",
  "DATE_OF_BIRTH_NOT_RECORDED",
  "MAY_BE_ONE_PERSON",
] as const;
export type FamilyQuestion = (typeof FAMILY_QUESTIONS)[number];

/** How much the silence is worth. */
export const SILENCES = ["NONE_RECORDED", "SOME_COULD_NOT_SAY", "NOBODY_COULD_SAY"] as const;
export type Silence = (typeof SILENCES)[number];

/** Something about a family that nobody has told the hub. */
export interface OpenQuestion {
  readonly question: FamilyQuestion;
  /** Whom it is about; none where it is about somebody whom nobody claims. */
  readonly relativeIds: readonly string[];
  readonly silence: Silence;
  /** They answered, and do not say. Or, for `MAY_BE_ONE_PERSON`, they named the people in question. */
  readonly ask: readonly Agency[];
  /** Ids of the agencies that failed, withheld or had nothing to be asked about. */
  readonly couldNotSay: readonly string[];
  readonly inWords: string;
}

/** What is missing where a parent should be. */
export const MISSING_PARENTS = [
  "MOTHER_NOT_RECORDED",
  "FATHER_NOT_RECORDED",
  "OTHER_PARENT_NOT_RECORDED",
] as const satisfies readonly FamilyQuestion[];
export type MissingParent = (typeof MISSING_PARENTS)[number];

/** What stands open in this family. Null where the answers are kept back from everybody: whoever asked for a parent then would be
 *  looking for somebody who may have to stay unfound. */
export function openQuestions(views: readonly AgencyView[], family: FamilyClaims): readonly OpenQuestion[] | null {
  const ways = views.map((view) => ({ view, status: standing(view, ["RELATIONSHIPS"]).status }));
  const answered = ways.filter(({ status }) => status === "RECORDED" || status === "NOTHING_RECORDED");
  if (answered.length === 0 && ways.some(({ status }) => status === "WITHHELD")) return null;
  const failed = ways.some(({ status }) => status === "DID_NOT_ANSWER" || status === "WITHHELD");
  const silence = answered.length === 0 ? "NOBODY_COULD_SAY" : failed ? "SOME_COULD_NOT_SAY" : "NONE_RECORDED";
  const could = answered.map(({ view }) => view.agency);
  const couldNotSay = ways.filter((way) => !answered.includes(way)).map(({ view }) => view.agency.id);
  const open = (said: Pick<OpenQuestion, "question" | "inWords"> & Partial<OpenQuestion>): OpenQuestion => {
    return { relativeIds: [], silence, ask: could, couldNotSay, ...said };
  };
  // Those who may be one person are asked about together: if they are, one agency's word is enough.
  const people = family.groups.map((group) => ({ ids: group.map(({ id }) => id), group, claims: claimsOf(group) }));
  const parents = people.filter(({ claims }) => claims.some(({ role }) => PARENT_ROLES.has(role)));
  return [
    ...missingParents(family).map((question) => open({ question, inWords: WORDS[question][silence] })),
    ...parents.filter(withoutResponsibility).map(({ ids, claims }) =>
      open({
        question: "PARENTAL_RESPONSIBILITY_NOT_RECORDED",
        relativeIds: ids,
        ask: agenciesOf(claims),
        inWords: `Nobody who names ${whoIs(claims)} says whether they have parental responsibility.`,
      }),
    ),
    ...parents.filter(withoutBirthday).map(({ ids, claims }) =>
      open({
        question: "DATE_OF_BIRTH_NOT_RECORDED",
        relativeIds: ids,
        ask: agenciesOf(claims),
        inWords: `Nobody who names ${whoIs(claims)} says when they were born.`,
      }),
    ),
    ...people
      .filter(({ ids }) => ids.length > 1)
      .map(({ ids, group, claims }) => {
        const ask = agenciesOf(claims);
        const who = [...new Set(group.map((one) => whoIs(one.claims)))].join(", ");
        const inWords = `${ask.map(({ name }) => name).join(", ")} may mean one person: ${who}. Nobody has confirmed it.`;
        return open({ question: "MAY_BE_ONE_PERSON", relativeIds: ids, ask, inWords });
      }),
  ];
}

const claimsOf = (group: readonly Relative[]): readonly Claim[] => group.flatMap(({ claims }) => claims);

const said = (who: string): Record<Silence, string> => ({
  NONE_RECORDED: `No agency that has a record of the child names ${who}. Ask the family, and ask them all.`,
  SOME_COULD_NOT_SAY: `No agency that answered names ${who}, but not everybody could say.`,
  NOBODY_COULD_SAY: `Nobody could be asked who ${who} is.`,
});

const WORDS: Record<MissingParent, Record<Silence, string>> = {
  MOTHER_NOT_RECORDED: said("the mother"),
  FATHER_NOT_RECORDED: said("the father"),
  OTHER_PARENT_NOT_RECORDED: said("the other parent"),
};

/** Which parents nobody claims. Where an agency names an adoptive parent, nobody is asked for: that would lead to who they were
 *  born to. A step-parent stands for nobody. */
function missingParents({ groups }: FamilyClaims): readonly MissingParent[] {
  const claimed = groups.map((group) => claimsOf(group).filter(({ role }) => PARENT_ROLES.has(role)));
  const parents = claimed.filter((claims) => claims.length > 0);
  const plays = (role: RelationshipRole) => parents.some((claims) => claims.some((claim) => claim.role === role));
  if (plays("ADOPTIVE_PARENT") || namesTwo(parents)) return [];
  const [mother, father] = [plays("MOTHER"), plays("FATHER")];
  if (mother && father) return [];
  const others = parents.filter(
    (claims) => isSomebody(claims) && !claims.some(({ role }) => role === "MOTHER" || role === "FATHER"),
  );
  if (!mother && !father) {
    if (parents.length === 0) return ["MOTHER_NOT_RECORDED", "FATHER_NOT_RECORDED"];
    return others.length < 2 ? ["OTHER_PARENT_NOT_RECORDED"] : [];
  }
  if (others.length > 0) return [];
  return [mother ? "FATHER_NOT_RECORDED" : "MOTHER_NOT_RECORDED"];
}

/** A parent without a name and without a sex may be the one already named; somebody kept back is somebody. */
const isSomebody = (claims: readonly Claim[]) =>
  claims.some(({ otherName, withheldBecause }) => otherName !== null || withheldBecause !== null);

/** Whether some agency itself names two parents now, whatever it calls them: two mothers are two parents. */
function namesTwo(parents: readonly (readonly Claim[])[]): boolean {
  const by = parents.filter(isSomebody).flatMap((claims) => {
    const now = claims.filter(({ untilOn }) => untilOn === null);
    return [...new Set(now.map(({ agency }) => agency.id))];
  });
  return new Set(by).size < by.length;
}

const agenciesOf = (claims: readonly Claim[]): Agency[] => [
  ...new Map(claims.map(({ agency }) => [agency.id, agency])).values(),
];

interface About {
  readonly claims: readonly Claim[];
}

const withoutResponsibility = ({ claims }: About) =>
  claims.every(({ parentalResponsibility }) => parentalResponsibility === null);

const withoutBirthday = ({ claims }: About) =>
  claims.some(({ otherName }) => otherName !== null) && claims.every(({ otherBornOn }) => otherBornOn === null);

function whoIs(claims: readonly Claim[]): string {
  const name = claims.find(({ otherName }) => otherName)?.otherName;
  return name ? fullName(name) : `the ${roleInWords(claims[0]?.role ?? "UNKNOWN")}`;
}
