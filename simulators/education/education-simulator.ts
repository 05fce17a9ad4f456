// The schools' side: an API in the manner of Wonde over every school of the town, and OneRoster over the same. Each route names
// what is asked of it; envelope, paging and refusals are the same for all of one API.

import type { FastifyInstance } from "fastify";
import { makeSimulator, header } from "../support/simulator.ts";
import { makeTown } from "../town/town.ts";
import type { Town } from "../town/types.ts";
import { answer, type Stand } from "./answer.ts";
import { ATTENDANCE_CODES } from "./attendance-codes.ts";
import { emit } from "./emit.ts";
import { makeMis } from "./mis.ts";
import { BASE } from "./oneroster-base.ts";
import { oneRosterRoutes } from "./oneroster-routes.ts";
import type { OneRosterClient } from "./oneroster-token.ts";
import { WondeError } from "./query.ts";
import { renderSchool } from "./render-register.ts";
import { schoolRoutes } from "./school-routes.ts";

export interface EducationOptions {
  /** The bearer token that opens it. */
  token?: string;
  /** Lets records be updated while their list is being paged through: one then comes a second time on each further page. */
  drift?: boolean;
  /** Requests a second before 429; unlimited when left out. Wonde's own limit is not published. */
  perSecond?: number;
  /** Who may sign in to OneRoster. */
  oneRoster?: OneRosterClient;
}

export const EDUCATION_TOKEN = "sim-education-token";
export const ONEROSTER_CLIENT: OneRosterClient = { clientId: "sim-oneroster-client", secret: "sim-oneroster-secret" };

export async function makeEducationSimulator(town: Town, options: EducationOptions = {}): Promise<FastifyInstance> {
  const { token = EDUCATION_TOKEN, drift = false, perSecond, oneRoster = ONEROSTER_CLIENT } = options;
  let clock = () => new Date();
  const stand: Stand = { mis: makeMis(town), drift, now: () => clock() };
  return makeSimulator({
    name: "education",
    errorBody: (status) => ({ error: status === 429 ? "too_many_requests" : `error_${status}` }),
    emit: (event) => emit(stand.mis, event, clock()),
    seed: (settings) => {
      stand.mis = makeMis(makeTown(settings));
    },
    routes: (app) => {
      clock = app.getDecorator<() => Date>("simNow");
      guard(app, { token, perSecond, now: stand.now });
      for (const [path, approved] of [
        ["/v1.0/schools", true],
        ["/v1.0/schools/pending", false],
      ] as const)
        app.get(path, (request) => {
          const items = stand.mis.schools
            .filter((school) => school.approved === approved)
            .map((school) => ({ id: school.wondeId, school }));
          return answer(request, { items, show: ({ school }) => renderSchool(school) });
        });
      app.get("/v1.0/attendance-codes", (request) =>
        answer(request, { items: ATTENDANCE_CODES, show: (code) => code }),
      );
      schoolRoutes(app, stand);
      oneRosterRoutes(app, stand, oneRoster);
    },
  });
}

interface Guard {
  token: string;
  perSecond: number | undefined;
  now: () => Date;
}

/** 401 without Wonde's token, 429 above the limit of both APIs together, the protocol's bodies for refusals, and a `Date` that follows the clock. */
function guard(app: FastifyInstance, { token, perSecond, now }: Guard): void {
  let second = 0;
  let count = 0;
  app.addHook("onRequest", async (request, reply) => {
    const wonde = request.url.startsWith("/v1.0");
    if (!wonde && !request.url.startsWith(BASE)) return;
    if (wonde && header(request, "authorization") !== `Bearer ${token}`)
      return reply.code(401).send({ error: "invalid_token", error_description: "The access token is not valid" });
    const current = Math.floor(Date.now() / 1_000);
    count = current === second ? count + 1 : 1;
    second = current;
    if (perSecond === undefined || count <= perSecond) return;
    return reply.code(429).header("retry-after", "1").send({ error: "too_many_requests" });
  });
  app.addHook("onSend", async (_, reply) => void reply.header("date", now().toUTCString()));
  app.setErrorHandler((error, _, reply) =>
    error instanceof WondeError
      ? reply.code(error.status).send(error.body)
      : reply.code(500).send({ error: "server_error" }),
  );
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ error: "not_found" }));
}
