import { asAgencyFault } from "../adapters/agency-fault.ts";
import { mayReadAgencies } from "../domain/sharing.ts";
import type { ConnectedSystem } from "../schema/system.ts";
import { permitOrRecord } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { standingOf } from "./standing.ts";

/** Asks every connected system whether it is there. Never fails: a system that is not says so. */
export function checkSystems(hub: Hub, signal: AbortSignal): Promise<ConnectedSystem[]> {
  const call = { signal, correlationId: hub.newId(), purpose: "hub" };
  return Promise.all(
    [...hub.systems.values()].map(async (system) => {
      const { agency } = system;
      const standing = standingOf(hub);
      try {
        await system.check(call);
        standing.answered(agency.id);
        return { agency, answers: true, fault: null, notAnsweringSince: null };
      } catch (error) {
        standing.failed(agency.id);
        const { code } = asAgencyFault(agency.id, error);
        return { agency, answers: false, fault: code, notAnsweringSince: standing.failingSince(agency.id) };
      }
    }),
  );
}

/** The same for somebody signed in. */
export async function readSystems(hub: Hub, caller: Caller): Promise<ConnectedSystem[]> {
  await permitOrRecord(hub, caller, { what: "agencies.read", subjects: [], ruling: mayReadAgencies(caller.actor) });
  return checkSystems(hub, caller.signal);
}
