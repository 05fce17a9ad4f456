// Deadlines that are moved: by a pause, or to a later day. Who may and why is decided elsewhere; here stands whether, and to when.

import type { Calendar } from "./calendar.ts";
import type { ClockRule } from "./clock-rule.ts";
import type { Due } from "./deadline.ts";
import { endOfDay } from "./instant.ts";
import type { ChangeKind } from "./obligation.ts";
import { addDays, dayInEngland, daysBetween, type PlainDate } from "./plain-date.ts";
import { amountOf, count, spanInWords } from "./span.ts";
import { addWorkingDays, workingDaysBetween } from "./working-days.ts";
import { addWorkingHours, workingHoursBetween } from "./working-hours.ts";

/** A clock that is running. */
export interface Running extends Due {
  readonly rule: ClockRule;
}

/** From when to when a clock stood still. */
export interface Pause {
  readonly pausedAt: Date;
  readonly resumedAt: Date;
}

/** The longest that a clock may stand still at a time, in days. */
const MOST_PAUSE_DAYS = 92;

/** The furthest that a clock may be extended beyond the day that its rule first gave, in days, where the rule says nothing of it. A
 *  default of the hub's own, as long as the longest pause: no source lays it down. */
const MOST_EXTENSION_DAYS = 92;

/** Why nobody may change a clock of this rule in this way, as a sentence; null where somebody may. What may be extended by so much
 *  (an emergency protection order: Children Act 1989, section 45) is extended once, and time does not stand still for it. */
export function whyNotChanged(rule: ClockRule, kind: ChangeKind, isExtended: boolean): string | null {
  if (rule.fixed) return `Nobody may move this clock: it ends only by the step that meets or ends it (${rule.source})`;
  if (!rule.extendsBy || kind === "CANCEL") return null;
  if (kind === "PAUSE") return `This clock may be extended once, and never paused (${rule.source})`;
  return isExtended ? `This clock has been extended before, and may be extended once only (${rule.source})` : null;
}

function mustMove(rule: ClockRule): void {
  if (rule.fixed) throw new RangeError(`${rule.rule} is a limit of law that nobody may move`);
}

/** When it is due after a pause: later by what passed, in the unit in which the rule counts (months by calendar days). Never earlier
 *  than before. A clock counted backwards stays, since what it is counted from has not moved. Throws RangeError for a limit that
 *  nobody may move, and where the table of bank holidays ends first. */
export function afterPause({ rule, dueOn, dueAt }: Running, pause: Pause, calendar: Calendar): Due {
  mustMove(rule);
  const { pausedAt, resumedAt } = pause;
  if (rule.before || resumedAt <= pausedAt) return { dueOn, dueAt };
  const [from, to] = [dayInEngland(pausedAt), dayInEngland(resumedAt)];
  switch (amountOf(rule.within).unit) {
    case "workingDays":
      return movedTo(addWorkingDays(dueOn, workingDaysBetween(from, to, calendar), calendar).on, { dueOn, dueAt });
    case "days":
    case "months":
      return movedTo(addDays(dueOn, daysBetween(from, to)), { dueOn, dueAt });
    case "hours":
      return exactly(new Date(dueAt.getTime() + resumedAt.getTime() - pausedAt.getTime()));
    case "workingHours": {
      const passed = workingHoursBetween(pausedAt, resumedAt, calendar);
      return passed === 0 ? { dueOn, dueAt } : exactly(addWorkingHours(dueAt, passed, calendar).at);
    }
  }
}

/** When it would be due after a pause that begins now and lasts to the end of this day. Throws RangeError with a sentence for a pause
 *  that is too long, and as `afterPause` does. */
export function pausedUntil(
  clock: Running,
  { pausedAt, untilOn }: { readonly pausedAt: Date; readonly untilOn: PlainDate },
  calendar: Calendar,
): Due {
  const most = addDays(dayInEngland(pausedAt), MOST_PAUSE_DAYS);
  if (untilOn > most) throw new RangeError(`a pause lasts ${MOST_PAUSE_DAYS} days at most: until ${most}`);
  return afterPause(clock, { pausedAt, resumedAt: endOfDay(untilOn) }, calendar);
}

const exactly = (dueAt: Date): Due => ({ dueOn: dayInEngland(dueAt), dueAt });

const movedTo = (on: PlainDate, was: Due): Due => (on > was.dueOn ? { dueOn: on, dueAt: endOfDay(on) } : was);

/** A clock that may be extended. */
export interface Extendable {
  readonly rule: ClockRule;
  /** The last day as it now stands. */
  readonly dueOn: PlainDate;
  /** The last day that the rule itself gave; the most is counted from it, however often it is extended. */
  readonly firstDueOn: PlainDate;
}

/** When it is due once extended to the end of this day. By `extendsBy` at most; where the rule has none, by as much again as its own
 *  span, and never by more than 92 days. Throws RangeError with a sentence where the day is not later, lies beyond that, or the law
 *  lets nobody extend it, and where the table of bank holidays ends first. */
export function extendedTo({ rule, dueOn, firstDueOn }: Extendable, to: PlainDate, calendar: Calendar): Due {
  mustMove(rule);
  if (to <= dueOn) throw new RangeError(`It is due on ${dueOn}: an extension must be to a later day`);
  const { most, inWords } = mostExtended(rule, firstDueOn, calendar);
  if (to > most) throw new RangeError(`${rule.rule} may be extended by ${inWords}: until ${most}`);
  return { dueOn: to, dueAt: endOfDay(to) };
}

/** The last day to which a clock may be extended. */
function mostExtended({ extendsBy, within }: ClockRule, firstDueOn: PlainDate, calendar: Calendar) {
  const from = { at: endOfDay(firstDueOn), on: firstDueOn };
  if (extendsBy) return { most: count(from, extendsBy, calendar).on, inWords: spanInWords(extendsBy) };
  const asMuchAgain = dayInEngland(new Date(count(from, within, calendar).at.getTime() - 1));
  const longest = addDays(firstDueOn, MOST_EXTENSION_DAYS);
  return asMuchAgain <= longest
    ? { most: asMuchAgain, inWords: `as much again as it is given (${spanInWords(within)})` }
    : { most: longest, inWords: `${MOST_EXTENSION_DAYS} days at most` };
}
