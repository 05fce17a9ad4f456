// Subject access: somebody asks what the hub holds about a child. The request starts the clock that law sets; a job makes the copy, sealed;
// the officer fetches it once, and says when whoever asked was answered. See docs/subject-access.md.

import { createHash } from "node:crypto";
import { type EntityManager, IsNull } from "typeorm";
import { addDays, dayInEngland } from "../domain/plain-date.ts";
import { atInEngland } from "../domain/instant.ts";
import { Refusal } from "../domain/refusal.ts";
import { mayServeSubjectAccess } from "../domain/sharing-keeping.ts";
import { isUuid } from "../domain/uuid.ts";
import { StatutoryStep } from "../schema/statutory-step.ts";
import type { RequestSubjectAccess, SubjectAccess, SubjectAccessCopy } from "../schema/subject-access.ts";
import { isDuplicate } from "../store/insert.ts";
import { ExportFileRow } from "../store/rows-audit.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { alarmsFor } from "./obligations.ts";
import { seal, unseal } from "./seal.ts";
import { makeCopy } from "./subject-access-copy.ts";
import { requestIn, SUBJECT_ACCESS } from "./subject-access-reads.ts";
import { holdChild, holdCourse, takeStep } from "./taking-steps.ts";

const SEALED_FOR = "export-file";
/** How far ahead of ours another's clock may run. */
const SKEW_MS = 5 * 60_000;

/** Somebody asked. The request, its clock and the order to make the copy are one transaction. */
export async function requestSubjectAccess(
  hub: Hub,
  caller: Caller,
  input: RequestSubjectAccess,
): Promise<SubjectAccess> {
  const { childId, because, receivedAt } = input;
  const ruling = mayServeSubjectAccess(caller.actor);
  const act = { what: "subject-access.requested", subjects: [childId], ruling };
  await permitOrRecord(hub, caller, act);
  const { agencyId } = caller.actor;
  if (agencyId === null) throw new Refusal("NOT_ALLOWED", "Your sign-in names no agency of this area to act for");
  if (receivedAt.getTime() > hub.now().getTime() + SKEW_MS)
    throw new Refusal("BAD_INPUT", "receivedAt: lies ahead; record a request once it was received");
  const key = `subject-access.${input.key}`;
  const step = stepOf(hub, caller, { kind: "SUBJECT_ACCESS_REQUESTED", key, childId, happenedAt: receivedAt });
  try {
    const opened = await hub.db.transaction("READ COMMITTED", async (db) => {
      await holdChild(db, childId);
      await db.insert(StatutoryStep, step);
      const { opened: clocks } = await takeStep(hub, caller, { db, step });
      await db.insert(ExportFileRow, {
        id: step.id,
        kind: SUBJECT_ACCESS,
        childId,
        byActorId: caller.actor.id,
        at: hub.now(),
        because,
        sealed: null,
        sha256: null,
        madeAt: null,
        fetchedAt: null,
        obligationId: clocks[0]?.id ?? null,
        expiresAt: null,
      });
      await record(hub, caller, { ...act, db });
      return clocks;
    });
    void hub.wake.clocks(alarmsFor(opened));
    return await requestIn(hub.db.manager, step.id);
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const first = await hub.db.manager.findOneByOrFail(StatutoryStep, { agencyId, key });
    if (first.childId !== childId || first.happenedAt.getTime() !== receivedAt.getTime())
      throw new Refusal("CONFLICT", "key: already used for a different request; use a new key for a new request");
    return requestIn(hub.db.manager, first.id);
  }
}

type Stepping = Pick<StatutoryStep, "kind" | "key" | "childId" | "happenedAt"> & { readonly follows?: StatutoryStep };

function stepOf(hub: Hub, { actor }: Caller, { follows, ...step }: Stepping): StatutoryStep {
  const id = hub.newId();
  return {
    ...step,
    id,
    outcome: null,
    followsId: follows?.id ?? null,
    courseId: follows?.courseId ?? id,
    recordedAt: hub.now(),
    agencyId: actor.agencyId ?? "",
    byActorId: actor.id,
    correctedAt: null,
    correctedBecause: null,
    correctedByActorId: null,
  };
}

/** Makes the copies that were asked for and are not there. One that fails does not hold up the others; it is tried again by the next
 *  sweep, and its clock runs. Returns how many it found. */
