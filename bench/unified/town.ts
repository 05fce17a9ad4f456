// The simulators as processes on ports of the system's choosing, and what a client needs to talk to them.

import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { launch } from "../../simulators/support/launch.ts";

export const TOWN_DAY = "2026-03-02";
const CLIENT = "hub-bench";
const EDUCATION_TOKEN = "bench-token";
const POLICE_SECRET = "bench-secret";
/** The force whose notices the town's police send. */
const FORCE = "990";

/** Where the simulators are and as whom to ask them; everything in it is made up for one run. */
export interface TownAccess {
  readonly health: { readonly url: string; readonly clientId: string; readonly keyFile: string };
  readonly education: { readonly url: string; readonly token: string };
  readonly police: { readonly url: string; readonly clientId: string; readonly secret: string };
  readonly socialCare: { readonly databaseUrl: string };
}

export interface RunningTown {
  readonly access: TownAccess;
  /** The hub's settings for these systems. */
  readonly settings: Readonly<Record<string, string>>;
  /** What reached each system since `forget`: how often, by path or table. */
  counts(): Promise<Record<string, Record<string, number>>>;
  forget(): Promise<void>;
  stop(): Promise<void>;
}

type Systems = Readonly<Record<string, { readonly url: string; readonly databaseUrl?: string }>>;

export async function startTown(children: number, careDatabaseUrl: string | null): Promise<RunningTown> {
  const folder = mkdtempSync(join(tmpdir(), "hub-bench-town-"));
  const keyFile = join(folder, "key.pem");
  const jwksFile = join(folder, "jwks.json");
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writeFileSync(keyFile, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: CLIENT, alg: "RS512", use: "sig" };
  writeFileSync(jwksFile, JSON.stringify({ keys: [jwk] }));
  const extension = extname(fileURLToPath(import.meta.url));
  const launched = await launch({
    program: new URL(`../../simulators/main${extension}`, import.meta.url),
    args: [
      "--with-parent",
      "--without=issuer",
      "--port-base=0",
      `--children=${children}`,
      `--until=${TOWN_DAY}`,
      `--jwks-file=${jwksFile}`,
      `--health-client-id=${CLIENT}`,
      "--pds-per-second=0",
      `--education-token=${EDUCATION_TOKEN}`,
      `--client-id=${CLIENT}`,
      `--secret=${POLICE_SECRET}`,
      ...(careDatabaseUrl ? [`--database-url=${careDatabaseUrl}`] : []),
    ],
    name: "town's",
  });
  const systems = launched.ready["systems"] as Systems;
  const urlOf = (name: string): string => systems[name]?.url ?? "";
  const access: TownAccess = {
    health: { url: urlOf("health"), clientId: CLIENT, keyFile },
    education: { url: urlOf("education"), token: EDUCATION_TOKEN },
    police: { url: urlOf("police"), clientId: CLIENT, secret: POLICE_SECRET },
    socialCare: { databaseUrl: systems["socialCare"]?.databaseUrl ?? "" },
  };
  return {
    access,
    settings: settingsFor(access),
    async counts() {
      const journals = Object.entries(systems).map(async ([name, { url }]) => {
        const { requests } = (await (await fetch(`${url}/__sim/requests`)).json()) as { requests: Journal };
        return [name, tally(requests)] as const;
      });
      return Object.fromEntries(await Promise.all(journals));
    },
    async forget() {
      await Promise.all(Object.values(systems).map(({ url }) => fetch(`${url}/__sim/requests`, { method: "DELETE" })));
    },
    async stop() {
      await launched.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Journal = readonly { readonly path: string }[];

/** By path without what differs from child to child or school to school. */
function tally(requests: Journal): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { path } of requests) {
    const kind = path
      .replace(/\/A\d+/g, "/:id")
      .replace(/^\/(?:fhir\/R4|v1\.0)\//, "")
      .replace(/\/_search$/, "");
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return Object.fromEntries(Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const settingsFor = ({ health, education, police, socialCare }: TownAccess) => ({
  HEALTH_PDS_URL: `${health.url}/personal-demographics/FHIR/R4`,
  HEALTH_TOKEN_URL: `${health.url}/oauth2/token`,
  HEALTH_CARE_RECORD_URL: `${health.url}/fhir/R4`,
  HEALTH_CLIENT_ID: health.clientId,
  HEALTH_KEY_ID: health.clientId,
  HEALTH_PRIVATE_KEY_FILE: health.keyFile,
  HEALTH_ORGANISATION: "X99999",
  EDUCATION_URL: education.url,
  EDUCATION_TOKEN: education.token,
  POLICE_CLIENT_ID: police.clientId,
  POLICE_CLIENT_SECRET: police.secret,
  POLICE_FORCE: FORCE,
  POLICE_READ_URL: police.url,
  SOCIAL_CARE_DATABASE_URL: socialCare.databaseUrl,
});
