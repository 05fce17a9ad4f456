import { type EntityManager, Not } from "typeorm";
import type { ObligationState } from "../domain/obligation.ts";
import { Obligation } from "../schema/obligation.ts";
import { countCapped } from "./link-keys.ts";
import { DeliveryRow, TroubledWorkRow } from "./rows-clocks.ts";
import { IdentityReviewRow } from "./rows-identity.ts";

export interface Counts {
  readonly obligations: Readonly<Partial<Record<ObligationState, number>>>;
  readonly parked: Readonly<Record<string, number>>;
  readonly deliveriesWaiting: number;
  /** Pairs of records that wait for a person to say whether they are one child; made-up ones are not counted. */
  readonly reviewsOpen: number;
  /** Keys that find too many records to find anybody. */
  readonly cappedKeys: number;
}

/** How much there is of what an operator watches. Counts every obligation: ask seldom. */
export async function countWork(db: EntityManager): Promise<Counts> {
  const obligations = await db
    .createQueryBuilder(Obligation, "o")
    .select("o.state", "name")
    .addSelect("COUNT(*)", "count")
    .groupBy("o.state")
    .getRawMany<Counted>();
  const parked = await db
    .createQueryBuilder(TroubledWorkRow, "t")
    .select("t.queue", "name")
    .addSelect("COUNT(*)", "count")
    .where("t.parkedAt IS NOT NULL AND t.doneAt IS NULL")
    .groupBy("t.queue")
    .getRawMany<Counted>();
  const deliveriesWaiting = await db.countBy(DeliveryRow, { state: "WAITING" });
  const reviewsOpen = await db.countBy(IdentityReviewRow, { state: "OPEN", kind: Not("GOLD") });
  const cappedKeys = await countCapped(db);
  return { obligations: byName(obligations), parked: byName(parked), deliveriesWaiting, reviewsOpen, cappedKeys };
}

interface Counted {
  readonly name: string;
  readonly count: string | number;
}

const byName = (rows: readonly Counted[]): Record<string, number> =>
  Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)]));
