// Agencies' own systems that want to be told: registered by the agency's developers, called by `deliveries.ts`.

import { randomBytes } from "node:crypto";
import type { EntityManager } from "typeorm";
import { IsNull } from "typeorm";
import { Refusal } from "../domain/refusal.ts";
import { mayConnectSystems } from "../domain/sharing-telling.ts";
import type { RegisteredWebhook, Webhook } from "../schema/webhook.ts";
import { isDuplicate } from "../store/insert.ts";
import { targetHash } from "../store/row-hashes.ts";
import { DeliveryRow, WebhookRow } from "../store/rows-clocks.ts";
import { permitOrRecord, record } from "./audit.ts";
import { isUuid } from "../domain/uuid.ts";
import type { Caller, Hub } from "./hub.ts";
import { seal, unseal } from "./seal.ts";

/** Each message calls all of an agency's webhooks. */
const MOST = 5;

const shown = ({ id, url, createdAt, endedAt }: WebhookRow): Webhook => ({ id, url, createdAt, endedAt });
const sealedFor = (rowId: string) => ({ purpose: "webhook-seal", rowId });

/** The agency for which this caller may connect systems. */
async function permitted(hub: Hub, caller: Caller, what: string) {
  const { agencyId } = caller.actor;
  const ruling = mayConnectSystems(caller.actor, agencyId);
  await permitOrRecord(hub, caller, { what, subjects: [], ruling });
  return { agencyId: agencyId ?? "", ruling };
}

/** The webhooks of the caller's own agency, those that ended among them, oldest first. */
export async function webhooksOf(hub: Hub, caller: Caller): Promise<Webhook[]> {
  const { agencyId, ruling } = await permitted(hub, caller, "webhooks.read");
  await record(hub, caller, { what: "webhooks.read", subjects: [], ruling });
  const rows = await hub.db.manager.find(WebhookRow, { where: { agencyId }, order: { createdAt: "ASC", id: "ASC" } });
  return rows.map(shown);
}

/** Registers an address, or one that ended anew, with a new secret: the only time that it is shown. */
export async function registerWebhook(hub: Hub, caller: Caller, url: string): Promise<RegisteredWebhook> {
  const what = "webhook.registered";
  const { agencyId, ruling } = await permitted(hub, caller, what);
  const wrong = hub.courier.whyNot(url);
  if (wrong !== null) throw new Refusal("BAD_INPUT", `url: ${wrong}`);
  const address = new URL(url).href;
  const secret = randomBytes(32).toString("hex");
  const webhook = await hub.db
    .transaction(async (db) => {
      const known = await db.findOne(WebhookRow, {
        where: { agencyId, url: address },
        lock: { mode: "pessimistic_write" },
      });
      if (known && !known.endedAt) throw alreadyRegistered();
      if ((await db.countBy(WebhookRow, { agencyId, endedAt: IsNull() })) >= MOST)
        throw new Refusal("CONFLICT", `An agency has at most ${MOST} webhooks: end one first`);
      const id = known?.id ?? hub.newId();
      const sealedSecret = seal(hub, secret, sealedFor(id));
      const row: WebhookRow = { id, agencyId, url: address, sealedSecret, createdAt: hub.now(), endedAt: null };
      await (known ? db.update(WebhookRow, id, row) : db.insert(WebhookRow, row));
      await record(hub, caller, { what, subjects: [id], ruling, db });
      return shown(row);
    })
    .catch((error: unknown) => {
      throw isDuplicate(error) ? alreadyRegistered() : error;
    });
  return { webhook, secret };
}

const alreadyRegistered = () =>
  new Refusal("CONFLICT", "url: is registered already; end it first if its secret is to change");

/** Ends one of the agency's own webhooks. What still waits for it is not sent. Ended already, it stays so. */
export async function endWebhook(hub: Hub, caller: Caller, id: string): Promise<Webhook> {
  const what = "webhook.ended";
  const found = isUuid(id) ? await hub.db.manager.findOneBy(WebhookRow, { id }) : null;
  const ruling = mayConnectSystems(caller.actor, found ? found.agencyId : caller.actor.agencyId);
  await permitOrRecord(hub, caller, { what, subjects: found ? [found.id] : [], ruling });
  if (!found) throw new Refusal("NOT_FOUND", "There is no such webhook");
  if (found.endedAt) return shown(found);
  return hub.db.transaction(async (db) => {
    await endIn(hub, db, id);
    await record(hub, caller, { what, subjects: [id], ruling, db });
    return shown(await db.findOneByOrFail(WebhookRow, { id }));
  });
}

/** Ends a webhook whose receiver says that it is gone (410). */
export async function webhookGone(hub: Hub, caller: Caller, id: string): Promise<void> {
  const ruling = { allowed: true, rule: "receiver-is-gone", because: "its receiver answered that it is gone (410)" };
  await hub.db.transaction(async (db) => {
    if (await endIn(hub, db, id)) await record(hub, caller, { what: "webhook.ended", subjects: [id], ruling, db });
  });
}

/** True where it had not ended before. */
async function endIn(hub: Hub, db: EntityManager, id: string): Promise<boolean> {
  const { affected } = await db.update(WebhookRow, { id, endedAt: IsNull() }, { endedAt: hub.now() });
  const ended = { state: "PARKED", nextAt: null, fault: "WEBHOOK_ENDED" } as const;
  await db.update(DeliveryRow, { channel: "WEBHOOK", targetHash: targetHash(hub, id), state: "WAITING" }, ended);
  return affected === 1;
}

/** What signs the calls of this webhook. */
export const secretOf = (hub: Hub, { id, sealedSecret }: WebhookRow): string =>
  unseal(hub, sealedSecret, sealedFor(id));
