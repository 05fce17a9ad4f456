// The worklist of doubtful pairs: what waits behind which, page by page. What one pair looks like is in `identity-side-by-side.ts`.

import { In } from "typeorm";
import { byPlace, NOTHING_WAITS, type Place, type Waiting, WAITING_KINDS, waitingOf } from "../domain/review-order.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayReadIdentity } from "../domain/sharing-identity.ts";
import { MOST } from "../schema/connection.ts";
import type { IdentityReviewArgs } from "../schema/identity-inputs.ts";
import type { IdentityBacklog, IdentityReview } from "../schema/identity-review.ts";
import type { RowConnection } from "../schema/row-connection.ts";
import { clocksWaiting, type WaitingPair, waitingPairs } from "../store/identity-worklist.ts";
import { pageOfRows } from "../store/page.ts";
import { IdentityReviewRow, IdentityVerdictRow } from "../store/rows-identity.ts";
import { AgencyRecordRow, PersonRow } from "../store/rows.ts";
import { barredFrom } from "./access.ts";
import { permitOrRecord } from "./audit.ts";
import { isUuid } from "../domain/uuid.ts";
import type { Caller, Hub } from "./hub.ts";
import { sideBySide } from "./identity-side-by-side.ts";

export const REVIEW_READ = "identity.review.read";

/** A page of doubtful pairs. Open ones come by what waits behind them, as things stood when the first page was read; what this
 *  reader has decided already is last. Others come by when they were closed, latest first. */
export async function identityReviews(
  hub: Hub,
  caller: Caller,
  { state, kind, first, after }: IdentityReviewArgs,
): Promise<RowConnection<IdentityReview>> {
  const ruling = mayReadIdentity(caller.actor);
  await permitOrRecord(hub, caller, { what: REVIEW_READ, subjects: [], ruling });
  if (first < 1 || first > MOST) throw new Refusal("BAD_INPUT", `first: ask for 1 to ${MOST} at a time`);
  // A made-up pair looks like any other.
  const kinds = kind === "BIRTH" ? ["BIRTH"] : kind === "RECORDS" ? ["RECORDS", "GOLD"] : ["RECORDS", "GOLD", "BIRTH"];
  if (state === "OPEN") return openPage(hub, caller, { kinds, first, after: after ?? null });
  const query = (await shownReviews(hub, caller)).andWhere("r.state = :state AND r.kind IN (:...kinds)", {
    state,
    kinds,
  });
  const page = await pageOfRows(query, { by: "closedAt", newestFirst: true }, { first, after: after ?? null });
  const nodes = await sideBySide(hub, caller, { rows: page.edges.map(({ node }) => node), ruling });
  return { ...page, edges: page.edges.map(({ cursor }, at) => ({ cursor, node: nodes[at] as IdentityReview })) };
}

/** Reviews that this caller may know of: none with a sealed person, or with a child who is hidden from them. */
async function shownReviews(hub: Hub, caller: Caller) {
  const hidden = await barredFrom(hub, caller);
  const query = hub.db.manager
    .createQueryBuilder(IdentityReviewRow, "r")
    .leftJoin(AgencyRecordRow, "a", "a.id = r.recordRowId")
    .leftJoin(AgencyRecordRow, "b", "b.id = r.otherRecordRowId")
    .leftJoin(PersonRow, "p", "p.id = a.personId")
    .leftJoin(PersonRow, "q", "q.id = b.personId")
    .where("p.sealedAt IS NULL AND q.sealedAt IS NULL");
  const isSeen = (person: string) => `(${person}.id IS NULL OR ${person}.id NOT IN (:...hidden))`;
  return hidden.length > 0 ? query.andWhere(`${isSeen("p")} AND ${isSeen("q")}`, { hidden }) : query;
}

/** The review with this id, if this caller may read it. */
export async function getIdentityReview(hub: Hub, caller: Caller, id: string): Promise<IdentityReview> {
  const ruling = mayReadIdentity(caller.actor);
  await permitOrRecord(hub, caller, { what: REVIEW_READ, subjects: [], ruling });
  const row = isUuid(id) ? await (await shownReviews(hub, caller)).andWhere("r.id = :id", { id }).getOne() : null;
  if (!row) throw noSuchReview();
  const [shown] = await sideBySide(hub, caller, { rows: [row], ruling });
  return shown as IdentityReview;
}

export const noSuchReview = () => new Refusal("NOT_FOUND", "There is no such review");

interface OpenPage {
  readonly kinds: readonly string[];
  readonly first: number;
  readonly after: string | null;
}

