// The query string of a PDS search, checked as PDS checks it.

import { SpineOutcome } from "./outcome.ts";

const KNOWN = new Set([
  "_fuzzy-match",
  "_exact-match",
  "_history",
  "_max-results",
  "family",
  "given",
  "gender",
  "birthdate",
  "death-date",
  "address-postalcode",
  "address-postcode",
  "general-practitioner",
  "email",
  "phone",
]);

/** One of the bounds that together say which days are meant. */
export interface DayBound {
  readonly prefix: "eq" | "ge" | "le";
  readonly day: string;
}

/** A search as PDS understood it; what was not given is null or empty. */
export interface PdsQuery {
  readonly fuzzy: boolean;
  readonly exact: boolean;
  readonly history: boolean;
  readonly family: string | null;
  readonly given: readonly string[];
  readonly gender: string | null;
  readonly born: readonly DayBound[];
  readonly died: readonly DayBound[];
  readonly postcode: string | null;
  readonly practice: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** Reads a search or throws what PDS answers to a wrong one. */
export function readPdsQuery(search: URLSearchParams): PdsQuery {
  const names = [...new Set(search.keys())];
  if (names.length === 0) throw new SpineOutcome("UNSUPPORTED_SERVICE");
  const unknown = names.filter((name) => !KNOWN.has(name));
  if (unknown.length > 0) {
    const listed = unknown.map((name) => `'${name}'`).join(", ");
    const verb = unknown.length > 1 ? "were" : "was";
    throw new SpineOutcome("ADDITIONAL_PROPERTIES", {
      diagnostics: `Invalid request with error - Additional properties are not allowed (${listed} ${verb} unexpected)`,
    });
  }
  if (search.has("address-postalcode") && search.has("address-postcode")) throw tooLittle();
  checkMaxResults(search.get("_max-results"));
  const gender = search.get("gender");
  if (gender !== null && !["male", "female", "other", "unknown"].includes(gender)) throw invalid(gender, "gender");
  const query: PdsQuery = {
    fuzzy: flag(search, "_fuzzy-match"),
    exact: flag(search, "_exact-match"),
    history: flag(search, "_history"),
    family: search.get("family"),
    given: search.getAll("given"),
    gender,
    born: search.getAll("birthdate").map((value) => readDay(value, "birthdate")),
    died: search.getAll("death-date").map((value) => readDay(value, "death-date")),
    postcode: search.get("address-postalcode") ?? search.get("address-postcode"),
    practice: search.get("general-practitioner"),
    email: search.get("email"),
    phone: search.get("phone"),
  };
  checkMinimum(query);
  return query;
}

function checkMinimum({ fuzzy, exact, family, given, gender, born, postcode }: PdsQuery): void {
  if (fuzzy && exact) throw tooLittle();
  if (born.length === 0)
    throw new SpineOutcome("MISSING_VALUE", {
      diagnostics: "Missing value - 'birth_date/birth_date_range_start/birth_date_range_end'",
    });
  const wild = [family, ...given, postcode].filter((text) => text?.includes("*"));
  if (wild.some((text) => !/^[^*]{2,}\*$/.test(text ?? ""))) throw tooLittle();
  if (!fuzzy) {
    if (!family) throw tooLittle();
    return;
  }
  const named = given.length > 0;
  const enough = (named && family) || (gender && postcode && (family || named));
  if (!enough || wild.length > 0) throw tooLittle();
}

/** An application without a user may learn of one person only. */
function checkMaxResults(text: string | null): void {
  if (text === null || text === "1") return;
  if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > 50) throw invalid(text, "_max-results");
  throw invalid(text, "_max-results", 403);
}

function readDay(text: string, field: string): DayBound {
  const [, prefix = "eq", day] = /^(eq|ge|le)?(\d{4}-\d{2}-\d{2})$/.exec(text) ?? [];
  if (!day || Number.isNaN(Date.parse(day))) throw invalid(text, field);
  return { prefix: prefix as DayBound["prefix"], day };
}

function flag(search: URLSearchParams, name: string): boolean {
  const text = search.get(name) ?? "false";
  if (text !== "true" && text !== "false") throw invalid(text, name);
  return text === "true";
}

const invalid = (value: string, field: string, status = 400): SpineOutcome =>
  new SpineOutcome("INVALID_VALUE", { status, diagnostics: `Invalid value - '${value}' in field '${field}'` });

const tooLittle = (): SpineOutcome =>
  new SpineOutcome("INVALID_SEARCH_DATA", {
    diagnostics:
      "Invalid search data provided - 'No searches were performed as the search criteria did not meet the minimum requirements'",
  });
