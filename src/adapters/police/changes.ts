// What is new: first everything the inbox received, in that order, then what a force that can be asked has changed.

import { z } from "zod";
import { AgencyFault } from "../agency-fault.ts";
import type { ChangePage } from "../agency-system.ts";
import { recordsIn } from "./find.ts";
import type { Genders } from "./notice-statements.ts";
import { gatherNotices, type Notice, type NoticeSources } from "./notices.ts";
import { fromInbox, INBOX, openStored, readStored } from "./stored-notices.ts";
import type { TimedCall } from "./time-limit.ts";

/** How far both sides have been read. `seen` are the live notices at `since` itself, which the next page begins with. */
const cursorShape = z.object({
  inbox: z.string().nullable(),
  since: z.string(),
  seen: z.array(z.string()),
  next: z.string().nullable(),
});
type Cursor = z.infer<typeof cursorShape>;

const START: Cursor = { inbox: null, since: "1970-01-01T00:00:00.000Z", seen: [], next: null };

function readCursor(text: string | null, system: string): Cursor {
  if (text === null) return START;
  try {
    return cursorShape.parse(JSON.parse(text));
  } catch {
    throw new AgencyFault(system, "BAD_REQUEST", { doing: "reading a cursor that is not one of ours" });
  }
}

interface ChangeReader extends NoticeSources {
  readonly system: string;
  readonly genders: Genders;
}

/** A page of changes. A live notice that the inbox holds too is told of once, by the inbox. */
export async function readChanges(reader: ChangeReader, text: string | null, call: TimedCall): Promise<ChangePage> {
  const { inbox, forceIdentifier, readSide, system, genders } = reader;
  const cursor = readCursor(text, system);
  const received = await call.within(
    INBOX,
    fromInbox("reading new notices", () => inbox.since(forceIdentifier, cursor.inbox)),
  );
  const page = (notices: readonly Notice[], next: Cursor, more: boolean): ChangePage => ({
    changed: recordsIn(notices, genders),
    gone: [],
    cursor: JSON.stringify(next),
    more,
  });
  const afterInbox = { ...cursor, inbox: received.cursor };
  if (received.incidents.length > 0 || !readSide) {
    const notices = received.incidents.map(openStored);
    const amended = await readStored(reader, amendedBy(notices));
    return page([...amended, ...notices], afterInbox, received.more || readSide !== null);
  }

  const asked = readSide.since(cursor.next ? { next: cursor.next } : { since: cursor.since }, call);
  const list = await call.within(readSide.system, asked);
  const ids = list.incidents.map(({ incident }) => incident.submissionId);
  const held = await readStored(reader, ids);
  const told = new Set([...cursor.seen, ...held.map(({ incident }) => incident.submissionId)]);
  const fresh = list.incidents.filter(({ incident }) => !told.has(incident.submissionId));
  const notices = fresh.map(({ incident }) => ({ incident, system: readSide.system }));
  const { known, fault, spoilt } = await gatherNotices(reader, amendedBy(notices), call);
  const missing = fault ?? [...spoilt.values()][0];
  if (missing) throw missing;
  return page(
    [...known.values(), ...notices],
    { ...afterInbox, ...watermark(cursor, list.incidents), next: list.next },
    list.next !== null,
  );
}

/** The threads of amendments among these: how the amended notice may be shared may have changed with it. */
const amendedBy = (notices: readonly Notice[]): readonly string[] =>
  notices.flatMap(({ incident }) => (incident.amends ? [incident.amends, incident.submissionId] : []));

function watermark(
  { since, seen }: Cursor,
  listed: readonly { incident: { submissionId: string }; updatedAt: string }[],
): Pick<Cursor, "since" | "seen"> {
  const latest = listed.reduce((last, { updatedAt }) => (updatedAt > last ? updatedAt : last), since);
  const atLatest = listed.filter(({ updatedAt }) => updatedAt === latest).map(({ incident }) => incident.submissionId);
  return { since: latest, seen: [...new Set([...(latest === since ? seen : []), ...atLatest])] };
}
