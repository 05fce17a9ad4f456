import type { Town } from "../town/types.ts";
import { makeSearch } from "./care-record-search.ts";
import { makeStore } from "./care-record-store.ts";
import { makeWorld, type Differences } from "./world.ts";

interface StageSettings {
  readonly differences: Differences;
  /** The largest page. */
  readonly cap: number;
}

/** What both servers answer from; made anew as one when the town is, pages that were being turned with it. */
export function makeStage(town: Town, { differences, cap }: StageSettings) {
  const world = makeWorld(town, differences);
  const store = makeStore(world);
  return { world, store, search: makeSearch(store, cap) };
}

/** The present town at health. */
export type Stage = ReturnType<typeof makeStage>;
