// Who decides on a wish to change a clock, who answers for a clock today, and who may therefore read it.

import { In } from "typeorm";
import type { Access } from "../domain/access.ts";
import type { Actor } from "../domain/actor.ts";
import { groupBy } from "../domain/group.ts";
import { vacant } from "../domain/message.ts";
import { dayInEngland, type PlainDate } from "../domain/plain-date.ts";
import type { Owner } from "../domain/post.ts";
import type { PostBook, Recipient } from "../domain/post-book.ts";
import { mayReadClock } from "../domain/sharing-clocks.ts";
import type { Ruling } from "../domain/sharing.ts";
import { Message } from "../schema/message.ts";
import { type Obligation, ObligationChange } from "../schema/obligation.ts";
import { noteKeyOf } from "./hand-on.ts";
import type { Hub } from "./hub.ts";
import { readPostBook } from "./posts.ts";
import type { Note } from "./telling.ts";

type Owed = Pick<Obligation, "agencyId" | "teamId" | "ownerRole">;
type Asked = Pick<ObligationChange, "id" | "requestedByActorId">;

/** A wish, and what it is about. */
interface Wish {
  readonly owed: Owed;
  readonly asked: Asked;
}

const managersOf = ({ agencyId, teamId }: Owed): Owner => ({ agencyId, teamId, role: "MANAGER" });

/** Whom a wish is put to: the managers of whoever owes it, but for whoever asked. Where nobody else is one, whoever stands in for the
 *  requester, then whoever is above, up to the business manager. Empty where the requester is all there is. */
function decidersOf(
  book: PostBook,
  { owed, asked: { requestedByActorId } }: Wish,
  on: PlainDate,
): readonly Recipient[] {
  const { agencyId } = owed;
  const others = (some: readonly (Recipient | null)[]) =>
    some.filter((each): each is Recipient => each !== null && each.actorId !== requestedByActorId);
  const managers = book.holders(managersOf(owed), on);
  const line = [
    () => managers,
    () => managers.map((each) => book.cover(each)),
    () => managers.map((each) => book.manager(each, on)),
    () => book.holders({ agencyId, teamId: null, role: "ESCALATION_LEAD" }, on),
    () => book.holders({ agencyId, teamId: null, role: "BUSINESS_MANAGER" }, on),
  ];
  for (const next of line) {
    const found = others(next());
    if (found.length > 0) return found;
  }
  return [];
}

/** As a message is addressed. A wish that only its requester could decide waits at the manager's post for whoever comes. */
export function putTo(book: PostBook, { owed, asked }: Wish, on: PlainDate): Note["to"] {
  const deciders = decidersOf(book, { owed, asked }, on);
  const managers = book.holders(managersOf(owed), on);
  if (deciders.length === managers.length && deciders.every((each, at) => each === managers[at]))
    return [managersOf(owed)];
  if (deciders.length === 0) return [{ actorId: vacant(managersOf(owed)) }];
  return deciders.map(({ actorId }) => ({ actorId }));
}

/** What says who decides: the posts as they are held now, and what the hub told of wishes. */
export interface Desk {
  readonly book: PostBook;
  /** Messages that told of wishes to change these obligations. */
  readonly told: readonly Message[];
}

/** The desk for wishes to change these obligations. */
export async function readDesk({ db }: Hub, book: PostBook, obligationIds: readonly string[]): Promise<Desk> {
  const told = await db.manager.findBy(Message, {
    obligationId: In([...new Set(obligationIds)]),
    kind: "CHANGE_ASKED",
  });
  return { book, told };
}

/** The key of the note that tells of a wish. */
export const askedNote = ({ id }: Pick<ObligationChange, "id">): string => `${id} change_asked`;

/** Whether a message that told of this wish, be it handed on, is addressed to this person. A sign-in too long for a message's key
 *  leaves a hash of it there, from which the message is handed on. */
function wasTold({ keyed }: Hub, told: readonly Message[], { actorId, asked }: Pick<Wish, "asked"> & Person): boolean {
  const own = told.filter(({ toActorId }) => toActorId === actorId).map(noteKeyOf);
  if (own.length === 0) return false;
  const note = askedNote(asked);
  const first = new Set(told.map(({ postId, toActorId }) => keyed(`${note} ${postId ?? toActorId}`)));
  return own.some((key) => key === note || first.has(key));
}

interface Person {
  readonly actorId: string;
}

/** Whether this wish is put to this person, who did not ask for it: they manage whoever owes it today (a cover only while the holder
 *  is away), or the hub told them of it, first or because nobody else read it. */
export function isPutTo(hub: Hub, { book, told }: Desk, { actorId, owed, asked }: Wish & Person): boolean {
  if (actorId === asked.requestedByActorId) return false;
  const managers = book.holders(managersOf(owed), dayInEngland(hub.now()));
  return managers.some((each) => each.actorId === actorId) || wasTold(hub, told, { actorId, asked });
}

/** Whether this person holds or covers a post that owes it, or is told of it where nobody holds that post. */
function answersFor(book: PostBook, { actorId, owed }: Person & { readonly owed: Owed }, now: Date): boolean {
  const on = dayInEngland(now);
  const { agencyId, teamId, ownerRole: role } = owed;
  return (
    book
      .answersFor(actorId, on)
      .some((post) => post.agencyId === agencyId && post.teamId === teamId && post.role === role) ||
    book.holders({ agencyId, teamId, role }, on).some((told) => told.actorId === actorId)
  );
}

/** Whether somebody answers for an obligation, or an open wish to change it is put to them. */
export type IsTold = (actorId: string, owed: Obligation) => boolean;

/** Who is told of these obligations, and of wishes to change them. A wish about what is no longer owed is closed. */
export async function readTold(hub: Hub, obligationIds: readonly string[]): Promise<IsTold> {
  const book = await readPostBook(hub, hub.db.manager);
  const open = await hub.db.manager.findBy(ObligationChange, {
    obligationId: In([...obligationIds]),
    state: "REQUESTED",
  });
  const wishes = groupBy(open, ({ obligationId }) => obligationId);
  const desk = await readDesk(hub, book, [...wishes.keys()]);
  return (actorId, owed) =>
    answersFor(book, { actorId, owed }, hub.now()) ||
    (isOwed(owed) && (wishes.get(owed.id) ?? []).some((asked) => isPutTo(hub, desk, { actorId, owed, asked })));
}

const isOwed = ({ metAt, state }: Obligation): boolean => metAt === null && state !== "CANCELLED";

/** The ruling on reading one clock, be it without its child. Who is told of it is read only where that decides. */
export async function rulingOnClock(
  actor: Actor,
  { obligation, access }: { readonly obligation: Obligation; readonly access: Access },
  told: () => Promise<IsTold>,
): Promise<Ruling> {
  const ruling = (answersForIt: boolean) => mayReadClock(actor, { ...obligation, access, answersForIt });
  const unasked = ruling(false);
  if (unasked.allowed || !ruling(true).allowed) return unasked;
  return ruling((await told())(actor.id, obligation));
}
