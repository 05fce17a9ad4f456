// Children for stories about keeping and erasing: everything that the hub can hold about one, put there through its own doors where
// there are any, and as rows where another part of the hub writes them.

import { Escalation } from "../../src/schema/escalation.ts";
import { Referral } from "../../src/schema/referral.ts";
import { SharingDecision } from "../../src/schema/sharing-decision.ts";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { eraseDue } from "../../src/services/retention.ts";
import { ChildAccessRow, ChildShieldRow } from "../../src/store/rows-access.ts";
import { ErasureRow } from "../../src/store/rows-keeping.ts";
import { AgencyRecordRow, PersonRow } from "../../src/store/rows.ts";
import type { TestEngine } from "./engines.ts";
import { startLightHub } from "./light-hub.ts";
import { getRecord } from "./record-rows.ts";
import { type MadeChild, makeChild, randomOf } from "./sealed-world.ts";

const SUBMIT = `mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) { id } }`;
const STEP = `mutation ($step: RecordStep!) { recordStep(step: $step) { step { id } } }`;
const RAISE = `mutation ($input: RaiseEscalation!) { raiseEscalation(escalation: $input) { id } }`;
const WITHDRAW = `mutation ($input: EscalationReason!) { withdrawEscalation(withdrawal: $input) { state } }`;
export const PLACE = `mutation ($input: PlaceHold!) { placeHold(input: $input) { id } }`;
export const LIFT = `mutation ($input: LiftHold!) { liftHold(input: $input) { liftedAt } }`;
export const ERASE = `mutation ($input: EraseChild!) { eraseChild(input: $input) { id state } }`;
export const DECIDE = `mutation ($input: DecideErasure!) { decideErasure(input: $input) {
  wish { state } stillHeldBy erasure { retentionClass because byActorId approvedByActorId erased { table rows } left { table rows } } } }`;

export const DPO = "data-protection-officer";
export const AGENCIES = ["social-care", "health", "education", "police"] as const;

