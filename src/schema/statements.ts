// What agencies say, as the graph shows it. Adapters build plain objects of these shapes; the domain defines them.

import { Field, ID, InterfaceType, ObjectType } from "type-graphql";
import type * as agencies from "../domain/agency.ts";
import type * as contradictions from "../domain/genogram-contradictions.ts";
import type * as said from "../domain/statements.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import {
  ContradictionKind,
  EventKind,
  IdentifierKind,
  InvolvementRole,
  NameUse,
  RelationshipRole,
  Sector,
  StateKind,
} from "./enums.ts";
import { PlainDateScalar } from "./scalars.ts";

@ObjectType({
  simpleResolvers: true,
  description: "Where a statement comes from. Every fact the hub shows carries one.",
})
export class Provenance implements said.Provenance {
  @Field(() => String, { description: "The agency's system: `pds`, `care-record`, `ssd`, `mis`, `inbox`." })
  system!: string;
  @Field(() => String, {
    nullable: true,
    description: "The record's own identifier in that system; null where it would tell where a restricted child is.",
  })
  recordId!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "When the agency last changed it, if it says so: an ISO instant.",
  })
  recordedAt!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "The agency's own code or wording, where translation loses some.",
  })
  statedAs!: string | null;
}

@ObjectType({ simpleResolvers: true, description: "An organisation that works with children in the area." })
export class Agency {
  @Field(() => ID, { description: "Its id in the area's policy file." }) id!: string;
  @Field(() => String, { description: "Its name." }) name!: string;
  @Field(() => Sector, { description: "Its kind." }) sector!: agencies.Sector;
}

@InterfaceType({ description: "Something that an agency states: always with who says so." })
export abstract class Stated {
  @Field(() => Agency, { description: "The agency that says so." }) agency!: Agency;
  @Field(() => Provenance, { description: "The record it is from." }) provenance!: Provenance;
}

@ObjectType({ simpleResolvers: true, implements: Stated, description: "A name as one agency has it." })
export class RecordedName extends Stated {
  @Field(() => NameUse, { description: "What the name is used for." }) use!: said.NameUse;
  @Field(() => [String], { description: "Forenames in order." }) forenames!: readonly string[];
  @Field(() => String, { nullable: true, description: "Surname; null where none was recorded." }) surname!:
    | string
    | null;
  @Field(() => String, { description: "The whole name on one line." }) full!: string;
}

@ObjectType({ simpleResolvers: true, implements: Stated, description: "A number by which an agency knows the child." })
export class RecordedIdentifier extends Stated {
  @Field(() => IdentifierKind, { description: "Which numbering." }) kind!: said.IdentifierKind;
  @Field(() => String, { description: "The number." }) value!: string;
  @Field(() => Boolean, { description: "Whether the agency that states it vouches for it." }) verified!: boolean;
}

@ObjectType({ simpleResolvers: true, implements: Stated, description: "An address as one agency has it." })
export class RecordedAddress extends Stated {
  @Field(() => String, { description: "HOME, TEMPORARY or OTHER." }) use!: string;
  @Field(() => [String], { description: "Address lines in order." }) lines!: readonly string[];
  @Field(() => String, { nullable: true, description: "Town." }) town!: string | null;
  @Field(() => String, { nullable: true, description: "Postcode." }) postcode!: string | null;
  @Field(() => String, { nullable: true, description: "Unique property reference number." }) uprn!: string | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "Since when." }) fromOn!: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "Until when; null while it is current." })
  untilOn!: PlainDate | null;
}

@ObjectType({ simpleResolvers: true, description: "One side of a contradiction between claims about a family." })
export class Dispute {
  @Field(() => ContradictionKind, { description: "What the claims contradict each other about." })
  kind!: contradictions.ContradictionKind;
  @Field(() => ID, { description: "The claim, by its id among the family's relationships." }) claimId!: string;
  @Field(() => Agency, { description: "The agency that says so." }) agency!: Agency;
  @Field(() => String, { description: "What it says, in a few words." }) says!: string;
}

