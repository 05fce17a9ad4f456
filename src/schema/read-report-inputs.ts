import { IsOptional, IsUUID, Length, ValidateNested } from "class-validator";
import { ArgsType, Field, ID } from "type-graphql";
import type { PlainDate } from "../domain/plain-date.ts";
import type { GlassState as Stands, ReadPattern as Pattern } from "../domain/read-patterns.ts";
import { IdentifierInput } from "./child.ts";
import { PageArgs } from "./connection.ts";
import { GlassState, ReadPattern } from "./enums.ts";
import { PlainDateScalar } from "./scalars.ts";

const A_CHILD = { message: "must be the id of a child" };

@ArgsType()
class Period extends PageArgs {
  @Field(() => PlainDateScalar, { description: "The first day, as it is in England." }) from!: PlainDate;
  @Field(() => PlainDateScalar, { description: "The last day: at most 92 days in all." }) until!: PlainDate;
}

@ArgsType()
export class ReadsOfChildArgs extends Period {
  @Field(() => ID, { nullable: true, description: "The child, by id. Either this or `identifier`." })
  @IsOptional()
  @IsUUID("all", A_CHILD)
  childId?: string | null;
  @Field(() => IdentifierInput, { nullable: true, description: "The child, by a number. No agency is asked." })
  @IsOptional()
  @ValidateNested()
  identifier?: IdentifierInput | null;
}

@ArgsType()
export class ReadsByWorkerArgs extends Period {
  @Field(() => ID, { description: "The worker's sign-in." })
  @Length(1, 200, { message: "must be 1 to 200 characters" })
  actorId!: string;
}

@ArgsType()
export class ReportDays {
  @Field(() => PlainDateScalar, { description: "The first day, as it is in England." }) from!: PlainDate;
  @Field(() => PlainDateScalar, { description: "The last day: at most 92 days in all." }) until!: PlainDate;
}

@ArgsType()
export class UnusualReadsArgs extends ReportDays {
  @Field(() => [ReadPattern], { nullable: true, description: "Only these patterns; left out, all." })
  patterns?: Pattern[] | null;
}

@ArgsType()
export class GlassArgs extends ReportDays {
  @Field(() => GlassState, { nullable: true, description: "Only those that stand so." }) state?: Stands | null;
}

@ArgsType()
export class ToBeToldArgs {
  @Field(() => ID, {
    nullable: true,
    description: "A correction of who somebody is. Either this, or `childId` and `since`.",
  })
  @IsOptional()
  @IsUUID("all", { message: "must be the id of a correction" })
  correctionId?: string | null;
  @Field(() => ID, { nullable: true, description: "A child who is kept from people from now on." })
  @IsOptional()
  @IsUUID("all", A_CHILD)
  childId?: string | null;
  @Field(() => Date, { nullable: true, description: "Since when the child was read of by people who should be told." })
  since?: Date | null;
}
