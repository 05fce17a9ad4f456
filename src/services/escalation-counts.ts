// How challenges are dealt with, in figures: no child, no words, nobody's name.

import type { SelectQueryBuilder } from "typeorm";
import { atInEngland, endOfDay } from "../domain/instant.ts";
import { isCounted, NOT_COUNTED } from "../domain/plain-date.ts";
import { Refusal } from "../domain/refusal.ts";
import type { EscalationState } from "../domain/escalation.ts";
import type { ObligationState } from "../domain/obligation.ts";
import { mayCountEscalations } from "../domain/sharing-escalation.ts";
import type { CountedBetween } from "../schema/escalation-inputs.ts";
import type { EscalationCount, EscalationCounts } from "../schema/escalation-lists.ts";
import { Escalation, EscalationStep } from "../schema/escalation.ts";
import { Obligation } from "../schema/obligation.ts";
import { permitOrRecord, record } from "./audit.ts";
import type { Caller, Hub } from "./hub.ts";

interface Group {
  readonly stage: number;
  readonly category: string;
  readonly fromAgencyId: string;
  readonly toAgencyId: string;
  readonly state: EscalationState;
  /** Of the clock on an answer; null where escalations themselves are counted. */
  readonly clock: ObligationState | null;
  readonly count: number;
}

const BY = {
  stage: "stage",
  category: "category",
  raisedBy: "fromAgencyId",
  against: "toAgencyId",
  state: "state",
} as const;

/** Escalations by stage, category, agency and state, and how many answers came in time. */
export async function countEscalations(hub: Hub, caller: Caller, between: CountedBetween): Promise<EscalationCounts> {
  const act = { what: "escalation.counted", subjects: [], ruling: mayCountEscalations(caller.actor) };
  await permitOrRecord(hub, caller, act);
  for (const [name, on] of Object.entries({ fromOn: between.fromOn, untilOn: between.untilOn }))
    if (on && !isCounted(on)) throw new Refusal("BAD_INPUT", `${name}: ${NOT_COUNTED}`);
  await record(hub, caller, act);
  const { manager } = hub.db;
  const counted = await groups(manager.createQueryBuilder(Escalation, "e").select("e.stage", "stage"), between);
  const clocks = manager
    .createQueryBuilder(Obligation, "o")
    .innerJoin(EscalationStep, "s", "s.id = o.subjectId")
    .innerJoin(Escalation, "e", "e.id = s.escalationId")
    .select("s.stage", "stage")
    .addSelect("o.state", "clock")
    .where("o.rule LIKE 'escalation-stage-%'")
    .groupBy("o.state");
  const answers = await groups(clocks, between);
  const inAll = countOf("all", { counted, answers });
  const by = (column: (typeof BY)[keyof typeof BY]): EscalationCount[] => {
    const values = [...new Set([...counted, ...answers].map((group) => String(group[column])))].sort();
    const of = (all: readonly Group[], value: string) => all.filter((group) => String(group[column]) === value);
    return values.map((value) => countOf(value, { counted: of(counted, value), answers: of(answers, value) }));
  };
  return {
    inAll,
    byStage: by(BY.stage),
    byCategory: by(BY.category),
    byRaisingAgency: by(BY.raisedBy),
    byAgencyChallenged: by(BY.against),
    byState: by(BY.state),
  };
}

/** One row for each kind of escalation there is; the first column is selected already. */
async function groups<Row extends object>(
  query: SelectQueryBuilder<Row>,
  { fromOn, untilOn }: CountedBetween,
): Promise<Group[]> {
  const [stage] = query.expressionMap.selects.map(({ selection }) => selection);
  query.addGroupBy(stage ?? "e.stage").addSelect("COUNT(*)", "count");
  for (const column of ["category", "fromAgencyId", "toAgencyId", "state"])
    query.addSelect(`e.${column}`, column).addGroupBy(`e.${column}`);
  if (fromOn) query.andWhere("e.raisedAt >= :from", { from: atInEngland(fromOn, "00:00") });
  if (untilOn) query.andWhere("e.raisedAt < :until", { until: endOfDay(untilOn) });
  const rows = await query.getRawMany<Omit<Group, "clock"> & { clock?: ObligationState }>();
  return rows.map((row) => ({
    ...row,
    stage: Number(row.stage),
    count: Number(row.count),
    clock: row.clock ?? null,
  }));
}

const sum = (all: readonly Group[]): number => all.reduce((total, { count }) => total + count, 0);

function countOf(
  value: string,
  { counted, answers }: { readonly counted: readonly Group[]; readonly answers: readonly Group[] },
): EscalationCount {
  const inTime = sum(answers.filter(({ clock }) => clock === "MET"));
  const late = sum(answers.filter(({ clock }) => clock === "LATE"));
  const decided = inTime + late;
  return {
    value,
    count: sum(counted),
    answeredInTime: inTime,
    notInTime: late,
    percentInTime: decided === 0 ? null : Math.round((100 * inTime) / decided),
  };
}
