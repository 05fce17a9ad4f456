// Education: the schools' management information systems, reached through one API in the manner of Wonde.

import { dayInEngland } from "../../domain/plain-date.ts";
import type { Agency } from "../../domain/agency.ts";
import type { AgencySystem, Call } from "../agency-system.ts";
import { makeHttp } from "../http.ts";
import type { Lane } from "../lane.ts";
import { ask } from "./ask.ts";
import { changes } from "./changes.ts";
import { find } from "./find.ts";
import { makeDirectory } from "./school-directory.ts";
import { makeReader } from "./wonde-reader.ts";

export interface EducationOptions {
  readonly agency: Agency;
  /** Base address without the version: `https://api.wonde.com`. */
  readonly url: URL;
  readonly token: string;
  /** `LANES.mis`: thirty requests a second. */
  readonly lane: Lane;
  /** Wonde ids of the schools whose records are looked for and followed; all that approved the hub where left out. */
  readonly schools?: readonly string[];
  /** What day it is, for the weeks of absences that are told. */
  readonly now?: () => Date;
}

/** The schools as one agency's system. Its records are students at a school, `<school>.<student>`; a child at two schools has
 *  two. No child's record outlives a call; schools and whom to ring there are kept for ten minutes. */
export function makeEducation({ agency, url, token, lane, ...options }: EducationOptions): AgencySystem {
  const { schools: only = null, now = () => new Date() } = options;
  const http = makeHttp(lane, url);
  const directory = makeDirectory();
  const readerFor = (call: Call) => makeReader({ http, token, call });
  return {
    agency,
    ask: (question, call) => ask({ reader: readerFor(call), directory, today: dayInEngland(now()) }, question),
    find: (search, call) => find({ reader: readerFor(call), directory, only }, search),
    changes: (cursor, call) => changes({ reader: readerFor(call), directory, only, now }, cursor),
    check: async (call) =>
      void (await readerFor(call).page({ path: "v1.0/schools?per_page=1", doing: "checking that it answers" })),
    close: async () => {},
  };
}
