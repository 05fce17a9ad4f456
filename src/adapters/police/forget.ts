// Letting go of somebody whose records are sealed. A notice stays as the force sent it, for the others whom it names; what leads to this
// one of its people goes. A mark among the notice's keys remembers it, so that twins, who share a key, can be let go of one by one.

import { AgencyFault } from "../agency-fault.ts";
import type { IncidentPerson } from "./incident.ts";
import type { NoticeSources } from "./notices.ts";
import { recordIdOf, splitRecordId } from "./record-ids.ts";
import { searchKeysOf } from "./search-keys.ts";
import { fromInbox, openStored } from "./stored-notices.ts";

type Keeper = Pick<NoticeSources, "inbox" | "forceIdentifier">;

const markOf = ({ forceIdentifier }: Keeper, recordId: string): string => `forgotten|${forceIdentifier}|${recordId}`;

/** Those of these records that were let go of. */
export async function forgottenAmong(keeper: Keeper, recordIds: readonly string[]): Promise<ReadonlySet<string>> {
  const byMark = new Map(recordIds.map((recordId) => [markOf(keeper, recordId), recordId]));
  if (byMark.size === 0) return new Set();
  const held = await fromInbox("reading who is let go of", () => keeper.inbox.heldAmong([...byMark.keys()]));
  return new Set([...held].flatMap((mark) => byMark.get(mark) ?? []));
}

/** Takes from each notice the keys that nobody in it needs but these people, and marks them. A notice that no longer reads does not keep
 *  the others from it; it is thrown at the end. */
export async function forgetRecords(keeper: Keeper, recordIds: readonly string[]): Promise<void> {
  const bySubmission = new Map<string, string[]>();
  for (const recordId of recordIds) {
    const { submissionId } = splitRecordId(recordId) ?? {};
    if (submissionId !== undefined)
      bySubmission.set(submissionId, [...(bySubmission.get(submissionId) ?? []), recordId]);
  }
  const faults: AgencyFault[] = [];
  for (const [submissionId, forgotten] of bySubmission) {
    try {
      await forgetIn(keeper, submissionId, forgotten);
    } catch (fault) {
      if (!(fault instanceof AgencyFault) || fault.code !== "MALFORMED") throw fault;
      faults.push(fault);
    }
  }
  if (faults[0]) throw faults[0];
}

async function forgetIn(keeper: Keeper, submissionId: string, recordIds: readonly string[]): Promise<void> {
  const { inbox, forceIdentifier } = keeper;
  const rekey = (change: Parameters<typeof inbox.rekey>[2]) =>
    fromInbox("letting go of a record", () => inbox.rekey(forceIdentifier, submissionId, change));
  // Marked first: of two who do this at once, the later to read then knows of both.
  await rekey({ add: recordIds.map((recordId) => markOf(keeper, recordId)) });
  const thread = await fromInbox("reading notices", () => inbox.read(forceIdentifier, [submissionId]));
  const stored = thread.find((each) => each.submissionId === submissionId);
  if (!stored) return;
  const { incident } = openStored(stored);
  const idOf = (person: IncidentPerson) => recordIdOf(incident, person);
  const forgotten = await forgottenAmong(keeper, incident.people.map(idOf));
  const keysOf = (isForgotten: boolean) =>
    searchKeysOf({ ...incident, people: incident.people.filter((each) => forgotten.has(idOf(each)) === isForgotten) });
  const needed = keysOf(false);
  await rekey({ drop: keysOf(true).filter((key) => !needed.includes(key)) });
}
