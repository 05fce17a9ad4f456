// What the hub did, and showed, for one person since an instant. Read when a join turns out to be wrong.

import { type EntityManager, In, MoreThanOrEqual } from "typeorm";
import type { Reader, Touched } from "../domain/blast-radius.ts";
import type { Owner } from "../domain/post.ts";
import { Escalation } from "../schema/escalation.ts";
import { Message } from "../schema/message.ts";
import { Obligation, ObligationEvent } from "../schema/obligation.ts";
import { Referral } from "../schema/referral.ts";
import { StatutoryStep } from "../schema/statutory-step.ts";
import { AuditRow } from "./rows-audit.ts";

/** These people, who were shown as one, and since when. */
export interface Joined {
  readonly personIds: readonly string[];
  readonly since: Date;
}

/** Something that was made, and who made it or owes it. */
export interface MadeMeanwhile extends Touched {
  readonly by: readonly (Owner | { readonly actorId: string })[];
}

/** Who read about any of them, each once for what they did; comparing records to decide whose they are is not reading about a child. */
export async function readersSince(db: EntityManager, { personIds, since }: Joined): Promise<Reader[]> {
  const rows = await db
    .createQueryBuilder(AuditRow, "a")
    .where("a.subjectId IN (:...personIds) AND a.at >= :since AND a.allowed = :yes", { personIds, since, yes: true })
    .andWhere("a.what LIKE '%.read' AND a.what NOT LIKE 'identity.%'")
    .select("a.actorId", "actorId")
    .addSelect("a.role", "role")
    .addSelect("a.agencyId", "agencyId")
    .addSelect("a.what", "what")
    .addSelect("COUNT(*)", "times")
    .addSelect("MIN(a.at)", "firstAt")
    .addSelect("MAX(a.at)", "lastAt")
    .groupBy("a.actorId")
    .addGroupBy("a.role")
    .addGroupBy("a.agencyId")
    .addGroupBy("a.what")
    .orderBy("a.actorId")
    .addOrderBy("a.what")
    .getRawMany<Omit<Reader, "times" | "firstAt" | "lastAt"> & { times: string; firstAt: Date; lastAt: Date }>();
  return rows.map(({ actorId, role, agencyId, what, times, firstAt, lastAt }) => ({
    actorId,
    role,
    agencyId,
    what,
    times: Number(times),
    firstAt: firstAt.toISOString(),
    lastAt: lastAt.toISOString(),
  }));
}

/** What was made for any of them, in order. */
export async function madeSince(db: EntityManager, joined: Joined): Promise<MadeMeanwhile[]> {
  const childId = In([...joined.personIds]);
  const after = MoreThanOrEqual(joined.since);
  const referrals = await db.findBy(Referral, { childId, submittedAt: after });
  const steps = await db.findBy(StatutoryStep, { childId, recordedAt: after });
  const escalations = await db.findBy(Escalation, { childId, raisedAt: after });
  const made = [
    ...referrals.map((row) =>
      madeOf("REFERRAL", row.status, {
        ...row,
        at: row.submittedAt,
        courseId: row.id,
        agencyId: row.fromAgencyId,
        by: [{ actorId: row.fromActorId }],
      }),
    ),
    // The step that receives a referral is the referral.
    ...steps
      .filter(({ kind }) => kind !== "REFERRAL_RECEIVED")
      .map((row) => madeOf("STEP", row.kind, { ...row, at: row.recordedAt, by: [{ actorId: row.byActorId }] })),
    ...(await obligationsSince(db, joined)),
    ...escalations.map((row) =>
      madeOf("ESCALATION", row.category, {
        ...row,
        at: row.raisedAt,
        courseId: row.id,
        agencyId: row.fromAgencyId,
        by: [{ actorId: row.fromActorId }],
      }),
    ),
    ...(await messagesSince(db, joined)),
  ];
  return made.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)) || (a.id < b.id ? -1 : 1));
}

type Known = Omit<MadeMeanwhile, "kind" | "what" | "at"> & { readonly at: Date };

function madeOf(
  kind: Touched["kind"],
  what: string,
  { id, childId, courseId, agencyId, at, by }: Known,
): MadeMeanwhile {
  return { kind, id, what, at: at.toISOString(), childId, courseId, agencyId, by };
}

async function obligationsSince(db: EntityManager, { personIds, since }: Joined): Promise<MadeMeanwhile[]> {
  const rows = await db
    .createQueryBuilder(Obligation, "o")
    .innerJoin(ObligationEvent, "e", "e.obligationId = o.id AND e.what = 'OPENED' AND e.at >= :since", { since })
    .where("o.childId IN (:...personIds)", { personIds })
    .select("o.id", "id")
    .addSelect("e.at", "at")
    .getRawMany<{ id: string; at: Date }>();
  const openedAt = new Map(rows.map(({ id, at }) => [id, at]));
  const found = await db.findBy(Obligation, { id: In([...openedAt.keys()]) });
  return found.map((row) =>
    madeOf("OBLIGATION", row.rule, {
      ...row,
      at: openedAt.get(row.id) ?? row.startedAt,
      courseId: row.courseId ?? row.subjectId,
      by: [{ agencyId: row.agencyId, teamId: row.teamId, role: row.ownerRole }],
    }),
  );
}

async function messagesSince(db: EntityManager, { personIds, since }: Joined): Promise<MadeMeanwhile[]> {
  const rows = await db
    .createQueryBuilder(Message, "m")
    .leftJoin(Obligation, "o", "o.id = m.obligationId")
    .leftJoin(Escalation, "e", "e.id = m.escalationId")
    .where("m.at >= :since AND (o.childId IN (:...personIds) OR e.childId IN (:...personIds))", { since, personIds })
    .getMany();
  return rows.map(({ id, kind, at }) =>
    madeOf("MESSAGE", kind, { id, at, childId: null, courseId: null, agencyId: null, by: [] }),
  );
}
