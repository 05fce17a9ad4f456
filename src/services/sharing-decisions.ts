// Writing the ledger of what was shared and what was withheld about a child. Each line goes in with an entry of the audit that vouches
// for it, in one transaction. No line is ever changed: a further one corrects it.

import { type EntityManager, IsNull } from "typeorm";
import type { InformationKind, Power } from "../domain/access.ts";
import { dayInEngland } from "../domain/plain-date.ts";
import { purposeNamed } from "../domain/purpose.ts";
import { Refusal } from "../domain/refusal.ts";
import { type ConsentStanding, mayDecideSharing, usualConsent, whatIsWrong } from "../domain/sharing-ledger.ts";
import { mayReadChildren, type Ruling, yes } from "../domain/sharing.ts";
import { SharingDecision } from "../schema/sharing-decision.ts";
import type { RecordSharingDecision } from "../schema/sharing-decision-inputs.ts";
import { isDuplicate } from "../store/insert.ts";
import { believedToBe, everyIdOf } from "../store/people.ts";
import { PersonRow } from "../store/rows.ts";
import { accessToOne } from "./access.ts";
import { digestOf } from "./audit-decisions.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { presentDecisions } from "./sharing-decision-reads.ts";

const WRITTEN = "ledger.written";

/** Puts on record that something was shared or withheld, with the reasons. Sent twice with one key it is one line. */
export async function recordSharingDecision(
  hub: Hub,
  caller: Caller,
  input: RecordSharingDecision,
): Promise<SharingDecision> {
  await permitOrRecord(hub, caller, { what: WRITTEN, subjects: [], ruling: mayReadChildren(caller.actor) });
  const childId = await childMeant(hub, input.childId);
  const access = await accessToOne(hub, caller, childId);
  const ruling = mayDecideSharing(caller.actor, access);
  if (access.barred) {
    await record(hub, caller, { what: WRITTEN, subjects: [childId], ruling });
    throw noSuchChild();
  }
  await permitOrRecord(hub, caller, { what: WRITTEN, subjects: [childId], ruling });
  const line = asLine(hub, caller, { ...input, childId });
  await refuseWrongCorrection(hub, line);
  try {
    await hub.db.transaction("READ COMMITTED", (db) => write(hub, caller, { db, line, ruling }));
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return shown(hub, caller, await writtenBefore(hub, line));
  }
  return shown(hub, caller, line);
}

const noSuchChild = () => new Refusal("NOT_FOUND", "There is no such child");

/** Whom the id stands for now. Refuses somebody who is no child, or is not known, or is sealed. */
async function childMeant(hub: Hub, id: string): Promise<string> {
  const now = (await believedToBe(hub.db, [id])).get(id);
  const known =
    now !== undefined && (await hub.db.manager.existsBy(PersonRow, { id: now, kind: "CHILD", sealedAt: IsNull() }));
  if (!known) throw noSuchChild();
  return now;
}

/** The line that the input means. Refuses what nobody could answer for. */
function asLine(hub: Hub, { actor, purpose: stated }: Caller, input: RecordSharingDecision): SharingDecision {
  const { key, childId, decided, kinds, what, because, toAgencyId = null, correctsId = null } = input;
  const { power = null, necessity = null, moreDetrimental = null, reviewOn = null } = input;
  const purpose = purposeNamed(input.purpose ?? stated);
  if (purpose === null) throw new Refusal("BAD_INPUT", "purpose: that is not a purpose that the hub knows");
  const consent = input.consent ?? usualConsent(power);
  const at = hub.now();
  const said = { decided, kinds, power, purpose, necessity, moreDetrimental, consent, reviewOn };
  const wrong = whatIsWrong(said, dayInEngland(at));
  if (wrong !== null) throw new Refusal("BAD_INPUT", wrong);
  const agency = hub.area.agencies.find(({ id }) => id === toAgencyId);
  if (toAgencyId !== null && !agency)
    throw new Refusal("BAD_INPUT", `toAgencyId: use one of ${hub.area.agencies.map(({ id }) => id).join(", ")}`);
  const toWhom = input.toWhom ?? agency?.name;
  if (toWhom === undefined)
    throw new Refusal("BAD_INPUT", "toWhom: say who it went to or who asked, or name toAgencyId");
  return lineOf(hub, {
    ...said,
    key,
    childId,
    what,
    toAgencyId,
    toWhom,
    fromAgencyId: actor.agencyId,
    necessity: necessity ?? "",
    because,
    moreDetrimental: moreDetrimental ?? false,
    byActorId: actor.id,
    role: actor.role,
    at,
    correctsId,
    subjectId: null,
  });
}

