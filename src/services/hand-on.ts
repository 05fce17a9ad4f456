// An urgent message that nobody reads goes to whoever stands in, and then to the manager. It stays in every inbox it came to.

import { type EntityManager, IsNull, LessThanOrEqual } from "typeorm";
import { dayInEngland, type PlainDate } from "../domain/plain-date.ts";
import { POST_ROLES, type Owner } from "../domain/post.ts";
import type { PostBook, Recipient } from "../domain/post-book.ts";
import { yes } from "../domain/sharing.ts";
import { Message } from "../schema/message.ts";
import { record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { readPostBook } from "./posts.ts";
import { type Addressee, type Draft, messageFor, unreadAt, write } from "./telling.ts";
import { noteTrouble, settleTrouble } from "./troubled.ts";

/** Rows taken on in one transaction. */
const AT_ONCE = 200;
const UNREAD = "Handed on to you, since nobody has read it: ";

/** Hands on every urgent message that was to be read by then and is not, each once. Returns how many were taken up. One that cannot
 *  be handed on does not hold up the rest: it is tried again, and in the end parked and tried every hour. */
export async function handOnDue(hub: Hub, caller: Caller, upTo: Date): Promise<number> {
  let done = 0;
  for (;;) {
    const { count, due } = await oneBatchOrEach(hub, caller, upTo);
    if (due.length > 0) await hub.wake.telling(due);
    done += count;
    if (count < AT_ONCE || caller.signal.aborted) return done;
  }
}

interface HandedOn {
  readonly count: number;
  /** When something of it is due. */
  readonly due: readonly Date[];
}

/** All at once or, where that fails, each in a transaction of its own. */
async function oneBatchOrEach(hub: Hub, caller: Caller, upTo: Date): Promise<HandedOn> {
  let claimed: readonly string[] = [];
  const attempt = (id?: string) =>
    hub.db.transaction("READ COMMITTED", async (db) => {
      const unread = await claim(db, upTo, id);
      claimed = unread.map((message) => message.id);
      return handOn(hub, caller, { db, upTo, unread });
    });
  try {
    return await attempt();
  } catch (error) {
    if (claimed.length === 0) throw error;
    hub.log.warn({ error: (error as Error).name, rows: claimed.length }, "messages are handed on one by one");
  }
  const ids = claimed;
  const due: Date[] = [];
  for (const id of ids)
    try {
      due.push(...(await attempt(id)).due);
    } catch (error) {
      const { tryAt } = await noteTrouble(hub, { queue: "telling", subjectId: id, error, teamId: null });
      const still = { id, handOnAt: LessThanOrEqual(upTo), readAt: IsNull() };
      await hub.db.manager.update(Message, still, { handOnAt: tryAt });
      if (tryAt) due.push(tryAt);
    }
  return { count: ids.length, due };
}

const claim = (db: EntityManager, upTo: Date, id?: string): Promise<Message[]> =>
  db.find(Message, {
    where: { ...(id !== undefined && { id }), handOnAt: LessThanOrEqual(upTo), readAt: IsNull() },
    order: { handOnAt: "ASC" },
    take: AT_ONCE,
    lock: { mode: "pessimistic_write", onLocked: "skip_locked" },
  });

interface Unread {
  readonly db: EntityManager;
  readonly upTo: Date;
  readonly unread: readonly Message[];
}

async function handOn(hub: Hub, caller: Caller, { db, upTo, unread }: Unread): Promise<HandedOn> {
  if (unread.length === 0) return { count: 0, due: [] };
  const book = await readPostBook(hub, db);
  const on = dayInEngland(hub.now());
  const drafts: Draft[] = [];
  const waiting: string[] = [];
  for (const message of unread) {
    const next = nextFor(hub, message, { book, on });
    drafts.push(...next);
    if (next.length === 0 && isVacant(message)) waiting.push(message.id);
  }
  const settled = unread.filter(({ id }) => !waiting.includes(id)).map(({ id }) => id);
  if (settled.length > 0) await db.update(Message, settled, { handOnAt: null });
  // Nobody holds the post yet: somebody may by then.
  const again = unreadAt(hub, new Date(Math.max(hub.now().getTime(), upTo.getTime())));
  if (waiting.length > 0) await db.update(Message, waiting, { handOnAt: again });
  const due = await write(hub, db, drafts);
  const subjects = unread.filter(({ id }) => settled.includes(id)).map(({ id }) => id);
  const ruling = yes("unread-in-time", "it is urgent, and nobody read it in time");
  if (subjects.length > 0) await record(hub, caller, { what: "message.handed-on", subjects, ruling, db });
  await settleTrouble(hub, db, { queue: "telling", subjectIds: unread.map(({ id }) => id) });
  return { count: unread.length, due: waiting.length > 0 ? [...due, again] : due };
}

const VACANT = "vacant:";
const isVacant = ({ toActorId }: Message): boolean => toActorId.startsWith(VACANT);

/** The message to whoever is next; none where nobody is. */
function nextFor(hub: Hub, message: Message, { book, on }: { book: PostBook; on: PlainDate }): Draft[] {
  const draft = (to: Addressee, handed: number): Draft => {
    const { kind, urgent, obligationId, escalationId } = message;
    const about = { ...(obligationId && { obligationId }), ...(escalationId && { escalationId }) };
    const key = handed === 0 ? noteKeyOf(message) : `${noteKeyOf(message)} handed-${handed}`;
    const says = handed === 0 || message.handed > 0 ? message.says : `${UNREAD}${message.says}`;
    const note = { key, kind, urgent, says, to: [], ...about };
    // The agency's own systems were called for the first.
    return { message: messageFor(hub, note, { to, handed }), to, callsWebhooks: false };
  };
  if (isVacant(message)) return holdersOf(hub, message, { book, on }).map((to) => draft(to, 0));
  const { postId, toActorId: actorId } = message;
  const agencyId = book.person(actorId)?.agencyId ?? "";
  const addressee: Recipient = { postId, actorId, email: null, agencyId, standsIn: message.handed > 0 };
  const cover = book.cover(addressee);
  if (cover && cover.actorId !== actorId) return [draft(cover, 1)];
  const manager = book.manager(addressee, on);
  return manager ? [draft(manager, 2)] : [];
}

/** Whoever holds the post by now for which a message waited. */
function holdersOf({ area }: Hub, { toActorId }: Message, { book, on }: { book: PostBook; on: PlainDate }) {
  const [place = "", roleName] = toActorId.slice(VACANT.length).split("/");
  const role = POST_ROLES.find((each) => each === roleName);
  if (!role) return [];
  const team = area.teams.find(({ id }) => id === place);
  const owner: Owner = team
    ? { agencyId: team.agencyId, teamId: team.id, role }
    : { agencyId: place, teamId: null, role };
  return book.holders(owner, on);
}

/** The key of the note that a message tells, however often it was handed on. */
export function noteKeyOf({ key, postId, toActorId }: Pick<Message, "key" | "postId" | "toActorId">): string {
  const end = ` ${postId ?? toActorId}`;
  return (key.endsWith(end) ? key.slice(0, -end.length) : key).replace(/ handed-\d$/, "");
}
