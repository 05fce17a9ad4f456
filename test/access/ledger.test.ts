// Who may write and read the ledger and the officer's reports, written out once more apart from the code: a change there must be made
// here as well.

import { describe, expect, it } from "vitest";
import type { Access, Scope } from "../../src/domain/access.ts";
import { type Actor, type Role, ROLES } from "../../src/domain/actor.ts";
import { mayDecideSharing, mayReadLedger, mayReadWords } from "../../src/domain/sharing-ledger.ts";
import { mayReadReports } from "../../src/domain/sharing-reports.ts";

type Who = Role | "NO_ROLE";

// Acts, of a child outside the team / with the outline / with the whole story / barred:
//   d  put a decision on record    o  read what their own agency decided   l  read every line   -  nothing
const WORKS_WITH_CHILDREN = ["do", "dl", "dl", "--"];
const OFFICER = ["-l", "-l", "-l", "-l"];
const NOTHING = ["--", "--", "--", "--"];
const ACTS: Record<Who, readonly string[]> = {
  TEACHER: WORKS_WITH_CHILDREN,
  HEALTH_VISITOR: WORKS_WITH_CHILDREN,
  POLICE_OFFICER: WORKS_WITH_CHILDREN,
  SOCIAL_WORKER: WORKS_WITH_CHILDREN,
  MASH_MANAGER: WORKS_WITH_CHILDREN,
  CONFERENCE_CHAIR: WORKS_WITH_CHILDREN,
  BOARD_MANAGER: NOTHING,
  DATA_PROTECTION_OFFICER: OFFICER,
  AGENCY_DEVELOPER: NOTHING,
  IDENTITY_REVIEWER: NOTHING,
  SEALED_RECORDS_OFFICER: NOTHING,
  AGENCY_SYSTEM: NOTHING,
  NO_ROLE: NOTHING,
};
const WHO = Object.keys(ACTS) as Who[];
const SCOPES: readonly Scope[] = ["LOCATE", "OUTLINE", "WHOLE", "NOTHING"];

const actorOf = (who: Who, agencyId: string | null = "theirs"): Actor => {
  return { kind: "PRACTITIONER", id: "somebody", name: "Somebody", role: who === "NO_ROLE" ? null : who, agencyId };
};
const accessOf = (scope: Scope, more: Partial<Access> = {}): Access => ({
  scope,
  barred: scope === "NOTHING",
  rule: "a-rule",
  because: "for this test alone",
  accessId: null,
  kind: null,
  relation: null,
  purpose: null,
  power: null,
  endsAt: null,
  unlocated: false,
  ...more,
});
const line = { fromAgencyId: "another", toAgencyId: "a-third", byActorId: "another", restricted: false };

it("names every role", () => {
  expect(WHO.filter((who) => who !== "NO_ROLE").toSorted()).toEqual([...ROLES].toSorted());
});

describe.each(WHO)("%s", (who) => {
  it.each(SCOPES)("may do as tabled where the child's story is %s", (scope) => {
    const access = accessOf(scope);
    const reads = { ALL: "l", OWN_AGENCY: "o", NONE: "-" }[mayReadLedger(actorOf(who), access).lines];
    const writes = mayDecideSharing(actorOf(who), access).allowed ? "d" : "-";
    expect(writes + reads).toBe(ACTS[who][SCOPES.indexOf(scope)]);
  });

  it("looks at who read what only to answer for data protection", () => {
    expect(mayReadReports(actorOf(who)).allowed).toBe(who === "DATA_PROTECTION_OFFICER");
    expect(mayReadReports({ ...actorOf(who), kind: "SYSTEM" }).allowed).toBe(false);
  });
});

it("gives nothing outside the team to somebody whose agency nobody names", () => {
  const teacher = actorOf("TEACHER", null);
  expect(mayDecideSharing(teacher, accessOf("LOCATE")).allowed).toBe(false);
  expect(mayReadLedger(teacher, accessOf("LOCATE")).lines).toBe("NONE");
});

describe("the words of a line", () => {
  const shown = (who: Who, access: Access, more: Partial<typeof line> = {}) => {
    const { what, toWhom, reasons, agencies } = mayReadWords(actorOf(who), access, { ...line, ...more });
    return [what && "what", toWhom && "whom", reasons && "why", agencies && "agencies"].filter(Boolean).join(" ");
  };
  const ALL = "what whom why agencies";
  it.each([
    ["of their own agency", "TEACHER", accessOf("LOCATE"), { fromAgencyId: "theirs" }, ALL],
    ["that their agency was given", "TEACHER", accessOf("OUTLINE"), { toAgencyId: "theirs" }, ALL],
    ["of others, with the outline", "TEACHER", accessOf("OUTLINE"), {}, "agencies"],
    ["of others, with the whole story", "SOCIAL_WORKER", accessOf("WHOLE"), {}, ALL],
    ["about a restricted child", "SOCIAL_WORKER", accessOf("WHOLE"), { restricted: true }, "agencies"],
    [
      "about a restricted child, of their own agency",
      "TEACHER",
      accessOf("LOCATE"),
      { fromAgencyId: "theirs", restricted: true },
      ALL,
    ],
    ["where the child may not be traced", "SOCIAL_WORKER", accessOf("WHOLE", { unlocated: true }), {}, ""],
    ["for the officer", "DATA_PROTECTION_OFFICER", accessOf("NOTHING"), {}, "whom why agencies"],
    [
      "for the officer, of their own agency",
      "DATA_PROTECTION_OFFICER",
      accessOf("NOTHING"),
      { fromAgencyId: "theirs" },
      "whom why agencies",
    ],
    [
      "for the officer, about a restricted child",
      "DATA_PROTECTION_OFFICER",
      accessOf("NOTHING"),
      { restricted: true },
      "why agencies",
    ],
  ] as const)("%s", (_which, who, access, more, expected) => expect(shown(who, access, more)).toBe(expected));

  it("say why where some are not shown", () => {
    expect(mayReadWords(actorOf("TEACHER"), accessOf("OUTLINE"), line).because).toContain("those who assess the child");
    expect(mayReadWords(actorOf("SOCIAL_WORKER"), accessOf("WHOLE"), line).because).toBeNull();
  });
});
