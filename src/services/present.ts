// Views become the graph's answers. Every list that gathers from several agencies carries their sources beside it.

import { itemsOf, PARTS, type Part, saysNothing } from "../domain/absence.ts";
import { type AgencyView, FIELD_OF, standing, statusOf } from "../domain/agency-view.ts";
import type { Agency } from "../domain/agency.ts";
import type * as said from "../domain/statements.ts";
import type { AgencyAnswer, Source } from "../schema/agency-answer.ts";
import type { Involvements } from "../schema/child.ts";
import type { Event, Involvement, State } from "../schema/statements.ts";

const ANSWERED: readonly Part[] = ["INVOLVEMENTS", "STATES", "EVENTS"];

/** Whether each agency stands behind these parts. */
export function sourcesOf(views: readonly AgencyView[], parts: readonly Part[] = PARTS): Source[] {
  return views.map((view) => {
    const { agency, asOf, retrievedAt } = view;
    return { agency, ...standing(view, parts), asOf, retrievedAt };
  });
}

/** Each statement with its agency. Spelt out: spreading an object and adding to it is thirty times slower. */
const SHOWN = {
  INVOLVEMENTS: (
    { role, practitioner, organisation, team, phone, email, fromOn, untilOn, provenance }: said.Involvement,
    agency: Agency,
  ): Involvement => ({ role, practitioner, organisation, team, phone, email, fromOn, untilOn, provenance, agency }),
  STATES: ({ kind, category, summary, fromOn, untilOn, provenance }: said.State, agency: Agency): State => {
    return { kind, category, summary, fromOn, untilOn, provenance, agency };
  },
  EVENTS: ({ kind, on, at, summary, provenance }: said.StatedEvent, agency: Agency): Event => {
    return { kind, on, at, summary, provenance, agency };
  },
};

/** A list that may be read as the whole answer of this agency, or as far as it goes; null where nobody knows. */
function listOf<Item extends object>(view: AgencyView, part: keyof typeof SHOWN): Item[] | null {
  const answer = view[FIELD_OF[part]];
  const items = itemsOf<object>(answer);
  if (items.length === 0 && answer.status !== "NOTHING_RECORDED") return null;
  const show = SHOWN[part] as (item: object, agency: Agency) => object;
  return items.map((item) => show(item, view.agency)) as Item[];
}

/** One agency's answer, as the graph shows it: each part is made when it is asked for, since most questions ask for few. */
class ShownAnswer implements AgencyAnswer {
  private readonly view: AgencyView;

  constructor(view: AgencyView) {
    this.view = view;
  }

  get agency() {
    return this.view.agency;
  }
  get status() {
    return statusOf(this.view, ANSWERED);
  }
  get reason() {
    return standing(this.view, ANSWERED).reason;
  }
  get asOf() {
    return this.view.asOf;
  }
  get retrievedAt() {
    return this.view.retrievedAt;
  }
  get notAnsweringSince() {
    return this.view.notAnsweringSince;
  }
  get parts() {
    return ANSWERED.map((part) => ({ part, ...standing(this.view, [part]) }));
  }
  get involvements() {
    return listOf<Involvement>(this.view, "INVOLVEMENTS");
  }
  get states() {
    return listOf<State>(this.view, "STATES");
  }
  get events() {
    return listOf<Event>(this.view, "EVENTS")?.sort(latestFirst) ?? null;
  }
}

/** One agency's answer, as the graph shows it. */
export const presentAnswer = (view: AgencyView): AgencyAnswer => new ShownAnswer(view);

const latestFirst = (a: Event, b: Event): number => {
  const [left, right] = [a.at ?? a.on, b.at ?? b.on];
  return left < right ? 1 : left > right ? -1 : 0;
};

/** Null unless the list is known: an empty one would claim that there is nothing. */
export const known = <List extends readonly unknown[]>(items: List, sources: readonly Source[]): List | null =>
  items.length > 0 || saysNothing(sources.map(({ status }) => status)) ? items : null;

/** What happened, from every agency, latest first; null where nobody knows. */
export const presentChronology = (views: readonly AgencyView[], sources: readonly Source[]): Event[] | null =>
  known(views.flatMap((view) => listOf<Event>(view, "EVENTS") ?? []).sort(latestFirst), sources);

/** Who works with the child, those who still do first. */
export function presentInvolvements(views: readonly AgencyView[]): Involvements {
  const people = views.flatMap((view) => listOf<Involvement>(view, "INVOLVEMENTS") ?? []);
  people.sort((a, b) => Number(a.untilOn !== null) - Number(b.untilOn !== null));
  const sources = sourcesOf(views, ["INVOLVEMENTS"]);
  return { people: known(people, sources), sources };
}
