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

/** Lists follow students and pages follow each other: all of it together may take the limit of one request and this much. */
const A_LITTLE_MS = 500;

interface EducationOptions {
  readonly agency: Agency;
  /** Base address without the version: `https://api.wonde.com`. */
  readonly url: URL;
  readonly token: string;
  /** `LANES.mis`: thirty requests a second. */
  readonly lane: Lane;
  /** Wonde ids of the schools whose records are looked for and followed; all that approved the hub where left out. One named
   *  here that is not open to the hub keeps a search that finds nobody from meaning "nobody". */
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
  const withinMs = lane.settings.limitMs + A_LITTLE_MS;
  const inTime = (call: Call) => makeReader({ http, token, call, withinMs });
  const atLeisure = (call: Call) => makeReader({ http, token, call, withinMs: null });
  return {
    agency,
    ask: (question, call) => ask({ reader: inTime(call), directory, today: dayInEngland(now()) }, question),
    find: (search, call) => find({ reader: inTime(call), directory, only }, search),
    changes: (cursor, call) => changes({ reader: atLeisure(call), directory, only, now }, cursor),
    check: async (call) =>
      void (await inTime(call).page({ path: "v1.0/schools?per_page=1", doing: "checking that it answers" })),
    close: async () => {},
  };
}
