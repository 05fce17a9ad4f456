// Looking children up. Every way to a child goes through `readChildren`, which decides and records once for each.

import { In } from "typeorm";
import type { Access } from "../domain/access.ts";
import { AgencyFault, asAgencyFault } from "../adapters/agency-fault.ts";
import type { AgencySystem, PersonSearch } from "../adapters/agency-system.ts";
import { type FaultCode, saysNothing, whyNot } from "../domain/absence.ts";
import type { Agency } from "../domain/agency.ts";
import { beliefShown } from "../domain/belief-shown.ts";
import { groupBy } from "../domain/group.ts";
import { isValidNhsNumber, isValidUpn, normaliseNhsNumber, normaliseUpn } from "../domain/identifiers.ts";
import { identifierKeyText } from "../domain/link-keys.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayOpen, mayReadChildren, mayReadRecordIds, opens, type Ruling } from "../domain/sharing.ts";
import type { IdentifierKind } from "../domain/statements.ts";
import { isUuid } from "../domain/uuid.ts";
import type { Source } from "../schema/agency-answer.ts";
import type { ChildSearch, LinkedRecord } from "../schema/child.ts";
import { pointersOf } from "../store/pointers.ts";
import { recordsWithKeys } from "../store/link-keys.ts";
import { IdentityLinkRow } from "../store/rows-identity.ts";
import { recordHash } from "../store/row-hashes.ts";
import { AgencyRecordRow, PersonRow } from "../store/rows.ts";
import { accessTo, accessToOne } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { linkHash } from "./identity-profiles.ts";
import { noteRecords } from "./records.ts";
import { isSealedNumber } from "./sealing.ts";
import { standingOf } from "./standing.ts";

/** A child, with what this caller may see of it. */
export interface ChildKey {
  readonly id: string;
  readonly access: Access;
}

/** The children with these ids that the hub knows, null for each it does not; what was read is on record before it is given. Somebody
 *  who turned out to be another child is that one: the id given is theirs. */
export async function readChildren(hub: Hub, caller: Caller, ids: readonly string[]): Promise<(ChildKey | null)[]> {
  const ruling = mayReadChildren(caller.actor);
  const asked = ids.filter(isUuid);
  await permitOrRecord(hub, caller, { what: "child.read", subjects: asked, ruling });
  const children = asked.length > 0 ? await pointersOf(hub.db).children(asked) : [];
  const known = new Map(asked.flatMap((id, at) => (children[at] ? [[id, children[at]]] : [])));
  const access = await accessTo(hub, caller, [...new Set(known.values())]);
  await putOnRecord(hub, caller, access);
  return ids.map((id) => {
    const now = known.get(id);
    const mine = now === undefined ? undefined : access.get(now);
    return now === undefined || !mine || mine.barred ? null : { id: now, access: mine };
  });
}

/** A child that is looked at is on record, and so is one that is not shown: with the request, or at once where there is none. */
async function putOnRecord(hub: Hub, caller: Caller, access: ReadonlyMap<string, Access>): Promise<void> {
  const byRule = groupBy([...access], ([, { rule }]) => rule);
  for (const some of byRule.values()) {
    const [first] = some;
    if (!first) continue;
    const [, decided] = first;
    if (caller.trail && !decided.barred)
      for (const [childId, mine] of some) caller.trail.read({ childId, access: mine, parts: [], sources: [] });
    else await record(hub, caller, { what: "child.read", subjects: some.map(([id]) => id), ruling: mayOpen(decided) });
  }
}

/** The number as it is compared. Refuses one whose check digit is wrong, without repeating it. */
function checked({ kind, value }: { kind: IdentifierKind; value: string }): string {
  const valid = { NHS_NUMBER: isValidNhsNumber, UPN: isValidUpn, LA_CHILD_ID: () => true, LOCAL_ID: () => true };
  if (!valid[kind](value))
    throw new Refusal("BAD_INPUT", `That is not a valid ${kind}: look at its check digit or letter`);
  if (kind === "NHS_NUMBER") return normaliseNhsNumber(value);
  return kind === "UPN" ? normaliseUpn(value) : value.trim();
}

/** The child known by this number: from the hub's own keys, else by asking every agency that can be searched by it. Null means
 *  that those that could say answered, and none knows it; anything less is refused as INCOMPLETE, since nobody can say. */
