// Who read what, counted in the database for one stretch of time after the other: a report on three months of a million entries never holds
// more than a day of them.

import type { DataSource } from "typeorm";
import type { ChildReads, Refused } from "../domain/read-patterns.ts";
import { AuditRow } from "./rows-audit.ts";

/** Reading a child: what every way to one goes through. */
const CHILD_READ = "child.read";
const CHILD_FIND = "child.find";

export interface Stretch {
  readonly startAt: Date;
  /** The first instant after it. */
  readonly endAt: Date;
}

/** Entries of people: an agency's system and the hub's own jobs read at any hour, and have no neighbours. */
const ofPeople = (db: DataSource, { startAt, endAt }: Stretch) =>
  db.manager
    .createQueryBuilder(AuditRow, "a")
    .where("a.at >= :startAt AND a.at < :endAt", { startAt, endAt })
    .andWhere("(a.role IS NULL OR a.role <> 'AGENCY_SYSTEM') AND a.actorId NOT LIKE 'clock:%'");

/** Who looked up which child, each pair once. */
export async function readsIn(db: DataSource, stretch: Stretch): Promise<ChildReads[]> {
  const rows = await ofPeople(db, stretch)
    .andWhere("a.what = :read AND a.subjectId IS NOT NULL", { read: CHILD_READ })
    .select("a.actorId", "actorId")
    .addSelect("MAX(a.role)", "role")
    .addSelect("a.subjectId", "childId")
    .addSelect("SUM(CASE WHEN a.allowed = :yes THEN 1 ELSE 0 END)", "opened")
    .setParameter("yes", true)
    .addSelect("COUNT(*)", "times")
    .addSelect("MIN(a.at)", "firstAt")
    .addSelect("MAX(a.at)", "lastAt")
    .groupBy("a.actorId")
    .addGroupBy("a.subjectId")
    .getRawMany<Omit<ChildReads, "opened" | "refused"> & { opened: string; times: string }>();
  return rows.map(({ opened, times, ...read }) => {
    return { ...read, opened: Number(opened), refused: Number(times) - Number(opened) };
  });
}

/** What was not allowed; of children whom a search found it says so. */
export async function refusalsIn(db: DataSource, stretch: Stretch): Promise<Refused[]> {
  const rows = await ofPeople(db, stretch)
    .andWhere("(a.allowed = :no OR a.what = :find)", { no: false, find: CHILD_FIND })
    .select("a.actorId", "actorId")
    .addSelect("a.role", "role")
    .addSelect("a.what", "what")
    .addSelect("a.allowed", "allowed")
    .addSelect("a.subjectId", "subjectId")
    .addSelect("a.requestId", "requestId")
    .addSelect("a.at", "at")
    .orderBy("a.at", "ASC")
    .getRawMany<Pick<AuditRow, "actorId" | "role" | "what" | "allowed" | "subjectId" | "requestId" | "at">>();
  const isSearch = ({ what, allowed }: (typeof rows)[number]) => what === CHILD_FIND && Boolean(allowed);
  const searches = new Set(rows.filter(isSearch).map(({ requestId }) => requestId));
  return rows
    .filter((row) => !isSearch(row))
    .map(({ actorId, role, what, subjectId, requestId, at }) => {
      const child = what === CHILD_READ;
      return { actorId, role, childId: child ? subjectId : null, found: child && searches.has(requestId), at };
    });
}
