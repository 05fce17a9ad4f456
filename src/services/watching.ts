// Following what changes. Whether somebody may hear of it is decided for each change anew, by the rules by which they would be
// given it when they asked; that they heard of something is on record once for each stream and thing.

import { In, MoreThan } from "typeorm";
import { Refusal } from "../domain/refusal.ts";
import { mayOpen, mayReadAgencies, mayReadChildren, type Ruling } from "../domain/sharing.ts";
import { mayReadEscalation } from "../domain/sharing-escalation.ts";
import { mayBeTold, mayReadMessage } from "../domain/sharing-telling.ts";
import type { EscalationChanged, ObligationChanged } from "../schema/change.ts";
import { Escalation, EscalationStep } from "../schema/escalation.ts";
import { Message } from "../schema/message.ts";
import { Obligation, ObligationEvent } from "../schema/obligation.ts";
import { withAccess } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import { type Feed, type Listener, makeFeed, type Source } from "./changes.ts";
import { isUuid } from "../domain/uuid.ts";
import { getEscalation } from "./escalation-reads.ts";
import { challenged } from "./escalation-steps.ts";
import type { Caller, Hub } from "./hub.ts";
import { type IsTold, readTold, rulingOnClock } from "./obligation-deciders.ts";
import { everyIdOf } from "../store/people.ts";

type EventRow = Pick<ObligationEvent, "id" | "obligationId" | "what" | "at">;
type StepRow = Pick<EscalationStep, "id" | "escalationId" | "what" | "at">;
/** `told` says who is told of what changed at the same time: read once for all who listen, and only where that decides. */
type ObligationItem = ObligationChanged & {
  readonly told: () => Promise<IsTold>;
  /** Every id of the child whom it is about. */
  readonly about: () => Promise<readonly string[]>;
};
type EscalationItem = EscalationChanged & { readonly businessManagerTold: boolean };

const OBLIGATIONS: Source<EventRow, ObligationItem> = {
  after: ({ db }, id, take) =>
    db.manager.find(ObligationEvent, {
      select: { id: true, obligationId: true, what: true, at: true },
      where: { id: MoreThan(id) },
      order: { id: "ASC" },
      take,
    }),
  async load(hub, rows) {
    const ids = [...new Set(rows.map(({ obligationId }) => obligationId))];
    const found = await hub.db.manager.findBy(Obligation, { id: In(ids) });
    let reading: Promise<IsTold> | null = null;
    const told = () => (reading ??= readTold(hub, ids));
    const childIds = [...new Set(found.flatMap(({ childId }) => childId ?? []))];
    let naming: ReturnType<typeof everyIdOf> | null = null;
    const about = async ({ childId }: Obligation) =>
      childId === null ? [] : ((await (naming ??= everyIdOf(hub.db, childIds))).get(childId) ?? [childId]);
    const byId = new Map(found.map((obligation) => [obligation.id, obligation]));
    return rows.flatMap(({ obligationId, what, at }) => {
      const obligation = byId.get(obligationId);
      return obligation ? [{ at, what, obligation, told, about: () => about(obligation) }] : [];
    });
  },
};

const ESCALATIONS: Source<StepRow, EscalationItem> = {
  after: ({ db }, id, take) =>
    db.manager.find(EscalationStep, {
      select: { id: true, escalationId: true, what: true, at: true },
      where: { id: MoreThan(id) },
      order: { id: "ASC" },
      take,
    }),
  async load({ db }, rows) {
    const ids = [...new Set(rows.map(({ escalationId }) => escalationId))];
    const [found, told] = await Promise.all([
      db.manager.findBy(Escalation, { id: In(ids) }),
      db.manager.findBy(EscalationStep, { escalationId: In(ids), what: "BUSINESS_MANAGER_TOLD" }),
    ]);
    const byId = new Map(found.map((escalation) => [escalation.id, escalation]));
    const toldOf = new Set(told.map(({ escalationId }) => escalationId));
    return rows.flatMap(({ escalationId, what, at }) => {
      const escalation = byId.get(escalationId);
      return escalation ? [{ at, what, escalation, businessManagerTold: toldOf.has(escalationId) }] : [];
    });
  },
};

const MESSAGES: Source<Message, Message> = {
  after: ({ db }, id, take) => db.manager.find(Message, { where: { id: MoreThan(id) }, order: { id: "ASC" }, take }),
  load: async (_hub, rows) => [...rows],
};

interface Feeds {
  readonly obligations: Feed<ObligationItem>;
  readonly escalations: Feed<EscalationItem>;
  readonly messages: Feed<Message>;
}

const made = new WeakMap<Hub, Feeds>();

function feedsOf(hub: Hub): Feeds {
  let feeds = made.get(hub);
  if (!feeds) {
    feeds = {
      obligations: makeFeed(hub, OBLIGATIONS),
      escalations: makeFeed(hub, ESCALATIONS),
      messages: makeFeed(hub, MESSAGES),
    };
    made.set(hub, feeds);
  }
  return feeds;
}

