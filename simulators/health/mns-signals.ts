// Signals: that something about a number has changed, never what. Whoever gets one reads the Patient again.

import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { isLoopback, type EventType, type Subscription, type Subscriptions } from "./mns-subscriptions.ts";
import { NHS_NUMBER, SYNTHETIC_TAG } from "./resource.ts";

/** What a signal tells. */
export interface Happening {
  readonly type: EventType;
  readonly nhsNumber: string;
  readonly versionId: number;
  readonly at: Date;
}

/** How one delivery went; `KEPT` for queues, which nobody here reads. */
interface Delivery {
  readonly subscriptionId: string;
  readonly eventNumber: string;
  state: "WAITING" | "DELIVERED" | "GIVEN_UP" | "KEPT";
  tries: number;
}

/** Milliseconds before each attempt: a subscriber that is away for a moment still hears of it. */
const ATTEMPTS_MS = [0, 200, 1_000, 5_000];
const DELIVERIES_KEPT = 1_000;

/** The emitter. At least once and in no order: the same signal may come `times` over. */
export function makeSignals(subscriptions: Subscriptions) {
  const deliveries: Delivery[] = [];
  const closing = new AbortController();
  let count = 0;

  async function deliver(subscription: Subscription, delivery: Delivery, body: string): Promise<void> {
    for (const wait of ATTEMPTS_MS) {
      await sleep(wait, null, { signal: closing.signal });
      delivery.tries += 1;
      if (await post(subscription, body)) {
        delivery.state = "DELIVERED";
        return;
      }
    }
    delivery.state = "GIVEN_UP";
  }

  async function post({ channel }: Subscription, body: string): Promise<boolean> {
    const headers = { "content-type": channel.payload };
    try {
      const response = await fetch(channel.endpoint, { method: "POST", headers, body, signal: closing.signal });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  }

  return {
    deliveries,
    /** Tells everybody who subscribed; answers how many signals that makes. */
    send(happening: Happening, times: number): number {
      const wanting = subscriptions.wanting(happening.type, happening.at);
      for (const subscription of wanting) {
        const eventNumber = String((count += 1));
        const body = JSON.stringify(signal({ happening, subscription, eventNumber }));
        for (let time = 0; time < times; time += 1) {
          const delivery: Delivery = { subscriptionId: subscription.id, eventNumber, state: "WAITING", tries: 0 };
          deliveries.push(delivery);
          if (!isLoopback(subscription.channel.endpoint)) delivery.state = "KEPT";
          // Only closing ends it early, and then nobody waits for it.
          else void deliver(subscription, delivery, body).catch(() => {});
        }
      }
      if (deliveries.length > DELIVERIES_KEPT) deliveries.splice(0, deliveries.length - DELIVERIES_KEPT);
      return wanting.length * times;
    },
    stop: (): void => closing.abort(),
  };
}

interface SignalParts {
  readonly happening: Happening;
  readonly subscription: Subscription;
  readonly eventNumber: string;
}

/** In the published schema every signal has event number 1 and only the Bundle's id tells two apart; both differ here. */
function signal({ happening, subscription, eventNumber }: SignalParts): object {
  const { type, nhsNumber, versionId, at } = happening;
  const [id, timestamp] = [randomUUID(), at.toISOString()];
  const context = [
    { name: "event-type", valueString: type },
    { name: "source", valueUri: "https://example.org/synthetic/pds" },
    { name: "subject", valueReference: { identifier: { system: NHS_NUMBER, value: nhsNumber } } },
    { name: "version-id", valueString: `W/"${versionId}"` },
  ];
  const event = [
    { name: "event-number", valueString: eventNumber },
    { name: "timestamp", valueInstant: timestamp },
  ];
  const parameter = [
    { name: "subscription", valueReference: { reference: `Subscription/${subscription.id}` } },
    { name: "status", valueCode: "active" },
    { name: "type", valueCode: "event-notification" },
    { name: "notification-event", part: event },
    { name: "additional-context", part: context },
  ];
  return {
    resourceType: "Bundle",
    id: randomUUID(),
    meta: { tag: [SYNTHETIC_TAG] },
    type: "history",
    timestamp,
    entry: [{ fullUrl: `urn:uuid:${id}`, resource: { resourceType: "Parameters", id, parameter } }],
  };
}
