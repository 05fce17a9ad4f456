import { Refusal } from "./refusal.ts";

/** `SUBMITTED` waits for a team; `ROUTED` waits for that team's decision. `RETURNED` is never "rejected": it carries a reason. */
export const REFERRAL_STATUSES = ["SUBMITTED", "ROUTED", "ACCEPTED", "RETURNED", "WITHDRAWN", "CLOSED"] as const;
export type ReferralStatus = (typeof REFERRAL_STATUSES)[number];

const NEXT: Record<ReferralStatus, readonly ReferralStatus[]> = {
  SUBMITTED: ["ROUTED", "WITHDRAWN"],
  ROUTED: ["ACCEPTED", "RETURNED", "WITHDRAWN"],
  RETURNED: ["SUBMITTED", "WITHDRAWN"],
  ACCEPTED: ["CLOSED"],
  WITHDRAWN: [],
  CLOSED: [],
};

/** The one place that says which step may follow which. */
export function advance(from: ReferralStatus, to: ReferralStatus): ReferralStatus {
  if (NEXT[from].includes(to)) return to;
  throw new Refusal("WRONG_STEP", `A referral that is ${from.toLowerCase()} cannot become ${to.toLowerCase()}`);
}
