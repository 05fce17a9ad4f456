// Posts, notes and what became of them, for stories about telling people. Everybody here is invented.

import type { Owner } from "../../src/domain/post.ts";
import { Message } from "../../src/schema/message.ts";
import { Post } from "../../src/schema/post.ts";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { deliverDue } from "../../src/services/deliveries.ts";
import { handOnDue } from "../../src/services/inbox.ts";
import { type Note, tell } from "../../src/services/telling.ts";
import {
  DeliveryRow,
  OutboxEmailRow,
  PreferenceRow,
  TroubledWorkRow,
  WebhookRow,
} from "../../src/store/rows-clocks.ts";
import type { LightHub } from "./light-hub.ts";
import { fillPost } from "./posts.ts";

export const TEAM: Owner = { agencyId: "social-care", teamId: "mash", role: "PRACTITIONER" };

/** A sign-in of the demo's issuer, and its address. */
export const demo = (person: string) => `demo|${person}`;
export const emailOf = (person: string) => `${person}@example.org`;

/** What a test does with one hub. */
export function tellingIn(world: () => LightHub) {
  const hub = () => world().open.hub;
  const db = () => hub().db.manager;
  const caller = () => clockCaller(hub(), "telling");
  return {
    hub,
    db,
    async clear() {
      for (const table of [Message, DeliveryRow, OutboxEmailRow, PreferenceRow, WebhookRow, TroubledWorkRow, Post])
        await db().clear(table);
    },
    appoint: (person: string, more: Partial<Post> = {}): Promise<Post> =>
      fillPost(hub(), { ...TEAM, holderId: demo(person), holderEmail: emailOf(person), ...more }),
    note: (more: Partial<Note> = {}): Note => ({
      key: hub().newId(),
      kind: "LATE",
      says: "Late since yesterday: the referrer is answered.",
      urgent: true,
      to: [TEAM],
      obligationId: hub().newId(),
      ...more,
    }),
    tell: (...notes: readonly Note[]) => hub().db.transaction((db) => tell(hub(), { db, notes })),
    deliver: () => deliverDue(hub(), caller(), hub().now()),
    handOn: () => handOnDue(hub(), caller(), hub().now()),
    messages: () => db().find(Message, { order: { at: "ASC", handed: "ASC", id: "ASC" } }),
    deliveries: () => db().find(DeliveryRow, { order: { id: "ASC" } }),
    emails: () => db().find(OutboxEmailRow, { order: { at: "ASC", id: "ASC" } }),
  };
}
