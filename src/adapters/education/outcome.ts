// What was got, or the fault that came instead; and how a fault is put to a practitioner.

import type { FaultCode, PartAnswer } from "../../domain/absence.ts";
import { asAgencyFault, type AgencyFault } from "../agency-fault.ts";

export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: AgencyFault };

export const got = <Value>(value: Value): Outcome<Value> => ({ ok: true, value });

/** Waits for it and never throws. */
export async function settle<Value>(system: string, work: Promise<Value>): Promise<Outcome<Value>> {
  try {
    return got(await work);
  } catch (error) {
    return { ok: false, fault: asAgencyFault(system, error) };
  }
}

const REASONS: Record<FaultCode, string> = {
  AUTH: "The school system did not accept the hub's key",
  FORBIDDEN: "The school has not approved the hub, so its records are closed to it",
  NOT_FOUND: "The school system no longer has this school",
  BAD_REQUEST: "The school system refused the question",
  CONFLICT: "The school system was busy changing the record",
  THROTTLED: "The school system is being asked too much at the moment",
  TIMEOUT: "The school system did not answer in time",
  UNAVAILABLE: "The school system could not be reached",
  AMBIGUOUS: "The school system found more than one record",
  MALFORMED: "The school system gave an answer that could not be read",
  OVERLOADED: "Too many questions are waiting for the school system",
  CIRCUIT_OPEN: "The school system has failed repeatedly and is left alone for a while",
  CANCELLED: "The question was withdrawn before the school system answered",
};

/** The part that a fault leaves; `items` is what is known in spite of it. */
export const silent = <Item>({ code }: AgencyFault, items: readonly Item[] = []): PartAnswer<Item> => ({
  status: "DID_NOT_ANSWER",
  fault: code,
  reason: REASONS[code],
  items,
});
