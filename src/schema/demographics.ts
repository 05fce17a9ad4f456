import { Field, ObjectType } from "type-graphql";
import { Source } from "./agency-answer.ts";
import { RecordedAddress, RecordedIdentifier, RecordedName, Stated } from "./statements.ts";

@ObjectType({ simpleResolvers: true, implements: Stated, description: "One fact as one agency states it." })
export class Statement extends Stated {
  @Field(() => String, { description: "The value." }) value!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "A fact that several agencies state: what each says, and which the hub shows first and why.",
})
export class Fact {
  @Field(() => String, { nullable: true, description: "The value shown first; null where nobody stated one." })
  preferred!: string | null;
  @Field(() => String, { description: "Why that one, or why none." }) because!: string;
  @Field(() => Boolean, { description: "Whether agencies state different values. Neither is then known to be right." })
  disagree!: boolean;
  @Field(() => [Statement], { description: "What each agency states." }) statements!: readonly Statement[];
}

@ObjectType({
  simpleResolvers: true,
  description: "Who the child is, by source. Nothing is merged away: where agencies disagree, both are here.",
})
export class Demographics {
  @Field(() => Fact, { description: "Full official name." }) name!: Fact;
  @Field(() => Fact, { description: "The name the child answers to, where it differs." }) knownAs!: Fact;
  @Field(() => Fact, { description: "Date of birth, YYYY-MM-DD; a year alone is stated as YYYY." }) bornOn!: Fact;
  @Field(() => Fact, { description: "Expected date of birth of an unborn child." }) expectedOn!: Fact;
  @Field(() => Fact, { description: "Date of death." }) diedOn!: Fact;
  @Field(() => Fact, { description: "Sex: FEMALE, MALE, OTHER or UNKNOWN." }) sex!: Fact;
  @Field(() => Fact, { description: "Gender as the child states it." }) gender!: Fact;
  @Field(() => Fact, { description: "Ethnicity, as a DfE code." }) ethnicity!: Fact;
  @Field(() => Fact, { description: "School, practice or team that holds the record." }) heldBy!: Fact;
  @Field(() => [RecordedName], {
    nullable: true,
    description: "Every name that an agency has; null where nobody knows.",
  })
  names!: readonly RecordedName[] | null;
  @Field(() => [RecordedIdentifier], {
    nullable: true,
    description: "Every number by which an agency knows the child; null where nobody knows.",
  })
  identifiers!: readonly RecordedIdentifier[] | null;
  @Field(() => [RecordedAddress], {
    nullable: true,
    description: "Every address that an agency has, current ones first; null where nobody knows or they are withheld.",
  })
  addresses!: readonly RecordedAddress[] | null;
  @Field(() => [Source], { description: "Which agencies stand behind this, and which do not." })
  sources!: readonly Source[];
}