export async function makeCopiesDue(hub: Hub, { signal }: Caller): Promise<number> {
  const { manager } = hub.db;
  const due = await manager.find(ExportFileRow, {
    where: { kind: SUBJECT_ACCESS, madeAt: IsNull() },
    order: { id: "ASC" },
  });
  let fault: unknown = null;
  for (const { id, childId } of due) {
    if (signal.aborted) break;
    try {
      const step = await manager.findOneBy(StatutoryStep, { id });
      if (!childId || !step) continue;
      const content = await makeCopy(hub, manager, { childId, receivedAt: step.happenedAt });
      await manager.update(ExportFileRow, { id, madeAt: IsNull() }, made(hub, id, content));
    } catch (error) {
      hub.log.warn({ id, error: (error as Error).name }, "a copy for a subject access request could not be made");
      fault = error;
    }
  }
  if (fault) throw fault;
  return due.length;
}

const made = (hub: Hub, rowId: string, content: string) => ({
  sealed: seal(hub, content, { purpose: SEALED_FOR, rowId }),
  sha256: createHash("sha256").update(content).digest("hex"),
  madeAt: hub.now(),
  expiresAt: atInEngland(addDays(dayInEngland(hub.now()), hub.national.retention.exportDays + 1), "00:00"),
});

/** Gives the copy, once. From then on the hub has it no longer. */
export const fetchSubjectAccess = (hub: Hub, caller: Caller, id: string): Promise<SubjectAccessCopy> =>
  change(hub, caller, {
    id,
    what: "subject-access.fetched",
    async carryOut(db, row) {
      if (!row.madeAt) throw new Refusal("WRONG_STEP", "The copy is being made: try again in a moment");
      if (!row.sealed)
        throw new Refusal(
          "WRONG_STEP",
          `The copy ${row.fetchedAt ? "was fetched" : "has expired"}: have it made again`,
        );
      const content = unseal(hub, row.sealed, { purpose: SEALED_FOR, rowId: id });
      await db.update(ExportFileRow, id, { fetchedAt: hub.now(), sealed: null });
      return { done: { request: await requestIn(db, id), content }, ...(row.sha256 && { digest: row.sha256 }) };
    },
  });

/** Has a copy made again that was fetched and lost, or has expired: as things stand then. */
export const makeSubjectAccessAgain = (hub: Hub, caller: Caller, id: string): Promise<SubjectAccess> =>
  change(hub, caller, {
    id,
    what: "subject-access.made-again",
    async carryOut(db) {
      const none = { sealed: null, sha256: null, madeAt: null, fetchedAt: null, expiresAt: null };
      await db.update(ExportFileRow, id, none);
      return { done: await requestIn(db, id) };
    },
  });

/** Whoever asked was given the copy, or told why not: the clock is met. Said twice, it is once. */
export const answerSubjectAccess = (hub: Hub, caller: Caller, id: string): Promise<SubjectAccess> =>
  change(hub, caller, {
    id,
    what: "subject-access.answered",
    async carryOut(db) {
      const follows = await db.findOneByOrFail(StatutoryStep, { id });
      const answered = { followsId: id, kind: "SUBJECT_ACCESS_ANSWERED" } as const;
      if (!(await db.existsBy(StatutoryStep, answered))) {
        const { childId } = follows;
        const happenedAt = new Date(Math.max(hub.now().getTime(), follows.happenedAt.getTime()));
        const key = `subject-access.answered.${id}`;
        const step = stepOf(hub, caller, { kind: answered.kind, key, childId, happenedAt, follows });
        await db.insert(StatutoryStep, step);
        await takeStep(hub, caller, { db, step });
      }
      return { done: await requestIn(db, id) };
    },
  });

interface Change<Done> {
  readonly id: string;
  readonly what: string;
  readonly carryOut: (
    db: EntityManager,
    row: ExportFileRow,
  ) => Promise<{ readonly done: Done; readonly digest?: string }>;
}

/** One change of one request at a time, on record in its own transaction. */
async function change<Done>(hub: Hub, caller: Caller, { id, what, carryOut }: Change<Done>): Promise<Done> {
  const ruling = mayServeSubjectAccess(caller.actor);
  await permitOrRecord(hub, caller, { what, subjects: [], ruling });
  const step = isUuid(id) ? await hub.db.manager.findOneBy(StatutoryStep, { id }) : null;
  return hub.db.transaction("READ COMMITTED", async (db) => {
    if (step) await holdCourse(db, step);
    const row = isUuid(id)
      ? await db.findOne(ExportFileRow, { where: { id, kind: SUBJECT_ACCESS }, lock: { mode: "pessimistic_write" } })
      : null;
    if (!row) throw new Refusal("NOT_FOUND", "There is no such request");
    const { done, digest } = await carryOut(db, row);
    await record(hub, caller, {
      what,
      subjects: row.childId ? [row.childId] : [],
      ruling,
      db,
      ...(digest && { digest }),
    });
    return done;
  });
}