@ObjectType({
  simpleResolvers: true,
  implements: Stated,
  description:
    "A claim by one agency that somebody plays a part in the child's life. Two agencies may disagree; both stand.",
})
export class Relationship extends Stated {
  @Field(() => ID, {
    description: "Its id within this answer. The same claims have the same ids, whoever answered first.",
  })
  id!: string;
  @Field(() => ID, {
    description: "The person it is about, within this answer: see `relatives`, and a genogram's nodes.",
  })
  relativeId!: string;
  @Field(() => [Dispute], {
    description: "Claims that say otherwise, by any agency that could be asked; neither is known to be right.",
  })
  disputedBy!: readonly Dispute[];
  @Field(() => RelationshipRole, { description: "The part the other person plays." }) role!: said.RelationshipRole;
  @Field(() => String, { nullable: true, description: "The other person's name, if stated." }) name!: string | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "The other person's date of birth, if stated." })
  bornOn!: PlainDate | null;
  @Field(() => ID, {
    nullable: true,
    description: "The other person in the hub, if that agency's record of them is known.",
  })
  personId!: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Why the other person is not named, where they are known but restricted; null otherwise.",
  })
  withheldBecause!: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description: "Parental responsibility, if stated. Never inferred from the role.",
  })
  parentalResponsibility!: boolean | null;
  @Field(() => Boolean, { nullable: true, description: "Whether they are the main carer, if stated." })
  mainCarer!: boolean | null;
  @Field(() => Boolean, { nullable: true, description: "Whether they live with the child, if stated." })
  livesWithChild!: boolean | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "Since when." }) fromOn!: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "Until when; null while it holds." })
  untilOn!: PlainDate | null;
}

@ObjectType({
  simpleResolvers: true,
  implements: Stated,
  description: "Who works with the child, and how to reach them.",
})
export class Involvement extends Stated {
  @Field(() => InvolvementRole, { description: "What they do." }) role!: said.InvolvementRole;
  @Field(() => String, { nullable: true, description: "The practitioner." }) practitioner!: string | null;
  @Field(() => String, { nullable: true, description: "Their organisation." }) organisation!: string | null;
  @Field(() => String, { nullable: true, description: "Their team." }) team!: string | null;
  @Field(() => String, { nullable: true, description: "The number to ring." }) phone!: string | null;
  @Field(() => String, { nullable: true, description: "Their mail address." }) email!: string | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "Since when." }) fromOn!: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "Until when; null while it goes on." })
  untilOn!: PlainDate | null;
}

@ObjectType({
  simpleResolvers: true,
  implements: Stated,
  description: "A status or plan that holds, or held, for a time.",
})
export class State extends Stated {
  @Field(() => StateKind, { description: "Which." }) kind!: said.StateKind;
  @Field(() => String, { nullable: true, description: "The category within it: `Neglect`, `Care order`." })
  category!: string | null;
  @Field(() => String, { description: "One line about it." }) summary!: string;
  @Field(() => PlainDateScalar, { nullable: true, description: "Since when." }) fromOn!: PlainDate | null;
  @Field(() => PlainDateScalar, { nullable: true, description: "Until when; null while it holds." })
  untilOn!: PlainDate | null;
}

@ObjectType({ simpleResolvers: true, implements: Stated, description: "One agency's fact: something that happened." })
export class Event extends Stated {
  @Field(() => EventKind, { description: "What kind of thing." }) kind!: said.EventKind;
  @Field(() => PlainDateScalar, { description: "The day in England on which it happened or began." }) on!: PlainDate;
  @Field(() => String, { nullable: true, description: "The instant, where known: ISO 8601." }) at!: string | null;
  @Field(() => String, { description: "One line about it, in the field's words." }) summary!: string;
}
