// Children's social care behind the port: a nightly replica in the Standard Safeguarding Dataset schema, read by SQL.

import type { Agency } from "../../domain/agency.ts";
import type { AgencySystem, Call } from "../agency-system.ts";
import type { Lane } from "../lane.ts";
import { makeAsk } from "./ask.ts";
import { readChanges } from "./changes.ts";
import { findRecords } from "./find.ts";
import type { Reading } from "./reading.ts";
import { makeReplica } from "./replica.ts";
import { makeRounds } from "./rounds.ts";

interface SocialCareOptions {
  readonly agency: Agency;
  /** `mysql://`, `mariadb://` or `postgres://`, with a user that may only read. */
  readonly databaseUrl: string;
  readonly lane: Lane;
  /** The number on which the council's workers are reached; the dataset holds none. */
  readonly phone?: string | null;
}

/** The council's system. Opens nothing until first asked, and finds the database again after it was away. */
export function makeSocialCare({ agency, databaseUrl, lane, phone = null }: SocialCareOptions): AgencySystem {
  const replica = makeReplica(databaseUrl, lane);
  const council = { name: agency.name, phone };

  const one = <T>(doing: string, work: (reading: Reading) => Promise<T>, call: Call): Promise<T> =>
    replica.read(doing, (reading) => work({ ...reading, asked: new Map() }), call.signal);

  return {
    agency,
    ask: makeRounds(makeAsk({ replica, lane, council }), lane.settings.limitMs),
    find: (search, call) => one("finding a person", (reading) => findRecords(reading, search), call),
    changes: (cursor, call) => one("reading changes", (reading) => readChanges(reading, cursor), call),
    check: (call) => one("being called", async ({ db }) => void (await db.query("SELECT 1")), call),
    close: () => replica.close(),
  };
}
