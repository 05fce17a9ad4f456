// Searches of the care record: which parameters there are, who fits, and pages behind opaque tokens.

import { randomUUID } from "node:crypto";
import { LRUCache } from "lru-cache";
import { resourceOf, type CareType, type Entry, type Store } from "./care-record-store.ts";
import { FhirOutcome } from "./outcome.ts";
import { along, fits, isDateParameter, type Kind } from "./search-values.ts";

type Rule = readonly [Kind, string];

const PATIENT: Record<string, Rule> = {
  identifier: ["token", "identifier"],
  family: ["text", "name.family"],
  given: ["text", "name.given"],
  birthdate: ["date", "birthDate"],
  "address-postalcode": ["text", "address.postalCode"],
};
const ABOUT: Rule = ["reference", "subject"];

/** The search parameters of each type; Flag has neither status nor category in R4. */
const RULES: Record<CareType, Record<string, Rule>> = {
  Patient: PATIENT,
  RelatedPerson: {
    patient: ["reference", "patient"],
    relationship: ["token", "relationship"],
    identifier: ["token", "identifier"],
  },
  EpisodeOfCare: {
    patient: ["reference", "patient"],
    status: ["token", "status"],
    type: ["token", "type"],
    date: ["date", "period"],
    organization: ["reference", "managingOrganization"],
  },
  Encounter: {
    patient: ABOUT,
    date: ["date", "period"],
    status: ["token", "status"],
    class: ["token", "class"],
    "service-provider": ["reference", "serviceProvider"],
  },
  Flag: {
    patient: ABOUT,
    date: ["date", "period"],
    encounter: ["reference", "encounter"],
    author: ["reference", "author"],
    identifier: ["token", "identifier"],
  },
  CarePlan: {
    patient: ABOUT,
    status: ["token", "status"],
    category: ["token", "category"],
    date: ["date", "period"],
    intent: ["token", "intent"],
  },
  Observation: {
    patient: ABOUT,
    code: ["token", "code"],
    category: ["token", "category"],
    date: ["date", "effectiveDateTime"],
    status: ["token", "status"],
  },
  Organization: { identifier: ["token", "identifier"], name: ["text", "name"] },
};

/** Names of the parameters a type may be searched by, for the capability statement. */
export const parametersOf = (type: CareType): { name: string; type: Kind }[] =>
  Object.entries(RULES[type]).map(([name, [kind]]) => ({ name, type: kind }));

const CONTROLS = new Set(["_id", "_lastUpdated", "_count", "_sort"]);
const USUAL_COUNT = 50;

interface Page {
  readonly type: CareType;
  readonly entries: readonly Entry[];
  readonly count: number;
}

/** One page of what was found. */
export interface SearchAnswer {
  readonly entries: readonly Entry[];
  /** Token of the page that follows, or null. */
  readonly next: string | null;
  readonly total: number | null;
  /** Parameters that were passed over. */
  readonly ignored: readonly string[];
}

/** Searching over a store; `cap` is the largest page it gives whatever was asked for. */
export function makeSearch(store: Store, cap: number) {
  const pages = new LRUCache<string, Page>({ max: 1_000 });

  function page({ type, entries, count }: Page): Pick<SearchAnswer, "entries" | "next"> {
    const rest = entries.slice(count);
    let next: string | null = null;
    if (rest.length > 0) {
      next = randomUUID();
      pages.set(next, { type, entries: rest, count });
    }
    return { entries: entries.slice(0, count), next };
  }

  function search(type: CareType, params: URLSearchParams, strict: boolean): SearchAnswer {
    const ignored = [...new Set(params.keys())].filter((name) => !isKnown(type, name));
    if (strict && ignored.length > 0) throw refuse(`Unknown search parameter: ${ignored.join(", ")}`);
    const asked = [...params].filter(([name]) => isKnown(type, name) && !["_count", "_sort"].includes(name));
    const found = candidates(store, type, params).filter(
      (entry) => !entry.deleted && asked.every(([name, value]) => suits(entry, name, value)),
    );
    const sorted = sort(found, params.get("_sort"));
    return { ...page({ type, entries: sorted, count: readCount(params, cap) }), total: found.length, ignored };
  }

  return {
    search,
    /** The page behind a token; a token is good for one server's life and not for ever. */
    turn(type: CareType, token: string): SearchAnswer {
      const waiting = pages.get(token);
      if (!waiting || waiting.type !== type) throw new FhirOutcome(410, "not-found", "This page is no longer kept");
      return { ...page(waiting), total: null, ignored: [] };
    },
  };
}

const isKnown = (type: CareType, name: string): boolean =>
  CONTROLS.has(name) || Object.hasOwn(RULES[type], name.replace(/:identifier$/, ""));

/** What can possibly fit, by the indexes there are. */
function candidates(store: Store, type: CareType, params: URLSearchParams): readonly Entry[] {
  const ids = params.get("_id");
  if (ids !== null) return [...new Set(ids.split(","))].flatMap((id) => store.find(type, id) ?? []);
  const patients = params.get("patient");
  if (patients === null || patients.includes("|")) return store.list(type);
  const wanted = patients.split(",").map((reference) => reference.replace(/^Patient\//, ""));
  return [...new Set(wanted)].flatMap((id) => store.listAbout(type, id));
}

/** Commas are "or"; the same parameter twice is "and". */
function suits(entry: Entry, name: string, value: string): boolean {
  const choices = value.split(/(?<!\\),/).map((choice) => choice.replaceAll(/\\([\\,$|])/g, "$1"));
  if (name === "_id") return choices.includes(entry.id);
  const [kind, path] = ruleOf(entry.type, name);
  if (kind === "date" && !choices.every(isDateParameter)) throw refuse(`Invalid date in ${name}`);
  const held = name === "_lastUpdated" ? [entry.lastUpdated] : along(resourceOf(entry), path);
  return choices.some((choice) => held.some((one) => fits(kind, one, choice)));
}

const ruleOf = (type: CareType, name: string): Rule =>
  RULES[type][name.replace(/:identifier$/, "")] ?? ["date", "meta.lastUpdated"];

function sort(entries: Entry[], by: string | null): Entry[] {
  if (by === null) return entries;
  const [field, sign] = by.startsWith("-") ? [by.slice(1), -1] : [by, 1];
  if (field !== "_lastUpdated" && field !== "_id") throw refuse(`Cannot sort by ${field}`);
  const key = (entry: Entry) => (field === "_id" ? entry.id : `${Date.parse(entry.lastUpdated)} ${entry.id}`);
  return entries.sort((a, b) => (key(a) < key(b) ? -sign : sign));
}

function readCount(params: URLSearchParams, cap: number): number {
  const text = params.get("_count");
  if (text === null) return Math.min(USUAL_COUNT, cap);
  if (!/^\d+$/.test(text) || Number(text) < 1) throw refuse("_count must be a whole number above 0");
  return Math.min(Number(text), cap);
}

const refuse = (diagnostics: string): FhirOutcome => new FhirOutcome(400, "invalid", diagnostics);
