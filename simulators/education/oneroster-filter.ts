// The filter grammar: `field<op>'value'`, and at most one AND or OR between two of them. A quote within a value is doubled.

import { OneRosterError } from "./oneroster-error.ts";

/** A thing of a collection, as it is shown. */
export type Resource = { sourcedId: string } & Record<string, unknown>;

/** What stands at a dotted field: several values where a list lies on the way, none where there is nothing. */
export function valuesAt(value: unknown, field: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, field));
  if (field === "") return value === null || value === undefined || typeof value === "object" ? [] : [String(value)];
  if (typeof value !== "object" || value === null) return [];
  // Names within `metadata` have dots of their own.
  const key = Object.keys(value).find((name) => field === name || field.startsWith(`${name}.`));
  return key === undefined ? [] : valuesAt(Reflect.get(value, key), field.slice(key.length + 1));
}

const WHEN = /^\d{4}-\d\d-\d\d(T|$)/;

/** Days and instants by when they are, everything else by its letters. */
export function compare(a: string, b: string): number {
  const [left, right] = [Date.parse(a), Date.parse(b)];
  if (WHEN.test(a) && WHEN.test(b) && !Number.isNaN(left) && !Number.isNaN(right)) return left - right;
  return a === b ? 0 : a < b ? -1 : 1;
}

const OPERATORS: Record<string, (held: string, wanted: string) => boolean> = {
  "=": (held, wanted) => compare(held, wanted) === 0,
  ">": (held, wanted) => compare(held, wanted) > 0,
  ">=": (held, wanted) => compare(held, wanted) >= 0,
  "<": (held, wanted) => compare(held, wanted) < 0,
  "<=": (held, wanted) => compare(held, wanted) <= 0,
  "~": (held, wanted) => held.toLowerCase().includes(wanted.toLowerCase()),
};

const CLAUSE = String.raw`([\w.]+)\s*(!=|>=|<=|=|>|<|~)\s*'((?:[^']|'')*)'`;
const FILTER = new RegExp(String.raw`^\s*${CLAUSE}(?:\s+(AND|OR)\s+${CLAUSE})?\s*$`);

type Test = (item: Resource) => boolean;

function testOf([field = "", operator = "", quoted = ""]: readonly string[], fields: readonly string[]): Test {
  if (!fields.includes(field.split(".")[0] ?? ""))
    throw new OneRosterError(400, `Filter field '${field}' is not supported`, "invalid_filter_field");
  const wanted = quoted.replaceAll("''", "'");
  const holds = OPERATORS[operator];
  return (item) => {
    const held = valuesAt(item, field);
    return holds ? held.some((value) => holds(value, wanted)) : !held.includes(wanted);
  };
}

/** The filter as a test; everything passes where there is none. */
export function filterOf(text: string | undefined, fields: readonly string[]): Test {
  if (text === undefined) return () => true;
  const read = FILTER.exec(text);
  if (!read) throw new OneRosterError(400, "The filter cannot be read", "invalid_filter_field");
  const [, ...parts] = read;
  const first = testOf(parts.slice(0, 3), fields);
  const joined = parts[3];
  if (joined === undefined) return first;
  const second = testOf(parts.slice(4), fields);
  return joined === "AND" ? (item) => first(item) && second(item) : (item) => first(item) || second(item);
}
