// Since when each agency has not answered, as this process has seen it. Only for showing; nothing is decided by it.

import type { Answer } from "../adapters/agency-system.ts";
import type { PartAnswer } from "../domain/absence.ts";
import type { Hub } from "./hub.ts";

interface Standing {
  note(agencyId: string, answers: readonly Answer[]): void;
  failed(agencyId: string): void;
  answered(agencyId: string): void;
  /** Null while it answers, or before it was ever asked. */
  failingSince(agencyId: string): Date | null;
}

const standings = new WeakMap<Hub, Standing>();

/** The hub's memory of who answers. */
export function standingOf(hub: Hub): Standing {
  const known = standings.get(hub);
  if (known) return known;
  const failing = new Map<string, Date>();
  const standing: Standing = {
    failed: (agencyId) => void (failing.has(agencyId) || failing.set(agencyId, hub.now())),
    answered: (agencyId) => void failing.delete(agencyId),
    failingSince: (agencyId) => failing.get(agencyId) ?? null,
    note(agencyId, answers) {
      const failed = answers.some((answer) => faulty(answer));
      standing[failed ? "failed" : "answered"](agencyId);
    },
  };
  standings.set(hub, standing);
  return standing;
}

/** A caller who went away says nothing about the agency. */
const faulty = ({ demographics, relationships, involvements, states, events }: Answer): boolean =>
  failed(demographics) || failed(relationships) || failed(involvements) || failed(states) || failed(events);

const failed = (part: PartAnswer<unknown>): boolean => part.status === "DID_NOT_ANSWER" && part.fault !== "CANCELLED";
