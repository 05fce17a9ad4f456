import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Undelivered } from "../../src/domain/message.ts";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { deliverDue } from "../../src/services/deliveries.ts";
import type { Hub } from "../../src/services/hub.ts";
import { replayWork } from "../../src/services/parked.ts";
import { DeliveryRow, TroubledWorkRow, WebhookRow } from "../../src/store/rows-clocks.ts";
import { sampleReceiver, startReceiver } from "../support/call-receiver.ts";
import { ENGINES } from "../support/engines.ts";
import { type LightHub, startLightHub } from "../support/light-hub.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";
import { demo, emailOf, TEAM, tellingIn } from "../support/telling.ts";

const REGISTER = "mutation ($url: String!) { registerWebhook(url: $url) { secret webhook { id url endedAt } } }";
const END = "mutation ($id: ID!) { endWebhook(id: $id) { id endedAt } }";
const LIST = "{ webhooks { id url createdAt endedAt } }";
/** The developer's agency; the names in it are those that may never leave the hub. */
const HEALTH = { agencyId: "community-health", teamId: null, role: "MANAGER" } as const;
const NAMES = /Invented|Amelia|Hartley|Larch/;

describe.each(ENGINES)("on $name, what leaves the hub", (engine) => {
  let world: LightHub;
  let mail: MailServer;
  let folder: string;
  let makeSample: Awaited<ReturnType<typeof sampleReceiver>>;
  let receiver: Awaited<ReturnType<typeof startReceiver>>;
  const story = tellingIn(() => world);
  const { appoint, note, tell, deliver, deliveries, messages } = story;
  const START = Date.parse("2026-03-02T10:00:00Z");
  /** Minutes after the start. */
  const later = (minutes: number) => world.setNow(new Date(START + minutes * 60_000));

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "receiver-"));
    [mail, receiver, makeSample] = await Promise.all([startMailServer(), startReceiver(), sampleReceiver(folder)]);
    world = await startLightHub(
      engine,
      {},
      {
        SMTP_URL: mail.url,
        MAIL_FROM: "Safeguarding hub <hub@hub.example.org>",
        HUB_URL: "https://hub.example.org/",
        WEBHOOK_ALLOW_PRIVATE: "true",
      },
    );
  });
  beforeEach(async () => {
    await story.clear();
    later(0);
    mail.taken.length = 0;
    receiver.received.length = 0;
    receiver.answerWith({ status: 204 });
  });
  afterEach(() => mail.refuseWith(null));
  afterAll(async () => {
    await world?.close();
    await Promise.all([mail.stop(), receiver.close()]);
    rmSync(folder, { recursive: true });
  });

  describe("as email", () => {
    beforeEach(() => appoint("social-worker"));

    it("says nothing but that something needs them, and where", async () => {
      await tell(note());
      await deliver();
      const [{ to, source }] = mail.taken as [(typeof mail.taken)[number]];
      const [told] = await messages();
      expect(to).toEqual([emailOf("social-worker")]);
      expect(source).toContain(`https://hub.example.org/messages/${told!.id}`);
      expect(source).not.toMatch(NAMES);
      expect(source).not.toContain("referrer");
    });

    it("is tried again while the server is away, and goes once when it is back", async () => {
      await mail.stop();
      await tell(note());
      await deliver();
      const [{ nextAt, state, attempts, fault }] = (await deliveries()) as [DeliveryRow];
      expect([state, attempts, fault]).toEqual(["WAITING", 1, expect.stringMatching(/^\w+$/)]);
      expect(nextAt!.getTime() - START).toBeGreaterThanOrEqual(45_000);
      expect(nextAt!.getTime() - START).toBeLessThanOrEqual(60_000);
      expect(await deliver()).toBe(0);
      later(1);
      await deliver();
      await mail.start();
      later(4);
      await Promise.all([deliver(), deliver()]);
      later(600);
      expect(await deliver()).toBe(0);
      expect(mail.taken).toHaveLength(1);
      expect(await deliveries()).toMatchObject([{ state: "SENT", attempts: 3, nextAt: null, fault: null }]);
      expect(await story.db().count(TroubledWorkRow)).toBe(0);
    });

    it("is not tried for each while the server is away", async () => {
      await appoint("mash-manager");
      await tell(...Array.from({ length: 40 }, () => note()));
      const hub = story.hub();
      let tried = 0;
      const email: Hub["courier"]["email"] = async () => {
        tried += 1;
        throw new Undelivered("ECONNREFUSED");
      };
      const without = { ...hub, courier: { ...hub.courier, email } };
      expect(await deliverDue(without, clockCaller(hub, "telling"), hub.now())).toBe(80);
      expect(tried).toBeLessThanOrEqual(10);
      expect(
        new Set((await deliveries()).map(({ state, attempts, fault }) => `${state} ${attempts} ${fault}`)),
      ).toEqual(new Set(["WAITING 1 ECONNREFUSED"]));
    });

    it("is parked in the end, told of once, and goes when it is replayed", async () => {
      await appoint("board-manager", { agencyId: "partnership", teamId: null, role: "BUSINESS_MANAGER" });
      mail.refuseWith(550);
      await tell(note());
      let tries = 0;
      // Each step is longer than any pause.
      for (let step = 0; step < 22; step += 1) {
        later(step * 400);
        tries += await deliver();
      }
      const [first] = (await deliveries()) as [DeliveryRow];
      expect(first).toMatchObject({ state: "PARKED", attempts: 10, nextAt: null, fault: "SMTP_550" });
      // And ten for the email about it, which is parked without another.
      expect(tries).toBe(20);
      const told = await messages();
      expect(told.map(({ kind, toActorId }) => [kind, toActorId])).toEqual([
        ["LATE", demo("social-worker")],
        ["WORK_PARKED", demo("board-manager")],
      ]);
      const trouble = { queue: "telling", subjectId: first.id } as const;
      expect(await story.db().find(TroubledWorkRow)).toMatchObject([{ ...trouble, fault: "Undelivered SMTP_550" }]);

      mail.refuseWith(null);
      const caller = clockCaller(story.hub(), "test");
      const manager = { ...caller, actor: { ...caller.actor, role: "BOARD_MANAGER" as const } };
      await replayWork(story.hub(), manager, trouble);
      expect(await deliver()).toBe(1);
      expect(mail.taken).toHaveLength(1);
      expect(await story.db().findOneBy(TroubledWorkRow, trouble)).toMatchObject({
        parkedAt: null,
        doneAt: expect.any(Date),
      });
    });

    it("to an address that cannot be is parked at the first try", async () => {
      await story.clear();
      await appoint("social-worker", { holderEmail: "a@example.org, b@example.org" });
      await tell(note());
      await deliver();
      expect((await deliveries())[0]).toMatchObject({ state: "PARKED", attempts: 1, fault: "BAD_ADDRESS" });
      expect(mail.taken).toEqual([]);
    });

    it("that was sent by a process which died before it said so is sent again under the same id", async () => {
      await tell(note());
      const hub = story.hub();
      const dying: Hub = {
        ...hub,
        db: Object.create(hub.db, {
          manager: {
            get: () => Object.create(hub.db.manager, { update: { value: () => Promise.reject(new Error("dead")) } }),
          },
        }),
      };
      await expect(deliverDue(dying, clockCaller(hub, "telling"), hub.now())).rejects.toThrow("dead");
      expect(await deliver()).toBe(0);
      later(2);
      expect(await deliver()).toBe(1);
      expect(mail.taken).toHaveLength(2);
      const [first, second] = mail.taken.map(({ source }) => /^Message-ID: (.*)$/m.exec(source)?.[1]);
      expect(first).toBe(second);
      expect(first).toContain((await deliveries())[0]!.id);
    });

    it("does not hold up the others by one that fails", async () => {
      await appoint("mash-manager");
      await tell(note());
      const hub = story.hub();
      const email: Hub["courier"]["email"] = (letter) =>
        letter.to === emailOf("social-worker") ? Promise.reject(new Error("a fault")) : hub.courier.email(letter);
      await deliverDue({ ...hub, courier: { ...hub.courier, email } }, clockCaller(hub, "telling"), hub.now());
      expect(mail.taken.map(({ to }) => to)).toEqual([[emailOf("mash-manager")]]);
      expect((await deliveries()).map(({ state, fault }) => [state, fault])).toEqual(
        expect.arrayContaining([
          ["WAITING", "FAULT"],
          ["SENT", null],
        ]),
      );
    });
  });

  describe("as a webhook", () => {
    const register = async (url = receiver.url) => {
      const answer = await world.ask("agency-developer", REGISTER, { url });
      if (answer.errors.length > 0) throw new Error(answer.errors[0]!.message);
      return answer.data.registerWebhook as { secret: string; webhook: { id: string } };
    };
    const toHealth = (more = {}) => note({ to: [HEALTH], ...more });
    beforeEach(async () => {
      await appoint("health-visitor", { ...HEALTH, holderEmail: null });
      await appoint("agency-developer", { ...HEALTH, holderEmail: null });
    });

    it("calls the agency's own system once, signed, without a name or detail", async () => {
      const { secret, webhook } = await register();
      expect(secret).toMatch(/^[\da-f]{64}$/);
      const owed = toHealth();
      await tell(owed);
      await Promise.all([deliver(), deliver()]);
      const [{ headers, body }, ...more] = receiver.received as [(typeof receiver.received)[number]];
      expect(more).toEqual([]);
      const said = makeSample(secret)(headers, body)!;
      const [{ id }] = (await deliveries()) as [DeliveryRow];
      const told = await messages();
      expect(said).toEqual({
        id,
        kind: "LATE",
        urgent: true,
        about: { obligationId: owed.obligationId },
        link: expect.stringMatching(/^https:\/\/hub\.example\.org\/messages\/[\da-f-]{36}$/),
        at: "2026-03-02T10:00:00.000Z",
      });
      expect(told.map((message) => `https://hub.example.org/messages/${message.id}`)).toContain(said["link"]);
      expect(headers["hub-id"]).toBe(id);
      expect(body).not.toMatch(NAMES);
      expect(await story.db().findOneBy(WebhookRow, { id: webhook.id })).not.toMatchObject({
        sealedSecret: expect.stringContaining(secret),
      });
    });

    it("calls no other agency's", async () => {
      await register();
      await appoint("social-worker");
      await tell(note({ to: [TEAM] }));
      await deliver();
      expect(receiver.received).toEqual([]);
    });

    it("that is not taken is tried again under the same id, freshly signed", async () => {
      const { secret } = await register();
      receiver.answerWith({ status: 503 });
      await tell(toHealth());
      await deliver();
      expect(await deliveries()).toMatchObject([{ state: "WAITING", fault: "STATUS_503" }]);
      receiver.answerWith({ status: 200, body: "thank you" });
      later(1);
      await deliver();
      const [first, second] = receiver.received;
      expect(second!.headers["hub-id"]).toBe(first!.headers["hub-id"]);
      const receive = makeSample(secret);
      expect(receive(first!.headers, first!.body)).not.toBeNull();
      expect(receive(second!.headers, second!.body)).toBeNull();
      expect(await deliveries()).toMatchObject([{ state: "SENT" }]);
    });

    it("ends where the receiver says that it is gone", async () => {
      const { webhook } = await register();
      receiver.answerWith({ status: 410 });
      await tell(toHealth(), toHealth());
      await deliver();
      await tell(toHealth());
      later(60);
      await deliver();
      expect(receiver.received.length).toBeLessThanOrEqual(2);
      expect((await deliveries()).map(({ state }) => state)).toEqual(["PARKED", "PARKED"]);
      const { data } = await world.ask("agency-developer", LIST);
      expect(data.webhooks).toMatchObject([{ id: webhook.id, endedAt: "2026-03-02T10:00:00.000Z" }]);
      expect(await story.db().count(TroubledWorkRow)).toBe(0);
    });

    it("is ended by its agency, and registered anew under another secret", async () => {
      const first = await register();
      await expect(register()).rejects.toThrow("url: is registered already");
      await tell(toHealth());
      const { data } = await world.ask("agency-developer", END, { id: first.webhook.id });
      expect(data.endWebhook.endedAt).toBe("2026-03-02T10:00:00.000Z");
      await deliver();
      expect(receiver.received).toEqual([]);
      const again = await register();
      expect(again.webhook.id).toBe(first.webhook.id);
      expect(again.secret).not.toBe(first.secret);
      await tell(toHealth());
      await deliver();
      const [{ headers, body }] = receiver.received as [(typeof receiver.received)[number]];
      expect(makeSample(first.secret)(headers, body)).toBeNull();
      expect(makeSample(again.secret)(headers, body)).not.toBeNull();
    });

    it("is each agency's developers' own business", async () => {
      const refusal = async (person: string, query: string, variables = {}) =>
        (await world.ask(person, query, variables)).errors[0]?.extensions.code;
      for (const person of ["teacher", "mash-manager", "board-manager", "nobody"]) {
        expect(await refusal(person, REGISTER, { url: receiver.url })).toBe("NOT_ALLOWED");
        expect(await refusal(person, LIST)).toBe("NOT_ALLOWED");
      }
      const id = story.hub().newId();
      const other = {
        id,
        agencyId: "police",
        url: receiver.url,
        sealedSecret: "x",
        createdAt: story.hub().now(),
        endedAt: null,
      };
      await story.db().insert(WebhookRow, other);
      expect(await refusal("agency-developer", END, { id })).toBe("NOT_ALLOWED");
      expect(await refusal("agency-developer", END, { id: story.hub().newId() })).toBe("NOT_FOUND");
      expect((await world.ask("agency-developer", LIST)).data.webhooks).toEqual([]);
      expect(await story.db().findOneBy(WebhookRow, { id })).toMatchObject({ endedAt: null });
    });

    it("is limited to five of an agency", async () => {
      for (let number = 0; number < 5; number += 1) await register(`${receiver.url}/${number}`);
      await expect(register(`${receiver.url}/5`)).rejects.toThrow("at most 5 webhooks");
      const { errors } = await world.ask("agency-developer", REGISTER, { url: `${receiver.url}/5` });
      expect(errors[0]?.extensions.code).toBe("CONFLICT");
    });

    it("whose row was moved to another does not open its secret, and calls nobody", async () => {
      await register();
      const { webhook: second } = await register(`${receiver.url}/second`);
      const rows = await story.db().find(WebhookRow, { order: { createdAt: "ASC", id: "ASC" } });
      const stolen = rows.find(({ id }) => id !== second.id)!.sealedSecret;
      await story.db().update(WebhookRow, second.id, { sealedSecret: stolen });
      await tell(toHealth());
      await deliver();
      expect(receiver.received.map(({ headers }) => headers.host)).toHaveLength(1);
      expect((await deliveries()).map(({ fault }) => fault).sort()).toEqual([null, "FAULT"].sort());
    });
  });
});

describe.each(ENGINES)("on $name, a hub that allows no private address", (engine) => {
  let world: LightHub;
  beforeAll(async () => {
    world = await startLightHub(engine, {});
  });
  afterAll(() => world?.close());

  it.each([
    "http://example.org/",
    "https://127.0.0.1/",
    "https://hub.localhost/",
    "https://exam\tple.org/",
    "https://169.254.169.254/latest",
    "https://[::ffff:10.0.0.1]/",
  ])("refuses %s", async (url) => {
    const { errors } = await world.ask("agency-developer", REGISTER, { url });
    expect(errors[0]).toMatchObject({
      message: expect.stringMatching(/^url: must /),
      extensions: { code: "BAD_INPUT" },
    });
  });
});
