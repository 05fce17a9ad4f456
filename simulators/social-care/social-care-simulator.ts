// A council's reporting replica: the dataset in a real database, behind a relay that can be made to fail.

import type { FastifyInstance } from "fastify";
import { makeSimulator, type Fault, type JournalEntry } from "../support/simulator.ts";
import { makeTown } from "../town/town.ts";
import type { Town } from "../town/types.ts";
import { makeNights } from "./changes.ts";
import { startEmbedded, startOnServer } from "./engine.ts";
import { makeFaults } from "./faults.ts";
import { startRelay } from "./relay.ts";
import { firstRows, reloadStatements } from "./reload.ts";
import { writeCinCensus } from "./cin-census.ts";
import { makeCinReturn } from "./cin-return.ts";

interface SocialCareOptions {
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
  let living = town;
  const rows = firstRows(town);
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
    emit: makeNights((statements) => engine.write(statements)),
    seed: async (settings) => {
      const next = makeTown(settings);
      await engine.write(reloadStatements(next));
      living = next;
    },
    routes: (app) => {
      app.get("/__sim/cin-census.xml", (_request, reply) =>
        reply.type("application/xml").send(writeCinCensus(makeCinReturn(living))),
      );
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

const JOURNAL_KEEPS = 20_000;

/** Which table was read, never whom about. */
function keep(journal: JournalEntry[], sql: string): void {
  const table = /\bssd_\w+/.exec(sql)?.[0];
  if (!table) return;
  if (journal.length >= JOURNAL_KEEPS) journal.splice(0, JOURNAL_KEEPS / 2);
  const [method = ""] = sql.trim().split(/\s/, 1);
  journal.push({ at: new Date().toISOString(), method, path: table, status: 200, correlationId: null });
}
