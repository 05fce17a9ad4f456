// Trying the hub out with nothing installed: the simulators and the demo issuer, started beside it as processes of their own.

import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Config } from "./config.ts";

export interface DemoWishes {
  readonly children?: string | undefined;
  readonly seed?: string | undefined;
  readonly until?: string | undefined;
  /** Where the hub will listen, for the police simulator to send its notices to. */
  readonly hubUrl: string;
  /** Ports chosen by the system instead of the usual ones. */
  readonly anyPorts?: boolean;
}

export interface Demo {
  /** Settings that point the hub at what was started. */
  readonly settings: Readonly<Record<string, string>>;
  /** Ends with the simulators, or when `stop` has stopped them. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

interface Ready {
  readonly systems: Readonly<Record<string, { readonly url: string; readonly databaseUrl?: string } | undefined>>;
}

/** What the demo's hub and the simulators know each other by. */
export const CLIENT = "hub-demo";
export const TOKEN = "synthetic-town-token";
export const SECRET = "synthetic-town-secret";
/** The force whose notices the demo family is in. */
const FORCE = "990";

/** The launcher beside this program, compiled or not. */
const LAUNCHER = [new URL("../simulators/main.js", import.meta.url), new URL("../simulators/main.ts", import.meta.url)];

/** Starts what the wishes name and waits until it is ready. Throws one sentence if it cannot. */
export async function startDemo(config: Config, wishes: DemoWishes): Promise<Demo> {
  if (config.NODE_ENV === "production")
    throw new Error(
      "The demo is refused in production: set OIDC_ISSUER and the agencies' addresses (docs/settings.md)",
    );
  const launcher = LAUNCHER.find((url) => existsSync(url));
  if (!launcher) throw new Error("The simulators are not part of this installation");
  const keys = demoKeys(resolve(config.HUB_DATA));
  const optional = (["children", "seed", "until"] as const).flatMap((name) =>
    wishes[name] === undefined ? [] : [`--${name}=${wishes[name]}`],
  );
  const child = spawn(
    process.execPath,
    [
      ...process.execArgv,
      fileURLToPath(launcher),
      "--with-parent",
      `--jwks-file=${keys.jwksFile}`,
      `--systems-file=${demoSystemKeys(resolve(config.HUB_DATA))}`,
      `--health-client-id=${CLIENT}`,
      `--education-token=${TOKEN}`,
      `--push-to=${wishes.hubUrl}/inbound/police`,
      `--client-id=${CLIENT}`,
      `--secret=${SECRET}`,
      ...(wishes.anyPorts ? ["--port-base=0"] : []),
      ...optional,
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const ended = new Promise<void>((done) => child.once("close", () => done()));
  const { systems } = await readyLine(child, ended);
  return {
    settings: settingsFor(systems, keys),
    ended,
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function readyLine(child: ChildProcess, ended: Promise<void>): Promise<Ready> {
  const { stdout } = child;
  if (!stdout) throw new Error("The simulators could not be started");
  const first = new Promise<string>((done) => createInterface({ input: stdout }).once("line", done));
  const line = await Promise.race([first, ended]);
  if (line === undefined) throw new Error("The simulators could not be started; see above");
  return JSON.parse(line) as Ready;
}

/** The hub's own key pair for signing in at the health simulator, made once. */
export function demoKeys(folder: string) {
  mkdirSync(folder, { recursive: true });
  const [keyFile, jwksFile] = [join(folder, "demo-key.pem"), join(folder, "demo-jwks.json")];
  if (!existsSync(keyFile)) {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    writeFileSync(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
    const jwk = { ...publicKey.export({ format: "jwk" }), kid: CLIENT, alg: "RS512", use: "sig" };
    writeFileSync(jwksFile, JSON.stringify({ keys: [jwk] }));
  }
  return { keyFile, jwksFile };
}

/** Agencies' systems that may sign in at the demo issuer. */
const DEMO_SYSTEMS = ["larch-hill-mis", "community-health-epr"] as const;

/** Where the private key of one of them is kept, for whoever tries out what it may do. */
export const demoSystemKey = (folder: string, client: string): string => join(folder, `demo-system-${client}.pem`);

/** Their key pairs, made once. Returns the file with what is published of them. */
export function demoSystemKeys(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const published = join(folder, "demo-systems.json");
  if (!existsSync(published)) {
    const sets = DEMO_SYSTEMS.map((client) => {
      const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
      writeFileSync(demoSystemKey(folder, client), privateKey.export({ type: "pkcs8", format: "pem" }), {
        mode: 0o600,
      });
      return [client, { keys: [{ ...publicKey.export({ format: "jwk" }), kid: client, alg: "ES256", use: "sig" }] }];
    });
    writeFileSync(published, JSON.stringify(Object.fromEntries(sets)));
  }
  return published;
}

/** The settings that point a hub at these. */
export function settingsFor(systems: Ready["systems"], keys: { readonly keyFile: string }): Record<string, string> {
  const { health, education, police, socialCare, issuer } = systems;
  return {
    ...(issuer && { OIDC_ISSUER: issuer.url }),
    ...(health && {
      HEALTH_PDS_URL: `${health.url}/personal-demographics/FHIR/R4`,
      HEALTH_TOKEN_URL: `${health.url}/oauth2/token`,
      HEALTH_CARE_RECORD_URL: `${health.url}/fhir/R4`,
      HEALTH_CLIENT_ID: CLIENT,
      HEALTH_KEY_ID: CLIENT,
      HEALTH_PRIVATE_KEY_FILE: keys.keyFile,
      HEALTH_ORGANISATION: "X99999",
    }),
    ...(education && { EDUCATION_URL: education.url, EDUCATION_TOKEN: TOKEN }),
    ...(police && {
      POLICE_CLIENT_ID: CLIENT,
      POLICE_CLIENT_SECRET: SECRET,
      POLICE_FORCE: FORCE,
      POLICE_READ_URL: police.url,
    }),
    ...(socialCare?.databaseUrl && { SOCIAL_CARE_DATABASE_URL: socialCare.databaseUrl }),
  };
}
