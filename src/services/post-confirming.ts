// A directory that nobody confirms is wrong within a year. Each post owes its own confirmation, by a clock like every other.

import type { EntityManager } from "typeorm";
import { areaCalendar } from "../domain/calendar.ts";
import type { ClockRule } from "../domain/clock-rule.ts";
import type { Area } from "../domain/policy.ts";
import type { Obligation } from "../schema/obligation.ts";
import type { Post } from "../schema/post.ts";
import type { Caller, Hub } from "./hub.ts";
import { cancelObligations, meetObligations, openObligations } from "./obligations.ts";

export const CONFIRM_POST = "confirm-post";

/** The clock on confirming a post, after what the area has laid down. */
export const confirmPostClock = ({ edition, telling }: Pick<Area, "edition" | "telling">): ClockRule => ({
  rule: CONFIRM_POST,
  starts: "the post was last confirmed",
  owes: "the holder confirms that the post and its cover are still right",
  within: telling.confirmPostsEvery,
  fixed: false,
  urgent: false,
  review: false,
  remind: [{ workingDays: 10 }, { workingDays: 2 }],
  source: edition.source,
  guidanceVersion: edition.name,
  effectiveFrom: edition.effectiveFrom,
  status: "local",
});

interface Work {
  readonly db: EntityManager;
  readonly post: Post;
}

/** Opens the obligation to confirm a post again. One follows another: each is named by the one before it, the first by the post. */
export async function openConfirming(hub: Hub, caller: Caller, { db, post }: Work): Promise<Obligation[]> {
  const { id, agencyId, teamId, role, confirmedAt, obligationId } = post;
  return openObligations(hub, caller, {
    db,
    owed: [
      {
        clock: confirmPostClock(hub.area),
        calendar: areaCalendar(hub),
        subjectId: obligationId ?? id,
        childId: null,
        startedAt: confirmedAt,
        owner: { agencyId, teamId, role },
      },
    ],
  });
}

/** Meets what is owed and opens the next. Returns what was opened. */
export async function confirmAgain(hub: Hub, caller: Caller, { db, post }: Work): Promise<Obligation[]> {
  const ids = post.obligationId === null ? [] : [post.obligationId];
  await meetObligations(hub, caller, { db, ids, at: post.confirmedAt, because: "the post was confirmed" });
  return openConfirming(hub, caller, { db, post });
}

/** A post that has ended needs no confirming. */
export async function endConfirming(hub: Hub, caller: Caller, { db, post }: Work): Promise<void> {
  const ids = post.obligationId === null ? [] : [post.obligationId];
  await cancelObligations(hub, caller, { db, ids, because: "the post has ended" });
}
