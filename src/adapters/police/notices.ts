// The notices the adapter can speak of: those the force pushed and those it was asked for live, made one.

import { AgencyFault, asAgencyFault } from "../agency-fault.ts";
import type { Incident } from "./incident.ts";
import type { IncidentInbox } from "./incident-inbox.ts";
import type { ReadSide } from "./read-side.ts";
import { fromInbox, INBOX, readThreads } from "./stored-notices.ts";
import type { TimedCall } from "./time-limit.ts";

export interface Notice {
  readonly incident: Incident;
  /** Where it was read: `inbox`, or the force's own system. */
  readonly system: string;
}

/** What is known of some submissions. */
export interface Notices {
  /** By submission id, amendments included. */
  readonly known: ReadonlyMap<string, Notice>;
  /** Why something may be missing; null where everything that was asked answered. */
  readonly fault: AgencyFault | null;
  /** Submissions of which the inbox holds something that no longer reads. */
  readonly spoilt: ReadonlyMap<string, AgencyFault>;
  /** The inbox's last receipt; null where it has none, or where the force itself answered just now. */
  readonly asOf: Date | null;
}

export interface NoticeSources {
  readonly inbox: IncidentInbox;
  readonly forceIdentifier: number;
  readonly readSide: ReadSide | null;
}

/** Nothing known, for one reason. */
export const noNotices = (fault: AgencyFault | null): Notices => ({
  known: new Map(),
  fault,
  spoilt: new Map(),
  asOf: null,
});

/** Reads submissions from both sides at once. What the force says now wins over what it said before. Never throws. */
export async function gatherNotices(
  sources: NoticeSources,
  submissionIds: readonly string[],
  call: TimedCall,
): Promise<Notices> {
  const { inbox, forceIdentifier, readSide } = sources;
  const received = Promise.all([
    readThreads(sources, submissionIds),
    fromInbox("reading the last receipt", () => inbox.lastReceivedAt(forceIdentifier)),
  ]);
  const isAskedLive = readSide !== null && submissionIds.length > 0;
  const [stored, live] = await Promise.allSettled([
    call.within(INBOX, received),
    isAskedLive ? call.within(readSide.system, readSide.read(submissionIds, call)) : [],
  ]);
  const [threads, last] = stored.status === "fulfilled" ? stored.value : [{ notices: [], spoilt: new Map() }, null];
  const known = new Map(threads.notices.map((notice) => [notice.incident.submissionId, notice]));
  if (live.status === "fulfilled" && readSide)
    for (const incident of live.value) known.set(incident.submissionId, { incident, system: readSide.system });
  const failed = [live, stored].find((side) => side.status === "rejected");
  const answersLive = readSide !== null && live.status === "fulfilled";
  return {
    known,
    fault: failed ? asAgencyFault(readSide?.system ?? INBOX, failed.reason) : null,
    spoilt: threads.spoilt,
    asOf: answersLive ? null : last,
  };
}