async function openPage(hub: Hub, caller: Caller, { kinds, first, after }: OpenPage) {
  const from = after === null ? null : readCursor(after);
  const asOf = from?.asOf ?? hub.now();
  // A pair with a child who is hidden from the caller is not there.
  const hidden = new Set(await barredFrom(hub, caller));
  const pairs = (await waitingPairs(hub.db)).filter(
    ({ kind, personIds }) => kinds.includes(kind) && !personIds.some((id) => hidden.has(id)),
  );
  const places = (await placesOf(hub, { pairs, asOf, actorId: caller.actor.id })).sort(byPlace);
  const rest = from ? places.filter((place) => byPlace(from.place, place) < 0) : places;
  const page = rest.slice(0, first);
  const found = await hub.db.manager.findBy(IdentityReviewRow, { id: In(page.map(({ id }) => id)) });
  const rowOf = new Map(found.map((row) => [row.id, row]));
  const rows = page.flatMap(({ id }) => rowOf.get(id) ?? []);
  const waiting = new Map(page.map((place) => [place.id, place.waiting]));
  const nodes = await sideBySide(hub, caller, { rows, waiting, ruling: mayReadIdentity(caller.actor) });
  const cursors = page.map((place) => cursorOf({ asOf, place }));
  return {
    edges: nodes.map((node) => ({ node, cursor: cursors[page.findIndex(({ id }) => id === node.id)] ?? "" })),
    pageInfo: {
      hasNextPage: rest.length > first,
      hasPreviousPage: after !== null,
      startCursor: cursors[0] ?? null,
      endCursor: cursors.at(-1) ?? null,
    },
  };
}

interface Placing {
  readonly pairs: readonly WaitingPair[];
  readonly asOf: Date;
  readonly actorId: string | null;
}

async function placesOf(hub: Hub, { pairs, asOf, actorId }: Placing): Promise<Place[]> {
  const clocks = await clocksWaiting(hub.db, pairs);
  const said = actorId === null ? new Set<string>() : await saidBy(hub, actorId);
  return pairs.map(({ id, weight, openedAt, personIds }) => ({
    id,
    weight,
    openedAt,
    waiting: waitingOf(
      personIds.flatMap((personId) => clocks.get(personId) ?? []),
      asOf,
    ),
    saidByReader: said.has(id),
  }));
}

/** Open pairs on which this person has said what they think. */
async function saidBy({ db }: Hub, actorId: string): Promise<ReadonlySet<string>> {
  const rows = await db.manager
    .createQueryBuilder(IdentityVerdictRow, "v")
    .innerJoin(IdentityReviewRow, "r", "r.id = v.reviewId AND r.state = 'OPEN' AND v.at >= r.openedAt")
    .where("v.byActorId = :actorId", { actorId })
    .select("v.reviewId", "id")
    .getRawMany<{ id: string }>();
  return new Set(rows.map(({ id }) => id));
}

interface At {
  /** When the first page was read: what was overdue then. */
  readonly asOf: Date;
  readonly place: Place;
}

function cursorOf({ asOf, place: { id, waiting, weight, openedAt, saidByReader } }: At): string {
  const { kind, dueAt, overdue } = waiting;
  const parts = [asOf.getTime(), saidByReader, overdue, kind, dueAt?.getTime() ?? null, weight, openedAt.getTime(), id];
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

const notOurs = () => new Refusal("BAD_INPUT", "after: that is not a cursor that this list gave out");

function readCursor(cursor: string): At {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    throw notOurs();
  }
  if (!Array.isArray(parts) || parts.length !== 8) throw notOurs();
  const [asOf, saidByReader, overdue, kind, due, weight, opened, id] = parts as unknown[];
  const isInstant = (value: unknown): value is number => Number.isInteger(value) && Math.abs(Number(value)) < 8.64e15;
  const isKind = (value: unknown): value is Waiting["kind"] => WAITING_KINDS.some((each) => each === value);
  if (!isInstant(asOf) || !isInstant(opened) || typeof id !== "string" || typeof weight !== "number") throw notOurs();
  if (!isKind(kind) || (due !== null && !isInstant(due))) throw notOurs();
  const dueAt = due === null ? null : new Date(due);
  const waiting = { ...NOTHING_WAITS, kind, dueAt, overdue: overdue === true };
  return {
    asOf: new Date(asOf),
    place: { id, waiting, weight, openedAt: new Date(opened), saidByReader: saidByReader === true },
  };
}

/** How much waits, as far as the caller may know of it. Made-up pairs are not counted. */
export async function identityBacklog(hub: Hub, caller: Caller): Promise<IdentityBacklog> {
  const ruling = mayReadIdentity(caller.actor);
  await permitOrRecord(hub, caller, { what: REVIEW_READ, subjects: [], ruling });
  const hidden = new Set(await barredFrom(hub, caller));
  const pairs = (await waitingPairs(hub.db)).filter(
    ({ kind, personIds }) => kind !== "GOLD" && !personIds.some((id) => hidden.has(id)),
  );
  const places = await placesOf(hub, { pairs, asOf: hub.now(), actorId: null });
  const count = (is: (waiting: Waiting) => boolean) => places.filter(({ waiting }) => is(waiting)).length;
  const oldest = Math.min(...pairs.map(({ openedAt }) => openedAt.getTime()));
  return {
    open: pairs.length,
    forTwo: pairs.filter(({ needsTwo }) => needsTwo).length,
    withPlan: count(({ kind }) => kind === "PLAN"),
    withReferral: count(({ kind }) => kind === "REFERRAL"),
    withOverdue: count(({ overdue }) => overdue),
    oldestOpenedAt: pairs.length > 0 ? new Date(oldest) : null,
  };
}
