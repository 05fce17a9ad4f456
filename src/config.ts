// The only file that reads the environment. Everything wrong with it is reported at once, before anything starts.

import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";

/** What an unset variable stands for is said here; docs/settings.md lists them for people. */
const url = (...schemes: string[]) =>
  z.string().refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}://`)) && URL.canParse(text), {
    message: `must be an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}`,
  });

const SETTINGS = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  HOST: z.string().default("127.0.0.1"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
  /** Where the embedded engine and the demo keep their files. */
  HUB_DATA: z.string().default(".hub"),
  AREA: z
    .string()
    .regex(/^[a-z-]+$/, "must be the name of a file in policies/")
    .default("oxfordshire"),
  DATABASE_URL: url("mysql", "mariadb", "postgres", "postgresql").optional(),
  REDIS_URL: url("redis", "rediss").optional(),
  OIDC_ISSUER: url("https", "http").optional(),
  OIDC_AUDIENCE: z.string().default("safeguarding-hub"),
  /** Keys the hashes by which records are compared: 32 characters or more. Changing it means collecting everything anew. */
  HUB_HASH_KEY: z.string().min(32, "must be at least 32 characters").optional(),
  /** Lets whoever holds it read the metrics from anywhere; unset, they are read on this machine alone. */
  METRICS_TOKEN: z.string().min(16, "must be at least 16 characters").optional(),
  /** Where people reach the hub: what they are told links to it. */
  HUB_URL: url("https", "http").optional(),
  SMTP_URL: url("smtp", "smtps").optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^(?:[^<>@\p{Cc}]{0,80}<[^\s<>@]+@[a-zA-Z0-9.-]+>|[^\s<>@]+@[a-zA-Z0-9.-]+)$/u,
      "must be an address, or a name and <address>",
    )
    .optional(),
  /** Lets webhooks be http, and lie in private networks. */
  WEBHOOK_ALLOW_PRIVATE: z.enum(["true", "false"]).default("false"),
  /** Whether NHS numbers of the range kept for tests (999…) are evidence. Unset: not in production. */
  NHS_TEST_NUMBERS: z.enum(["take", "refuse"]).optional(),
  HEALTH_PDS_URL: url("https", "http").optional(),
  HEALTH_TOKEN_URL: url("https", "http").optional(),
  HEALTH_CARE_RECORD_URL: url("https", "http").optional(),
  HEALTH_CLIENT_ID: z.string().optional(),
  HEALTH_KEY_ID: z.string().optional(),
  HEALTH_PRIVATE_KEY_FILE: z.string().optional(),
  HEALTH_ORGANISATION: z
    .string()
    .regex(/^[A-Z0-9]{1,10}$/, "must be an ODS code")
    .optional(),
  EDUCATION_URL: url("https", "http").optional(),
  EDUCATION_TOKEN: z.string().optional(),
  POLICE_CLIENT_ID: z.string().optional(),
  POLICE_CLIENT_SECRET: z.string().optional(),
  POLICE_FORCE: z.coerce.number().int().optional(),
  POLICE_READ_URL: url("https", "http").optional(),
  /** PEM texts, for a force whose read side asks for a client certificate; usually given as …_FILE. */
  POLICE_TLS_CERT: z.string().optional(),
  POLICE_TLS_KEY: z.string().optional(),
  POLICE_TLS_CA: z.string().optional(),
  SOCIAL_CARE_DATABASE_URL: url("mysql", "mariadb", "postgres", "postgresql").optional(),
});
type Settings = z.infer<typeof SETTINGS>;

/** Settings that make sense only together. */
const GROUPS: readonly (readonly (keyof Settings)[])[] = [
  [
    ...(["HEALTH_PDS_URL", "HEALTH_TOKEN_URL", "HEALTH_CARE_RECORD_URL"] as const),
    ...(["HEALTH_CLIENT_ID", "HEALTH_KEY_ID", "HEALTH_PRIVATE_KEY_FILE", "HEALTH_ORGANISATION"] as const),
  ],
  ["EDUCATION_URL", "EDUCATION_TOKEN"],
  ["POLICE_CLIENT_ID", "POLICE_CLIENT_SECRET", "POLICE_FORCE"],
  ["POLICE_TLS_CERT", "POLICE_TLS_KEY", "POLICE_TLS_CA"],
];

