// An agency's system in memory, which keeps the same contract as the real ones. What makes tests over it worth anything is
// that it passes the same suite (`test/adapters/fake.test.ts`).

import { AgencyFault } from "../../src/adapters/agency-fault.ts";
import type { AgencySystem, Answer, Call, FoundRecord, PersonSearch } from "../../src/adapters/agency-system.ts";
import { type FaultCode, type Part, type PartAnswer, told } from "../../src/domain/absence.ts";
import { FIELD_OF } from "../../src/domain/agency-view.ts";
import type { Agency } from "../../src/domain/agency.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import type { Demographics, Involvement, State, StatedEvent, StatedRelationship } from "../../src/domain/statements.ts";

/** What the fake holds of one person. */
export interface FakeRecord {
  readonly recordId: string;
  readonly restricted?: boolean;
  readonly demographics: Demographics;
  readonly relationships?: readonly StatedRelationship[];
  readonly involvements?: readonly Involvement[];
  readonly states?: readonly State[];
  readonly events?: readonly StatedEvent[];
}

export const provenanceOf = (recordId: string) => ({ system: "fake", recordId, recordedAt: null, statedAs: null });

/** Who somebody is, as plainly as it can be said. */
export function person(
  recordId: string,
  {
    forename,
    surname,
    bornOn,
    ...more
  }: { forename: string; surname: string; bornOn: string } & Partial<Omit<Demographics, "bornOn">>,
): Demographics {
  return {
    identifiers: [],
    names: [{ use: "OFFICIAL", forenames: [forename], surname }],
    bornOn: plainDate(bornOn),
    bornOnAccuracy: "DAY",
    expectedOn: null,
    diedOn: null,
    sex: "UNKNOWN",
    gender: null,
    ethnicity: null,
    addresses: [],
    heldBy: null,
    provenance: provenanceOf(recordId),
    ...more,
  };
}

/** The fake, and how a test makes it fail. */
export interface FakeSystem extends AgencySystem {
  /** Every request from now on fails this way; null heals it. */
  failWith(fault: FaultCode | null): void;
  /** Questions asked since the last call of this. */
  countRequests(): number;
  /** Adds a record, or puts another in its place. */
  put(record: FakeRecord): void;
}

export function makeFakeSystem(agency: Agency, records: readonly FakeRecord[]): FakeSystem {
  const held = new Map(records.map((record) => [record.recordId, record]));
  const order = records.map(({ recordId }) => recordId);
  let fault: FaultCode | null = null;
  let requests = 0;

  function failing({ signal }: Call): FaultCode | null {
    requests += 1;
    return signal.aborted ? "CANCELLED" : fault;
  }
  function orThrow(call: Call, doing: string): void {
    const code = failing(call);
    if (code) throw new AgencyFault(agency.id, code, { doing });
  }
  const found = ({ recordId, restricted = false, demographics }: FakeRecord): FoundRecord => {
    return { recordId, restricted, demographics };
  };

  function answer(recordId: string, parts: readonly Part[], code: FaultCode | null): Answer {
    const record = held.get(recordId);
    const part = <Item>(name: Part, items: readonly Item[] = []): PartAnswer<Item> => {
      if (!parts.includes(name)) return { status: "NOT_ASKED", reason: "not asked" };
      if (code) return { status: "DID_NOT_ANSWER", fault: code, reason: `It did not answer (${code})`, items: [] };
      if (!record?.restricted) return told(items);
      return { status: "WITHHELD", rule: "the record is restricted", items: name === "DEMOGRAPHICS" ? items : [] };
    };
    const who = record && { ...record.demographics, ...(record.restricted && { addresses: [] }) };
    return {
      recordId,
      restricted: record?.restricted ?? false,
      asOf: null,
      [FIELD_OF.DEMOGRAPHICS]: part("DEMOGRAPHICS", who ? [who] : []),
      [FIELD_OF.RELATIONSHIPS]: part("RELATIONSHIPS", record?.relationships),
      [FIELD_OF.INVOLVEMENTS]: part("INVOLVEMENTS", record?.involvements),
      [FIELD_OF.STATES]: part("STATES", record?.states),
      [FIELD_OF.EVENTS]: part("EVENTS", record?.events),
    };
  }

  const matches = (search: PersonSearch) => (record: FakeRecord) => {
    const { identifiers, names, bornOn } = record.demographics;
    if (search.identifier)
      return identifiers.some(
        ({ kind, value }) => kind === search.identifier?.kind && value === search.identifier.value,
      );
    return bornOn === search.bornOn && names.some(({ surname }) => surname === search.surname);
  };

  return {
    agency,
    async ask({ recordIds, parts }, call) {
      if (recordIds.length === 0) return [];
      const code = failing(call);
      return recordIds.map((recordId) => answer(recordId, parts, code));
    },
    async find(search, call) {
      orThrow(call, "searching");
      return [...held.values()].filter(matches(search)).map(found);
    },
    async changes(cursor, call) {
      orThrow(call, "reading changes");
      const from = Number(cursor ?? 0);
      const changed = order.slice(from).flatMap((recordId) => held.get(recordId) ?? []);
      return { changed: changed.map(found), gone: [], cursor: String(order.length), more: false };
    },
    async check(call) {
      orThrow(call, "checking");
    },
    async close() {},
    failWith: (code) => void (fault = code),
    countRequests: () => {
      const counted = requests;
      requests = 0;
      return counted;
    },
    put(record) {
      held.set(record.recordId, record);
      order.push(record.recordId);
    },
  };
}
