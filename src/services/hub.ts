// What a service needs, in one argument. `src/hub.ts` assembles the real one; tests replace parts of it.

import type { DataSource } from "typeorm";
import type { AgencySystem } from "../adapters/agency-system.ts";
import type { Matcher } from "../domain/identity.ts";
import type { ClockAct } from "../domain/obligation.ts";
import type { Area, National } from "../domain/policy.ts";
import type { Power } from "../domain/access.ts";
import type { Actor } from "../domain/actor.ts";
import type { KeyRing } from "../store/key-ring.ts";
import type { Signing } from "./audit-signing.ts";
import type { Courier } from "./courier.ts";
import type { Trail } from "./trail.ts";

/** Best effort: every service must hold without it. If a wake is lost, the sweep finds what it was for. It never fails, and nobody
 *  who asked for something waits for it. */
export interface Waker {
  route(referralId: string): Promise<void>;
  collect(agencyId: string): Promise<void>;
  /** For everything that falls due at these instants. One alarm stands for all that fall due together; those beyond the
   *  horizon are set by the sweep when they come within it. */
  clocks(alarms: readonly ClockAlarm[]): Promise<void>;
  /** For what waits to leave the hub, or to be handed on, at these instants. */
  telling(at: readonly Date[]): Promise<void>;
}

/** An instant at which the clock acts on obligations. */
export interface ClockAlarm {
  readonly act: ClockAct;
  readonly at: Date;
}

/** Structured log. Fields hold ids and codes, never names, dates of birth or free text. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

export interface Hub {
  readonly db: DataSource;
  /** Connected systems by agency id, in the order in which they are shown. */
  readonly systems: ReadonlyMap<string, AgencySystem>;
  readonly area: Area;
  readonly national: National;
  /** Keyed hash (HMAC-SHA-256, 64 hexadecimal digits), so that no plain identifier is in any index. */
  readonly keyed: (text: string) => string;
  /** The keys under which what somebody wrote, and whatever names a person, is sealed in the database. */
  readonly keys: KeyRing;
  /** What says whether two records are one person. */
  readonly matcher: Matcher;
  readonly wake: Waker;
  readonly courier: Courier;
  /** Signs how long the audit's chains are. */
  readonly signing: Signing;
  /** Public address of the hub, without a slash at its end: what people are told links to it. */
  readonly publicUrl: string;
  readonly now: () => Date;
  /** A UUID that sorts by the time it was made. */
  readonly newId: () => string;
  readonly log: Log;
}

/** Who asks, what for, and until when somebody waits for the answer. */
export interface Caller {
  readonly actor: Actor;
  /** As agencies take it: `children-act-1989-s17`. */
  readonly purpose: string;
  /** The power in law that they name; null where they name none. */
  readonly power?: Power | null;
  /** What is read for this request, put on record in one go before the answer leaves; without it, each read at once. */
  readonly trail?: Trail;
  readonly requestId: string;
  readonly signal: AbortSignal;
}
