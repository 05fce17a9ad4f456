// The hub's metrics, in the format that Prometheus reads: numbers by queue and state, nothing about a person.

import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import { overdueSeconds } from "../domain/hub-alarm.ts";
import { OBLIGATION_STATES } from "../domain/obligation.ts";
import { QUEUES } from "../domain/queue.ts";
import { type Counts, countWork } from "../store/counts.ts";
import { readSigns } from "./health.ts";
import type { Hub } from "./hub.ts";

export interface Metrics {
  readonly contentType: string;
  /** Reads everything anew, but counts rows at most every fifteen seconds. Fails where the database does not answer. */
  text(): Promise<string>;
}

const COUNTS_HOLD_MS = 15_000;

export function makeMetrics(hub: Hub): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const sweepAge = gauge("hub_sweep_age_seconds", "Since the sweep last came to its end; +Inf where it never did");
  const workedAge = gauge("hub_queue_worked_age_seconds", "Since somebody last worked on the queue", ["queue"]);
  const overdue = gauge("hub_oldest_overdue_seconds", "For how long the oldest work that is due has waited");
  const obligations = gauge("hub_obligations", "Obligations by state", ["state"]);
  const parked = gauge("hub_parked", "Work that is parked until somebody replays it", ["queue"]);
  const waiting = gauge("hub_deliveries_waiting", "Messages that wait to leave the hub");
  const reviews = gauge("hub_identity_reviews_open", "Pairs of records that wait for a person");
  const capped = gauge("hub_identity_keys_capped", "Keys that find too many records to find anybody");
  const skew = gauge("hub_clock_skew_seconds", "How far this machine's clock is behind the database's");
  let counted: { readonly at: number; readonly counts: Counts } | null = null;

  async function count(): Promise<Counts> {
    if (counted && performance.now() - counted.at < COUNTS_HOLD_MS) return counted.counts;
    const counts = await countWork(hub.db.manager);
    counted = { at: performance.now(), counts };
    return counts;
  }

  return {
    contentType: registry.contentType,
    async text() {
      const signs = await readSigns(hub);
      const counts = await count();
      const age = (at: Date | null | undefined) => (at ? (signs.now.getTime() - at.getTime()) / 1_000 : Infinity);
      sweepAge.set(age(signs.sweptAt));
      overdue.set(overdueSeconds(signs.oldestDueAt, signs.hubNow));
      waiting.set(counts.deliveriesWaiting);
      reviews.set(counts.reviewsOpen);
      capped.set(counts.cappedKeys);
      skew.set(signs.skewMs / 1_000);
      for (const queue of QUEUES) {
        workedAge.set({ queue }, age(signs.workedAt.get(queue)));
        parked.set({ queue }, counts.parked[queue] ?? 0);
      }
      for (const state of OBLIGATION_STATES) obligations.set({ state }, counts.obligations[state] ?? 0);
      return registry.metrics();
    },
  };
}
