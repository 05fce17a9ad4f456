// A council's replica on a real socket, in the engine asked for, and the hub's adapter over it.

import { randomBytes } from "node:crypto";
import { createConnection } from "mysql2/promise";
import {
  makeSocialCareSimulator,
  type SocialCareSimulator,
} from "../../simulators/social-care/social-care-simulator.ts";
import type { Fault, JournalEntry } from "../../simulators/support/simulator.ts";
import type { AgencySystem } from "../../src/adapters/agency-system.ts";
import { LANES, makeLane } from "../../src/adapters/lane.ts";
import { makeSocialCare } from "../../src/adapters/social-care/social-care.ts";
import { socialCareTown } from "./social-care-town.ts";

export type Engine = "embedded" | "mariadb";

const SERVER = process.env["MARIADB_URL"] ?? "mysql://root@127.0.0.1:3306";

/** Whether a MySQL or MariaDB server answers where tests look for one. */
export async function mariaDbAnswers(): Promise<boolean> {
  try {
    const connection = await createConnection({ uri: SERVER, connectTimeout: 2_000 });
    await connection.end();
    return true;
  } catch {
    return false;
  }
}

export interface SocialCareWorld {
  readonly simulator: SocialCareSimulator;
  readonly system: AgencySystem;
  /** Sets the faults that hold from now on; none heals it. */
  fault(...faults: Omit<Fault, "route">[]): Promise<void>;
  /** A night at the council. */
  emit(event: object): Promise<void>;
  /** The tables read since this was last called, one entry a statement. */
  statements(): Promise<string[]>;
  close(): Promise<void>;
}

/** The adapter, over whichever database this address leads to. */
export const socialCareAt = (databaseUrl: string): AgencySystem =>
  makeSocialCare({
    agency: { id: "social-care", name: "Example Council", sector: "SOCIAL_CARE" },
    databaseUrl,
    lane: makeLane("ssd", { ...LANES.ssd, breakAfter: 1_000_000 }),
    phone: "01632 960011",
  });

/** Starts the simulator. On a server it takes a database of its own, and drops it at the end. */
export function startSimulator(engine: Engine, port = 0): Promise<SocialCareSimulator> {
  const name = `ssd_test_${randomBytes(5).toString("hex")}`;
  return makeSocialCareSimulator(socialCareTown(), {
    port,
    ...(engine === "mariadb" && { databaseUrl: `${SERVER.replace(/\/$/, "")}/${name}` }),
  });
}

export async function startSocialCare(engine: Engine): Promise<SocialCareWorld> {
  const simulator = await startSimulator(engine);
  const { control } = simulator;
  const system = socialCareAt(simulator.databaseUrl);
  return {
    simulator,
    system,
    async fault(...faults) {
      await control.inject({ method: "DELETE", url: "/__sim/faults" });
      for (const one of faults)
        await control.inject({ method: "POST", url: "/__sim/faults", payload: { route: "*", ...one } });
    },
    async emit(event) {
      const { statusCode, body } = await control.inject({ method: "POST", url: "/__sim/emit", payload: event });
      if (statusCode !== 200) throw new Error(body);
    },
    async statements() {
      const { requests } = (await control.inject({ url: "/__sim/requests" })).json<{ requests: JournalEntry[] }>();
      await control.inject({ method: "DELETE", url: "/__sim/requests" });
      return requests.map(({ path }) => path);
    },
    async close() {
      await system.close();
      await simulator.close();
    },
  };
}
