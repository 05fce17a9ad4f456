// The links of a JSON:API document: every resource named must be there, once.

import { problemAt, type Path, type Problem } from "./problems.ts";
import type { WireDocument, WireReference, WireResource } from "./wire.ts";

const keyOf = ({ type, id }: WireReference): string => `${type} ${id}`;

/** The resources this one names under `name`, in the document's order. */
export function referencesOf(resource: WireResource, name: string): readonly WireReference[] {
  const data = resource.relationships?.[name]?.data ?? [];
  return Array.isArray(data) ? data : [data];
}

/** Resources that stand there twice, and links that lead nowhere. */
export function linkProblems(document: WireDocument): readonly Problem[] {
  const all: readonly { at: Path; resource: WireResource }[] = [
    { at: ["data"], resource: document.data },
    ...document.included.map((resource, index) => ({ at: ["included", index], resource })),
  ];
  const known = new Set<string>();
  const problems: Problem[] = [];
  for (const { at, resource } of all) {
    if (known.has(keyOf(resource))) problems.push(problemAt([...at, "id"], "is used twice for one type"));
    known.add(keyOf(resource));
  }
  for (const { at, resource } of all)
    for (const [name, { data }] of Object.entries(resource.relationships ?? {})) {
      const path = [...at, "relationships", name, "data"];
      for (const [index, reference] of referencesOf(resource, name).entries())
        if (!known.has(keyOf(reference)))
          problems.push({
            ...problemAt(Array.isArray(data) ? [...path, index] : path, ""),
            detail: `${name} names a resource that is not included`,
          });
    }
  return problems;
}
