// Claiming what is due, and moving it on: the two statements on which everything that must not be forgotten stands.

import type { EntityManager } from "typeorm";
import { groupBy } from "../domain/group.ts";
import type { ClockAct, ObligationState } from "../domain/obligation.ts";
import { Obligation } from "../schema/obligation.ts";

export interface Claim {
  readonly acts: readonly ClockAct[];
  readonly upTo: Date;
  readonly most: number;
  /** Only these. */
  readonly ids?: readonly string[];
}

/** What is due, the oldest of each act first, held until the transaction ends. What another process holds is passed over, not waited
 *  for. In the order of the index: a database that sorts reads, and holds, all that is due for every batch. */
export function claimDue(db: EntityManager, { acts, upTo, most, ids }: Claim): Promise<Obligation[]> {
  const query = db
    .createQueryBuilder(Obligation, "o")
    .where("o.nextAct IN (:...acts) AND o.nextAt <= :upTo", { acts, upTo })
    .orderBy("o.nextAct", "ASC")
    .addOrderBy("o.nextAt", "ASC")
    .limit(most)
    .setLock("pessimistic_write")
    .setOnLocked("skip_locked");
  return (ids ? query.andWhere("o.id IN (:...ids)", { ids }) : query).getMany();
}

/** Where a row goes from here. */
export interface Way {
  readonly state: ObligationState;
  readonly nextAct: ClockAct | null;
  readonly nextNumber: number;
  readonly nextAt: Date | null;
}

export interface Move {
  readonly id: string;
  readonly way: Way;
}

/** Moves these rows, which the transaction holds. Those that go the same way, as all that fall due together do, go in one statement. */
export async function moveOn(db: EntityManager, moves: readonly Move[]): Promise<void> {
  for (const group of groupBy(moves, ({ way }) => JSON.stringify(way)).values()) {
    const ids = group.map(({ id }) => id);
    const [first] = group;
    if (first)
      await db.createQueryBuilder().update(Obligation).set(first.way).where("id IN (:...ids)", { ids }).execute();
  }
}
