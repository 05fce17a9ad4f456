// One agency's answer about one child, all of the child's records there taken together, as one reader may see it.

import { itemsOf, type Part, type PartAnswer, PARTS, overall, type AnswerStatus, reasonOf, told } from "./absence.ts";
import type { Agency } from "./agency.ts";
import { MAY_BE_RUNG, MAY_IDENTIFY, RESTRICTED, RESTRICTION_UNKNOWN } from "./sharing.ts";
import type { Demographics, Involvement, Provenance, State, StatedEvent, StatedRelationship } from "./statements.ts";

interface Stated {
  readonly provenance: Provenance;
}

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

/** The gravest status among some parts of a view. */
export function statusOf(view: AgencyView, parts: readonly Part[] = PARTS): AnswerStatus {
  let gravest: AnswerStatus | null = null;
  for (const part of parts) {
    const { status } = view[FIELD_OF[part]];
    if (gravest === null) gravest = status;
    else if (gravest !== status) gravest = overall([gravest, status]);
  }
  return gravest ?? overall([]);
}

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

/** Who works with the child now, without the dates that would tell of the event behind it. */
const outline = (answer: PartAnswer<Involvement>): PartAnswer<Involvement> => {
  if (!("items" in answer)) return answer;
  const items = answer.items.filter(({ untilOn }) => untilOn === null).map((item) => ({ ...item, fromOn: null }));
  return answer.status === "RECORDED" ? told(items) : { ...answer, items };
};

const withoutRecords = <Item extends Stated>(answer: PartAnswer<Item>): PartAnswer<Item> =>
  "items" in answer ? { ...answer, items: answer.items.map(sourced) } : answer;

/** Nothing that would give events away: a record's id says when and how the agency came to know the child. */
const uneventful = (view: AgencyView): AgencyView => ({
  ...view,
  demographics: withoutRecords(view.demographics),
  relationships: withoutRecords(view.relationships),
  involvements: withoutRecords(outline(view.involvements)),
  states: withoutRecords(view.states),
});

/** The view without the parts that this reader may not see. Where events are hidden, so is what would give them away. */
export function hide(view: AgencyView, hidden: Hidden): AgencyView {
  if (hidden.EVENTS) view = uneventful(view);
  const covered = (Object.keys(hidden) as Part[]).map((part) => [FIELD_OF[part], withheld(hidden[part] ?? part)]);
  return covered.length > 0 ? { ...view, ...Object.fromEntries(covered) } : view;
}

/** A source that names no record: a school's record id holds the school. */
const sourced = <Item extends Stated>(item: Item): Item => ({
  ...item,
  provenance: { ...item.provenance, recordId: null, statedAs: null },
});

const safeIdentity = (who: Demographics): Demographics => ({
  ...sourced(who),
  addresses: [],
  heldBy: null,
  identifiers: who.identifiers.filter(({ kind }) => MAY_IDENTIFY.has(kind)),
});

/** What is left of a view while nobody can say whether the child is restricted: everything but where they are. */
export function unlocated(view: AgencyView): AgencyView {
  const answer = view.demographics;
  if (!("items" in answer) || answer.items.every(({ addresses, heldBy }) => addresses.length === 0 && !heldBy))
    return view;
  const items = answer.items.map((who) => ({ ...who, addresses: [], heldBy: null }));
  const demographics =
    answer.status === "RECORDED" ? withheld(RESTRICTION_UNKNOWN.because, items) : { ...answer, items };
  return { ...view, demographics };
}

/** What is left for somebody who may know whom they found, and no more: names, birthday and sex. */
export function located(view: AgencyView, because: string): AgencyView {
  const items = itemsOf(view.demographics).map((who) => ({
    ...safeIdentity(who),
    identifiers: [],
    gender: null,
    ethnicity: null,
  }));
  const { demographics: answer } = view;
  if (!("items" in answer)) return view;
  // An agency that failed still says that it failed.
  const demographics = answer.status === "DID_NOT_ANSWER" ? { ...answer, items } : withheld(because, items);
  return { ...view, demographics };
}

/** What is left of a view when any agency has restricted the child. An agency that failed still says that it failed, and one
 *  that withheld gives its own reason. */
export function safeSubset(view: AgencyView): AgencyView {
  function cover<Item>(answer: PartAnswer<Item>, keep: (item: Item) => readonly Item[]): PartAnswer<Item> {
    if (answer.status === "NOT_ASKED") return answer;
    const items = itemsOf(answer).flatMap(keep);
    if (answer.status === "DID_NOT_ANSWER") return { ...answer, items };
    return withheld(answer.status === "WITHHELD" ? answer.rule : RESTRICTED.because, items);
  }
  return {
    ...view,
    demographics: cover(view.demographics, (who) => [safeIdentity(who)]),
    relationships: cover(view.relationships, () => []),
    involvements: cover(view.involvements, (item) => (MAY_BE_RUNG.has(item.role) ? [sourced(item)] : [])),
    states: cover(view.states, () => []),
    events: cover(view.events, () => []),
  };
}
