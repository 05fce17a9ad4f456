// What a step does to the clocks: which it meets, which are no longer owed, which it starts. In the step's own transaction.

import { type EntityManager, In, IsNull, LessThan, LessThanOrEqual, MoreThanOrEqual, Not } from "typeorm";
import { clockNamed, clocksInForce } from "../domain/clocks.ts";
import type { ClockRule } from "../domain/clock-rule.ts";
import { endedBy, metBy, startOf } from "../domain/clock-starts.ts";
import { dayInEngland } from "../domain/plain-date.ts";
import { Refusal } from "../domain/refusal.ts";
import { Obligation } from "../schema/obligation.ts";
import { StatutoryStep, type StepRecorded } from "../schema/statutory-step.ts";
import { everyIdOf } from "../store/people.ts";
import { PersonRow } from "../store/rows.ts";
import type { Caller, Hub } from "./hub.ts";
import { cancelObligations, meetObligations, openObligations, type Owed, ownerOf } from "./obligations.ts";

/** Steps about one child, and steps of one course about none, take turns. Call it before anything else of the transaction. */
export async function holdCourse(db: EntityManager, { childId, courseId }: StatutoryStep): Promise<void> {
  const lock = { mode: "pessimistic_write" } as const;
  if (childId) await holdChild(db, childId);
  else await db.findOne(StatutoryStep, { where: { id: courseId }, lock });
}

/** Holds a child until the transaction ends, so that nothing is begun for one whose records are sealed at that moment. Refuses one whom the
 *  hub does not know; call it before anything else of the transaction. */
export async function holdChild(db: EntityManager, id: string): Promise<void> {
  const found = await db.findOne(PersonRow, { where: { id }, lock: { mode: "pessimistic_write" } });
  if (!found || found.sealedAt !== null) throw new Refusal("NOT_FOUND", "There is no such child");
}

/** All that a step did, whoever may read it. */
export type StepDid = Omit<StepRecorded, "notShown">;

interface Work {
  readonly db: EntityManager;
  readonly step: StatutoryStep;
}

/** Carries a step's consequences out, for a step that was just written. */
export async function takeStep(hub: Hub, caller: Caller, { db, step }: Work): Promise<Omit<StepDid, "step">> {
  // Also editions that no longer start anything: what they started is still owed.
  const rules = [...hub.national.clocks, ...hub.area.clocks];
  const because = inWords(step);
  const settledById = step.id;
  const meets = metBy(rules, step.kind);
  const due = await owedIn(db, step, meets);
  if (step.followsId === null && new Set(due.map(({ courseId }) => courseId)).size > 1)
    throw new Refusal(
      "CONFLICT",
      "followsId: more than one thing waits for such a step; name the step that it follows",
    );
  const met = await meetObligations(hub, caller, { db, ids: idsOf(due), at: step.happenedAt, because, settledById });
  const over = await owedIn(db, step, endedBy(rules, step));
  const ended = await cancelObligations(hub, caller, {
    db,
    ids: idsOf(over),
    because: `no longer owed: ${because}`,
    settledById,
  });
  const opened = await openObligations(hub, caller, { db, owed: await startsOf(hub, { db, step }, met) });
  await settleByLaterSteps(hub, caller, { db, step, opened, rules });
  const leftOwed = met.length === 0 && step.childId ? await owedElsewhere(db, step, meets) : [];
  const reread = (rows: Obligation[]) => db.findBy(Obligation, { id: In(idsOf(rows)) });
  return { met: await reread(met), ended: await reread(ended), opened: await reread(opened), leftOwed };
}

/** A step that was recorded by mistake counts for nothing. */
const STANDING = { correctedAt: IsNull() };

const idsOf = (rows: readonly Pick<Obligation, "id">[]): string[] => rows.map(({ id }) => id);

const inWords = ({ kind, happenedAt }: StatutoryStep): string =>
  `${kind.toLowerCase().replaceAll("_", " ")} on ${dayInEngland(happenedAt)}`;

/** Clocks of these rules that run in the step's own course of events; for a step that follows none, all of the child's. */
async function owedIn(db: EntityManager, step: StatutoryStep, rules: readonly string[]): Promise<Obligation[]> {
  if (rules.length === 0 || (step.followsId === null && step.childId === null)) return [];
  const where = step.followsId === null ? { childId: step.childId ?? "" } : { courseId: step.courseId };
  const owed = { rule: In(rules), metAt: IsNull(), state: Not("CANCELLED" as const) };
  return db.findBy(Obligation, { ...where, ...owed, startedAt: LessThanOrEqual(step.happenedAt) });
}

