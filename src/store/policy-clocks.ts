// The shape of clocks in policy files, and of the table of bank holidays.

import { z } from "zod";
import type { ClockRule, Span } from "../domain/clock-rule.ts";
import { parsePlainDate } from "../domain/plain-date.ts";
import { amountOf } from "../domain/span.ts";
import { STEP_KINDS, STEP_OUTCOMES } from "../domain/statutory-step.ts";
import { type Context, day, id, must, span, status, text } from "./policy-words.ts";

const step = z.enum(STEP_KINDS, "names no kind of step");

const ENDED_BY = z.strictObject({
  step,
  outcomes: z.array(z.enum(STEP_OUTCOMES, "names no outcome of a step")).min(1).optional(),
});

const STARTED_BY = ENDED_BY.extend({
  whenItMet: z.array(id).min(1).optional(),
  countsFrom: step.optional(),
});

/** Both count in the same unit, and the one is at most so long as the other. */
export function isWithinSpan(one: Span, other: Span): boolean {
  const [first, second] = [amountOf(one), amountOf(other)];
  return first.unit === second.unit && first.count <= second.count;
}

const CLOCK = z
  .strictObject({
    rule: id,
    starts: text,
    owes: text,
    within: span(),
    before: z.boolean().optional(),
    notBefore: span().optional(),
    startedBy: z.array(STARTED_BY).min(1).optional(),
    metBy: z.array(step).min(1).optional(),
    endedBy: z.array(ENDED_BY).min(1).optional(),
    fixed: z.boolean(),
    extendsBy: span().optional(),
    urgent: z.boolean(),
    review: z.boolean(),
    remind: z.array(span()),
    source: text,
    guidanceVersion: text,
    effectiveFrom: day,
    effectiveUntil: day.optional(),
    status,
  })
  .superRefine((clock, context) => {
    const mustHere = must(context);
    const { within, before, notBefore, effectiveFrom, effectiveUntil } = clock;
    mustHere(
      !(clock.fixed && clock.extendsBy),
      ["extendsBy"],
      "a limit that nobody may move (fixed) is never extended",
    );
    mustHere(!clock.startedBy || Boolean(clock.metBy), ["metBy"], "must name what meets a clock that a step starts");
    mustHere(
      effectiveUntil === undefined || effectiveFrom <= effectiveUntil,
      ["effectiveUntil"],
      "must not be before effectiveFrom",
    );
    if (notBefore)
      mustHere(
        before ? isWithinSpan(within, notBefore) : isWithinSpan(notBefore, within),
        ["notBefore"],
        "must be in the unit of `within` and open before it ends",
      );
  });

/** Clocks of one file. */
export const clocks = z.array(CLOCK).superRefine(noOverlap);

/** Two editions of one rule that hold on one day would make the answer a matter of luck. */
function noOverlap(all: readonly ClockRule[], context: Context): void {
  for (const [at, { rule, effectiveFrom }] of all.entries())
    must(context)(
      !all.some(
        (other, where) =>
          where !== at &&
          other.rule === rule &&
          (other.effectiveFrom < effectiveFrom || (other.effectiveFrom === effectiveFrom && where < at)) &&
          (other.effectiveUntil === undefined || other.effectiveUntil >= effectiveFrom),
      ),
      [at, "effectiveFrom"],
      `overlaps with another edition of ${rule}: end that one by its effectiveUntil`,
    );
}

export const ENGLAND = z.strictObject({ about: z.string().min(1).max(1_000), clocks });

/** A day mistyped here, or a year left out, would move deadlines without a word. */
export const HOLIDAYS = z
  .strictObject({ about: text, source: text, from: day, until: day, days: z.record(z.string(), text) })
  .superRefine(({ from, until, days }, context) => {
    for (const on of Object.keys(days))
      must(context)(
        parsePlainDate(on) !== null && on >= from && on <= until,
        ["days", on],
        "must be a day, YYYY-MM-DD, that is covered",
      );
    for (let year = Number(from.slice(0, 4)); year <= Number(until.slice(0, 4)); year += 1)
      must(context)(
        Object.keys(days).some((on) => on.startsWith(`${year}-`)),
        ["days"],
        `has none of ${year}`,
      );
  });
