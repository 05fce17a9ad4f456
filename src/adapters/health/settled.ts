import { type PartAnswer, told, whyNot } from "../../domain/absence.ts";
import { AgencyFault, asAgencyFault } from "../agency-fault.ts";

/** What one source gave, or why it gave nothing. */
export type Settled<T> =
  | { readonly value: T; readonly fault: null }
  | { readonly value: null; readonly fault: AgencyFault };

/** A source that gave this, or had nothing to be asked for. */
export const given = <T>(value: T): Settled<T> => ({ value, fault: null });

/** Waits for a source without letting its failure take the others along. Left because time was up is not answered in time. */
export async function settle<T>(work: Promise<T>, system: string, signal: AbortSignal): Promise<Settled<T>> {
  try {
    return given(await work);
  } catch (error) {
    const fault = asAgencyFault(system, error);
    const reason: unknown = signal.reason;
    const late = fault.code === "CANCELLED" && reason instanceof DOMException && reason.name === "TimeoutError";
    return { value: null, fault: late ? new AgencyFault(system, "TIMEOUT", { doing: "no answer in time" }) : fault };
  }
}

/** The same source, narrowed; a failure stays what it is. */
export const narrow = <T, U>(source: Settled<T>, to: (value: T) => U): Settled<U> =>
  source.fault ? source : given(to(source.value));

/** What practitioners call the systems; anything else is health's as a whole (its sign-in service, for one). */
const NAMES: Record<string, string> = {
  pds: "The national demographics service (PDS)",
  "care-record": "The shared care record",
};

/** One part of an answer from all the sources it needs: a failure of one shows, with what the others gave. */
export function partOf<Item>(sources: readonly Settled<readonly Item[]>[], rule: string | null): PartAnswer<Item> {
  const items = sources.flatMap(({ value }) => value ?? []);
  const fault = sources.find((source) => source.fault !== null)?.fault;
  if (fault) {
    const reason = whyNot(NAMES[fault.system] ?? "Health", fault.code);
    return { status: "DID_NOT_ANSWER", fault: fault.code, reason, items };
  }
  return rule === null ? told(items) : { status: "WITHHELD", rule, items };
}
