import DataLoader from "dataloader";
import type { Part } from "../domain/absence.ts";
import type { AgencyView } from "../domain/agency-view.ts";
import type { TeamMember } from "../schema/access.ts";
import type { LinkedRecord } from "../schema/child.ts";
import type { Escalation } from "../schema/escalation.ts";
import type { IdentityLink } from "../schema/identity.ts";
import type { OtherChildren, Relative } from "../schema/family.ts";
import type { Obligation, ObligationChange, ObligationEvent } from "../schema/obligation.ts";
import type { Worker } from "../schema/read-reports.ts";
import { askAgencies } from "../services/answers.ts";
import { type ChildKey, linkedRecords, readChildren } from "../services/children.ts";
import { clocksOfEscalations, stepsOfEscalations } from "../services/escalation-reads.ts";
import { type ChildFamily, type ChildViews, familiesOf } from "../services/families.ts";
import { changesOf, eventsOf, obligationsOf } from "../services/obligation-reads.ts";
import type { Caller, Hub } from "../services/hub.ts";
import { identityLinksOf } from "../services/identity-reads.ts";
import { teamsAround } from "../services/team-around.ts";
import { workersOf } from "../services/read-reports.ts";
import { correctionsOf } from "../services/sharing-decision-reads.ts";
import { otherChildrenOf } from "../services/other-children.ts";

interface PartKey {
  readonly childId: string;
  readonly parts: readonly Part[];
}

/** Made for each request and actor: the cache dies with the request, and no edge leads round the rules. */
export function makeLoaders(hub: Hub, caller: Caller) {
  return {
    child: new DataLoader<string, ChildKey | null>((ids) => readChildren(hub, caller, ids)),

    /** Every field asked in one pass over the query, of every child in it, becomes one question to each system. */
    views: new DataLoader<PartKey, readonly AgencyView[], string>(
      async (keys) => {
        const childIds = [...new Set(keys.map(({ childId }) => childId))];
        const parts = [...new Set(keys.flatMap((key) => key.parts))];
        const views = await askAgencies(hub, caller, { childIds, parts });
        return keys.map(({ childId }) => views.get(childId) ?? []);
      },
      { cacheKeyFn: ({ childId, parts }) => `${childId} ${parts.join(" ")}` },
    ),

    families: new DataLoader<ChildViews, ChildFamily, string>((children) => familiesOf(hub, children), {
      cacheKeyFn: ({ childId }) => childId,
    }),
    otherChildren: new DataLoader<Relative, OtherChildren>((relatives) => otherChildrenOf(hub, caller, relatives)),

    teams: new DataLoader<string, TeamMember[] | null>((ids) => teamsAround(hub, caller, ids)),

    records: new DataLoader<string, LinkedRecord[] | null>((ids) => linkedRecords(hub, caller, ids)),

    identityLinks: new DataLoader<string, IdentityLink[] | null>((ids) => identityLinksOf(hub, caller, ids)),

    escalationClocks: new DataLoader((escalations: readonly Escalation[]) => clocksOfEscalations(hub, escalations)),
    escalationSteps: new DataLoader((escalations: readonly Escalation[]) =>
      stepsOfEscalations(hub, caller, escalations),
    ),

    decisionCorrections: new DataLoader<string, string | null>((ids) => correctionsOf(hub, ids)),

    workers: new DataLoader<string, Worker>((ids) => workersOf(hub, ids)),

    obligations: new DataLoader<string, Obligation[]>((childIds) => obligationsOf(hub, caller, childIds)),
    obligationEvents: new DataLoader<string, ObligationEvent[]>((ids) => eventsOf(hub, ids)),
    obligationChanges: new DataLoader<string, ObligationChange[]>((ids) => changesOf(hub, ids)),
  };
}
export type Loaders = ReturnType<typeof makeLoaders>;
