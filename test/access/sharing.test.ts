// The whole of who may do what, written out once more apart from the code: a change there must be made here as well.

import { describe, expect, it } from "vitest";
import { type Part, PARTS } from "../../src/domain/absence.ts";
import { type Actor, type Role, ROLES, theClock } from "../../src/domain/actor.ts";
import { type Sector, SECTORS } from "../../src/domain/agency.ts";
import { inTheTeam, outsideTheTeam } from "../support/access.ts";
import { mayReadAgencies, mayReadChildren, mayReadPart, mayReadReferral, mayRefer } from "../../src/domain/sharing.ts";

type Who = Role | "NO_ROLE" | "THE_CLOCK";

// Of a child in whose team they are. Acts:
//        c  look a child up           e  events of every sector      r  refer
//        o  their own agency's referral   a  any agency's referral   s  see which systems are connected
const ACTS: Record<Who, string> = {
  TEACHER: "c--ro-s",
  HEALTH_VISITOR: "c--ro-s",
  POLICE_OFFICER: "c--ro-s",
  SOCIAL_WORKER: "c-eroas",
  MASH_MANAGER: "c-eroas",
  CONFERENCE_CHAIR: "c-eroas",
  BOARD_MANAGER: "------s",
  DATA_PROTECTION_OFFICER: "------s",
  AGENCY_DEVELOPER: "------s",
  IDENTITY_REVIEWER: "------s",
  SEALED_RECORDS_OFFICER: "------s",
  AGENCY_SYSTEM: "------s",
  NO_ROLE: "-------",
  THE_CLOCK: "c-eroas",
};

/** Of which single sector somebody reads events, where not of all. */
const OWN_EVENTS: Partial<Record<Who, Sector>> = {
  TEACHER: "EDUCATION",
  HEALTH_VISITOR: "HEALTH",
  POLICE_OFFICER: "POLICE",
};

const WHO = Object.keys(ACTS) as Who[];
const may = (who: Who, act: string) => ACTS[who].includes(act);

function actorOf(who: Who): Actor {
  if (who === "THE_CLOCK") return theClock("routing");
  const role = who === "NO_ROLE" ? null : who;
  return { kind: "PRACTITIONER", id: who, name: who, role, agencyId: "theirs" };
}

function mayPart(who: Who, part: Part, sector: Sector): boolean {
  if (!may(who, "c")) return false;
  return part !== "EVENTS" || may(who, "e") || OWN_EVENTS[who] === sector;
}

describe("every role", () => {
  it("is in the table", () => {
    expect(WHO.filter((who) => !["NO_ROLE", "THE_CLOCK"].includes(who)).toSorted()).toEqual([...ROLES].toSorted());
  });
});

describe.each(WHO)("%s", (who) => {
  const actor = actorOf(who);

  it("looks children up, refers and sees systems as tabled", () => {
    expect({
      children: mayReadChildren(actor).allowed,
      refer: mayRefer(actor).allowed,
      systems: mayReadAgencies(actor).allowed,
    }).toEqual({ children: may(who, "c"), refer: may(who, "r"), systems: may(who, "s") });
  });

  it("reads referrals as tabled", () => {
    const access = inTheTeam(actor);
    const own = mayReadReferral(actor, { fromAgencyId: "theirs", access }).allowed;
    const others = mayReadReferral(actor, { fromAgencyId: "another", access }).allowed;
    expect({ own, others }).toEqual({ own: may(who, "o"), others: may(who, "a") });
  });

  it.each(SECTORS)("reads each part of %s as tabled", (sector) => {
    const ruled = PARTS.map((part) => [part, mayReadPart(actor, inTheTeam(actor), { part, sector }).allowed]);
    expect(ruled).toEqual(PARTS.map((part) => [part, mayPart(who, part, sector)]));
  });

  it("sees of a child outside whose team they are who the child is, and nothing else", () => {
    const access = outsideTheTeam(actor);
    const ruled = PARTS.filter((part) => mayReadPart(actor, access, { part, sector: "EDUCATION" }).allowed);
    if (who === "THE_CLOCK") expect(ruled).toEqual(PARTS);
    else expect(ruled).toEqual(may(who, "c") ? ["DEMOGRAPHICS"] : []);
  });

  it("has a reason either way", () => {
    for (const part of PARTS)
      for (const sector of SECTORS) {
        const { rule, because } = mayReadPart(actor, inTheTeam(actor), { part, sector });
        expect(rule).toMatch(/^[a-z-]+$/);
        expect(because.length).toBeGreaterThan(10);
      }
  });
});

describe("somebody without a role", () => {
  it.each(["PRACTITIONER", "SYSTEM"] as const)("may do nothing as %s", (kind) => {
    const nobody: Actor = { kind, id: "x", name: "x", role: null, agencyId: "theirs" };
    const rulings = [
      mayReadChildren(nobody),
      mayRefer(nobody),
      mayReadAgencies(nobody),
      mayReadReferral(nobody, { fromAgencyId: "theirs", access: inTheTeam(nobody) }),
      ...PARTS.flatMap((part) => SECTORS.map((sector) => mayReadPart(nobody, inTheTeam(nobody), { part, sector }))),
    ];
    expect(rulings.filter(({ allowed }) => allowed)).toEqual([]);
  });

  it("is not the agency that nobody names", () => {
    const nowhere: Actor = { kind: "PRACTITIONER", id: "x", name: "x", role: "TEACHER", agencyId: null };
    const access = inTheTeam(nowhere);
    expect(mayReadReferral(nowhere, { fromAgencyId: "", access }).allowed).toBe(false);
    expect(mayReadReferral(nowhere, { fromAgencyId: "null", access }).allowed).toBe(false);
  });
});
