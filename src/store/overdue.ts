import type { DataSource } from "typeorm";
import { CLOCK_ACTS } from "../domain/obligation.ts";

/** Since when the oldest work that is due has waited, of every kind the sweep would do; null where none waits. Reads one index entry
 *  of each kind, however much there is. Work that rests after a failure, parked or not, is due when it is tried again. */
export async function oldestDue(db: DataSource, now: Date): Promise<Date | null> {
  const id = (name: string) => db.driver.escape(name);
  const firstOf = (table: string, column: string, where: string) =>
    `(SELECT MIN(${id(column)}) FROM ${id(table)} WHERE ${where})`;
  const kinds = [
    ...CLOCK_ACTS.map((act) => firstOf("obligation", "nextAt", `${id("nextAct")} = '${act}'`)),
    firstOf("delivery", "nextAt", `${id("state")} = 'WAITING'`),
    firstOf("message", "handOnAt", `${id("readAt")} IS NULL`),
    `(SELECT MIN(COALESCE(t.${id("tryAt")}, r.${id("requestedAt")})) FROM ${id("route_request")} r LEFT JOIN ${id("troubled_work")} t ON t.${id("queue")} = 'routing' AND t.${id("subjectId")} = r.${id("referralId")} AND t.${id("doneAt")} IS NULL WHERE r.${id("doneAt")} IS NULL)`,
  ];
  const [row = {}] = (await db.query(
    `SELECT ${kinds.map((kind, index) => `${kind} AS due${index}`).join(", ")}`,
  )) as Record<string, Date | null>[];
  const due = Object.values(row).filter((at) => at !== null && at <= now) as Date[];
  return due.length > 0 ? new Date(Math.min(...due.map((at) => at.getTime()))) : null;
}
