import { pino } from "pino";
import type { Log } from "./services/hub.ts";

/** One JSON line for each thing worth knowing. Callers pass ids and codes; an error's message is never logged, since it may
 *  quote a row or a request. `write` takes the lines instead of the process's output. */
export function makeLog(level: string, write?: (line: string) => void): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return write ? pino(options, { write }) : pino(options);
}
