import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import { PageArgs } from "../schema/connection.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import {
  RequestSubjectAccess,
  SubjectAccess,
  SubjectAccessConnection,
  SubjectAccessCopy,
} from "../schema/subject-access.ts";
import {
  answerSubjectAccess,
  fetchSubjectAccess,
  makeSubjectAccessAgain,
  requestSubjectAccess,
} from "../services/subject-access.ts";
import { listSubjectAccess } from "../services/subject-access-reads.ts";
import type { Context } from "./context.ts";

@Resolver()
export class SubjectAccessResolver {
  @Mutation(() => SubjectAccess, {
    description:
      "Somebody asked what the hub holds about a child: starts the clock, and has a copy made. For whoever answers for data protection.",
  })
  requestSubjectAccess(
    @Arg("input", () => RequestSubjectAccess, { description: "About whom, and who asks.", validate: true })
    input: RequestSubjectAccess,
    @Ctx() { hub, caller }: Context,
  ): Promise<SubjectAccess> {
    return requestSubjectAccess(hub, caller, input);
  }

  @Mutation(() => SubjectAccessCopy, {
    description: "Gives the copy, once: from then on the hub has it no longer. On record with its SHA-256.",
  })
  fetchSubjectAccess(
    @Arg("id", () => ID, { description: "The request." }) id: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<SubjectAccessCopy> {
    return fetchSubjectAccess(hub, caller, id);
  }

  @Mutation(() => SubjectAccess, { description: "Has a copy made again that was lost or has expired." })
  makeSubjectAccessAgain(
    @Arg("id", () => ID, { description: "The request." }) id: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<SubjectAccess> {
    return makeSubjectAccessAgain(hub, caller, id);
  }

  @Mutation(() => SubjectAccess, {
    description: "Says that whoever asked was given the copy, or told why not: meets the clock.",
  })
  answerSubjectAccess(
    @Arg("id", () => ID, { description: "The request." }) id: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<SubjectAccess> {
    return answerSubjectAccess(hub, caller, id);
  }

  @Query(() => SubjectAccessConnection, {
    description: "Subject access requests, latest first. For whoever answers for data protection.",
  })
  subjectAccessRequests(
    @Arg("open", () => Boolean, { defaultValue: true, description: "Only those that nobody has answered." })
    open: boolean,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<RowConnection<SubjectAccess>> {
    return listSubjectAccess(hub, caller, { open, ...page });
  }
}
