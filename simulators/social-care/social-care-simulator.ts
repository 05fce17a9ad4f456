// A council's reporting replica: the dataset in a real database, behind a relay that can be made to fail.

import type { FastifyInstance } from "fastify";
import { makeSimulator, type Fault, type JournalEntry } from "../support/simulator.ts";
import type { Town } from "../town/types.ts";
import { REFRESH, nightStatements } from "./changes.ts";
import { startEmbedded, startOnServer, type Engine } from "./engine.ts";
import { startRelay, type LineFault } from "./relay.ts";
import { rowsOf } from "./rows.ts";
import { utc, type Rows } from "./values.ts";

export interface SocialCareOptions {
  /** Where the database is to be reached on 127.0.0.1; 0 (the default) lets the system choose. */
  readonly port?: number;
  /** `mysql://user@host/name` puts the replica on that server; left out, PostgreSQL runs in this process. */
  readonly databaseUrl?: string;
}

export interface SocialCareSimulator {
  /** The control plane, not listening. */
  readonly control: FastifyInstance;
  /** What the hub is given: the read-only user, through the relay. */
  readonly databaseUrl: string;
  close(): Promise<void>;
}

/** Loads the town's social care into a database and puts it on the network. */
export async function makeSocialCareSimulator(
  town: Town,
  options: SocialCareOptions = {},
): Promise<SocialCareSimulator> {
  const rows = { ...rowsOf(town), ...firstRefresh(town.settings.until) };
  const engine = options.databaseUrl
    ? await startOnServer(rows, new URL(options.databaseUrl))
    : await startEmbedded(rows);
  const journal: JournalEntry[] = [];
  const relay = await startRelay({
    dialect: engine.dialect,
    listenOn: options.port ?? 0,
    upstream: engine,
    onStatement: (sql) => keep(journal, sql),
  }).catch(async (error: unknown) => {
    await engine.close();
    throw error;
  });
  const faults = makeFaults(engine, (fault) => relay.setFault(fault));
  const control = await makeSimulator({
    name: "social-care",
    emit: async (event) => {
      await engine.write(nightStatements(event, utc(new Date().toISOString())));
      return { refreshed: true };
    },
    routes: (app) => {
      // The database is not HTTP: faults are carried to the line, and the journal is the statements that passed.
      app.addHook("preSerialization", async ({ url, method }, _reply, payload) => {
        if (url === "/__sim/faults") await faults((payload as { faults: Fault[] }).faults);
        if (url !== "/__sim/requests") return payload;
        return { requests: method === "DELETE" ? journal.splice(0) && [] : [...journal] };
      });
    },
  });
  const scheme = engine.dialect === "mysql" ? "mysql" : "postgres";
  return {
    control,
    databaseUrl: `${scheme}://${engine.reader}@127.0.0.1:${relay.port}/${engine.database}`,
    async close() {
      await control.close();
      await relay.close();
      await engine.close();
    },
  };
}

/** The refresh of the night before the town's day, so that the replica can say how old it is. */
const firstRefresh = (until: string): Rows => ({
  ssd_ext_change_log: [{ table_name: REFRESH, row_pk: "-", op: "U", changed_at: utc(`${until}T02:00:00Z`) }],
});

const JOURNAL_KEEPS = 20_000;

/** Which table was read, never whom about. */
function keep(journal: JournalEntry[], sql: string): void {
  const table = /\bssd_\w+/.exec(sql)?.[0];
  if (!table) return;
  if (journal.length >= JOURNAL_KEEPS) journal.splice(0, JOURNAL_KEEPS / 2);
  const [method = ""] = sql.trim().split(/\s/, 1);
  journal.push({ at: new Date().toISOString(), method, path: table, status: 200, correlationId: null });
}

/**
 * The control plane's faults in a database's terms. `latency`, `drop` and `status` 401 (login refused), 429 or 5xx (too many
 * connections) spoil the line; `status` 403 takes the reader's rights away, `malformed` a column it relies on. A fault holds
 * until it is deleted; `route`, `p` and `count` have no meaning here.
 */
function makeFaults(
  engine: Engine,
  setLine: (fault: LineFault | null) => void,
): (faults: readonly Fault[]) => Promise<void> {
  const held = new Set<string>();

  async function hold(wanted: boolean, [spoil, mend]: readonly [string, string]): Promise<void> {
    if (wanted === held.has(spoil)) return;
    await engine.write([{ sql: wanted ? spoil : mend }]);
    if (wanted) held.add(spoil);
    else held.delete(spoil);
  }

  return async (faults) => {
    const reader = engine.dialect === "mysql" ? `'${engine.reader}'@'%'` : engine.reader;
    const everything = engine.dialect === "mysql" ? `${engine.database}.*` : "ALL TABLES IN SCHEMA public";
    const withoutRights = faults.some(({ mode, status }) => mode === "status" && status === 403);
    await hold(withoutRights, [
      `REVOKE SELECT ON ${everything} FROM ${reader}`,
      `GRANT SELECT ON ${everything} TO ${reader}`,
    ]);
    const misshapen = faults.some(({ mode }) => mode === "malformed");
    await hold(misshapen, [
      "ALTER TABLE ssd_person RENAME COLUMN pers_dob TO pers_dob_renamed",
      "ALTER TABLE ssd_person RENAME COLUMN pers_dob_renamed TO pers_dob",
    ]);
    // Last, because it cuts every connection: a session opened before keeps the rights it had.
    setLine(faults.map(lineFault).find((fault) => fault !== null) ?? null);
  };
}

function lineFault({ mode, ms, status = 500 }: Fault): LineFault | null {
  if (mode === "latency") return { mode, ms: ms ?? 1_000 };
  if (mode === "drop") return { mode };
  if (mode === "status" && status !== 403) return { mode: "refuse", why: status === 401 ? "login" : "busy" };
  return null;
}
