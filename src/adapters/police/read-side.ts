// A force that can be asked as well as listened to. No force is known to offer this today: it is a simulated capability, in
// the form such a service would have beside the Standard API.

import { AgencyFault } from "../agency-fault.ts";
import type { Call } from "../agency-system.ts";
import { makeHttp, rulesOf } from "../http.ts";
import type { Lane } from "../lane.ts";
import type { PlainDate } from "../../domain/plain-date.ts";
import type { Incident } from "./incident.ts";
import { JSON_API } from "./media-types.ts";
import { separate, listShape } from "./incident-list.ts";
import { readIncident } from "./standard-data-model.ts";
import { makeTlsFetch, type ClientCertificate } from "./tls-fetch.ts";

export interface ReadSideOptions {
  readonly url: URL;
  readonly lane: Lane;
  readonly clientId: string;
  readonly secret: string;
  /** What the hub shows the force, and whom it trusts, where the force asks for a certificate; then `url` is `https`. */
  readonly tls?: ClientCertificate;
}

type ReadSideSettings = ReadSideOptions & { readonly forceIdentifier: number };

/** An incident as it was listed: when the force last touched it comes with it. */
interface ListedIncident {
  readonly incident: Incident;
  readonly updatedAt: string;
}

interface IncidentList {
  readonly incidents: readonly ListedIncident[];
  readonly next: string | null;
}

const IDS_AT_ONCE = 100;
const MOST_PAGES = 50;
const PAGE_SIZE = "100";
const INCLUDE = "submission,publicProtectionNotice,person,location";

/** The client of a force's `GET /incidents`. Throws `AgencyFault`. */
export function makeReadSide({ url, lane, clientId, secret, tls, forceIdentifier }: ReadSideSettings) {
  const overTls = tls && makeTlsFetch(tls, rulesOf(lane));
  const http = makeHttp(lane, url, overTls && { fetch: overTls.get });

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
    close: (): void => overTls?.close(),
  };
}

export type ReadSide = ReturnType<typeof makeReadSide>;

const query = (filters: Record<string, string>): string =>
  `incidents?${new URLSearchParams({ ...filters, include: INCLUDE, "page[size]": PAGE_SIZE }).toString()}`;
