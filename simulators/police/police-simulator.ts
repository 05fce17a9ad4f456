// A police force: it pushes its notices to the hub, and can be asked for them.

import type { FastifyInstance } from "fastify";
import { makeSimulator } from "../support/simulator.ts";
import { makeTown } from "../town/town.ts";
import type { Town } from "../town/types.ts";
import { batchOrder, makeBatchDrop } from "./batch-drop.ts";
import type { Certificate } from "./certificate.ts";
import { errorBody } from "./errors.ts";
import { documentOf, type IncidentDocument, type SentNotice } from "./incident-document.ts";
import { makeNoticeStore, type EmittedNotice } from "./notice-store.ts";
import { makePushWorker, type PushTarget } from "./push-worker.ts";
import { addReadRoutes, type ReadCredentials } from "./read-routes.ts";

/** What the hub shows the force, and the force the hub, unless told otherwise. */
export const POLICE_CLIENT: ReadCredentials = { clientId: "sim-police", secret: "sim-police-secret" };

/** The force that the demo family's notices come from. */
export const DEMO_FORCE = 990;

interface PoliceSimulatorOptions {
  /** Whose notices it holds: the town may have several forces, and each is a program of its own. */
  force?: number;
  /** Where notices go once it listens; null keeps them. */
  pushTo?: PushTarget | null;
  /** What a reader must show. */
  credentials?: ReadCredentials;
  /** Every so many notices one is sent a second time, as middleware does after a lost answer; 0 for never. */
  replayEvery?: number;
  /** Makes it ask everybody for a certificate; it shows the same one when it sends, if `pushTo` names none. */
  tls?: Certificate | null;
  /** Where nightly batches go; null leaves `POST /__sim/batch` out. */
  batchFolder?: string | null;
}

/** Builds the force's server over a town, not listening. `GET /__sim/pushes` tells how the sending goes. */
export async function makePoliceSimulator(town: Town, options: PoliceSimulatorOptions = {}): Promise<FastifyInstance> {
  const { pushTo = null, credentials = POLICE_CLIENT, replayEvery = 10, force = DEMO_FORCE } = options;
  const { tls = null, batchFolder = null } = options;
  const worker = pushTo && makePushWorker({ certificate: tls, ...pushTo });
  let app: FastifyInstance | null = null;
  const now = (): Date => (app?.getDecorator<() => Date>("simNow") ?? (() => new Date()))();
  const store = makeNoticeStore(ofForce(town, force), now);
  const startBatches = () =>
    batchFolder === null ? null : makeBatchDrop({ folder: batchFolder, force, held: store.all, now });
  let batches = startBatches();

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
    tls,
    errorBody: (status) => errorBody(status),
    emit: (event) => emit(event),
    async seed(settings) {
      store.replace(ofForce(makeTown(settings), force));
      batches = startBatches();
      void sendEverything();
    },
    routes(server) {
      addReadRoutes(server, store, credentials);
      server.post("/__sim/batch", async (request, reply) => {
        const order = batchOrder.safeParse(request.body ?? {});
        if (!batches || !order.success) return reply.code(400).send({ error: batches ? NO_ORDER : NO_FOLDER });
        return batches.drop(order.data);
      });
      server.get("/__sim/pushes", async () => progressOf(worker?.pushes ?? []));
      server.addHook("onListen", async () => void sendEverything());
      server.addHook("onClose", async () => worker?.stop());
    },
  });
  return app;
}

const NO_FOLDER = "Batches need a folder to go to: start the simulator with --batch-folder";
const NO_ORDER = "A batch takes since, an instant, and gap, true or false";

const ofForce = ({ police }: Town, force: number) => police.filter(({ forceIdentifier }) => forceIdentifier === force);

function progressOf(pushes: readonly { state: string }[]) {
  const counts: Record<string, number> = {};
  for (const { state } of pushes) counts[state] = (counts[state] ?? 0) + 1;
  return { total: pushes.length, counts, pushes };
}
