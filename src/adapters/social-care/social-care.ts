// Children's social care behind the port: a nightly replica in the Standard Safeguarding Dataset schema, read by SQL.

import type { Part } from "../../domain/absence.ts";
import type { Agency } from "../../domain/agency.ts";
import { AgencyFault, asAgencyFault } from "../agency-fault.ts";
import type { AgencySystem, Answer, Call, Question } from "../agency-system.ts";
import type { Lane } from "../lane.ts";
import { readChanges } from "./changes.ts";
import { readDemographics } from "./demographics.ts";
import { readEvents } from "./events.ts";
import { findRecords } from "./find.ts";
import { readHeld } from "./holders.ts";
import { readInvolvements } from "./involvements.ts";
import { NOT_ASKED, partFor, unanswered, type PartRead } from "./parts.ts";
import type { Asked, Reading } from "./reading.ts";
import { readRelationships } from "./relationships.ts";
import { makeReplica, type Replica } from "./replica.ts";
import { readStates } from "./states.ts";

export interface SocialCareOptions {
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

  async function ask({ recordIds, parts }: Question, call: Call): Promise<readonly Answer[]> {
    const ids = [...new Set(recordIds)];
    if (ids.length === 0) return [];
    const attempt = makeAttempt(replica, lane, call.signal);
    const held = await attempt("reading which records are held", (reading) => readHeld(reading, ids));
    if (held instanceof AgencyFault) return ids.map((recordId) => nothingFrom(recordId, parts, held));

    const all = ids.filter((id) => held.people.has(id));
    const open = all.filter((id) => !held.restricted.has(id));
    const part = <Item>(
      name: Part,
      about: readonly string[],
      work: (reading: Reading) => Promise<ReadonlyMap<string, readonly Item[]>>,
    ): Promise<PartRead<Item>> => {
      if (!parts.includes(name)) return Promise.resolve(null);
      return about.length === 0 ? Promise.resolve(new Map()) : attempt(`reading ${name.toLowerCase()}`, work);
    };
    const [demographics, relationships, involvements, states, events] = await Promise.all([
      part("DEMOGRAPHICS", all, async (reading) => {
        const read = await readDemographics(reading, [...held.people.values()], held.restricted);
        return new Map([...read].map(([id, said]) => [id, [said]]));
      }),
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
        // Without addresses, which were not read; and whoever works with the child now, to be rung.
        demographics: partFor(demographics, of, () => true),
        relationships: partFor(relationships, of),
        involvements: partFor(involvements, of, ({ until }) => until === null),
        states: partFor(states, of),
        events: partFor(events, of),
      };
    });
  }

  const one = <T>(doing: string, work: (reading: Reading) => Promise<T>, call: Call): Promise<T> =>
    replica.read(doing, (reading) => work({ ...reading, asked: new Map() }), call.signal);

  return {
    agency,
    ask,
    find: (search, call) => one("finding a person", (reading) => findRecords(reading, search), call),
    changes: (cursor, call) => one("reading changes", (reading) => readChanges(reading, cursor), call),
    check: (call) => one("being called", async ({ db }) => void (await db.query("SELECT 1")), call),
    close: () => replica.close(),
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

/** The answer where not even the record could be looked up. */
function nothingFrom(recordId: string, parts: readonly Part[], fault: AgencyFault): Answer {
  const part = (name: Part) => (parts.includes(name) ? unanswered<never>(fault) : NOT_ASKED);
  return {
    recordId,
    restricted: false,
    asOf: null,
    demographics: part("DEMOGRAPHICS"),
    relationships: part("RELATIONSHIPS"),
    involvements: part("INVOLVEMENTS"),
    states: part("STATES"),
    events: part("EVENTS"),
  };
}
