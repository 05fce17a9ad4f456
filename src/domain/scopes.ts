// What agencies' own systems may be let do. The issuer grants a system some of these scopes; what each opens is said in one table, and
// what is not in it is closed to systems.

/** Scopes, and what each lets a system do for the agency that it belongs to, and for no other. */
export const SYSTEM_SCOPES = {
  "referral:submit": "pass on a concern about a child whose number it knows",
  "referral:read": "read what became of its agency's own referrals",
  "webhook:manage": "register, list and end its agency's webhooks",
  "agency:read": "see which agencies' systems are connected and whether they answer",
  "deadline:read": "work out by when something is due",
} as const;
export type SystemScope = keyof typeof SYSTEM_SCOPES;

const ALL = Object.keys(SYSTEM_SCOPES) as SystemScope[];

/** The root fields of the graph that a system may ask for, and the scope that each needs; null: none but its sign-in. */
export const OPEN_TO_SYSTEMS: ReadonlyMap<string, SystemScope | null> = new Map([
  ["__typename", null],
  ["me", null],
  ["agencies", "agency:read"],
  ["hubStatus", "agency:read"],
  ["clockRules", "deadline:read"],
  ["deadline", "deadline:read"],
  ["referral", "referral:read"],
  ["submitReferral", "referral:submit"],
  ["webhooks", "webhook:manage"],
  ["registerWebhook", "webhook:manage"],
  ["endWebhook", "webhook:manage"],
] as const);

/** Those that this text names, as a token's `scope` does; what the hub does not know opens nothing. */
export function scopesNamed(text: string): SystemScope[] {
  const named = new Set(text.split(" "));
  return ALL.filter((scope) => named.has(scope));
}