/** What this kind of step would have met in other courses of the child's, those of before they were known by this id included: nobody
 *  should believe that it did. */
async function owedElsewhere(db: EntityManager, step: StatutoryStep, rules: readonly string[]): Promise<Obligation[]> {
  if (rules.length === 0 || step.childId === null) return [];
  const ids = (await everyIdOf(db, [step.childId])).get(step.childId) ?? [];
  return db.findBy(Obligation, {
    childId: In([...ids]),
    rule: In(rules),
    metAt: IsNull(),
    state: Not("CANCELLED" as const),
    courseId: Not(step.courseId),
  });
}

/** The clocks that a step starts, each in the edition in force on the day from which it counts. */
async function startsOf(hub: Hub, { db, step }: Work, met: readonly Obligation[]): Promise<Owed[]> {
  const rulesMet = met.length > 0 ? met.map(({ rule }) => rule) : await startedLast(db, step);
  const owed: Owed[] = [];
  for (const inForce of clocksInForce(hub, dayInEngland(step.happenedAt))) {
    const start = startOf(inForce.rule, { kind: step.kind, outcome: step.outcome, met: rulesMet });
    if (!start) continue;
    const startedAt = start.countsFrom ? await countedFrom(db, step, start.countsFrom) : step.happenedAt;
    const { rule: clock, calendar } = edition(hub, inForce.rule, startedAt) ?? inForce;
    const { id: subjectId, childId, courseId } = step;
    owed.push({ clock, calendar, subjectId, childId, courseId, startedAt, owner: ownerOf(hub, clock.rule) });
  }
  return owed;
}

/** The edition in force on that day; null where there was none yet. */
function edition(hub: Hub, { rule }: ClockRule, startedAt: Date) {
  try {
    return clockNamed(hub, rule, dayInEngland(startedAt));
  } catch {
    return null;
  }
}

/** Rules that the last step of this kind about the child started: a step that met nothing goes on from there, and is not taken for
 *  the first. */
async function startedLast(db: EntityManager, step: StatutoryStep): Promise<string[]> {
  const about = step.childId ? { childId: step.childId } : { courseId: step.courseId };
  const last = await db.findOne(StatutoryStep, {
    where: { ...about, kind: step.kind, id: Not(step.id), happenedAt: LessThan(step.happenedAt), ...STANDING },
    order: { happenedAt: "DESC" },
  });
  return last ? (await db.findBy(Obligation, { subjectId: last.id })).map(({ rule }) => rule) : [];
}

/** The nearest earlier step of this kind in the same course; the step itself where there is none. */
async function countedFrom(db: EntityManager, step: StatutoryStep, kind: StatutoryStep["kind"]): Promise<Date> {
  const earlier = await db.findOne(StatutoryStep, {
    where: { courseId: step.courseId, kind, happenedAt: LessThanOrEqual(step.happenedAt), ...STANDING },
    order: { happenedAt: "DESC" },
  });
  return earlier?.happenedAt ?? step.happenedAt;
}

/** Steps may be recorded in another order than they were taken: what a later one met or ended is not owed again. */
async function settleByLaterSteps(
  hub: Hub,
  caller: Caller,
  { db, step, opened, rules }: Work & { readonly opened: readonly Obligation[]; readonly rules: readonly ClockRule[] },
): Promise<void> {
  if (opened.length === 0) return;
  const after = { id: Not(step.id), happenedAt: MoreThanOrEqual(step.happenedAt), ...STANDING };
  const own = { ...after, courseId: step.courseId };
  const ofNoCourse = { ...after, childId: step.childId ?? "", followsId: IsNull() };
  const later = await db.find(StatutoryStep, {
    where: step.childId ? [own, ofNoCourse] : own,
    order: { happenedAt: "ASC", id: "ASC" },
  });
  for (const { id, rule } of opened) {
    const settling = later.find(
      (each) => metBy(rules, each.kind).includes(rule) || endedBy(rules, each).includes(rule),
    );
    if (!settling) continue;
    const because = `${inWords(settling)}, recorded before`;
    const by = { db, ids: [id], settledById: settling.id };
    if (metBy(rules, settling.kind).includes(rule))
      await meetObligations(hub, caller, { ...by, at: settling.happenedAt, because });
    else await cancelObligations(hub, caller, { ...by, because: `no longer owed: ${because}` });
  }
}
