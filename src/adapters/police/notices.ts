// The notices the adapter can speak of: those the force pushed and those it was asked for live, made one.

import { AgencyFault, asAgencyFault } from "../agency-fault.ts";
import type { Call } from "../agency-system.ts";
import type { Incident, IncidentPerson } from "./incident.ts";
import type { IncidentInbox, StoredIncident } from "./incident-inbox.ts";
import type { ReadSide } from "./read-side.ts";
import { soundOf } from "./search-keys.ts";
import { readIncident } from "./standard-data-model.ts";

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
  /** The inbox's last receipt; null where it has none, or where the force itself answered just now. */
  readonly asOf: Date | null;
}

export interface NoticeSources {
  readonly inbox: IncidentInbox;
  readonly forceIdentifier: number;
  readonly readSide: ReadSide | null;
}

export const INBOX = "inbox";

/** A stored document as it was read when it came. One that no longer reads is a fault of the hub's own inbox. */
export function openStored({ document }: StoredIncident): Notice {
  const reading = readIncident(document);
  if (reading.ok) return { incident: reading.incident, system: INBOX };
  throw new AgencyFault(INBOX, "MALFORMED", { doing: "reading a stored notice" });
}

/** Whatever the inbox does, as the port's faults. */
export async function fromInbox<T>(doing: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AgencyFault) throw cause;
    throw new AgencyFault(INBOX, "UNAVAILABLE", { doing, cause });
  }
}

/** What the inbox holds of these submissions and their amendments. It is not asked about none. */
export const readStored = async ({ inbox, forceIdentifier }: NoticeSources, submissionIds: readonly string[]) =>
  submissionIds.length === 0
    ? []
    : fromInbox("reading notices", async () => (await inbox.read(forceIdentifier, submissionIds)).map(openStored));

/** Reads submissions from both sides at once. What the force says now wins over what it said before. Never throws. */
export async function gatherNotices(
  sources: NoticeSources,
  submissionIds: readonly string[],
  call: Call,
): Promise<Notices> {
  const { inbox, forceIdentifier, readSide } = sources;
  const received = fromInbox("reading notices", async () => ({
    notices: await readStored(sources, submissionIds),
    last: await inbox.lastReceivedAt(forceIdentifier),
  }));
  const listed = readSide && submissionIds.length > 0 ? readSide.read(submissionIds, call) : Promise.resolve([]);
  const [stored, live] = await Promise.allSettled([received, listed]);
  const known = new Map<string, Notice>();
  if (stored.status === "fulfilled")
    for (const notice of stored.value.notices) known.set(notice.incident.submissionId, notice);
  if (live.status === "fulfilled" && readSide)
    for (const incident of live.value) known.set(incident.submissionId, { incident, system: readSide.system });
  const failed = [live, stored].find((side) => side.status === "rejected");
  const answersLive = readSide !== null && live.status === "fulfilled";
  return {
    known,
    fault: failed ? asAgencyFault(readSide?.system ?? INBOX, failed.reason) : null,
    asOf: answersLive || stored.status === "rejected" ? null : stored.value.last,
  };
}

/** The last word on a notice: itself, or what amended it, or what amended that. */
export function currentOf(notice: Notice, known: ReadonlyMap<string, Notice>): Notice {
  const passed = new Set<string>();
  let current = notice;
  for (let next: Notice | undefined = notice; next; next = amendmentOf(current.incident, known)) {
    if (passed.has(next.incident.submissionId)) break;
    passed.add(next.incident.submissionId);
    current = next;
  }
  return current;
}

const amendmentOf = (amended: Incident, known: ReadonlyMap<string, Notice>): Notice | undefined =>
  [...known.values()]
    .filter(({ incident }) => incident.amends === amended.submissionId && incident.logNumber === amended.logNumber)
    .sort((a, b) => b.incident.submittedAt.localeCompare(a.incident.submittedAt))[0];

/** The same person in an amendment: the same id there, and a surname or date of birth that still agrees. */
export function sameIn(amendment: Incident, person: IncidentPerson): IncidentPerson | null {
  const found = amendment.people.find(({ id }) => id === person.id);
  if (!found) return null;
  const agrees =
    (found.bornOn !== null && found.bornOn === person.bornOn) ||
    (person.surname !== null && soundOf(found.surname ?? "") === soundOf(person.surname));
  return agrees ? found : null;
}
