// What the rules on a child rest on, read for many children at once: ways in, shields, referrals under way, and what is owed.

import { type DataSource, In, IsNull } from "typeorm";
import type { ColumnMetadata } from "typeorm/metadata/ColumnMetadata.js";
import type { AccessHeld } from "../domain/access.ts";
import type { Owner } from "../domain/post.ts";
import { Escalation } from "../schema/escalation.ts";
import { Obligation } from "../schema/obligation.ts";
import { Referral } from "../schema/referral.ts";
import { believedToBe } from "./people.ts";
import { ChildAccessRow, ChildShieldRow } from "./rows-access.ts";

export interface Looked {
  readonly actorId: string;
  readonly childIds: readonly string[];
  readonly now: Date;
}

/** How somebody stands to one child, as far as two tables say. */
export interface Standing {
  /** Every id of the child: whoever was known as two people once is let in to, and shielded, as both. */
  readonly ids: string[];
  readonly held: AccessHeld[];
  readonly shielded: boolean;
}

interface Found {
  readonly personId: string;
  readonly joinedTo: string | null;
  readonly shielded: boolean | 0 | 1;
  readonly wayIn: string | null;
  readonly endsAt: unknown;
}
type Way = Omit<AccessHeld, "id" | "endsAt">;

type Gathering = Standing & { shielded: boolean; moved: boolean };

/** How this actor stands to each of these children. What still bears the id of somebody who turned out to be another child is about that
 *  one, and no less hidden. */
export async function standingsOf(db: DataSource, looked: Looked): Promise<ReadonlyMap<string, Standing>> {
  const of = await standingsBelow(db, looked);
  const moved = [...of].flatMap(([id, standing]) => (standing.moved ? [id] : []));
  if (moved.length === 0) return of;
  const now = await believedToBe(db, moved);
  const found = await standingsBelow(db, { ...looked, childIds: [...now.values()] });
  for (const [id, head] of now) take(of.get(id), found.get(head));
  return of;
}

function take(standing: Gathering | undefined, more: Standing | undefined): void {
  if (!standing || !more) return;
  standing.ids.push(...more.ids.filter((each) => !standing.ids.includes(each)));
  standing.held.push(...more.held.filter((each) => !standing.held.some((known) => known.id === each.id)));
  standing.shielded ||= more.shielded;
}

/** The same by these ids and those that were joined to them, in one statement: this is asked before every answer. As plain rows, since
 *  building objects of them costs more than reading them. */
async function standingsBelow(
  db: DataSource,
  { actorId, childIds, now }: Looked,
): Promise<ReadonlyMap<string, Gathering>> {
  const { text, columns } = statementOf(db);
  const own = [...new Set(childIds)];
  // PostgreSQL keeps instants in UTC without a zone.
  const at = db.options.type === "postgres" ? now.toISOString() : now;
  const rows = await db.query<(Found & Way)[]>(text, [actorId, at, at, own, own]);
  const endsAt = columns.find(({ propertyName }) => propertyName === "endsAt");
  const of = new Map<string, Gathering>();
  for (const id of own) of.set(id, { ids: [id], held: [], shielded: false, moved: false });
  const further: string[] = [];
  for (const row of rows) {
    const { personId, joinedTo, wayIn, kind, relation, purpose, power } = row;
    for (const id of [personId, joinedTo]) {
      const standing = id === null ? undefined : of.get(id);
      if (!standing) continue;
      if (id !== personId && !standing.ids.includes(personId)) {
        standing.ids.push(personId);
        further.push(personId);
      }
      if (row.shielded) standing.shielded = true;
      if (id === personId && joinedTo !== null) standing.moved = true;
      if (wayIn !== null)
        standing.held.push({
          id: wayIn,
          kind,
          relation,
          purpose,
          power,
          endsAt: endsAt ? (db.driver.prepareHydratedValue(row.endsAt, endsAt) as Date | null) : null,
        });
    }
  }
  if (further.length > 0) await addFurther(db, { actorId, childIds: further, now }, of);
  return of;
}

/** Somebody to whom others were joined may have been joined with others before. */
async function addFurther(db: DataSource, looked: Looked, of: ReadonlyMap<string, Gathering>): Promise<void> {
  const found = await standingsBelow(db, looked);
  for (const standing of of.values()) for (const id of standing.ids.slice(1)) take(standing, found.get(id));
}

interface Statement {
  readonly text: string;
  readonly columns: readonly ColumnMetadata[];
}
const statements = new WeakMap<DataSource, Statement>();

