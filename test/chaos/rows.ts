// The rows that a run leaves behind: read for the checker, and cleared for the next run.

import { type DataSource, IsNull, LessThan } from "typeorm";
import { Escalation, EscalationStep } from "../../src/schema/escalation.ts";
import { Message } from "../../src/schema/message.ts";
import { Obligation, ObligationChange, ObligationEvent } from "../../src/schema/obligation.ts";
import { Post } from "../../src/schema/post.ts";
import { Referral, ReferralStep } from "../../src/schema/referral.ts";
import { StatutoryStep } from "../../src/schema/statutory-step.ts";
import {
  DeliveryRow,
  HeartbeatRow,
  OutboxEmailRow,
  PreferenceRow,
  TroubledWorkRow,
} from "../../src/store/rows-clocks.ts";
import { PersonRow, RouteRequestRow } from "../../src/store/rows.ts";
import { POSTS, wayOf } from "./world.ts";

export interface Rows {
  readonly obligations: readonly Obligation[];
  readonly events: readonly ObligationEvent[];
  readonly changes: readonly ObligationChange[];
  readonly referrals: readonly Referral[];
  readonly referralSteps: readonly ReferralStep[];
  readonly steps: readonly StatutoryStep[];
  readonly escalations: readonly Escalation[];
  readonly escalationSteps: readonly EscalationStep[];
  readonly posts: readonly Post[];
  readonly messages: readonly Message[];
  readonly deliveries: readonly DeliveryRow[];
  readonly emails: readonly OutboxEmailRow[];
  readonly troubled: readonly TroubledWorkRow[];
}

export async function readRows({ manager }: DataSource): Promise<Rows> {
  return {
    obligations: await manager.find(Obligation),
    events: await manager.find(ObligationEvent),
    changes: await manager.find(ObligationChange),
    referrals: await manager.find(Referral),
    referralSteps: await manager.find(ReferralStep),
    steps: await manager.find(StatutoryStep),
    escalations: await manager.find(Escalation),
    escalationSteps: await manager.find(EscalationStep),
    posts: await manager.find(Post),
    messages: await manager.find(Message),
    deliveries: await manager.find(DeliveryRow),
    emails: await manager.find(OutboxEmailRow),
    troubled: await manager.find(TroubledWorkRow),
  };
}

/** Empties every table, and writes what a run stands on: posts, how their holders are told, children. */
export async function clearRows(db: DataSource, childIds: readonly string[], now: Date): Promise<void> {
  for (const { target } of db.entityMetadatas)
    if (target !== HeartbeatRow) await db.manager.createQueryBuilder().delete().from(target).execute();
  const posts = POSTS.map((post): Post => ({ ...post, confirmedAt: now }));
  await db.manager.insert(Post, posts);
  await db.manager.insert(
    PreferenceRow,
    POSTS.map(({ holderId: actorId }) => ({ actorId, routine: wayOf(actorId) })),
  );
  await db.manager.insert(
    PersonRow,
    childIds.map((id) => ({ id, kind: "CHILD" as const, createdAt: now })),
  );
}

/** What is not over. */
export interface Outstanding {
  /** How much is due by now and not done. */
  readonly due: number;
  /** When the next of what belongs to this run falls due; null where nothing is left. */
  readonly nextAt: Date | null;
}

/** What lies further ahead than this does not belong to the run. */
const NEAR_MS = 15 * 60_000;

export async function outstanding({ manager }: DataSource, now: Date): Promise<Outstanding> {
  const near = LessThan(new Date(now.getTime() + NEAR_MS));
  const [obligations, messages, deliveries, troubled, routes] = await Promise.all([
    manager.find(Obligation, { select: { id: true, nextAt: true }, where: { nextAt: near } }),
    manager.find(Message, { select: { id: true, handOnAt: true }, where: { handOnAt: near, readAt: IsNull() } }),
    manager.find(DeliveryRow, { select: { id: true, nextAt: true }, where: { state: "WAITING", nextAt: near } }),
    manager.find(TroubledWorkRow, { where: { tryAt: near, doneAt: IsNull() } }),
    manager.countBy(RouteRequestRow, { doneAt: IsNull() }),
  ]);
  const instants = [
    ...obligations.map(({ nextAt }) => nextAt),
    ...messages.map(({ handOnAt }) => handOnAt),
    ...deliveries.map(({ nextAt }) => nextAt),
    ...troubled.map(({ queue, tryAt }) => (queue === "routing" ? tryAt : null)),
  ].flatMap((at) => (at ? [at.getTime()] : []));
  const ahead = instants.filter((at) => at > now.getTime());
  return {
    due: instants.length - ahead.length + routes,
    nextAt: ahead.length > 0 ? new Date(Math.min(...ahead)) : null,
  };
}