export async function childByIdentifier(
  hub: Hub,
  caller: Caller,
  identifier: { kind: IdentifierKind; value: string; ruling?: Ruling },
): Promise<string | null> {
  await recordSearch(hub, caller, identifier.ruling);
  const value = checked(identifier);
  const known = await knownByIdentifier(hub, { ...identifier, value });
  const isHidden = known !== null && !identifier.ruling && (await isBarred(hub, caller, known));
  // A sealed number finds nobody, and so does that of a child who is hidden from the caller: as slowly as one that nobody has, and
  // as unsurely while an agency is silent.
  const finding = isHidden || (await isSealedNumber(hub, { ...identifier, value })) ? "NOBODY" : "ANYBODY";
  if (known && finding === "ANYBODY") return known;
  const search = {
    identifier: { kind: identifier.kind, value, verified: false },
    forename: null,
    surname: null,
    bornOn: null,
    postcode: null,
  };
  const { childIds, sources } = await askForPeople(hub, caller, { search, finding });
  const [only] = childIds;
  if (childIds.length > 1) throw severalPeople();
  if (only) return only;
  if (saysNothing(sources.map(({ status }) => status))) return null;
  const silent = sources.filter(({ status }) => status !== "NOTHING_RECORDED").map(({ agency }) => agency.name);
  throw new Refusal(
    "INCOMPLETE",
    `Nobody is known by that number so far, but not everybody could say: ${silent.join(", ") || "no agency is connected"}`,
  );
}

/** Whether the caller may not know of this child. That they came upon them is on record. */
async function isBarred(hub: Hub, caller: Caller, childId: string): Promise<boolean> {
  const access = await accessToOne(hub, caller, childId);
  if (access.barred) await record(hub, caller, { what: "child.read", subjects: [childId], ruling: mayOpen(access) });
  return access.barred;
}

/** The person known by this number from the hub's own keys, for whoever may know of every child; null where there is none, and where it
 *  is sealed. No agency is asked. */
export async function childKnownBy(
  hub: Hub,
  identifier: { kind: IdentifierKind; value: string },
): Promise<string | null> {
  const wanted = { kind: identifier.kind, value: checked(identifier) };
  const known = await knownByIdentifier(hub, wanted);
  return (await isSealedNumber(hub, wanted)) ? null : known;
}

const severalPeople = () =>
  new Refusal("CONFLICT", "Agencies hold this number for different people: ask them before you go on");

async function knownByIdentifier(hub: Hub, { kind, value }: { kind: IdentifierKind; value: string }) {
  const { manager } = hub.db;
  const rows =
    kind === "LA_CHILD_ID" || kind === "LOCAL_ID"
      ? await manager.findBy(AgencyRecordRow, {
          recordHash: In(agenciesWith(hub, kind).map((agencyId) => recordHash(hub, agencyId, value))),
          agencyId: In(agenciesWith(hub, kind)),
          gone: false,
        })
      : await rowsByKey(hub, identifierKeyText(kind === "NHS_NUMBER" ? "nhs" : "upn", value));
  const people = new Set(rows.map(({ personId }) => personId));
  if (people.size > 1) throw severalPeople();
  return [...people][0] ?? null;
}

/** A council's number is looked for at councils; a number of an agency's own, wherever it may be. */
const agenciesWith = ({ systems }: Hub, kind: "LA_CHILD_ID" | "LOCAL_ID"): string[] =>
  [...systems.values()]
    .filter(({ agency }) => kind === "LOCAL_ID" || agency.sector === "SOCIAL_CARE")
    .map(({ agency }) => agency.id);

async function rowsByKey(hub: Hub, text: string | null) {
  if (text === null) return [];
  const hash = linkHash(hub, text);
  const { byHash } = await recordsWithKeys(hub.db.manager, [hash]);
  return hub.db.manager.findBy(AgencyRecordRow, { id: In([...(byHash.get(hash) ?? [])]) });
}

/** Children who may be the one looked for: what every agency finds, each as the hub knows them. Nothing is ranked. */
export async function findChildren(hub: Hub, caller: Caller, search: ChildSearch): Promise<FoundChildren> {
  await recordSearch(hub, caller);
  const { forename = null, surname, bornOn, postcode = null } = search;
  if (bornOn < "1900-01-01") throw new Refusal("BAD_INPUT", "search.bornOn: must be a day since 1900");
  const wanted = { identifier: null, forename, surname, bornOn, postcode };
  return askForPeople(hub, caller, { search: wanted, finding: "ANYBODY" });
}

/** A search is on record before anybody is asked, whoever is found or not; what was searched for is not. */
async function recordSearch(hub: Hub, caller: Caller, ruling = mayReadChildren(caller.actor)): Promise<void> {
  const act = { what: "child.find", subjects: [], ruling };
  await permitOrRecord(hub, caller, act);
  await record(hub, caller, act);
}

interface Looking {
  readonly search: PersonSearch;
  /** `NOBODY`: whoever is found is not given, as if nobody had been. */
  readonly finding: "ANYBODY" | "NOBODY";
}