/** What a subscription iterates over. */
export type Watch<Item> = Listener<Item> & AsyncIterable<Item>;

/** The changes of which `see` makes something, one after the other. */
function watch<Item, Seen>(listener: Listener<Item>, see: (item: Item) => Promise<Seen | null>): Watch<Seen> {
  const end = async () => {
    await listener.return();
    return { done: true, value: undefined } as const;
  };
  const self: Watch<Seen> = {
    async next() {
      for (;;) {
        const { done, value } = await listener.next();
        if (done) return end();
        const seen = await see(value);
        if (seen !== null) return { done: false, value: seen };
      }
    },
    return: end,
    [Symbol.asyncIterator]: () => self,
  };
  return self;
}

/** Puts on record, once for each thing, that this stream told of it. */
function recorder(hub: Hub, caller: Caller, what: string) {
  const recorded = new Set<string>();
  return async (id: string, ruling: Ruling): Promise<void> => {
    if (recorded.has(id)) return;
    await record(hub, caller, { what, subjects: [id], ruling });
    recorded.add(id);
  };
}

export interface ObligationsWatched {
  readonly childId?: string | null | undefined;
  readonly teamId?: string | null | undefined;
}

/** What happens to obligations whose clocks the caller may read, be it without their children: a team's, or all. A child's only for
 *  those who may be told which child an obligation is about. */
export async function watchObligations(
  hub: Hub,
  caller: Caller,
  { childId, teamId }: ObligationsWatched,
): Promise<Watch<ObligationChanged>> {
  const ruling = childId ? await mayWatch(hub, caller, childId) : mayReadAgencies(caller.actor);
  const subjects = childId && isUuid(childId) ? [childId] : [];
  await permitOrRecord(hub, caller, { what: "obligations.watched", subjects, ruling });
  if (childId && !isUuid(childId)) throw new Refusal("BAD_INPUT", "childId: must be the id of a child");
  if (teamId && !hub.area.teams.some(({ id }) => id === teamId))
    throw new Refusal("BAD_INPUT", `teamId: use one of ${hub.area.teams.map(({ id }) => id).join(", ")}`);
  await record(hub, caller, { what: "obligations.watched", subjects, ruling });
  const heard = recorder(hub, caller, "obligation.heard");
  return watch(await feedsOf(hub).obligations.listen(), async ({ told, about, ...change }) => {
    const { obligation } = change;
    if (teamId && obligation.teamId !== teamId) return null;
    // Whoever turned out to be this child is this child, by whichever id they are watched.
    if (childId && obligation.childId !== childId && !(await about()).includes(childId)) return null;
    // Decided for each change anew: somebody's way in may have ended since.
    const { found, access } = await withAccess(hub, { ...caller }, obligation);
    const may = found ? await rulingOnClock(caller.actor, { obligation, access }, told) : null;
    if (!may?.allowed) return null;
    await heard(obligation.id, may);
    return change;
  });
}

/** A child is watched by those to whom the child's story is open. */
async function mayWatch(hub: Hub, caller: Caller, childId: string): Promise<Ruling> {
  const reading = mayReadChildren(caller.actor);
  if (!reading.allowed || !isUuid(childId)) return reading;
  const { access } = await withAccess(hub, { ...caller }, { childId });
  return mayOpen(access);
}

/** What happens in one escalation, as long as the caller may read it. */
export async function watchEscalation(hub: Hub, caller: Caller, id: string): Promise<Watch<EscalationChanged>> {
  await getEscalation(hub, caller, id);
  const heard = recorder(hub, caller, "escalation.heard");
  return watch(await feedsOf(hub).escalations.listen(), async ({ businessManagerTold, ...change }) => {
    const { escalation } = change;
    if (escalation.id !== id) return null;
    const { found, access } = await withAccess(hub, { ...caller }, escalation);
    const may =
      found && mayReadEscalation(caller.actor, { ...challenged(hub, escalation, access), businessManagerTold });
    if (!may?.allowed) return null;
    await heard(id, may);
    return change;
  });
}

/** What arrives in the caller's own inbox. */
export async function watchInbox(hub: Hub, caller: Caller): Promise<Watch<Message>> {
  const { actor } = caller;
  const act = { what: "inbox.watched", subjects: [], ruling: mayBeTold(actor) };
  await permitOrRecord(hub, caller, act);
  await record(hub, caller, act);
  const own = new Set([actor.id]);
  const heard = recorder(hub, caller, "message.heard");
  return watch(await feedsOf(hub).messages.listen(), async (message) => {
    const may = mayReadMessage(actor, message.toActorId, own);
    if (!may.allowed) return null;
    await heard(message.id, may);
    return message;
  });
}
