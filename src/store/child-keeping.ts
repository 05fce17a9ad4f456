// What the hub's own rows say of how long a child is kept, read for many children at once.

import { type EntityManager, type EntityTarget, In, IsNull, MoreThan, type ObjectLiteral } from "typeorm";
import type { ShieldKind } from "../domain/access.ts";
import type { PlainDate } from "../domain/plain-date.ts";
import { dayInEngland } from "../domain/plain-date.ts";
import type { StepKind } from "../domain/statutory-step.ts";
import { Escalation } from "../schema/escalation.ts";
import { Obligation } from "../schema/obligation.ts";
import { Referral } from "../schema/referral.ts";
import { SharingDecision } from "../schema/sharing-decision.ts";
import { StatutoryStep } from "../schema/statutory-step.ts";
import { alsoKnownAs, everyIdOf } from "./people.ts";
import { ChildAccessRow, ChildShieldRow } from "./rows-access.ts";
import { LegalHoldRow } from "./rows-keeping.ts";
import { AgencyRecordRow, PersonRow } from "./rows.ts";

/** What the hub does for a child, and the instants at which it did. That somebody asked for a copy is no work for the child. */
const WORK: readonly (readonly [table: EntityTarget<ObjectLiteral>, ...instants: string[]])[] = [
  [Referral, "submittedAt"],
  [StatutoryStep, "happenedAt", "recordedAt"],
  [Obligation, "startedAt", "metAt"],
  [Escalation, "raisedAt", "endedAt"],
  [SharingDecision, "at"],
  [ChildAccessRow, "startsAt", "endedAt"],
  [ChildShieldRow, "at", "liftedAt"],
];
const NOT_WORK = ["SUBJECT_ACCESS_REQUESTED", "SUBJECT_ACCESS_ANSWERED", "subject-access"];
const KIND: Readonly<Record<string, string>> = { statutory_step: "kind", obligation: "rule", child_shield: "kind" };

/** What is known of one child, under whichever of their ids. */
export interface KeptChild {
  /** Everybody who is believed to be them, themselves first. */
  readonly personIds: readonly string[];
  readonly steps: ReadonlySet<StepKind>;
  readonly shields: ReadonlySet<ShieldKind>;
  readonly hasWork: boolean;
  readonly lastOn: PlainDate;
  readonly records: readonly AgencyRecordRow[];
}

/** Reads it for these children, who have their own records. */
export async function keptChildren(db: EntityManager, heads: readonly PersonRow[]): Promise<readonly KeptChild[]> {
  const groups = await alsoKnownAs(
    db,
    heads.map(({ id }) => id),
  );
  const all = [...groups.values()].flat();
  const records = await db.findBy(AgencyRecordRow, { personId: In(all) });
  const work: Done[] = [];
  for (const [table, ...instants] of WORK) work.push(...(await doneIn(db, { table, instants, childIds: all })));
  return heads.map(({ id, createdAt }): KeptChild => {
    const personIds = groups.get(id) ?? [id];
    const own = work.filter(({ childId }) => personIds.includes(childId));
    const held = records.filter(({ personId }) => personIds.includes(personId));
    const seen = own.length > 0 ? own.map(({ lastAt }) => lastAt) : [createdAt, ...held.map(({ seenAt }) => seenAt)];
    const kinds = (of: string) => own.flatMap(({ name, kind }) => (name === of && kind !== null ? [kind] : []));
    return {
      personIds,
      steps: new Set(kinds("statutory_step") as StepKind[]),
      shields: new Set(kinds("child_shield") as ShieldKind[]),
      hasWork: own.length > 0,
      lastOn: dayInEngland(new Date(Math.max(...seen.map((at) => at.getTime())))),
      records: held,
    };
  });
}

interface Done {
  readonly name: string;
  readonly childId: string;
  readonly kind: string | null;
  readonly lastAt: Date;
}

