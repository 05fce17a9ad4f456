// Telling people: each once, in the transaction of what there is to tell. What leaves the hub is sent afterwards by
// `deliveries.ts`, and what nobody reads is handed on by `hand-on.ts`.

import { type EntityManager, In, IsNull } from "typeorm";
import { groupBy } from "../domain/group.ts";
import { type MessageKind, nextDigest, USUAL_WAY, vacant, type Way } from "../domain/message.ts";
import { dayInEngland, type PlainDate } from "../domain/plain-date.ts";
import type { Owner } from "../domain/post.ts";
import type { PostBook, Recipient } from "../domain/post-book.ts";
import { Message } from "../schema/message.ts";
import { insertNew } from "../store/insert.ts";
import { insertWhole } from "../store/insert-whole.ts";
import { targetHash } from "../store/row-hashes.ts";
import { DeliveryRow, PreferenceRow, WebhookRow } from "../store/rows-clocks.ts";
import type { Hub } from "./hub.ts";
import { readPostBook } from "./posts.ts";

/** Something to tell. */
export interface Note {
  /** Id of the event it tells of: whoever is told of one event is told once. */
  readonly key: string;
  readonly kind: MessageKind;
  /** No name and no detail: up to 400 characters. */
  readonly says: string;
  /** Sent at once, and handed on when nobody reads it. */
  readonly urgent: boolean;
  readonly to: readonly (Owner | { readonly actorId: string })[];
  readonly obligationId?: string;
  readonly escalationId?: string;
}

/** Whoever a message goes to; an agency's systems are called with the first of its people. */
export type Addressee = Pick<Recipient, "postId" | "actorId" | "email"> & { readonly agencyId: string | null };

/** A message yet to be written. */
export interface Draft {
  readonly message: Message;
  readonly to: Addressee;
  /** One of a note and agency calls its webhooks. */
  readonly callsWebhooks: boolean;
}

const MOST_KEY = 120;
const MOST_WORDS = 400;

/** Writes the messages of these notes and what is to leave the hub, in the transaction of `db`: in as many statements for five
 *  hundred notes as for one, but for inserting. Returns the instants at which something of it is due, for
 *  `hub.wake.telling` after the commit. */
export async function tell(
  hub: Hub,
  { db, notes }: { readonly db: EntityManager; readonly notes: readonly Note[] },
): Promise<Date[]> {
  if (notes.length === 0) return [];
  const book = await readPostBook(hub, db);
  const on = dayInEngland(hub.now());
  return write(
    hub,
    db,
    notes.flatMap((note) => draftsOf(hub, note, { book, on })),
  );
}

function draftsOf(hub: Hub, note: Note, { book, on }: { book: PostBook; on: PlainDate }): Draft[] {
  const found = note.to.flatMap((to): Addressee[] => {
    if ("actorId" in to)
      return [book.person(to.actorId) ?? { postId: null, actorId: to.actorId, email: null, agencyId: null }];
    const holders = book.holders(to, on);
    return holders.length > 0
      ? [...holders]
      : [{ postId: null, actorId: vacant(to), email: null, agencyId: to.agencyId }];
  });
  const called = new Set<string | null>([null]);
  return [...new Map(found.map((to) => [to.actorId, to])).values()].map((to) => {
    const callsWebhooks = !called.has(to.agencyId);
    called.add(to.agencyId);
    return { message: messageFor(hub, note, { to, handed: 0 }), to, callsWebhooks };
  });
}

/** A note as a message to one addressee. */
export function messageFor(
  hub: Hub,
  { key, kind, says, urgent, obligationId, escalationId }: Note,
  { to, handed }: { readonly to: Addressee; readonly handed: number },
): Message {
  const at = hub.now();
  return {
    id: hub.newId(),
    key: keyFor(hub, `${key} ${to.postId ?? to.actorId}`),
    toActorId: to.actorId,
    postId: to.postId,
    kind,
    says: says.slice(0, MOST_WORDS),
    urgent,
    obligationId: obligationId ?? null,
    escalationId: escalationId ?? null,
    at,
    readAt: null,
    actedAt: null,
    handOnAt: urgent && handed < 2 ? unreadAt(hub, at) : null,
    handed,
  };
}

