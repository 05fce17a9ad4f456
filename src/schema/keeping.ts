// Holds, erasure and what keeps a child: for whoever answers for data protection.

import { IsUUID, Length, Matches } from "class-validator";
import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import type { PlainDate } from "../domain/plain-date.ts";
import { WORDS } from "./child.ts";
import { ErasureState } from "./enums.ts";
import { rowConnectionOf } from "./row-connection.ts";
import { PlainDateScalar } from "./scalars.ts";

/** Why, in somebody's words: kept sealed. */
export const Why = (): PropertyDecorator => (target, property) => {
  Length(1, 2_000, { message: "must be 1 to 2,000 characters" })(target, property);
  Matches(WORDS, { message: "must hold words, and no control characters" })(target, property);
};

@ObjectType({ simpleResolvers: true, description: "How long something is kept, and where that is from." })
export class RetentionClass {
  @Field(() => ID, { description: "Its name in `policies/retention.json`." }) id!: string;
  @Field(() => String, { description: "What comes under it: in words, or tables of the hub's database." })
  covers!: string;
  @Field(() => String, { nullable: true, description: "For how long: `35 years`; null: as long as the hub runs." })
  keep!: string | null;
  @Field(() => String, { description: "From when it counts." }) from!: string;
  @Field(() => String, { description: "Where that is written." }) source!: string;
  @Field(() => String, { description: "Which edition." }) edition!: string;
  @Field(() => String, { description: "`verified`, `local` or `unverified`." }) status!: string;
}

@ObjectType({ simpleResolvers: true, description: "Why nothing about a child may be erased, whatever its time." })
export class LegalHold {
  @Field(() => ID, { description: "The hold's own id." }) id!: string;
  @Field(() => ID, { description: "The child's id in the hub." }) childId!: string;
  @Field(() => String, { description: "The inquiry, claim or review that needs it." }) because!: string;
  @Field(() => ID, { description: "Who placed it, as their sign-in names them." }) byActorId!: string;
  @Field(() => Date, { description: "When." }) at!: Date;
  @Field(() => Date, { nullable: true, description: "When it was lifted; null while it holds." })
  liftedAt!: Date | null;
  @Field(() => String, { nullable: true, description: "Why it was lifted." }) liftedBecause!: string | null;
}

@InputType({ description: "A hold to place." })
export class PlaceHold {
  @Field(() => ID, { description: "The child." })
  @IsUUID("all", { message: "must be the id of a child" })
  childId!: string;
  @Field(() => String, { description: "Which inquiry, claim or review needs it, 1 to 2,000 characters." })
  @Why()
  because!: string;
}

@InputType({ description: "A hold to lift." })
export class LiftHold {
  @Field(() => ID, { description: "The hold." })
  @IsUUID("all", { message: "must be the id of a hold" })
  holdId!: string;
  @Field(() => String, { description: "Why it is needed no longer, 1 to 2,000 characters." }) @Why() because!: string;
}

@ObjectType({ simpleResolvers: true, description: "What keeps a child in the hub, and until when." })
export class ChildKeeping {
  @Field(() => ID, { description: "The child's id in the hub." }) childId!: string;
  @Field(() => RetentionClass, { description: "The class that keeps the child longest." })
  keptBy!: RetentionClass;
  @Field(() => PlainDateScalar, { description: "The first day on which it keeps them no longer." }) until!: PlainDate;
  @Field(() => Boolean, { description: "Whether two people may decide that it ends earlier." }) mayEndEarlier!: boolean;
  @Field(() => String, { nullable: true, description: "What else stands against erasing; null for nothing." })
  inTheWay!: string | null;
  @Field(() => [ID], { description: "Agencies that hold a record, as far as the hub knows." })
  heldByAgencies!: readonly string[];
  @Field(() => [LegalHold], { description: "Holds, latest first, lifted ones included." }) holds!: readonly LegalHold[];
}

