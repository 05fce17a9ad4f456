import { describe, expect, it } from "vitest";
import { plainDate } from "../../src/domain/plain-date.ts";
import type { Owner, PostRole } from "../../src/domain/post.ts";
import { type HeldPost, makePostBook } from "../../src/domain/post-book.ts";

const TODAY = plainDate("2026-04-08");
type Rest = Partial<HeldPost>;

function post(id: string, role: PostRole, rest: Rest = {}): HeldPost {
  return {
    id,
    role,
    agencyId: "social-care",
    teamId: "mash",
    holderId: `${id}-holder`,
    holderEmail: `${id}@council.example`,
    coverId: null,
    coverEmail: null,
    awayFromOn: null,
    awayUntilOn: null,
    ...rest,
  };
}

const away = (from: string, until: string | null = null): Rest => ({
  awayFromOn: plainDate(from),
  awayUntilOn: until === null ? null : plainDate(until),
});
const COVERED: Rest = { coverId: "stand-in", coverEmail: "stand-in@council.example" };
const MASH_MANAGER: Owner = { agencyId: "social-care", teamId: "mash", role: "MANAGER" };
const told = (posts: readonly HeldPost[], owner: Owner = MASH_MANAGER, on = TODAY) =>
  makePostBook(posts)
    .holders(owner, on)
    .map(({ actorId }) => actorId);

describe("the holders of a post", () => {
  it("are all who hold the role in the team, each once", () => {
    const posts = [post("a", "MANAGER"), post("b", "MANAGER"), post("c", "MANAGER", { holderId: "a-holder" })];
    expect(makePostBook(posts).holders(MASH_MANAGER, TODAY)).toEqual([
      { postId: "a", actorId: "a-holder", email: "a@council.example", agencyId: "social-care", standsIn: false },
      { postId: "b", actorId: "b-holder", email: "b@council.example", agencyId: "social-care", standsIn: false },
    ]);
  });

  it.each([
    ["the day before", "2026-04-09", "2026-04-20", "a-holder"],
    ["on the first day", "2026-04-08", "2026-04-20", "stand-in"],
    ["on the last day", "2026-04-01", "2026-04-08", "stand-in"],
    ["the day after", "2026-04-01", "2026-04-07", "a-holder"],
    ["on the only day", "2026-04-08", "2026-04-08", "stand-in"],
    ["while nobody knows until when", "2026-04-01", null, "stand-in"],
  ])("are stood in for while they are away: %s", (_what, from, until, who) => {
    const book = makePostBook([post("a", "MANAGER", { ...COVERED, ...away(from, until) })]);
    const found = book.holders(MASH_MANAGER, TODAY);
    expect(found.map(({ actorId, standsIn, postId }) => [actorId, standsIn, postId])).toEqual([
      [who, who === "stand-in", "a"],
    ]);
  });

  const LEAD = post("lead", "ESCALATION_LEAD", { teamId: null });
  const AWAY = away("2026-04-01", "2026-04-30");

  it.each<[string, readonly HeldPost[], readonly string[]]>([
    ["away with nobody named", [post("a", "MANAGER", AWAY), LEAD], ["a-holder", "lead-holder"]],
    [
      "away, with cover that is away from a post of its own",
      [
        post("a", "MANAGER", { ...COVERED, ...AWAY }),
        post("own", "PRACTITIONER", { holderId: "stand-in", ...AWAY }),
        LEAD,
      ],
      ["stand-in", "a-holder", "lead-holder"],
    ],
    ["away with a colleague there", [post("a", "MANAGER", AWAY), post("b", "MANAGER"), LEAD], ["a-holder", "b-holder"]],
    [
      "all away, and so is the next in line",
      [
        post("a", "MANAGER", AWAY),
        { ...LEAD, ...AWAY },
        post("business", "BUSINESS_MANAGER", { agencyId: "partnership" }),
      ],
      ["a-holder", "lead-holder", "business-holder"],
    ],
  ])("who are %s", (_what, posts, who) => expect(told(posts)).toEqual(who));
});

