import { connect } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { Obligation, ObligationEvent } from "../../src/schema/obligation.ts";
import { Message } from "../../src/schema/message.ts";
import { Post } from "../../src/schema/post.ts";
import { insertMany } from "../../src/store/insert.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { NHS, RECORDS } from "../support/demo-records.ts";
import { ENGINES } from "../support/engines.ts";
import { type EventReader, openStream, type Subscription } from "../support/event-stream.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { fillPost } from "../support/posts.ts";

const SUBMIT = `mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) { id child { id } } }`;
const CHANGED = `subscription ($childId: ID, $teamId: ID) { obligationChanged(childId: $childId, teamId: $teamId) {
  at what obligation { id rule state teamId } } }`;
const ARRIVED = "subscription { messageArrived { id says } }";
const SOON = { timeout: 10_000, interval: 50 };

describe.each(ENGINES)("on $name, subscriptions", (engine) => {
  let world: LightHub;
  const opened: EventReader[] = [];
  const db = () => world.open.hub.db.manager;
  let count = 0;

  beforeAll(async () => {
    world = await startLightHub(engine, RECORDS);
  });
  afterEach(async () => {
    for (const reader of opened.splice(0)) reader.close();
  });
  afterAll(() => world?.close());

  const listen = async (person: string, subscription: Partial<Subscription> = {}) => {
    const token = await world.token(person);
    const reader = await openStream(world.url, { token, query: CHANGED, ...subscription });
    opened.push(reader);
    return reader;
  };
  const refer = async (person = "teacher") => {
    count += 1;
    const referral = {
      key: `followed-${engine.name.length}-${count}`,
      identifier: { kind: "NHS_NUMBER", value: NHS },
      concern: "She flinched.",
      level: "level-4",
      immediateDanger: false,
    };
    const { data, errors } = await world.ask(person, SUBMIT, { referral });
    expect(errors).toEqual([]);
    const { id: referralId, child } = data.submitReferral;
    const { id: obligationId } = await db().findOneByOrFail(Obligation, {
      rule: "referral-decision",
      subjectId: referralId,
    });
    return { referralId, obligationId, childId: child.id as string };
  };
  const heardOf = ({ told }: EventReader) =>
    told.flatMap(({ data }) => (data?.data?.obligationChanged ? [data.data.obligationChanged] : []));
  const heardIds = (reader: EventReader) => heardOf(reader).map(({ obligation }) => obligation.id);

  it("tell of a change that is kept, to those who may read it, and put that on record once", async () => {
    const [worker, manager] = [await listen("social-worker"), await listen("mash-manager")];
    expect([worker.status, worker.headers.get("content-type"), worker.headers.get("cache-control")]).toEqual([
      200,
      "text/event-stream; charset=utf-8",
      "no-store",
    ]);
    const { obligationId } = await refer();
    for (const reader of [worker, manager]) {
      await expect.poll(() => heardIds(reader), SOON).toContain(obligationId);
      const change = heardOf(reader).find(({ obligation }) => obligation.id === obligationId);
      expect(change).toMatchObject({ what: "OPENED", obligation: { rule: "referral-decision", state: "OPEN" } });
      expect(reader.comments()).toBeGreaterThan(0);
    }
    const [event] = await db().findBy(ObligationEvent, { obligationId });
    const again = { ...event!, key: "told-again", id: world.open.hub.newId() };
    await insertMany(db(), ObligationEvent, [again]);
    await expect.poll(() => heardIds(worker).filter((id) => id === obligationId), SOON).toHaveLength(2);
    const heard = await db().findBy(AuditRow, {
      subjectId: obligationId,
      what: "obligation.heard",
      role: "SOCIAL_WORKER",
    });
    expect(heard.map(({ allowed, rule }) => [allowed, rule])).toEqual([[true, "whole-story"]]);
  });

  it("tell another agency's teacher nothing", async () => {
    const [teacher, worker] = [await listen("teacher"), await listen("social-worker")];
    const { obligationId, childId } = await refer();
    const child = await listen("teacher", { variables: { childId } });
    const { obligationId: second } = await refer();
    await expect.poll(() => heardIds(worker), SOON).toEqual(expect.arrayContaining([obligationId, second]));
    expect([heardIds(teacher), heardIds(child)]).toEqual([[], []]);
    expect(await db().countBy(AuditRow, { subjectId: obligationId, what: "obligation.heard", role: "TEACHER" })).toBe(
      0,
    );
  });

  it("tell the business manager and whoever holds the post of a clock as much as they are given when they ask", async () => {
    const query = CHANGED.replace("id rule", "id child { id } changes { id } rule");
    for (const person of ["health-visitor", "agency-developer"])
      await fillPost(world.open.hub, { role: "MANAGER", holderId: `demo|${person}`, teamId: "mash" });
    const [board, visitor, developer, officer] = [
      await listen("board-manager", { query }),
      await listen("health-visitor", { query }),
      await listen("agency-developer", { query }),
      await listen("data-protection-officer", { query }),
    ];
    const { obligationId, childId } = await refer();
    for (const [reader, child] of [
      [board, null],
      [visitor, { id: childId }],
    ] as const) {
      await expect.poll(() => heardIds(reader), SOON).toContain(obligationId);
      expect(heardOf(reader)[0].obligation).toMatchObject({ id: obligationId, child, changes: null });
    }
    await db().clear(Post);
    const { obligationId: second } = await refer();
    await expect.poll(() => heardIds(board), SOON).toContain(second);
    expect([heardIds(visitor), heardIds(developer), heardIds(officer)]).toEqual([[obligationId], [], []]);
    const heard = await db().findBy(AuditRow, { subjectId: obligationId, what: "obligation.heard" });
    expect(heard.map(({ role, rule }) => [role, rule]).sort()).toEqual([
      ["BOARD_MANAGER", "partnership-oversight"],
      ["HEALTH_VISITOR", "answers-for-it"],
    ]);
  });

  it.each(["board-manager", "data-protection-officer", "agency-developer"])(
    "about one child are not for a %s, who would learn which clocks are that child's",
    async (person) => {
      const { childId } = await refer();
      const reader = await listen(person, { variables: { childId } });
      await reader.ended;
      expect(reader.told.map(({ event, data }) => [event, data?.errors?.[0]?.extensions.code])).toEqual([
        ["next", "NOT_ALLOWED"],
        ["complete", undefined],
      ]);
    },
  );

  it("tell of one child or team only, where that is asked", async () => {
    const other = await listen("social-worker", { variables: { childId: "01a1ffda-881d-704b-8279-d4693c6176f3" } });
    const elsewhere = await listen("social-worker", { variables: { teamId: "conferences" } });
    const { childId } = await refer();
    const own = await listen("social-worker", { variables: { childId, teamId: "mash" } });
    const { obligationId } = await refer();
    await expect.poll(() => heardIds(own), SOON).toContain(obligationId);
    expect([heardIds(other), heardIds(elsewhere)]).toEqual([[], []]);
  });

  it("tell each person of what arrives in their own inbox", async () => {
    const [manager, worker] = [
      await listen("mash-manager", { query: ARRIVED }),
      await listen("social-worker", { query: ARRIVED }),
    ];
    const message = (toActorId: string): Message => ({
      id: world.open.hub.newId(),
      key: `${toActorId} ${world.open.hub.newId()}`,
      toActorId,
      postId: null,
      kind: "REMINDER",
      says: "Something is due soon.",
      urgent: false,
      obligationId: null,
      escalationId: null,
      at: world.open.hub.now(),
      readAt: null,
      actedAt: null,
      handOnAt: null,
      handed: 0,
    });
    const [mine, theirs] = [message("demo|mash-manager"), message("demo|social-worker")];
    await insertMany(db(), Message, [mine, theirs]);
    const ids = ({ told }: EventReader) => told.flatMap(({ data }) => data?.data?.messageArrived?.id ?? []);
    await expect.poll(() => [ids(manager), ids(worker)], SOON).toEqual([[mine.id], [theirs.id]]);
    expect((await db().findOneByOrFail(Message, { id: mine.id })).readAt).toBeNull();
  });

  it("end what asks for too much with a reason, and let the rest be", async () => {
    const escalation = "subscription ($id: ID!) { escalationChanged(id: $id) { what } }";
    const id = "01a1ffda-881d-704b-8279-d4693c6176f3";
    for (const [person, query, code] of [
      ["nobody", CHANGED, "NOT_ALLOWED"],
      ["nobody", ARRIVED, "NOT_ALLOWED"],
      ["social-worker", escalation, "NOT_FOUND"],
      ["agency-developer", escalation, "NOT_ALLOWED"],
    ] as const) {
      const reader = await listen(person, { query, variables: { id } });
      await reader.ended;
      expect(reader.told.map(({ event, data }) => [event, data?.errors?.[0]?.extensions.code])).toEqual([
        ["next", code],
        ["complete", undefined],
      ]);
    }
  });

  it.each<[string, Partial<Subscription>, number, string]>([
    ["no token", { token: null }, 401, "NOT_SIGNED_IN"],
    ["rubbish for a token", { token: "rubbish" }, 401, "NOT_SIGNED_IN"],
    ["an unknown purpose", { headers: { "x-purpose": "curiosity" } }, 400, "BAD_INPUT"],
    ["a query", { query: "{ me { id } }" }, 400, "BAD_REQUEST"],
    ["a mutation", { query: 'mutation { endPost(id: "1") { id } }' }, 400, "BAD_REQUEST"],
    ["what is no document", { query: "subscription { Amelia(" }, 400, "GRAPHQL_PARSE_FAILED"],
    [
      "too long a document",
      { query: `subscription { ${"messageArrived { id } ".repeat(2_000)} }` },
      400,
      "GRAPHQL_PARSE_FAILED",
    ],
    ["a field that does not exist", { query: "subscription { gossip }" }, 400, "GRAPHQL_VALIDATION_FAILED"],
    ["a variable of another kind", { variables: { childId: { name: "Amelia" } } }, 400, "BAD_USER_INPUT"],
    ["no query", { query: "" }, 400, "GRAPHQL_PARSE_FAILED"],
    ["an answer that is no stream", { headers: { accept: "application/json" } }, 406, "BAD_REQUEST"],
    ["too large a body", { variables: { childId: "x".repeat(200_000) } }, 413, "TOO_LARGE"],
  ])("refuse %s with one clear error", async (_what, more, status, code) => {
    const reader = await listen("social-worker", more);
    await reader.ended;
    const [answer] = reader.told;
    expect([reader.status, answer?.data.errors[0].extensions.code]).toEqual([status, code]);
    expect(JSON.stringify(reader.told)).not.toContain("Amelia");
  });

  it("are not served at POST /graphql, which says where they are", async () => {
    const { status, errors } = await world.ask("social-worker", ARRIVED);
    expect([status, errors[0]?.extensions.code]).toEqual([400, "BAD_REQUEST"]);
    expect(errors[0]!.message).toContain("/graphql/stream");
  });

  it("may be opened by GET", async () => {
    const token = await world.token("social-worker");
    const response = await fetch(`${world.url}/graphql/stream?query=${encodeURIComponent(ARRIVED)}`, {
      headers: { authorization: `Bearer ${token}`, accept: "text/event-stream" },
    });
    expect(response.status).toBe(200);
    await response.body!.cancel();
    const head = await fetch(`${world.url}/graphql/stream`, { method: "HEAD" });
    expect(head.status).toBe(404);
  });

  it("end when the sign-in does, and say so", async () => {
    // The hub allows issuers' clocks half a minute.
    const token = await world.token("social-worker", { lifetime: "-27" });
    const reader = await listen("social-worker", { token });
    expect(reader.status).toBe(200);
    await reader.ended;
    expect(reader.told.map(({ event, data }) => [event, data?.errors?.[0]?.extensions.code])).toEqual([
      ["next", "NOT_SIGNED_IN"],
      ["complete", undefined],
    ]);
  });

  it("are ten for one person, and make room when one of them hangs up", async () => {
    const readers: EventReader[] = [];
    for (let each = 0; each < 10; each += 1) readers.push(await listen("police-officer"));
    expect(readers.map(({ status }) => status)).toEqual(readers.map(() => 200));
    const refused = await listen("police-officer");
    await refused.ended;
    expect([refused.status, refused.told[0]?.data.errors[0].extensions.code]).toEqual([429, "TOO_MANY"]);
    expect((await listen("teacher")).status).toBe(200);
    readers[0]!.close();
    await expect.poll(async () => (await listen("police-officer")).status, SOON).toBe(200);
  });

  it("hold up nobody for one who does not read", async () => {
    const token = await world.token("social-worker");
    const { hostname, port } = new URL(world.url);
    const body = JSON.stringify({ query: CHANGED });
    const deaf = connect(Number(port), hostname).pause();
    deaf.write(
      `POST /graphql/stream HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${token}\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    const worker = await listen("social-worker");
    const { obligationId } = await refer();
    await expect.poll(() => heardIds(worker), SOON).toContain(obligationId);
    deaf.destroy();
  });
});

describe.each(ENGINES.slice(0, 1))("on $name, a server that closes", (engine) => {
  it("ends its subscriptions, and says so", async () => {
    const world = await startLightHub(engine, {});
    const reader = await openStream(world.url, { token: await world.token("social-worker"), query: CHANGED });
    await world.close();
    await reader.ended;
    expect(reader.told.map(({ event, data }) => [event, data?.errors?.[0]?.extensions.code])).toEqual([
      ["next", "INCOMPLETE"],
      ["complete", undefined],
    ]);
  });
});
