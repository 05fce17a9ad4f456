import type { EntityManager } from "typeorm";
import { advance } from "../domain/referral.ts";
import { Referral, ReferralStep } from "../schema/referral.ts";
import type { StatutoryStep } from "../schema/statutory-step.ts";
import type { Caller, Hub } from "./hub.ts";

/** Puts a decision into the story of its referral, in the transaction of the decision: the referrer sees what became of it. One that
 *  is taken on is accepted; what else a decision asks for comes with the decision itself. */
export async function noteDecision(
  hub: Hub,
  { actor }: Caller,
  { db, step }: { readonly db: EntityManager; readonly step: StatutoryStep },
): Promise<void> {
  const referral = await db.findOneBy(Referral, { id: step.followsId ?? "" });
  if (!referral) return;
  const takenOn = step.outcome === "ASSESSMENT" || step.outcome === "SECTION_47_ENQUIRY";
  if (takenOn && referral.status === "ROUTED")
    await db.update(Referral, referral.id, { status: advance(referral.status, "ACCEPTED") });
  await db.insert(ReferralStep, {
    id: hub.newId(),
    at: hub.now(),
    referralId: referral.id,
    what: "referral.decided",
    by: actor.role ?? actor.kind,
    because: (step.outcome ?? "").toLowerCase().replaceAll("_", " "),
  });
}
