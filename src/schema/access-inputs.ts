import { IsIn, IsOptional, IsUUID, Length, Matches, ValidateNested } from "class-validator";
import { Field, ID, InputType } from "type-graphql";
import type { Power as LegalPower, Relation as Belongs, ShieldKind as Kind } from "../domain/access.ts";
import type { Role as WorksAs } from "../domain/actor.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import { PURPOSES } from "../domain/purpose.ts";
import { IsAreaId, IsName, IsSignIn } from "./checks.ts";
import { IdentifierInput, WORDS } from "./child.ts";
import { AccessKind, Power, Relation, Role, ShieldKind } from "./enums.ts";
import { PlainDateScalar } from "./scalars.ts";

const KEY = "8 to 100 letters, digits or `-_.`: sent twice, it makes one.";
const Key = (): PropertyDecorator =>
  Matches(/^[\w.-]{8,100}$/, { message: "must be 8 to 100 letters, digits, hyphens, dots or underscores" });
const ChildId = (): PropertyDecorator => IsUUID("all", { message: "must be the id of a child" });

/** A reason that says something: a word would not hold up when somebody asks later. */
const Reason = (): PropertyDecorator => (target, property) => {
  Length(20, 2_000, { message: "must be 20 to 2,000 characters: say why this child, and why now" })(target, property);
  Matches(WORDS, { message: "must hold words, and no control characters" })(target, property);
};

/** Somebody must be able to state a purpose that stands; what was not stated does not. */
const STATED = PURPOSES.filter((purpose) => purpose !== "not-stated");
const PURPOSE = `What for, as agencies take it: ${STATED.join(", ")}.`;
const Purpose = (): PropertyDecorator => IsIn(STATED, { message: `must be one of ${STATED.join(", ")}` });

@InputType({ description: "Who is to be in the team around a child." })
export class JoinTeam {
  @Field(() => String, { description: `Your own name for this, ${KEY}` }) @Key() key!: string;
  @Field(() => ID, { description: "The child." }) @ChildId() childId!: string;
  @Field(() => ID, { description: "Their sign-in." }) @IsSignIn() actorId!: string;
  @Field(() => String, { description: "Their name." }) @IsName() name!: string;
  @Field(() => ID, { description: "Their agency, as the area's policy file names it." }) @IsAreaId() agencyId!: string;
  @Field(() => Role, { description: "What they do. What they then see follows the role of their sign-in." })
  role!: WorksAs;
  @Field(() => Relation, { description: "How they belong to the team." }) relation!: Belongs;
  @Field(() => String, { description: PURPOSE }) @Purpose() purpose!: string;
  @Field(() => Power, { description: "Under which power." }) power!: LegalPower;
  @Field(() => String, { description: "Why they belong to it: 20 to 2,000 characters." }) @Reason() reason!: string;
  @Field(() => PlainDateScalar, { nullable: true, description: "Last day; left out, until somebody ends it." })
  untilOn?: PlainDate | null;
  @Field(() => ConsentInput, { nullable: true, description: "Who consented, where the power is consent." })
  @IsOptional()
  @ValidateNested()
  consent?: ConsentInput | null;
}

@InputType({ description: "Consent, where it is the power under which somebody is let in." })
export class ConsentInput {
  @Field(() => String, { description: "Who consented: their name, and who they are to the child." })
  @Length(2, 200, { message: "must be 2 to 200 characters" })
  @Matches(WORDS, { message: "must hold words, and no control characters" })
  by!: string;
  @Field(() => PlainDateScalar, { description: "On which day." }) on!: PlainDate;
  @Field(() => String, { description: "How, and to what: 2 to 500 characters." })
  @Length(2, 500, { message: "must be 2 to 500 characters" })
  @Matches(WORDS, { message: "must hold words, and no control characters" })
  how!: string;
}

@InputType({ description: "Asking to be let in to a child's story." })
export class RequestAccess {
  @Field(() => String, { description: `Your own name for this request, ${KEY}` }) @Key() key!: string;
  @Field(() => ID, { description: "The child." }) @ChildId() childId!: string;
  @Field(() => AccessKind, {
    description:
      "TASK: two weeks, at once unless the child is shielded. INVOLVEMENT: six months, once a second person has approved.",
  })
  @IsIn(["TASK", "INVOLVEMENT"], { message: "must be TASK or INVOLVEMENT" })
  kind!: "TASK" | "INVOLVEMENT";
  @Field(() => String, { description: PURPOSE }) @Purpose() purpose!: string;
  @Field(() => Power, { description: "Under which power. With consent alone, you see the outline." })
  power!: LegalPower;
  @Field(() => String, { description: "Why you need to see it, and why now: 20 to 2,000 characters." })
  @Reason()
  reason!: string;
  @Field(() => ConsentInput, { nullable: true, description: "Who consented, where the power is consent." })
  @IsOptional()
  @ValidateNested()
  consent?: ConsentInput | null;
}

@InputType({ description: "Breaking the glass for a child at immediate risk. Also ring 999." })
export class BreakGlass {
  @Field(() => String, { description: `Your own name for this, ${KEY}` }) @Key() key!: string;
  @Field(() => ID, { nullable: true, description: "The child, by id. Either this or `identifier`." })
  @IsOptional()
  @ChildId()
  childId?: string | null;
  @Field(() => IdentifierInput, { nullable: true, description: "The child, by a number." })
  @IsOptional()
  @ValidateNested()
  identifier?: IdentifierInput | null;
  @Field(() => String, { description: "The immediate risk, in your own words: 20 to 2,000 characters." })
  @Reason()
  risk!: string;
}

@InputType({ description: "A second person's word on somebody's way in." })
export class DecideAccess {
  @Field(() => ID, { description: "The way in." })
  @IsUUID("all", { message: "must be the id of a way in" })
  id!: string;
  @Field(() => Boolean, { description: "Whether they are let in." }) approve!: boolean;
  @Field(() => String, { description: "Why: 20 to 2,000 characters." }) @Reason() because!: string;
}

@InputType({ description: "A second person's word on broken glass." })
export class ReviewBreakGlass {
  @Field(() => ID, { description: "The way in that was made by breaking the glass." })
  @IsUUID("all", { message: "must be the id of a way in" })
  id!: string;
  @Field(() => Boolean, { description: "Whether it was justified. Where it was not, it ends at once." })
  justified!: boolean;
  @Field(() => String, { description: "Why: 20 to 2,000 characters." }) @Reason() because!: string;
}

@InputType({ description: "Shielding a child from more people than other children are." })
export class ShieldChild {
  @Field(() => ID, { description: "The child." }) @ChildId() childId!: string;
  @Field(() => ShieldKind, { description: "Why." }) kind!: Kind;
  @Field(() => String, { description: "In your own words: 20 to 2,000 characters." }) @Reason() because!: string;
  @Field(() => ID, {
    nullable: true,
    description: "Sign-in of the one person who must not learn of the child; left out, it shields from many.",
  })
  @IsOptional()
  @IsSignIn()
  namedOutActorId?: string | null;
}

@InputType({ description: "What is said of a shield, or of a way in that ends." })
export class AccessWords {
  @Field(() => ID, { description: "The shield, or the way in." })
  @IsUUID("all", { message: "must be an id" })
  id!: string;
  @Field(() => String, { description: "Why: 20 to 2,000 characters." }) @Reason() because!: string;
}
