import { Field, ObjectType } from "type-graphql";
import type { EscalationStepKind as StepKind } from "../domain/escalation.ts";
import type { ObligationEventKind as EventKind } from "../domain/obligation.ts";
import { EscalationStepKind, ObligationEventKind } from "./enums.ts";
import { Escalation } from "./escalation.ts";
import { Obligation } from "./obligation.ts";

@ObjectType({ description: "Something that has just happened to an obligation." })
export class ObligationChanged {
  @Field(() => Date, { description: "When it happened." })
  at!: Date;

  @Field(() => ObligationEventKind, { description: "What happened." })
  what!: EventKind;

  @Field(() => Obligation, { description: "The obligation as it stands now." })
  obligation!: Obligation;
}

@ObjectType({ description: "Something that has just happened in an escalation." })
export class EscalationChanged {
  @Field(() => Date, { description: "When it happened." })
  at!: Date;

  @Field(() => EscalationStepKind, { description: "What happened." })
  what!: StepKind;

  @Field(() => Escalation, { description: "The escalation as it stands now." })
  escalation!: Escalation;
}
