// What the hub did for a child, as a family may read it: what, when and by which agency and role; nobody by name.

import type { ReadCopy } from "../store/child-copy.ts";
import type { ShowWords } from "./subject-access-copy.ts";

interface Showing {
  readonly words: ShowWords;
  readonly nameOf: (agencyId: string | null) => string;
}

export const workShown = (read: ReadCopy, { words, nameOf }: Showing) => ({
  referrals: read.referrals.map((row, at) => ({
    at: row.submittedAt,
    from: nameOf(row.fromAgencyId),
    level: row.level,
    immediateDanger: row.immediateDanger,
    status: row.status,
    concern: words(`referrals[${at}].concern`, row.concern),
    history: read.referralSteps
      .filter(({ referralId }) => referralId === row.id)
      .map((step) => ({ at: step.at, what: step.what, by: step.by, because: step.because })),
  })),
  steps: read.steps.map((row, at) => ({
    at: row.happenedAt,
    what: row.kind,
    outcome: row.outcome,
    by: nameOf(row.agencyId),
    recordedAt: row.recordedAt,
    recordedByMistake: row.correctedAt,
    because: words(`steps[${at}].because`, row.correctedBecause),
  })),
  clocks: read.obligations.map((row) => ({
    what: row.owes,
    by: nameOf(row.agencyId),
    startedAt: row.startedAt,
    dueOn: row.dueOn,
    state: row.state,
    metAt: row.metAt,
    explanation: row.explanation,
    changes: read.changes
      .filter(({ obligationId }) => obligationId === row.id)
      .map(({ kind, state, requestedBy, requestedAt, decidedBy, decidedAt, reason, decidedBecause }) => ({
        kind,
        state,
        askedBy: requestedBy,
        askedAt: requestedAt,
        decidedBy,
        decidedAt,
        reason: words("clocks.changes.reason", reason),
        decidedBecause: words("clocks.changes.decidedBecause", decidedBecause),
      })),
  })),
  challenges: read.escalations.map((row, at) => ({
    at: row.raisedAt,
    about: row.category,
    from: nameOf(row.fromAgencyId),
    to: nameOf(row.toAgencyId),
    state: row.state,
    endedAt: row.endedAt,
    history: read.escalationSteps
      .filter(({ escalationId }) => escalationId === row.id)
      .map((step) => ({
        at: step.at,
        what: step.what,
        by: step.by,
        words: words(`challenges[${at}].history.words`, step.words),
        wanted: words(`challenges[${at}].history.wanted`, step.wanted),
        learning: words(`challenges[${at}].history.learning`, step.learning),
      })),
  })),
  sharing: read.decisions.map((row, at) => ({
    at: row.at,
    decided: row.decided,
    by: row.fromAgencyId === null ? null : nameOf(row.fromAgencyId),
    role: row.role,
    kinds: row.kinds.split(","),
    what: words(`sharing[${at}].what`, row.what),
    to: row.toAgencyId === null ? words(`sharing[${at}].to`, row.toWhom) : nameOf(row.toAgencyId),
    power: row.power,
    purpose: row.purpose,
    necessity: words(`sharing[${at}].necessity`, row.necessity),
    because: words(`sharing[${at}].because`, row.because),
    consent: row.consent,
  })),
  waysIn: read.access.map((row, at) => ({
    kind: row.kind,
    relation: row.relation,
    role: row.role,
    agency: row.agencyId === null ? null : nameOf(row.agencyId),
    purpose: row.purpose,
    power: row.power,
    state: row.state,
    from: row.startsAt,
    until: row.endedAt ?? row.endsAt,
    reason: words(`waysIn[${at}].reason`, row.reason),
    justified: row.justified,
  })),
});
