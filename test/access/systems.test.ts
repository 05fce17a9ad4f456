import { describe, expect, it } from "vitest";
import { HUB_ITSELF } from "../../src/domain/access-rules.ts";
import { type Actor, type Role, ROLES } from "../../src/domain/actor.ts";
import { OPEN_TO_SYSTEMS, SYSTEM_SCOPES, type SystemScope } from "../../src/domain/scopes.ts";
import { mayEndSessions } from "../../src/domain/sharing-sessions.ts";
import { mayAsk, mayPassOn, mayReadReferralOf } from "../../src/domain/sharing-systems.ts";
import { mayConnectSystems } from "../../src/domain/sharing-telling.ts";
import { buildHubSchema } from "../../src/resolvers/schema.ts";

const system = (...scopes: SystemScope[]): Actor => ({
  kind: "SYSTEM",
  id: "mis",
  name: "MIS",
  role: "AGENCY_SYSTEM",
  agencyId: "school",
  scopes,
});
const ALL = Object.keys(SYSTEM_SCOPES) as SystemScope[];
const ask = (actor: Actor, field: string, agencyIds: string[] = []) => mayAsk(actor, { fields: [field], agencyIds });

/** Written apart from the code: what each scope opens, and nothing else. */
const OPENS: Record<SystemScope, readonly string[]> = {
  "referral:submit": ["submitReferral"],
  "referral:read": ["referral"],
  "webhook:manage": ["webhooks", "registerWebhook", "endWebhook"],
  "agency:read": ["agencies", "hubStatus"],
  "deadline:read": ["deadline", "clockRules"],
};

describe("an agency's system", () => {
  it("may ask for what its scopes name, of all that the graph has", async () => {
    const schema = await buildHubSchema();
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const fields = roots.flatMap((type) => Object.keys(type?.getFields() ?? {}));
    expect(fields.length).toBeGreaterThan(50);
    for (const scope of ALL)
      expect(fields.filter((field) => ask(system(scope), field).allowed).sort()).toEqual(
        ["me", ...OPENS[scope]].sort(),
      );
    expect(fields.filter((field) => ask(system(), field).allowed)).toEqual(["me"]);
    // What the table names must be there: a field that was renamed would be open under its new name to nobody, and nobody would know.
    expect([...OPEN_TO_SYSTEMS.keys()].filter((field) => !fields.includes(field))).toEqual(["__typename"]);
  });

  it("may name no agency but its own, and belongs to one", () => {
    expect(ask(system("referral:read"), "referral", ["school"]).allowed).toBe(true);
    expect(ask(system("referral:read"), "referral", ["school", "police"]).rule).toBe("another-agency");
    expect(ask({ ...system(...ALL), agencyId: null }, "me").rule).toBe("no-agency");
  });

  it("is ruled on again by whoever serves it", () => {
    expect(mayPassOn(system("referral:submit")).allowed).toBe(true);
    expect(mayPassOn(system("referral:read")).rule).toBe("scope-missing");
    const referral = (fromAgencyId: string) => ({ fromAgencyId, access: HUB_ITSELF });
    expect(mayReadReferralOf(system("referral:read"), referral("school")).allowed).toBe(true);
    expect(mayReadReferralOf(system("referral:read"), referral("police")).rule).toBe("another-agency");
    expect(mayReadReferralOf(system("referral:submit"), referral("school")).rule).toBe("scope-missing");
    expect(mayConnectSystems(system("webhook:manage"), "school").allowed).toBe(true);
    expect(mayConnectSystems(system("webhook:manage"), "police").rule).toBe("another-agency");
    expect(mayConnectSystems(system("agency:read"), "school").rule).toBe("scope-missing");
  });
});

describe("ending somebody's sign-in", () => {
  const person = (role: Role | null): Actor => ({ kind: "PRACTITIONER", id: "own", name: "", role, agencyId: null });

  it("is for themselves, the data protection officer and the front door's managers", () => {
    const forOthers = [...ROLES, null].filter((role) => mayEndSessions(person(role), "other").allowed);
    expect(forOthers).toEqual(["MASH_MANAGER", "DATA_PROTECTION_OFFICER"]);
    expect([...ROLES, null].every((role) => mayEndSessions(person(role), "own").allowed)).toBe(true);
  });
});
