import { configOfProcess, isAgencyConfigured, type Config } from "./config.ts";
import { type Demo, startDemo } from "./demo.ts";
import { type OpenHub, openHub } from "./hub.ts";
import { makeServer } from "./server.ts";
import { startWorker } from "./worker.ts";

interface StartFlags {
  readonly role: string;
  readonly children?: string;
  readonly seed?: string;
}

/** The day at which the synthetic town's story stands. */
const TOWN_DAY = "2026-03-02";

/** Starts what the role names, and stays until it is told to stop. */
export async function start({ role, children, seed }: StartFlags): Promise<void> {
  if (!["api", "worker", "all"].includes(role)) throw new Error("--role must be api, worker or all");
  const began = Date.now();
  const given = configOfProcess();
  const hubUrl = `http://${given.HOST}:${given.PORT}`;
  const agencies = !isAgencyConfigured(given) && given.NODE_ENV !== "production";
  const needsDemo = agencies || !given.OIDC_ISSUER;
  const demo = needsDemo ? await startDemo(given, { children, seed, until: TOWN_DAY, hubUrl, agencies }) : null;
  const config = configOfProcess(demo?.settings);
  const open = await openHub(config, agencies ? { townDay: TOWN_DAY } : {}).catch(async (error: unknown) => {
    await demo?.stop();
    throw error;
  });
  const closers: (() => Promise<unknown>)[] = [];
  if (role !== "worker") {
    const demoToken = demo ? () => tokenFrom(config.OIDC_ISSUER ?? "") : undefined;
    const server = await makeServer({ config, open, ...(demoToken && { demoToken }) });
    await server.listen({ host: config.HOST, port: config.PORT });
    closers.push(() => server.close());
  }
  if (role !== "api") await startWorker(open);
  closeOnSignal([...closers, () => open.close(), async () => demo?.stop()]);
  announce({ config, open, demo, hubUrl, role, seconds: (Date.now() - began) / 1_000 });
}

async function tokenFrom(issuer: string): Promise<string | null> {
  const body = new URLSearchParams({ grant_type: "password", username: "social-worker", password: "demo" });
  const response = await fetch(`${issuer}/token`, { method: "POST", body }).catch(() => null);
  return response?.ok ? ((await response.json()) as { access_token: string }).access_token : null;
}

/** Closes in the order given: no new requests, then jobs in hand, then what they stand on. A second signal does not wait. */
function closeOnSignal(closers: readonly (() => Promise<unknown>)[]): void {
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
      : [`  GraphQL and GraphiQL  ${hubUrl}/graphql`, `  Who answers           ${hubUrl}/ready`]),
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
  '  npx hub ask submit-referral --as teacher referral=\'{"key":"my-first-referral","identifier":{"kind":"NHS_NUMBER","value":"9990123470"},"concern":"She flinched when the door banged.","level":"level-4","immediateDanger":false}\'',
];
