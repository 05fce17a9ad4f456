// How far a clock may be extended whose rule says nothing of it.

import { describe, expect, it } from "vitest";
import type { Span } from "../../src/domain/clock-rule.ts";
import { extendedTo } from "../../src/domain/deadline-moves.ts";
import { addDays, plainDate } from "../../src/domain/plain-date.ts";
import { calendar, clockRule } from "../support/policies.ts";

const FIRST = plainDate("2026-03-10");

describe("a clock whose rule does not say by how much is extended", () => {
  it.each<[string, Span, string, string]>([
    ["working days", { workingDays: 15 }, "2026-03-31", "as much again as it is given (15 working days)"],
    ["days", { days: 7 }, "2026-03-17", "as much again as it is given (7 days)"],
    ["hours", { hours: 72 }, "2026-03-13", "as much again as it is given (72 hours)"],
    ["working hours", { workingHours: 8 }, "2026-03-11", "as much again as it is given (8 working hours)"],
    ["three months", { months: 3 }, "2026-06-10", "as much again as it is given (3 months)"],
    ["six months", { months: 6 }, "2026-06-10", "92 days at most"],
    ["a hundred days", { days: 100 }, "2026-06-10", "92 days at most"],
  ])("in %s, by as much again and by 92 days at most", (_, within, most, inWords) => {
    const rule = clockRule({ within });
    const last = plainDate(most);
    const beyond = addDays(last, 1);
    for (const dueOn of [FIRST, addDays(last, -1)])
      expect(extendedTo({ rule, dueOn, firstDueOn: FIRST }, last, calendar).dueOn).toBe(most);
    for (const dueOn of [FIRST, last])
      expect(() => extendedTo({ rule, dueOn, firstDueOn: FIRST }, beyond, calendar)).toThrow(
        new RangeError(`a-clock may be extended by ${inWords}: until ${most}`),
      );
  });
});