function statementOf(db: DataSource): Statement {
  const known = statements.get(db);
  if (known) return known;
  const postgres = db.options.type === "postgres";
  const name = (text: string) => db.driver.escape(text);
  const parameter = (at: number) => (postgres ? `$${at}` : "?");
  const among = (column: string, at: number) => (postgres ? `${column} = ANY($${at})` : `${column} IN (?)`);
  const person = (column: string) => `p.${name(column)}`;
  const way = (column: string) => `w.${name(column)}`;
  const wanted = ["kind", "relation", "purpose", "power", "endsAt"].map(way).join(", ");
  const text =
    `SELECT ${person("id")} AS ${name("personId")}, ${person("joinedTo")}, ${person("shielded")}, ` +
    `${way("id")} AS ${name("wayIn")}, ${wanted} FROM ${name("person")} p LEFT JOIN ${name("child_access")} w ` +
    `ON ${way("childId")} = ${person("id")} AND ${way("actorId")} = ${parameter(1)} AND ${way("state")} = 'ACTIVE' ` +
    `AND ${way("startsAt")} <= ${parameter(2)} AND (${way("endsAt")} IS NULL OR ${way("endsAt")} > ${parameter(3)}) ` +
    `WHERE ${among(person("id"), 4)} OR ${among(person("joinedTo"), 5)} ORDER BY ${way("id")}`;
  const statement = { text, columns: db.getMetadata(ChildAccessRow).columns };
  statements.set(db, statement);
  return statement;
}

/** Shields in force on these children. */
export const shieldsOn = (db: DataSource, childIds: readonly string[]): Promise<ChildShieldRow[]> =>
  db.manager.findBy(ChildShieldRow, { childId: In([...childIds]), liftedAt: IsNull() });

/** Children to whom this actor has a way in now. */
export async function childrenOf(
  db: DataSource,
  { actorId, now }: { readonly actorId: string; readonly now: Date },
): Promise<string[]> {
  const found = await db.manager
    .createQueryBuilder(ChildAccessRow, "w")
    .select("w.childId", "childId")
    .distinct(true)
    .where("w.actorId = :actorId AND w.state = 'ACTIVE'", { actorId })
    .andWhere("w.startsAt <= :now AND (w.endsAt IS NULL OR w.endsAt > :now)", { now })
    .getRawMany<{ childId: string }>();
  return found.map(({ childId }) => childId);
}

/** Every shield that is in force. They are few. */
export const everyShield = (db: DataSource): Promise<ChildShieldRow[]> =>
  db.manager.findBy(ChildShieldRow, { liftedAt: IsNull() });

/** Those of these children whom this person referred, and nobody has decided yet. */
export async function referredBy(db: DataSource, { actorId, childIds }: Looked): Promise<ReadonlySet<string>> {
  const found = await db.manager
    .createQueryBuilder(Referral, "r")
    .select("r.childId", "childId")
    .distinct(true)
    .innerJoin(Obligation, "o", "o.subjectId = r.id AND o.rule = 'referral-decision'")
    .where("r.fromActorId = :actorId AND r.childId IN (:...childIds)", { actorId, childIds })
    .andWhere("o.metAt IS NULL AND o.state <> 'CANCELLED'")
    .getRawMany<{ childId: string }>();
  return new Set(found.map(({ childId }) => childId));
}

/** Those of these children for whom one of these posts owes something now. What follows from somebody's own challenge lets them in to
 *  nobody: anybody may challenge, their own agency too. */
export async function owedBy(
  db: DataSource,
  owners: readonly Owner[],
  { actorId, childIds }: Pick<Looked, "actorId" | "childIds">,
): Promise<ReadonlySet<string>> {
  if (owners.length === 0) return new Set();
  const query = db.manager
    .createQueryBuilder(Obligation, "o")
    .select("o.childId", "childId")
    .distinct(true)
    .leftJoin(Escalation, "e", "e.id = o.courseId AND e.fromActorId = :actorId", { actorId })
    .where("o.childId IN (:...childIds) AND o.metAt IS NULL AND o.state <> 'CANCELLED'", { childIds })
    .andWhere("e.id IS NULL");
  const mine = owners.map(({ teamId }, at) => {
    const team = teamId === null ? "o.teamId IS NULL" : `o.teamId = :team${at}`;
    return `(o.agencyId = :agency${at} AND ${team} AND o.ownerRole = :role${at})`;
  });
  query.andWhere(`(${mine.join(" OR ")})`);
  for (const [at, { agencyId, teamId, role }] of owners.entries())
    query.setParameters({ [`agency${at}`]: agencyId, [`team${at}`]: teamId, [`role${at}`]: role });
  const found = await query.getRawMany<{ childId: string }>();
  return new Set(found.map(({ childId }) => childId));
}
