import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { guardedFetch } from "./adapters/address-guard.ts";
import { type Config, configOfProcess } from "./config.ts";
import { type OpenHub, openHub } from "./hub.ts";
import { alarmsOf } from "./services/health.ts";
import { checkSystems } from "./services/systems.ts";
import { drift, makeDataSource, migrate } from "./store/data-source.ts";

/** Applies what is missing, or with `--check` says what is. */
export async function migrateDatabase({ check = false }: { check?: boolean }): Promise<void> {
  const { DATABASE_URL: url } = configOfProcess();
  if (!url)
    throw new Error("DATABASE_URL is not set: the embedded database is brought up to date by `hub start` itself");
  const db = await makeDataSource({ url }, null).initialize();
  try {
    if (!check) await migrate(db);
    const behind = await db.showMigrations();
    const differences = behind ? [] : await drift(db);
    console.log(behind ? "The database is behind: run `hub migrate`" : "The database is up to date");
    for (const statement of differences) console.log(`differs: ${statement}`);
    if (behind || differences.length > 0) process.exitCode = 1;
  } finally {
    await db.destroy();
  }
}

interface Finding {
  readonly what: string;
  readonly well: boolean;
  readonly say: string;
}

function print(findings: readonly Finding[], json: boolean | undefined): void {
  if (json) console.log(JSON.stringify(findings, null, 2));
  else for (const { what, well, say } of findings) console.log(`${well ? "well " : "WRONG"}  ${what}: ${say}`);
  if (findings.some(({ well }) => !well)) process.exitCode = 1;
}

/** What to do about a system that does not answer, by the kind of fault. */
const MEND: Partial<Record<string, string>> = {
  AUTH: "look at its credentials in the settings",
  FORBIDDEN: "ask the agency to allow the hub",
  NOT_FOUND: "look at its address in the settings",
  TIMEOUT: "it is reached but too slow: ask the agency",
  MALFORMED: "what answers there is not that system: look at its address in the settings",
};

async function findingsAbout(open: OpenHub): Promise<Finding[]> {
  const systems = await checkSystems(open.hub, AbortSignal.timeout(5_000));
  return systems.map(({ agency, answers, fault }) => {
    const mend = MEND[fault ?? ""] ?? "look at its address in the settings, and whether it runs";
    return { what: agency.id, well: answers, say: answers ? "answers" : `does not answer (${fault}): ${mend}` };
  });
}

/** What is wrong with the work itself. Nobody can be at work on the embedded engine while this program holds its folder. */
async function findingsAboutWork({ hub }: OpenHub, config: Config): Promise<Finding[]> {
  const alone = !config.DATABASE_URL || !config.REDIS_URL;
  const alarms = (await alarmsOf(hub)).filter(({ code }) => !alone || code === "WORK_PARKED");
  if (alarms.length === 0) return [{ what: "work", well: true, say: "what is due is being done" }];
  return alarms.map(({ queue, says }) => ({ what: queue ? `work (${queue})` : "work", well: false, say: says }));
}

async function issuerFinding(issuer: string): Promise<Finding> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const answer = await guardedFetch({ allowPrivate: true })(address, { signal: AbortSignal.timeout(5_000) })
    .then(async (response) => (await response.json()) as { issuer?: string })
    .catch(() => null);
  const what = "sign-in";
  if (!answer) return { what, well: false, say: "OIDC_ISSUER does not answer: nobody can sign in until it does" };
  const well = answer.issuer === issuer;
  return {
    what,
    well,
    say: well ? "answers" : "OIDC_ISSUER must be exactly the issuer that its discovery document names",
  };
}

/** Names what is wrong and how to mend it. */
export async function doctor({ json }: { json?: boolean }): Promise<void> {
  let config: Config;
  try {
    config = configOfProcess();
  } catch (error) {
    return print([{ what: "settings", well: false, say: (error as Error).message }], json);
  }
  const findings: Finding[] = [{ what: "settings", well: true, say: "read" }];
  if (config.OIDC_ISSUER) findings.push(await issuerFinding(config.OIDC_ISSUER));
  try {
    const open = await openHub(config);
    findings.push({ what: "database", well: true, say: config.DATABASE_URL ? "answers" : "embedded, opens" });
    const warnings = await open.queues.checkSettings().catch((): string[] => ["Redis does not answer at REDIS_URL"]);
    findings.push(...warnings.map((say) => ({ what: "queues", well: false, say })));
    if (warnings.length === 0) findings.push({ what: "queues", well: true, say: "answer" });
    findings.push(...(await findingsAboutWork(open, config)), ...(await findingsAbout(open)));
    if (open.hub.systems.size === 0)
      findings.push({
        what: "agencies",
        well: config.NODE_ENV !== "production",
        say: "none configured (docs/settings.md); outside production `hub start` uses the synthetic town",
      });
    await open.close();
  } catch (error) {
    findings.push({ what: "start", well: false, say: (error as Error).message });
  }
  print(findings, json);
}

/** Asks every connected system whether it answers. */
export async function adapterCheck({ json }: { json?: boolean }): Promise<void> {
  const open = await openHub(configOfProcess());
  try {
    const findings = await findingsAbout(open);
    print(findings, json);
    if (findings.length === 0) console.error("No agency is configured (docs/settings.md)");
  } finally {
    await open.close();
  }
}

/** Hands its flags to the program that makes the town. */
export function town(flags: readonly string[]): void {
  const programs = [
    new URL("../simulators/town/main.js", import.meta.url),
    new URL("../simulators/town/main.ts", import.meta.url),
  ];
  const program = programs.find((url) => existsSync(url));
  if (!program) throw new Error("The simulators are not part of this installation");
  const { status } = spawnSync(process.execPath, [...process.execArgv, fileURLToPath(program), ...flags], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}
