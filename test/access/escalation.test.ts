// Who may do what with a professional challenge, written out once more apart from the code: a change there must be made here as well.

import { describe, expect, it } from "vitest";
import { type Actor, type Role, ROLES, theClock } from "../../src/domain/actor.ts";
import {
  type Challenged,
  type PostsHeld,
  mayAgree,
  mayAnswer,
  mayCountEscalations,
  mayDeclareRisk,
  mayEndUnresolved,
  mayPursue,
  mayRaise,
  mayReadChallenge,
  mayReadEscalation,
} from "../../src/domain/sharing-escalation.ts";
import { decisionOn, inTheTeam, outsideTheTeam } from "../support/access.ts";

type Who = Role | "NO_ROLE";
type Side = "from" | "to" | "neither";

// Acts:  r  raise   w  read words   s  see that it is   a  answer   p  move up, resolve, withdraw
//        g  agree on actions   i  declare immediate risk   u  end unresolved   c  count
const WITH_CHILDREN: Record<Side, string> = { from: "rws-pgi--", to: "rwsa-gi--", neither: "r--------" };
const WHOLE: Record<Side, string> = { from: "rws-pgi--", to: "rwsa-gi--", neither: "rws---i--" };
const NOTHING: Record<Side, string> = { from: "---------", to: "---------", neither: "---------" };
const MANAGER: Record<Side, string> = { from: "rws-pgi-c", to: "rwsa-gi-c", neither: "rws---i-c" };
const BUSINESS: Record<Side, string> = { from: "-------uc", to: "-------uc", neither: "-------uc" };

const ACTS: Record<Who, Record<Side, string>> = {
  TEACHER: WITH_CHILDREN,
  HEALTH_VISITOR: WITH_CHILDREN,
  POLICE_OFFICER: WITH_CHILDREN,
  SOCIAL_WORKER: WHOLE,
  MASH_MANAGER: MANAGER,
  CONFERENCE_CHAIR: WHOLE,
  BOARD_MANAGER: BUSINESS,
  DATA_PROTECTION_OFFICER: NOTHING,
  AGENCY_DEVELOPER: NOTHING,
  IDENTITY_REVIEWER: NOTHING,
  SEALED_RECORDS_OFFICER: NOTHING,
  AGENCY_SYSTEM: NOTHING,
  NO_ROLE: NOTHING,
};

const challenge: Omit<Challenged, "access"> = {
  fromAgencyId: "from",
  toAgencyId: "to",
  fromActorId: "raiser",
  isThePartnerships: false,
  isForAPost: false,
};
const NO_POSTS: PostsHeld = { holdsStagePost: false, leadsForRaiser: false };
const AT_STAGE: PostsHeld = { ...NO_POSTS, holdsStagePost: true };
const LEADS: PostsHeld = { ...NO_POSTS, leadsForRaiser: true };

const actorOf = (who: Who, agencyId: string | null): Actor => ({
  kind: "PRACTITIONER",
  id: "somebody",
  name: "Somebody",
  role: who === "NO_ROLE" ? null : who,
  agencyId,
});

/** Which of the acts an actor may do, as letters. */
function mayOf(
  actor: Actor,
  challenged: Omit<Challenged, "access"> & Partial<PostsHeld & Challenged>,
  businessManagerTold = false,
): string {
  const about = { ...NO_POSTS, access: inTheTeam(actor), ...challenged };
  const rulings = {
    r: mayRaise(actor),
    w: mayReadChallenge(actor, about),
    s: mayReadEscalation(actor, { ...about, businessManagerTold }),
    a: mayAnswer(actor, about),
    p: mayPursue(actor, about),
    g: mayAgree(actor, about),
    i: mayDeclareRisk(actor, about),
    u: mayEndUnresolved(actor),
    c: mayCountEscalations(actor),
  };
  return Object.entries(rulings)
    .map(([letter, { allowed }]) => (allowed ? letter : "-"))
    .join("");
}

const WHO: readonly Who[] = [...ROLES, "NO_ROLE"];
const CASES = WHO.flatMap((who) => (["from", "to", "neither"] as const).map((side) => [who, side] as const));

describe("a challenge between two agencies", () => {
  it.each(CASES)("for a %s of the agency it is %s", (who, side) =>
    expect(mayOf(actorOf(who, side), challenge)).toBe(ACTS[who][side]),
  );
});

