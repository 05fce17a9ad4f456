// Reading the ledger: who told whom what about a child, why and under which power. What was read is on record before it is given.

import { In, IsNull, type SelectQueryBuilder } from "typeorm";
import { dayInEngland, type PlainDate } from "../domain/plain-date.ts";
import { Refusal } from "../domain/refusal.ts";
import { isOfficer, type LedgerRuling, mayReadLedger, mayReadWords } from "../domain/sharing-ledger.ts";
import { mayReadChildren } from "../domain/sharing.ts";
import { isUuid } from "../domain/uuid.ts";
import type { PageArgs } from "../schema/connection.ts";
import { SharingDecision, type SharingDecisionConnection } from "../schema/sharing-decision.ts";
import { pageOfRows } from "../store/page.ts";
import { alsoKnownAs, believedToBe } from "../store/people.ts";
import { AgencyRecordRow, PersonRow } from "../store/rows.ts";
import { accessTo, accessToOne, barredFrom } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";

const READ = "ledger.read";

/** What was shared and withheld about one child, newest first: a page of what this caller may read. */
export async function sharingDecisions(
  hub: Hub,
  caller: Caller,
  { childId, ...page }: PageArgs & { readonly childId: string },
): Promise<SharingDecisionConnection> {
  const officer = isOfficer(caller.actor);
  if (!officer) await permitOrRecord(hub, caller, { what: READ, subjects: [], ruling: mayReadChildren(caller.actor) });
  const child = await childKnown(hub, childId);
  if (!child) throw noSuchChild();
  const access = await accessToOne(hub, caller, child.id);
  const ruling = mayReadLedger(caller.actor, access);
  const act = { what: READ, subjects: [child.id], ruling };
  if (access.barred && !officer) {
    await record(hub, caller, act);
    throw noSuchChild();
  }
  await permitOrRecord(hub, caller, act);
  const ids = (await alsoKnownAs(hub.db, [child.id])).get(child.id) ?? [child.id];
  // A shield stays on the id under which it was set.
  const shielded = await hub.db.manager.existsBy(PersonRow, { id: In([...ids]), shielded: true });
  const query = linesOf(hub, caller, { ids, ruling, shielded });
  const { edges, pageInfo } = await pageOfRows(query, { by: "at", newestFirst: true }, page);
  await record(hub, caller, act);
  const nodes = await presentDecisions(
    hub,
    caller,
    edges.map(({ node }) => node),
  );
  return {
    edges: edges.map(({ cursor }, at) => ({ cursor, node: nodes[at] as SharingDecision })),
    pageInfo,
    othersWithheldBecause: ruling.othersWithheld,
  };
}

const noSuchChild = () => new Refusal("NOT_FOUND", "There is no such child");

/** The same for a child that this caller was given; null where no line of it is open to them. */
export async function sharingDecisionsOf(
  hub: Hub,
  caller: Caller,
  wanted: PageArgs & { readonly childId: string },
): Promise<SharingDecisionConnection | null> {
  const access = await accessToOne(hub, caller, wanted.childId);
  return mayReadLedger(caller.actor, access).allowed ? sharingDecisions(hub, caller, wanted) : null;
}

/** Whom the id stands for now; null for somebody who is no child, or is not known, or is sealed. */
async function childKnown(hub: Hub, id: string): Promise<PersonRow | null> {
  const now = isUuid(id) ? (await believedToBe(hub.db, [id])).get(id) : undefined;
  if (now === undefined) return null;
  return hub.db.manager.findOneBy(PersonRow, { id: now, kind: "CHILD", sealedAt: IsNull() });
}

interface Lines {
  readonly ids: readonly string[];
  readonly ruling: LedgerRuling;
  readonly shielded: boolean;
}

function linesOf(hub: Hub, { actor }: Caller, { ids, ruling, shielded }: Lines): SelectQueryBuilder<SharingDecision> {
  const query = hub.db.manager.createQueryBuilder(SharingDecision, "d").where("d.childId IN (:...ids)", { ids });
  if (ruling.lines === "ALL") return query;
  // Colleagues are kept from a child who is shielded: of such a child each is shown what they wrote themselves.
  return shielded
    ? query.andWhere("d.byActorId = :actorId", { actorId: actor.id })
    : query.andWhere("d.fromAgencyId = :agencyId", { agencyId: actor.agencyId });
}

/** Decisions that are to be looked at again by a day and that nobody has corrected, soonest first: those of the caller's own agency. */
export async function sharingDecisionsToReview(
  hub: Hub,
  caller: Caller,
  { until, ...page }: PageArgs & { readonly until?: PlainDate | null },
): Promise<SharingDecisionConnection> {
  const ruling = mayReadChildren(caller.actor);
  await permitOrRecord(hub, caller, { what: READ, subjects: [], ruling });
  const { agencyId } = caller.actor;
  const by = until ?? dayInEngland(hub.now());
  const query = hub.db.manager
    .createQueryBuilder(SharingDecision, "d")
    .innerJoin(PersonRow, "p", "p.id = d.childId AND p.sealedAt IS NULL")
    .leftJoin(SharingDecision, "c", "c.correctsId = d.id")
    .where("d.fromAgencyId = :agencyId AND d.reviewOn <= :by AND c.id IS NULL", { agencyId: agencyId ?? "", by });
  const barred = await barredFrom(hub, caller);
  if (barred.length > 0) query.andWhere("d.childId NOT IN (:...barred)", { barred });
  const { edges, pageInfo } = await pageOfRows(query, { by: "at" }, page);
  const rows = edges.map(({ node }) => node);
  await record(hub, caller, { what: READ, subjects: [...new Set(rows.map(({ childId }) => childId))], ruling });
  const nodes = await presentDecisions(hub, caller, rows);
  return {
    edges: edges.map(({ cursor }, at) => ({ cursor, node: nodes[at] as SharingDecision })),
    pageInfo,
    othersWithheldBecause: "each agency looks again at what it decided itself",
  };
}

/** These lines as this caller may see them: its words are open to some and not to others. For lines that this caller was given. */
export async function presentDecisions(
  hub: Hub,
  caller: Caller,
  lines: readonly SharingDecision[],
): Promise<SharingDecision[]> {
  if (lines.length === 0) return [];
  const now = await believedToBe(hub.db, [...new Set(lines.map(({ childId }) => childId))]);
  const childOf = ({ childId }: SharingDecision) => now.get(childId) ?? childId;
  const childIds = [...new Set(lines.map(childOf))];
  const access = await accessTo(hub, caller, childIds);
  const restricted = await hub.db.manager.find(AgencyRecordRow, {
    select: { id: true, personId: true },
    where: { personId: In(childIds), restricted: true },
  });
  const covered = new Set(restricted.map(({ personId }) => personId));
  return lines.map((line) => {
    const childId = childOf(line);
    const mine = access.get(childId);
    if (!mine) throw new Error("A child was left without a decision");
    const words = mayReadWords(caller.actor, mine, { ...line, restricted: covered.has(childId) });
    return Object.assign(new SharingDecision(), line, { words });
  });
}

/** Ids of the lines that correct these; null for each that nobody corrected. */
export async function correctionsOf(hub: Hub, ids: readonly string[]): Promise<(string | null)[]> {
  const found = await hub.db.manager.find(SharingDecision, {
    select: { id: true, correctsId: true },
    where: { correctsId: In([...ids]) },
  });
  const by = new Map(found.map(({ id, correctsId }) => [correctsId, id]));
  return ids.map((id) => by.get(id) ?? null);
}
