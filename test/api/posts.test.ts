import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dayInEngland } from "../../src/domain/plain-date.ts";
import { seedDemoPosts } from "../../src/demo-posts.ts";
import { Obligation, ObligationEvent } from "../../src/schema/obligation.ts";
import { Post } from "../../src/schema/post.ts";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { appoint, confirmPost, readPostBook } from "../../src/services/posts.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";

const FIELDS = "id agencyId teamId role holderId holderName coverId coverName awayFromOn awayUntilOn confirmedAt";
const APPOINT = `mutation ($post: Appoint!) { appoint(post: $post) { ${FIELDS} } }`;
const POSTS = `query ($agencyId: ID, $role: PostRole, $teamId: ID) { posts(agencyId: $agencyId, role: $role, teamId: $teamId) { ${FIELDS} } }`;
const VACANCIES = "{ vacancies { agencyId teamId role because toldInstead } }";
const AWAY = `mutation ($id: ID!, $fromOn: LocalDate, $untilOn: LocalDate, $cover: CoverInput) {
  setAway(id: $id, fromOn: $fromOn, untilOn: $untilOn, cover: $cover) { ${FIELDS} } }`;
const COVER = `mutation ($id: ID!, $cover: CoverInput) { setCover(id: $id, cover: $cover) { ${FIELDS} } }`;
const CONFIRM = `mutation ($id: ID!) { confirmPost(id: $id) { ${FIELDS} } }`;
const END = `mutation ($id: ID!) { endPost(id: $id) { id } }`;

const MANAGER = { agencyId: "social-care", teamId: "mash", role: "MANAGER" } as const;
const GRAHAM = { holderId: "demo|mash-manager", holderName: "Graham Pell", holderEmail: "graham@council.example" };
const COVERING = { id: "demo|social-worker", name: "Hannah Osei", email: "hannah@council.example" };
const NOW = new Date("2026-04-08T09:00:00Z");

