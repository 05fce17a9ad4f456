// Looking children up. Every way to a child goes through `readChildren`, which rules and records once for each.

import { In } from "typeorm";
import { AgencyFault } from "../adapters/agency-fault.ts";
import type { PersonSearch } from "../adapters/agency-system.ts";
import { isValidNhsNumber, isValidUpn, normaliseNhsNumber, normaliseUpn } from "../domain/identifiers.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayReadChildren } from "../domain/sharing.ts";
import type { IdentifierKind } from "../domain/statements.ts";
import type { Source } from "../schema/agency-answer.ts";
import type { ChildSearch, LinkedRecord } from "../schema/child.ts";
import { AgencyRecordRow, IdentityLinkRow, MatchKeyRow, PersonRow } from "../store/rows.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { noteRecords } from "./records.ts";
import { standingOf } from "./standing.ts";

export interface ChildKey {
  readonly id: string;
}

/** The children with these ids that the hub knows, null for each it does not; what was read is on record before it is given. */
export async function readChildren(hub: Hub, caller: Caller, ids: readonly string[]): Promise<(ChildKey | null)[]> {
  const ruling = mayReadChildren(caller.actor);
  await permitOrRecord(hub, caller, { what: "child.read", subjects: ids.filter(isUuid), ruling });
  const rows = await hub.db.manager.findBy(PersonRow, { id: In(ids.filter(isUuid)), kind: "CHILD" });
  const known = new Set(rows.map(({ id }) => id));
  if (known.size > 0) await record(hub, caller, { what: "child.read", subjects: [...known], ruling });
  return ids.map((id) => (known.has(id) ? { id } : null));
}

const isUuid = (id: string): boolean => /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/.test(id);

/** The number as it is compared. Refuses one whose check digit is wrong, without repeating it. */
function checked({ kind, value }: { kind: IdentifierKind; value: string }): string {
  const valid = { NHS_NUMBER: isValidNhsNumber, UPN: isValidUpn, LA_CHILD_ID: () => true, LOCAL_ID: () => true };
  if (!valid[kind](value))
    throw new Refusal("BAD_INPUT", `That is not a valid ${kind}: look at its check digit or letter`);
  if (kind === "NHS_NUMBER") return normaliseNhsNumber(value);
  return kind === "UPN" ? normaliseUpn(value) : value.trim();
}

/** The child known by this number: from the hub's own keys, else by asking every agency. Null means that every agency answered
 *  and nobody knows it; where one did not answer, that is refused as INCOMPLETE, since nobody can say. */
export async function childByIdentifier(
  hub: Hub,
  caller: Caller,
  identifier: { kind: IdentifierKind; value: string },
): Promise<string | null> {
  await permitOrRecord(hub, caller, { what: "child.find", subjects: [], ruling: mayReadChildren(caller.actor) });
  const value = checked(identifier);
  const known = await knownByIdentifier(hub, { ...identifier, value });
  if (known) return known;
  const { childIds, sources } = await askForPeople(hub, caller, {
    identifier: { kind: identifier.kind, value, verified: false },
    forename: null,
    surname: null,
    bornOn: null,
    postcode: null,
  });
  const [only] = childIds;
  if (childIds.length > 1)
    throw new Refusal("CONFLICT", "Agencies hold this number for different children: ask them before you go on");
  if (only) return only;
  const silent = sources.filter(({ status }) => status === "DID_NOT_ANSWER").map(({ agency }) => agency.name);
  if (silent.length > 0)
    throw new Refusal(
      "INCOMPLETE",
      `Nobody is known by that number so far, but this did not answer: ${silent.join(", ")}`,
    );
  return null;
}

