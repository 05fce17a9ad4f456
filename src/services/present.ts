// Views become the graph's answers. Every list that gathers from several agencies carries their sources beside it.

import { itemsOf, PARTS, type Part } from "../domain/absence.ts";
import { type AgencyView, FIELD_OF, standing } from "../domain/agency-view.ts";
import type { AgencyAnswer, Source } from "../schema/agency-answer.ts";
import type { Family, Involvements } from "../schema/child.ts";
import type { Event, Involvement, State } from "../schema/statements.ts";

const ANSWERED: readonly Part[] = ["INVOLVEMENTS", "STATES", "EVENTS"];

/** Whether each agency stands behind these parts. */
export function sourcesOf(views: readonly AgencyView[], parts: readonly Part[] = PARTS): Source[] {
  return views.map((view) => {
    const { agency, asOf, retrievedAt } = view;
    return { agency, ...standing(view, parts), asOf, retrievedAt };
  });
}

/** A list that may be read as the whole answer of this agency, or as far as it goes; null where nobody knows. */
function listOf<Item extends object>(view: AgencyView, part: "INVOLVEMENTS" | "STATES" | "EVENTS"): Item[] | null {
  const answer = view[FIELD_OF[part]];
  const { agency } = view;
  const items = itemsOf<object>(answer).map((item) => ({ ...item, agency }) as unknown as Item);
  return items.length > 0 || answer.status === "NOTHING_RECORDED" ? items : null;
}

/** One agency's answer, as the graph shows it. */
export function presentAnswer(view: AgencyView): AgencyAnswer {
  const { agency, asOf, retrievedAt, notAnsweringSince } = view;
  const events = listOf<Event>(view, "EVENTS");
  return {
    agency,
    ...standing(view, ANSWERED),
    asOf,
    retrievedAt,
    notAnsweringSince,
    parts: ANSWERED.map((part) => ({ part, ...standing(view, [part]) })),
    involvements: listOf<Involvement>(view, "INVOLVEMENTS"),
    states: listOf<State>(view, "STATES"),
    events: events && events.sort(latestFirst),
  };
}

const latestFirst = (a: Event, b: Event): number => {
  const [left, right] = [a.at ?? a.on, b.at ?? b.on];
  return left < right ? 1 : left > right ? -1 : 0;
};

/** What happened, from every agency, latest first. */
export function presentChronology(views: readonly AgencyView[]): Event[] {
  return views.flatMap((view) => listOf<Event>(view, "EVENTS") ?? []).sort(latestFirst);
}

/** Null unless somebody answered: an empty list would claim that there is nobody. */
function gathered<Item>(views: readonly AgencyView[], part: Part, items: Item[]): Item[] | null {
  const said = views.some((view) => view[FIELD_OF[part]].status === "NOTHING_RECORDED");
  return items.length > 0 || said ? items : null;
}

/** Who works with the child, those who still do first. */
export function presentInvolvements(views: readonly AgencyView[]): Involvements {
  const people = views.flatMap((view) => listOf<Involvement>(view, "INVOLVEMENTS") ?? []);
  people.sort((a, b) => Number(a.until !== null) - Number(b.until !== null));
  return { people: gathered(views, "INVOLVEMENTS", people), sources: sourcesOf(views, ["INVOLVEMENTS"]) };
}

/** Who belongs with the child. `personIds` names the hub's people by agency and record. */
export function presentFamily(views: readonly AgencyView[], personIds: ReadonlyMap<string, string>): Family {
  const relationships = views.flatMap(({ agency, relationships }) =>
    itemsOf(relationships).map(({ otherName, otherBornOn, otherRecordId, ...claim }) => ({
      ...claim,
      agency,
      name: otherName && [...otherName.forenames, otherName.surname ?? ""].join(" ").trim(),
      bornOn: otherBornOn,
      personId: (otherRecordId && personIds.get(`${agency.id} ${otherRecordId}`)) || null,
    })),
  );
  return {
    relationships: gathered(views, "RELATIONSHIPS", relationships),
    sources: sourcesOf(views, ["RELATIONSHIPS"]),
  };
}
