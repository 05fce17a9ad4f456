// Broken glass, for whoever answers for data protection: who, why, who was told, and what the review came to.

import { In } from "typeorm";
import { groupBy } from "../domain/group.ts";
import { GLASS_STATES, glassState } from "../domain/read-patterns.ts";
import { readPeriod } from "../domain/read-period.ts";
import { mayReadReports } from "../domain/sharing-reports.ts";
import { Message } from "../schema/message.ts";
import { Obligation } from "../schema/obligation.ts";
import type { GlassArgs } from "../schema/read-report-inputs.ts";
import { GlassBreak } from "../schema/read-reports.ts";
import { ChildAccessRow } from "../store/rows-access.ts";
import { permitOrRecord } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { openReport } from "./read-reports.ts";

/** Glass that was broken in these days: what should have been reviewed first, then what waits, each in the order of time. */
export async function brokenGlass(hub: Hub, caller: Caller, args: GlassArgs): Promise<GlassBreak[]> {
  const what = "report.broken-glass";
  await permitOrRecord(hub, caller, { what, subjects: [], ruling: mayReadReports(caller.actor) });
  const { startAt, endAt } = readPeriod(args.from, args.until);
  const { manager } = hub.db;
  const rows = await manager
    .createQueryBuilder(ChildAccessRow, "w")
    .where("w.kind = 'BREAK_GLASS' AND w.startsAt >= :startAt AND w.startsAt < :endAt", { startAt, endAt })
    .orderBy("w.startsAt", "ASC")
    .addOrderBy("w.id", "ASC")
    .getMany();
  await openReport(hub, caller, { what, subjects: [...new Set(rows.map(({ childId }) => childId))] });
  const owed = [...new Set(rows.flatMap(({ obligationId }) => obligationId ?? []))];
  const reviews = new Map((await manager.findBy(Obligation, { id: In(owed) })).map((each) => [each.id, each]));
  const messages = await manager.find(Message, {
    where: { obligationId: In(owed), kind: "GLASS_BROKEN" },
    order: { at: "ASC", id: "ASC" },
  });
  const toldOf = groupBy(messages, ({ obligationId }) => obligationId ?? "");
  const now = hub.now();
  const shown = rows.map((row) => {
    const { id, childId, actorId, role, agencyId, reason, purpose, power, startsAt, endsAt, justified } = row;
    const reviewBy = reviews.get(row.obligationId ?? "")?.dueAt ?? null;
    return Object.assign(new GlassBreak(), {
      id,
      childId,
      actorId,
      role,
      agencyId,
      reason,
      purpose,
      power,
      at: startsAt,
      endsAt,
      state: glassState({ justified, reviewBy }, now),
      told: (toldOf.get(row.obligationId ?? "") ?? []).map(({ toActorId, at, readAt }) => {
        return { actorId: toActorId, at, readAt };
      }),
      reviewBy,
      reviewedByActorId: row.decidedByActorId,
      reviewedAt: row.decidedAt,
      justified,
      reviewBecause: row.decidedBecause,
    });
  });
  const wanted = shown.filter(({ state }) => !args.state || state === args.state);
  return wanted.toSorted((a, b) => GLASS_STATES.indexOf(a.state) - GLASS_STATES.indexOf(b.state));
}
