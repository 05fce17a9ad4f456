// Starts the agencies' simulators and the demo issuer, each as a process of its own, and ends when they do.

import { parseArgs } from "node:util";
import { inWords, launch, type Launched } from "./support/launch.ts";
import { stopWithParent } from "./support/launch-leash.ts";
import { FLAGS, key, plan, type SystemName } from "./support/launch-plan.ts";
import { tryPorts } from "./support/launch-ports.ts";

const HELP = `Starts the simulators: health, education, police, social-care and the demo issuer.

  --only health,police     start only these
  --without issuer         start all but these
  --port-base 8700         health +1, education +2, police +3, social care +4 (control +14); 0: the system chooses all ports
  --port NAME=NUMBER       one port (health, education, police, social-care, control, issuer); may be repeated
  --children --seed --until             the synthetic town, the same for all
  --jwks-file FILE, --jwks-url URL      the public key with which the hub signs in at health
  --health-client-id ID    as whom the hub signs in there
  --pds-per-second 5       how many requests a second health's demographics allow; 0: any number
  --education-token TOKEN               what the hub shows to education
  --push-to URL --client-id --secret    where police send notices, and as whom
  --database-url URL       social care's tables in a server of your own
  --key-file FILE          keeps the issuer's key across restarts
  --systems-file FILE      keys with which agencies' systems sign in at the issuer: {"larch-hill-mis": {"keys": [...]}}
  --with-parent            stop when standard input closes
`;

const stopping = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => stopping.abort());

async function main(): Promise<void> {
  const { values } = parseArgs({ options: FLAGS });
  if (values.help) return console.log(HELP);
  if (values["with-parent"]) stopWithParent();
  const { programs, ports } = plan(values, new URL(import.meta.url));
  await tryPorts(ports);
  const running = await startAll(programs);
  if (stopping.signal.aborted) return;

  const systems = running.map(({ name, ready, pid }) => {
    const { ready: _, ...said } = ready;
    return [key(name), { ...said, pid }];
  });
  console.log(JSON.stringify({ ready: "simulators", systems: Object.fromEntries(systems) }));
  await Promise.all(running.map(watch));
  if (!stopping.signal.aborted) throw new Error("All simulators have ended");
}

type Running = Launched & { readonly name: SystemName };

/** All or none: when one cannot start, the others are stopped and its reason is the reason. */
async function startAll(programs: ReturnType<typeof plan>["programs"]): Promise<Running[]> {
  const { signal } = stopping;
  const failures: unknown[] = [];
  const started = await Promise.all(
    programs.map(async (program) => {
      try {
        return [{ ...(await launch({ ...program, signal })), name: program.name }];
      } catch (error) {
        if (!signal.aborted) failures.push(error);
        stopping.abort();
        return [];
      }
    }),
  );
  if (signal.aborted) await Promise.all(started.flat().map(({ ended }) => ended));
  if (failures.length > 0) throw failures[0];
  return started.flat();
}

/** One agency's system may fail without the others: the hub has to cope with exactly that. */
async function watch({ name, ended }: Running): Promise<void> {
  const end = await ended;
  if (!stopping.signal.aborted) console.error(`The ${name} simulator has ended (${inWords(end)})`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : "The simulators could not start");
  process.exitCode = 1;
});
