// A family as data to draw.

import { Field, ID, ObjectType } from "type-graphql";
import type * as roles from "../domain/genogram-roles.ts";
import type * as domain from "../domain/genogram.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import type * as said from "../domain/statements.ts";
import { Source } from "./agency-answer.ts";
import { GenogramLinkKind, GenogramNodeKind, GenogramUnionKind, RelationshipRole } from "./enums.ts";
import { Contradiction, OpenQuestion } from "./family.ts";
import { PlainDateScalar } from "./scalars.ts";
import { Agency, Relationship } from "./statements.ts";

@ObjectType({
  simpleResolvers: true,
  description:
    "Somebody in a genogram. Everybody but the child and a place left open is there because an agency says so.",
})
export class GenogramNode {
  @Field(() => ID, { description: "`child` for the child; the relative's id in this answer for everybody else." })
  id!: string;
  @Field(() => GenogramNodeKind, { description: "Who they are in the picture." }) kind!: domain.NodeKind;
  @Field(() => String, { nullable: true, description: "Their name; null where none is stated or it is withheld." })
  label!: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      "FEMALE, MALE or OTHER: the child's as stated, a relative's where their role says it. Never guessed from a name.",
  })
  sex!: said.Sex | null;
  @Field(() => String, {
    nullable: true,
    description:
      "Date of birth, YYYY-MM-DD or a year alone; null where none is stated, and where agencies disagree about a relative's.",
  })
  bornOn!: string | null;
  @Field(() => String, { nullable: true, description: "Expected date of birth, of a child not yet born." })
  expectedOn!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Date of death, of the child. Claims about relatives hold none.",
  })
  diedOn!: string | null;
  @Field(() => Boolean, { description: "Whether this is a place left open for somebody whom the hub asks for." })
  asked!: boolean;
  @Field(() => ID, { nullable: true, description: "The person in the hub, if known; null for the child." })
  personId!: string | null;
  @Field(() => String, { nullable: true, description: "Why they are not named, where they are restricted." })
  withheldBecause!: string | null;
  @Field(() => [ID], { description: "The claims about them. Every claim is about exactly one node." })
  claimIds!: readonly string[];
  @Field(() => [Agency], { description: "Who claims them." }) claimedBy!: readonly Agency[];
}

@ObjectType({ simpleResolvers: true, description: "Two people who belong together." })
export class GenogramUnion {
  @Field(() => ID, { description: "Its id within this answer." }) id!: string;
  @Field(() => GenogramUnionKind, { description: "How." }) kind!: roles.UnionKind;
  @Field(() => [ID], { description: "The two nodes." }) partnerIds!: readonly string[];
  @Field(() => PlainDateScalar, { nullable: true, description: "Since when, if stated." }) fromOn!: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "Until when, if stated." }) untilOn!: PlainDate | null;
  @Field(() => [ID], { description: "The claims it rests on." }) claimIds!: readonly string[];
}

@ObjectType({ simpleResolvers: true, description: "A parent, or somebody in the place of one, and a child." })
export class GenogramLink {
  @Field(() => ID, { description: "Its id within this answer." }) id!: string;
  @Field(() => GenogramLinkKind, { description: "How." }) kind!: roles.LinkKind;
  @Field(() => ID, { description: "The parent's node." }) parentId!: string;
  @Field(() => ID, { description: "The child's node." }) childId!: string;
  @Field(() => [ID], { description: "The claims it rests on; none where the parent is a place left open." })
  claimIds!: readonly string[];
}

@ObjectType({ simpleResolvers: true, description: "Any other tie to the child: a brother, a grandmother, a lodger." })
export class GenogramTie {
  @Field(() => ID, { description: "Its id within this answer." }) id!: string;
  @Field(() => ID, { description: "The relative's node." }) fromId!: string;
  @Field(() => ID, { description: "The child's node." }) toId!: string;
  @Field(() => RelationshipRole, { description: "The part that the relative plays." }) role!: said.RelationshipRole;
  @Field(() => [ID], { description: "The claims it rests on." }) claimIds!: readonly string[];
}

@ObjectType({
  simpleResolvers: true,
  description: "Who lives with the child as one agency has it today. Two agencies' households are never made one.",
})
export class GenogramHousehold {
  @Field(() => ID, { description: "Its id within this answer." }) id!: string;
  @Field(() => Agency, { description: "The agency that says so." }) agency!: Agency;
  @Field(() => [ID], { description: "The nodes, the child's first." }) memberIds!: readonly string[];
  @Field(() => [ID], { description: "The claims it rests on." }) claimIds!: readonly string[];
}

@ObjectType({
  simpleResolvers: true,
  description:
    "A child's family as data to draw: people, the lines between them, and the claims that each rests on. Lists are null where no agency could say; then only the child is drawn.",
})
export class Genogram {
  @Field(() => PlainDateScalar, { description: "The day on which it stands: ages and households are of this day." })
  asOn!: PlainDate;
  @Field(() => [GenogramNode], { description: "People. The child first." }) nodes!: readonly GenogramNode[];
  @Field(() => [GenogramUnion], { nullable: true, description: "Couples, and parents whom one agency names together." })
  unions!: readonly GenogramUnion[] | null;
  @Field(() => [GenogramLink], { nullable: true, description: "Lines between parents and children." })
  links!: readonly GenogramLink[] | null;
  @Field(() => [GenogramTie], { nullable: true, description: "All other ties to the child." })
  ties!: readonly GenogramTie[] | null;
  @Field(() => [GenogramHousehold], { nullable: true, description: "Who lives with the child, by agency." })
  households!: readonly GenogramHousehold[] | null;
  @Field(() => [Relationship], { nullable: true, description: "Every claim, as in `family`." })
  claims!: readonly Relationship[] | null;
  @Field(() => [Contradiction], { nullable: true, description: "Where claims contradict each other, as in `family`." })
  contradictions!: readonly Contradiction[] | null;
  @Field(() => [OpenQuestion], { nullable: true, description: "What the claims leave open, as in `family`." })
  unanswered!: readonly OpenQuestion[] | null;
  @Field(() => [Source], { description: "Which agencies stand behind this, and which do not." })
  sources!: readonly Source[];
}
