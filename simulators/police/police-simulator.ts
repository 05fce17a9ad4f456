// A police force: it pushes its notices to the hub, and can be asked for them.

import type { FastifyInstance } from "fastify";
import { makeSimulator } from "../support/simulator.ts";
import type { Town } from "../town/types.ts";
import { errorBody } from "./errors.ts";
import { documentOf, type IncidentDocument, type SentNotice } from "./incident-document.ts";
import { makeNoticeStore, type EmittedNotice } from "./notice-store.ts";
import { makePushWorker, type PushTarget } from "./push-worker.ts";
import { addReadRoutes, type ReadCredentials } from "./read-routes.ts";

/** What the hub shows the force, and the force the hub, unless told otherwise. */
export const POLICE_CLIENT: ReadCredentials = { clientId: "sim-police", secret: "sim-police-secret" };

/** The force that the demo family's notices come from. */
export const DEMO_FORCE = 990;

export interface PoliceSimulatorOptions {
  /** Whose notices it holds: the town may have several forces, and each is a program of its own. */
  force?: number;
  /** Where notices go once it listens; null keeps them. */
  pushTo?: PushTarget | null;
  /** What a reader must show. */
  credentials?: ReadCredentials;
  /** Every so many notices one is sent a second time, as middleware does after a lost answer; 0 for never. */
  replayEvery?: number;
}

/** Builds the force's server over a town, not listening. `GET /__sim/pushes` tells how the sending goes. */
export async function makePoliceSimulator(town: Town, options: PoliceSimulatorOptions = {}): Promise<FastifyInstance> {
  const { pushTo = null, credentials = POLICE_CLIENT, replayEvery = 10, force = DEMO_FORCE } = options;
  const worker = pushTo && makePushWorker(pushTo);
  let app: FastifyInstance | null = null;
  const now = (): Date => (app?.getDecorator<() => Date>("simNow") ?? (() => new Date()))();
  const notices = town.police.filter(({ forceIdentifier }) => forceIdentifier === force);
  const store = makeNoticeStore(notices, now);

  const send = (notice: SentNotice, document: IncidentDocument = documentOf(notice)) =>
    worker?.push(notice.submissionId, document);

  async function sendEverything(): Promise<void> {
    await Promise.all(
      store.all().map(async ({ notice }, index) => {
        await send(notice);
        if (replayEvery > 0 && index % replayEvery === 0) await send(notice);
      }),
    );
  }

  function emit(event: EmittedNotice): { submissionId: string } | { error: string } {
    const named = store.find(event.like ?? event.amend ?? event.replay ?? event.duplicate ?? "");
    if (!named) return { error: "No such notice: like, amend, replay or duplicate must name one" };
    let notice = named;
    if (event.like) notice = store.addLike(named, event.with);
    if (event.amend) notice = store.amend(named, event.with);
    // A duplicate is the fault it sounds like: another text under an identifier that was used before.
    if (event.duplicate) notice = { ...named, description: `${named.description} (sent again)`, ...event.with };
    void send(notice, documentOf(notice));
    return { submissionId: notice.submissionId };
  }

  app = await makeSimulator({
    name: "police",
    errorBody,
    emit: (event) => emit(event),
    routes(server) {
      addReadRoutes(server, store, credentials);
      server.get("/__sim/pushes", async () => progressOf(worker?.pushes ?? []));
      server.addHook("onListen", async () => void sendEverything());
      server.addHook("onClose", async () => worker?.stop());
    },
  });
  return app;
}

function progressOf(pushes: readonly { state: string }[]) {
  const counts: Record<string, number> = {};
  for (const { state } of pushes) counts[state] = (counts[state] ?? 0) + 1;
  return { total: pushes.length, counts, pushes };
}
