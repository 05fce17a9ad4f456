import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, Index, PrimaryColumn } from "typeorm";
import type {
  ChangeKind as Change,
  ChangeState as Decided,
  ClockAct,
  ObligationEventKind as EventKind,
  ObligationState as State,
} from "../domain/obligation.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import type { PostRole as Role } from "../domain/post.ts";
import { ChangeKind, ChangeState, ObligationEventKind, ObligationState, PostRole } from "./enums.ts";
import { PlainDateScalar } from "./scalars.ts";

const ID_COLUMN = { type: "varchar", length: 36 } as const;

/** Table and API type in one. Written in the same transaction as the fact that caused it; (subject, rule) is unique. */
@ObjectType({ description: "Something that must happen by a time: the row that no lost alarm can lose." })
@Entity("obligation")
@Index(["subjectId", "rule"], { unique: true })
@Index(["nextAct", "nextAt"])
@Index(["childId", "state"])
@Index(["courseId"])
@Index(["agencyId", "teamId", "state", "dueAt"])
export class Obligation {
  @Field(() => ID, { description: "The obligation's own id." })
  @PrimaryColumn(ID_COLUMN)
  id!: string;

  /** The fact that started the clock: a referral, a statutory step, a stage of an escalation, a post. */
  @Column(ID_COLUMN)
  subjectId!: string;

  @Column({ ...ID_COLUMN, nullable: true })
  childId!: string | null;

  /** The course of events that the fact belongs to: its first step. Steps of one course meet no clock of another. */
  @Column({ ...ID_COLUMN, nullable: true })
  courseId!: string | null;

  @Field(() => String, { description: "The clock's name in the policy file: `referral-decision`." })
  @Column({ type: "varchar", length: 60 })
  rule!: string;

  @Field(() => String, { description: "What must have happened by then, in words." })
  @Column({ type: "varchar", length: 300 })
  owes!: string;

  @Field(() => ID, { description: "The agency that owes it, as the area's policy file names it." })
  @Column({ type: "varchar", length: 40 })
  agencyId!: string;

  @Field(() => ID, { nullable: true, description: "The team that owes it; null where it is the agency as a whole." })
  @Column({ type: "varchar", length: 40, nullable: true })
  teamId!: string | null;

  @Field(() => PostRole, { description: "Who in that team or agency owes it." })
  @Column({ type: "varchar", length: 20 })
  ownerRole!: Role;

  @Field(() => ObligationState, { description: "Whether it has been met." })
  @Column({ type: "varchar", length: 10 })
  state!: State;

  @Field(() => Boolean, { description: "Whether people are told at once, and never in a digest." })
  @Column({ type: Boolean })
  urgent!: boolean;

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

  @Field(() => Date, {
    nullable: true,
    description: "When what it asks for happened, in time or late; null while owed.",
  })
  @Column({ type: Date, precision: 3, nullable: true })
  metAt!: Date | null;

  /** The step that met or ended it: what undoes that, should the step have been a mistake. */
  @Index()
  @Column({ ...ID_COLUMN, nullable: true })
  settledById!: string | null;

  @Field(() => Date, { nullable: true, description: "Since when its clock stands still; null while it runs." })
  @Column({ type: Date, precision: 3, nullable: true })
  pausedAt!: Date | null;

  /** What the clock does next, which of its kind, and when; null once nothing is left to do. */
  @Column({ type: "varchar", length: 12, nullable: true })
  nextAct!: ClockAct | null;

  @Column({ type: Number })
  nextNumber!: number;

  @Column({ type: Date, precision: 3, nullable: true })
  nextAt!: Date | null;

  /** All that the clock has yet to do or has done: see `domain/schedule.ts`. */
  @Column({ type: "text", nullable: true })
  schedule!: string | null;

  /** Counts what moved the clock, so that what was told of an earlier deadline is told anew of the next. */
  @Column({ type: Number })
  version!: number;
}

/** Append-only. Table and API type in one; (obligation, key) is unique, which is what makes each thing happen once. */
@ObjectType({ description: "One thing that happened to an obligation. Visible for ever." })
@Entity("obligation_event")
@Index(["obligationId", "key"], { unique: true })
@Index(["at"])
export class ObligationEvent {
  @Field(() => ID, { description: "The event's own id." })
  @PrimaryColumn(ID_COLUMN)
  id!: string;

  @Column(ID_COLUMN)
  obligationId!: string;

  /** `reminded-1-v0`: which of its kind, for which deadline. */
  @Column({ type: "varchar", length: 60 })
  key!: string;

  @Field(() => ObligationEventKind, { description: "What happened." })
  @Column({ type: "varchar", length: 12 })
  what!: EventKind;

  @Field(() => String, { description: "Why, in words." })
  @Column({ type: "text" })
  because!: string;

  /** Sign-in of whoever did it; the job's name where the clock did. */
  @Column({ type: "varchar", length: 200 })
  byActorId!: string;

  @Field(() => String, { description: "Who did it, by role or, for a job, by its name." })
  @Column({ type: "varchar", length: 60 })
  by!: string;

  @Field(() => Date, { description: "When it was due by after this." })
  @Column({ type: Date, precision: 3 })
  dueAt!: Date;

  @Field(() => Date, { description: "When it happened." })
  @Column({ type: Date, precision: 3 })
  at!: Date;
}

/** Table and API type in one. */
@ObjectType({
  description: "A wish to pause, extend or cancel an obligation: asked for with a reason, decided by somebody else.",
})
@Entity("obligation_change")
@Index(["obligationId", "requestedAt"])
@Index(["requestedByActorId", "key"], { unique: true })
export class ObligationChange {
  @Field(() => ID, { description: "The wish's own id." })
  @PrimaryColumn(ID_COLUMN)
  id!: string;

  /** The requester's own name for it: sent twice with one key, it is one wish. */
  @Column({ type: "varchar", length: 100 })
  key!: string;

  @Field(() => ID, { description: "The obligation that it is about." })
  @Column(ID_COLUMN)
  obligationId!: string;

  @Field(() => ChangeKind, { description: "What is asked for." })
  @Column({ type: "varchar", length: 10 })
  kind!: Change;

  @Field(() => String, { description: "Why, in the words of whoever asks; withheld from those who may not read them." })
  @Column({ type: "text" })
  reason!: string;

  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "The day asked for: the new deadline of an extension, or the last day of a pause.",
  })
  @Column({ type: "date", nullable: true })
  untilOn!: PlainDate | null;

  @Field(() => ChangeState, { description: "Whether it was approved." })
  @Column({ type: "varchar", length: 10 })
  state!: Decided;

  @Column({ type: "varchar", length: 200 })
  requestedByActorId!: string;

  @Field(() => String, { description: "Who asked, by role." })
  @Column({ type: "varchar", length: 60 })
  requestedBy!: string;

  @Field(() => Date, { description: "When it was asked for." })
  @Column({ type: Date, precision: 3 })
  requestedAt!: Date;

  @Column({ type: "varchar", length: 200, nullable: true })
  decidedByActorId!: string | null;

  @Field(() => String, { nullable: true, description: "Who decided, by role; never whoever asked." })
  @Column({ type: "varchar", length: 60, nullable: true })
  decidedBy!: string | null;

  @Field(() => String, { nullable: true, description: "Why it was decided so." })
  @Column({ type: "text", nullable: true })
  decidedBecause!: string | null;

  @Field(() => Date, { nullable: true, description: "When it was decided." })
  @Column({ type: Date, precision: 3, nullable: true })
  decidedAt!: Date | null;
}
