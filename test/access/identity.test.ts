// Who may see and decide whose a record is, written out once more apart from the code: a change there must be made here as well.

import { describe, expect, it } from "vitest";
import { type Actor, type Role, ROLES, theClock } from "../../src/domain/actor.ts";
import {
  maskFor,
  masked,
  mayCheckCorrection,
  mayDecideIdentity,
  mayMeasureReviewers,
  mayReadIdentity,
  mayReadRadius,
  mayUndoIdentity,
} from "../../src/domain/sharing-identity.ts";

type Who = Role | "NO_ROLE" | "THE_CLOCK";

// Acts:  r  read worklist, ledger and corrections   v  with values   d  decide   u  undo   b  see whom a join reached
//        m  measure reviewers   c  say of another agency's work whose it is   o  say it of their own agency's
const ACTS: Record<Who, string> = {
  TEACHER: "-------o",
  HEALTH_VISITOR: "-------o",
  POLICE_OFFICER: "-------o",
  SOCIAL_WORKER: "rvd---co",
  MASH_MANAGER: "rvdubmco",
  CONFERENCE_CHAIR: "rv------",
  BOARD_MANAGER: "-----m--",
  DATA_PROTECTION_OFFICER: "r---bm--",
  AGENCY_DEVELOPER: "--------",
  IDENTITY_REVIEWER: "rvdub---",
  SEALED_RECORDS_OFFICER: "--------",
  AGENCY_SYSTEM: "--------",
  NO_ROLE: "--------",
  THE_CLOCK: "r-------",
};
const WHO = Object.keys(ACTS) as Who[];

function actorOf(who: Who): Actor {
  if (who === "THE_CLOCK") return theClock("collect");
  const role = who === "NO_ROLE" ? null : who;
  return { kind: "PRACTITIONER", id: who, name: who, role, agencyId: "theirs" };
}

const rulingsOf = (actor: Actor) => ({
  d: mayDecideIdentity(actor),
  u: mayUndoIdentity(actor),
  b: mayReadRadius(actor),
  m: mayMeasureReviewers(actor),
  c: mayCheckCorrection(actor, { agencyId: "another" }),
  o: mayCheckCorrection(actor, { agencyId: "theirs" }),
});

it("names every role", () => {
  expect(WHO.filter((who) => !["NO_ROLE", "THE_CLOCK"].includes(who)).toSorted()).toEqual([...ROLES].toSorted());
});

describe.each(WHO)("%s", (who) => {
  const actor = actorOf(who);

  it("may do as tabled", () => {
    const sees = maskFor(actor, { field: "forename", value: "ella", restricted: false });
    const reads = mayReadIdentity(actor);
    const values = reads.allowed && !sees.masked;
    const rest = Object.entries(rulingsOf(actor)).map(([letter, { allowed }]) => (allowed ? letter : "-"));
    expect([reads.allowed ? "r" : "-", values ? "v" : "-", ...rest].join("")).toBe(ACTS[who]);
  });

  it("has a reason either way", () => {
    for (const { rule, because } of [mayReadIdentity(actor), ...Object.values(rulingsOf(actor))]) {
      expect(rule).toMatch(/^[a-z-]+$/);
      expect(because.length).toBeGreaterThan(10);
    }
  });

  it.each(["postcode", "upn", "upnVerified", "phone", "email"])(
    "never sees the %s of a child whom any agency restricts",
    (field) =>
      expect(maskFor(actor, { field, value: "OX99 9ZZ", restricted: true })).toEqual({ value: "•••••", masked: true }),
  );
});

it("gives nothing to somebody whose agency nobody names", () => {
  const teacher: Actor = { ...actorOf("TEACHER"), agencyId: null };
  expect(mayCheckCorrection(teacher, { agencyId: null }).allowed).toBe(false);
});

describe("a value that is masked", () => {
  it.each([
    ["forename", "ella", "e•••••"],
    ["surname", "smith jones", "s•••••"],
    ["born", "2016-03-07", "2016-••-••"],
    ["born", "2016", "2016-••-••"],
    ["postcode", "OX99 9ZZ", "OX99 •••"],
    ["nhs", "9990123470", "•••••70"],
    ["upnVerified", "U931123420001", "•••••01"],
    ["phone", "01632960001", "•••••01"],
    ["email", "e@example.org", "e•••••"],
    ["sex", "f", "•••••"],
  ])("as %s %s is %s", (field, value, shown) => expect(masked(field, value)).toBe(shown));
});
