import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, Index, PrimaryColumn } from "typeorm";
import type { ObligationState as State } from "../domain/obligation.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import { ObligationState } from "./enums.ts";
import { PlainDateScalar } from "./scalars.ts";

/** Table and API type in one. Written in the same transaction as the fact that caused it; (subject, rule) is unique. */
@ObjectType({ description: "Something that must happen by a time: the row that no lost alarm can lose." })
@Entity("obligation")
@Index(["subjectId", "rule"], { unique: true })
@Index(["state", "dueAt"])
export class Obligation {
  @Field(() => ID, { description: "The obligation's own id." })
  @PrimaryColumn({ type: "varchar", length: 36 })
  id!: string;

  @Column({ type: "varchar", length: 36 })
  subjectId!: string;

  @Field(() => String, { description: "The clock's name in the policy file: `referral-decision`." })
  @Column({ type: "varchar", length: 60 })
  rule!: string;

  @Field(() => ObligationState, { description: "Whether it has been met." })
  @Column({ type: "varchar", length: 10 })
  state!: State;

  @Field(() => Date, { description: "The event that started the clock." })
  @Column({ type: Date, precision: 3 })
  startedAt!: Date;

  @Field(() => PlainDateScalar, { description: "The last day on which it can be done in time." })
  @Column({ type: "date" })
  dueOn!: PlainDate;

  @Field(() => Date, { description: "The first instant at which it is late." })
  @Column({ type: Date, precision: 3 })
  dueAt!: Date;

  @Field(() => String, { description: "How the deadline was worked out: rule, start, days that do not count, source." })
  @Column({ type: "text" })
  explanation!: string;
}
