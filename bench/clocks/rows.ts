// Obligations made up for a measurement, in the form in which the hub keeps them.

import type { Owner } from "../../src/domain/post.ts";
import { dayInEngland } from "../../src/domain/plain-date.ts";
import { writeSchedule } from "../../src/domain/schedule.ts";
import type { Obligation } from "../../src/schema/obligation.ts";
import { Post } from "../../src/schema/post.ts";
import type { Hub } from "../../src/services/hub.ts";
import { ownerOf } from "../../src/services/obligations.ts";

const HOUR_MS = 3_600_000;
/** The rung above follows so long after it went late: about a working day, so that its alarm is not set yet. */
const RUNG_AFTER_MS = 30 * HOUR_MS;
const RULE = "police-protection";

const ownedBy = (hub: Hub): Owner => ownerOf(hub, RULE);

/** One that goes late at `at`, with a rung of its ladder after that. */
export function owedUntil(hub: Hub, at: Date): Obligation {
  const { agencyId, teamId, role } = ownedBy(hub);
  return {
    id: hub.newId(),
    subjectId: hub.newId(),
    childId: hub.newId(),
    courseId: null,
    rule: RULE,
    owes: "police protection has ended",
    agencyId,
    teamId,
    ownerRole: role,
    state: "OPEN",
    urgent: false,
    startedAt: new Date(at.getTime() - 72 * HOUR_MS),
    dueOn: dayInEngland(at),
    dueAt: at,
    explanation: "72 hours after the child was taken into police protection (Children Act 1989, section 46(6))",
    metAt: null,
    settledById: null,
    pausedAt: null,
    nextAct: "LATE",
    nextNumber: 1,
    nextAt: at,
    schedule: writeSchedule([
      { act: "LATE", number: 1, at },
      { act: "RUNG", number: 1, at: new Date(at.getTime() + RUNG_AFTER_MS), tell: "ESCALATION_LEAD" },
    ]),
    version: 0,
  };
}

/** So many, spread evenly over so many days from an hour from now, so that none falls due while anything is measured. */
export function outstanding(
  hub: Hub,
  { count, days }: { readonly count: number; readonly days: number },
): Obligation[] {
  const from = hub.now().getTime() + HOUR_MS;
  const each = (days * 24 * HOUR_MS) / count;
  return Array.from({ length: count }, (_, n) => owedUntil(hub, new Date(from + Math.round(n * each))));
}

/** The one person who is told of all that goes late; without an address, so in the hub alone. */
export function holderOfAll(hub: Hub): Post {
  const { agencyId, teamId, role } = ownedBy(hub);
  return Object.assign(new Post(), {
    id: hub.newId(),
    agencyId,
    teamId,
    role,
    holderId: "measured-manager",
    holderName: "Measured Manager",
    holderEmail: null,
    coverId: null,
    coverName: null,
    coverEmail: null,
    awayFromOn: null,
    awayUntilOn: null,
    confirmedAt: hub.now(),
    obligationId: null,
    endedAt: null,
  });
}
