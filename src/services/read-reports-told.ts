// Who must be told: after two children had been shown as one, or once a child is kept from people who read of it before.

import type { EntityManager } from "typeorm";
import { peopleAmong, type Reader } from "../domain/blast-radius.ts";
import { groupBy } from "../domain/group.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayReadReports } from "../domain/sharing-reports.ts";
import { Message } from "../schema/message.ts";
import type { ToBeToldArgs } from "../schema/read-report-inputs.ts";
import { ReaderToTell, type ToBeTold } from "../schema/read-reports.ts";
import { SharingDecision } from "../schema/sharing-decision.ts";
import { readersSince } from "../store/joined-work.ts";
import { everyIdOf } from "../store/people.ts";
import { IdentityCorrectionRow } from "../store/rows-identity.ts";
import { PersonRow } from "../store/rows.ts";
import { permitOrRecord } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { openReport } from "./read-reports.ts";
import { presentDecisions } from "./sharing-decision-reads.ts";

const MOST_SHARED = 500;

/** Who read of the child since then, whether the hub told them, and what was shared meanwhile with whom. */
export async function toBeTold(hub: Hub, caller: Caller, args: ToBeToldArgs): Promise<ToBeTold> {
  const what = "report.to-be-told";
  await permitOrRecord(hub, caller, { what, subjects: [], ruling: mayReadReports(caller.actor) });
  const { personIds, since, until, event, readers } = await meant(hub, args);
  await openReport(hub, caller, { what, subjects: personIds });
  const told = event === null ? new Map<string, Message[]>() : await toldOf(hub.db.manager, event);
  const query = hub.db.manager
    .createQueryBuilder(SharingDecision, "d")
    .innerJoin(PersonRow, "p", "p.id = d.childId AND p.sealedAt IS NULL")
    .where("d.childId IN (:...personIds) AND d.at >= :since AND d.decided = 'SHARED'", { personIds, since })
    .orderBy("d.at", "ASC")
    .limit(MOST_SHARED);
  if (until) query.andWhere("d.at < :until", { until });
  return {
    since,
    readers: people(readers)
      .map((reader) => {
        const [first] = told.get(reader.actorId) ?? [];
        return Object.assign(new ReaderToTell(), reader, { toldAt: first?.at ?? null, readAt: first?.readAt ?? null });
      })
      .sort((a, b) => Number(a.toldAt !== null) - Number(b.toldAt !== null)),
    shared: await presentDecisions(hub, caller, await query.getMany()),
  };
}

interface Meant {
  readonly personIds: readonly string[];
  readonly since: Date;
  readonly until: Date | null;
  /** What people were told of; null where it is nothing that the hub tells. */
  readonly event: string | null;
  readonly readers: readonly Reader[];
}

async function meant({ db }: Hub, { correctionId, childId, since }: ToBeToldArgs): Promise<Meant> {
  if (Boolean(correctionId) === Boolean(childId) || Boolean(childId) !== Boolean(since))
    throw new Refusal("BAD_INPUT", "Name a correctionId, or a childId and since when");
  if (childId && since) {
    const personIds = (await everyIdOf(db, [childId])).get(childId) ?? [childId];
    return {
      personIds,
      since,
      until: null,
      event: null,
      readers: await readersSince(db.manager, { personIds, since }),
    };
  }
  const row = await db.manager.findOneBy(IdentityCorrectionRow, { id: correctionId ?? "" });
  if (!row) throw new Refusal("NOT_FOUND", "There is no such correction");
  const personIds = (await everyIdOf(db, [row.fromPersonId])).get(row.fromPersonId) ?? [row.fromPersonId];
  const { readers } = JSON.parse(row.radius) as { readers: readonly Reader[] };
  return { personIds, since: row.joinedAt, until: row.at, event: row.id, readers };
}

/** Messages that told of this event, by whom they went to. */
async function toldOf(db: EntityManager, event: string): Promise<ReadonlyMap<string, Message[]>> {
  const messages = await db
    .createQueryBuilder(Message, "m")
    .where("m.key LIKE :key", { key: `${event}%` })
    .orderBy("m.at", "ASC")
    .getMany();
  return groupBy(messages, ({ toActorId }) => toActorId);
}

/** Each reader once, whatever they read: jobs need no telling. */
function people(readers: readonly Reader[]) {
  const byActor = groupBy(readers, ({ actorId }) => actorId);
  return peopleAmong([...byActor.keys()]).flatMap((actorId) => {
    const mine = byActor.get(actorId) ?? [];
    const last = mine.at(-1);
    if (!last) return [];
    const sorted = (pick: (reader: Reader) => string) => mine.map(pick).toSorted();
    return [
      {
        actorId,
        role: last.role,
        agencyId: last.agencyId,
        times: mine.reduce((sum, { times }) => sum + times, 0),
        firstAt: new Date(sorted(({ firstAt }) => firstAt)[0] ?? 0),
        lastAt: new Date(sorted(({ lastAt }) => lastAt).at(-1) ?? 0),
      },
    ];
  });
}
