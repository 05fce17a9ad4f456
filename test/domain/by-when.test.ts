import { describe, expect, it } from "vitest";
import { byWhen } from "../../src/domain/by-when.ts";
import type { PlainDate } from "../../src/domain/plain-date.ts";

describe("by when something is due", () => {
  it.each([
    ["2026-12-24", "2026-12-25T00:00:00Z", "the end of 2026-12-24"],
    ["2026-07-01", "2026-07-01T23:00:00Z", "the end of 2026-07-01"],
    ["2026-12-26", "2026-12-26T03:15:00Z", "03:15 GMT on 2026-12-26"],
    ["2026-07-01", "2026-07-01T22:11:00Z", "23:11 BST on 2026-07-01"],
    ["2026-07-02", "2026-07-01T23:30:00Z", "00:30 BST on 2026-07-02"],
  ])("on %s until %s is said as %s", (dueOn, dueAt, said) => {
    expect(byWhen({ dueOn: dueOn as PlainDate, dueAt: new Date(dueAt) })).toBe(said);
  });
});