async function knownByIdentifier(hub: Hub, { kind, value }: { kind: IdentifierKind; value: string }) {
  const { manager } = hub.db;
  if (kind === "LA_CHILD_ID" || kind === "LOCAL_ID")
    return (await manager.findOneBy(AgencyRecordRow, { recordId: value, gone: false }))?.personId ?? null;
  const prefix = kind === "NHS_NUMBER" ? "NHS" : "UPN";
  const keys = await manager.findBy(MatchKeyRow, { kind: prefix, hash: hub.keyed(`${prefix}|${value}`) });
  const rows = await manager.findBy(AgencyRecordRow, { id: In(keys.map(({ recordRowId }) => recordRowId)) });
  const people = new Set(rows.map(({ personId }) => personId));
  return people.size === 1 ? ([...people][0] ?? null) : null;
}

/** Children who may be the one looked for: what every agency finds, each as the hub knows them. Nothing is ranked. */
export async function findChildren(hub: Hub, caller: Caller, search: ChildSearch) {
  await permitOrRecord(hub, caller, { what: "child.find", subjects: [], ruling: mayReadChildren(caller.actor) });
  const { forename = null, surname, bornOn, postcode = null } = search;
  return askForPeople(hub, caller, { identifier: null, forename, surname, bornOn, postcode });
}

/** Asks every agency, notes what each finds, and says which did not answer. */
async function askForPeople(hub: Hub, { signal, purpose, requestId }: Caller, search: PersonSearch) {
  const found = await Promise.all(
    [...hub.systems.values()].map(async (system) => {
      const { agency } = system;
      const source = (status: Source["status"], reason: string | null): Source => ({
        agency,
        status,
        reason,
        asOf: null,
        retrievedAt: status === "DID_NOT_ANSWER" ? null : hub.now(),
      });
      try {
        const records = await system.find(search, { signal, purpose, correlationId: requestId });
        standingOf(hub).answered(agency.id);
        const personIds = records.length > 0 ? await noteRecords(hub, { agencyId: agency.id, records }) : new Map();
        return {
          personIds: [...personIds.values()],
          source: source(records.length > 0 ? "RECORDED" : "NOTHING_RECORDED", null),
        };
      } catch (error) {
        if (!(error instanceof AgencyFault)) throw error;
        if (error.code === "BAD_REQUEST")
          return { personIds: [], source: source("NOT_ASKED", "it cannot be searched by what was given") };
        if (error.code === "AMBIGUOUS")
          return { personIds: [], source: source("WITHHELD", "too many people fit: give a forename and postcode") };
        standingOf(hub).failed(agency.id);
        return { personIds: [], source: source("DID_NOT_ANSWER", `it did not answer (${error.code})`) };
      }
    }),
  );
  const ids = [...new Set(found.flatMap(({ personIds }) => personIds))];
  const children = await hub.db.manager.findBy(PersonRow, { id: In(ids), kind: "CHILD" });
  return { childIds: children.map(({ id }) => id), sources: found.map(({ source }) => source) };
}

/** The records that the hub believes to be these children's, with the reason for each. */
export async function linkedRecords(hub: Hub, childIds: readonly string[]): Promise<LinkedRecord[][]> {
  const { manager } = hub.db;
  const rows = await manager.findBy(AgencyRecordRow, { personId: In([...childIds]), gone: false });
  const links = await manager.findBy(IdentityLinkRow, { recordRowId: In(rows.map(({ id }) => id)) });
  return childIds.map((childId) =>
    rows
      .filter(({ personId }) => personId === childId)
      .map(({ id, agencyId, recordId, firstSeenAt }) => {
        const link = links.find(({ recordRowId }) => recordRowId === id);
        return { agencyId, recordId, because: link?.because ?? "", linkedAt: link?.at ?? firstSeenAt };
      }),
  );
}

/** The hub's people behind these records, by `agencyId recordId`, as far as it knows them. */
export async function peopleBehind(
  hub: Hub,
  records: readonly { readonly agencyId: string; readonly recordId: string }[],
): Promise<ReadonlyMap<string, string>> {
  if (records.length === 0) return new Map();
  const recordIds = [...new Set(records.map(({ recordId }) => recordId))];
  const rows = await hub.db.manager.findBy(AgencyRecordRow, { recordId: In(recordIds) });
  return new Map(rows.map(({ agencyId, recordId, personId }) => [`${agencyId} ${recordId}`, personId]));
}
