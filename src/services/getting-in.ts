// Asking to be let in to a child's story. For a task somebody lets themselves in for two weeks, and answers for it: those who work with
// the child are told. For longer, and to a shielded child, a second person decides.

import { In } from "typeorm";
import { mayAskToBeIn } from "../domain/sharing-access.ts";
import { Refusal } from "../domain/refusal.ts";
import { seesWhole } from "../domain/sharing.ts";
import type { ChildAccess } from "../schema/access.ts";
import type { RequestAccess } from "../schema/access-inputs.ts";
import { again } from "../store/again.ts";
import { isDuplicate } from "../store/insert.ts";
import { ChildAccessRow } from "../store/rows-access.ts";
import { forgetAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import {
  consentIn,
  holdsAt,
  type KnownChild,
  knownChild,
  needsSecondPerson,
  oneself,
  opened,
  shieldKinds,
  shown,
  wayIn,
} from "./getting-in-rows.ts";
import { noteOn, whoIsConcerned } from "./getting-in-told.ts";
import type { Caller, Hub } from "./hub.ts";
import { noteAccessShared } from "./sharing-decision-acts.ts";
import { holdChild } from "./taking-steps.ts";
import { tell } from "./telling.ts";

/** States why one needs to be let in. A task lets in at once, unless the child is shielded; an involvement waits for a second person. One
 *  key makes one request; what holds already is not made longer by asking again. */
export async function requestAccess(hub: Hub, caller: Caller, input: RequestAccess): Promise<ChildAccess> {
  const child = await knownChild(hub, caller, input.childId);
  const act = { what: "access.asked", subjects: [child.id], ruling: mayAskToBeIn(caller.actor, child.access) };
  await permitOrRecord(hub, caller, act);
  const { key, kind, purpose, power, reason } = input;
  const consent = consentIn(power, input.consent);
  const draft = wayIn(hub, caller, {
    key,
    childId: child.id,
    kind,
    holder: oneself(caller),
    purpose,
    power,
    reason,
    consent,
  });
  const before = await askedBefore(hub, draft);
  if (before) return shown(hub, before);
  refuseWhoIsIn(child);
  try {
    const { row, tellAt } = await again(() =>
      hub.db.transaction("READ COMMITTED", async (db) => {
        await holdChild(db, child.id);
        const mine = await db.findBy(ChildAccessRow, {
          childId: In([...child.ids]),
          actorId: draft.actorId,
          kind,
          state: In(["PENDING", "ACTIVE"]),
        });
        const same = mine.find(({ key: kept }) => kept === draft.key);
        if (same) return { row: same, tellAt: [] };
        refuseTwice(hub, mine, draft);
        const atOnce = kind === "TASK" && !needsSecondPerson(await shieldKinds(db, child.ids));
        const asked: ChildAccessRow = atOnce ? { ...draft, ...opened(hub, draft) } : draft;
        await db.insert(ChildAccessRow, asked);
        await record(hub, caller, { ...act, db });
        await noteAccessShared(hub, caller, { db, access: asked });
        const to = await whoIsConcerned(hub, db, { ids: child.ids, but: [asked.actorId], andFrontDoor: !atOnce });
        const taken = {
          kind: "ACCESS_TAKEN",
          says: "Somebody let themselves in to a child's record for a task",
          urgent: false,
          to,
        } as const;
        const waits = {
          kind: "ACCESS_ASKED",
          says: "Somebody asks to be let in to a child's record: decide on it",
          urgent: true,
          to,
        } as const;
        return { row: asked, tellAt: await tell(hub, { db, notes: [noteOn(asked, atOnce ? taken : waits)] }) };
      }),
    );
    forgetAccess(caller);
    void hub.wake.telling(tellAt);
    return shown(hub, row);
  } catch (error) {
    const first = isDuplicate(error) ? await askedBefore(hub, draft) : null;
    if (!first) throw error;
    return shown(hub, first);
  }
}

/** The way in that was first asked for under this key. Refuses when the same key now names something else. */
export async function askedBefore(hub: Hub, draft: ChildAccessRow): Promise<ChildAccessRow | null> {
  const { actorId, key } = draft;
  const first = await hub.db.manager.findOneBy(ChildAccessRow, { actorId, key });
  const said = ["childId", "kind", "relation", "purpose", "power", "reason", "consent"] as const;
  if (first && said.some((field) => first[field] !== draft[field]))
    throw new Refusal("CONFLICT", "key: already used for a different request; use a new key for a new one");
  return first;
}

/** A grant beside a place in the team, or beside a role that sees every child, would only blur why somebody may see. */
function refuseWhoIsIn({ access }: KnownChild): void {
  const { kind, power, rule, because } = access;
  if ((kind === "TEAM" && power !== "CONSENT") || (rule === "screens" && seesWhole(access)))
    throw new Refusal("WRONG_STEP", `You need no access of your own: ${because}`);
}

/** Nothing is made longer silently. In its last days, from the warning on, somebody may ask anew. */
function refuseTwice(hub: Hub, mine: readonly ChildAccessRow[], { power }: ChildAccessRow): void {
  const now = hub.now();
  if (mine.some(({ state }) => state === "PENDING"))
    throw new Refusal("CONFLICT", "You have asked already: it waits for a second person");
  const held = mine.find((row) => holdsAt(row, now) && (row.power !== "CONSENT" || power === "CONSENT"));
  if (held && held.warnAt !== null && held.warnAt > now)
    throw new Refusal(
      "CONFLICT",
      `You are in already, until ${held.endsAt?.toISOString() ?? "it is ended"}: asking again makes it no longer. Ask anew once you were warned of its end`,
    );
}
