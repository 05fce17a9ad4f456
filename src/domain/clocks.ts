// Which clock holds where nation and area both have one, and by which calendar it counts.

import { areaCalendar, type Calendar, nationalCalendar } from "./calendar.ts";
import type { ClockRule } from "./clock-rule.ts";
import { isInForce, ruleInForce } from "./deadline.ts";
import type { PlainDate } from "./plain-date.ts";
import type { Area, National } from "./policy.ts";

/** What the hub goes by. */
export interface Policies {
  readonly area: Pick<Area, "clocks" | "closures" | "officeHours">;
  readonly national: National;
}

/** A rule with the calendar by which it counts. */
export interface Clock {
  readonly rule: ClockRule;
  readonly calendar: Calendar;
}

/** The clock of this name for something that happens on this day. The area's own comes before the nation's: policy files are read
 *  only if it is no laxer, and it counts without the area's closures, which could make it so. Throws RangeError where there is none. */
export function clockNamed(policies: Policies, name: string, on: PlainDate): Clock {
  const { area, national } = policies;
  const isNational = national.clocks.some(({ rule }) => rule === name);
  const isLocal = area.clocks.some((each) => each.rule === name && isInForce(each, on));
  return {
    rule: ruleInForce(isLocal ? area.clocks : national.clocks, name, on),
    calendar: isNational ? nationalCalendar(policies) : areaCalendar(policies),
  };
}

/** Every clock for what happens on this day, one of each name: the nation's first, then the area's own. */
export function clocksInForce(policies: Policies, on: PlainDate): Clock[] {
  const { area, national } = policies;
  const inForce = [...national.clocks, ...area.clocks].filter((rule) => isInForce(rule, on));
  return [...new Set(inForce.map(({ rule }) => rule))].map((name) => clockNamed(policies, name, on));
}

/** Every clock's name, in alphabetical order. */
export const clockNames = ({ area, national }: Policies): string[] =>
  [...new Set([...national.clocks, ...area.clocks].map(({ rule }) => rule))].sort();
