// A family as data to draw: people, and the lines between them, each with the claims it rests on. Nothing is drawn that nobody claims,
// but the child and a place left open for a parent who is asked for.

import type { AgencyView } from "./agency-view.ts";
import type { Agency } from "./agency.ts";
import { type Claim, type FamilyClaims, familyClaims, type FindRelative, type Relative } from "./genogram-claims.ts";
import { type Contradiction, contradictionsIn } from "./genogram-contradictions.ts";
import { MISSING_PARENTS, type MissingParent, type OpenQuestion, openQuestions } from "./genogram-questions.ts";
import {
  couples,
  type GenogramHousehold,
  type GenogramLink,
  type GenogramTie,
  type GenogramUnion,
  householdsOf,
  idsOf,
  INDEX,
  linksOf,
  numbered,
  parentsTogether,
  tiesOf,
} from "./genogram-lines.ts";
import { RAISING_ROLES, YOUNG_ROLES } from "./genogram-roles.ts";
import { type PlainDate, yearsBetween } from "./plain-date.ts";
import { fullName } from "./preference.ts";
import type { RelationshipRole, Sex } from "./statements.ts";

/** `PERSON` where nobody says whether they are an adult or a child. */
export const NODE_KINDS = ["INDEX_CHILD", "CHILD", "ADULT", "UNBORN", "PERSON", "UNKNOWN_PARENT"] as const;
export type NodeKind = (typeof NODE_KINDS)[number];

/** A family as its agencies claim it. */
export interface FamilyPicture extends FamilyClaims {
  readonly contradictions: readonly Contradiction[];
  /** Null where the family is kept back. */
  readonly unanswered: readonly OpenQuestion[] | null;
}

/** The child whom a genogram is of, as far as it may be shown. */
export interface IndexChild {
  readonly name: string | null;
  readonly sex: Sex | null;
  readonly bornOn: string | null;
  /** Of a child not yet born. */
  readonly expectedOn: string | null;
  readonly diedOn: string | null;
}

export interface GenogramNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string | null;
  readonly sex: Sex | null;
  readonly bornOn: string | null;
  readonly expectedOn: string | null;
  readonly diedOn: string | null;
  /** A place left open, for somebody whom the hub asks for. */
  readonly asked: boolean;
  readonly personId: string | null;
  readonly withheldBecause: string | null;
  readonly claimIds: readonly string[];
  readonly claimedBy: readonly Agency[];
}

export interface GenogramGraph {
  readonly nodes: readonly GenogramNode[];
  readonly unions: readonly GenogramUnion[];
  readonly links: readonly GenogramLink[];
  readonly ties: readonly GenogramTie[];
  readonly households: readonly GenogramHousehold[];
}

const ADULT_AT = 18;

/** What these views claim of a family, where they contradict each other, and what they leave open. */
export function familyPicture(views: readonly AgencyView[], find: FindRelative): FamilyPicture {
  const family = familyClaims(views, find);
  return { ...family, contradictions: contradictionsIn(family), unanswered: openQuestions(views, family) };
}

/** The family as a graph, as it stands on this day. The order in which agencies answered does not change it. */
export function genogramOf(picture: FamilyPicture, child: IndexChild, on: PlainDate): GenogramGraph {
  const claims = picture.relatives.flatMap((relative) => relative.claims);
  const open = (picture.unanswered ?? []).filter(({ silence }) => silence !== "NOBODY_COULD_SAY");
  const missing = MISSING_PARENTS.filter((question) => open.some((one) => one.question === question));
  return {
    nodes: [
      { ...BLANK, id: INDEX, kind: "INDEX_CHILD", ...shownOf(child) },
      ...picture.relatives.map((relative) => nodeOf(relative, on)),
      ...missing.map((one): GenogramNode => ({ ...BLANK, ...PLACE[one], kind: "UNKNOWN_PARENT", asked: true })),
    ],
    unions: numbered("union", [...couples(claims), ...parentsTogether(claims)]),
    links: numbered("link", [
      ...linksOf(claims),
      ...missing.map((one) => ({ ...UNSTATED, parentId: PLACE[one].id, childId: INDEX, claimIds: [] })),
    ]),
    ties: numbered("tie", tiesOf(claims)),
    households: numbered("household", householdsOf(claims, on)),
  };
}

const UNSTATED = { kind: "UNSTATED" } as const;
const BLANK = {
  label: null,
  sex: null,
  bornOn: null,
  expectedOn: null,
  diedOn: null,
  asked: false,
  personId: null,
  withheldBecause: null,
  claimIds: [],
  claimedBy: [],
} as const;

const PLACE: Record<MissingParent, { readonly id: string; readonly sex: Sex | null }> = {
  MOTHER_NOT_RECORDED: { id: "unknown-mother", sex: "FEMALE" },
  FATHER_NOT_RECORDED: { id: "unknown-father", sex: "MALE" },
  OTHER_PARENT_NOT_RECORDED: { id: "unknown-parent", sex: null },
};

const shownOf = ({ name, ...rest }: IndexChild) => ({ label: name, ...rest });

function nodeOf({ id, personId, withheldBecause, claims }: Relative, on: PlainDate): GenogramNode {
  const names = claims.flatMap(({ otherName }) => (otherName ? [fullName(otherName)] : []));
  const birthdays = new Set(claims.flatMap(({ otherBornOn }) => otherBornOn ?? []));
  return {
    ...BLANK,
    id,
    kind: kindOf(claims, on),
    label: names[0] ?? null,
    sex: sexOf(claims),
    // Where they disagree nobody's is shown as if it were right: the claims have them.
    bornOn: birthdays.size === 1 ? ([...birthdays][0] ?? null) : null,
    personId,
    withheldBecause,
    claimIds: idsOf(claims),
    claimedBy: [...new Map(claims.map(({ agency }) => [agency.id, agency])).values()],
  };
}

/** By the birthdays that are stated, where they agree on it; else by the role. A mother may be a child herself. */
function kindOf(claims: readonly Claim[], on: PlainDate): NodeKind {
  if (claims.some(({ role }) => role === "UNBORN_CHILD")) return "UNBORN";
  const grown = claims.flatMap(({ otherBornOn: born }) =>
    born === null ? [] : [born <= on && yearsBetween(born, on) >= ADULT_AT],
  );
  if (grown.length > 0 && new Set(grown).size === 1) return grown[0] ? "ADULT" : "CHILD";
  if (claims.some(({ role }) => RAISING_ROLES.has(role) || ELDERS.has(role))) return "ADULT";
  return claims.some(({ role }) => YOUNG_ROLES.has(role)) ? "CHILD" : "PERSON";
}

const ELDERS: ReadonlySet<RelationshipRole> = new Set(["GRANDPARENT", "AUNT_UNCLE"]);
const FEMALE: ReadonlySet<RelationshipRole> = new Set(["MOTHER", "STEP_MOTHER"]);
const MALE: ReadonlySet<RelationshipRole> = new Set(["FATHER", "STEP_FATHER"]);

/** As the word for the role says. Never guessed from a name. */
function sexOf(claims: readonly Claim[]): Sex | null {
  const [female, male] = [FEMALE, MALE].map((words) => claims.some(({ role }) => words.has(role)));
  if (female === male) return null;
  return female ? "FEMALE" : "MALE";
}
