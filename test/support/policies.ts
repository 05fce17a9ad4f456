import { areaCalendar, nationalCalendar } from "../../src/domain/calendar.ts";
import type { ClockRule } from "../../src/domain/clock-rule.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import { type Policies, readPolicies } from "../../src/store/policy-files.ts";

/** The folder that ships. */
export const POLICIES = new URL("../../policies/", import.meta.url);

export const { area, national }: Policies = readPolicies(POLICIES, "oxfordshire");

/** By what statutory clocks count. */
export const calendar = nationalCalendar({ area, national });

/** By what the area's own do, with its offices shut on these days. */
export const localCalendar = (...closed: readonly string[]) =>
  areaCalendar({
    area: { ...area, closures: closed.map((on) => ({ on: plainDate(on), because: "Offices closed" })) },
    national,
  });

/** A clock of one working day, but for what is given. */
export const clockRule = (given: Partial<ClockRule> = {}): ClockRule => ({
  rule: "a-clock",
  starts: "it began",
  owes: "it is done",
  within: { workingDays: 1 },
  fixed: false,
  urgent: false,
  review: false,
  remind: [],
  source: "Local procedure 4.2",
  guidanceVersion: "Edition 2020",
  effectiveFrom: plainDate("2020-01-01"),
  status: "local",
  ...given,
});
