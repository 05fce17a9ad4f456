// What is owed, page by page: one's own, and a team's; and counts for those who answer for drift.

import { OBLIGATION_STATES, type ObligationState } from "../domain/obligation.ts";
import { dayInEngland, type PlainDate } from "../domain/plain-date.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayAnswerForChildren, mayReadClock, mayReadOverdue } from "../domain/sharing-clocks.ts";
import { mayReadAgencies } from "../domain/sharing.ts";
import type { ObligationArgs, TeamObligationArgs, TeamOverdue } from "../schema/obligation-lists.ts";
import { Obligation } from "../schema/obligation.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import { pageOfRows } from "../store/page.ts";
import { accessToAnybody, barredFrom } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { readPostBook } from "./posts.ts";

const rows = (hub: Hub, states: readonly ObligationState[] | null | undefined) => {
  const query = hub.db.manager
    .createQueryBuilder(Obligation, "o")
    .where("o.state IN (:...states)", { states: states?.length ? states : OBLIGATION_STATES });
  return states?.length ? query : query.andWhere("o.metAt IS NULL AND o.state <> 'CANCELLED'");
};

/** What this caller answers for today: every post they hold, or cover while its holder is away. What is about a child is listed for
 *  roles that work with children and the partnership's business manager only, whoever was put in a post. */
export async function myObligations(
  hub: Hub,
  caller: Caller,
  { states, ...page }: ObligationArgs,
): Promise<RowConnection<Obligation>> {
  const ruling = mayReadAgencies(caller.actor);
  await permitOrRecord(hub, caller, { what: "obligations.read", subjects: [], ruling });
  const book = await readPostBook(hub, hub.db.manager);
  const owners = book.answersFor(caller.actor.id, dayInEngland(hub.now()));
  const query = rows(hub, states);
  if (owners.length === 0) query.andWhere("1 = 0");
  else
    query.andWhere(
      `(${owners
        .map(({ teamId }, at) => {
          const team = teamId === null ? "o.teamId IS NULL" : `o.teamId = :team${at}`;
          return `(o.agencyId = :agency${at} AND ${team} AND o.ownerRole = :role${at})`;
        })
        .join(" OR ")})`,
      Object.fromEntries(
        owners.flatMap(({ agencyId, teamId, role }, at) => [
          [`agency${at}`, agencyId],
          [`team${at}`, teamId],
          [`role${at}`, role],
        ]),
      ),
    );
  if (!mayAnswerForChildren(caller.actor).allowed) query.andWhere("o.childId IS NULL");
  await leaveOut(hub, caller, query);
  const found = await pageOfRows(query, { by: "dueAt" }, page);
  await record(hub, caller, { what: "obligation.read", subjects: found.edges.map(({ node }) => node.id), ruling });
  return found;
}

/** What a team owes, for those who may read what its agency owes and for the business manager; for somebody else in one of its
 *  posts, what that post owes. */
export async function teamObligations(
  hub: Hub,
  caller: Caller,
  { teamId, states, ...page }: TeamObligationArgs,
): Promise<RowConnection<Obligation>> {
  const { actor } = caller;
  const team = hub.area.teams.find(({ id }) => id === teamId);
  const agencyId = team?.agencyId ?? "";
  const owed = { childId: "any", agencyId, access: await accessToAnybody(hub, caller) };
  const all = mayReadClock(actor, { ...owed, answersForIt: false });
  const book = all.allowed ? null : await readPostBook(hub, hub.db.manager);
  const posts = (book?.answersFor(actor.id, dayInEngland(hub.now())) ?? []).filter(
    (post) => team && post.agencyId === agencyId && post.teamId === teamId,
  );
  const ruling = all.allowed ? all : mayReadClock(actor, { ...owed, answersForIt: posts.length > 0 });
  await permitOrRecord(hub, caller, { what: "obligations.read", subjects: [], ruling });
  if (!team) throw new Refusal("NOT_FOUND", "teamId: the area has no such team");
  const query = rows(hub, states).andWhere("o.agencyId = :agencyId AND o.teamId = :teamId", { agencyId, teamId });
  if (!all.allowed) query.andWhere("o.ownerRole IN (:...roles)", { roles: posts.map(({ role }) => role) });
  await leaveOut(hub, caller, query);
  const found = await pageOfRows(query, { by: "dueAt" }, page);
  await record(hub, caller, { what: "obligation.read", subjects: found.edges.map(({ node }) => node.id), ruling });
  return found;
}

/** What is about a child of whom the caller may not know stands in no list of theirs, and counts in none. */
async function leaveOut(hub: Hub, caller: Caller, query: ReturnType<typeof rows>): Promise<void> {
  const barred = await barredFrom(hub, caller);
  if (barred.length > 0) query.andWhere("(o.childId IS NULL OR o.childId NOT IN (:...barred))", { barred });
}

/** What each team owes and how much of it is late, most late first. Teams that owe nothing are named too. */
export async function overdueByTeam(hub: Hub, caller: Caller): Promise<TeamOverdue[]> {
  const ruling = mayReadOverdue(caller.actor);
  const act = { what: "overdue.read", subjects: [], ruling };
  await permitOrRecord(hub, caller, act);
  // By the clock, and not by what a worker has marked: with no worker running, what has run out is late all the same.
  const isLate = "(o.state = 'LATE' OR (o.state = 'OPEN' AND o.dueAt <= :now))";
  const found = await hub.db.manager
    .createQueryBuilder(Obligation, "o")
    .select(["o.agencyId AS agency", "o.teamId AS team"])
    .addSelect("COUNT(*)", "owed")
    .addSelect(`SUM(CASE WHEN ${isLate} THEN 1 ELSE 0 END)`, "late")
    .addSelect(`MIN(CASE WHEN ${isLate} THEN o.dueOn END)`, "oldest")
    .where("o.metAt IS NULL AND o.state <> 'CANCELLED'")
    .setParameters({ now: hub.now() })
    .groupBy("o.agencyId")
    .addGroupBy("o.teamId")
    .getRawMany<{ agency: string; team: string | null; owed: string; late: string; oldest: PlainDate | null }>();
  await record(hub, caller, act);
  const counts = found.map(({ agency, team, owed, late, oldest }): TeamOverdue => ({
    agencyId: agency,
    teamId: team,
    owed: Number(owed),
    late: Number(late),
    oldestDueOn: oldest,
  }));
  const idle = hub.area.teams.filter(({ id }) => !counts.some(({ teamId }) => teamId === id));
  const none = idle.map(({ id: teamId, agencyId }) => ({ agencyId, teamId, owed: 0, late: 0, oldestDueOn: null }));
  return [...counts.sort((a, b) => b.late - a.late), ...none];
}
