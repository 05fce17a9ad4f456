// Compares what a run left behind with what the rules say should be there. Pure: rows and journal in, findings out.

import { groupBy } from "../../src/domain/group.ts";
import type { ObligationEvent } from "../../src/schema/obligation.ts";
import { checkActs, type Course } from "./acts.ts";
import { compare, countOf, type Findings, type Problem, problem } from "./findings.ts";
import type { Rows } from "./rows.ts";
import { checkChallengeTold, checkDelivered, checkTold } from "./told.ts";
import type { Answer, Work } from "./words.ts";
import type { Policies } from "./world.ts";

/** Work that was acknowledged. */
export interface Acknowledged extends Answer {
  readonly work: Work;
}

export interface Journal {
  readonly acknowledged: readonly Acknowledged[];
  readonly course: Course;
}

export function check(policies: Policies, rows: Rows, { acknowledged, course }: Journal): Findings {
  const eventsOf = groupBy(rows.events, ({ obligationId }) => obligationId);
  const changesOf = groupBy(rows.changes, ({ obligationId }) => obligationId);
  const ofObligations = rows.messages.filter(({ escalationId }) => escalationId === null);
  const messagesOf = groupBy(ofObligations, ({ obligationId }) => obligationId ?? "");
  const each = rows.obligations.map((obligation) => {
    const changes = changesOf.get(obligation.id) ?? [];
    const acts = checkActs({ policies, course, obligation, changes, events: eventsOf.get(obligation.id) ?? [] });
    const told = checkTold({ obligation, changes, done: acts.done, messages: messagesOf.get(obligation.id) ?? [] });
    return { ...acts, problems: [...acts.problems, ...told] };
  });
  const delivered = checkDelivered(rows, course.until);
  return {
    problems: [
      ...acknowledged.flatMap((each) => checkKept(rows, each)),
      ...each.flatMap(({ problems }) => problems),
      ...checkReferrals(rows),
      ...checkChallenges(rows, eventsOf),
      ...delivered.problems,
      ...problem("wrong", "messages about nothing known", messagesOf.get("")?.length ?? 0),
      ...rows.troubled.flatMap(({ queue, subjectId, parkedAt }) =>
        problem("lost", `parked work of ${queue}: ${subjectId}`, parkedAt ? 1 : 0),
      ),
    ],
    lateness: each.flatMap(({ lateness }) => lateness),
    resent: delivered.resent,
  };
}

/** What each kind of work must have left behind. */
function checkKept(rows: Rows, { work, ids, refused }: Acknowledged): Problem[] {
  if (refused !== undefined) return [];
  const missing = (known: readonly { readonly id: string }[]) => {
    const there = new Set(known.map(({ id }) => id));
    return ids.flatMap((id) => problem("lost", `${work.do} ${id}, which was acknowledged`, there.has(id) ? 0 : 1));
  };
  const hasEvent = (what: ObligationEvent["what"][]) =>
    ids.flatMap((id) => {
      const found = rows.events.some((event) => event.obligationId === id && what.includes(event.what));
      return problem("lost", `${work.do} of ${id}, which was acknowledged`, found ? 0 : 1);
    });
  switch (work.do) {
    case "open":
      return missing(rows.obligations);
    case "refer":
      return [...missing(rows.referrals), ...startedBy(rows, ids, "referral-decision")];
    case "step":
      return [
        ...missing(rows.steps),
        ...startedBy(rows, ids, work.kind === "ALLEGATION_KNOWN" ? "lado-referral" : "icpc"),
      ];
    case "raise":
      return missing(rows.escalations);
    case "change":
      return missing(rows.changes);
    case "appoint":
      return [...missing(rows.posts), ...startedBy(rows, ids, "confirm-post")];
    case "meet":
    case "cancel":
      return hasEvent(["MET", "CANCELLED"]);
  }
}

const startedBy = (rows: Rows, ids: readonly string[], rule: string): Problem[] =>
  ids.flatMap((id) => {
    const clocks = rows.obligations.filter((each) => each.subjectId === id && each.rule === rule);
    return [
      ...problem("lost", `${rule} of ${id}`, 1 - clocks.length),
      ...problem("doubled", `${rule} of ${id}`, clocks.length - 1),
    ];
  });

/** Each is sent under a key of its own, and routed once. */
function checkReferrals({ referrals, referralSteps }: Rows): Problem[] {
  const steps = groupBy(referralSteps, ({ referralId }) => referralId);
  return [
    ...compare(
      "referral sent as",
      countOf([...new Set(referrals.map(({ key }) => key))]),
      referrals.map(({ key }) => key),
    ),
    ...referrals.flatMap(({ id, status, teamId }) => {
      const found = (steps.get(id) ?? []).map(({ what }) => what);
      const wanted = countOf(["referral.submitted", "referral.routed"]);
      const isRouted = status === "ROUTED" && teamId !== null;
      return [
        ...compare(`referral ${id}`, wanted, found),
        ...problem("wrong", `referral ${id} is ${status}`, isRouted ? 0 : 1),
      ];
    }),
  ];
}

/** Each goes up stage by stage as nobody answers, once each, up to the last. */
function checkChallenges(rows: Rows, eventsOf: ReadonlyMap<string, readonly ObligationEvent[]>): Problem[] {
  return rows.escalations.flatMap((escalation) => {
    const { id, stage } = escalation;
    const steps = rows.escalationSteps.filter(({ escalationId }) => escalationId === id);
    const found = steps.map(({ what, stage: at }) => `${what} ${at}`);
    const clocks = rows.obligations.filter(({ courseId }) => courseId === id);
    const late = clocks.filter((clock) => eventsOf.get(clock.id)?.some(({ what }) => what === "WENT_LATE"));
    // Every stage that ran out opened the next: the last has no next.
    const reached = Math.min(late.length + 1, LAST_STAGE);
    const wanted = ["RAISED 1", ...["MOVED_UP 2", "MOVED_UP 3"].slice(0, reached - 1)];
    if (reached === LAST_STAGE) wanted.push(`BUSINESS_MANAGER_TOLD ${LAST_STAGE}`);
    const rules = clocks.map(({ rule }) => rule);
    const stages = Array.from({ length: reached }, (_, index) => `escalation-stage-${index + 1}`);
    const messages = rows.messages.filter(({ escalationId }) => escalationId === id);
    return [
      ...compare(`challenge ${id}`, countOf(wanted), found),
      ...compare(`challenge ${id}`, countOf(stages), rules),
      ...problem("wrong", `challenge ${id} stands at stage ${stage}, not ${reached}`, stage === reached ? 0 : 1),
      ...checkChallengeTold(escalation, messages, late.length === LAST_STAGE),
    ];
  });
}

const LAST_STAGE = 3;
