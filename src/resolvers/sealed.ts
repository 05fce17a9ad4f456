import { Arg, Args, Ctx, ID, Mutation, Query, Resolver } from "type-graphql";
import type * as domain from "../domain/sealed.ts";
import { PageArgs } from "../schema/connection.ts";
import { QuarantineState } from "../schema/enums.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import {
  DecideQuarantine,
  QuarantinedRecord,
  QuarantinedRecordConnection,
  SealedIdentity,
  SealedIdentityConnection,
  SealedWork,
  SealRecords,
} from "../schema/sealed.ts";
import { decideQuarantine, listQuarantined } from "../services/quarantine.ts";
import { listSealed, sealedWork, sealRecords } from "../services/seal-records.ts";
import type { Context } from "./context.ts";

@Resolver()
export class SealedResolver {
  @Mutation(() => SealedIdentity, {
    description:
      "Seals a person's whole old identity: from then on nobody finds it, and nothing of it is told. For the sealed records officer alone. Refused while work for them is open.",
  })
  sealRecords(
    @Arg("input", () => SealRecords, { description: "Whose, and why.", validate: true }) input: SealRecords,
    @Ctx() { hub, caller }: Context,
  ): Promise<SealedIdentity> {
    return sealRecords(hub, caller, input);
  }

  @Query(() => SealedIdentityConnection, {
    description: "Identities that were sealed, latest first. For the sealed records officer alone.",
  })
  sealedIdentities(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<RowConnection<SealedIdentity>> {
    return listSealed(hub, caller, page);
  }

  @Query(() => [SealedWork], {
    description:
      "What the hub did for a person before their records were sealed, oldest first. For the sealed records officer alone.",
  })
  sealedWork(
    @Arg("childId", () => ID, { description: "The id that the person had in the hub." }) childId: string,
    @Ctx() { hub, caller }: Context,
  ): Promise<SealedWork[]> {
    return sealedWork(hub, caller, childId);
  }

  @Query(() => QuarantinedRecordConnection, {
    description: "Records that came in with a sealed number, latest first. For the sealed records officer alone.",
  })
  quarantinedRecords(
    @Arg("state", () => QuarantineState, { nullable: true, description: "Only those in this state." })
    state: domain.QuarantineState | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<RowConnection<QuarantinedRecord>> {
    return listQuarantined(hub, caller, { state, ...page });
  }

  @Mutation(() => QuarantinedRecord, {
    description: "Decides what becomes of a quarantined record. For the sealed records officer alone.",
  })
  decideQuarantine(
    @Arg("input", () => DecideQuarantine, { description: "Which, and how.", validate: true }) input: DecideQuarantine,
    @Ctx() { hub, caller }: Context,
  ): Promise<QuarantinedRecord> {
    return decideQuarantine(hub, caller, input);
  }
}
