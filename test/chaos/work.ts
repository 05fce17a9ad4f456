// Work as the programs under test do it: through the hub's own services, so that it is durable when they answer.

import type { Actor } from "../../src/domain/actor.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { Obligation } from "../../src/schema/obligation.ts";
import { clockFor } from "../../src/services/deadlines.ts";
import { raiseEscalation } from "../../src/services/escalation-raise.ts";
import type { Caller, Hub } from "../../src/services/hub.ts";
import { askForChange, decideChange } from "../../src/services/obligation-changes.ts";
import { alarmsFor, cancelObligations, meetObligations, openObligations } from "../../src/services/obligations.ts";
import { appoint } from "../../src/services/posts.ts";
import { submitReferral } from "../../src/services/referrals.ts";
import { recordStep } from "../../src/services/statutory-steps.ts";
import { isDuplicate } from "../../src/store/insert.ts";
import type { Answer, Owed, Work } from "./words.ts";

type Role = NonNullable<Actor["role"]>;

const caller = (hub: Hub, id: string, role: Role, agencyId: string): Caller => ({
  actor: { kind: "PRACTITIONER", id, name: "Somebody", role, agencyId },
  purpose: "children-act-1989-s47",
  requestId: hub.newId(),
  signal: AbortSignal.timeout(20_000),
});
const teacher = (hub: Hub) => caller(hub, "a-teacher", "TEACHER", "education");
const socialWorker = (hub: Hub) => caller(hub, "p-assessment", "SOCIAL_WORKER", "social-care");
const manager = (hub: Hub) => caller(hub, "m-assessment", "MASH_MANAGER", "social-care");

export async function carryOutWork(hub: Hub, work: Work): Promise<Answer> {
  switch (work.do) {
    case "open":
      return { ids: await open(hub, work.owed) };
    case "refer": {
      const { key, childId, level } = work;
      const said = { concern: "Synthetic words.", immediateDanger: false };
      return { ids: [(await submitReferral(hub, teacher(hub), { key, childId, level, ...said })).id] };
    }
    case "step": {
      const { do: _, happenedAt, outcome = null, ...input } = work;
      const { step } = await recordStep(hub, socialWorker(hub), {
        ...input,
        outcome,
        happenedAt: new Date(happenedAt),
      });
      return { ids: [step.id] };
    }
    case "raise": {
      const { key, childId, toTeamId: againstTeamId } = work;
      const against = { againstAgencyId: "social-care", againstTeamId, category: "THRESHOLD" as const };
      const said = { evidence: "Synthetic words.", wantedOutcome: "Synthetic words.", immediateRisk: false };
      return { ids: [(await raiseEscalation(hub, teacher(hub), { key, childId, ...against, ...said })).id] };
    }
    case "change": {
      const { id: obligationId } = await bySubject(hub, work.subjectId);
      const { kind, untilOn, subjectId } = work;
      const key = `chaos-${kind}-${subjectId}`;
      const wish = { key, obligationId, kind, reason: "Synthetic words.", untilOn: plainDate(untilOn) };
      const { id: changeId } = await askForChange(hub, socialWorker(hub), wish);
      await decideChange(hub, manager(hub), { changeId, approve: true, because: "Synthetic words." });
      return { ids: [changeId] };
    }
    case "meet":
    case "cancel": {
      const { id } = await bySubject(hub, work.subjectId);
      const because = "Synthetic words.";
      await hub.db.transaction((db) =>
        work.do === "meet"
          ? meetObligations(hub, socialWorker(hub), { db, ids: [id], at: hub.now(), because })
          : cancelObligations(hub, socialWorker(hub), { db, ids: [id], because }),
      );
      return { ids: [id] };
    }
    case "appoint": {
      const post = { agencyId: "community-health", role: "MANAGER" as const, holderName: "Somebody" };
      return { ids: [(await appoint(hub, manager(hub), { ...post, holderId: work.holderId })).id] };
    }
  }
}

const bySubject = (hub: Hub, subjectId: string) => hub.db.manager.findOneByOrFail(Obligation, { subjectId });

async function open(hub: Hub, owed: readonly Owed[]): Promise<string[]> {
  const entries = owed.map(({ rule, subjectId, owner, startedAt }) => {
    const began = startedAt ? new Date(startedAt) : hub.now();
    const { rule: clock, calendar } = clockFor(hub, rule, began);
    return { clock, calendar, subjectId, childId: null, startedAt: began, owner };
  });
  try {
    const opened = await hub.db.transaction((db) => openObligations(hub, socialWorker(hub), { db, owed: entries }));
    await hub.wake.clocks(alarmsFor(opened));
    return opened.map(({ id }) => id);
  } catch (error) {
    // Asked again because the first answer was lost on the way.
    if (!isDuplicate(error)) throw error;
    return Promise.all(owed.map(async ({ subjectId }) => (await bySubject(hub, subjectId)).id));
  }
}