const AGENCY_ADDRESSES = [
  "HEALTH_PDS_URL",
  "HEALTH_TOKEN_URL",
  "HEALTH_CARE_RECORD_URL",
  "EDUCATION_URL",
  "POLICE_READ_URL",
];

/** Needed where there are real children. */
const IN_PRODUCTION = [
  ...(["DATABASE_URL", "REDIS_URL", "OIDC_ISSUER", "HUB_HASH_KEY"] as const),
  ...(["HUB_URL", "SMTP_URL", "MAIL_FROM"] as const),
];

export type Config = Readonly<Settings>;

/** With real children, a number that somebody made up to try a system out must not join two records. */
export const takesTestNumbers = ({ NHS_TEST_NUMBERS, NODE_ENV }: Config): boolean =>
  NHS_TEST_NUMBERS ? NHS_TEST_NUMBERS === "take" : NODE_ENV !== "production";

/** Any agency's system named in the settings. Without one the demo's simulators stand in, but never in production. */
export const isAgencyConfigured = (config: Config): boolean =>
  [config.HEALTH_PDS_URL, config.EDUCATION_URL, config.POLICE_CLIENT_ID, config.SOCIAL_CARE_DATABASE_URL].some(Boolean);

/** The settings in this environment. Any variable may instead be given as NAME_FILE, a file that holds its value.
 *  Throws one error that names every problem. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = [];
  const given: Record<string, string> = {};
  for (const name of Object.keys(SETTINGS.shape)) {
    const value = env[name] ?? fromFile(env[`${name}_FILE`], `${name}_FILE`, problems);
    if (value !== undefined && value !== "") given[name] = value;
  }
  const parsed = SETTINGS.safeParse(given);
  for (const { path, message } of parsed.error?.issues ?? []) problems.push(`${path.join(".")} ${message}`);
  for (const group of GROUPS) {
    const missing = group.filter((name) => given[name] === undefined);
    if (missing.length > 0 && missing.length < group.length)
      problems.push(`${missing.join(", ")} must be set too, since other settings of that system are`);
  }
  problems.push(...aboutAgencies(given));
  if (given["NODE_ENV"] === "production") {
    for (const name of IN_PRODUCTION) if (!given[name]) problems.push(`${name} must be set in production`);
    for (const name of ["OIDC_ISSUER", "HUB_URL", ...AGENCY_ADDRESSES])
      if (given[name]?.startsWith("http:")) problems.push(`${name} must begin with https:// in production`);
  } else if (given["SMTP_URL"] && !given["MAIL_FROM"]) problems.push("MAIL_FROM must be set where SMTP_URL is");
  if (problems.length > 0 || !parsed.success)
    throw new Error(`Settings (docs/settings.md):\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
  return Object.freeze(parsed.data);
}

/** What is wrong with the agencies' settings beyond each one's own form. */
function aboutAgencies(given: Readonly<Record<string, string>>): string[] {
  const problems: string[] = [];
  const keyFile = given["HEALTH_PRIVATE_KEY_FILE"];
  if (keyFile !== undefined && !isRsaKey(keyFile))
    problems.push("HEALTH_PRIVATE_KEY_FILE must name a readable file with an RSA private key in PEM");
  if (given["POLICE_READ_URL"] && !given["POLICE_FORCE"])
    problems.push("POLICE_FORCE must be set where POLICE_READ_URL is");
  const connected = ["HEALTH_PDS_URL", "EDUCATION_URL", "POLICE_CLIENT_ID", "SOCIAL_CARE_DATABASE_URL"];
  if (connected.some((name) => given[name]) && !given["OIDC_ISSUER"])
    problems.push("OIDC_ISSUER must be set where an agency is: the demo people may not see an agency's records");
  return problems;
}

function isRsaKey(file: string): boolean {
  try {
    return createPrivateKey(readFileSync(file)).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}

function fromFile(path: string | undefined, name: string, problems: string[]): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    problems.push(`${name} names a file that cannot be read`);
    return undefined;
  }
}

/** The settings of this process. */
export const configOfProcess = (overrides: Readonly<Record<string, string | undefined>> = {}): Config =>
  readConfig({ ...process.env, ...overrides });
