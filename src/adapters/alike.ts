import { NOT_ASKED, type Part, type PartAnswer } from "../domain/absence.ts";
import type { Answer } from "./agency-system.ts";

/** An answer of which every part is alike: each that was asked says `said`, the others that they were not asked. */
export function alike(recordId: string, parts: readonly Part[], said: PartAnswer<never>): Answer {
  const part = (name: Part): PartAnswer<never> => (parts.includes(name) ? said : NOT_ASKED);
  return {
    recordId,
    restricted: false,
    asOf: null,
    demographics: part("DEMOGRAPHICS"),
    relationships: part("RELATIONSHIPS"),
    involvements: part("INVOLVEMENTS"),
    states: part("STATES"),
    events: part("EVENTS"),
  };
}
