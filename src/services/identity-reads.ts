// What is believed of records, and why. What was read is on record before it is given.

import { In } from "typeorm";
import { groupBy } from "../domain/group.ts";
import { sentenceOf, vetoWords } from "../domain/identity-words.ts";
import type { Contribution } from "../domain/match-model.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayReadBeliefs, mayReadIdentity } from "../domain/sharing-identity.ts";
import { mayReadRecordIds } from "../domain/sharing.ts";
import type { WhichLink } from "../schema/identity-inputs.ts";
import type { IdentityBelief, IdentityLink } from "../schema/identity.ts";
import { IdentityLinkRow } from "../store/rows-identity.ts";
import { AgencyRecordRow } from "../store/rows.ts";
import { accessTo } from "./access.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { recordFor } from "./identity-radius.ts";

const READ = "identity.link.read";

/** The belief that holds about a record, named by a belief's id or by the record, with everything believed before. */
export async function getIdentityLink(hub: Hub, caller: Caller, which: WhichLink): Promise<IdentityLink> {
  const ruling = mayReadIdentity(caller.actor);
  await permitOrRecord(hub, caller, { what: READ, subjects: [], ruling });
  const { id: linkId, agencyId, recordId } = which;
  const row = await recordFor(hub, caller, { linkId, agencyId, recordId });
  await record(hub, caller, { what: READ, subjects: [row.personId], ruling });
  const [link] = await present(hub, caller, [row]);
  if (!link) throw new Refusal("NOT_FOUND", "There is no such record or belief");
  return link;
}

/** The beliefs that hold about the records of these children; null for a caller who may not look at whose a record is. For children
 *  that this caller was given. */
export async function identityLinksOf(
  hub: Hub,
  caller: Caller,
  childIds: readonly string[],
): Promise<(IdentityLink[] | null)[]> {
  const ruling = mayReadIdentity(caller.actor);
  if (!ruling.allowed) return childIds.map(() => null);
  const access = await accessTo(hub, caller, childIds);
  const open = childIds.filter((id) => {
    const mine = access.get(id);
    return mine && mayReadBeliefs(caller.actor, mine).allowed;
  });
  if (open.length > 0) await record(hub, caller, { what: READ, subjects: open, ruling });
  const where = { personId: In(open) };
  const rows = await hub.db.manager.find(AgencyRecordRow, { where, order: { id: "ASC" } });
  const links = await present(hub, caller, rows);
  const shown = new Map(rows.map((row, at) => [row.id, links[at]]));
  const byChild = groupBy(rows, ({ personId }) => personId);
  return childIds.map((childId) =>
    open.includes(childId) ? (byChild.get(childId) ?? []).flatMap(({ id }) => shown.get(id) ?? []) : null,
  );
}

async function present(
  hub: Hub,
  caller: Caller,
  rows: readonly AgencyRecordRow[],
): Promise<(IdentityLink | undefined)[]> {
  const { manager } = hub.db;
  const links = await manager.find(IdentityLinkRow, {
    where: { recordRowId: In(rows.map(({ id }) => id)) },
    order: { id: "DESC" },
  });
  const restricted = await manager.find(AgencyRecordRow, {
    select: { id: true, personId: true },
    where: { personId: In([...new Set(rows.map(({ personId }) => personId))]), restricted: true },
  });
  const covered = new Set(restricted.map(({ personId }) => personId));
  const byRecord = groupBy(links, ({ recordRowId }) => recordRowId);
  const access = await accessTo(hub, caller, [...new Set(rows.map(({ personId }) => personId))]);
  return rows.map(({ id, agencyId, recordId, personId }) => {
    const [latest, ...before] = (byRecord.get(id) ?? []).map(beliefOf);
    // A school's record id holds the school.
    const mine = access.get(personId);
    const named = mine && !mine.unlocated && mayReadRecordIds(caller.actor, mine).allowed && !covered.has(personId);
    return latest && { ...latest, agencyId, recordId: named ? recordId : null, history: before };
  });
}

function beliefOf(row: IdentityLinkRow): IdentityBelief {
  const { id, band, rule, because, weight, decidedBy, model, at, supersedes } = row;
  const contributions = read<Contribution>(row.contributions);
  const codes = read<string>(row.vetoes);
  const runnerUp = row.runnerUp === null ? null : (JSON.parse(row.runnerUp) as { weight: number });
  return {
    id,
    band,
    rule,
    because,
    sentence: sentenceOf({ band, rule, because, weight, contributions, vetoes: codes }),
    weight,
    contributions,
    vetoes: codes,
    vetoesInWords: codes.map(vetoWords),
    runnerUp: runnerUp && { weight: runnerUp.weight },
    decidedBy,
    model,
    at,
    supersedes,
  };
}

const read = <Item>(json: string | null): Item[] => (json === null ? [] : (JSON.parse(json) as Item[]));
