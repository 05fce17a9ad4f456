import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { NUMBERS, startHealth, type HealthWorld } from "../support/health-world.ts";

/** A subscriber that keeps what it is sent, and refuses as often as it is told to. */
function makeSubscriber(): { server: Server; received: Record<string, unknown>[]; refuse: number } {
  const received: Record<string, unknown>[] = [];
  const subscriber = { server: createServer(), received, refuse: 0 };
  subscriber.server.on("request", async (request, response) => {
    const body = await text(request);
    response.statusCode = subscriber.refuse > 0 ? 503 : 202;
    if (subscriber.refuse > 0) subscriber.refuse -= 1;
    else received.push(JSON.parse(body) as Record<string, unknown>);
    response.end();
    subscriber.server.emit("taken");
  });
  return subscriber;
}

describe("the notification service", () => {
  const subscriber = makeSubscriber();
  let world: HealthWorld;
  let token: string;
  let endpoint: string;
  beforeAll(async () => {
    world = await startHealth();
    token = await world.token();
    subscriber.server.listen(0, "127.0.0.1");
    await once(subscriber.server, "listening");
    endpoint = `http://127.0.0.1:${(subscriber.server.address() as AddressInfo).port}/signals`;
  });
  afterEach(async () => {
    const { body } = await send("GET");
    for (const { resource } of body["entry"] as { resource: { id: string } }[]) await send("DELETE", `/${resource.id}`);
    subscriber.received.length = 0;
  });
  afterAll(async () => {
    await world.close();
    subscriber.server.closeAllConnections();
    subscriber.server.close();
  });

  const wanted = (change: object = {}) => ({
    resourceType: "Subscription",
    status: "requested",
    reason: "change feed",
    end: "2999-03-31T00:00:00Z",
    criteria: "eventType=pds-record-change-2",
    channel: { type: "message", endpoint, payload: "application/json" },
    ...change,
  });
  async function send(method: string, path = "", body?: object) {
    const response = await fetch(`${world.url}/mns/subscriptions${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { "content-type": "application/fhir+json" }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const said = await response.text();
    return { status: response.status, body: said === "" ? {} : (JSON.parse(said) as Record<string, unknown>) };
  }
  const subscribe = async (change?: object) => String((await send("POST", "", wanted(change))).body["id"]);
  const taken = async (count: number) => {
    while (subscriber.received.length < count) await once(subscriber.server, "taken");
  };
  const partsOf = (bundle: Record<string, unknown> | undefined) => {
    const [entry] = bundle!["entry"] as { resource: { parameter: { name: string; part?: object[] }[] } }[];
    return Object.fromEntries(entry!.resource.parameter.map((one) => [one.name, one.part ?? one]));
  };

  it("keeps a subscription as active until it is deleted", async () => {
    const id = await subscribe();
    expect((await send("GET", `/${id}`)).body).toMatchObject({ id, status: "active", reason: "change feed" });
    expect((await send("GET")).body).toMatchObject({ type: "searchset", total: 1, entry: [{ resource: { id } }] });
    expect((await send("DELETE", `/${id}`)).status).toBe(204);
    expect(await send("GET", `/${id}`)).toEqual({ status: 404, body: { errors: "Not found" } });
    expect(await send("DELETE", `/${id}`)).toEqual({ status: 404, body: { errors: "Not found" } });
  });

  it.each([
    ["resourceType", { resourceType: "Bundle" }],
    ["status", { status: "active" }],
    ["criteria", { criteria: "eventType=everything-1" }],
    ["end", { end: "next year" }],
    ["channel.type", { channel: { type: "email", endpoint: "http://127.0.0.1:1/", payload: "application/json" } }],
    [
      "channel.endpoint",
      { channel: { type: "message", endpoint: "http://example.org/", payload: "application/json" } },
    ],
  ])("names %s where that is wrong", async (field, change) => {
    const { status, body } = await send("POST", "", wanted(change));
    expect(status).toBe(400);
    expect(Object.keys(body["validationErrors"] as object)).toEqual([field]);
  });

  it("wants a token", async () => {
    const response = await fetch(`${world.url}/mns/subscriptions`);
    expect(response.status).toBe(401);
  });

  it("signals that a record changed, and nothing of what", async () => {
    const id = await subscribe();
    expect(await world.emit({ id: "p-amelia", set: { phone: "07700900999" } })).toMatchObject({ signals: 1 });
    await taken(1);
    const [bundle] = subscriber.received;
    expect(bundle).toMatchObject({ resourceType: "Bundle", type: "history" });
    expect(partsOf(bundle)).toMatchObject({
      subscription: { valueReference: { reference: `Subscription/${id}` } },
      "notification-event": [{ name: "event-number" }, { name: "timestamp" }],
      "additional-context": expect.arrayContaining([
        { name: "event-type", valueString: "pds-record-change-2" },
        expect.objectContaining({
          name: "subject",
          valueReference: { identifier: expect.objectContaining({ value: NUMBERS.amelia }) },
        }),
        { name: "version-id", valueString: 'W/"2"' },
      ]),
    });
    expect(JSON.stringify(bundle)).not.toMatch(/Amelia|Hartley|07700900999/);
  });

  it("delivers the same signal twice where told to", async () => {
    await subscribe();
    await world.emit({ id: "p-noah", twice: true });
    await taken(2);
    const [one, other] = subscriber.received;
    expect(one).toEqual(other);
  });

  it("tries again with a subscriber that refuses", async () => {
    await subscribe();
    subscriber.refuse = 1;
    await world.emit({ id: "p-noah" });
    await taken(1);
    const { signals } = (await (await fetch(`${world.url}/__sim/signals`)).json()) as { signals: object[] };
    expect(signals.at(-1)).toMatchObject({ tries: 2 });
  });

  it("tells a death from other changes", async () => {
    await subscribe({ criteria: "eventType=pds-death-notification-2" });
    expect(await world.emit({ id: "p-rachel", set: { phone: null } })).toMatchObject({ signals: 0 });
    expect(await world.emit({ id: "p-rachel", set: { diedOn: "2026-03-01" } })).toMatchObject({ signals: 1 });
    await taken(1);
  });

  it("signals nothing once a subscription has ended", async () => {
    await subscribe({ end: "2020-01-01T00:00:00Z" });
    expect(await world.emit({ id: "p-amelia" })).toMatchObject({ signals: 0 });
  });
});
