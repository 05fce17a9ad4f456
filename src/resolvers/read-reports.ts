import { Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import {
  GlassArgs,
  ReadsByWorkerArgs,
  ReadsOfChildArgs,
  ToBeToldArgs,
  UnusualReadsArgs,
} from "../schema/read-report-inputs.ts";
import {
  AuditEntry,
  AuditEntryConnection,
  GlassBreak,
  ReaderToTell,
  ReadsOfChild,
  ToBeTold,
  UnusualRead,
  UnusualReads,
  Worker,
} from "../schema/read-reports.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import { brokenGlass } from "../services/read-reports-glass.ts";
import { toBeTold } from "../services/read-reports-told.ts";
import { entriesBehind, unusualReads } from "../services/read-reports-unusual.ts";
import { readsByWorker, readsOfChild } from "../services/read-reports.ts";
import type { Context } from "./context.ts";

const WHO = { description: "Who that is, as far as they have signed in." };

@Resolver(() => AuditEntry)
export class AuditEntryResolver {
  @Query(() => ReadsOfChild, {
    description:
      "Who did what to a child and to what hangs on it, newest first. For the data protection officer. An id that nobody has has no entries.",
  })
  readsOfChild(
    @Args(() => ReadsOfChildArgs, { validate: true }) wanted: ReadsOfChildArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<ReadsOfChild> {
    return readsOfChild(hub, caller, wanted);
  }

  @Query(() => AuditEntryConnection, {
    description: "What one worker did, newest first. For the data protection officer.",
  })
  readsByWorker(
    @Args(() => ReadsByWorkerArgs, { validate: true }) wanted: ReadsByWorkerArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<RowConnection<AuditEntry>> {
    return readsByWorker(hub, caller, wanted);
  }

  @FieldResolver(() => Worker, WHO)
  worker(@Root() { actorId }: AuditEntry, @Ctx() { loaders }: Context): Promise<Worker> {
    return loaders.workers.load(actorId);
  }
}

@Resolver(() => UnusualRead)
export class UnusualReadResolver {
  @Query(() => UnusualReads, {
    description:
      "What is unusual about who read what: facts to look into, each with its rule, in the order of time. For the data protection officer.",
  })
  unusualReads(
    @Args(() => UnusualReadsArgs) wanted: UnusualReadsArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<UnusualReads> {
    return unusualReads(hub, caller, wanted);
  }

  @FieldResolver(() => Worker, WHO)
  worker(@Root() { actorId }: UnusualRead, @Ctx() { loaders }: Context): Promise<Worker> {
    return loaders.workers.load(actorId);
  }

  @FieldResolver(() => [AuditEntry], { description: "The entries behind it, oldest first: 100 at most." })
  entries(@Root() found: UnusualRead, @Ctx() { hub }: Context): Promise<AuditEntry[]> {
    return entriesBehind(hub, found);
  }
}

@Resolver(() => GlassBreak)
export class GlassBreakResolver {
  @Query(() => [GlassBreak], {
    description:
      "Broken glass: what should have been reviewed first, then what waits for its review, then the rest. For the data protection officer.",
  })
  brokenGlass(@Args(() => GlassArgs) wanted: GlassArgs, @Ctx() { hub, caller }: Context): Promise<GlassBreak[]> {
    return brokenGlass(hub, caller, wanted);
  }

  @FieldResolver(() => Worker, WHO)
  worker(@Root() { actorId }: GlassBreak, @Ctx() { loaders }: Context): Promise<Worker> {
    return loaders.workers.load(actorId);
  }
}

@Resolver(() => ReaderToTell)
export class ReaderToTellResolver {
  @Query(() => ToBeTold, {
    description:
      "Who must be told after two children had been shown as one, or once a child is kept from people: readers meanwhile, whether the hub told them, and what was shared. For the data protection officer.",
  })
  toBeTold(
    @Args(() => ToBeToldArgs, { validate: true }) wanted: ToBeToldArgs,
    @Ctx() { hub, caller }: Context,
  ): Promise<ToBeTold> {
    return toBeTold(hub, caller, wanted);
  }

  @FieldResolver(() => Worker, WHO)
  worker(@Root() { actorId }: ReaderToTell, @Ctx() { loaders }: Context): Promise<Worker> {
    return loaders.workers.load(actorId);
  }
}
