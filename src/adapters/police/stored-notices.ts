// What the hub's own inbox holds of a force's notices.

import { AgencyFault } from "../agency-fault.ts";
import type { StoredIncident } from "./incident-inbox.ts";
import type { Notice, NoticeSources } from "./notices.ts";
import { readIncident } from "./standard-data-model.ts";

/** What the inbox is called as a system: in provenance, and in faults. */
export const INBOX = "inbox";

/** A stored document as it was read when it came. One that no longer reads is a fault of the hub's own inbox. */
export function openStored({ document }: StoredIncident): Notice {
  const doing = "reading a stored notice";
  try {
    const reading = readIncident(document);
    if (reading.ok) return { incident: reading.incident, system: INBOX };
  } catch (cause) {
    throw new AgencyFault(INBOX, "MALFORMED", { doing, cause });
  }
  throw new AgencyFault(INBOX, "MALFORMED", { doing });
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

interface Threads {
  readonly notices: readonly Notice[];
  readonly spoilt: ReadonlyMap<string, AgencyFault>;
}

/** The same, but a notice that no longer reads costs only those submissions that hang together with it. */
export async function readThreads(sources: NoticeSources, submissionIds: readonly string[]): Promise<Threads> {
  try {
    return { notices: await readStored(sources, submissionIds), spoilt: new Map() };
  } catch (fault) {
    if (!(fault instanceof AgencyFault) || fault.code !== "MALFORMED") throw fault;
    const [only, ...others] = submissionIds;
    if (only !== undefined && others.length === 0) return { notices: [], spoilt: new Map([[only, fault]]) };
    const threads = await Promise.all(submissionIds.map((id) => readThreads(sources, [id])));
    return {
      notices: threads.flatMap(({ notices }) => notices),
      spoilt: new Map(threads.flatMap(({ spoilt }) => [...spoilt])),
    };
  }
}
