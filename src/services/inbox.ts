// The inbox: the record of what somebody was told, what they read, and what they say they acted on.

import { In, IsNull, Like, Not } from "typeorm";
import { vacant } from "../domain/message.ts";
import { POST_ROLES } from "../domain/post.ts";
import { Refusal } from "../domain/refusal.ts";
import type { Ruling } from "../domain/sharing.ts";
import { mayBeTold, mayReadMessage } from "../domain/sharing-telling.ts";
import type { PageArgs } from "../schema/connection.ts";
import { Message } from "../schema/message.ts";
import { Post } from "../schema/post.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import { pageOfRows } from "../store/page.ts";
import { permitOrRecord, record } from "./audit.ts";
import { isUuid } from "../domain/uuid.ts";
import { noteKeyOf } from "./hand-on.ts";
import type { Caller, Hub } from "./hub.ts";

export { handOnDue } from "./hand-on.ts";

export interface InboxPage extends PageArgs {
  readonly unread: boolean;
}

/** The caller's messages, newest first, and those of vacant posts that they look after. */
export async function myMessages(
  hub: Hub,
  caller: Caller,
  { unread, ...page }: InboxPage,
): Promise<RowConnection<Message>> {
  const act = { what: "inbox.read", subjects: [], ruling: mayBeTold(caller.actor) };
  await permitOrRecord(hub, caller, act);
  await record(hub, caller, act);
  const query = hub.db.manager
    .createQueryBuilder(Message, "m")
    .where("m.toActorId IN (:...addresses)", { addresses: [...(await addressesOf(hub, caller))] });
  if (unread) query.andWhere("m.readAt IS NULL");
  return pageOfRows(query, { by: "at", newestFirst: true }, page);
}

/** Whom the caller is: themselves, and every vacant post of a team or agency that they manage; the partnership's business manager
 *  looks after all of them. */
async function addressesOf({ db, area }: Hub, { actor }: Caller): Promise<ReadonlySet<string>> {
  const looksAfter = { role: In(["MANAGER", "BUSINESS_MANAGER"]), endedAt: IsNull() };
  const posts = await db.manager.findBy(Post, [
    { ...looksAfter, holderId: actor.id },
    { ...looksAfter, coverId: actor.id },
  ]);
  const all = posts.some(({ role }) => role === "BUSINESS_MANAGER");
  const places = all
    ? [
        ...area.agencies.map(({ id }) => ({ agencyId: id, teamId: null })),
        ...area.teams.map(({ agencyId, id }) => ({ agencyId, teamId: id })),
      ]
    : posts.flatMap(({ agencyId, teamId }) => [
        { agencyId, teamId },
        { agencyId, teamId: null },
      ]);
  const vacancies = places.flatMap((place) => POST_ROLES.map((role) => vacant({ ...place, role })));
  return new Set([actor.id, ...vacancies]);
}

/** A message that this caller may read, and why. */
async function mine(hub: Hub, caller: Caller, { id, what }: { id: string; what: string }) {
  const found = isUuid(id) ? await hub.db.manager.findOneBy(Message, { id }) : null;
  const ruling = found
    ? mayReadMessage(caller.actor, found.toActorId, await addressesOf(hub, caller))
    : mayBeTold(caller.actor);
  await permitOrRecord(hub, caller, { what, subjects: found ? [found.id] : [], ruling });
  if (!found) throw new Refusal("NOT_FOUND", "There is no such message");
  return { message: found, ruling };
}

/** Reads one message: from then on it is not handed on. Read again, it keeps the time of the first. */
export async function readMessage(hub: Hub, caller: Caller, id: string): Promise<Message> {
  const { message, ruling } = await mine(hub, caller, { id, what: "message.read" });
  return settle(hub, caller, { message, ruling, acted: false });
}

/** The caller says that they acted on what a message tells: from then on it is handed on from nobody's inbox. */
export async function actOnMessage(hub: Hub, caller: Caller, id: string): Promise<Message> {
  const { message, ruling } = await mine(hub, caller, { id, what: "message.acted" });
  return settle(hub, caller, { message, ruling, acted: true });
}

function settle(
  hub: Hub,
  caller: Caller,
  { message, ruling, acted }: { message: Message; ruling: Ruling; acted: boolean },
): Promise<Message> {
  const { id } = message;
  const now = hub.now();
  return hub.db.transaction("READ COMMITTED", async (db) => {
    await db.update(Message, { id, readAt: IsNull() }, { readAt: now, handOnAt: null });
    if (acted) {
      await db.update(Message, { id, actedAt: IsNull() }, { actedAt: now });
      const sameNote = Like(`${noteKeyOf(message).replaceAll(/[\\%_]/g, "\\$&")} %`);
      await db.update(Message, { key: sameNote, kind: message.kind, handOnAt: Not(IsNull()) }, { handOnAt: null });
    }
    await record(hub, caller, { what: acted ? "message.acted" : "message.read", subjects: [id], ruling, db });
    return db.findOneByOrFail(Message, { id });
  });
}
