import type { EntityManager } from "typeorm";
import type { ObligationState } from "../domain/obligation.ts";
import { Obligation } from "../schema/obligation.ts";
import { DeliveryRow, TroubledWorkRow } from "./rows-clocks.ts";

export interface Counts {
  readonly obligations: Readonly<Partial<Record<ObligationState, number>>>;
  readonly parked: Readonly<Record<string, number>>;
  readonly deliveriesWaiting: number;
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
  return { obligations: byName(obligations), parked: byName(parked), deliveriesWaiting };
}

interface Counted {
  readonly name: string;
  readonly count: string | number;
}

const byName = (rows: readonly Counted[]): Record<string, number> =>
  Object.fromEntries(rows.map(({ name, count }) => [name, Number(count)]));
