// `GET /incidents`: what a force's read side could look like. No force offers one; it is here so that the hub's live path can be
// shown and tested.

import type { FastifyInstance, FastifyReply } from "fastify";
import { header } from "../support/simulator.ts";
import { errorBody, JSON_API } from "./errors.ts";
import { documentOf, type Resource } from "./incident-document.ts";
import type { HeldNotice, NoticeStore } from "./notice-store.ts";

export interface ReadCredentials {
  clientId: string;
  secret: string;
}

type Query = Record<string, string | string[] | undefined>;

const FILTERS = ["submissionId", "surname", "dateOfBirth", "updatedSince"];
const PARAMETERS = new Set(["include", "page[size]", "page[after]", ...FILTERS.map((name) => `filter[${name}]`)]);
const MOST_TO_A_PAGE = 100;

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** What the filters ask of a notice; a name and a date of birth together must be one person's. */
function matcher(query: Query, store: NoticeStore): (held: HeldNotice) => boolean {
  const value = (name: string): string | undefined => [query[`filter[${name}]`]].flat()[0];
  const [ids, surname, bornOn, since] = FILTERS.map(value);
  const threads = ids === undefined ? null : store.threadsOf(ids.split(","));
  const isNamed = ({ notice }: HeldNotice): boolean =>
    notice.people.some(
      (person) =>
        (surname === undefined || same(person.surname, surname)) && (bornOn === undefined || person.bornOn === bornOn),
    );
  return (held) =>
    (threads === null || threads.has(held.notice.submissionId)) &&
    (since === undefined || Date.parse(held.updatedAt) >= Date.parse(since)) &&
    ((surname === undefined && bornOn === undefined) || isNamed(held));
}

const markOf = ({ updatedAt, notice }: HeldNotice): string => `${updatedAt}|${notice.submissionId}`;
const sealed = (mark: string): string => Buffer.from(mark).toString("base64url");
const opened = (cursor: string): string => Buffer.from(cursor, "base64url").toString();

/** Adds the route. It asks for the client's credentials (401) and for a purpose (403). */
export function addReadRoutes(app: FastifyInstance, store: NoticeStore, { clientId, secret }: ReadCredentials): void {
  const refuse = (reply: FastifyReply, status: number, [title, parameter]: [string, string?]) =>
    reply
      .code(status)
      .type(JSON_API)
      .send(errorBody(status, title, parameter));

  app.get<{ Querystring: Query }>("/incidents", async (request, reply) => {
    const known = header(request, "x-client-id") === clientId && header(request, "x-client-secret") === secret;
    if (!known) return refuse(reply, 401, ["Client id or secret not known"]);
    if (!header(request, "x-access-purpose")) return refuse(reply, 403, ["X-Access-Purpose is needed"]);
    const { query } = request;
    const stranger = Object.keys(query).find((name) => !PARAMETERS.has(name));
    if (stranger) return refuse(reply, 400, ["Unknown parameter", stranger]);
    const size = Number(query["page[size]"] ?? 25);
    if (!Number.isInteger(size) || size < 1 || size > MOST_TO_A_PAGE)
      return refuse(reply, 400, ["Must be 1 to 100", "page[size]"]);

    const after = opened([query["page[after]"] ?? ""].flat()[0] ?? "");
    const matching = store.all().filter(matcher(query, store));
    const rest = matching.filter((held) => markOf(held) > after);
    const page = rest.slice(0, size);
    const last = page.at(-1);
    const next = rest.length > size && last ? nextLink(query, sealed(markOf(last))) : null;
    const wanted = [query["include"] ?? ""].flat().join(",").split(",");
    return reply.type(JSON_API).send({ ...render(page, wanted), links: { next }, meta: metaFor(matching.length) });
  });
}

const metaFor = (total: number) => ({ total, synthetic: true });

function nextLink(query: Query, cursor: string): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (typeof value === "string") parameters.set(name, value);
  parameters.set("page[after]", cursor);
  return `/incidents?${parameters.toString()}`;
}

function render(page: HeldNotice[], wanted: string[]): { data: Resource[]; included: Resource[] } {
  const documents = page.map(({ notice, updatedAt }) => {
    const { data, included } = documentOf(notice, `${notice.submissionId}.`);
    return { data: { ...data, meta: { updatedAt } }, included };
  });
  return {
    data: documents.map(({ data }) => data),
    included: documents.flatMap(({ included }) => included.filter(({ type }) => wanted.includes(type))),
  };
}
