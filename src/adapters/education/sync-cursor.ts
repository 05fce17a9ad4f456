// Where the walk through the schools' changes stands, as text for the hub to keep. It names schools and instants, no child:
// what was already told is held as a digest.

import { createHash } from "node:crypto";
import { z } from "zod";
import { AgencyFault } from "../agency-fault.ts";

/** The lists a school is walked through, in this order: who was deleted is told last, and so stays gone. */
export const LISTS = ["students", "student-leavers", "deletions"] as const;

const instant = z.iso.datetime();

const Place = z.object({
  v: z.literal(1),
  /** For each school the instant from which its next run reads. A school not named is read from the beginning. */
  since: z.record(z.string(), instant),
  /** Digests of what the last run told that the next will be given again, because the two overlap. */
  told: z.array(z.string()),
  run: z
    .object({
      /** The schools' own time when the run began. */
      at: instant,
      /** Schools still to be read; the first is being read. */
      left: z.array(z.string()),
      list: z.enum(LISTS),
      next: z.string().nullable(),
      told: z.array(z.string()),
    })
    .nullable(),
});
export type Place = z.infer<typeof Place>;
export type Run = NonNullable<Place["run"]>;

export function readCursor(cursor: string | null, system: string): Place {
  if (cursor === null) return { v: 1, since: {}, told: [], run: null };
  try {
    return Place.parse(JSON.parse(cursor));
  } catch {
    throw new AgencyFault(system, "BAD_REQUEST", { doing: "reading where the last run ended" });
  }
}

/** Each run begins so long before the last one began: whatever was being written then is read again. */
const OVERLAP_MS = 5 * 60_000;
/** How much further back a school's answer may reach, see `updatedAfter`. */
const EARLY_MS = 60 * 60_000;
/** Digests kept, some 60 kB; beyond that a record may be told twice, which does no harm. */
const MOST_TOLD = 5_000;

/** From where the run after this one reads. */
export const nextSince = ({ at }: Run): Date => new Date(Date.parse(at) - OVERLAP_MS);

const digest = (text: string): string => createHash("sha256").update(text).digest("base64url").slice(0, 11);

/** Whether this version of a record is news, and the run that remembers it where the next run will meet it again. A record
 *  without a time of change is always news. */
export function isNews(place: Place, recordId: string, changedAt: Date | null): boolean {
  const { run, told } = place;
  if (!run || !changedAt) return true;
  const key = digest(`${recordId}@${changedAt.toISOString()}`);
  const known = told.includes(key) || run.told.includes(key);
  const again = changedAt.getTime() >= nextSince(run).getTime() - EARLY_MS;
  if (again && !run.told.includes(key) && run.told.length < MOST_TOLD) run.told.push(key);
  return !known;
}
