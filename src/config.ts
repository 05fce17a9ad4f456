// The only file that reads the environment. Everything wrong with it is reported at once, before anything starts.

import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";

/** What an unset variable stands for is said here; docs/settings.md lists them for people. */
const url = (...schemes: string[]) =>
  z.string().refine((text) => schemes.some((scheme) => text.startsWith(`${scheme}://`)) && URL.canParse(text), {
    message: `must be an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(" or ")}`,
  });

const list = (fits: (item: string) => boolean, message: string) =>
  z
    .string()
    .transform((text) => text.split(",").map((item) => item.trim()))
    .refine((items) => items.every(fits), { message });
const isOrigin = (text: string) => URL.canParse(text) && /^https?:/.test(text) && new URL(text).origin === text;
const isClient = (text: string) => /^[^\s=,]{1,200}=[a-z0-9-]{1,40}$/.test(text);

const NETWORK = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);
const isNetwork = (text: string) => NETWORK.safeParse(text).success;

/** The most in a minute; unset, what docs/limits.md says. */
const rate = z.coerce.number().int().min(1).max(1_000_000_000).optional();

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isKey = (text: string): boolean => /^[A-Za-z0-9+/]{43}=$/.test(text) && Buffer.from(text, "base64").length === 32;
const OF_THE_KEYS = "must be the id of one of the keys";

/** What is wrong with it is said without a word of it: a key may stand where its id belongs. */
const KEY_SET = z
  .object(
    {
      current: z.string(OF_THE_KEYS),
      keys: z.record(z.string(), z.string("must be 32 bytes in base64"), "must hold the keys by their ids"),
      lost: z.array(z.string(), "must be a list of ids").default([]),
    },
    'must be JSON like {"current": "2026-11", "keys": {"2026-11": "32 bytes in base64"}}',
  )
  .superRefine(({ current, keys, lost }, { addIssue }) => {
    const wrong = (path: string[], message: string) => addIssue({ code: "custom", path, message });
    if (!Object.keys(keys).every((id) => /^[A-Za-z0-9-]{1,20}$/.test(id)))
      return wrong(["keys"], "must have ids of 1 to 20 letters, digits or hyphens");
    for (const [id, key] of Object.entries(keys))
      if (!isKey(key)) wrong(["keys", id], "must be 32 bytes in base64: `npx hub keys make ID` makes one");
    if (!Object.hasOwn(keys, current)) wrong(["current"], OF_THE_KEYS);
    if (lost.some((id) => Object.hasOwn(keys, id))) wrong(["lost"], "must name no key that is among the keys");
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
  /** As whom the hub signs people in who come with a browser. */
  OIDC_CLIENT_ID: z.string().default("hub-dashboard"),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_SCOPE: z
    .string()
    .regex(/^openid( [\w:./-]+)*$/, "must begin with openid, its words apart by one space")
    .default("openid profile address"),
  /** Origins besides the issuer's own at which its keys and its token endpoint may lie. */
  OIDC_ALSO_AT: list(isOrigin, "must be origins with commas between: https://keys.example.org").default([]),
  /** PEM texts: where the hub itself is what clients' TLS ends at. With the authority, clients may show certificates of it. */
  HUB_TLS_CERT: z.string().optional(),
  HUB_TLS_KEY: z.string().optional(),
  HUB_TLS_CLIENT_CA: z.string().optional(),
  /** Addresses of the proxies in front of the hub, whose word about a client is taken. */
  TRUSTED_PROXIES: list(isNetwork, "must be addresses or networks with commas between: 10.0.0.0/8").default([]),
  /** The header in which they pass on a client's certificate. */
  CLIENT_CERT_HEADER: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/, "must be the name of a header")
    .optional(),
  /** Whether tokens of agencies' systems must be bound to a client certificate. Unset: in production. */
  MACHINES_MUST_BE_BOUND: z.enum(["true", "false"]).optional(),
  /** Systems that sign in at the issuer with a key of their own, each with the only agency that it may act for. */
  MACHINE_CLIENTS: list(isClient, "must be CLIENT=AGENCY with commas between").default([]),
  /** Keys the hashes by which records are compared: 32 characters or more. Changing it means collecting everything anew. */
  HUB_HASH_KEY: z.string().min(32, "must be at least 32 characters").optional(),
  /** Signs the audit's checkpoints: a private key in PEM, usually given as …_FILE. */
  AUDIT_SIGNING_KEY: z.string().refine(isEd25519, "must be an Ed25519 private key in PEM").optional(),
  /** Where each checkpoint is also put as a file. */
  AUDIT_CHECKPOINT_DIR: z.string().optional(),
  /** Keys that seal what people wrote, and names: JSON, usually given as a file. See docs/keys.md. */
  HUB_KEYS: z.string().transform(jsonOf).pipe(KEY_SET).optional(),
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
  /** Who may send the graph a document that it does not know, and look at its schema. Unset: all, in production roles. */
  AD_HOC_QUERIES: z.enum(["all", "roles"]).optional(),
  /** A folder of documents (.graphql) that are trusted besides those that ship. */
  TRUSTED_DOCUMENTS: z.string().optional(),
  /** How long a request may take to be answered, and to come whole. */
  REQUEST_SECONDS: z.coerce.number().int().min(1).max(600).default(20),
  RECEIVE_SECONDS: z.coerce.number().int().min(1).max(600).default(15),
  MOST_CONNECTIONS: z.coerce.number().int().min(10).max(1_000_000).default(5_000),
  /** What one request may cost (docs/limits.md), and what may be asked for in a minute. Unset rates: none but in production. */
  REQUEST_COST: z.coerce.number().int().min(100).max(100_000_000).default(300_000),
  RATE_ACTOR: rate,
  RATE_AGENCY: rate,
  RATE_SEARCHES: rate,
  RATE_STRANGERS: rate,
  /** Whether the agencies' addresses may lie in private networks. Unset: not in production. */
  AGENCY_ADDRESSES_PRIVATE: z.enum(["true", "false"]).optional(),
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
  ["HUB_TLS_CERT", "HUB_TLS_KEY"],
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
  ...(["DATABASE_URL", "REDIS_URL", "OIDC_ISSUER", "HUB_HASH_KEY", "HUB_KEYS", "AUDIT_SIGNING_KEY"] as const),
  ...(["HUB_URL", "SMTP_URL", "MAIL_FROM"] as const),
];

