// One agency's answer about one child, all of the child's records there taken together, as one reader may see it.

import { type Part, type PartAnswer, PARTS, overall, type AnswerStatus, reasonOf } from "./absence.ts";
import type { Agency } from "./agency.ts";
import { mayReadRestricted } from "./sharing.ts";
import type { Demographics, Involvement, State, StatedEvent, StatedRelationship } from "./statements.ts";

export interface AgencyView {
  readonly agency: Agency;
  readonly asOf: Date | null;
  readonly retrievedAt: Date | null;
  readonly notAnsweringSince: Date | null;
  readonly demographics: PartAnswer<Demographics>;
  readonly relationships: PartAnswer<StatedRelationship>;
  readonly involvements: PartAnswer<Involvement>;
  readonly states: PartAnswer<State>;
  readonly events: PartAnswer<StatedEvent>;
}

/** Where each part stands in a view or an answer. */
export const FIELD_OF = {
  DEMOGRAPHICS: "demographics",
  RELATIONSHIPS: "relationships",
  INVOLVEMENTS: "involvements",
  STATES: "states",
  EVENTS: "events",
} as const satisfies Record<Part, keyof AgencyView>;

/** The status and reason of some parts of a view, as one. */
export function standing(
  view: AgencyView,
  parts: readonly Part[] = PARTS,
): { readonly status: AnswerStatus; readonly reason: string | null } {
  const answers = parts.map((part) => view[FIELD_OF[part]]);
  const status = overall(answers.map((answer) => answer.status));
  const reasons = answers.filter((answer) => answer.status === status).map(reasonOf);
  return { status, reason: [...new Set(reasons.filter((reason) => reason !== null))].join("; ") || null };
}

const withheld = <Item>(rule: string, items: readonly Item[] = []): PartAnswer<Item> => ({
  status: "WITHHELD",
  rule,
  items,
});

/** Which parts a reader may not see of this agency, with the reason for each. */
export type Hidden = Partial<Record<Part, string>>;

/** The view without the parts that this reader may not see. */
export function hide(view: AgencyView, hidden: Hidden): AgencyView {
  const covered = (Object.keys(hidden) as Part[]).map((part) => [FIELD_OF[part], withheld(hidden[part] ?? part)]);
  return covered.length > 0 ? { ...view, ...Object.fromEntries(covered) } : view;
}

/** Those whose work does not tell where the child is to be found. */
const RING: ReadonlySet<Involvement["role"]> = new Set([
  "SOCIAL_WORKER",
  "POLICE_OFFICER",
  "INDEPENDENT_REVIEWING_OFFICER",
]);

/** What is left of a view when any agency has restricted the child: who the child is and who to ring, nothing that locates
 *  them. An agency that failed still says that it failed. */
export function safeSubset(view: AgencyView): AgencyView {
  const cover = <Item>(part: Part, answer: PartAnswer<Item>, keep: (item: Item) => Item | null): PartAnswer<Item> => {
    if (answer.status === "DID_NOT_ANSWER")
      return { ...answer, items: answer.items.flatMap((item) => keep(item) ?? []) };
    if (answer.status === "NOT_ASKED") return answer;
    const items = "items" in answer ? answer.items.flatMap((item) => keep(item) ?? []) : [];
    return withheld(mayReadRestricted(part).because, items);
  };
  return {
    ...view,
    demographics: cover("DEMOGRAPHICS", view.demographics, (who) => ({ ...who, addresses: [], heldBy: null })),
    relationships: cover("RELATIONSHIPS", view.relationships, () => null),
    involvements: cover("INVOLVEMENTS", view.involvements, (item) => (RING.has(item.role) ? item : null)),
    states: cover("STATES", view.states, () => null),
    events: cover("EVENTS", view.events, () => null),
  };
}
