// How the dataset writes things down, read strictly: what is not of the agreed form is a fault, never a guess.

import { z } from "zod";
import { parsePlainDate, type PlainDate } from "../../domain/plain-date.ts";
import type { Provenance } from "../../domain/statements.ts";

/** The name provenance and lanes give to this system. */
export const SYSTEM = "ssd";

/** The day of a DATETIME at midnight (`2019-03-14 00:00:00`), whatever the zone of this process. */
export function dayOf(text: string | null): PlainDate | null {
  if (!text || text.startsWith("0000-")) return null;
  const day = parsePlainDate(text.slice(0, 10));
  if (!day) throw new RangeError("A date of the replica is not a date");
  return day;
}

/** The instant in one of our own extension columns, which are in UTC. */
export function instantOf(text: string | null): Date | null {
  if (!text) return null;
  const at = new Date(`${text.slice(0, 23).replace(" ", "T")}Z`);
  if (Number.isNaN(at.getTime())) throw new RangeError("A time of the replica is not a time");
  return at;
}

/** An id or text, without the source systems' `-1` and blanks for "unknown". */
export function known(text: string | null): string | null {
  const trimmed = text?.trim() ?? "";
  return trimmed === "" || trimmed === "-1" ? null : trimmed;
}

/** `Y`/`N`, or null where nothing was recorded. */
export function flagOf(text: string | null): boolean | null {
  const letter = text?.trim().charAt(0).toUpperCase();
  return letter === "Y" ? true : letter === "N" ? false : null;
}

const OUTCOMES = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

/** The flags set to `Y` in an outcome column. Keys nobody agreed on count like the others. */
export function flagsOf(json: string | null): readonly string[] {
  const outcomes = parseJson(OUTCOMES, json) ?? {};
  return Object.keys(outcomes).filter((key) => outcomes[key] === "Y");
}

/** A JSON column of the agreed shape, or null where it is empty. */
export function parseJson<T>(shape: z.ZodType<T>, json: string | null): T | null {
  if (json === null || json.trim() === "") return null;
  // Neither the parser's nor the checker's message may be kept: both quote what they read.
  const parsed = shape.safeParse(safeJson(json));
  if (!parsed.success) throw new TypeError("A JSON column of the replica is not of the agreed shape");
  return parsed.data;
}

function safeJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Where a statement comes from: the row's own identifier, and the council's wording where ours says less. */
export const provenance = (
  recordId: string,
  statedAs: string | null = null,
  recordedAt: string | null = null,
): Provenance => ({ system: SYSTEM, recordId, recordedAt, statedAs });
