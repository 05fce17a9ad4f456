import { alike } from "../alike.ts";
import type { Part } from "../../domain/absence.ts";
import { MAY_BE_RUNG } from "../../domain/sharing.ts";
import { AgencyFault, asAgencyFault } from "../agency-fault.ts";
import type { Answer, Question } from "../agency-system.ts";
import type { Lane } from "../lane.ts";
import { readDemographics } from "./demographics.ts";
import { readEvents } from "./events.ts";
import { readHeld } from "./holders.ts";
import { readInvolvements, type Council } from "./involvements.ts";
import { partFor, unanswered, type PartRead } from "./parts.ts";
import type { PerRecord } from "./per-record.ts";
import type { Asked, Reading } from "./reading.ts";
import { readRelationships } from "./relationships.ts";
import type { Replica } from "./replica.ts";
import { readStates } from "./states.ts";

interface Asking {
  readonly replica: Replica;
  readonly lane: Lane;
  readonly council: Council;
}

/** Makes what answers one question: who is held and who is restricted first, then the parts side by side. */
export function makeAsk({ replica, lane, council }: Asking) {
  return async ({ recordIds: ids, parts }: Question, signal: AbortSignal): Promise<readonly Answer[]> => {
    const attempt = makeAttempt(replica, lane, signal);
    const held = await attempt("reading which records are held", (reading) => readHeld(reading, ids));
    if (held instanceof AgencyFault) return nothingFrom({ recordIds: ids, parts }, held);

    const all = ids.filter((id) => held.people.has(id));
    const open = all.filter((id) => !held.restricted.has(id));
    const part = <Item>(
      name: Part,
      about: readonly string[],
      work: (reading: Reading) => Promise<PerRecord<Item>>,
    ): Promise<PartRead<Item>> => {
      if (!parts.includes(name)) return Promise.resolve(null);
      return about.length === 0 ? Promise.resolve(new Map()) : attempt(`reading ${name.toLowerCase()}`, work);
    };
    const [demographics, relationships, involvements, states, events] = await Promise.all([
      part("DEMOGRAPHICS", all, (reading) => readDemographics(reading, held.people, held.restricted)),
      part("RELATIONSHIPS", open, (reading) => readRelationships(reading, open)),
      part("INVOLVEMENTS", all, (reading) => readInvolvements(reading, all, council)),
      part("STATES", open, (reading) => readStates(reading, open)),
      part("EVENTS", open, (reading) => readEvents(reading, open)),
    ]);
    return ids.map((recordId) => {
      const of = { recordId, held };
      return {
        recordId,
        restricted: held.restricted.has(recordId),
        asOf: held.asOf,
        // Without the addresses and numbers that were left out above; and whoever may be rung about the child now.
        demographics: partFor(demographics, of, () => true),
        relationships: partFor(relationships, of),
        involvements: partFor(involvements, of, ({ untilOn, role }) => untilOn === null && MAY_BE_RUNG.has(role)),
        states: partFor(states, of),
        events: partFor(events, of),
      };
    });
  };
}

type Attempt = <T>(doing: string, work: (reading: Reading) => Promise<T>) => Promise<T | AgencyFault>;

/** Readings for one question: they share rows and one limit of time, and a fault is a result. */
function makeAttempt(replica: Replica, lane: Lane, caller: AbortSignal): Attempt {
  const asked: Asked = new Map();
  const limit = AbortSignal.timeout(lane.settings.limitMs);
  const signal = AbortSignal.any([caller, limit]);
  return (doing, work) =>
    replica
      .read(doing, (reading) => work({ ...reading, asked }), signal)
      .catch((error: unknown) =>
        limit.aborted && !caller.aborted
          ? new AgencyFault(lane.system, "TIMEOUT", { doing })
          : asAgencyFault(lane.system, error),
      );
}

/** The answers where not even the records could be looked up. */
export function nothingFrom({ recordIds, parts }: Question, fault: AgencyFault): readonly Answer[] {
  return recordIds.map((recordId) => alike(recordId, parts, unanswered<never>(fault)));
}
