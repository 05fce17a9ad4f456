// What whoever answers for data protection is shown of who read what.

import { Field, ID, Int, ObjectType } from "type-graphql";
import type { AccessKind as Way, Power as LegalPower } from "../domain/access.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import type { GlassState as Stands, ReadPattern as Pattern } from "../domain/read-patterns.ts";
import { AccessKind, GlassState, Power, ReadPattern } from "./enums.ts";
import { type RowConnection, rowConnectionOf } from "./row-connection.ts";
import { PlainDateScalar } from "./scalars.ts";
import { SharingDecision } from "./sharing-decision.ts";

@ObjectType({ simpleResolvers: true, description: "Somebody whose reading is on record." })
export class Worker {
  @Field(() => ID, { description: "Their sign-in, or the job's name." }) actorId!: string;
  @Field(() => String, {
    nullable: true,
    description: "Their name, as their last sign-in gave it; null where none did.",
  })
  name!: string | null;
  @Field(() => String, { nullable: true, description: "Their role when they last signed in." }) role!: string | null;
  @Field(() => String, { nullable: true, description: "The agency they act for." }) agencyId!: string | null;
  @Field(() => Date, { nullable: true, description: "When they last signed in, to the day." }) seenAt!: Date | null;
}

@ObjectType({
  description: "Who saw or changed, or tried to, what of whom. Written before the answer left, and never changed.",
})
export class AuditEntry {
  @Field(() => ID, { description: "The entry's id." }) id!: string;
  @Field(() => Date, { description: "When." }) at!: Date;
  @Field(() => ID, { description: "Who: their sign-in, or the job's name." }) actorId!: string;
  @Field(() => String, { nullable: true, description: "Their role then." }) role!: string | null;
  @Field(() => String, { nullable: true, description: "The agency they acted for." }) agencyId!: string | null;
  @Field(() => String, { description: "What they did: `child.read`." }) what!: string;
  @Field(() => ID, { nullable: true, description: "The child, referral or other thing it was done to." })
  subjectId!: string | null;
  @Field(() => String, { description: "The rule that allowed or refused it." }) rule!: string;
  @Field(() => Boolean, { description: "Whether it was allowed." }) allowed!: boolean;
  @Field(() => String, { description: "What it was for, as they stated it." }) purpose!: string;
  @Field(() => Power, {
    nullable: true,
    description: "The power in law that they named, or that their way in rests on.",
  })
  power!: LegalPower | null;
  @Field(() => [String], { description: "Parts of the child's story that were disclosed." }) parts!: string[];
  @Field(() => [String], { description: "Agencies whose systems answered." }) sources!: string[];
  @Field(() => AccessKind, { nullable: true, description: "The kind of way in that it rests on." })
  accessKind!: Way | null;
  @Field(() => ID, { description: "The request in which it happened, as the log and the agencies name it." })
  requestId!: string;
}
export const AuditEntryConnection = rowConnectionOf(AuditEntry, "AuditEntry", "Who did what, newest first.");

@ObjectType({ simpleResolvers: true, description: "What was done to one child." })
export class ReadsOfChild {
  @Field(() => ID, { nullable: true, description: "The child; null where nobody is known by that number." })
  childId!: string | null;
  @Field(() => AuditEntryConnection, { description: "Who did what, newest first." })
  entries!: RowConnection<AuditEntry>;
}

@ObjectType({
  description: "Something unusual about who read what: a fact to look into, with its rule. Nobody is scored.",
})
export class UnusualRead {
  @Field(() => ReadPattern, { description: "Which pattern." }) pattern!: Pattern;
  @Field(() => String, { description: "Its rule, in words." }) says!: string;
  @Field(() => PlainDateScalar, { description: "The day in England; of a night, the day on which it began." })
  on!: PlainDate;
  @Field(() => ID, { description: "Who." }) actorId!: string;
  @Field(() => String, { nullable: true, description: "Their role then." }) role!: string | null;
  @Field(() => ID, { nullable: true, description: "The child; null where it is about several, or none." })
  childId!: string | null;
  @Field(() => Int, { description: "How many children." }) children!: number;
  @Field(() => Int, { description: "How many entries in which a child was opened to them." }) opened!: number;
  @Field(() => Int, { description: "How many in which it was not." }) refused!: number;
  @Field(() => Date, { description: "The first." }) firstAt!: Date;
  @Field(() => Date, { description: "The last." }) lastAt!: Date;
}

