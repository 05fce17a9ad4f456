// A wrong join and its undoing: whom it reached, what was made meanwhile, and what became of that.

import { Field, ID, Int, ObjectType } from "type-graphql";
import type { CheckState as Checked, TouchedKind as Kind } from "../domain/blast-radius.ts";
import { CheckState, TouchedKind } from "./enums.ts";
import { rowConnectionOf } from "./row-connection.ts";

@ObjectType({ simpleResolvers: true, description: "Somebody who saw two children as one." })
export class IdentityReader {
  @Field(() => String, { description: "Their sign-in, or the job's name." }) actorId!: string;
  @Field(() => String, { nullable: true, description: "Their role then." }) role!: string | null;
  @Field(() => String, { nullable: true, description: "The agency they acted for." }) agencyId!: string | null;
  @Field(() => String, { description: "What they did: `child.read`." }) what!: string;
  @Field(() => Int, { description: "How often." }) times!: number;
  @Field(() => Date, { description: "First." }) firstAt!: Date;
  @Field(() => Date, { description: "Last." }) lastAt!: Date;
}

@ObjectType({ simpleResolvers: true, description: "Something made or said while two children were one." })
export class IdentityTouched {
  @Field(() => TouchedKind, { description: "What kind of thing." }) kind!: Kind;
  @Field(() => ID, { description: "Its id." }) id!: string;
  @Field(() => String, { description: "A code: the clock's rule, the step's kind, the message's kind." }) what!: string;
  @Field(() => Date, { description: "When." }) at!: Date;
}

@ObjectType({ simpleResolvers: true, description: "Whom a join reached, and what was made on the strength of it." })
export class IdentityRadius {
  @Field(() => Date, { description: "From when it held." }) joinedAt!: Date;
  @Field(() => Int, { description: "How many records it holds together wrongly, if it is undone." }) records!: number;
  @Field(() => [IdentityReader], {
    nullable: true,
    description: "Who read it meanwhile; null where your role neither undoes joins nor answers for how data is used.",
  })
  readers!: IdentityReader[] | null;
  @Field(() => [IdentityTouched], { description: "What was made or said meanwhile, in order." })
  touched!: IdentityTouched[];
  @Field(() => String, {
    description: "`NONE_STORED`: the hub keeps no report it gave out; its figures are counted anew whenever asked.",
  })
  reports!: "NONE_STORED";
}

@ObjectType({ simpleResolvers: true, description: "Counts of one of two children." })
export class IdentityShare {
  @Field(() => Int, { description: "Agencies' records believed to be theirs." }) records!: number;
  @Field(() => Int, { description: "Obligations that are owed for them." }) openObligations!: number;
}

@ObjectType({ simpleResolvers: true, description: "What the hub counts, at one time." })
export class IdentityFigures {
  @Field(() => Int, { description: "People known." }) peopleKnown!: number;
  @Field(() => Int, { description: "Of these, children." }) childrenKnown!: number;
  @Field(() => IdentityShare, { description: "Of the child whom the record was taken from." }) stayed!: IdentityShare;
  @Field(() => IdentityShare, { description: "Of the child whose it is." }) left!: IdentityShare;
}

@ObjectType({ simpleResolvers: true, description: "Figures restated." })
export class IdentityRestated {
  @Field(() => IdentityFigures, { description: "Before the join was undone." }) before!: IdentityFigures;
  @Field(() => IdentityFigures, { description: "After." }) after!: IdentityFigures;
}

@ObjectType({ simpleResolvers: true, description: "Something made while two children were one: whose is it?" })
export class IdentityCheck {
  @Field(() => ID, { description: "The question's own id." }) id!: string;
  @Field(() => TouchedKind, { description: "What kind of thing." }) kind!: Kind;
  @Field(() => ID, { description: "The thing's id." }) subjectId!: string;
  @Field(() => CheckState, { description: "Waits, stays with the child it was made for, or went to the other." })
  state!: Checked;
  @Field(() => String, { nullable: true, description: "Who said so." }) checkedBy!: string | null;
  @Field(() => Date, { nullable: true, description: "When." }) checkedAt!: Date | null;
}

@ObjectType({ description: "A wrong join that was undone." })
export class IdentityCorrection {
  @Field(() => ID, { description: "The correction's own id." }) id!: string;
  /** Whom it was taken from, and whose it is. */
  fromPersonId!: string;
  toPersonId!: string;
  @Field(() => ID, { description: "The agency whose record was wrongly joined." }) agencyId!: string;
  @Field(() => String, { description: "Who undid it." }) by!: string;
  @Field(() => String, { description: "Why, in their words." }) because!: string;
  @Field(() => Date, { description: "From when the join held." }) joinedAt!: Date;
  @Field(() => Date, { description: "When it was undone." }) at!: Date;
  @Field(() => Int, { description: "How many people were told." }) told!: number;
  @Field(() => IdentityRadius, { description: "Whom and what it had reached." }) radius!: IdentityRadius;
  @Field(() => IdentityRestated, { description: "Figures before and after." }) figures!: IdentityRestated;
  @Field(() => [IdentityCheck], { description: "What was made meanwhile, for its owner to say whose it is." })
  toCheck!: IdentityCheck[];
}

export const IdentityCorrectionConnection = rowConnectionOf(
  IdentityCorrection,
  "IdentityCorrection",
  "Wrong joins that were undone, latest first.",
);
