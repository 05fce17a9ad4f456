import { pino } from "pino";
import type { Log } from "./services/hub.ts";

/** One JSON line for each thing worth knowing. Callers pass ids and codes; an error's message is never logged, since it may
 *  quote a row or a request. */
export const makeLog = (level: string): Log => pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
