import { type EntityManager, In } from "typeorm";
import { Escalation } from "../schema/escalation.ts";
import { Obligation } from "../schema/obligation.ts";
import { Referral } from "../schema/referral.ts";
import { StatutoryStep } from "../schema/statutory-step.ts";
import { alsoKnownAs } from "../store/people.ts";

/** Whether the hub has ever done anything for this person, or for anybody who turned out to be them. */
export async function hasWork(db: EntityManager, personId: string): Promise<boolean> {
  const childId = In([...((await alsoKnownAs(db, [personId])).get(personId) ?? [personId])]);
  for (const table of [Obligation, Referral, StatutoryStep, Escalation])
    if (await db.existsBy(table, { childId })) return true;
  return false;
}