interface DoneIn {
  readonly table: EntityTarget<ObjectLiteral>;
  readonly instants: readonly string[];
  readonly childIds: readonly string[];
}

async function doneIn(db: EntityManager, { table, instants, childIds }: DoneIn): Promise<Done[]> {
  const name = db.connection.getMetadata(table).tableName;
  const kind = KIND[name];
  const query = db
    .createQueryBuilder(table, "w")
    .select("w.childId", "childId")
    .where("w.childId IN (:...childIds)", { childIds })
    .groupBy("w.childId");
  if (kind) query.addSelect(`w.${kind}`, "kind").addGroupBy(`w.${kind}`);
  if (kind && name !== "child_shield") query.andWhere(`w.${kind} NOT IN (:...none)`, { none: NOT_WORK });
  // One that was recorded by mistake puts nobody in a class.
  if (name === "statutory_step") query.andWhere("w.correctedAt IS NULL");
  for (const [at, column] of instants.entries()) query.addSelect(`MAX(w.${column})`, `at${at}`);
  const rows = await query.getRawMany<Record<string, Date | string | null>>();
  return rows.map((row) => {
    const times = instants.flatMap((_, at) => (row[`at${at}`] instanceof Date ? [row[`at${at}`] as Date] : []));
    return {
      name,
      childId: String(row["childId"]),
      kind: row["kind"] === undefined ? null : String(row["kind"]),
      lastAt: new Date(Math.max(0, ...times.map((each) => each.getTime()))),
    };
  });
}

export interface Looking {
  /** Known since before this instant: nobody later can be over. */
  readonly before: Date;
  /** The last id of the page before. */
  readonly after: string;
  readonly take: number;
}

/** A page of those for whom the hub did something, or of whom no agency holds a record any more, in order of their ids. */
export function whoMayBeOver(db: EntityManager, { before, after, take }: Looking): Promise<PersonRow[]> {
  const query = db
    .createQueryBuilder(PersonRow, "p")
    .where("p.joinedTo IS NULL AND p.sealedAt IS NULL AND p.createdAt < :before AND p.id > :after", { before, after });
  const exists = (table: EntityTarget<ObjectLiteral>, on: string) =>
    `EXISTS ${query.subQuery().select("1").from(table, "x").where(on).getQuery()}`;
  const over = [
    `NOT ${exists(AgencyRecordRow, "x.personId = p.id AND x.gone = :gone")}`,
    exists(PersonRow, "x.joinedTo = p.id"),
    ...WORK.map(([table]) => exists(table, "x.childId = p.id")),
  ];
  return query
    .andWhere(`(${over.join(" OR ")})`, { gone: false })
    .orderBy("p.id", "ASC")
    .take(take)
    .getMany();
}

/** Everybody whom a hold is on, by all their ids. Holds are few. */
export async function everybodyHeld(db: EntityManager): Promise<ReadonlySet<string>> {
  const held = await db.find(LegalHoldRow, { select: { id: true, childId: true }, where: { liftedAt: IsNull() } });
  if (held.length === 0) return new Set();
  const ids = [...new Set(held.map(({ childId }) => childId))];
  return new Set([...(await everyIdOf(db, ids)).values()].flat());
}

/** Whether a hold is on any of these. */
export const isHeld = (db: EntityManager, personIds: readonly string[]): Promise<boolean> =>
  db.existsBy(LegalHoldRow, { childId: In([...personIds]), liftedAt: IsNull() });

/** How many people are in with this child now, and shields that are in force. */
export async function waysAndShields(db: EntityManager, personIds: readonly string[], now: Date) {
  const childId = In([...personIds]);
  return {
    waysIn: await db.countBy(ChildAccessRow, [
      { childId, state: "ACTIVE", endsAt: IsNull() },
      { childId, state: "ACTIVE", endsAt: MoreThan(now) },
    ]),
    shields: await db.countBy(ChildShieldRow, { childId, liftedAt: IsNull() }),
  };
}
