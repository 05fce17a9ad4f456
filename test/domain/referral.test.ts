import { describe, expect, it } from "vitest";
import { advance, REFERRAL_STATUSES, type ReferralStatus } from "../../src/domain/referral.ts";
import { Refusal } from "../../src/domain/refusal.ts";

/** Every step there is; all others are refused. */
const STEPS: readonly (readonly [ReferralStatus, ReferralStatus])[] = [
  ["SUBMITTED", "ROUTED"],
  ["SUBMITTED", "WITHDRAWN"],
  ["ROUTED", "ACCEPTED"],
  ["ROUTED", "RETURNED"],
  ["ROUTED", "WITHDRAWN"],
  ["RETURNED", "SUBMITTED"],
  ["RETURNED", "WITHDRAWN"],
  ["ACCEPTED", "CLOSED"],
];
const isStep = (from: ReferralStatus, to: ReferralStatus) => STEPS.some(([a, b]) => a === from && b === to);
const REFUSED = REFERRAL_STATUSES.flatMap((from) =>
  REFERRAL_STATUSES.filter((to) => !isStep(from, to)).map((to) => [from, to] as const),
);

describe("a referral", () => {
  it.each(STEPS)("that is %s may become %s", (from, to) => expect(advance(from, to)).toBe(to));

  it.each(REFUSED)("that is %s cannot become %s", (from, to) =>
    expect(() => advance(from, to)).toThrow(
      new Refusal("WRONG_STEP", `A referral that is ${from.toLowerCase()} cannot become ${to.toLowerCase()}`),
    ),
  );
});
