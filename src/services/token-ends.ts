// Tokens that were ended before their time: every token that somebody was given before an instant. The issuer does not tell anybody,
// so the hub keeps the instant for as long as such a token could still open something.

import type { EntityManager } from "typeorm";
import { MoreThan } from "typeorm";
import { SessionRow } from "../store/rows-keeping.ts";
import { insertNew } from "../store/insert.ts";
import type { Hub } from "./hub.ts";

const HOUR_MS = 3_600_000;
/** Clocks differ a little, and tokens are taken that much longer. */
const SKEW_MS = 5 * 60_000;

/** A session that nobody has a cookie of stands for the instant. */
const hashOf = (hub: Hub, actorId: string) => hub.keyed(`tokens-ended ${actorId}`);

/** What this process ended, or has heard of, so that what it believes for a moment ends at once. */
const heard = new WeakMap<Hub, Map<string, Date>>();

const heardBy = (hub: Hub): Map<string, Date> => {
  const known = heard.get(hub) ?? new Map<string, Date>();
  heard.set(hub, known);
  return known;
};

/** Ends them, in this transaction. */
export async function endTokens(hub: Hub, db: EntityManager, actorId: string): Promise<void> {
  const at = hub.now();
  const expiresAt = new Date(at.getTime() + hub.area.sharing.session.mostHours * HOUR_MS + SKEW_MS);
  const row = { hash: hashOf(hub, actorId), actorId, name: "", role: null, agencyId: null, issuerSession: null };
  const times = { startedAt: at, seenAt: at, endedAt: at, expiresAt };
  const { affected } = await db.update(SessionRow, { hash: row.hash }, times);
  if (affected !== 1) await insertNew(db, SessionRow, [{ ...row, ...times }]);
  heardBy(hub).set(actorId, at);
}

const isBefore = (issuedAt: Date, endedAt: Date | undefined): boolean => endedAt !== undefined && issuedAt <= endedAt;

/** Whether this process knows that a token of theirs from then was ended. */
export const tokensEndedHere = (hub: Hub, actorId: string, issuedAt: Date): boolean =>
  isBefore(issuedAt, heardBy(hub).get(actorId));

/** Whether any process ended it. */
export async function areTokensEnded(hub: Hub, actorId: string, issuedAt: Date): Promise<boolean> {
  const row = await hub.db.manager.findOneBy(SessionRow, {
    hash: hashOf(hub, actorId),
    expiresAt: MoreThan(hub.now()),
  });
  return isBefore(issuedAt, row?.endedAt ?? undefined);
}
