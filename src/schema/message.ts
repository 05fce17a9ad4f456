import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, Index, PrimaryColumn } from "typeorm";
import type { MessageKind as Kind, Way as How } from "../domain/message.ts";
import { MessageKind, Way } from "./enums.ts";
import { rowConnectionOf } from "./row-connection.ts";

const ID_COLUMN = { type: "varchar", length: 36 } as const;

/** Table and API type in one. The inbox is the record of what somebody was told; `key` makes each thing told once. */
@ObjectType({ description: "Something that needs somebody, in their inbox." })
@Entity("message")
@Index(["key"], { unique: true })
@Index(["toActorId", "readAt", "at"])
@Index(["handOnAt"])
export class Message {
  @Field(() => ID, { description: "The message's own id." })
  @PrimaryColumn(ID_COLUMN)
  id!: string;

  /** The event it tells of and the post it goes to: `<event id> <post id>`. */
  @Column({ type: "varchar", length: 120 })
  key!: string;

  /** Sign-in of whoever it is for; `vacant:<team>/<role>` where nobody holds the post. */
  @Column({ type: "varchar", length: 200 })
  toActorId!: string;

  /** The post it went to them for; null for one to a person as such. */
  @Column({ ...ID_COLUMN, nullable: true })
  postId!: string | null;

  @Field(() => MessageKind, { description: "What it is about." })
  @Column({ type: "varchar", length: 20 })
  kind!: Kind;

  @Field(() => String, { description: "What it says: no name and no detail, also inside the hub." })
  @Column({ type: "varchar", length: 400 })
  says!: string;

  @Field(() => Boolean, { description: "Whether it was sent at once, and is handed on when nobody reads it." })
  @Column({ type: Boolean })
  urgent!: boolean;

  @Field(() => ID, { nullable: true, description: "The obligation it is about." })
  @Column({ ...ID_COLUMN, nullable: true })
  obligationId!: string | null;

  @Field(() => ID, { nullable: true, description: "The escalation it is about." })
  @Column({ ...ID_COLUMN, nullable: true })
  escalationId!: string | null;

  @Field(() => Date, { description: "When it was written." })
  @Column({ type: Date, precision: 3 })
  at!: Date;

  @Field(() => Date, { nullable: true, description: "When it was read in the hub." })
  @Column({ type: Date, precision: 3, nullable: true })
  readAt!: Date | null;

  @Field(() => Date, { nullable: true, description: "When its reader said that they acted on it." })
  @Column({ type: Date, precision: 3, nullable: true })
  actedAt!: Date | null;

  /** When it goes to the next in line if nobody has read it by then; null where there is nobody next or no need. */
  @Column({ type: Date, precision: 3, nullable: true })
  handOnAt!: Date | null;

  /** How often it was handed on before it came here: 0 the holder, 1 the cover, 2 the manager. */
  @Column({ type: Number })
  handed!: number;
}

export const MessageConnection = rowConnectionOf(Message, "Message", "A page of an inbox, newest first.");

@ObjectType({ simpleResolvers: true, description: "How somebody is told. What is urgent is always sent at once." })
export class Preference {
  @Field(() => Way, { description: "How they are told of what is routine." }) routine!: How;
  @Field(() => String, { description: "When the digest goes out, on working days in England: `08:30`." })
  digestAt!: string;
}
