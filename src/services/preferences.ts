import { USUAL_WAY, type Way } from "../domain/message.ts";
import { mayBeTold } from "../domain/sharing-telling.ts";
import type { Preference } from "../schema/message.ts";
import { PreferenceRow } from "../store/rows-clocks.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";

const shown = ({ area }: Hub, routine: Way): Preference => ({ routine, digestAt: area.telling.digestAt });

/** How the caller is told. */
export async function myPreference(hub: Hub, caller: Caller): Promise<Preference> {
  const act = { what: "preference.read", subjects: [], ruling: mayBeTold(caller.actor) };
  await permitOrRecord(hub, caller, act);
  await record(hub, caller, act);
  const row = await hub.db.manager.findOneBy(PreferenceRow, { actorId: caller.actor.id });
  return shown(hub, row?.routine ?? USUAL_WAY);
}

/** Chooses how the caller is told of what is routine. Holds for what is told from now on; what is urgent is always sent at once. */
export async function setPreference(hub: Hub, caller: Caller, routine: Way): Promise<Preference> {
  const { id: actorId } = caller.actor;
  const act = { what: "preference.set", subjects: [], ruling: mayBeTold(caller.actor) };
  await permitOrRecord(hub, caller, act);
  await hub.db.transaction(async (db) => {
    await db.upsert(PreferenceRow, { actorId, routine }, ["actorId"]);
    await record(hub, caller, { ...act, db });
  });
  return shown(hub, routine);
}
