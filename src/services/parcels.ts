// What a delivery looks like outside the hub. No name, no detail: whoever reads it comes in and sees what they may see.

import { In } from "typeorm";
import { type Channel, Undelivered, wordsOf } from "../domain/message.ts";
import { groupBy } from "../domain/group.ts";
import { Message } from "../schema/message.ts";
import { type DeliveryRow, WebhookRow } from "../store/rows-clocks.ts";
import type { Hub } from "./hub.ts";
import { secretOf } from "./webhooks.ts";

export interface Waiting {
  readonly row: DeliveryRow;
  readonly message: Message;
}

/** What goes in one piece: a message, or all that is in one digest. */
export interface Parcel {
  readonly channel: Channel;
  readonly target: string;
  readonly waiting: readonly Waiting[];
  send(): Promise<void>;
}

/** These rows as they are sent. */
export async function parcelsOf(hub: Hub, rows: readonly DeliveryRow[]): Promise<Parcel[]> {
  const { manager } = hub.db;
  const messages = await manager.findBy(Message, { id: In([...new Set(rows.map(({ messageId }) => messageId))]) });
  const messageOf = new Map(messages.map((message) => [message.id, message]));
  const waiting = rows.flatMap((row): Waiting[] => {
    const message = messageOf.get(row.messageId);
    return message ? [{ row, message }] : [];
  });
  const toWebhooks = waiting.filter(({ row }) => row.channel === "WEBHOOK");
  const webhooks =
    toWebhooks.length > 0 ? await manager.findBy(WebhookRow, { id: In(toWebhooks.map(({ row }) => row.target)) }) : [];
  const webhookOf = new Map(webhooks.map((webhook) => [webhook.id, webhook]));
  const emails = waiting.filter(({ row }) => row.channel === "EMAIL");
  const digests = groupBy(
    emails.filter(({ row }) => row.inDigest),
    ({ row }) => row.target,
  );
  return [
    ...emails.filter(({ row }) => !row.inDigest).map((each) => emailOf(hub, [each])),
    ...[...digests.values()].map((all) => emailOf(hub, all)),
    ...toWebhooks.map((each) => callOf(hub, each, webhookOf.get(each.row.target))),
  ];
}

const HEX = 32;

function emailOf(hub: Hub, waiting: readonly Waiting[]): Parcel {
  const [{ row: first } = { row: { id: "", target: "" } }] = waiting;
  const ids = waiting.map(({ row }) => row.id).sort();
  // The same for the same set of messages; a digest that has grown since it failed is another one.
  const id = ids.length === 1 ? first.id : hub.keyed(ids.join(" ")).slice(0, HEX);
  const words = wordsOf(
    waiting.map(({ message }) => message),
    hub.publicUrl,
  );
  return {
    channel: "EMAIL",
    target: first.target,
    waiting,
    send: () => hub.courier.email({ id, to: first.target, at: hub.now(), ...words }),
  };
}

function callOf(hub: Hub, { row, message }: Waiting, webhook: WebhookRow | undefined): Parcel {
  const { kind, urgent, at, obligationId, escalationId } = message;
  const link = `${hub.publicUrl}/messages/${message.id}`;
  const about = { ...(obligationId && { obligationId }), ...(escalationId && { escalationId }) };
  const body = JSON.stringify({ id: row.id, kind, urgent, about, link, at });
  return {
    channel: "WEBHOOK",
    target: row.target,
    waiting: [{ row, message }],
    async send() {
      if (!webhook || webhook.endedAt) throw new Undelivered("WEBHOOK_ENDED", true);
      await hub.courier.webhook({ id: row.id, url: webhook.url, secret: secretOf(hub, webhook), body });
    },
  };
}