/** When an urgent message of this instant is handed on. */
export const unreadAt = ({ area }: Hub, at: Date): Date => new Date(at.getTime() + area.telling.unreadMinutes * 60_000);

/** A sign-in may be longer than what is left of the column. */
const keyFor = ({ keyed }: Hub, key: string): string => (key.length <= MOST_KEY ? key : keyed(key));

const byKey = ({ message: a }: Draft, { message: b }: Draft): number => (a.key < b.key ? -1 : Number(a.key > b.key));

/** Writes those of these that nobody was told of yet, with their deliveries. */
export async function write(hub: Hub, db: EntityManager, drafts: readonly Draft[]): Promise<Date[]> {
  const messages = [...drafts].sort(byKey).map(({ message }) => message);
  if (messages.length === 0) return [];
  await insertNew(db, Message, messages);
  const ids = await whichAreThere(db, messages);
  const fresh = drafts.filter(({ message }) => ids.has(message.id));
  if (fresh.length === 0) return [];
  const deliveries = await deliveriesFor(hub, db, fresh);
  await insertWhole(db, DeliveryRow, { rows: deliveries });
  const instants = [...deliveries.map(({ nextAt }) => nextAt), ...fresh.map(({ message }) => message.handOnAt)];
  const due = new Set(instants.flatMap((at) => (at ? [at.getTime()] : [])));
  return [...due].sort((a, b) => a - b).map((at) => new Date(at));
}

/** Which of these were written, and not passed over because the same was told before. */
async function whichAreThere(db: EntityManager, messages: readonly Message[]): Promise<ReadonlySet<string>> {
  const ids = messages.map(({ id }) => id);
  const query = db.createQueryBuilder(Message, "m").select("m.id", "id").where("m.id IN (:...ids)", { ids });
  const found = await query.getRawMany<{ id: string }>();
  return new Set(found.map(({ id }) => id));
}

async function deliveriesFor(hub: Hub, db: EntityManager, drafts: readonly Draft[]): Promise<DeliveryRow[]> {
  const routine = drafts.filter(({ message, to }) => !message.urgent && to.email !== null);
  const actorIds = [...new Set(routine.map(({ to }) => to.actorId))];
  const chosen = actorIds.length > 0 ? await db.findBy(PreferenceRow, { actorId: In(actorIds) }) : [];
  const wayOf = new Map<string, Way>(chosen.map(({ actorId, routine: way }) => [actorId, way]));
  const agencyIds = new Set(drafts.flatMap(({ to, callsWebhooks }) => (callsWebhooks && to.agencyId) || []));
  const webhooks =
    agencyIds.size > 0 ? await db.findBy(WebhookRow, { agencyId: In([...agencyIds]), endedAt: IsNull() }) : [];
  const webhooksOf = groupBy(webhooks, ({ agencyId }) => agencyId);
  const now = hub.now();
  const digestAt = nextDigest(now, hub.area.telling.digestAt, hub.national.holidays);
  const delivery = (message: Message, rest: Pick<DeliveryRow, "channel" | "target" | "inDigest">): DeliveryRow => {
    const nextAt = rest.inDigest ? digestAt : now;
    return {
      id: hub.newId(),
      messageId: message.id,
      targetHash: targetHash(hub, rest.target),
      state: "WAITING",
      attempts: 0,
      nextAt,
      sentAt: null,
      fault: null,
      ...rest,
    };
  };
  return drafts.flatMap(({ message, to, callsWebhooks }) => {
    const way = message.urgent ? "AT_ONCE" : (wayOf.get(to.actorId) ?? USUAL_WAY);
    const calls = callsWebhooks ? (webhooksOf.get(to.agencyId ?? "") ?? []) : [];
    return [
      ...(to.email !== null && way !== "HUB_ONLY"
        ? [delivery(message, { channel: "EMAIL", target: to.email, inDigest: way === "DIGEST" })]
        : []),
      ...calls.map(({ id }) => delivery(message, { channel: "WEBHOOK", target: id, inDigest: false })),
    ];
  });
}
