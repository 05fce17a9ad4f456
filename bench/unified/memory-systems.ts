// Agencies' systems over arrays: the port without a network, so that what is measured is the hub.

import type { AgencySystem, Answer } from "../../src/adapters/agency-system.ts";
import { told, type Part, type PartAnswer } from "../../src/domain/absence.ts";
import type { Agency } from "../../src/domain/agency.ts";
import { AGENCIES, CHILDREN, recordAt, type MemoryRecord } from "./memory-town.ts";

const NOT_ASKED: PartAnswer<never> = { status: "NOT_ASKED", reason: "this was not asked for" };

function answerOf(record: MemoryRecord | undefined, recordId: string, parts: readonly Part[]): Answer {
  const part = <Item>(name: Part, items: readonly Item[] = []): PartAnswer<Item> =>
    parts.includes(name) ? told(items) : NOT_ASKED;
  return {
    recordId,
    restricted: false,
    asOf: null,
    demographics: part("DEMOGRAPHICS"),
    relationships: part("RELATIONSHIPS"),
    involvements: part("INVOLVEMENTS", record?.involvements),
    states: part("STATES", record?.states),
    events: part("EVENTS", record?.events),
  };
}

function makeMemorySystem(agency: Agency): AgencySystem {
  const records = new Map(
    Array.from({ length: CHILDREN }, (_, n) => recordAt(agency.id, n)).map((record) => [record.recordId, record]),
  );
  return {
    agency,
    ask: async ({ recordIds, parts }) => recordIds.map((id) => answerOf(records.get(id), id, parts)),
    find: async () => [],
    changes: async (cursor) => ({ changed: [], gone: [], cursor: cursor ?? "end", more: false }),
    check: async () => {},
    close: async () => {},
  };
}

/** One system for each agency. */
export const makeMemorySystems = (): AgencySystem[] => AGENCIES.map(makeMemorySystem);
