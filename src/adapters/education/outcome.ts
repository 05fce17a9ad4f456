// What was got, or the fault that came instead; and how a fault is put to a practitioner.

import { whyNot, type PartAnswer } from "../../domain/absence.ts";
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

/** A list as far as it could be read: a fault, or the end of the time, leaves what came before it. */
export interface Listed<Item> {
  readonly items: readonly Item[];
  readonly fault: AgencyFault | null;
}

const SYSTEM = "The school system";
/** One school closed to the hub is no failure of the system that all schools share. */
const CLOSED_SCHOOL = "This school, which has not approved the hub,";

/** The part that a fault leaves; `items` is what is known in spite of it. */
export const silent = <Item>({ code }: AgencyFault, items: readonly Item[] = []): PartAnswer<Item> => ({
  status: "DID_NOT_ANSWER",
  fault: code,
  reason: whyNot(code === "FORBIDDEN" ? CLOSED_SCHOOL : SYSTEM, code),
  items,
});
