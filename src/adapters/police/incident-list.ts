// A page of `GET /incidents`: one compound document, taken apart again into a document for each incident.

import { z } from "zod";

const instant = z.iso.datetime({ offset: true }).transform((written) => new Date(written).toISOString());
const reference = z.object({ type: z.string(), id: z.string() });
const resource = reference.extend({
  relationships: z
    .record(z.string(), z.object({ data: z.union([reference, z.array(reference), z.null()]).optional() }))
    .optional(),
});
/** The form of the list itself; its resources are looked at one incident at a time. */
export const listShape = z.object({
  data: z.array(z.looseObject({ ...resource.shape, meta: z.object({ updatedAt: instant }) })),
  included: z.array(z.looseObject(resource.shape)).default([]),
  links: z.object({ next: z.string().nullish() }).default({}),
});
type ListShape = z.infer<typeof listShape>;

/** Each incident of a compound document as a document of its own, with the resources that it reaches. */
export function separate({ data, included }: ListShape): { document: unknown; updatedAt: string }[] {
  const byKey = new Map(included.map((each) => [`${each.type} ${each.id}`, each]));
  return data.map((incident) => {
    const reached = new Set<ListShape["included"][number]>();
    const follow = (from: z.infer<typeof resource>): void => {
      for (const { data: links } of Object.values(from.relationships ?? {}))
        for (const { type, id } of [links ?? []].flat()) {
          const found = byKey.get(`${type} ${id}`);
          if (!found || reached.has(found)) continue;
          reached.add(found);
          follow(found);
        }
    };
    follow(incident);
    return { document: { data: incident, included: [...reached] }, updatedAt: incident.meta.updatedAt };
  });
}