export async function startKeeping(engine: TestEngine, count: number) {
  const random = randomOf(20_261_122);
  const children = Array.from({ length: count }, (_, at) => makeChild(random, at));
  const records = Object.fromEntries(
    AGENCIES.map((agencyId) => [agencyId, children.flatMap((child) => child.records[agencyId] ?? [])]),
  );
  const world = await startLightHub(engine, records);
  const { hub } = world.open;
  const db = hub.db.manager;
  world.setNow(new Date("2026-04-02T10:00:00Z"));
  // As if they had been known all along: nobody is over who came in later than what was done for them.
  await db.update(PersonRow, { kind: "CHILD" }, { createdAt: new Date("2020-01-06T10:00:00Z") });
  const ask = async (as: string, query: string, variables: Record<string, unknown>) => {
    const { data, errors } = await world.ask(as, query, variables);
    return { data, code: errors[0]?.extensions.code ?? null, message: errors[0]?.message ?? "" };
  };
  const ok = async (as: string, query: string, variables: Record<string, unknown>) => {
    const { data, code, message } = await ask(as, query, variables);
    if (code) throw new Error(`${code} ${message}`);
    return data;
  };
  let keys = 0;
  const key = () => `kept-key-${(keys += 1)}`;

  return {
    world,
    hub,
    db,
    children,
    ask,
    ok,
    key,
    at: (instant: string) => world.setNow(new Date(instant)),
    idOf: async ({ records: held }: MadeChild) => (await getRecord(db, held["health"]?.recordId ?? "")).personId,
    words: ({ forename, surname, bornOn, nhs }: MadeChild) =>
      `${forename} ${surname}, born ${bornOn}, NHS ${nhs}, was seen crying.`,

    /** A referral that came to nothing, decided at once. */
    async refer(childId: string, concern = "Was seen crying.", outcome = "NO_FURTHER_ACTION") {
      const referral = { key: key(), childId, concern, level: "level-3", immediateDanger: false };
      const { id } = (await ok("teacher", SUBMIT, { referral })).submitReferral;
      await this.step("REFERRAL_DECIDED", { followsId: id, outcome }, "mash-manager");
      return id as string;
    },
    async step(kind: string, more: Record<string, unknown>, as = "social-worker") {
      const step = { key: key(), kind, happenedAt: hub.now().toISOString(), ...more };
      return (await ok(as, STEP, { step })).recordStep.step.id as string;
    },
    async challenge(childId: string, evidence: string) {
      const input = {
        key: key(),
        childId,
        category: "THRESHOLD",
        againstAgencyId: "social-care",
        evidence,
        wantedOutcome: evidence,
        immediateRisk: false,
      };
      const { id } = (await ok("teacher", RAISE, { input })).raiseEscalation;
      await ok("teacher", WITHDRAW, { input: { id, why: evidence } });
      return id as string;
    },
    /** A way in that ended, a shield that was lifted, and a line of the ledger. */
    async others(childId: string, words: string) {
      const [now, byActorId] = [hub.now(), "somebody"];
      const [accessId, shieldId, decisionId] = [hub.newId(), hub.newId(), hub.newId()];
      await db.insert(ChildAccessRow, {
        id: accessId,
        key: accessId,
        childId,
        actorId: byActorId,
        actorName: words,
        role: "TEACHER",
        agencyId: "education",
        kind: "TASK",
        relation: null,
        purpose: "direct-care",
        power: "DIRECT_CARE",
        reason: words,
        consent: null,
        state: "ENDED",
        startsAt: now,
        endsAt: now,
        warnAt: null,
        givenByActorId: byActorId,
        decidedByActorId: null,
        decidedAt: null,
        decidedBecause: null,
        justified: null,
        obligationId: null,
        endedByActorId: byActorId,
        endedAt: now,
      });
      await db.insert(ChildShieldRow, {
        id: shieldId,
        childId,
        kind: "DOMESTIC_ABUSE",
        because: words,
        namedOutActorId: null,
        byActorId,
        agencyId: null,
        at: now,
        reviewAt: now,
        obligationId: null,
        liftedAt: now,
        liftedByActorId: byActorId,
        liftedBecause: words,
      });
      await db.insert(SharingDecision, {
        id: decisionId,
        key: decisionId,
        childId,
        decided: "SHARED",
        kinds: "CONCERN",
        what: words,
        toAgencyId: null,
        toWhom: words,
        fromAgencyId: "education",
        power: "VITAL_INTERESTS",
        purpose: "direct-care",
        necessity: words,
        because: words,
        moreDetrimental: false,
        consent: "NOT_NEEDED",
        byActorId,
        role: "TEACHER",
        at: now,
        reviewOn: null,
        correctsId: null,
        subjectId: null,
      });
      return [accessId, shieldId, decisionId];
    },
    hold: async (childId: string) =>
      (await ok(DPO, PLACE, { input: { childId, because: "An inquiry asks for it." } })).placeHold.id as string,
    lift: (holdId: string) => ok(DPO, LIFT, { input: { holdId, because: "The inquiry has reported." } }),
    /** The job, as it stands now. */
    eraseDue: (signal?: AbortSignal) => eraseDue(hub, clockCaller(hub, "sweep", signal)),
    /** Nobody holds a record of the child any more. */
    goneFrom: (childId: string) => db.update(AgencyRecordRow, { personId: childId }, { gone: true }),
    /** What stands of a child: whether they are known, and how much was done. */
    async standing(childId: string) {
      return {
        known: await db.existsBy(PersonRow, { id: childId }),
        referrals: await db.countBy(Referral, { childId }),
        challenges: await db.countBy(Escalation, { childId }),
        pointers: await db.countBy(AgencyRecordRow, { personId: childId }),
      };
    },
    proofs: () => db.find(ErasureRow, { order: { id: "ASC" } }),
  };
}
export type Keeping = Awaited<ReturnType<typeof startKeeping>>;