export interface FoundChildren {
  /** In the order in which the agencies named them. */
  readonly childIds: readonly string[];
  readonly sources: readonly Source[];
}

/** Asks every agency, notes what each finds, and says which could not say. An agency that knows only adults of that name says
 *  as little as one that knows nobody. */
async function askForPeople(hub: Hub, caller: Caller, { search, finding }: Looking): Promise<FoundChildren> {
  const answers = await Promise.all([...hub.systems.values()].map((system) => askOne(hub, caller, { system, search })));
  const found = finding === "ANYBODY" ? answers : answers.map((answer) => ({ ...answer, personIds: [] }));
  const ids = [...new Set(found.flatMap(({ personIds }) => personIds))];
  const rows = await hub.db.manager.findBy(PersonRow, { id: In(ids), kind: "CHILD" });
  const access = await accessTo(
    hub,
    caller,
    rows.map(({ id }) => id),
  );
  // Whoever may not be known of is not found, by anybody: no agency has then said that it knows them.
  const children = new Set(rows.flatMap(({ id }) => (access.get(id)?.barred ? [] : [id])));
  const sources = found.map(({ agency, personIds, problem }): Source => {
    const known = personIds.some((id) => children.has(id));
    return {
      agency,
      status: problem?.status ?? (known ? "RECORDED" : "NOTHING_RECORDED"),
      reason: problem?.reason ?? null,
      asOf: null,
      retrievedAt: problem ? null : hub.now(),
    };
  });
  return { childIds: ids.filter((id) => children.has(id)), sources };
}

interface Asked {
  readonly agency: Agency;
  readonly personIds: readonly string[];
  readonly problem: { readonly status: Source["status"]; readonly reason: string } | null;
}

async function askOne(
  hub: Hub,
  { signal, purpose, requestId }: Caller,
  { system, search }: { system: AgencySystem; search: PersonSearch },
): Promise<Asked> {
  const { agency } = system;
  try {
    const records = await system.find(search, { signal, purpose, correlationId: requestId });
    standingOf(hub).answered(agency.id);
    const personIds =
      records.length > 0 ? await noteRecords(hub, { agencyId: agency.id, records }) : new Map<string, string>();
    return { agency, personIds: [...personIds.values()], problem: null };
  } catch (error) {
    const { code } = asAgencyFault(agency.id, error);
    if (!(error instanceof AgencyFault))
      hub.log.error({ agencyId: agency.id, requestId, error: (error as Error).name }, "an adapter failed to search");
    return { agency, personIds: [], problem: problemOf(hub, agency, code) };
  }
}

function problemOf(hub: Hub, agency: Agency, code: FaultCode): NonNullable<Asked["problem"]> {
  if (code === "BAD_REQUEST") return { status: "NOT_ASKED", reason: "it cannot be searched by what was given" };
  if (code === "AMBIGUOUS")
    return { status: "WITHHELD", reason: "too many people fit for it to say: give a forename and postcode" };
  if (code === "FORBIDDEN")
    return { status: "WITHHELD", reason: "a part of it is closed to the hub, so it cannot say that it knows nobody" };
  if (code !== "CANCELLED") standingOf(hub).failed(agency.id);
  return { status: "DID_NOT_ANSWER", reason: whyNot(agency.name, code) };
}

/** The records that the hub believes to be these children's, with the reason for each; null where the child's story is not open to the
 *  caller. A restricted child's are not named: a school's record id holds the school. For children that this caller was given. */
export async function linkedRecords(
  hub: Hub,
  caller: Caller,
  childIds: readonly string[],
): Promise<(LinkedRecord[] | null)[]> {
  const access = await accessTo(hub, caller, childIds);
  const { manager } = hub.db;
  const all = await manager.find(AgencyRecordRow, { where: { personId: In([...childIds]) }, order: { id: "ASC" } });
  const links = await manager.find(IdentityLinkRow, {
    where: { recordRowId: In(all.map(({ id }) => id)) },
    order: { id: "ASC" },
  });
  const linksOf = groupBy(links, ({ recordRowId }) => recordRowId);
  const byChild = groupBy(all, ({ personId }) => personId);
  return childIds.map((childId) => {
    const mine = byChild.get(childId) ?? [];
    const own = access.get(childId);
    if (!own || !opens(own, "OUTLINE")) return null;
    const restricted =
      own.unlocated || mine.some((row) => row.restricted) || !mayReadRecordIds(caller.actor, own).allowed;
    return mine
      .filter(({ gone }) => !gone)
      .map(({ id, agencyId, recordId, firstSeenAt }) => {
        const { because = "", at = firstSeenAt } = beliefShown(linksOf.get(id) ?? []) ?? {};
        return { agencyId, recordId: restricted ? null : recordId, because, linkedAt: at };
      });
  });
}
