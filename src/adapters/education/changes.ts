// What changed at the schools: for each, its students, its leavers and its deletions since the last run began, less five
// minutes. Told once per version of a record, though pages drift and runs overlap.

import type { z } from "zod";
import { AgencyFault } from "../agency-fault.ts";
import type { ChangePage, FoundRecord } from "../agency-system.ts";
import { RECORD_INCLUDE, foundRecord, listSchools } from "./find.ts";
import { instantOf, updatedAfter } from "./php-date.ts";
import { recordIdOf } from "./record-id.ts";
import type { Directory } from "./school-directory.ts";
import { LISTS, isNews, nextSince, readCursor, type Place, type Run } from "./sync-cursor.ts";
import { Deletion } from "./wonde-body.ts";
import { Student } from "./student-body.ts";
import { PAGE_SIZE, schoolPath, type Page, type Reader } from "./wonde-reader.ts";

/** Things not as agreed that a page may have before it is the API that has changed, and not a record that is wrong. */
const MOST_SKIPPED = 5;

/** Pages read for one answer where nothing is new: two seconds of what the lane allows. */
const PAGES_A_CALL = 60;

interface Following {
  readonly reader: Reader;
  readonly directory: Directory;
  readonly only: readonly string[] | null;
  readonly now: () => Date;
}

interface News {
  readonly changed: FoundRecord[];
  readonly gone: string[];
}

/** A run stands on the schools' clock, not ours: theirs stamps the records. */
async function begin({ reader, directory, only, now }: Following): Promise<Run> {
  const { servedAt } = await reader.page({ path: "v1.0/schools?per_page=1", doing: "reading the schools' clock" });
  const schools = await listSchools(reader, only);
  for (const school of schools) directory.remember(school);
  const left = schools.map(({ id }) => id);
  return { at: (servedAt ?? now()).toISOString(), left, list: "students", next: null, told: [] };
}

function pathOf({ since }: Place, { list, next }: Run, school: string): string {
  if (next) return next;
  const from = since[school];
  return schoolPath(school, `/${list}`, {
    per_page: String(PAGE_SIZE),
    cursor: "true",
    ...(list !== "deletions" && { include: RECORD_INCLUDE }),
    ...(from && { updated_after: updatedAfter(new Date(from)) }),
  });
}

/** What is as agreed of a page's things. One that is not is left out until it is corrected, which makes it news: reading from
 *  before it again would bring the whole school with it. */
function readable<Schema extends z.ZodType>(reader: Reader, schema: Schema, items: Page["items"]) {
  const read = reader.parseAll(schema, { items, fault: null }, "reading what changed");
  if (read.fault && items.length - read.items.length > MOST_SKIPPED) throw read.fault;
  return read.items;
}

/** The news on one page; remembers in `place` what it told. */
async function newsOn({ items }: Page, place: Place, { reader, directory }: Following): Promise<News> {
  const news: News = { changed: [], gone: [] };
  const { run } = place;
  const school = run?.left[0];
  if (!run || school === undefined) return news;
  if (run.list === "deletions") {
    for (const { id, type, deleted_at, restored_at } of readable(reader, Deletion, items)) {
      const recordId = recordIdOf(school, id);
      if (type === "student" && !restored_at && isNews(place, `${recordId} gone`, instantOf(deleted_at)))
        news.gone.push(recordId);
    }
    return news;
  }
  const students = readable(reader, Student, items);
  const fresh = students.filter(({ id, updated_at }) => isNews(place, recordIdOf(school, id), instantOf(updated_at)));
  if (fresh.length === 0) return news;
  const name = await directory.name(reader, school);
  return { ...news, changed: fresh.map((student) => foundRecord(student, school, name)) };
}

/** A `next` link without its host: the cursor outlives the call, and the system may have moved when it is used. */
const belowBase = (next: string): string => next.replace(/^.*?(?=v1\.0\/)/, "");

/** Moves on by a page, a list, a school, or to the end of the run. */
function advance(place: Place, run: Run, next: string | null): Place {
  if (next) return { ...place, run: { ...run, next: belowBase(next) } };
  const list = LISTS[LISTS.indexOf(run.list) + 1];
  if (list) return { ...place, run: { ...run, list, next: null } };
  const [done = "", ...left] = run.left;
  const since = { ...place.since, [done]: nextSince(run).toISOString() };
  return leaveSchool({ ...place, since }, run, left);
}

const leaveSchool = (place: Place, run: Run, left: string[]): Place =>
  left.length > 0
    ? { ...place, run: { ...run, left, list: "students", next: null } }
    : { ...place, told: run.told, run: null };

/** One page of the walk. A school that withdrew its approval, or is gone, is left out: should it come back, it is read from
 *  where it was left. */
async function step(following: Following, place: Place, run: Run): Promise<{ place: Place; news: News }> {
  const nothing: News = { changed: [], gone: [] };
  const [school, ...left] = run.left;
  if (school === undefined) return { place: leaveSchool(place, run, []), news: nothing };
  const { reader } = following;
  let page: Page;
  try {
    page = await reader.page({ path: pathOf(place, run, school), doing: `reading changes of ${run.list}` });
  } catch (error) {
    const closed = error instanceof AgencyFault && (error.code === "FORBIDDEN" || error.code === "NOT_FOUND");
    if (!closed) throw error;
    return { place: leaveSchool(place, run, left), news: nothing };
  }
  const news = await newsOn(page, place, following);
  return { place: advance(place, run, page.next), news };
}

/** Reads on until there is news, or the run ends, or enough pages were read. A run with nothing new takes two requests and
 *  three for each school. */
export async function changes(following: Following, cursor: string | null): Promise<ChangePage> {
  let place = readCursor(cursor, following.reader.system);
  let news: News = { changed: [], gone: [] };
  for (let pages = 0; pages < PAGES_A_CALL; pages += 1) {
    const run = place.run ?? (await begin(following));
    ({ place, news } = await step(following, { ...place, run }, run));
    if (place.run === null || news.changed.length > 0 || news.gone.length > 0) break;
  }
  return { ...news, cursor: JSON.stringify(place), more: place.run !== null };
}
