// Telling people. A message says that something about a case needs them and leads to it; outside the hub it names nobody.

import { atInEngland } from "./instant.ts";
import { addDays, dayInEngland, type PlainDate } from "./plain-date.ts";
import type { Owner } from "./post.ts";
import { addWorkingDays, type Holidays, whyNotWorking } from "./working-days.ts";

export const MESSAGE_KINDS = [
  "REMINDER",
  "REVIEW_DUE",
  "LATE",
  "RUNG",
  "CHANGE_ASKED",
  "CHANGE_DECIDED",
  "ESCALATION_STAGE",
  "ESCALATION_ENDED",
  "CONFIRM_POST",
  "WORK_PARKED",
  "RECORD_WAITS",
  "IDENTITY_CORRECTED",
  "ACCESS_ASKED",
  "ACCESS_TAKEN",
  "ACCESS_DECIDED",
  "ACCESS_ENDS",
  "GLASS_BROKEN",
  "GLASS_REVIEWED",
  "SHIELD_CHANGED",
] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

export const CHANNELS = ["EMAIL", "WEBHOOK"] as const;
/** Ways out of the hub. The inbox is the record, and needs no delivery. */
export type Channel = (typeof CHANNELS)[number];

export const DELIVERY_STATES = ["WAITING", "SENT", "PARKED"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export const WAYS = ["DIGEST", "AT_ONCE", "HUB_ONLY"] as const;
/** How somebody wants to be told of what is routine. What is urgent is always told at once. */
export type Way = (typeof WAYS)[number];

/** How somebody is told who never chose. */
export const USUAL_WAY: Way = "DIGEST";

/** Stands for whoever will hold this post, while nobody does: what it is told waits there. */
export const vacant = ({ agencyId, teamId, role }: Owner): string => `vacant:${teamId ?? agencyId}/${role}`;

/** When something is tried again after so many tries that failed: one minute, doubled each time up to six hours. `chance` from 0
 *  up to 1 takes off up to a quarter, so that what failed together is not tried together. */
export function retryAfterMs(tries: number, chance: number): number {
  const most = Math.min(60_000 * 2 ** (tries - 1), 6 * 3_600_000);
  return Math.round(most * (1 - chance / 4));
}

/** Tries before a delivery is parked: with the pauses above, some 20 hours. */
export const MOST_TRIES = 10;

const isWorkingDay = (on: PlainDate, holidays: Holidays): boolean =>
  whyNotWorking(on, { holidays, closures: [] }) === null;

/** When the next digest goes out: on a working day in England at `digestAt` (`08:30`), after this instant. Where the table of bank
 *  holidays ends first it is the next day, whatever that is: being told on a holiday is better than not at all. */
export function nextDigest(after: Date, digestAt: string, holidays: Holidays): Date {
  const today = dayInEngland(after);
  try {
    const now = atInEngland(today, digestAt);
    if (now > after && isWorkingDay(today, holidays)) return now;
    return atInEngland(addWorkingDays(today, 1, { holidays, closures: [] }).on, digestAt);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return atInEngland(addDays(today, 1), digestAt);
  }
}

/** An email on its way. */
export interface Mail {
  /** The same for each try: mail systems drop a repeat by it. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly at: Date;
}

/** A call of an agency's own system. */
export interface WebhookCall {
  /** Of the delivery: the same for each try, so that a receiver can drop a repeat. */
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  /** JSON. */
  readonly body: string;
}

/** It did not leave the hub, or nobody took it. The code may be kept and shown: it quotes nothing that was sent. */
export class Undelivered extends Error {
  override readonly name = "Undelivered";

  constructor(
    /** `STATUS_503`, `TIMEOUT`, `ECONNREFUSED`. */
    readonly code: string,
    /** Whether there is no use in trying again. */
    readonly forGood = false,
  ) {
    super(code);
  }
}

const ABOUT: Record<MessageKind, string> = {
  REMINDER: "something is due soon",
  REVIEW_DUE: "a review is due soon",
  LATE: "something is overdue",
  RUNG: "something is still overdue",
  CHANGE_ASKED: "a change of a deadline waits for your decision",
  CHANGE_DECIDED: "a change of a deadline was decided",
  ESCALATION_STAGE: "a professional disagreement waits for you",
  ESCALATION_ENDED: "a professional disagreement has ended",
  CONFIRM_POST: "a post waits to be confirmed",
  WORK_PARKED: "some of the hub's own work waits for you",
  IDENTITY_CORRECTED: "two children had been shown as one: look again at what you did and saw",
  RECORD_WAITS: "a record waits for your decision",
  ACCESS_ASKED: "somebody asks to be let in to a record",
  ACCESS_TAKEN: "somebody was let in to a record",
  ACCESS_DECIDED: "your access to a record was decided",
  ACCESS_ENDS: "your access to a record ends",
  GLASS_BROKEN: "somebody broke the glass to a record: review it",
  GLASS_REVIEWED: "your breaking of the glass was reviewed",
  SHIELD_CHANGED: "what shields a record was changed",
};

/** What an email says of one or several messages: what kind of thing, and where to read more. No name, no detail. */
export function wordsOf(
  messages: readonly { readonly id: string; readonly kind: MessageKind; readonly urgent: boolean }[],
  hubUrl: string,
): { readonly subject: string; readonly text: string } {
  const lines = messages.map(
    ({ id, kind, urgent }) => `- ${urgent ? "Urgent: " : ""}${ABOUT[kind]}.\n  ${hubUrl}/messages/${id}`,
  );
  const urgent = messages.some((message) => message.urgent);
  const many = messages.length > 1;
  const subject = urgent ? "Urgent: something about a case needs you" : "Something about a case needs you";
  return {
    subject: many ? "Things about your cases need you" : subject,
    text: [
      many ? `Things about your cases need you (${messages.length}):` : "Something about a case needs you:",
      "",
      ...lines,
      "",
      "Sign in to the hub to read more: this message holds no details on purpose. Please do not reply to it.",
      "",
    ].join("\n"),
  };
}
