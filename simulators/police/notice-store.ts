// The notices the force holds, oldest first, and how a new one comes to be.

import type { PoliceNotice } from "../town/types.ts";
import type { SentNotice } from "./incident-document.ts";

export interface HeldNotice {
  notice: SentNotice;
  /** When the force last touched it: ISO 8601. */
  updatedAt: string;
}

/** What `POST /__sim/emit` takes: one of `like` (a new notice), `amend`, `replay` and `duplicate` names a notice the force holds. */
export interface EmittedNotice {
  like?: string;
  amend?: string;
  replay?: string;
  duplicate?: string;
  /** What differs from the notice named. */
  with?: Partial<SentNotice>;
}

const inOrder = (a: HeldNotice, b: HeldNotice): number =>
  a.updatedAt.localeCompare(b.updatedAt) || (a.notice.submissionId < b.notice.submissionId ? -1 : 1);

const holding = (notices: readonly PoliceNotice[]): HeldNotice[] =>
  notices.map((notice) => ({ notice, updatedAt: new Date(notice.submittedAt).toISOString() })).sort(inOrder);

/** A store over the town's notices; `now` gives the time of what is added. */
export function makeNoticeStore(notices: readonly PoliceNotice[], now: () => Date) {
  let held = holding(notices);
  let emitted = 0;

  const find = (submissionId: string): SentNotice | undefined =>
    held.find(({ notice }) => notice.submissionId === submissionId)?.notice;

  function add(from: SentNotice, changes: Partial<SentNotice>): SentNotice {
    emitted += 1;
    const at = now().toISOString();
    const submissionId = `PPN-${at.slice(0, 4)}-9${String(emitted).padStart(6, "0")}`;
    const notice = { ...structuredClone(from), submittedAt: at, submissionId, ...changes };
    held.push({ notice, updatedAt: at });
    held.sort(inOrder);
    return notice;
  }

  return {
    all: (): readonly HeldNotice[] => held,
    find,
    /** Holds these and nothing else from now on. */
    replace(others: readonly PoliceNotice[]): void {
      held = holding(others);
    },
    /** A new notice made after another: same people, its own log number. */
    addLike: (from: SentNotice, changes: Partial<SentNotice> = {}): SentNotice =>
      add(from, { amends: null, logNumber: `${from.logNumber}-${emitted + 1}`, ...changes }),
    /** A new submission under the old log number. */
    amend: (from: SentNotice, changes: Partial<SentNotice> = {}): SentNotice =>
      add(from, { amends: from.submissionId, ...changes }),
    /** These submissions and all others under their log numbers. */
    threadsOf(submissionIds: readonly string[]): ReadonlySet<string> {
      const logs = new Set(submissionIds.map((id) => find(id)?.logNumber));
      return new Set(held.filter(({ notice }) => logs.has(notice.logNumber)).map(({ notice }) => notice.submissionId));
    },
  };
}

export type NoticeStore = ReturnType<typeof makeNoticeStore>;
