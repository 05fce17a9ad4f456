// Which team a referral goes to. The rules are the area's, in its policy file; the first that fits decides, and says why.

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly agencyId: string;
  readonly phone: string;
}

/** A line of the area's routing table. What is left out does not matter to it. */
export interface RoutingRule {
  readonly rule: string;
  readonly levels?: readonly string[] | undefined;
  readonly immediateDanger?: boolean | undefined;
  readonly to: string;
  readonly because: string;
  /** Where the area has laid it down. */
  readonly source: string;
}

export interface Routable {
  /** Level of need proposed by the referrer: an id of the area's `levels`. */
  readonly level: string;
  readonly immediateDanger: boolean;
}

export interface Route {
  readonly teamId: string;
  readonly rule: string;
  readonly because: string;
}

/** The route of a referral. The policy's last rule fits everything (checked when it is read), so nothing is without an owner. */
export function routeOf(referral: Routable, rules: readonly RoutingRule[]): Route {
  for (const { rule, levels, immediateDanger, to, because } of rules) {
    if (levels && !levels.includes(referral.level)) continue;
    if (immediateDanger !== undefined && immediateDanger !== referral.immediateDanger) continue;
    return { teamId: to, rule, because };
  }
  throw new Error("The area's routing rules have no last rule that fits everything");
}