export type Config = Readonly<Settings>;

/** With real children, a number that somebody made up to try a system out must not join two records. */
export const takesTestNumbers = ({ NHS_TEST_NUMBERS, NODE_ENV }: Config): boolean =>
  NHS_TEST_NUMBERS ? NHS_TEST_NUMBERS === "take" : NODE_ENV !== "production";

/** Trying the hub out, everybody writes queries; beside real children it is the work of some. */
export const opensGraphToAll = ({ AD_HOC_QUERIES, NODE_ENV }: Config): boolean =>
  AD_HOC_QUERIES ? AD_HOC_QUERIES === "all" : NODE_ENV !== "production";

/** Where there are real children, a system's token that was copied must be of no use. */
export const bindsMachines = ({ MACHINES_MUST_BE_BOUND, NODE_ENV }: Config): boolean =>
  MACHINES_MUST_BE_BOUND ? MACHINES_MUST_BE_BOUND === "true" : NODE_ENV === "production";

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
  problems.push(...aboutSignIn(given), ...aboutAgencies(given));
  if (given["NODE_ENV"] === "production") {
    for (const name of IN_PRODUCTION) if (!given[name]) problems.push(`${name} must be set in production`);
    if (given["OIDC_ALSO_AT"]?.includes("http:")) problems.push("OIDC_ALSO_AT must be https:// only in production");
    for (const name of ["OIDC_ISSUER", "HUB_URL", ...AGENCY_ADDRESSES])
      if (given[name]?.startsWith("http:")) problems.push(`${name} must begin with https:// in production`);
  } else if (given["SMTP_URL"] && !given["MAIL_FROM"]) problems.push("MAIL_FROM must be set where SMTP_URL is");
  if (problems.length > 0 || !parsed.success)
    throw new Error(`Settings (docs/settings.md):\n${problems.map((problem) => `  - ${problem}`).join("\n")}`);
  return Object.freeze(parsed.data);
}

/** What is wrong with who signs in, and how. */
function aboutSignIn(given: Readonly<Record<string, string>>): string[] {
  const problems: string[] = [];
  const { OIDC_CLIENT_ID = "hub-dashboard", OIDC_AUDIENCE = "safeguarding-hub" } = given;
  if (OIDC_CLIENT_ID === OIDC_AUDIENCE)
    problems.push("OIDC_CLIENT_ID must not be OIDC_AUDIENCE: what proves who somebody is would open the graph as well");
  if (given["CLIENT_CERT_HEADER"] && !given["TRUSTED_PROXIES"])
    problems.push("TRUSTED_PROXIES must be set where CLIENT_CERT_HEADER is: anybody could send that header");
  if (given["HUB_TLS_CLIENT_CA"] && !given["HUB_TLS_CERT"])
    problems.push("HUB_TLS_CERT, HUB_TLS_KEY must be set where HUB_TLS_CLIENT_CA is");
  return problems;
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

/** Hoisted: the settings above ask it. */
function isEd25519(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === "ed25519";
  } catch {
    return false;
  }
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
