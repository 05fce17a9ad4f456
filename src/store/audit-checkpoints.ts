// Checkpoints as rows: what they say, and which chains go into the next.

import { createHash } from "node:crypto";
import { type DataSource, IsNull, LessThan } from "typeorm";
import { insertFirst } from "./insert.ts";
import { AuditCheckpointRow, AuditRow } from "./rows-audit.ts";

/** A chain's length and last hash. */
export type Head = readonly [chain: string, seq: number, hash: string];

/** A chain that nobody wrote to for so long goes into no further checkpoint: those before hold it. */
const QUIET_MS = 24 * 3_600_000;
/** As many as the column takes. */
const MOST_HEADS = 400;
const FIRST = "0".repeat(64);

export const headsIn = ({ heads }: Pick<AuditCheckpointRow, "heads">): Head[] => JSON.parse(heads) as Head[];

export const numberOf = ({ id }: Pick<AuditCheckpointRow, "id">): number => Number(id);

const idOf = (number: number): string => String(number).padStart(12, "0");

type Signed = Omit<AuditCheckpointRow, "signature">;

/** The text that is signed. */
export const signedText = ({ id, at, heads, previous, keyId }: Signed): string =>
  JSON.stringify([id, at.toISOString(), heads, previous, keyId]);

/** What the checkpoint after it holds of it. */
export const checkpointHash = (row: AuditCheckpointRow): string =>
  createHash("sha256")
    .update(`${signedText(row)}${row.signature}`)
    .digest("hex");

export async function lastCheckpoint({ manager }: DataSource): Promise<AuditCheckpointRow | null> {
  const [last = null] = await manager.find(AuditCheckpointRow, { order: { id: "DESC" }, take: 1 });
  return last;
}

/** When the last was made; null where there is none. Every sweep asks. */
export async function lastCheckpointAt({ manager }: DataSource): Promise<Date | null> {
  const last = await manager
    .createQueryBuilder(AuditCheckpointRow, "c")
    .select("c.at", "at")
    .orderBy("c.id", "DESC")
    .limit(1)
    .getRawOne<{ at: Date }>();
  return last ? new Date(last.at) : null;
}

/** Checkpoints before this one, latest first. */
export const checkpointsBefore = (
  { manager }: DataSource,
  id: string | null,
  take: number,
): Promise<AuditCheckpointRow[]> =>
  manager.find(AuditCheckpointRow, {
    ...(id !== null && { where: { id: LessThan(id) } }),
    order: { id: "DESC" },
    take,
  });

/** The checkpoint that would come next, unsigned; null where nothing was written since the last, or where entries of before there were
 *  chains still wait for theirs. */
export async function nextCheckpoint(
  db: DataSource,
  { at, keyId }: { at: Date; keyId: string },
): Promise<Signed | null> {
  const last = await lastCheckpoint(db);
  if (!last && (await db.manager.existsBy(AuditRow, { chain: IsNull(), hash: IsNull() }))) return null;
  const held = new Map((last ? headsIn(last) : []).map(([chain, seq]) => [chain, seq]));
  const since = last ? last.at.getTime() - QUIET_MS : Number.NEGATIVE_INFINITY;
  const all = await ends(db);
  const grown = all.filter(
    ({ chain, seq, at }) => held.get(chain) !== seq && (held.has(chain) || at.getTime() >= since),
  );
  if (grown.length === 0) return null;
  const rest = all.filter((end) => !grown.includes(end) && held.has(end.chain) && end.at.getTime() >= since);
  const heads = [...grown, ...rest].slice(0, MOST_HEADS).map(({ chain, seq, hash }): Head => [chain, seq, hash]);
  return {
    id: idOf(last ? numberOf(last) + 1 : 1),
    at,
    heads: JSON.stringify(heads),
    previous: last ? checkpointHash(last) : FIRST,
    keyId,
  };
}

/** False where another process has made it meanwhile. */
export const insertCheckpoint = ({ manager }: DataSource, row: AuditCheckpointRow): Promise<boolean> =>
  insertFirst(manager, AuditCheckpointRow, row);

interface End {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
  readonly at: Date;
}

/** How long each chain is: one look into the index for each. */
export async function ends({ manager, driver }: DataSource): Promise<End[]> {
  const [entry, chains, id, chain, seq, hash, at, openedAt] = NAMES.map((name) => driver.escape(name));
  const found = await manager.query<{ chain: string; seq: number | null; hash: string; at: Date }[]>(
    `SELECT t.${id} AS ${chain}, t.top AS ${seq}, COALESCE(e.${hash}, t.${hash}) AS ${hash}, COALESCE(e.${at}, t.${openedAt}) AS ${at}
     FROM (SELECT c.${id}, c.${hash}, c.${openedAt}, (SELECT m.${seq} FROM ${entry} m WHERE m.${chain} = c.${id} AND m.${seq} IS NOT NULL ORDER BY m.${seq} DESC LIMIT 1) AS top FROM ${chains} c) t
     LEFT JOIN ${entry} e ON e.${chain} = t.${id} AND e.${seq} = t.top`,
  );
  return found.map((row) => ({ ...row, seq: Number(row.seq ?? 0), at: new Date(row.at) }));
}

const NAMES = ["audit_entry", "audit_chain", "id", "chain", "seq", "hash", "at", "openedAt"];
