import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { surnameHash } from "../../src/services/workers-seen.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { ChildAccessRow, WorkerSeenRow } from "../../src/store/rows-access.ts";
import { NHS, RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { recordAt } from "../support/record-rows.ts";

const OFFICER = "data-protection-officer";
const FIND = `query ($value: String!) { childByIdentifier(identifier: { kind: NHS_NUMBER, value: $value }) { id } }`;
const OPEN = `query ($id: ID!) { child(id: $id) { id chronology(first: 5) { edges { node { summary } } } } }`;
const ENTRY = `at actorId worker { name agencyId } role agencyId what subjectId rule allowed purpose power parts sources accessKind requestId`;
const OF_CHILD = `query ($childId: ID, $identifier: IdentifierInput, $from: LocalDate!, $until: LocalDate!, $first: Int, $after: String) {
  readsOfChild(childId: $childId, identifier: $identifier, from: $from, until: $until, first: $first, after: $after) {
    childId entries { pageInfo { hasNextPage endCursor } edges { node { ${ENTRY} } } } } }`;
const BY_WORKER = `query ($actorId: ID!, $from: LocalDate!, $until: LocalDate!) {
  readsByWorker(actorId: $actorId, from: $from, until: $until) { edges { node { ${ENTRY} } } } }`;
const UNUSUAL = `query ($from: LocalDate!, $until: LocalDate!, $patterns: [ReadPattern!]) {
  unusualReads(from: $from, until: $until, patterns: $patterns) { leftOut found { pattern says on actorId worker { name } role childId
    children opened refused firstAt lastAt entries { what allowed subjectId } } } }`;
const GLASS = `query ($from: LocalDate!, $until: LocalDate!, $state: GlassState) { brokenGlass(from: $from, until: $until, state: $state) {
  childId actorId worker { name } reason power state at told { actorId } reviewBy reviewedByActorId justified } }`;
const TOLD = `query ($correctionId: ID, $childId: ID, $since: DateTimeISO) { toBeTold(correctionId: $correctionId, childId: $childId, since: $since) {
  readers { actorId times toldAt } shared { kinds } } }`;

const DAY = "2026-06-10";
const days = { from: DAY, until: DAY };

describe.each(ENGINES)("on $name, the officer's reports", (engine) => {
  let world: LightHub;
  let amelia: string;
  let theo: string;
  const db = () => world.open.hub.db.manager;
  const report = async (query: string, variables: object, as = OFFICER) => {
    const { data, text } = await world.ask(as, query, variables as Record<string, unknown>);
    expect(data, text).not.toBeNull();
    return Object.values(data)[0] as any;
  };
  const unusual = async (patterns: readonly string[], wanted: object = days) =>
    (await report(UNUSUAL, { ...wanted, patterns })).found as any[];
  const nodes = (connection: any): any[] => connection.edges.map(({ node }: any) => node);
  const at = (time: string | null) => world.setNow(time === null ? null : new Date(time));
  const letIn = (person: string, childId: string, more: Partial<ChildAccessRow> = {}) =>
    db().insert(ChildAccessRow, {
      id: world.open.hub.newId(),
      key: `${person}-${childId}-${more.kind ?? "TEAM"}`,
      childId,
      actorId: `demo|${person}`,
      kind: "TEAM",
      relation: "ALLOCATED",
      purpose: "children-act-1989-s17",
      reason: "for this test",
      state: "ACTIVE",
      startsAt: new Date("2020-01-01T00:00:00Z"),
      givenByActorId: "demo|mash-manager",
      ...more,
    });
  /** An entry as it stands in the audit. */
  const entry = (more: Partial<AuditRow>) => ({
    id: world.open.hub.newId(),
    at: new Date(`${DAY}T10:00:00Z`),
    role: "SOCIAL_WORKER",
    what: "child.read",
    rule: "in-the-team",
    allowed: true,
    purpose: "children-act-1989-s17",
    requestId: world.open.hub.newId(),
    ...more,
  });

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS, {}, { standing: "SHIPPED" });
    amelia = (await recordAt(db(), "social-care", "LA-0001")).personId;
    theo = (await recordAt(db(), "social-care", "LA-0009")).personId;
    await letIn("social-worker", amelia);
  });
  afterAll(() => world?.close());

  it("show a teacher who is curious about a neighbour: refused, recorded, and noticed", async () => {
    at(`${DAY}T12:00:00Z`);
    const { data } = await world.ask("teacher", FIND, { value: NHS });
    expect(data.childByIdentifier.id).toBe(amelia);
    at(`${DAY}T12:01:00Z`);
    const opened = await world.ask("teacher", OPEN, { id: amelia });
    expect(opened.text).not.toContain("Injury");
    at(null);
    const found = await unusual(["OWN_ADDRESS", "SEARCHED_THEN_REFUSED"]);
    expect(found).toMatchObject([
      { pattern: "OWN_ADDRESS", actorId: "demo|teacher", childId: amelia, opened: 0, on: DAY },
      { pattern: "SEARCHED_THEN_REFUSED", actorId: "demo|teacher", childId: amelia, opened: 0, refused: 1 },
    ]);
    expect(found[0]).toMatchObject({ worker: { name: "Priya Tennant" }, says: expect.stringContaining("postcode") });
    expect(found[1].entries).toEqual([{ what: "child.read", allowed: false, subjectId: amelia }]);
  });

  it("say of one child who did what, when, why and on what it rested; nothing of anybody else's", async () => {
    at(`${DAY}T13:00:00Z`);
    await world.ask("social-worker", OPEN, { id: amelia });
    at(null);
    const { childId, entries } = await report(OF_CHILD, { childId: amelia, ...days });
    expect(childId).toBe(amelia);
    expect(new Set(nodes(entries).map(({ subjectId }) => subjectId))).toEqual(new Set([amelia]));
    expect(nodes(entries)[0]).toMatchObject({
      actorId: "demo|social-worker",
      worker: { name: "Hannah Osei", agencyId: "social-care" },
      what: "child.read",
      rule: "in-the-team",
      allowed: true,
      accessKind: "TEAM",
    });
    expect(nodes(entries).find(({ allowed }) => !allowed)).toMatchObject({
      actorId: "demo|teacher",
      rule: "outside-the-team",
      accessKind: null,
    });
    expect(
      (await report(OF_CHILD, { childId: amelia, from: "2026-06-11", until: "2026-06-12" })).entries.edges,
    ).toEqual([]);
  });

  it("find a child by a number for the officer, who learns nothing else of it, and find nobody by another", async () => {
    const by = (value: string) => report(OF_CHILD, { identifier: { kind: "NHS_NUMBER", value }, ...days });
    expect((await by(NHS)).childId).toBe(amelia);
    expect(await by("9990740828")).toMatchObject({ childId: null, entries: { edges: [] } });
    const opened = await world.ask(OFFICER, OPEN, { id: amelia });
    expect(opened.errors[0]).toMatchObject({ extensions: { code: "NOT_ALLOWED" } });
  });

  it("say what a worker did, page by page, and count what hangs on a child as the child's", async () => {
    at(`${DAY}T14:00:00Z`);
    const SUBMIT = `mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) { id } }`;
    const concern = { concern: "She flinched.", level: "level-4", immediateDanger: false };
    const { data } = await world.ask("health-visitor", SUBMIT, {
      referral: { key: "read-by-report", childId: theo, ...concern },
    });
    at(null);
    const did = nodes(await report(BY_WORKER, { actorId: "demo|health-visitor", ...days }));
    expect(did.map(({ what }) => what)).toEqual(expect.arrayContaining(["referral.submitted", "ledger.written"]));
    const { entries } = await report(OF_CHILD, { childId: theo, ...days, first: 1 });
    expect(entries.pageInfo.hasNextPage).toBe(true);
    const rest = await report(OF_CHILD, { childId: theo, ...days, after: entries.pageInfo.endCursor });
    const subjects = [...nodes(entries), ...nodes(rest.entries)].map(({ subjectId }) => subjectId);
    expect(subjects).toContain(data.submitReferral.id);
  });

  it("notice reading at night across midnight, and who is on duty then", async () => {
    const worker = { actorId: "night-worker", subjectId: amelia };
    const police = { actorId: "night-police", role: "POLICE_OFFICER", subjectId: amelia };
    // Half past ten at night, two and half past six in the morning, in summer time.
    const times = ["2026-06-10T21:30:00Z", "2026-06-11T01:00:00Z", "2026-06-11T05:30:00Z"];
    const rows = [worker, police].flatMap((who) => times.map((time) => entry({ ...who, at: new Date(time) })));
    await db().insert(AuditRow, rows);
    const found = await unusual(["NIGHT"], { from: DAY, until: "2026-06-11" });
    expect(found.filter(({ actorId }) => actorId.startsWith("night-"))).toMatchObject([
      { pattern: "NIGHT", actorId: "night-worker", on: DAY, opened: 2, firstAt: "2026-06-10T21:30:00.000Z" },
    ]);
    // Cut at midnight, each half is a night's: the second began on the evening before.
    const second = await unusual(["NIGHT"], { from: "2026-06-11", until: "2026-06-11" });
    expect(second).toMatchObject([{ actorId: "night-worker", on: DAY, opened: 1 }]);
  });

  it("notice one's own name, many children on one day in England, and many refusals", async () => {
    const { hub } = world.open;
    const aunt = { actorId: "aunt", name: "Jo Hartley", surnameHash: surnameHash(hub, "Hartley"), seenAt: hub.now() };
    await db().insert(WorkerSeenRow, aunt);
    const midnight = new Date("2026-06-12T23:30:00Z");
    const children = Array.from({ length: 40 }, () => hub.newId());
    await db().insert(AuditRow, [
      entry({ actorId: "aunt", subjectId: amelia, at: new Date("2026-06-12T09:00:00Z") }),
      ...children.map((subjectId) => entry({ actorId: "many", subjectId, at: midnight })),
      ...children.slice(1).map((subjectId) => entry({ actorId: "fewer", subjectId, at: midnight })),
      ...Array.from({ length: 5 }, () =>
        entry({ actorId: "refused", subjectId: null, what: "obligations.read", allowed: false, at: midnight }),
      ),
    ]);
    const period = { from: "2026-06-12", until: "2026-06-13" };
    const found = (await unusual(["OWN_NAME", "MANY_CHILDREN", "REFUSED_OFTEN"], period)).map(
      ({ pattern, actorId, on, children: count, refused }) => [pattern, actorId, on, count, refused],
    );
    expect(found).toEqual([
      ["OWN_NAME", "aunt", "2026-06-12", 1, 0],
      // Half an hour past midnight there.
      ["MANY_CHILDREN", "many", "2026-06-13", 40, 0],
      ["REFUSED_OFTEN", "refused", "2026-06-13", 0, 5],
    ]);
  });

  it("list broken glass, what should have been reviewed first, with who was told", async () => {
    const glass = { kind: "BREAK_GLASS", relation: null, power: "VITAL_INTERESTS" } as const;
    const startsAt = new Date("2026-06-20T22:00:00Z");
    await letIn("health-visitor", amelia, {
      ...glass,
      startsAt,
      justified: true,
      decidedByActorId: "demo|mash-manager",
    });
    await letIn("health-visitor", theo, { ...glass, startsAt: new Date("2026-06-21T01:00:00Z"), reason: "A fall." });
    const period = { from: "2026-06-20", until: "2026-06-21" };
    expect(await report(GLASS, period)).toMatchObject([
      { childId: theo, state: "WAITING", reason: "A fall.", justified: null, told: [] },
      { childId: amelia, state: "JUSTIFIED", reviewedByActorId: "demo|mash-manager", power: "VITAL_INTERESTS" },
    ]);
    expect(await report(GLASS, { ...period, state: "JUSTIFIED" })).toHaveLength(1);
    expect((await unusual(["BROKE_GLASS"], period)).map(({ childId }) => childId)).toEqual([amelia, theo]);
  });

  it("name who read of a child since a day, for telling them once the child is kept from them", async () => {
    const { readers } = await report(TOLD, { childId: amelia, since: `${DAY}T00:00:00Z` });
    const who = readers.map(({ actorId }: any) => actorId);
    expect(who).toEqual(expect.arrayContaining(["demo|social-worker", "aunt"]));
    // Whoever was shown no more than that there is such a child, was not let in.
    expect(who).not.toContain("demo|teacher");
    const { shared } = await report(TOLD, { childId: theo, since: `${DAY}T00:00:00Z` });
    expect(shared).toEqual([{ kinds: ["CONCERN"] }]);
  });

  it("are on record themselves, and make the officer no reader of the child", async () => {
    const { entries } = await report(OF_CHILD, { childId: amelia, from: "2020-01-01", until: "2020-01-02" });
    expect(entries.edges).toEqual([]);
    const mine = await db().findBy(AuditRow, { actorId: `demo|${OFFICER}`, subjectId: amelia });
    expect(new Set(mine.map(({ what }) => what))).toContain("report.reads-of-child");
    expect(mine.filter(({ what, allowed }) => allowed && what.endsWith(".read"))).toEqual([]);
  });

  it.each([
    ["no child", OF_CHILD, days, "Name the child once"],
    ["a period that ends before it begins", BY_WORKER, { actorId: "a", from: DAY, until: "2026-06-09" }, "until"],
    ["more days than one report looks at", UNUSUAL, { from: DAY, until: "2026-09-10" }, "92 days at most"],
    ["neither a correction nor a child", TOLD, {}, "Name a correctionId"],
  ])("are refused for %s", async (_what, query, variables, says) => {
    const { errors } = await world.ask(OFFICER, query, variables);
    expect(errors[0]).toMatchObject({ message: expect.stringContaining(says), extensions: { code: "BAD_INPUT" } });
  });

  it.each([
    "social-worker",
    "mash-manager",
    "teacher",
    "board-manager",
    "agency-developer",
    "identity-reviewer",
    "sealed-records-officer",
    "nobody",
  ])("are not for a %s, and the attempt is on record", async (person) => {
    const asked = [
      [OF_CHILD, { childId: amelia, ...days }],
      [BY_WORKER, { actorId: "demo|teacher", ...days }],
      [UNUSUAL, days],
      [GLASS, days],
      [TOLD, { childId: amelia, since: `${DAY}T00:00:00Z` }],
    ] as const;
    for (const [query, variables] of asked) {
      const { data, errors } = await world.ask(person, query, variables);
      expect([data, errors[0]?.extensions.code]).toEqual([null, "NOT_ALLOWED"]);
    }
    const tried = await db().findBy(AuditRow, { actorId: `demo|${person}`, allowed: false });
    expect(tried.filter(({ what }) => what.startsWith("report."))).toHaveLength(asked.length);
  });
});
