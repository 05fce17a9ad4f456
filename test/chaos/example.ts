// One obligation and one referral as a run without a fault leaves them behind, written down by hand: what the checker must pass.

import type { Message } from "../../src/schema/message.ts";
import type { Obligation, ObligationEvent } from "../../src/schema/obligation.ts";
import type { Referral, ReferralStep } from "../../src/schema/referral.ts";
import { plainDate } from "../../src/domain/plain-date.ts";
import type { DeliveryRow, OutboxEmailRow } from "../../src/store/rows-clocks.ts";
import type { Journal } from "./checker.ts";
import type { Rows } from "./rows.ts";

const BEGAN = Date.parse("2026-12-23T20:00:00.000Z");
const after = (ms: number) => new Date(BEGAN + ms);
let made = 0;
const id = () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, "0")}`;

export const OBLIGATION_ID = id();
export const REFERRAL_ID = id();

type Told = readonly [kind: Message["kind"], toActorId: string, handed: number];

/** Owed by the practitioner of a team that has no cover and wants no email; late after half a second, then up three rungs. */
const TOLD: readonly Told[] = [
  ["LATE", "p-early-help", 0],
  ["RUNG", "m-early-help", 0],
  ["RUNG", "cover-m-early-help", 1],
  ["RUNG", "lead", 2],
  ["RUNG", "lead", 0],
  ["RUNG", "cover-lead", 1],
  ["RUNG", "business", 2],
  ["RUNG", "business", 0],
  ["RUNG", "cover-business", 1],
];

const obligation = (): Obligation => ({
  id: OBLIGATION_ID,
  subjectId: id(),
  childId: null,
  courseId: null,
  rule: "chaos-brisk",
  owes: "order returns",
  agencyId: "social-care",
  teamId: "early-help",
  ownerRole: "PRACTITIONER",
  state: "LATE",
  urgent: false,
  startedAt: after(0),
  dueOn: plainDate("2026-12-23"),
  dueAt: after(500),
  explanation: "",
  metAt: null,
  settledById: null,
  pausedAt: null,
  nextAct: null,
  nextNumber: 0,
  nextAt: null,
  schedule: null,
  version: 0,
});

const event = (what: ObligationEvent["what"], ms: number): ObligationEvent => ({
  id: id(),
  obligationId: OBLIGATION_ID,
  key: `${what.toLowerCase()}-${ms}`,
  what,
  because: "",
  byActorId: "clock:lateness",
  by: "clock:lateness",
  dueAt: after(500),
  at: after(ms),
});

const message = ([kind, toActorId, handed]: Told): Message => ({
  id: id(),
  key: id(),
  toActorId,
  postId: null,
  kind,
  says: "",
  urgent: kind === "RUNG",
  obligationId: OBLIGATION_ID,
  escalationId: null,
  at: after(1_000),
  readAt: null,
  actedAt: null,
  handOnAt: null,
  handed,
});

const delivery = ({ id: messageId, toActorId }: Message): DeliveryRow => ({
  id: id(),
  messageId,
  channel: "EMAIL",
  target: `${toActorId}@example.org`,
  targetHash: null,
  state: "SENT",
  inDigest: false,
  attempts: 1,
  nextAt: null,
  sentAt: after(1_100),
  fault: null,
});

const email = ({ id: deliveryId, messageId, target: to }: DeliveryRow): OutboxEmailRow => ({
  id: deliveryId,
  to,
  subject: "",
  body: `http://hub.test/messages/${messageId}`,
  at: after(1_100),
});

const referral = (): Referral => ({
  id: REFERRAL_ID,
  key: "a-referral",
  childId: id(),
  fromAgencyId: "education",
  fromActorId: "a-teacher",
  status: "ROUTED",
  concern: "",
  level: "level-2",
  immediateDanger: false,
  submittedAt: after(0),
  teamId: "early-help",
});

const referralStep = (what: string): ReferralStep => ({
  id: id(),
  referralId: REFERRAL_ID,
  what,
  because: "",
  by: "",
  at: after(0),
});

/** Rows in which nothing is wrong. */
export function wellRows(): Rows {
  const messages = TOLD.map(message);
  const deliveries = messages.filter(({ urgent }) => urgent).map(delivery);
  return {
    obligations: [obligation()],
    events: [event("OPENED", 0), event("WENT_LATE", 520), ...[710, 903, 1_101].map((ms) => event("CLIMBED", ms))],
    changes: [],
    referrals: [referral()],
    referralSteps: ["referral.submitted", "referral.routed"].map(referralStep),
    steps: [],
    escalations: [],
    escalationSteps: [],
    posts: [],
    messages,
    deliveries,
    emails: deliveries.map(email),
    troubled: [],
  };
}

/** The course of that run. */
export const WELL: Journal = {
  acknowledged: [],
  course: { until: after(10_000), jumps: [], broken: [], holiday: null },
};

/** Another like it. */
export const again = <Row extends { readonly id: string }>(row: Row | undefined): Row => ({ ...row!, id: id() });
