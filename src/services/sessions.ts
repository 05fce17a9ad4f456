// People signed in with a browser. The cookie is theirs alone: the store knows its keyed hash. A session ends when it is left alone,
// when its day is over, when its person signs out, and when somebody who may ends it, at once and in every process.

import { randomBytes } from "node:crypto";
import { IsNull, LessThanOrEqual, MoreThan } from "typeorm";
import { type Actor, ROLES } from "../domain/actor.ts";
import { yes } from "../domain/sharing.ts";
import { mayEndSessions } from "../domain/sharing-sessions.ts";
import { SessionRow, SignInBegunRow } from "../store/rows-keeping.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";
import { endTokens } from "./token-ends.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** That somebody is still there is written down no oftener. */
const SEEN_EVERY_MS = MINUTE_MS;
/** By when whoever began to sign in must be back. */
const BEGUN_MS = 10 * MINUTE_MS;

const hashOf = (hub: Hub, cookie: string) => hub.keyed(`session ${cookie}`);
const begunHashOf = (hub: Hub, state: string) => hub.keyed(`sign-in ${state}`);

/** What the hub must remember of a sign-in until its person is back from the issuer. */
export interface Begun {
  readonly verifier: string;
  readonly nonce: string;
  /** A path of the hub's own. */
  readonly returnTo: string;
}

export const BEGUN_SECONDS = BEGUN_MS / 1_000;

/** Remembers it under this state. */
export async function beginSignIn(hub: Hub, state: string, begun: Begun): Promise<void> {
  const expiresAt = new Date(hub.now().getTime() + BEGUN_MS);
  const row: SignInBegunRow = { hash: begunHashOf(hub, state), sealed: JSON.stringify(begun), expiresAt };
  await hub.db.manager.insert(SignInBegunRow, row);
}

/** What was remembered, for whoever comes first with this state; null for whoever comes later, too late or with another. */
export async function takeSignIn(hub: Hub, state: string): Promise<Begun | null> {
  const hash = begunHashOf(hub, state);
  const found = await hub.db.manager.findOneBy(SignInBegunRow, { hash, expiresAt: MoreThan(hub.now()) });
  if (!found) return null;
  const { affected } = await hub.db.manager.delete(SignInBegunRow, { hash });
  return affected === 1 ? (JSON.parse(found.sealed) as Begun) : null;
}

/** Signs the caller in and gives the cookie, the only time that it is known here. */
export async function startSession(
  hub: Hub,
  caller: Caller,
  { issuerSession }: { readonly issuerSession: string | null },
): Promise<{ readonly cookie: string; readonly seconds: number }> {
  const { id: actorId, name, role, agencyId } = caller.actor;
  const { mostHours } = hub.area.sharing.session;
  const cookie = randomBytes(32).toString("base64url");
  const startedAt = hub.now();
  await hub.db.transaction(async (db) => {
    await db.insert(SessionRow, {
      hash: hashOf(hub, cookie),
      actorId,
      name,
      role,
      agencyId,
      issuerSession,
      startedAt,
      seenAt: startedAt,
      expiresAt: new Date(startedAt.getTime() + mostHours * HOUR_MS),
      endedAt: null,
    });
    const ruling = yes("signed-in", "the sign-in service says who they are");
    await record(hub, caller, { what: "session.started", subjects: [], ruling, db });
  });
  return { cookie, seconds: mostHours * 3_600 };
}

export interface Session {
  readonly actor: Actor;
  /** Whatever they do until then. */
  readonly expiresAt: Date;
}

/** Who has this cookie; null where it is nobody's, or no longer. `working`: it counts as a sign of life. */
export async function resumeSession(
  hub: Hub,
  cookie: string,
  { working }: { readonly working: boolean },
): Promise<Session | null> {
  const hash = hashOf(hub, cookie);
  const row = await hub.db.manager.findOneBy(SessionRow, { hash });
  const now = hub.now();
  const alone = row ? now.getTime() - row.seenAt.getTime() : 0;
  const { idleMinutes } = hub.area.sharing.session;
  if (!row || row.endedAt || row.expiresAt <= now || alone > idleMinutes * MINUTE_MS) return null;
  if (working && alone > SEEN_EVERY_MS)
    await hub.db.manager.update(SessionRow, { hash, endedAt: IsNull() }, { seenAt: now });
  const { actorId: id, name, agencyId, expiresAt } = row;
  const role = ROLES.find((known) => known === row.role) ?? null;
  return { actor: { kind: "PRACTITIONER", id, name, role, agencyId }, expiresAt };
}

/** Signs whoever has this cookie out of this browser. Signed out already, they stay so. */
export async function endSession(hub: Hub, cookie: string): Promise<void> {
  await hub.db.manager.update(SessionRow, { hash: hashOf(hub, cookie), endedAt: IsNull() }, { endedAt: hub.now() });
}

/** Signs somebody out of every browser, and refuses every token that they were given before now; null: the caller themselves. Returns
 *  how many browsers there were. */
export async function endSessions(hub: Hub, caller: Caller, whom: string | null): Promise<number> {
  const actorId = whom ?? caller.actor.id;
  const what = "sessions.ended";
  const ruling = mayEndSessions(caller.actor, actorId);
  // Whose they were is told by a hash: an act's subjects are ids of the hub's own.
  const subjects = [hub.keyed(`actor ${actorId}`).slice(0, 36)];
  await permitOrRecord(hub, caller, { what, subjects, ruling });
  const at = hub.now();
  return hub.db.transaction(async (db) => {
    const open = { actorId, endedAt: IsNull(), expiresAt: MoreThan(at) };
    const { affected } = await db.update(SessionRow, open, { endedAt: at });
    await endTokens(hub, db, actorId);
    await record(hub, caller, { what, subjects, ruling, db });
    return affected ?? 0;
  });
}

/** Forgets what has run out. Returns how much there was. */
export async function clearSessions(hub: Hub): Promise<number> {
  const over = { expiresAt: LessThanOrEqual(hub.now()) };
  const { affected: sessions } = await hub.db.manager.delete(SessionRow, over);
  const { affected: begun } = await hub.db.manager.delete(SignInBegunRow, over);
  return (sessions ?? 0) + (begun ?? 0);
}
