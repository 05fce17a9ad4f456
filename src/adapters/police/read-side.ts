// A force that can be asked as well as listened to. No force is known to offer this today: it is a simulated capability, in
// the form such a service would have beside the Standard API.

import { z } from "zod";
import { AgencyFault } from "../agency-fault.ts";
import type { Call } from "../agency-system.ts";
import { makeHttp } from "../http.ts";
import type { Lane } from "../lane.ts";
import type { PlainDate } from "../../domain/plain-date.ts";
import { JSON_API } from "./media-types.ts";
import { readIncident, type Incident } from "./standard-data-model.ts";

export interface ReadSideOptions {
  readonly url: URL;
  readonly lane: Lane;
  readonly clientId: string;
  readonly secret: string;
}

type ReadSideSettings = ReadSideOptions & { readonly forceIdentifier: number };

/** An incident as it was listed: when the force last touched it comes with it. */
export interface ListedIncident {
  readonly incident: Incident;
  readonly updatedAt: string;
}

export interface IncidentList {
  readonly incidents: readonly ListedIncident[];
  readonly next: string | null;
}

const IDS_AT_ONCE = 100;
const MOST_PAGES = 50;
const PAGE_SIZE = "100";
const INCLUDE = "submission,publicProtectionNotice,person,location";

const instant = z.iso.datetime({ offset: true }).transform((written) => new Date(written).toISOString());
const reference = z.object({ type: z.string(), id: z.string() });
const resource = reference.extend({
  relationships: z
    .record(z.string(), z.object({ data: z.union([reference, z.array(reference), z.null()]).optional() }))
    .optional(),
});
const listShape = z.object({
  data: z.array(z.looseObject({ ...resource.shape, meta: z.object({ updatedAt: instant }) })),
  included: z.array(z.looseObject(resource.shape)).default([]),
  links: z.object({ next: z.string().nullish() }).default({}),
});
type ListShape = z.infer<typeof listShape>;

/** The client of a force's `GET /incidents`. Throws `AgencyFault`. */
export function makeReadSide({ url, lane, clientId, secret, forceIdentifier }: ReadSideSettings) {
  const http = makeHttp(lane, url);

  async function page(path: string, doing: string, call: Call): Promise<IncidentList> {
    const headers = {
      accept: JSON_API,
      "x-client-id": clientId,
      "x-client-secret": secret,
      "x-access-purpose": call.purpose,
      "x-correlation-id": call.correlationId,
    };
    const { body } = await http.request({ path, headers, doing }, call.signal);
    const list = listShape.safeParse(body);
    if (!list.success) throw new AgencyFault(lane.system, "MALFORMED", { doing: `${doing}: not as agreed` });
    const incidents = separate(list.data).map(({ document, updatedAt }) => {
      const reading = readIncident(document);
      if (!reading.ok)
        throw new AgencyFault(lane.system, "MALFORMED", { doing: `${doing}: an incident not as agreed` });
      return { incident: reading.incident, updatedAt };
    });
    // Forces share middleware; one force's answer must not speak for another.
    const own = incidents.filter(({ incident }) => incident.forceIdentifier === forceIdentifier);
    return { incidents: own, next: list.data.links.next ?? null };
  }

  async function all(filters: Record<string, string>, doing: string, call: Call): Promise<Incident[]> {
    const found: Incident[] = [];
    let path: string | null = query(filters);
    for (let pages = 0; path !== null; pages += 1) {
      if (pages === MOST_PAGES)
        throw new AgencyFault(lane.system, "AMBIGUOUS", { doing: `${doing}: too many incidents` });
      const list: IncidentList = await page(path, doing, call);
      found.push(...list.incidents.map(({ incident }) => incident));
      path = list.next;
    }
    return found;
  }

  return {
    system: lane.system,
    /** These submissions and their amendments, a hundred to a request. */
    async read(submissionIds: readonly string[], call: Call): Promise<readonly Incident[]> {
      const batches = Array.from({ length: Math.ceil(submissionIds.length / IDS_AT_ONCE) }, (_, index) =>
        submissionIds.slice(index * IDS_AT_ONCE, (index + 1) * IDS_AT_ONCE),
      );
      const lists = await Promise.all(
        batches.map((batch) => all({ "filter[submissionId]": batch.join(",") }, "reading incidents", call)),
      );
      return lists.flat();
    },
    search: ({ surname, bornOn }: { surname: string; bornOn: PlainDate }, call: Call): Promise<readonly Incident[]> =>
      all({ "filter[surname]": surname, "filter[dateOfBirth]": bornOn }, "searching incidents", call),
    /** One page of what changed at or after an instant; `next` of the page before goes on from there. */
    since: (from: { since: string } | { next: string }, call: Call): Promise<IncidentList> =>
      page(
        "next" in from ? from.next : query({ "filter[updatedSince]": from.since }),
        "reading changed incidents",
        call,
      ),
    async check(call: Call): Promise<void> {
      await page(query({ "filter[submissionId]": "-" }), "checking", call);
    },
  };
}

export type ReadSide = ReturnType<typeof makeReadSide>;

const query = (filters: Record<string, string>): string =>
  `incidents?${new URLSearchParams({ ...filters, include: INCLUDE, "page[size]": PAGE_SIZE }).toString()}`;

/** Each incident of a compound document as a document of its own, with the resources that it reaches. */
function separate({ data, included }: ListShape): { document: unknown; updatedAt: string }[] {
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
