// How FHIR compares what was asked with what a resource holds: tokens, texts, references and times.

/** FHIR's kinds of search parameter, as far as they are used here (`text` is its `string`). */
export type Kind = "token" | "text" | "reference" | "date";

/** Everything found along a path, arrays opened on the way: `name.family`. */
export function along(value: unknown, path: string): unknown[] {
  let here: unknown[] = [value];
  for (const step of path.split(".")) {
    here = here.flatMap((one) => {
      const next = typeof one === "object" && one !== null ? (one as Record<string, unknown>)[step] : undefined;
      return Array.isArray(next) ? (next as unknown[]) : next === undefined ? [] : [next];
    });
  }
  return here;
}

/** Whether one asked value fits one held value. */
export function fits(kind: Kind, held: unknown, asked: string): boolean {
  if (kind === "text") return String(held).toLowerCase().startsWith(asked.toLowerCase());
  if (kind === "date") return fitsTime(held, asked);
  if (kind === "reference") return fitsReference(held, asked);
  return codesOf(held).some((code) => fitsToken(code, asked));
}

interface Code {
  readonly system: string;
  readonly code: string;
}

/** A code, a coding, an identifier or a codeable concept: all are tokens. */
function codesOf(held: unknown): Code[] {
  if (typeof held !== "object" || held === null) return [{ system: "", code: String(held) }];
  const { system, code, value, coding } = held as Record<string, unknown>;
  if (Array.isArray(coding)) return coding.flatMap(codesOf);
  return [{ system: textOf(system), code: textOf(code ?? value) }];
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function fitsToken({ system, code }: Code, asked: string): boolean {
  const bar = asked.indexOf("|");
  if (bar < 0) return code === asked;
  const wanted = asked.slice(bar + 1);
  return system === asked.slice(0, bar) && (wanted === "" || code === wanted);
}

function fitsReference(held: unknown, asked: string): boolean {
  const { reference, identifier } = held as { reference?: string; identifier?: unknown };
  if (asked.includes("|")) return codesOf(identifier).some((code) => fitsToken(code, asked));
  return reference !== undefined && (reference === asked || reference.endsWith(`/${asked}`));
}

const DAY_MS = 86_400_000;

/** First and last millisecond that a FHIR date, time or period covers; a date alone covers its whole day. */
function spanOf(held: unknown): [number, number] | null {
  if (typeof held === "object" && held !== null) {
    const { start, end } = held as { start?: unknown; end?: unknown };
    const first = start === undefined ? -Infinity : spanOf(start)?.[0];
    const last = end === undefined ? Infinity : spanOf(end)?.[1];
    return first === undefined || last === undefined ? null : [first, last];
  }
  const text = String(held);
  const from = Date.parse(text);
  if (Number.isNaN(from)) return null;
  if (text.includes("T")) return [from, from];
  if (text.length === 10) return [from, from + DAY_MS - 1];
  const next = new Date(from);
  if (text.length === 7) next.setUTCMonth(next.getUTCMonth() + 1);
  else next.setUTCFullYear(next.getUTCFullYear() + 1);
  return [from, next.getTime() - 1];
}

const DATE_SHAPE = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)?(\d{4}(-\d{2}(-\d{2}(T.+)?)?)?)$/;

/** Whether a date parameter is written as FHIR allows. */
export const isDateParameter = (asked: string): boolean => {
  const [, , text] = DATE_SHAPE.exec(asked) ?? [];
  return text !== undefined && !Number.isNaN(Date.parse(text));
};

function fitsTime(held: unknown, asked: string): boolean {
  const [, prefix = "eq", text = ""] = DATE_SHAPE.exec(asked) ?? [];
  const wanted = spanOf(text);
  const span = spanOf(held);
  if (!wanted || !span) return false;
  const [from, until] = span;
  const inside = from >= wanted[0] && until <= wanted[1];
  switch (prefix) {
    case "ne":
      return !inside;
    case "gt":
      return until > wanted[1];
    case "lt":
      return from < wanted[0];
    case "ge":
      return until > wanted[1] || inside || until >= wanted[0];
    case "le":
      return from < wanted[0] || inside || from <= wanted[1];
    case "sa":
      return from > wanted[1];
    case "eb":
      return until < wanted[0];
    case "ap":
      return from <= wanted[1] + DAY_MS && until >= wanted[0] - DAY_MS;
    default:
      return inside;
  }
}
