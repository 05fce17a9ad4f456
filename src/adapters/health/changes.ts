// Which care-record patients have changed: polled by `_lastUpdated`, with a cursor that neither loses nor repeats a record.

import { z } from "zod";
import { AgencyFault } from "../agency-fault.ts";
import type { Call, ChangePage } from "../agency-system.ts";
import type { CareRecord } from "./care-record.ts";
import { foundPatient } from "./find.ts";
import type { Patient } from "./patients.ts";

const PAGE = "200";

const cursorShape = z.object({
  /** The latest change told of, as the server wrote it. */
  since: z.string().nullable(),
  /** Versions told of that bear that very time: the next search begins with them again. */
  told: z.array(z.string()),
  /** The server's link to the rest of the search, while there is one. */
  next: z.string().nullable(),
});
type Cursor = z.infer<typeof cursorShape>;

const START: Cursor = { since: null, told: [], next: null };

/** `changes` over the care record. It does not tell of deletions: a search by `_lastUpdated` cannot see them. `restricted` is
 *  what the care record says: PDS cannot be asked about everybody at five a second, so false here does not lift what PDS,
 *  asked about one record, has said. */
export function makeChanges(careRecord: CareRecord) {
  const { system } = careRecord;

  return async function changes(cursor: string | null, call: Call): Promise<ChangePage> {
    const from = cursor === null ? START : decode(cursor);
    const { patients, next } = await page(from, call);
    const fresh = patients.filter((patient) => !from.told.includes(versionOf(patient)));
    const to = advance(from, patients, next);
    return {
      changed: fresh.map((patient) => foundPatient(patient)),
      gone: [],
      cursor: encode(to),
      more: next !== null,
    };
  };

  /** The next page; where the server no longer keeps it, the search begins again from the time reached. */
  async function page({ since, next }: Cursor, call: Call): Promise<{ patients: Patient[]; next: string | null }> {
    if (next !== null) {
      try {
        return await careRecord.page(next, call);
      } catch (error) {
        if (!(error instanceof AgencyFault) || !["NOT_FOUND", "BAD_REQUEST"].includes(error.code)) throw error;
      }
    }
    const params = new URLSearchParams({ _sort: "_lastUpdated", _count: PAGE });
    if (since !== null) params.set("_lastUpdated", `ge${since}`);
    return careRecord.page(params, call);
  }

  function advance(from: Cursor, patients: readonly Patient[], next: string | null): Cursor {
    let { since, told } = from;
    for (const patient of patients) {
      const at = patient.meta.lastUpdated;
      if (at === undefined || (since !== null && Date.parse(at) < Date.parse(since)))
        throw new AgencyFault(system, "MALFORMED", { doing: "reading changes: they are not in order of time" });
      if (since === null || Date.parse(at) > Date.parse(since)) told = [];
      since = at;
      told = [...told, versionOf(patient)];
    }
    return { since, told: [...new Set(told)], next };
  }

  function decode(cursor: string): Cursor {
    try {
      return cursorShape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    } catch {
      throw new AgencyFault(system, "BAD_REQUEST", { doing: "reading changes: the cursor is not one of ours" });
    }
  }
}

const encode = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString("base64url");

const versionOf = ({ id, meta }: Patient): string => `${id}@${meta.versionId ?? meta.lastUpdated ?? ""}`;
