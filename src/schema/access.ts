import { Field, ID, ObjectType } from "type-graphql";
import type * as access from "../domain/access.ts";
import type { Role as WorksAs } from "../domain/actor.ts";
import type { PostRole as Answers } from "../domain/post.ts";
import {
  AccessKind,
  AccessState,
  InformationKind,
  PostRole,
  Power,
  Relation,
  Role,
  Scope,
  ShieldKind,
} from "./enums.ts";

@ObjectType({ description: "One person's way in to one child: a place in the team, a grant, or broken glass." })
export class ChildAccess {
  @Field(() => ID, { description: "Its id." }) id!: string;
  childId!: string;
  @Field(() => AccessKind, { description: "Which way in." }) kind!: access.AccessKind;
  @Field(() => Relation, { nullable: true, description: "Of a place in the team; null for others." })
  relation!: access.Relation | null;
  @Field(() => AccessState, { description: "Whether it waits, holds, was refused or ended." })
  state!: access.AccessState;
  @Field(() => Boolean, { description: "Whether it lets them in just now." }) holds!: boolean;
  @Field(() => ID, { description: "Sign-in of whoever it is for." }) actorId!: string;
  @Field(() => String, { nullable: true, description: "Their name." }) name!: string | null;
  @Field(() => Role, { nullable: true, description: "What they do." }) role!: WorksAs | null;
  @Field(() => ID, { nullable: true, description: "Their agency." }) agencyId!: string | null;
  @Field(() => String, { description: "What for, as agencies take it." }) purpose!: string;
  @Field(() => Power, { nullable: true, description: "Under which power; null behind broken glass." })
  power!: access.Power | null;
  @Field(() => String, { description: "Why, in the words of whoever asked." }) reason!: string;
  @Field(() => String, { nullable: true, description: "Who consented, when and how, where the power is consent." })
  consent!: string | null;
  @Field(() => Date, { description: "Since when, or when it was asked for." }) startsAt!: Date;
  @Field(() => Date, { nullable: true, description: "Until when; null where nothing ends it by itself." })
  endsAt!: Date | null;
  @Field(() => ID, { description: "Sign-in of whoever gave it or asked for it." }) givenById!: string;
  @Field(() => ID, {
    nullable: true,
    description: "Sign-in of the second person, who approved, refused or reviewed it.",
  })
  decidedById!: string | null;
  @Field(() => Date, { nullable: true, description: "When they did." }) decidedAt!: Date | null;
  @Field(() => String, { nullable: true, description: "Why, in their words." }) decidedBecause!: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "Of broken glass: whether it was justified; null until reviewed.",
  })
  justified!: boolean | null;
}

@ObjectType({ simpleResolvers: true, description: "Somebody in the team around a child." })
export class TeamMember {
  @Field(() => ID, { description: "Id of their place in it." }) id!: string;
  @Field(() => ID, {
    nullable: true,
    description: "Their sign-in; null, with name and agency, where it could lead to a child who is in hiding.",
  })
  actorId!: string | null;
  @Field(() => String, { nullable: true, description: "Their name." }) name!: string | null;
  @Field(() => Role, { nullable: true, description: "What they do." }) role!: WorksAs | null;
  @Field(() => ID, { nullable: true, description: "Their agency." }) agencyId!: string | null;
  @Field(() => Relation, { description: "How they belong to it." }) relation!: access.Relation;
  @Field(() => String, { description: "What for, as agencies take it." }) purpose!: string;
  @Field(() => Power, { nullable: true, description: "Under which power." }) power!: access.Power | null;
  @Field(() => Date, { description: "Since when." }) since!: Date;
  @Field(() => Date, { nullable: true, description: "Until when; null where nothing ends it by itself." })
  until!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: "Whether one kind of information about a child is open to you." })
