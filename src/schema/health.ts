import { Field, ID, Int, ObjectType } from "type-graphql";
import type { HubAlarm as AlarmShape, HubAlarmCode as AlarmCode } from "../domain/hub-alarm.ts";
import type * as queues from "../domain/queue.ts";
import { HubAlarmCode, QueueName } from "./enums.ts";

@ObjectType({ simpleResolvers: true, description: "Something wrong with the hub itself." })
export class HubAlarm implements AlarmShape {
  @Field(() => HubAlarmCode, { description: "What it is." }) code!: AlarmCode;
  @Field(() => String, { description: "What is wrong, and what to do." }) says!: string;
  @Field(() => Date, {
    nullable: true,
    description: "Since when; null where that is not known, or it never was otherwise.",
  })
  since!: Date | null;
  @Field(() => QueueName, { nullable: true, description: "The queue it is about, if it is about one." })
  queue!: queues.QueueName | null;
}

@ObjectType({ simpleResolvers: true, description: "A queue, and whether somebody works on it." })
export class QueueStatus {
  @Field(() => QueueName, { description: "Which." }) name!: queues.QueueName;
  @Field(() => Date, { nullable: true, description: "When somebody last gave a sign of working on it; null if never." })
  workedAt!: Date | null;
}

@ObjectType({ simpleResolvers: true, description: "Whether what is due is being done." })
export class HubStatus {
  @Field(() => [HubAlarm], { description: "What is wrong; empty while all is well." }) alarms!: HubAlarm[];
  @Field(() => Date, { nullable: true, description: "When the sweep last came to its end; null if it never did." })
  sweptAt!: Date | null;
  @Field(() => [QueueStatus], { description: "Every queue." }) queues!: QueueStatus[];
  @Field(() => Int, { description: "For how many seconds the oldest work that is due has waited; 0 where none waits." })
  oldestOverdueSeconds!: number;
  @Field(() => Int, { description: "How much work is parked." }) parked!: number;
}

@ObjectType({ simpleResolvers: true, description: "Work that the hub has stopped trying, until somebody replays it." })
export class ParkedWork {
  @Field(() => QueueName, { description: "The kind of work." }) queue!: queues.QueueName;
  @Field(() => ID, { description: "The referral, obligation or delivery that it is about." }) subjectId!: string;
  @Field(() => String, { description: "Kind and code of the last fault." }) fault!: string;
  @Field(() => ID, { nullable: true, description: "The team that owns it; null where it is the partnership." })
  teamId!: string | null;
  @Field(() => Date, { description: "Since when it is parked." }) parkedAt!: Date;
  @Field(() => Int, { description: "How often it was tried since it was made, or last replayed." }) attempts!: number;
}
