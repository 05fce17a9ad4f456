// What has changed, as it changes, for whoever listens. The rows are the truth: each process reads what was written since it last
// looked, while somebody listens, so that it does not matter which process wrote it and nothing is told that was not kept.

import { Refusal } from "../domain/refusal.ts";
import type { Hub } from "./hub.ts";

/** How often it is looked for changes. */
const EVERY_MS = 500;
/** A row's id is made before it can be read: this much later at the latest, clocks of several machines included. */
const OVERLAP_MS = 10_000;
const PAGE = 1_000;
/** Most changes that wait for one listener; beyond it they have fallen behind. */
const MOST_WAITING = 1_000;

const BEHIND = "You read too slowly and have missed changes: connect again, and ask anew for what you follow";

/** What is listened to. Its `next` waits; its `return` ends it at once, also while somebody waits. */
export interface Listener<Item> {
  next(): Promise<IteratorResult<Item, undefined>>;
  return(): Promise<IteratorResult<Item, undefined>>;
}

/** Where changes come from: rows whose ids sort by the time they were made. */
export interface Source<Row extends { readonly id: string }, Item> {
  /** Rows after this id, in the order of their ids. */
  readonly after: (hub: Hub, id: string, most: number) => Promise<Row[]>;
  /** What listeners get of these, in one question however many there are. */
  readonly load: (hub: Hub, rows: readonly Row[]) => Promise<Item[]>;
}

export interface Feed<Item> {
  /** Resolves once everything that is written from now on will be heard. */
  listen(): Promise<Listener<Item>>;
}

/** The first id that could be made at this instant of the machine's clock. */
function idAt(ms: number): string {
  const hex = Math.max(0, ms).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** One round of reading, from the first listener to the last. */
interface Run {
  readonly seen: Set<string>;
  since: string;
  timer: NodeJS.Timeout | null;
}

export function makeFeed<Row extends { readonly id: string }, Item>(hub: Hub, source: Source<Row, Item>): Feed<Item> {
  const listeners = new Set<(item: Item) => void>();
  let run: { readonly state: Run; readonly ready: Promise<void> } | null = null;

  /** Rows not seen before. Those of the overlap are looked at again, since one that was late to commit has an earlier id. */
  async function fresh(state: Run): Promise<readonly Row[]> {
    const found: Row[] = [];
    for (let after = state.since; ;) {
      const page = await source.after(hub, after, PAGE);
      found.push(...page.filter(({ id }) => !state.seen.has(id)));
      after = page.at(-1)?.id ?? after;
      if (page.length < PAGE) break;
    }
    return found;
  }

  /** What was not told is read again: only what was counts as seen. */
  function settle(state: Run, rows: readonly Row[], began: number): void {
    for (const { id } of rows) state.seen.add(id);
    state.since = idAt(began - OVERLAP_MS);
    for (const id of state.seen) if (id < state.since) state.seen.delete(id);
  }

  async function look(state: Run): Promise<void> {
    try {
      const began = Date.now();
      const rows = await fresh(state);
      const items = rows.length > 0 ? await source.load(hub, rows) : [];
      settle(state, rows, began);
      for (const item of items) for (const hear of listeners) hear(item);
    } catch (error) {
      if (run?.state === state)
        hub.log.warn({ error: (error as Error).name }, "changes could not be read; tried again");
    }
    again(state);
  }

  function again(state: Run): void {
    if (run?.state !== state) return;
    state.timer = setTimeout(() => void look(state), EVERY_MS);
    state.timer.unref();
  }

  /** What is there already is not told. */
  async function prime(state: Run): Promise<void> {
    const began = Date.now();
    settle(state, await fresh(state), began);
    again(state);
  }

  function begin() {
    const state: Run = { seen: new Set(), since: idAt(Date.now() - OVERLAP_MS), timer: null };
    return { state, ready: prime(state) };
  }

  function leave(hear: (item: Item) => void): void {
    listeners.delete(hear);
    if (listeners.size > 0 || !run) return;
    if (run.state.timer) clearTimeout(run.state.timer);
    run = null;
  }

  return {
    async listen() {
      const { listener, hear } = makeListener<Item>(() => leave(hear));
      listeners.add(hear);
      run ??= begin();
      try {
        await run.ready;
      } catch (error) {
        leave(hear);
        throw error;
      }
      return listener;
    },
  };
}

function makeListener<Item>(left: () => void) {
  const waiting: Item[] = [];
  let state: "OPEN" | "BEHIND" | "OVER" = "OPEN";
  let wake = () => {};
  const end = (as: "BEHIND" | "OVER") => {
    state = as;
    waiting.length = 0;
    left();
    wake();
  };
  const hear = (item: Item) => {
    if (state !== "OPEN") return;
    if (waiting.push(item) > MOST_WAITING) end("BEHIND");
    else wake();
  };
  const listener: Listener<Item> = {
    async next() {
      if (waiting.length === 0 && state === "OPEN") await new Promise<void>((done) => (wake = done));
      const [item] = waiting.splice(0, 1);
      if (item !== undefined) return { done: false, value: item };
      if (state !== "BEHIND") return { done: true, value: undefined };
      state = "OVER";
      throw new Refusal("INCOMPLETE", BEHIND);
    },
    async return() {
      end("OVER");
      return { done: true, value: undefined };
    },
  };
  return { listener, hear };
}
