import type { FastifyInstance } from "fastify";
import { LANES, makeLane } from "../../src/adapters/lane.ts";
import { sha256 } from "../../src/adapters/police/canonical.ts";
import type { IncidentInbox } from "../../src/adapters/police/incident-inbox.ts";
import { answerIncident } from "../../src/adapters/police/incidents-route.ts";
import { makePolice } from "../../src/adapters/police/police.ts";
import { documentOf, type SentNotice } from "../../simulators/police/incident-document.ts";
import { makePoliceSimulator, POLICE_CLIENT } from "../../simulators/police/police-simulator.ts";
import { memoryInbox } from "./police-inbox.ts";
import { aTown, FORCE } from "./police-town.ts";

/** Amelia where the force spelt her name right. */
export const AMELIA = "PPN-2025-0008817.per-2";
export const AGENCY = { id: "police", name: "Example Constabulary", sector: "POLICE" } as const;
export const RING = { name: "Central Referral Unit", phone: "01632 960123", email: null };
export const RECEIVED_AT = new Date("2026-02-23T05:10:00Z");

/** Puts a notice into the inbox the way a force does. */
export async function deliver(inbox: IncidentInbox, notice: SentNotice): Promise<void> {
  const { status } = await answerIncident({
    headers: { "content-type": "application/vnd.api+json", "x-client-id": "f", "x-client-secret": "s" },
    body: JSON.stringify(documentOf(notice)),
    inbox,
    credentials: [{ clientId: "f", secretSha256: sha256("s"), forceIdentifier: FORCE }],
    now: () => RECEIVED_AT,
    newId: () => `hub-${notice.submissionId}`,
  });
  if (status !== 201) throw new Error(`The notice was answered ${status}`);
}

/** A force on a real socket, and the adapter over it with an empty inbox. */
export async function makeWorld(notices: readonly SentNotice[]) {
  const app: FastifyInstance = await makePoliceSimulator(aTown(notices));
  const url = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
  const inbox = memoryInbox();
  const lane = makeLane("police", { ...LANES.police, breakAfter: 1_000_000 });
  const base = { agency: AGENCY, forceIdentifier: FORCE, inbox, ring: RING };
  const readSide = { url, lane, ...POLICE_CLIENT };
  const system = makePolice({ ...base, readSide });
  const control = async (method: "GET" | "POST" | "DELETE", path: string, payload?: object) =>
    (await app.inject({ method, url: path, ...(payload && { payload }) })).json() as Record<string, unknown>;
  const fault = (fault: object) => async (): Promise<void> => {
    await control("POST", "/__sim/faults", { route: "*", ...fault });
  };
  const heal = async (): Promise<void> => {
    await control("DELETE", "/__sim/faults");
  };
  return { app, base, readSide, system, inbox, control, fault, heal };
}
