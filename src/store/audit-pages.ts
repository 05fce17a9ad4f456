// The audit, read from its beginning to its end for whoever verifies it: plain rows, page by page.

import { type DataSource, MoreThan } from "typeorm";
import { SharingDecision } from "../schema/sharing-decision.ts";
import { AuditChainRow, AuditRow } from "./rows-audit.ts";

const PAGE = 5_000;

interface Wanted {
  /** With placeholders in the engine's own form: `at(1)`. */
  readonly where: (name: (text: string) => string, at: (number: number) => string) => string;
  readonly order: "seq" | "id";
  readonly values: readonly unknown[];
}

/** Raw rows in the table's own words; TypeORM's entities take twice as long. */
async function page(db: DataSource, { where, order, values }: Wanted): Promise<AuditRow[]> {
  const { driver, options } = db;
  const name = (text: string) => driver.escape(text);
  const at = (number: number) => (options.type === "postgres" ? `$${number}` : "?");
  const columns = db.getMetadata(AuditRow).columns.map(({ databaseName }) => name(databaseName));
  const rows = await db.query<AuditRow[]>(
    `SELECT ${columns.join(", ")} FROM ${name("audit_entry")}${order === "seq" ? byPlace(db) : ""} WHERE ${where(name, at)} ORDER BY ${name(order)} LIMIT ${PAGE}`,
    [...values],
  );
  for (const row of rows) row.allowed = Boolean(row.allowed);
  return rows;
}

/** MySQL and MariaDB would sort the whole table for each page of a chain that is most of it. */
function byPlace(db: DataSource): string {
  if (db.options.type === "postgres") return "";
  const index = db.getMetadata(AuditRow).indices.find(({ columns }) => columns[0]?.propertyName === "chain");
  return index ? ` FORCE INDEX (${db.driver.escape(index.name)})` : "";
}

/** A chain's entries in the order of their places; first those that have none. */
export async function* chainPages(db: DataSource, chain: string): AsyncGenerator<AuditRow[]> {
  const placeless = await page(db, {
    where: (name, at) => `${name("chain")} = ${at(1)} AND ${name("seq")} IS NULL`,
    order: "id",
    values: [chain],
  });
  if (placeless.length > 0) yield placeless;
  for (let after = -(2 ** 31); ;) {
    const rows = await page(db, {
      where: (name, at) => `${name("chain")} = ${at(1)} AND ${name("seq")} > ${at(2)}`,
      order: "seq",
      values: [chain, after],
    });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1)?.seq;
    if (rows.length < PAGE || last === undefined || last === null) return;
    after = last;
  }
}

/** Entries of no chain. */
export async function* unchainedPages(db: DataSource): AsyncGenerator<AuditRow[]> {
  for (let after = ""; ;) {
    const rows = await page(db, {
      where: (name, at) => `${name("chain")} IS NULL AND ${name("id")} > ${at(1)}`,
      order: "id",
      values: [after],
    });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1)?.id;
    if (rows.length < PAGE || last === undefined) return;
    after = last;
  }
}

/** The chains that any entry says it belongs to: one look into the index for each. */
export async function chainsNamed({ manager }: DataSource): Promise<string[]> {
  const chains: string[] = [];
  for (let after = ""; ;) {
    const found = await manager
      .createQueryBuilder(AuditRow, "a")
      .select("MIN(a.chain)", "chain")
      .where("a.chain > :after", { after })
      .getRawOne<{ chain: string | null }>();
    if (!found?.chain) return chains;
    chains.push((after = found.chain));
  }
}

export const chainsOpened = ({ manager }: DataSource): Promise<AuditChainRow[]> =>
  manager.find(AuditChainRow, { order: { id: "ASC" } });

/** The ledger, opened as the hub reads it. */
export async function* decisionPages({ manager }: DataSource): AsyncGenerator<SharingDecision[]> {
  for (let after = ""; ;) {
    const rows = await manager.find(SharingDecision, {
      where: { id: MoreThan(after) },
      order: { id: "ASC" },
      take: 1_000,
    });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1)?.id;
    if (last === undefined) return;
    after = last;
  }
}
