// What the policy files' shapes are made of.

import { z } from "zod";
import type { Span } from "../domain/clock-rule.ts";
import { parsePlainDate, type PlainDate } from "../domain/plain-date.ts";
import { SPAN_UNITS, type SpanUnit } from "../domain/span.ts";

export const day = z.string().transform((text, context): PlainDate => {
  const found = parsePlainDate(text);
  if (found) return found;
  context.addIssue("must be a day, YYYY-MM-DD");
  return z.NEVER;
});

export const id = z.string().regex(/^[a-z0-9-]{1,40}$/, "must be 1 to 40 lower-case letters, digits or hyphens");
export const text = z.string().min(1).max(400);
export const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day, HH:MM");

/** Read in the source named; one area's own; or a default to be confirmed. */
export const status = z.enum(["verified", "local", "unverified"]);

/** The most of each unit: about three years, and what one table of bank holidays can answer. */
const MOST: Readonly<Record<SpanUnit, number>> = {
  workingDays: 250,
  days: 1_100,
  months: 36,
  hours: 2_000,
  workingHours: 400,
};

const units = `${SPAN_UNITS.slice(0, -1).join(", ")} or ${SPAN_UNITS.at(-1)}`;

/** `{ "workingDays": 15 }`: one unit, and a whole number of it that is at least `least`. */
export const span = (least: 0 | 1 = 1) =>
  z.unknown().transform((given, context): Span => {
    const [[unit, count] = [], ...more] = Object.entries(typeof given === "object" && given !== null ? given : {});
    const known = SPAN_UNITS.find((each) => each === unit);
    if (known && more.length === 0 && Number.isInteger(count) && count >= least && count <= MOST[known])
      return { [known]: count as number } as unknown as Span;
    context.addIssue(
      known && more.length === 0
        ? `must be a whole number of ${known} from ${least} to ${MOST[known]}`
        : `must be one amount of time, such as { "workingDays": 15 }: ${units}`,
    );
    return z.NEVER;
  });

export type Context = z.core.$RefinementCtx;

/** Adds a problem at a place unless something holds. */
export const must = (context: Context) => (holds: boolean, path: (string | number)[], message: string) => {
  if (!holds) context.addIssue({ code: "custom", path, message });
};