describe("a challenge between other agencies", () => {
  it("is closed to a social worker outside the child's team", () => {
    const worker = actorOf("SOCIAL_WORKER", "neither");
    expect(mayOf(worker, { ...challenge, access: outsideTheTeam(worker) })).toBe("r--------");
  });

  it("is closed, even to the two, to whom the child is kept from", () => {
    for (const side of ["from", "to"] as const) {
      const worker = actorOf("SOCIAL_WORKER", side);
      const access = decisionOn(worker, { namedOut: true });
      expect(mayReadChallenge(worker, { ...challenge, access }).allowed).toBe(false);
    }
  });
});

describe("a stage that is answered by the holder of a post", () => {
  const forAPost = { ...challenge, isForAPost: true };
  const letters = (acts: string) => acts.replace("a", "-");

  it.each(CASES)("is not answered by a %s of the agency it is %s without it", (who, side) =>
    expect(mayOf(actorOf(who, side), forAPost)).toBe(letters(ACTS[who][side])),
  );
  it.each(CASES)("is answered with it as another is by anybody, by a %s of the agency it is %s", (who, side) => {
    const expected = who === "BOARD_MANAGER" ? "---a---uc" : ACTS[who][side];
    expect(mayOf(actorOf(who, side), { ...forAPost, ...AT_STAGE })).toBe(expected);
  });
  it("gives the raiser no answer to themselves, whatever they hold", () => {
    const raiser = { ...actorOf("MASH_MANAGER", "to"), id: "raiser" };
    const access = inTheTeam(raiser);
    expect(mayAnswer(raiser, { ...forAPost, ...AT_STAGE, access })).toMatchObject({
      allowed: false,
      rule: "own-challenge",
    });
  });
});

describe("a stage of the partnership's", () => {
  const ours = { ...challenge, isThePartnerships: true, isForAPost: true };

  it.each(CASES)(
    "is not answered by a %s of the agency it is %s who holds nothing of the partnership's",
    (who, side) => {
      const answers = who === "BOARD_MANAGER";
      const actor = actorOf(who, side);
      expect(mayAnswer(actor, { ...ours, ...NO_POSTS, access: inTheTeam(actor) }).allowed).toBe(answers);
    },
  );
  it.each(["from", "to"] as const)("is not answered by a holder of its post from the agency it is %s", (side) => {
    const actor = actorOf("MASH_MANAGER", side);
    const ruling = mayAnswer(actor, { ...ours, ...AT_STAGE, access: inTheTeam(actor) });
    expect(ruling).toMatchObject({ allowed: false, rule: "party" });
  });
  it("is answered by a holder of its post from elsewhere, where their role works with children", () => {
    const may = (role: Role) => {
      const actor = actorOf(role, "neither");
      return mayAnswer(actor, { ...ours, ...AT_STAGE, access: inTheTeam(actor) }).allowed;
    };
    expect(may("POLICE_OFFICER")).toBe(true);
    expect(may("AGENCY_DEVELOPER")).toBe(false);
  });
});

describe("a challenge within one agency", () => {
  const within = { ...challenge, toAgencyId: "from" };
  it("is pursued by the agency's escalation lead, too", () => {
    expect(mayOf(actorOf("CONFERENCE_CHAIR", "from"), { ...within, ...LEADS })).toBe("rwsapgi--");
    expect(mayOf(actorOf("AGENCY_DEVELOPER", "from"), { ...within, ...LEADS })).toBe("---------");
    expect(mayOf(actorOf("TEACHER", "neither"), { ...within, ...LEADS })).toBe("r--------");
  });
  it("is answered by anybody there but its raiser, who alone pursues it", () => {
    const raiser = { ...actorOf("SOCIAL_WORKER", "from"), id: "raiser" };
    expect(mayOf(raiser, within)).toBe("rws-pgi--");
    expect(mayOf(actorOf("SOCIAL_WORKER", "from"), within)).toBe("rwsa-gi--");
  });
});

describe("the partnership's business manager", () => {
  const manager = actorOf("BOARD_MANAGER", "partnership");
  it("sees that there is a challenge once told", () => expect(mayOf(manager, challenge, true)).toBe("--s----uc"));
  it("reads and answers at a stage of the partnership's own", () =>
    expect(mayOf(manager, { ...challenge, isThePartnerships: true, isForAPost: true })).toBe("-wsa-g-uc"));
});

describe("somebody of no agency of the area", () => {
  it.each(["TEACHER", "SOCIAL_WORKER"] as const)("raises nothing, as a %s", (who) =>
    expect(mayRaise(actorOf(who, null))).toMatchObject({ allowed: false, rule: "no-agency" }),
  );
  it("is no party to a challenge of agencies that are none either", () =>
    expect(mayOf(actorOf("TEACHER", null), challenge)).toBe("---------"));
});

it("the clock reads, and raises, answers and ends nothing", () =>
  expect(mayOf(theClock("lateness"), challenge)).toBe("-ws------"));