describe("a vacant post falls to", () => {
  const PRACTITIONER: Owner = { agencyId: "social-care", teamId: "mash", role: "PRACTITIONER" };
  const line: readonly HeldPost[] = [
    post("exact", "PRACTITIONER"),
    post("elsewhere", "PRACTITIONER", { teamId: "assessment" }),
    post("team-manager", "MANAGER"),
    post("agency-manager", "MANAGER", { teamId: null }),
    post("other-manager", "MANAGER", { teamId: "assessment" }),
    post("lead", "ESCALATION_LEAD", { teamId: null }),
    post("business", "BUSINESS_MANAGER", { agencyId: "partnership", teamId: "partnership-office" }),
  ];

  it.each(line.map(({ id }, index) => [id, index] as const))("the next in line: %s", (id, index) => {
    const shuffled = line.slice(index).reverse();
    expect(told(shuffled, PRACTITIONER)).toEqual([`${id}-holder`]);
  });

  it("nobody where nobody in the partnership could answer", () => {
    expect(told([], PRACTITIONER)).toEqual([]);
    expect(told([post("x", "MANAGER", { agencyId: "health", teamId: null })], PRACTITIONER)).toEqual([]);
  });

  it("the agency's own people, never another agency's", () => {
    const posts = [post("x", "MANAGER", { agencyId: "health", teamId: null }), post("lead", "ESCALATION_LEAD")];
    expect(told(posts, PRACTITIONER)).toEqual(["lead-holder"]);
  });
});

describe("whoever has not read", () => {
  const posts = [
    post("worker", "PRACTITIONER", COVERED),
    post("manager", "MANAGER"),
    post("lead", "ESCALATION_LEAD", { teamId: null }),
    post("business", "BUSINESS_MANAGER", { agencyId: "partnership", teamId: null }),
  ];
  const book = makePostBook(posts);
  const [worker] = book.holders({ ...MASH_MANAGER, role: "PRACTITIONER" }, TODAY);
  const who = (recipient: { actorId: string } | null) => recipient?.actorId ?? null;

  it("has a cover, who has none", () => {
    const cover = book.cover(worker!);
    expect(cover).toEqual({
      postId: "worker",
      actorId: "stand-in",
      email: "stand-in@council.example",
      agencyId: "social-care",
      standsIn: true,
    });
    expect(book.cover(cover!)).toBeNull();
  });

  it("has managers up to the business manager, who has none", () => {
    const line: (string | null)[] = [];
    let next = book.manager(worker!, TODAY);
    for (let steps = 0; steps < 5; steps += 1) {
      line.push(who(next));
      next = next && book.manager(next, TODAY);
    }
    expect(line).toEqual(["manager-holder", "lead-holder", "business-holder", null, null]);
    expect(who(book.manager(book.cover(worker!)!, TODAY))).toBe("manager-holder");
  });

  it("is never handed to themselves, nor to a manager who is away with nobody standing in", () => {
    const both = makePostBook([
      post("worker", "PRACTITIONER", { holderId: "same" }),
      post("manager", "MANAGER", { holderId: "same" }),
      post("second", "MANAGER", { teamId: null, ...away("2026-04-01") }),
      post("lead", "ESCALATION_LEAD"),
    ]);
    const [same] = both.holders({ ...MASH_MANAGER, role: "PRACTITIONER" }, TODAY);
    expect(who(both.manager(same!, TODAY))).toBe("lead-holder");
  });

  it("is found as a person, with the address that a post of theirs gives", () => {
    expect(book.person("worker-holder")).toMatchObject({ postId: null, email: "worker@council.example" });
    expect(book.person("stand-in")).toMatchObject({ postId: null, email: "stand-in@council.example", standsIn: false });
    expect(book.person("a-stranger")).toBeNull();
    expect(who(book.cover(book.person("worker-holder")!))).toBe("stand-in");
  });
});
