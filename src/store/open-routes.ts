import type { EntityManager } from "typeorm";
import { TroubledWorkRow } from "./rows-clocks.ts";
import { RouteRequestRow } from "./rows.ts";

/** Referrals that wait for a route, oldest first (ids sort by the time they were made), without those that rest after a failure. */
export async function unroutedReferrals(
  db: EntityManager,
  { now, after, most }: { readonly now: Date; readonly after: string; readonly most: number },
): Promise<string[]> {
  const rows = await db
    .createQueryBuilder(RouteRequestRow, "request")
    .select("request.referralId", "id")
    .leftJoin(
      TroubledWorkRow,
      "trouble",
      "trouble.queue = :queue AND trouble.subjectId = request.referralId AND trouble.doneAt IS NULL",
      { queue: "routing" },
    )
    .where("request.doneAt IS NULL AND request.referralId > :after", { after })
    .andWhere("(trouble.tryAt IS NULL OR trouble.tryAt <= :now)", { now })
    .orderBy("request.referralId")
    .limit(most)
    .getRawMany<{ id: string }>();
  return rows.map(({ id }) => id);
}
