// The copy of what the hub holds about a child, for the family: other people are taken out of it, and so is whatever could lead to a
// child in hiding. What was left out, and what a person must still read, stands in a part for the officer alone.

import type { EntityManager } from "typeorm";
import type { Compared } from "../domain/compared.ts";
import { dayInEngland } from "../domain/plain-date.ts";
import { makeRedact } from "../domain/redaction.ts";
import { entriesAbout, namesOfWorkers, type ReadCopy, readCopy, type Seen } from "../store/child-copy.ts";
import { everyIdOf } from "../store/people.ts";
import type { Hub } from "./hub.ts";
import { openProfile } from "./identity-profiles.ts";
import { aboutTheHub } from "./subject-access-words.ts";
import { workShown } from "./subject-access-work.ts";

/** Something that is not in the copy. */
interface LeftOut {
  readonly what: string;
  readonly why: string;
  readonly howMany: number;
}

/** Shows words of somebody's: without other people, and noted for the officer to read. */
export type ShowWords = (place: string, words: string | null) => string | null;

/** What leads to where a child is: a child in hiding is found by it. */
const LEADS_TO_THEM: ReadonlySet<string> = new Set(["postcode", "upn", "upnVerified", "phone", "email"]);
/** Acts that tell of a shield, a hold or a sealing. */
const NOT_TOLD = /^(hold|erasure|shield|records\.sealed|sealed|subject-access|access\.shield)/;

const HARM =
  "it could put the child or somebody else at risk of serious harm (Data Protection Act 2018, schedules 2 and 3)";

/** Makes the copy as text: JSON. */
export async function makeCopy(
  hub: Hub,
  db: EntityManager,
  { childId, receivedAt }: { readonly childId: string; readonly receivedAt: Date },
): Promise<string> {
  const personIds = (await everyIdOf(db, [childId])).get(childId) ?? [childId];
  const read = await readCopy(db, personIds);
  const guarded = read.shields.some(({ liftedAt }) => liftedAt === null) || read.records.some((row) => row.restricted);
  const compared = read.records.map((row) => ({ row, values: openProfile(hub, row)?.compared ?? {} }));
  const names = [...(await namesOfWorkers(db)), ...read.access.flatMap(({ actorName }) => actorName ?? [])];
  const own = guarded ? ["forename", "middle", "surname", "nhs"] : null;
  const redact = makeRedact({ names, own: compared.flatMap(({ values }) => ownWords(values, own)) });
  const readBefore: string[] = [];
  let taken = 0;
  const words: ShowWords = (place, given) => {
    if (given === null) return null;
    const left = redact(given);
    taken += left.taken;
    readBefore.push(place);
    return left.words;
  };
  const nameOf = (agencyId: string | null) =>
    hub.area.agencies.find(({ id }) => id === agencyId)?.name ?? agencyId ?? "somebody of no agency of the area";
  const holders = [...new Set(read.records.filter(({ gone }) => !gone).map(({ agencyId }) => agencyId))].sort();
  const subjects = [...personIds, ...[read.referrals, read.obligations, read.escalations].flatMap(idsOf)];
  const { seen, notTold } = await seenBy(db, subjects, guarded ? () => "left out" : nameOf);
  const forTheFamily = {
    ...aboutTheHub(hub),
    child: { id: childId, alsoKnownAs: personIds.filter((id) => id !== childId) },
    receivedAt,
    madeAt: hub.now(),
    agenciesThatHoldRecords: guarded ? "left out" : holders.map(nameOf),
    comparedBy: compared.map(({ row, values }) => ({
      agency: guarded ? "left out" : nameOf(row.agencyId),
      since: row.firstSeenAt,
      values: Object.fromEntries(Object.entries(values).filter(([field]) => !guarded || !LEADS_TO_THEM.has(field))),
    })),
    shownAsOneWithAnotherChild: read.corrections.map(({ joinedAt, at }) => ({ from: joinedAt, until: at })),
    ...workShown(read, { words, nameOf: guarded ? () => "left out" : nameOf }),
    whoSawIt: seen,
  };
  const leftOut: readonly LeftOut[] = [
    {
      what: "names, addresses, telephone numbers and other numbers in people's words",
      why: "they are other people's",
      howMany: taken,
    },
    {
      what: "who made each referral, step and entry, by name",
      why: "they are other people's; the role and agency are given",
      howMany: read.referrals.length + read.steps.length,
    },
    ...(guarded ? guardedOut(read) : []),
    { what: "legal holds", why: "whether to tell is yours to decide", howMany: read.holds.length },
    { what: "entries of the audit about shields, holds and requests like this", why: HARM, howMany: notTold },
  ];
  const forTheOfficer = {
    notice: guarded
      ? "An agency has restricted this child's record, or a shield is in force. The copy leaves out what could lead to the child, and does not say that a shield is. Ask whoever keeps the shield before you hand anything on."
      : "Nobody has shielded or restricted this child.",
    leftOut: leftOut.filter(({ howMany }) => howMany > 0),
    readBefore,
    why: "These passages are people's own words. What can be found by its shape was taken out; brothers and sisters, neighbours and whoever spoke up may still be named. Read each before the copy goes on, and leave out entries of the police where telling would prejudice an enquiry.",
    askForTheirRecords: holders,
  };
  return JSON.stringify({ forTheFamily, forTheOfficer }, null, 2);
}

const idsOf = (rows: readonly { readonly id: string }[]): string[] => rows.map(({ id }) => id);

const guardedOut = ({ records, shields }: ReadCopy): LeftOut[] => [
  { what: "agencies, postcodes, pupil numbers and ways to reach somebody", why: HARM, howMany: records.length },
  { what: "shields: that there is one, why, and since when", why: HARM, howMany: shields.length },
];

/** What is the child's own in people's words: all of it, or of a child in hiding what does not lead there. */
const ownWords = (values: Compared, only: readonly string[] | null): string[] =>
  Object.entries(values).flatMap(([field, each]) => (!only || only.includes(field) ? (each ?? []) : []));

/** Who saw or changed it, by day, role and agency; nobody by name. */
async function seenBy(db: EntityManager, subjects: readonly string[], nameOf: (agencyId: string | null) => string) {
  const groups = new Map<string, ReturnType<typeof entry> & { times: number }>();
  let notTold = 0;
  for await (const page of entriesAbout(db, subjects))
    for (const each of page) {
      if (NOT_TOLD.test(each.what)) {
        notTold += 1;
        continue;
      }
      const shown = entry(each, nameOf);
      // Two people of one role on one day are two lines.
      const key = JSON.stringify([shown, each.actorId]);
      const known = groups.get(key);
      if (known) known.times += 1;
      else groups.set(key, { ...shown, times: 1 });
    }
  return { seen: [...groups.values()].toSorted((a, b) => (a.on < b.on ? -1 : Number(a.on > b.on))), notTold };
}

const entry = (
  { at, role, agencyId, what, allowed, purpose, power, parts }: Seen,
  nameOf: (id: string | null) => string,
) => ({
  on: dayInEngland(at),
  by: role ?? "the hub itself",
  agency: agencyId === null ? null : nameOf(agencyId),
  what,
  refused: !allowed,
  purpose,
  power,
  parts,
});
