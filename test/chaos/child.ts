// A program under test: the API or a worker, over the servers named in its settings. Ends when whoever started it has gone.

import { createInterface } from "node:readline";
import { readConfig } from "../../src/config.ts";
import { CLOCK_ACTS } from "../../src/domain/obligation.ts";
import { Refusal } from "../../src/domain/refusal.ts";
import { openHub, type OpenHub } from "../../src/hub.ts";
import type { JobData } from "../../src/jobs/queues.ts";
import { startWorkers } from "../../src/jobs/workers.ts";
import { Referral } from "../../src/schema/referral.ts";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { deliverDue } from "../../src/services/deliveries.ts";
import { carryOutDue } from "../../src/services/due.ts";
import type { Hub } from "../../src/services/hub.ts";
import { handOnDue } from "../../src/services/inbox.ts";
import { routeOpen } from "../../src/services/open-routes.ts";
import { ANSWER, type Answer, type Command, type Line } from "./words.ts";
import { carryOutWork } from "./work.ts";
import { chaosArea } from "./world.ts";

/** Seldom enough that most alarms ring by themselves, often enough that a run ends. */
const SWEEP_EVERY_MS = 1_500;

let offsetMs = 0;
let open: OpenHub | null = null;
const now = () => new Date(Date.now() + offsetMs);

async function begin({ offsetMs: offset, role, sweeps }: Extract<Command, { do: "begin" }>): Promise<void> {
  offsetMs = offset;
  const opened = await openHub(readConfig(process.env), { systems: () => [], now });
  Object.assign(opened.hub, { area: chaosArea(opened.hub.area) });
  if (role === "worker") await startWorkers(opened.hub, opened.queues, { sweep: sweeps, sweepEveryMs: SWEEP_EVERY_MS });
  open = opened;
}

async function rush(hub: Hub): Promise<void> {
  const caller = clockCaller(hub, "chaos");
  const all = () => [
    carryOutDue(hub, caller, { acts: [...CLOCK_ACTS], upTo: hub.now() }),
    deliverDue(hub, caller, hub.now()),
    handOnDue(hub, caller, hub.now()),
    routeOpen(hub, caller),
  ];
  await Promise.allSettled([...all(), ...all(), ...all()]);
}

async function ring({ hub, queues }: OpenHub): Promise<void> {
  const at = hub.now().toISOString();
  const again = (data: JobData) => ({ id: `route-${hub.newId()}`, data, delayMs: 0 });
  const referrals = await hub.db.manager.find(Referral, { select: { id: true } });
  const timed = ["reminders", "reviews", "lateness", "escalation", "telling"] as const;
  await Promise.all([
    ...timed.map((queue) =>
      queues.wakeAll(
        queue,
        Array.from({ length: 20 }, () => again({ at })),
      ),
    ),
    queues.wakeAll(
      "routing",
      referrals.flatMap(({ id: referralId }) => [again({ referralId }), again({ referralId })]),
    ),
  ]);
}

async function answer(command: Command): Promise<Answer> {
  if (command.do === "begin") {
    await begin(command);
    return { ids: [] };
  }
  if (command.do === "clock") {
    ({ offsetMs } = command);
    return { ids: [] };
  }
  if (!open) throw new Error("It has not begun");
  if (command.do === "rush") await rush(open.hub);
  else if (command.do === "ring") await ring(open);
  else return carryOutWork(open.hub, command);
  return { ids: [] };
}

const say = (line: Line) => process.stdout.write(`${ANSWER}${JSON.stringify(line)}\n`);

async function obey(text: string): Promise<void> {
  const { id, command } = JSON.parse(text) as { id: number; command: Command };
  try {
    say({ id, answer: await answer(command) });
  } catch (error) {
    if (error instanceof Refusal) say({ id, answer: { ids: [], refused: error.code } });
    else say({ id, fault: `${(error as Error).name}: ${(error as Error).message}` });
  }
}

const lines = createInterface({ input: process.stdin });
lines.on("line", (text) => void obey(text));
lines.on("close", () => process.exit(0));
say({ id: 0, answer: { ids: [] } });
