import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { plainDate } from "../../src/domain/plain-date.ts";
import { Message } from "../../src/schema/message.ts";
import { AuditRow } from "../../src/store/rows-audit.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { demo, emailOf, TEAM, tellingIn } from "../support/telling.ts";

const INBOX = `query ($unread: Boolean!, $first: Int!, $after: String) {
  myMessages(unread: $unread, first: $first, after: $after) {
    edges { cursor node { id kind says urgent readAt actedAt deliveries { channel state attempts sentAt fault } } }
    pageInfo { hasNextPage hasPreviousPage endCursor } } }`;
const READ = "mutation ($id: ID!) { readMessage(id: $id) { id readAt actedAt } }";
const ACT = "mutation ($id: ID!) { actOnMessage(id: $id) { id readAt actedAt } }";
const PREFER = "mutation ($routine: Way!) { setPreference(routine: $routine) { routine digestAt } }";
const COVER = {
  coverId: demo("conference-chair"),
  coverName: "Somebody Else",
  coverEmail: emailOf("conference-chair"),
};

describe.each(ENGINES)("on $name, telling people", (engine) => {
  let world: LightHub;
  const story = tellingIn(() => world);
  const { appoint, note, tell, deliver, handOn, messages, deliveries, emails } = story;
  const at = (text: string) => world.setNow(new Date(text));
  const inbox = async (person: string, { unread = false, first = 50, after = null as string | null } = {}) =>
    (await world.ask(person, INBOX, { unread, first, after })).data.myMessages;

  beforeAll(async () => {
    world = await startLightHub(engine, {});
  });
  beforeEach(async () => {
    await story.clear();
    at("2026-03-02T10:00:00Z");
  });
  afterAll(() => world?.close());

  describe("of something urgent", () => {
    it("is done at once", async () => {
      await appoint("social-worker");
      const due = await tell(note());
      expect(due.map((each) => each.toISOString())).toEqual(["2026-03-02T10:00:00.000Z", "2026-03-02T11:00:00.000Z"]);
      expect(await deliver()).toBe(1);
      expect(await emails()).toMatchObject([
        { to: "social-worker@example.org", subject: "Urgent: something about a case needs you" },
      ]);
      const { edges } = await inbox("social-worker");
      expect(edges).toMatchObject([
        {
          node: {
            kind: "LATE",
            urgent: true,
            readAt: null,
            deliveries: [
              { channel: "EMAIL", state: "SENT", attempts: 1, sentAt: "2026-03-02T10:00:00.000Z", fault: null },
            ],
          },
        },
      ]);
    });

    it("is done once, however often it is done, and by however many at once", async () => {
      await appoint("social-worker");
      await appoint("mash-manager");
      const same = note();
      await Promise.all([tell(same), tell(same), tell(same, same)]);
      expect(await tell(same)).toEqual([]);
      await Promise.all([deliver(), deliver(), deliver()]);
      expect(await deliver()).toBe(0);
      expect(await messages()).toHaveLength(2);
      expect((await emails()).map(({ to }) => to).sort()).toEqual([emailOf("mash-manager"), emailOf("social-worker")]);
    });

    it("cannot be put off by a preference", async () => {
      await appoint("social-worker");
      await world.ask("social-worker", PREFER, { routine: "HUB_ONLY" });
      await tell(note());
      await deliver();
      expect(await emails()).toHaveLength(1);
    });

    it("is undone with the transaction that it belongs to", async () => {
      await appoint("social-worker");
      const failing = story.hub().db.transaction(async (db) => {
        const { tell: tellIn } = await import("../../src/services/telling.ts");
        await tellIn(story.hub(), { db, notes: [note()] });
        throw new Error("the fact was not to be");
      });
      await expect(failing).rejects.toThrow("the fact was not to be");
      expect([await messages(), await deliveries()]).toEqual([[], []]);
    });
  });

  describe("of something routine", () => {
    const routine = () => note({ kind: "REMINDER", urgent: false });

    it("waits for the digest, which after Easter is one email on the first working day", async () => {
      await appoint("social-worker");
      at("2026-04-02T10:00:00Z");
      const first = await tell(routine());
      at("2026-04-05T10:00:00Z");
      const second = await tell(routine(), routine());
      const digest = "2026-04-07T07:30:00.000Z";
      expect([...first, ...second].map((each) => each.toISOString())).toEqual([digest, digest]);
      expect(await deliver()).toBe(0);
      at("2026-04-07T07:29:59Z");
      expect(await deliver()).toBe(0);
      at(digest);
      expect(await deliver()).toBe(3);
      const [email, ...more] = await emails();
      expect(more).toEqual([]);
      expect(email!.body.match(/\/messages\//g)).toHaveLength(3);
      expect((await deliveries()).map(({ state }) => state)).toEqual(["SENT", "SENT", "SENT"]);
    });

    it("is one email however many it tells of, and however many send it at once", async () => {
      await appoint("social-worker");
      await appoint("mash-manager");
      await tell(...Array.from({ length: 70 }, routine));
      at("2026-03-03T08:30:00Z");
      const taken = await Promise.all([deliver(), deliver(), deliver()]);
      expect(taken.reduce((a, b) => a + b)).toBe(140);
      expect((await emails()).map(({ to, body }) => [to, body.match(/\/messages\//g)?.length]).sort()).toEqual([
        [emailOf("mash-manager"), 70],
        [emailOf("social-worker"), 70],
      ]);
    });

    it("is at once for who wants it so", async () => {
      await appoint("social-worker");
      const { data } = await world.ask("social-worker", PREFER, { routine: "AT_ONCE" });
      expect(data.setPreference).toEqual({ routine: "AT_ONCE", digestAt: "08:30" });
      await tell(routine());
      expect(await deliver()).toBe(1);
      expect((await emails())[0]!.subject).toBe("Something about a case needs you");
    });

    it("stays in the hub for who wants it so", async () => {
      await appoint("social-worker");
      await world.ask("social-worker", PREFER, { routine: "DIGEST" });
      await world.ask("social-worker", PREFER, { routine: "HUB_ONLY" });
      expect((await world.ask("social-worker", "{ myPreference { routine } }")).data.myPreference.routine).toBe(
        "HUB_ONLY",
      );
      await tell(routine());
      expect(await deliveries()).toEqual([]);
      expect((await inbox("social-worker")).edges).toHaveLength(1);
    });

    it("needs no address", async () => {
      await appoint("social-worker", { holderEmail: null });
      await tell(routine());
      expect([await deliveries(), (await messages()).length]).toEqual([[], 1]);
    });

    it("is never handed on", async () => {
      await appoint("social-worker", COVER);
      await tell(routine());
      at("2026-03-20T10:00:00Z");
      expect(await handOn()).toBe(0);
    });
  });

  describe("who is not there", () => {
    it("is whoever stands in", async () => {
      const away = { awayFromOn: plainDate("2026-03-01"), awayUntilOn: plainDate("2026-03-02") };
      await appoint("social-worker", { ...COVER, ...away });
      await tell(note());
      expect(await messages()).toMatchObject([{ toActorId: demo("conference-chair"), handed: 0 }]);
      at("2026-03-03T10:00:00Z");
      await tell(note());
      expect((await messages())[1]).toMatchObject({ toActorId: demo("social-worker") });
    });

    it("is the manager where nobody holds the post", async () => {
      await appoint("mash-manager", { role: "MANAGER" });
      await tell(note());
      expect(await messages()).toMatchObject([{ toActorId: demo("mash-manager") }]);
    });

    it("is the vacant post where nobody is above it: read by a manager of the team, handed to whoever comes", async () => {
      await tell(note());
      expect(await messages()).toMatchObject([{ toActorId: "vacant:mash/PRACTITIONER", postId: null }]);
      at("2026-03-02T11:00:00Z");
      expect(await handOn()).toBe(1);
      expect(await messages()).toHaveLength(1);

      await appoint("mash-manager", { role: "MANAGER" });
      expect((await inbox("mash-manager")).edges).toHaveLength(1);
      expect((await inbox("social-worker")).edges).toEqual([]);
      await appoint("social-worker");
      at("2026-03-02T12:00:00Z");
      expect(await handOn()).toBe(1);
      expect((await inbox("social-worker")).edges).toMatchObject([{ node: { urgent: true } }]);
      expect((await emailsAfterDelivery()).map(({ to }) => to)).toEqual([emailOf("social-worker")]);
    });

    it("is the partnership's business manager for what is vacant anywhere", async () => {
      await tell(note({ to: [{ agencyId: "police", teamId: null, role: "ESCALATION_LEAD" }] }));
      await appoint("board-manager", { agencyId: "partnership", teamId: null, role: "BUSINESS_MANAGER" });
      expect((await inbox("board-manager")).edges).toHaveLength(1);
    });
  });

  const emailsAfterDelivery = async () => {
    await deliver();
    return emails();
  };

  describe("of something urgent that nobody reads", () => {
    const who = async () => (await messages()).map(({ toActorId, handed }) => [toActorId, handed]);
    beforeEach(async () => {
      await appoint("social-worker", COVER);
      await appoint("mash-manager", { role: "MANAGER" });
      await tell(note({ key: "0199c8e2-6f0b-7d55-a1c4-2f4b1f0e9a77 went_late-v0" }));
    });

    it("goes to the cover and then to the manager, each once, and stays where it is", async () => {
      at("2026-03-02T10:59:59Z");
      expect(await handOn()).toBe(0);
      at("2026-03-02T11:00:00Z");
      expect((await Promise.all([handOn(), handOn(), handOn()])).reduce((a, b) => a + b)).toBe(1);
      expect(await who()).toEqual([
        [demo("social-worker"), 0],
        [demo("conference-chair"), 1],
      ]);
      at("2026-03-02T12:00:00Z");
      expect(await handOn()).toBe(1);
      expect((await who())[2]).toEqual([demo("mash-manager"), 2]);
      at("2026-03-09T12:00:00Z");
      expect(await handOn()).toBe(0);
      expect((await inbox("mash-manager")).edges[0].node.says).toBe(
        "Handed on to you, since nobody has read it: Late since yesterday: the referrer is answered.",
      );
      expect((await emailsAfterDelivery()).map(({ to }) => to).sort()).toEqual(
        ["conference-chair", "mash-manager", "social-worker"].map(emailOf),
      );
      expect((await inbox("social-worker")).edges).toMatchObject([{ node: { readAt: null } }]);
    });

    it("stops where it is read", async () => {
      const [{ id }] = (await messages()) as [Message];
      const { data } = await world.ask("social-worker", READ, { id });
      expect(data.readMessage).toEqual({ id, readAt: "2026-03-02T10:00:00.000Z", actedAt: null });
      at("2026-03-02T11:00:00Z");
      expect(await handOn()).toBe(0);
      const again = await world.ask("social-worker", READ, { id });
      expect(again.data.readMessage.readAt).toBe("2026-03-02T10:00:00.000Z");
    });

    it("stops everywhere once somebody has acted on it", async () => {
      at("2026-03-02T11:00:00Z");
      await handOn();
      const [{ id }] = (await messages()) as [Message];
      const { data } = await world.ask("social-worker", ACT, { id });
      expect(data.actOnMessage).toEqual({
        id,
        readAt: "2026-03-02T11:00:00.000Z",
        actedAt: "2026-03-02T11:00:00.000Z",
      });
      at("2026-03-02T12:00:00Z");
      expect(await handOn()).toBe(0);
      expect(await who()).toHaveLength(2);
    });

    it("goes straight to the manager where nobody stands in", async () => {
      await story.clear();
      await appoint("social-worker");
      await appoint("mash-manager", { role: "MANAGER" });
      await tell(note());
      at("2026-03-02T11:00:00Z");
      await handOn();
      expect((await who())[1]).toEqual([demo("mash-manager"), 2]);
    });
  });

  describe("is one's own:", () => {
    const CODES = (answer: Awaited<ReturnType<LightHub["ask"]>>) =>
      answer.errors.map(({ extensions }) => extensions.code);

    it("nobody reads or acts on another's message, and the attempt is on record", async () => {
      await appoint("social-worker");
      await tell(note());
      const [{ id }] = (await messages()) as [Message];
      for (const person of ["teacher", "mash-manager", "board-manager", "nobody"])
        for (const ask of [READ, ACT]) expect(CODES(await world.ask(person, ask, { id }))).toEqual(["NOT_ALLOWED"]);
      expect(await messages()).toMatchObject([{ readAt: null, actedAt: null }]);
      expect((await inbox("teacher")).edges).toEqual([]);
      const refused = await story.db().findBy(AuditRow, { subjectId: id, allowed: false });
      expect(refused).toHaveLength(8);
    });

    it("each act is on record", async () => {
      await appoint("social-worker");
      await tell(note());
      const [{ id }] = (await messages()) as [Message];
      await world.ask("social-worker", READ, { id });
      await world.ask("social-worker", ACT, { id });
      const acts = await story.db().find(AuditRow, { where: { subjectId: id }, order: { id: "ASC" } });
      expect(acts.map(({ what, allowed }) => [what, allowed])).toEqual([
        ["message.read", true],
        ["message.acted", true],
      ]);
    });

    it.each([
      ["of nobody's", "0199c8e2-6f0b-7d55-a1c4-2f4b1f0e9a77"],
      ["that cannot be", "x' OR 1=1"],
    ])("an id %s is refused", async (_, id) => {
      expect(CODES(await world.ask("social-worker", READ, { id }))).toEqual(["NOT_FOUND"]);
    });

    it("somebody without a role is told nothing and chooses nothing", async () => {
      expect(CODES(await world.ask("nobody", INBOX, { unread: true, first: 1 }))).toEqual(["NOT_ALLOWED"]);
      expect(CODES(await world.ask("nobody", PREFER, { routine: "AT_ONCE" }))).toEqual(["NOT_ALLOWED"]);
    });

    it("messages are read page by page, newest first, and unread alone", async () => {
      await appoint("social-worker");
      // Several of one instant, which a page may end among.
      await tell(note(), note(), note());
      at("2026-03-02T10:05:00Z");
      await tell(note(), note());
      const all = (await inbox("social-worker")).edges.map(({ node }: { node: { id: string } }) => node.id);
      expect(all).toHaveLength(5);
      const paged: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const { edges, pageInfo } = await inbox("social-worker", { first: 2, after });
        paged.push(...edges.map(({ node }: { node: { id: string } }) => node.id));
        [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
      }
      expect(paged).toEqual(all);
      await world.ask("social-worker", READ, { id: all[0] });
      expect((await inbox("social-worker", { unread: true })).edges).toHaveLength(4);
    });

    it.each([
      ["first", { first: 0 }],
      ["first", { first: 101 }],
      ["after", { after: "cDE" }],
    ])("a page that cannot be is refused: %s", async (field, more) => {
      const { errors } = await world.ask("social-worker", INBOX, { unread: false, first: 1, ...more });
      expect(errors[0]).toMatchObject({
        message: expect.stringMatching(`^${field}: `),
        extensions: { code: "BAD_INPUT" },
      });
    });
  });

  describe("in numbers", () => {
    it("is done for five hundred notes at once, each once", async () => {
      await appoint("social-worker");
      await appoint("mash-manager");
      const notes = Array.from({ length: 500 }, () => note({ urgent: false, kind: "REMINDER" }));
      await Promise.all([tell(...notes), tell(...notes.toReversed())]);
      expect(await story.db().count(Message)).toBe(1_000);
      expect(await deliveries()).toHaveLength(1_000);
    });

    it("tells a person as such, with the address of a post of theirs", async () => {
      await appoint("social-worker");
      await tell(note({ to: [{ actorId: demo("social-worker") }, { actorId: "a".repeat(200) }, TEAM] }));
      expect((await messages()).map(({ toActorId }) => toActorId).sort()).toEqual([
        "a".repeat(200),
        demo("social-worker"),
      ]);
      expect(await deliveries()).toMatchObject([{ target: emailOf("social-worker") }]);
    });
  });

  describe("leaves an outbox", () => {
    it("that shows what was emailed, escaped, and runs nothing", async () => {
      await appoint("social-worker", { holderEmail: "<b>x</b>@example.org" });
      await tell(note());
      await deliver();
      const answer = await fetch(`${world.url}/outbox`);
      const html = await answer.text();
      expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(html).toContain("&lt;b&gt;x&lt;/b&gt;@example.org");
      expect(html).not.toMatch(/<script|<b>/);
      const [{ id }] = (await messages()) as [Message];
      expect(html).toContain(`/messages/${id}"`);
    });

    it("that says where it is empty", async () =>
      expect(await (await fetch(`${world.url}/outbox`)).text()).toContain("Nothing has been sent"));

    it("that goes back page by page", async () =>
      expect(await (await fetch(`${world.url}/outbox?before=0`)).text()).toContain("Nothing has been sent"));
  });

  afterEach(() => world.setNow(null));
});
