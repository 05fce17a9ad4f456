// A children in need census file, written and read back. Made in the simulator; the hub does not take census files yet.

import { CIN_CENSUS, type CinCensus } from "./cin-census-shape.ts";
import { readXml, writeXml, type XmlElement } from "./plain-xml.ts";

/** The census as a file: elements in the order of the return, LA ids as they stand in it, booleans as `true` and `false`. */
export function writeCinCensus(census: CinCensus): string {
  return writeXml({ name: "Message", elements: elementsOf(census), text: "" });
}

/** What is undefined, and a list without entries, is left out of the file. */
function elementsOf(holder: object): XmlElement[] {
  return Object.entries(holder).flatMap(([name, value]: [string, unknown]) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.filter((one) => one !== undefined).map((one) => elementOf(name, one));
  });
}

function elementOf(name: string, value: unknown): XmlElement {
  if (typeof value === "object" && value !== null) return { name, elements: elementsOf(value), text: "" };
  return { name, elements: [], text: String(value) };
}

/** Reads a file of exactly this kind, or throws a `SyntaxError` that names the element and never what stands in it. */
export function readCinCensus(source: string): CinCensus {
  const message = readXml(source);
  if (message.name !== "Message") throw new SyntaxError("The file is not a census return");
  const parsed = CIN_CENSUS.safeParse(contentOf(message));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new SyntaxError(`The census return is not as agreed at ${issue?.path.join(".") || "Message"}`);
}

/** Elements by name, each a list, because only the shape knows which may be repeated. An empty element says nothing. */
function contentOf({ elements }: XmlElement): Record<string, unknown[]> {
  const content: Record<string, unknown[]> = Object.create(null) as Record<string, unknown[]>;
  for (const one of elements) {
    const said = one.elements.length > 0 ? contentOf(one) : one.text;
    if (said !== "") (content[one.name] ??= []).push(said);
  }
  return content;
}
