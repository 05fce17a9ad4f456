// OneRoster 1.2 over the same schools: collections, single objects, and what belongs to a school, a class or a person.

import type { FastifyInstance, FastifyRequest } from "fastify";
import { header } from "../support/simulator.ts";
import { queryOf, type Stand } from "./answer.ts";
import { page, projection } from "./oneroster-answer.ts";
import { BASE, shownAt } from "./oneroster-base.ts";
import { COLLECTIONS } from "./oneroster-collections.ts";
import { OneRosterError, errorBody } from "./oneroster-error.ts";
import { valuesAt, type Resource } from "./oneroster-filter.ts";
import { DEMOGRAPHICS, ROSTER, tokenRoutes, type OneRosterClient } from "./oneroster-token.ts";

type Names = Record<"collection" | "id" | "nested", string>;
const namesOf = (request: FastifyRequest): Partial<Names> => request.params as Partial<Names>;

/** What lies below what, and the field that ties the two; a person and a class are tied by enrolments. */
const NESTED: Readonly<Record<string, string>> = {
  "schools/students": "roles.org.sourcedId",
  "schools/teachers": "roles.org.sourcedId",
  "schools/classes": "school.sourcedId",
  "schools/enrollments": "school.sourcedId",
  "terms/classes": "terms.sourcedId",
  "courses/classes": "course.sourcedId",
};
const BY_ENROLMENT: Readonly<Record<string, { from: string; to: string }>> = {
  "classes/students": { from: "class.sourcedId", to: "user.sourcedId" },
  "students/classes": { from: "user.sourcedId", to: "class.sourcedId" },
  "users/classes": { from: "user.sourcedId", to: "class.sourcedId" },
};

/** One client and its scopes, an error body for every refusal, and the routes. */
export function oneRosterRoutes(app: FastifyInstance, stand: Stand, client: OneRosterClient): void {
  const scopesOf = tokenRoutes(app, client);

  const collectionOf = (name = "") => {
    const found = Object.hasOwn(COLLECTIONS, name) ? COLLECTIONS[name] : undefined;
    if (!found) throw new OneRosterError(404);
    return found;
  };
  const itemsOf = (request: FastifyRequest, name: string): Resource[] => {
    const base = `http://${request.headers.host ?? "localhost"}${BASE}`;
    return collectionOf(name).items(stand.mis, shownAt(base, stand.mis.until));
  };

  /** The object named in the address. A school that has not approved is forbidden, and nobody at it is there. */
  function objectOf(request: FastifyRequest): Resource {
    const { collection = "", id } = namesOf(request);
    const found = itemsOf(request, collection).find(({ sourcedId }) => sourcedId === id);
    if (found) return found;
    const closed = stand.mis.schools.some(({ wondeId, approved }) => wondeId === id && !approved);
    throw new OneRosterError(closed && ["orgs", "schools"].includes(collection) ? 403 : 404);
  }

  function nestedItems(request: FastifyRequest): Resource[] {
    const { collection = "", nested = "" } = namesOf(request);
    const { sourcedId } = objectOf(request);
    const items = itemsOf(request, nested);
    const [field, by] = [NESTED[`${collection}/${nested}`], BY_ENROLMENT[`${collection}/${nested}`]];
    if (field) return items.filter((item) => valuesAt(item, field).includes(sourcedId));
    if (!by) throw new OneRosterError(404);
    const ties = itemsOf(request, "enrollments").filter((tie) => valuesAt(tie, by.from).includes(sourcedId));
    const wanted = new Set(ties.flatMap((tie) => valuesAt(tie, by.to)));
    return items.filter((item) => wanted.has(item.sourcedId));
  }

  const listed = (name: string, items: Resource[]) => ({ name: PLURALS[name] ?? name, ...collectionOf(name), items });

  void app.register(
    async (scope) => {
      scope.addHook("onSend", async (_, reply, payload) => {
        if (reply.statusCode < 400 || String(payload).includes("imsx_codeMajor")) return payload;
        reply.type("application/json").removeHeader("content-length");
        return JSON.stringify(errorBody(reply.statusCode));
      });
      scope.setErrorHandler((error, _, reply) =>
        error instanceof OneRosterError ? reply.code(error.status).send(error.body) : reply.code(500).send({}),
      );
      scope.setNotFoundHandler((_, reply) => reply.code(404).send({}));
      scope.addHook("preHandler", async (request) => {
        const scopes = scopesOf(header(request, "authorization"));
        if (scopes.length === 0) throw new OneRosterError(401);
        const { collection } = namesOf(request);
        const wanted = collection === "demographics" ? DEMOGRAPHICS : ROSTER;
        if (!wanted.some((name) => scopes.includes(name))) throw new OneRosterError(403);
      });
      scope.get("/:collection", (request, reply) => {
        const { collection = "" } = namesOf(request);
        return page(request, reply, listed(collection, itemsOf(request, collection)));
      });
      scope.get("/:collection/:id", (request) => {
        const { one, fields } = collectionOf(namesOf(request).collection);
        return { [one]: projection(queryOf(request)["fields"], fields)(objectOf(request)) };
      });
      scope.get("/:collection/:id/:nested", (request, reply) =>
        page(request, reply, listed(namesOf(request).nested ?? "", nestedItems(request))),
      );
    },
    { prefix: BASE },
  );
}

/** Where the wrapper is not the collection's own name. */
const PLURALS: Readonly<Record<string, string>> = {
  schools: "orgs",
  students: "users",
  teachers: "users",
  terms: "academicSessions",
  gradingPeriods: "academicSessions",
};