@ObjectType({ simpleResolvers: true, description: "What is unusual about who read what, in the order of time." })
export class UnusualReads {
  @Field(() => [UnusualRead], { description: "What was found: 1,000 at most." }) found!: UnusualRead[];
  @Field(() => Int, { description: "How many more were found than are shown: ask for fewer days." }) leftOut!: number;
}

@ObjectType({ simpleResolvers: true, description: "Somebody who was told of something." })
export class ToldOf {
  @Field(() => ID, { description: "Who." }) actorId!: string;
  @Field(() => Date, { description: "When." }) at!: Date;
  @Field(() => Date, { nullable: true, description: "When they read it." }) readAt!: Date | null;
}

@ObjectType({ description: "Somebody broke the glass to a child." })
export class GlassBreak {
  @Field(() => ID, { description: "Id of the way in." }) id!: string;
  @Field(() => ID, { description: "The child." }) childId!: string;
  @Field(() => ID, { description: "Who." }) actorId!: string;
  @Field(() => String, { nullable: true, description: "Their role then." }) role!: string | null;
  @Field(() => String, { nullable: true, description: "The agency they acted for." }) agencyId!: string | null;
  @Field(() => String, { description: "The risk, in their own words." }) reason!: string;
  @Field(() => String, { description: "What it was for." }) purpose!: string;
  @Field(() => Power, { nullable: true, description: "Under which power." }) power!: LegalPower | null;
  @Field(() => GlassState, { description: "How it stands." }) state!: Stands;
  @Field(() => Date, { description: "When." }) at!: Date;
  @Field(() => Date, { nullable: true, description: "Until when it let them in." }) endsAt!: Date | null;
  @Field(() => [ToldOf], { description: "Who was told at once." }) told!: ToldOf[];
  @Field(() => Date, { nullable: true, description: "By when it is reviewed." }) reviewBy!: Date | null;
  @Field(() => ID, { nullable: true, description: "Who reviewed it." }) reviewedByActorId!: string | null;
  @Field(() => Date, { nullable: true, description: "When." }) reviewedAt!: Date | null;
  @Field(() => Boolean, { nullable: true, description: "Whether it was justified." }) justified!: boolean | null;
  @Field(() => String, { nullable: true, description: "Why, in the reviewer's words." }) reviewBecause!: string | null;
}

@ObjectType({ description: "Somebody who saw what turned out to be wrong, or is not theirs to see any more." })
export class ReaderToTell {
  @Field(() => ID, { description: "Who." }) actorId!: string;
  @Field(() => String, { nullable: true, description: "Their role then." }) role!: string | null;
  @Field(() => String, { nullable: true, description: "The agency they acted for." }) agencyId!: string | null;
  @Field(() => Int, { description: "How often they read." }) times!: number;
  @Field(() => Date, { description: "First." }) firstAt!: Date;
  @Field(() => Date, { description: "Last." }) lastAt!: Date;
  @Field(() => Date, { nullable: true, description: "When the hub told them; null where it did not." })
  toldAt!: Date | null;
  @Field(() => Date, { nullable: true, description: "When they read that." }) readAt!: Date | null;
}

@ObjectType({
  simpleResolvers: true,
  description: "Who must be told after a correction, or once a child is kept from them.",
})
export class ToBeTold {
  @Field(() => Date, { description: "Since when." }) since!: Date;
  @Field(() => [ReaderToTell], {
    description: "People who read of the child, those not yet told first. Jobs are left out.",
  })
  readers!: ReaderToTell[];
  @Field(() => [SharingDecision], {
    description: "What was shared about the child meanwhile: whom it went to outside the hub, nobody has told but you.",
  })
  shared!: SharingDecision[];
}