describe.each(ENGINES)("on $name, the directory of posts", (engine) => {
  let world: LightHub;
  const db = () => world.open.hub.db.manager;
  const ok = async (person: string, query: string, variables: Record<string, unknown>) => {
    const { data, errors } = await world.ask(person, query, variables);
    expect(errors).toEqual([]);
    return data;
  };
  const code = async (person: string, query: string, variables: Record<string, unknown>) => {
    const { errors } = await world.ask(person, query, variables);
    return errors[0]?.extensions.code;
  };
  let count = 0;
  /** Somebody new in this post. */
  const appointed = async (place: Record<string, unknown> = MANAGER, rest: Record<string, unknown> = GRAHAM) => {
    count += 1;
    const holder = { ...rest, holderId: rest["holderId"] ?? `demo|somebody-${count}` };
    const { appoint: post } = await ok("board-manager", APPOINT, { post: { ...place, ...holder } });
    return post;
  };
  const owed = async (id: string) => {
    const { obligationId } = await db().findOneByOrFail(Post, { id });
    return db().findOneByOrFail(Obligation, { id: obligationId ?? "" });
  };

  beforeAll(async () => {
    world = await startLightHub(engine, {});
    world.setNow(NOW);
  });
  afterAll(() => world?.close());

  it("holds who was appointed, shows names to everybody with a role, and addresses to nobody", async () => {
    const post = await appointed();
    expect(post).toMatchObject({ ...MANAGER, holderName: "Graham Pell", coverId: null, awayFromOn: null });
    for (const person of ["teacher", "agency-developer", "social-worker"]) {
      const { posts } = await ok(person, POSTS, { agencyId: "social-care", role: "MANAGER", teamId: "mash" });
      expect(posts).toContainEqual(post);
    }
    expect(await code("teacher", "{ posts { holderEmail } }", {})).toBe("GRAPHQL_VALIDATION_FAILED");
    expect(await code("nobody", POSTS, {})).toBe("NOT_ALLOWED");
    const entries = await db().findBy(AuditRow, { subjectId: post.id });
    expect(entries.map(({ what, role }) => [what, role])).toEqual([["post.appointed", "BOARD_MANAGER"]]);
    expect(await code("board-manager", APPOINT, { post: { ...MANAGER, ...GRAHAM } })).toBe("CONFLICT");
  });

  it("is for those to fill who may", async () => {
    const post = { ...GRAHAM, holderId: "demo|new-holder" };
    const lead = { agencyId: "police", role: "ESCALATION_LEAD" };
    const own = { agencyId: "social-care", teamId: "early-help", role: "PRACTITIONER" };
    expect(await code("mash-manager", APPOINT, { post: { ...own, ...post } })).toBeUndefined();
    expect(await code("mash-manager", APPOINT, { post: { ...lead, ...post } })).toBe("NOT_ALLOWED");
    expect(await code("mash-manager", APPOINT, { post: { ...own, teamId: null, ...post } })).toBe("NOT_ALLOWED");
    for (const person of ["social-worker", "teacher", "agency-developer", "data-protection-officer", "nobody"])
      expect([person, await code(person, APPOINT, { post: { ...own, ...post } })]).toEqual([person, "NOT_ALLOWED"]);
    expect(await db().countBy(Post, { holderId: "demo|new-holder" })).toBe(1);
  });

  it.each([
    ["an unknown agency", { agencyId: "elsewhere", teamId: null }, "agencyId: use one of social-care"],
    ["an unknown team", { teamId: "night-shift" }, "teamId: use one of mash"],
    ["another agency's team", { agencyId: "police" }, "teamId: this agency has no teams"],
    ["half a cover", { coverId: "demo|x" }, "by both, or by neither"],
    ["the holder as cover", { coverId: "demo|y", coverName: "Y", holderId: "demo|y" }, "somebody else than the holder"],
    ["no address", { holderEmail: "Graham at home" }, "holderEmail: must be an email address"],
    ["no name", { holderName: "" }, "holderName: must be a name"],
    ["a name that does not show", { holderName: "\u200B\u2060" }, "holderName: must hold letters"],
    ["a name that reads otherwise than it is spelt", { holderName: "Ann\u202Elleb" }, "holderName: must hold letters"],
    ["half a character in a name", { coverName: "\uD800", coverId: "demo|x" }, "coverName: must hold letters"],
    ["an agency that is no id", { agencyId: "social-care\0" }, "agencyId: must be an id"],
    ["a team that is no id", { teamId: "mash\n" }, "teamId: must be an id"],
    ...[
      "\0x",
      "x\ny",
      "x\u0085",
      " x",
      "x ",
      "vacant:mash/MANAGER",
      "Vacant:x",
      "x\u202Ey",
      "\uD800",
      "",
      "x".repeat(201),
    ].flatMap((id): [string, Record<string, unknown>, string][] => [
      [`the sign-in ${JSON.stringify(id.slice(0, 20))}`, { holderId: id }, "holderId: must be a sign-in"],
      [`cover by ${JSON.stringify(id.slice(0, 20))}`, { coverId: id, coverName: "Y" }, "coverId: must be a sign-in"],
    ]),
    ["a chair in an agency", { role: "CHAIR" }, "role: CHAIR and BUSINESS_MANAGER are the partnership's"],
    ["a business manager in an agency", { role: "BUSINESS_MANAGER", teamId: null }, "role: CHAIR and BUSINESS_MANAGER"],
    ["a lead of one team", { role: "ESCALATION_LEAD" }, "teamId: this role answers for a whole agency"],
    ["an executive of one team", { role: "EXECUTIVE" }, "teamId: this role answers for a whole agency"],
  ])("refuses %s", async (_what, more, says) => {
    const before = await db().count(Post);
    const post = { ...MANAGER, ...GRAHAM, holderId: "demo|refused", ...more };
    const { errors, text } = await world.ask("board-manager", APPOINT, { post });
    // What no text may hold is refused before anybody looks at what it was for.
    const never = Object.values(more).some((value) => /[\0\uD800]/.test(String(value)));
    const message = expect.stringContaining(never ? "No text may hold" : says);
    expect(errors[0]).toMatchObject({ extensions: { code: "BAD_INPUT" }, message });
    expect(text).not.toContain("Graham");
    expect(await db().count(Post)).toBe(before);
  });

  it.each([
    ["CHAIR", null],
    ["CHAIR", "partnership-office"],
    ["BUSINESS_MANAGER", null],
    ["BUSINESS_MANAGER", "partnership-office"],
    ["ESCALATION_LEAD", null],
  ])("has a %s in the partnership, in the team %s", async (role, teamId) => {
    const post = await appointed({ agencyId: "partnership", teamId, role });
    expect(post).toMatchObject({ agencyId: "partnership", teamId, role });
    await ok("board-manager", END, { id: post.id });
  });

  it.each([{ agencyId: "police\0" }, { teamId: "mash\n" }, { agencyId: "" }, { teamId: "x".repeat(41) }])(
    "is not read for %j",
    async (wanted) => expect(await code("teacher", POSTS, wanted)).toBe("BAD_INPUT"),
  );

  it("tells whoever stands in while the holder is away, and the holder on the day after", async () => {
    const { id } = await appointed({ agencyId: "social-care", teamId: "assessment", role: "MANAGER" }, GRAHAM);
    const owner = { agencyId: "social-care", teamId: "assessment", role: "MANAGER" } as const;
    const today = async (at: string) => {
      const book = await readPostBook(world.open.hub, db());
      return book.holders(owner, dayInEngland(new Date(at))).map(({ actorId, email }) => [actorId, email]);
    };
    const days = { fromOn: "2026-04-13", untilOn: "2026-04-24" };
    const { setAway } = await ok("mash-manager", AWAY, { id, ...days, cover: COVERING });
    expect(setAway).toMatchObject({ awayFromOn: "2026-04-13", awayUntilOn: "2026-04-24", coverName: "Hannah Osei" });
    expect(await today("2026-04-12T23:30:00Z")).toEqual([["demo|social-worker", "hannah@council.example"]]);
    expect(await today("2026-04-24T22:30:00Z")).toEqual([["demo|social-worker", "hannah@council.example"]]);
    expect(await today("2026-04-24T23:30:00Z")).toEqual([["demo|mash-manager", "graham@council.example"]]);
    const { setAway: back } = await ok("mash-manager", AWAY, { id });
    expect(back).toMatchObject({ awayFromOn: null, awayUntilOn: null, coverId: "demo|social-worker" });
    const { setCover } = await ok("board-manager", COVER, { id, cover: null });
    expect(setCover.coverId).toBeNull();
    const done = await db().findBy(AuditRow, { subjectId: id });
    expect(done.map(({ what }) => what).sort()).toEqual(["post.appointed", "post.away", "post.away", "post.cover"]);
  });

  it("lets only the holder, or who may appoint, speak for a post", async () => {
    const { id } = await appointed(
      { agencyId: "police", role: "ESCALATION_LEAD" },
      { ...GRAHAM, holderId: "demo|police-officer" },
    );
    const days = { fromOn: "2026-04-13", untilOn: "2026-04-24" };
    for (const person of ["mash-manager", "teacher", "social-worker", "nobody"])
      for (const [query, rest] of [
        [AWAY, days],
        [COVER, { cover: COVERING }],
        [CONFIRM, {}],
        [END, {}],
      ] as const)
        expect([person, await code(person, query, { id, ...rest })]).toEqual([person, "NOT_ALLOWED"]);
    expect(await code("police-officer", END, { id })).toBe("NOT_ALLOWED");
    await ok("police-officer", AWAY, { id, ...days });
    await ok("police-officer", CONFIRM, { id });
    await ok("board-manager", CONFIRM, { id });
    const refused = await db().findBy(AuditRow, { subjectId: id, allowed: false, role: "TEACHER" });
    expect(refused).toHaveLength(4);
  });

  it.each([
    ["days in the wrong order", { fromOn: "2026-04-24", untilOn: "2026-04-13" }],
    ["a last day alone", { untilOn: "2026-04-13" }],
    ["a first day before all years", { fromOn: "0000-01-01" }],
    ["a last day after all years", { fromOn: "2026-04-13", untilOn: "9999-12-31" }],
    ["cover under no sign-in", { fromOn: "2026-04-13", cover: { id: "vacant:mash/MANAGER", name: "Nobody" } }],
    ["cover by the holder", { fromOn: "2026-04-13", cover: { id: "demo|mash-manager", name: "Graham Pell" } }],
    ["cover with no address", { fromOn: "2026-04-13", cover: { ...COVERING, email: "Hannah" } }],
  ])("refuses an absence with %s", async (_what, away) => {
    const { posts } = await ok("teacher", POSTS, { teamId: "mash", role: "MANAGER" });
    const { id } = posts[0];
    expect(await code("board-manager", AWAY, { id, ...away })).toBe("BAD_INPUT");
    expect(await db().findOneByOrFail(Post, { id })).toMatchObject({ awayFromOn: null, coverId: null });
  });

  it("knows no post by an unknown id", async () => {
    for (const id of ["01a1ffda-881d-704b-8279-d4693c6176f3", "no-such-id"])
      expect(await code("board-manager", CONFIRM, { id })).toBe("NOT_FOUND");
  });

  it("reminds its holders to confirm: each confirming meets what is owed and starts the clock anew", async () => {
    const { id } = await appointed({ agencyId: "community-health", role: "ESCALATION_LEAD" });
    const first = await owed(id);
    expect(first).toMatchObject({
      rule: "confirm-post",
      subjectId: id,
      childId: null,
      state: "OPEN",
      urgent: false,
      agencyId: "community-health",
      teamId: null,
      ownerRole: "ESCALATION_LEAD",
      dueOn: "2026-07-08",
      nextAct: "REMIND",
    });
    world.setNow(new Date("2026-06-26T09:00:00Z"));
    const { confirmPost: confirmed } = await ok("board-manager", CONFIRM, { id });
    expect(confirmed.confirmedAt).toBe("2026-06-26T09:00:00.000Z");
    const second = await owed(id);
    expect(second).toMatchObject({ subjectId: first.id, state: "OPEN", dueOn: "2026-09-26" });
    expect(await db().findOneByOrFail(Obligation, { id: first.id })).toMatchObject({ state: "MET", nextAct: null });
    world.setNow(new Date("2026-10-01T09:00:00Z"));
    await ok("board-manager", CONFIRM, { id });
    expect(await db().findOneByOrFail(Obligation, { id: second.id })).toMatchObject({ state: "LATE", nextAct: null });
    world.setNow(NOW);
    const history = await db().findBy(ObligationEvent, { obligationId: first.id });
    expect(history.map(({ what }) => what).sort()).toEqual(["MET", "OPENED"]);
  });

  it("is confirmed by two at once without losing a clock", async () => {
    const { id } = await appointed({ agencyId: "health", role: "ESCALATION_LEAD" });
    const { hub } = world.open;
    await Promise.all([1, 2, 3].map(() => confirmPost(hub, clockCaller(hub, "test"), id)));
    const open = await db().findBy(Obligation, { agencyId: "health", rule: "confirm-post", state: "OPEN" });
    expect(open.map((each) => each.id)).toEqual([(await owed(id)).id]);
    expect(await db().countBy(Obligation, { agencyId: "health", state: "MET" })).toBe(3);
  });

  it("ends a post for good, and cancels what it owed", async () => {
    const { id } = await appointed({ agencyId: "education", role: "EXECUTIVE" });
    const { id: obligationId } = await owed(id);
    await ok("board-manager", END, { id });
    expect(await db().findOneByOrFail(Obligation, { id: obligationId })).toMatchObject({ state: "CANCELLED" });
    expect((await ok("teacher", POSTS, { agencyId: "education" })).posts).toEqual([]);
    for (const query of [END, CONFIRM, AWAY]) expect(await code("board-manager", query, { id })).toBe("WRONG_STEP");
  });

  it("shows as findings the posts that the policy relies on and nobody holds, and who is told instead", async () => {
    const place = { agencyId: "social-care", teamId: "conferences", role: "MANAGER" } as const;
    const find = async () => {
      const { vacancies } = await ok("teacher", VACANCIES, {});
      return vacancies.find(({ teamId, role }: typeof place) => teamId === place.teamId && role === place.role);
    };
    expect(await find()).toMatchObject({ agencyId: "social-care", because: expect.stringContaining("icpc") });
    expect((await find()).toldInstead).toContain("Graham Pell");
    const { id } = await appointed(place);
    expect(await find()).toBeUndefined();
    await ok("board-manager", END, { id });
    expect(await find()).toBeDefined();
    expect(await code("nobody", VACANCIES, {})).toBe("NOT_ALLOWED");
  });

  it("is filled for the demo once, however often it is started", async () => {
    const before = await db().count(Post);
    const given = await seedDemoPosts(world.open);
    expect(given).toBeGreaterThan(8);
    expect(await seedDemoPosts(world.open)).toBe(0);
    expect(await db().count(Post)).toBe(before + given);
    const { posts } = await ok("teacher", POSTS, { agencyId: "partnership" });
    expect(posts.map(({ role }: Post) => role)).toContain("BUSINESS_MANAGER");
  });

  it("takes an appointment by the hub itself", async () => {
    const { hub } = world.open;
    const post = await appoint(hub, clockCaller(hub, "demo"), {
      agencyId: "police",
      role: "EXECUTIVE",
      holderId: "demo|chief",
      holderName: "A Chief",
    });
    expect(post.teamId).toBeNull();
  });
});