@InputType({ description: "A child to erase from the hub. Agencies keep their own records." })
export class EraseChild {
  @Field(() => ID, { description: "The child." })
  @IsUUID("all", { message: "must be the id of a child" })
  childId!: string;
  @Field(() => String, { description: "Who asks and why, 1 to 2,000 characters. It is erased with the child." })
  @Why()
  because!: string;
  @Field(() => Boolean, {
    defaultValue: false,
    description: "Erase it although its class keeps it longer. Nobody can where law sets the time.",
  })
  beforeItsTime!: boolean;
}

@ObjectType({ simpleResolvers: true, description: "A wish to erase a child, which a second person decides." })
export class ErasureWish {
  @Field(() => ID, { description: "The wish's own id." }) id!: string;
  @Field(() => ID, { description: "The child's id in the hub." }) childId!: string;
  @Field(() => String, { description: "Who asks and why." }) because!: string;
  @Field(() => Boolean, { description: "Whether its class keeps it longer, and that is meant." })
  beforeItsTime!: boolean;
  @Field(() => ID, { description: "Who asked for it here, as their sign-in names them." }) byActorId!: string;
  @Field(() => Date, { description: "When." }) at!: Date;
  @Field(() => ErasureState, { description: "Whether it waits." }) state!: "WAITING" | "REFUSED";
  @Field(() => String, { nullable: true, description: "Why it was refused." }) decidedBecause!: string | null;
}

@InputType({ description: "The second person's decision." })
export class DecideErasure {
  @Field(() => ID, { description: "The wish." })
  @IsUUID("all", { message: "must be the id of a wish" })
  id!: string;
  @Field(() => Boolean, { description: "Whether it is to be done: at once, and for good." }) approve!: boolean;
  @Field(() => String, { description: "Why, 1 to 2,000 characters." }) @Why() because!: string;
}

@ObjectType({ simpleResolvers: true, description: "Rows of one table." })
export class TableCount {
  @Field(() => String, { description: "The table of the hub's database." }) table!: string;
  @Field(() => Int, { description: "How many." }) rows!: number;
}

@ObjectType({ simpleResolvers: true, description: "Proof that something was erased. It names nobody." })
export class Erasure {
  @Field(() => ID, { description: "Of the act." }) id!: string;
  @Field(() => ID, { description: "The class whose time was over, or `request`." }) retentionClass!: string;
  @Field(() => String, { description: "Why." }) because!: string;
  @Field(() => ID, { description: "Who asked, as their sign-in names them; the job." }) byActorId!: string;
  @Field(() => ID, { nullable: true, description: "The second person; null where its time was over." })
  approvedByActorId!: string | null;
  @Field(() => Date, { description: "When." }) at!: Date;
  @Field(() => [TableCount], { description: "Rows that were erased." }) erased!: readonly TableCount[];
  @Field(() => [TableCount], {
    description:
      "Rows that were still there when it was counted anew: entries of the audit, which name an id and nobody.",
  })
  left!: readonly TableCount[];
}

@ObjectType({ simpleResolvers: true, description: "What came of the decision." })
export class ErasureDecided {
  @Field(() => ErasureWish, { nullable: true, description: "The wish, where it was refused; else it is gone." })
  wish!: ErasureWish | null;
  @Field(() => Erasure, { nullable: true, description: "The proof, where it was approved." }) erasure!: Erasure | null;
  @Field(() => [ID], {
    description:
      "Agencies that hold a record of the child still. Ask them: what they report of it later comes in as a child whom nobody knows.",
  })
  stillHeldBy!: readonly string[];
}

export const LegalHoldConnection = rowConnectionOf(LegalHold, "LegalHold", "Holds, latest first.");
export const ErasureWishConnection = rowConnectionOf(
  ErasureWish,
  "ErasureWish",
  "Wishes to erase a child that wait for a second person, oldest first.",
);
export const ErasureConnection = rowConnectionOf(Erasure, "Erasure", "What was erased, latest first.");
