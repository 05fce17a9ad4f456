// What every OneRoster object has.

import { schoolYear } from "../town/days.ts";
import type { Day, Instant } from "../town/types.ts";

export const BASE = "/ims/oneroster/rostering/v1p2";

const TYPES = {
  orgs: "org",
  users: "user",
  classes: "class",
  courses: "course",
  academicSessions: "academicSession",
  terms: "term",
} as const;

/** A link to another object. `base` is where the collections are, as the caller reached them. */
export const reference = (base: string, collection: keyof typeof TYPES, sourcedId: string) => ({
  href: `${base}/${collection}/${sourcedId}`,
  sourcedId,
  type: TYPES[collection],
});

/** How the objects of one answer are shown. */
export interface Shown {
  base: string;
  /** Id, status and time of change; null for what has not changed since the school year began. */
  common: (
    sourcedId: string,
    changedAt: Instant | null,
  ) => {
    sourcedId: string;
    status: string;
    dateLastModified: string;
    metadata: Record<string, string>;
  };
}

export function shownAt(base: string, until: Day): Shown {
  const began = `${schoolYear(until).slice(0, 4)}-09-01`;
  return {
    base,
    common: (sourcedId, changedAt) => ({
      sourcedId,
      status: "active",
      dateLastModified: new Date(changedAt ?? began).toISOString(),
      metadata: { synthetic: "true" },
    }),
  };
}
