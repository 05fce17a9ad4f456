import { IsOptional, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, InputType, ObjectType } from "type-graphql";
import { Column, Entity, Index, PrimaryColumn } from "typeorm";
import type { PlainDate } from "../domain/plain-date.ts";
import type { PostRole as Role } from "../domain/post.ts";
import { IsAddress, IsAreaId, IsName, IsSignIn } from "./checks.ts";
import { PostRole } from "./enums.ts";
import { PlainDateScalar } from "./scalars.ts";

/** Table and API type in one. Who holds a role, and who stands in while they are away. */
@ObjectType({ description: "A role in a team or an agency, with its holder and cover." })
@Entity("post")
@Index(["agencyId", "role"])
export class Post {
  @Field(() => ID, { description: "The post's own id." })
  @PrimaryColumn({ type: "varchar", length: 36 })
  id!: string;

  @Field(() => String, { description: "The agency, as the area's policy file names it." })
  @Column({ type: "varchar", length: 40 })
  agencyId!: string;

  @Field(() => ID, { nullable: true, description: "The team; null for a post of the whole agency." })
  @Column({ type: "varchar", length: 40, nullable: true })
  teamId!: string | null;

  @Field(() => PostRole, { description: "What its holder answers for." })
  @Column({ type: "varchar", length: 20 })
  role!: Role;

  @Field(() => ID, { description: "Sign-in of the holder." })
  @Column({ type: "varchar", length: 200 })
  holderId!: string;

  @Field(() => String, { description: "The holder's name." })
  @Column({ type: "text" })
  holderName!: string;

  @Column({ type: "text", nullable: true })
  holderEmail!: string | null;

  @Field(() => ID, { nullable: true, description: "Sign-in of whoever stands in; null where nobody is named." })
  @Column({ type: "varchar", length: 200, nullable: true })
  coverId!: string | null;

  @Field(() => String, { nullable: true, description: "The name of whoever stands in." })
  @Column({ type: "text", nullable: true })
  coverName!: string | null;

  @Column({ type: "text", nullable: true })
  coverEmail!: string | null;

  @Field(() => PlainDateScalar, { nullable: true, description: "First day of the holder's absence." })
  @Column({ type: "date", nullable: true })
  awayFromOn!: PlainDate | null;

  @Field(() => PlainDateScalar, { nullable: true, description: "Last day of the holder's absence." })
  @Column({ type: "date", nullable: true })
  awayUntilOn!: PlainDate | null;

  @Field(() => Date, { description: "When it was last confirmed that this is so." })
  @Column({ type: Date, precision: 3 })
  confirmedAt!: Date;

  /** The obligation to confirm it again; null for a post that has ended. */
  @Column({ type: "varchar", length: 36, nullable: true })
  obligationId!: string | null;

  /** Who holds what, so that nobody is put in one post twice, however many do so at once; null once it has ended. */
  @Index({ unique: true })
  @Column({ type: "varchar", length: 320, nullable: true })
  heldKey!: string | null;

  @Column({ type: Date, precision: 3, nullable: true })
  endedAt!: Date | null;
}

@InputType({ description: "Somebody who stands in for the holder of a post." })
export class CoverInput {
  @Field(() => ID, { description: "Their sign-in." })
  @IsSignIn()
  id!: string;

  @Field(() => String, { description: "Their name." })
  @IsName()
  name!: string;

  @Field(() => String, { nullable: true, description: "Where they are written to; without one, in the hub only." })
  @IsOptional()
  @IsAddress()
  email?: string | null;
}

@InputType({ description: "Who is appointed to which post." })
export class Appoint {
  @Field(() => ID, { description: "The agency, as the area's policy file names it." })
  @IsAreaId()
  agencyId!: string;

  @Field(() => ID, { nullable: true, description: "The team; left out for a post of the whole agency." })
  @IsOptional()
  @IsAreaId()
  teamId?: string | null;

  @Field(() => PostRole, { description: "What the holder answers for." })
  role!: Role;

  @Field(() => ID, { description: "The holder's sign-in." })
  @IsSignIn()
  holderId!: string;

  @Field(() => String, { description: "The holder's name." })
  @IsName()
  holderName!: string;

  @Field(() => String, { nullable: true, description: "Where the holder is written to; without one, in the hub only." })
  @IsOptional()
  @IsAddress()
  holderEmail?: string | null;

  @Field(() => ID, { nullable: true, description: "Sign-in of whoever stands in; goes with `coverName`." })
  @IsOptional()
  @IsSignIn()
  coverId?: string | null;

  @Field(() => String, { nullable: true, description: "The name of whoever stands in." })
  @IsOptional()
  @IsName()
  coverName?: string | null;

  @Field(() => String, { nullable: true, description: "Where whoever stands in is written to." })
  @IsOptional()
  @IsAddress()
  coverEmail?: string | null;
}

@ObjectType({ description: "A post that the area's policy relies on and that nobody holds." })
export class Vacancy {
  @Field(() => ID, { description: "The agency, as the area's policy file names it." })
  agencyId!: string;

  @Field(() => ID, { nullable: true, description: "The team; null for a post of the whole agency." })
  teamId!: string | null;

  @Field(() => PostRole, { description: "What nobody answers for." })
  role!: Role;

  @Field(() => String, { description: "What the policy relies on it for." })
  because!: string;

  @Field(() => [String], { description: "Names of those who are told in its place today; empty where nobody is." })
  toldInstead!: string[];
}

@ArgsType()
export class PostsWanted {
  @Field(() => ID, { nullable: true, description: "Only this agency's." })
  @IsOptional()
  @IsAreaId()
  agencyId?: string | null;

  @Field(() => PostRole, { nullable: true, description: "Only this role." })
  role?: Role | null;

  @Field(() => ID, { nullable: true, description: "Only this team's." })
  @IsOptional()
  @IsAreaId()
  teamId?: string | null;
}

@ArgsType()
export class AwayArgs {
  @Field(() => ID, { description: "The post's id." })
  id!: string;

  @Field(() => PlainDateScalar, { nullable: true, description: "First day of the absence; left out, they are here." })
  fromOn?: PlainDate | null;

  @Field(() => PlainDateScalar, {
    nullable: true,
    description: "Last day of the absence; left out where it is not known.",
  })
  untilOn?: PlainDate | null;

  @Field(() => CoverInput, { nullable: true, description: "Who stands in; left out, whoever is named already." })
  @IsOptional()
  @ValidateNested()
  cover?: CoverInput | null;
}