export class KindExplained {
  @Field(() => InformationKind, { description: "Which kind." }) kind!: access.InformationKind;
  @Field(() => Boolean, { description: "Whether it is open to you." }) allowed!: boolean;
  @Field(() => String, { description: "The rule that says so." }) rule!: string;
  @Field(() => String, { description: "Why, in words." }) because!: string;
}

@ObjectType({ simpleResolvers: true, description: "A way to be let in to a child." })
export class WayInExplained {
  @Field(() => AccessKind, { description: "Which way." }) kind!: access.AccessKind;
  @Field(() => Boolean, { description: "Whether you may take it by yourself." }) mayYou!: boolean;
  @Field(() => String, { description: "Why, or why not." }) because!: string;
  @Field(() => String, { description: "What it takes, and how long it holds." }) needs!: string;
}

@ObjectType({ simpleResolvers: true, description: "Somebody who could see the child's story, or let you in." })
export class WhoCould {
  @Field(() => ID, { nullable: true, description: "Their agency." }) agencyId!: string | null;
  @Field(() => PostRole, { nullable: true, description: "The post that they hold; null for somebody as such." })
  post!: Answers | null;
  @Field(() => Relation, { nullable: true, description: "How they belong to the team around the child." })
  relation!: access.Relation | null;
  @Field(() => String, {
    nullable: true,
    description: "Their name; null where nobody holds the post, and where it could lead to a child who is in hiding.",
  })
  name!: string | null;
  @Field(() => String, { description: "What they can do." }) how!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "Why you can see what you see of a child, why not more, and who could.",
})
export class AccessExplanation {
  @Field(() => Scope, { description: "How much of the child's story is open to you." }) scope!: access.Scope;
  @Field(() => String, { description: "The rule that decided." }) rule!: string;
  @Field(() => String, { description: "Why, in words." }) because!: string;
  @Field(() => AccessKind, { nullable: true, description: "The way in that decided; null where none did." })
  kind!: access.AccessKind | null;
  @Field(() => Relation, { nullable: true, description: "How you belong to the team around the child." })
  relation!: access.Relation | null;
  @Field(() => String, { nullable: true, description: "The purpose on record." }) purpose!: string | null;
  @Field(() => Power, { nullable: true, description: "The power on record." }) power!: access.Power | null;
  @Field(() => Date, { nullable: true, description: "Until when; null where nothing ends it by itself." })
  until!: Date | null;
  @Field(() => [KindExplained], { description: "Each kind of information about the child." }) kinds!: KindExplained[];
  @Field(() => [WayInExplained], { description: "How to be let in." }) ways!: WayInExplained[];
  @Field(() => [WhoCould], {
    description: "Who could: the posts that screen for every child, and the team where the story is open to you.",
  })
  whoCould!: WhoCould[];
}

@ObjectType({ description: "Why a child is kept from more people than others are." })
export class Shield {
  @Field(() => ID, { description: "Its id." }) id!: string;
  childId!: string;
  @Field(() => ShieldKind, { description: "Which kind." }) kind!: access.ShieldKind;
  @Field(() => String, { description: "Why, in the words of whoever set it." }) because!: string;
  @Field(() => ID, {
    nullable: true,
    description: "Sign-in of the one person it keeps out; null where it shields from many.",
  })
  namedOutActorId!: string | null;
  @Field(() => ID, { description: "Sign-in of whoever set it." }) byActorId!: string;
  @Field(() => Date, { description: "Since when." }) at!: Date;
  @Field(() => Date, { description: "By when somebody looks at it again." }) reviewAt!: Date;
  @Field(() => Date, { nullable: true, description: "When it was lifted; null while it is in force." })
  liftedAt!: Date | null;
}

@ObjectType({ description: "What came of breaking the glass." })
export class GlassBroken {
  childId!: string;
  @Field(() => ChildAccess, {
    nullable: true,
    description: "Your way in; null where the whole story was open to you already, and nothing was broken.",
  })
  access!: ChildAccess | null;
  @Field(() => Date, { nullable: true, description: "By when somebody else reviews it." }) reviewBy!: Date | null;
}
