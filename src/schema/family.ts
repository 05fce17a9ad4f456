// Who belongs with a child, as agencies claim it: each claim, where they contradict each other, and what they leave open.

import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type * as absence from "../domain/absence.ts";
import type * as contradictions from "../domain/genogram-contradictions.ts";
import type * as questions from "../domain/genogram-questions.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import type * as said from "../domain/statements.ts";
import { Source } from "./agency-answer.ts";
import { AnswerStatus, ContradictionKind, FamilyQuestion, RelationshipRole, Silence } from "./enums.ts";
import { PlainDateScalar } from "./scalars.ts";
import { Agency, Dispute, Relationship, Stated } from "./statements.ts";

const RecordOf = { ADULT: "ADULT", CHILD: "CHILD" } as const;
registerEnumType(RecordOf, { name: "RecordOf", description: "Whose record a claim stands in." });

@ObjectType({ simpleResolvers: true, description: "Claims that cannot all be right. Nothing is decided between them." })
export class Contradiction {
  @Field(() => ContradictionKind, { description: "What it is about." }) kind!: contradictions.ContradictionKind;
  @Field(() => [ID], {
    description:
      "Whom it is about, as relatives of this answer: one person; or those claimed for one place; or several who may be one person, which nobody has confirmed.",
  })
  relativeIds!: readonly string[];
  @Field(() => [Dispute], { description: "The claims, and what each says." }) between!: readonly Dispute[];
  @Field(() => String, { description: "All of it in words." }) inWords!: string;
}

@ObjectType({
  simpleResolvers: true,
  description:
    "Something about a family that nobody has told the hub: for somebody to ask, not for the hub to fill in.",
})
export class OpenQuestion {
  @Field(() => FamilyQuestion, { description: "What is not known." }) question!: questions.FamilyQuestion;
  @Field(() => [ID], {
    description: "Whom it is about, as relatives of this answer; empty where it is about somebody whom nobody names.",
  })
  relativeIds!: readonly string[];
  @Field(() => Silence, { description: "What the silence is worth." }) silence!: questions.Silence;
  @Field(() => [Agency], {
    description:
      "Who to ask: agencies that answered and do not say. For MAY_BE_ONE_PERSON, those that name the people in question.",
  })
  ask!: readonly Agency[];
  @Field(() => [Source], {
    description: "Agencies that could not say, each with why: no answer, withheld, or no record of the child.",
  })
  couldNotSay!: readonly Source[];
  @Field(() => String, { description: "The question in words." }) inWords!: string;
}

@ObjectType({
  simpleResolvers: true,
  implements: Stated,
  description: "One agency's claim that an adult and a child belong together, outside the family that was asked about.",
})
export class OtherChildClaim extends Stated {
  @Field(() => RecordOf, {
    description: "Whose record says so. In the adult's, `role` is the child's part; in the child's, it is the adult's.",
  })
  recordOf!: keyof typeof RecordOf;
  @Field(() => RelationshipRole, { description: "The part that the other plays." }) role!: said.RelationshipRole;
  @Field(() => Boolean, { nullable: true, description: "Parental responsibility, if stated." })
  parentalResponsibility!: boolean | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "Since when." }) fromOn!: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "Until when; null while it holds." })
  untilOn!: PlainDate | null;
}

@ObjectType({ simpleResolvers: true, description: "Another child of an adult, as agencies claim it." })
export class OtherChild {
  @Field(() => ID, {
    nullable: true,
    description:
      "The child in the hub: ask for it like any other. Null where the hub knows no such child, or they are restricted.",
  })
  childId!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The child's name as claimed; null where none is stated or it is withheld.",
  })
  name!: string | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The child's date of birth as claimed." })
  bornOn!: PlainDate | null;
  @Field(() => String, { nullable: true, description: "Why the child is not named, where they are restricted." })
  withheldBecause!: string | null;
  @Field(() => [OtherChildClaim], { description: "Who says so, and in whose record." })
  claims!: readonly OtherChildClaim[];
}

@ObjectType({ simpleResolvers: true, description: "An adult's other children: what could be found out, and what not." })
export class OtherChildren {
  @Field(() => AnswerStatus, {
    description:
      "WITHHELD where your role is not led to other families or the adult is restricted, NOT_ASKED where there was nobody or nothing to ask about.",
  })
  status!: absence.AnswerStatus;
  @Field(() => String, { nullable: true, description: "Why, for every status but RECORDED and NOTHING_RECORDED." })
  reason!: string | null;
  @Field(() => [OtherChild], {
    nullable: true,
    description: "The children; null where nobody knows, empty only where those that answered record none.",
  })
  children!: readonly OtherChild[] | null;
  @Field(() => [Source], { description: "Which agencies stand behind this; none where nobody was asked." })
  sources!: readonly Source[];
}

/** A brother or sister whose own record may name the same adult. */
export interface KnownSibling {
  readonly personId: string;
  readonly name: string | null;
  readonly bornOn: PlainDate | null;
}

@ObjectType({
  description:
    "One person in a child's family, with every claim about them. Two claims are about one person only where the hub has linked them, or one agency gives one record for both.",
})
export class Relative {
  @Field(() => ID, { description: "Its id within this answer." }) id!: string;
  @Field(() => ID, { nullable: true, description: "The person in the hub, if known." }) personId!: string | null;
  @Field(() => [String], { description: "Every name that is claimed; none where nobody states one or it is withheld." })
  names!: readonly string[];
  @Field(() => [RelationshipRole], { description: "Every part that they are said to play." })
  roles!: readonly said.RelationshipRole[];
  @Field(() => [ID], { description: "The claims, by their ids among the family's relationships." })
  claimIds!: readonly string[];
  @Field(() => String, { nullable: true, description: "Why they are not named, where they are restricted." })
  withheldBecause!: string | null;
  /** The child whose family this is. */
  childId!: string;
  siblings!: readonly KnownSibling[];
}

@ObjectType({ simpleResolvers: true, description: "Who belongs with the child, as agencies claim it." })
export class Family {
  @Field(() => [Relationship], {
    nullable: true,
    description: "Claims; null where no agency could say, empty only where those that answered record nobody.",
  })
  relationships!: readonly Relationship[] | null;
  @Field(() => [Relative], {
    nullable: true,
    description: "The people whom the claims are about; null where no agency could say.",
  })
  relatives!: readonly Relative[] | null;
  @Field(() => [Contradiction], {
    nullable: true,
    description:
      "Where claims contradict each other; null where no agency could say. Empty says only that those which answered agree.",
  })
  contradictions!: readonly Contradiction[] | null;
  @Field(() => [OpenQuestion], {
    nullable: true,
    description: "What the claims leave open: an absent parent above all. Null where the family is withheld.",
  })
  unanswered!: readonly OpenQuestion[] | null;
  @Field(() => [Source], { description: "Which agencies stand behind this, and which do not." })
  sources!: readonly Source[];
}