type LineSaid = Omit<SharingDecision, "id" | "kinds" | `${string}Shown` | "withheldBecause" | "words"> & {
  readonly kinds: readonly InformationKind[];
};

const lineOf = (hub: Hub, { kinds, ...said }: LineSaid): SharingDecision =>
  Object.assign(new SharingDecision(), { id: hub.newId(), ...said, kinds: kinds.join(",") });

/** A line is corrected by the agency that decided, once; what corrects it is corrected in its turn. */
async function refuseWrongCorrection(hub: Hub, { correctsId, ...line }: SharingDecision): Promise<void> {
  if (correctsId === null) return;
  const { manager } = hub.db;
  const corrected = await manager.findOneBy(SharingDecision, { id: correctsId });
  const ids = (await everyIdOf(hub.db, [line.childId])).get(line.childId);
  const isOurs =
    corrected &&
    ids?.includes(corrected.childId) &&
    (corrected.byActorId === line.byActorId ||
      (corrected.fromAgencyId !== null && corrected.fromAgencyId === line.fromAgencyId));
  if (!isOurs)
    throw new Refusal("NOT_FOUND", "correctsId: there is no such decision of your agency's about this child");
}

interface ToWrite {
  readonly db: EntityManager;
  readonly line: SharingDecision;
  readonly ruling: Ruling;
}

async function write(hub: Hub, caller: Caller, { db, line, ruling }: ToWrite): Promise<void> {
  await db.insert(SharingDecision, line);
  await record(hub, caller, { what: WRITTEN, subjects: [line.childId], ruling, digest: digestOf(hub, line), db });
}

/** The line first written under this key. Refuses when the same key now says something else, or when the line to be corrected has been
 *  corrected meanwhile. */
async function writtenBefore(hub: Hub, again: SharingDecision): Promise<SharingDecision> {
  const { byActorId, key } = again;
  const first = await hub.db.manager.findOneBy(SharingDecision, { byActorId, key });
  if (!first)
    throw new Refusal("CONFLICT", "correctsId: that line was corrected already: correct the line that corrected it");
  if (SAID.some((field) => first[field] !== again[field]))
    throw new Refusal("CONFLICT", "key: already used for a different decision; use a new key for a new decision");
  return first;
}
const SAID = [
  ...(["childId", "decided", "kinds", "what", "toAgencyId", "toWhom", "power", "purpose", "necessity"] as const),
  ...(["because", "moreDetrimental", "consent", "reviewOn", "correctsId"] as const),
];

async function shown(hub: Hub, caller: Caller, line: SharingDecision): Promise<SharingDecision> {
  const [only] = await presentDecisions(hub, caller, [line]);
  return only as SharingDecision;
}

/** What the hub itself does that is a sharing: a referral, a way in. */
export interface HubShared {
  readonly db: EntityManager;
  readonly childId: string;
  /** The referral or access. */
  readonly subjectId: string;
  readonly kinds: readonly InformationKind[];
  readonly what: string;
  /** The agency whose decision it is; null where it was nobody's of the area's. */
  readonly fromAgencyId: string | null;
  readonly toAgencyId: string | null;
  readonly toWhom: string;
  /** Null where nothing is stated. */
  readonly power: Power | null;
  readonly purpose: string;
  readonly necessity: string;
  readonly because: string;
  readonly consent?: ConsentStanding;
}

/** Writes the line that goes with something the hub does, in the same transaction as the act. Once for each thing done. */
export async function ledgerLine(hub: Hub, caller: Caller, { db, ...shared }: HubShared): Promise<void> {
  const { actor } = caller;
  const line = lineOf(hub, {
    ...shared,
    key: `hub:${shared.subjectId}`,
    decided: "SHARED",
    moreDetrimental: false,
    consent: shared.consent ?? (shared.power === "CONSENT" ? "GIVEN" : "NOT_NEEDED"),
    byActorId: actor.id,
    role: actor.role,
    at: hub.now(),
    reviewOn: null,
    correctsId: null,
  });
  await write(hub, caller, { db, line, ruling: yes("goes-with-the-act", "the hub writes it down with what it did") });
}
