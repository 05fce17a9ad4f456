// What the worklist of doubtful pairs is ordered by, in three statements however many there are.

import { type DataSource, type EntityManager, In, IsNull, Not } from "typeorm";
import type { ObligationState } from "../domain/obligation.ts";
import { clocksByPerson, type RunningClock } from "../domain/review-order.ts";
import { Obligation } from "../schema/obligation.ts";
import { alsoKnownAs, believedToBe } from "./people.ts";
import { IdentityReviewRow } from "./rows-identity.ts";
import { AgencyRecordRow, PersonRow } from "./rows.ts";

/** A pair that waits, and whose the two records are believed to be; null for a made-up pair and for a record that is gone. */
export interface WaitingPair {
  readonly id: string;
  readonly kind: IdentityReviewRow["kind"];
  readonly weight: number;
  readonly openedAt: Date;
  readonly needsTwo: boolean;
  readonly personIds: readonly string[];
}

/** Every pair that waits and that anybody may know of: none with a sealed person. */
export async function waitingPairs(db: DataSource): Promise<readonly WaitingPair[]> {
  const rows = await db.manager
    .createQueryBuilder(IdentityReviewRow, "r")
    .leftJoin(AgencyRecordRow, "a", "a.id = r.recordRowId")
    .leftJoin(AgencyRecordRow, "b", "b.id = r.otherRecordRowId")
    .leftJoin(PersonRow, "p", "p.id = a.personId")
    .leftJoin(PersonRow, "q", "q.id = b.personId")
    .where("r.state = 'OPEN' AND p.sealedAt IS NULL AND q.sealedAt IS NULL")
    .select("r.id", "id")
    .addSelect("r.kind", "kind")
    .addSelect("r.weight", "weight")
    .addSelect("r.openedAt", "openedAt")
    .addSelect("r.needsTwo", "needsTwo")
    .addSelect("p.id", "one")
    .addSelect("q.id", "other")
    .getRawMany<Record<"id" | "one" | "other", string> & Omit<WaitingPair, "id" | "personIds">>();
  return rows.map(({ id, kind, weight, openedAt, needsTwo, one, other }) => ({
    id,
    kind,
    weight: Number(weight),
    openedAt,
    needsTwo: Boolean(needsTwo),
    personIds: [...new Set([one, other].filter((personId) => personId !== null))],
  }));
}

const OWED: readonly ObligationState[] = ["OPEN", "PAUSED", "LATE"];

/** The clocks that run for everybody in these pairs, and for everybody who turned out to be one of them. By ids, however many: a join
 *  would depend on what the database has counted of its tables. */
export async function clocksWaiting(
  db: DataSource,
  pairs: readonly WaitingPair[],
): Promise<ReadonlyMap<string, readonly RunningClock[]>> {
  const people = pairs.flatMap(({ personIds }) => personIds);
  if (people.length === 0) return new Map();
  const gone = await db.manager.find(PersonRow, { select: { id: true }, where: { joinedTo: Not(IsNull()) } });
  const ids = [...new Set([...people, ...gone.map(({ id }) => id)])];
  const name = (text: string): string => db.driver.escape(text);
  const columns = ["childId", "rule", "dueAt"].map(name).join(", ");
  const among = db.options.type === "postgres" ? "= ANY($1)" : "IN (?)";
  const owed = `${name("metAt")} IS NULL AND ${name("state")} IN ('${OWED.join("', '")}')`;
  const clocks: (RunningClock & { readonly childId: string })[] = await db.query(
    `SELECT ${columns} FROM ${name("obligation")} WHERE ${owed} AND ${name("childId")} ${among}`,
    [ids],
  );
  const isGone = new Set(gone.map(({ id }) => id));
  const moved = clocks.flatMap(({ childId }) => (isGone.has(childId) ? childId : []));
  return clocksByPerson(clocks, moved.length > 0 ? await believedToBe(db, moved) : new Map());
}

/** The clocks that run for these people, and for everybody who turned out to be one of them. */
export async function clocksOf(
  db: EntityManager,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, readonly RunningClock[]>> {
  const known = await alsoKnownAs(db, personIds);
  const headOf = new Map([...known].flatMap(([head, ids]) => ids.map((id) => [id, head] as const)));
  const found = await db.find(Obligation, {
    select: { id: true, childId: true, rule: true, dueAt: true },
    where: { childId: In([...headOf.keys()]), metAt: IsNull(), state: In([...OWED]) },
  });
  return clocksByPerson(
    found.map(({ childId, rule, dueAt }) => ({ childId: childId ?? "", rule, dueAt })),
    headOf,
  );
}
