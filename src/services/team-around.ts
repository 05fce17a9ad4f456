// The team around a child: who is in it, and who says so.

import { In, IsNull } from "typeorm";
import { groupBy } from "../domain/group.ts";
import { endOfDay } from "../domain/instant.ts";
import { isCounted, NOT_COUNTED } from "../domain/plain-date.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayChangeTeam, mayJoin, mayNamePlace, mayReadTeam } from "../domain/sharing-access.ts";
import { WITH_CHILDREN } from "../domain/sharing.ts";
import type { ChildAccess, TeamMember } from "../schema/access.ts";
import type { JoinTeam } from "../schema/access-inputs.ts";
import { again } from "../store/again.ts";
import { isDuplicate } from "../store/insert.ts";
import { everyIdOf } from "../store/people.ts";
import { ChildAccessRow, ChildShieldRow } from "../store/rows-access.ts";
import { AgencyRecordRow } from "../store/rows.ts";
import { accessTo } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { askedBefore } from "./getting-in.ts";
import { consentIn, type KnownChild, knownChild, opened, shown, wayIn } from "./getting-in-rows.ts";
import { noteOn, teamOf, whoIsConcerned } from "./getting-in-told.ts";
import type { Caller, Hub } from "./hub.ts";
import { noteAccessShared } from "./sharing-decision-acts.ts";
import { holdChild } from "./taking-steps.ts";
import { tell } from "./telling.ts";

/** Puts somebody in the team, or proposes it where the caller may not decide: then it waits for whoever leads the team. */
export async function joinTeam(hub: Hub, caller: Caller, input: JoinTeam): Promise<ChildAccess> {
  const child = await knownChild(hub, caller, input.childId);
  const ruling = mayJoin(caller.actor, child.access, input.actorId);
  const act = { what: "access.team-joined", subjects: [child.id], ruling };
  await permitOrRecord(hub, caller, act);
  const draft = placeOf(hub, caller, { input, child });
  const before = await askedBefore(hub, draft);
  if (before) return shown(hub, before);
  const leads = mayChangeTeam(caller.actor, child.access).allowed;
  const row: ChildAccessRow = leads ? { ...draft, ...opened(hub, draft) } : draft;
  try {
    const tellAt = await again(() =>
      hub.db.transaction("READ COMMITTED", async (db) => {
        await holdChild(db, child.id);
        const theirs = (await teamOf(hub, db, child.ids)).filter(({ actorId }) => actorId === row.actorId);
        if (theirs.some(({ key }) => key === row.key)) return [];
        if (theirs.length > 0)
          throw new Refusal("CONFLICT", "actorId: they are in the team already; end their place first to change it");
        await db.insert(ChildAccessRow, row);
        await record(hub, caller, { ...act, db });
        await noteAccessShared(hub, caller, { db, access: row });
        const to = await whoIsConcerned(hub, db, { ids: child.ids, but: [caller.actor.id], andFrontDoor: !leads });
        const proposed = {
          kind: "ACCESS_ASKED",
          says: "Somebody is proposed for the team around a child: decide on it",
          urgent: true,
          to,
        } as const;
        const isOut = await db.existsBy(ChildShieldRow, {
          childId: In([...child.ids]),
          namedOutActorId: row.actorId,
          liftedAt: IsNull(),
        });
        const joined = {
          kind: "ACCESS_TAKEN",
          says: "You are in the team around a child",
          urgent: false,
          to: isOut ? [] : [{ actorId: row.actorId }],
        } as const;
        return tell(hub, { db, notes: [noteOn(row, leads ? joined : proposed)] });
      }),
    );
    void hub.wake.telling(tellAt);
  } catch (error) {
    const first = isDuplicate(error) ? await askedBefore(hub, draft) : null;
    if (!first) throw error;
    return shown(hub, first);
  }
  return shown(hub, (await askedBefore(hub, draft)) ?? row);
}

/** The place that the input means. Refuses an unknown agency, a role that sees no child, and a last day that is over. */
function placeOf(hub: Hub, caller: Caller, { input, child }: { input: JoinTeam; child: KnownChild }): ChildAccessRow {
  const { key, agencyId, role, relation, purpose, power, reason, untilOn = null } = input;
  if (!hub.area.agencies.some(({ id }) => id === agencyId))
    throw new Refusal("BAD_INPUT", `agencyId: use one of ${hub.area.agencies.map(({ id }) => id).join(", ")}`);
  if (!WITH_CHILDREN[role]) throw new Refusal("BAD_INPUT", "role: does not work with individual children");
  if (relation === "ALLOCATED" && role !== "SOCIAL_WORKER")
    throw new Refusal("BAD_INPUT", "relation: a child is allocated to a social worker");
  if (untilOn !== null && !isCounted(untilOn)) throw new Refusal("BAD_INPUT", `untilOn: ${NOT_COUNTED}`);
  const endsAt = untilOn === null ? null : endOfDay(untilOn);
  if (endsAt && endsAt <= hub.now()) throw new Refusal("BAD_INPUT", "untilOn: is over; name a day that is not");
  const holder = { actorId: input.actorId, actorName: input.name, role, agencyId };
  const consent = consentIn(power, input.consent);
  const row = wayIn(hub, caller, {
    key,
    childId: child.id,
    kind: "TEAM",
    holder,
    relation,
    purpose,
    power,
    reason,
    consent,
  });
  return { ...row, endsAt };
}

/** Who is in the team around each of these children now; null for each whose story is not open to the caller. For children that they were
 *  given. */
export async function teamsAround(
  hub: Hub,
  caller: Caller,
  childIds: readonly string[],
): Promise<(TeamMember[] | null)[]> {
  const access = await accessTo(hub, caller, childIds);
  const rulingOn = (id: string) => {
    const mine = access.get(id);
    return mine ? mayReadTeam(caller.actor, mine) : null;
  };
  const open = childIds.filter((id) => rulingOn(id)?.allowed);
  const idsOf = await everyIdOf(hub.db, open);
  const rows = open.length > 0 ? await teamOf(hub, hub.db.manager, [...idsOf.values()].flat()) : [];
  for (const [rule, ids] of groupBy(open, (id) => rulingOn(id)?.rule ?? ""))
    await record(hub, caller, {
      what: "access.team.read",
      subjects: ids,
      ruling: { allowed: true, rule, because: "" },
    });
  const restricted = await restrictedAmong(hub, [...idsOf.values()].flat());
  return childIds.map((id) => {
    if (!open.includes(id)) return null;
    const all = idsOf.get(id) ?? [id];
    const covered = access.get(id)?.unlocated !== false || all.some((each) => restricted.has(each));
    return rows.filter(({ childId }) => all.includes(childId)).map((row) => memberOf(hub, caller, { row, covered }));
  });
}

/** Those of these whose record some agency restricts. */
export async function restrictedAmong(hub: Hub, personIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const found = await hub.db.manager.find(AgencyRecordRow, {
    select: { id: true, personId: true },
    where: { personId: In([...personIds]), restricted: true },
  });
  return new Set(found.map(({ personId }) => personId));
}

function memberOf(
  hub: Hub,
  { actor }: Caller,
  { row, covered }: { row: ChildAccessRow; covered: boolean },
): TeamMember {
  const { id, role, purpose, power, startsAt: since, endsAt: until, relation, ...who } = shown(hub, row);
  const { actorId, name, agencyId } = mayNamePlace(actor, row, { covered }) ? who : NOBODY_NAMED;
  return { id, actorId, name, role, agencyId, relation: relation ?? "MEMBER", purpose, power, since, until };
}

const NOBODY_NAMED = { actorId: null, name: null, agencyId: null } as const;
