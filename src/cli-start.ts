import { once } from "node:events";
import { createServer } from "node:net";
import { signInAs } from "./cli-client.ts";
import { configOfProcess, isAgencyConfigured, type Config } from "./config.ts";
import { seedDemoPosts } from "./demo-posts.ts";
import { seedDemoTeam } from "./demo-team.ts";
import { type Demo, startDemo } from "./demo.ts";
import { type OpenHub, openHub } from "./hub.ts";
import { makeServer } from "./server.ts";
import { collect } from "./services/collect.ts";
import { watchAlarms } from "./services/health.ts";
import { startWorker } from "./worker.ts";

interface StartFlags {
  readonly role: string;
  readonly children?: string;
  readonly seed?: string;
  /** Ports that the system chooses, for running beside another hub. */
  readonly anyPorts?: boolean;
}

/** What undoes what was started, last first: no new requests, then jobs in hand, then what they stand on. */
type Closers = (() => Promise<unknown>)[];

/** The day at which the synthetic town's story stands. */
const TOWN_DAY = "2026-03-02";

/** Starts what the role names, and stays until it is told to stop. What had started is stopped again where something fails. */
export async function start(flags: StartFlags): Promise<void> {
  if (!["api", "worker", "all"].includes(flags.role)) throw new Error("--role must be api, worker or all");
  const closers: Closers = [];
  try {
    await startParts(flags, closers);
  } catch (error) {
    for (const closer of closers) await closer();
    throw error;
  }
  closeOnSignal(closers);
}

async function startParts({ role, children, seed, anyPorts = false }: StartFlags, closers: Closers): Promise<void> {
  const began = Date.now();
  const given = configOfProcess();
  const port = anyPorts || given.PORT === 0 ? await freePort(given.HOST) : given.PORT;
  const hubUrl = `http://${given.HOST}:${port}`;
  const isDemo = !isAgencyConfigured(given) && given.NODE_ENV !== "production";
  const demo = isDemo ? await startDemo(given, { children, seed, until: TOWN_DAY, hubUrl, anyPorts }) : null;
  if (demo) closers.unshift(() => demo.stop());
  const config = configOfProcess({ ...demo?.settings, PORT: String(port) });
  const open = await openHub(config, isDemo ? { townDay: TOWN_DAY } : {});
  closers.unshift(() => open.close());
  const stopWatching = watchAlarms(open.hub);
  closers.unshift(async () => stopWatching());
  if (role !== "worker") {
    const demoToken = demo ? () => demoTokenFrom(config.OIDC_ISSUER ?? "") : undefined;
    const server = await makeServer({ config, open, ...(demoToken && { demoToken }) });
    closers.unshift(() => server.close());
    await server.listen({ host: config.HOST, port }).catch((error: unknown) => whyNotListening(error, port));
  }
  if (isDemo) await seedDemoPosts(open);
  if (role !== "api") await startWorker(open);
  // So that the first question somebody tries finds the synthetic town read, as a hub that runs would have it.
  if (isDemo && role !== "api") {
    await Promise.all([...open.hub.systems.keys()].map((agencyId) => collect(open.hub, agencyId)));
    await seedDemoTeam(open);
  }
  announce({ config, open, demo, hubUrl, role, seconds: (Date.now() - began) / 1_000 });
}

function whyNotListening(cause: unknown, port: number): never {
  if ((cause as { code?: string }).code !== "EADDRINUSE") throw cause;
  throw new Error(`Port ${port} is taken: stop what listens there, or set PORT to another`, { cause });
}

/** The demo must know where the hub will listen before the hub can be opened. */
async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** GraphiQL is served without a token where the issuer gives none. */
const demoTokenFrom = (issuer: string): Promise<string | null> =>
  signInAs({ as: "social-worker", issuer }).catch(() => null);

/** A second signal does not wait. */
function closeOnSignal(closers: Closers): void {
  let closing = false;
  const close = async () => {
    if (closing) process.exit(1);
    closing = true;
    for (const closer of closers) await closer();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void close());
}

interface Started {
  readonly config: Config;
  readonly open: OpenHub;
  readonly demo: Demo | null;
  readonly hubUrl: string;
  readonly role: string;
  readonly seconds: number;
}

function announce({ config, open, demo, hubUrl, role, seconds }: Started): void {
  const engines = `${config.DATABASE_URL ? "your database" : "embedded database"}, ${config.REDIS_URL ? "your Redis" : "embedded queues"}`;
  const lines = [
    `safeguarding-hub is ready (${role}; ${engines}; ${seconds.toFixed(1)} s)`,
    ...(role === "worker"
      ? []
      : [
          `  GraphQL and GraphiQL  ${hubUrl}/graphql`,
          `  Who answers           ${hubUrl}/ready`,
          ...(config.SMTP_URL ? [] : [`  What was told         ${hubUrl}/outbox`]),
        ]),
    `  Agencies              ${[...open.hub.systems.keys()].join(", ") || "none: see docs/settings.md"}`,
  ];
  if (demo) lines.push(`  Sign-in (demo only)   ${config.OIDC_ISSUER}`, "", ...DEMO);
  console.log(lines.join("\n"));
}

const DEMO = [
  "Everybody in the synthetic town is invented. Demo people: teacher, health-visitor, police-officer, social-worker,",
  "mash-manager, conference-chair, board-manager, data-protection-officer, agency-developer, nobody.",
  "",
  "Try, in another terminal:",
  "  npx hub token --as teacher",
  "  npx hub ask find-child --as social-worker kind=NHS_NUMBER value=9990123470",
  '  npx hub ask break-glass --as health-visitor glass=\'{"key":"my-first-glass","identifier":{"kind":"NHS_NUMBER","value":"9990987769"},"risk":"He is at the door, and the children are alone in there."}\'',
  '  npx hub ask submit-referral --as teacher referral=\'{"key":"my-first-referral","identifier":{"kind":"NHS_NUMBER","value":"9990123470"},"concern":"She flinched when the door banged.","level":"level-4","immediateDanger":false}\'',
];
