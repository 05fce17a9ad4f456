// Assembles the program: the only file that names real parts. `parts` replaces any of them, which is how tests build theirs.

import { createHash, createHmac, randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { DataSource } from "typeorm";
import type { AgencySystem } from "./adapters/agency-system.ts";
import { makeEducation } from "./adapters/education/education.ts";
import { makeHealth } from "./adapters/health/health.ts";
import { type Lane, LANES, makeLane } from "./adapters/lane.ts";
import type { ForceClient } from "./adapters/police/force-clients.ts";
import type { IncidentInbox } from "./adapters/police/incident-inbox.ts";
import { makePolice, type PoliceOptions } from "./adapters/police/police.ts";
import { makeSocialCare } from "./adapters/social-care/social-care.ts";
import { makeMailer } from "./adapters/telling/mailer.ts";
import { makeWebhookSender } from "./adapters/telling/webhook-sender.ts";
import { type Config, takesTestNumbers } from "./config.ts";
import type { Agency } from "./domain/agency.ts";
import type { Area, AreaAgency } from "./domain/policy.ts";
import { makeQueues, type Queues } from "./jobs/queues.ts";
import { makeWaker } from "./jobs/waker.ts";
import { makeLog } from "./log.ts";
import { closeAudit } from "./services/audit-keeping.ts";
import { makeSigning, newSigningKey } from "./services/audit-signing.ts";
import { followClock, followedBy } from "./services/clock-skew.ts";
import type { Hub } from "./services/hub.ts";
import { readyForKeys } from "./services/keys-ready.ts";
import { noticeReceived } from "./services/notices.ts";
import { seal, unseal } from "./services/seal.ts";
import { makeDataSource, migrate } from "./store/data-source.ts";
import { type Embedded, openEmbedded } from "./store/embedded.ts";
import { databaseNow } from "./store/heartbeats.ts";
import { type KeyRing, type KeySet, makeKeyRing, withNewKey } from "./store/key-ring.ts";
import { makeIds } from "./store/ids.ts";
import { makeOutbox } from "./store/outbox.ts";
import { makePoliceInbox } from "./store/police-inbox.ts";
import { makeMatcher } from "./store/matching.ts";
import { readPolicies } from "./store/policy-files.ts";

/** `policies/` beside `src/`, or beside `dist/` once compiled. */
const POLICIES = ["../policies/", "../../policies/"]
  .map((path) => new URL(path, import.meta.url))
  .find((folder) => existsSync(folder));

const POLICE_NOTICE = "police-notice";

/** A running hub and what it stands on. */
export interface OpenHub {
  readonly hub: Hub;
  readonly queues: Queues;
  readonly inbox: IncidentInbox;
  readonly forces: readonly ForceClient[];
  /** Runs before everything else is closed. */
  onClose(closer: () => Promise<unknown>): void;
  /** Jobs first, then agencies' systems, then the database they stand on. */
  close(): Promise<void>;
}

/** What tests and the demo put in place of the real thing. */
export interface Replaced {
  readonly systems?: (inbox: IncidentInbox, area: Area) => readonly AgencySystem[];
  readonly now?: () => Date;
  /** The day at which the agencies' own data stands, for the synthetic town, whose story has an end. */
  readonly townDay?: string;
  /** Takes every line of the log. */
  readonly logTo?: (line: string) => void;
  /** Changes the area's policy as it was read. */
  readonly area?: (area: Area) => Area;
  /** The embedded database in memory. */
  readonly inMemory?: boolean;
}

/** Opens everything the settings name. The agencies' systems are not asked: the hub starts with every one of them down. */
export async function openHub(config: Config, replaced: Replaced = {}): Promise<OpenHub> {
  if (!POLICIES) throw new Error("The folder policies/ is missing beside the program");
  const { area: read, national } = readPolicies(POLICIES, config.AREA);
  const area = replaced.area?.(read) ?? read;
  const log = makeLog(config.LOG_LEVEL, replaced.logTo);
  const opened: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const closer of opened.splice(0)) await closer();
  };
  try {
    const needsEmbedded = !config.DATABASE_URL || !config.REDIS_URL;
    const folder = replaced.inMemory ? null : join(resolve(config.HUB_DATA), "database");
    const embedded = needsEmbedded ? await openEmbedded({ folder }) : null;
    opened.unshift(async () => embedded?.close());
    const hashKey = config.HUB_HASH_KEY ?? keptKey(config.HUB_DATA);
    const keyed = (text: string) => createHmac("sha256", hashKey).update(text).digest("hex");
    const keys = makeKeyRing(config.HUB_KEYS ?? keptKeys(config.HUB_DATA), ({ keyId, place }) =>
      log.error(
        { keyId, place },
        "a value does not open: its key is not in HUB_KEYS, or it was changed (docs/keys.md)",
      ),
    );
    const db = await openDatabase(config, { embedded, keys });
    opened.unshift(() => db.destroy());
    await readyForKeys(db, { keys, keyed, log });
    const { SMTP_URL: smtp, MAIL_FROM: from = "", WEBHOOK_ALLOW_PRIVATE: allowPrivate } = config;
    const mailer = smtp ? makeMailer({ url: smtp, from }) : makeOutbox(db);
    opened.unshift(async () => mailer.close());
    // The embedded database has this machine's clock.
    const clock = config.DATABASE_URL && !replaced.now ? await followClock({ ask: () => databaseNow(db), log }) : null;
    opened.unshift(async () => clock?.stop());
    const now = replaced.now ?? clock?.now ?? (() => new Date());
    const queues = makeQueues(config.REDIS_URL ? { redisUrl: config.REDIS_URL } : { embedded: poolOf(embedded) }, {
      prefix: "hub",
      onTrouble: ({ doing, error }) => log.warn({ doing, error: (error as Error).name }, "trouble with the queues"),
    });
    opened.unshift(() => queues.close());
    const inbox = makePoliceInbox(db, {
      keyed: (text) => keyed(`police ${text}`),
      encrypt: (text, rowId) => seal({ keys }, text, { purpose: POLICE_NOTICE, rowId }),
      decrypt: (sealed, rowId) => unseal({ keyed, keys }, sealed, { purpose: POLICE_NOTICE, rowId }),
      received: (tx, entry) => noticeReceived(hub, tx, entry),
    });
    const systems = replaced.systems?.(inbox, area) ?? connect(config, { area, inbox, townDay: replaced.townDay });
    opened.splice(1, 0, () => Promise.all(systems.map((system) => system.close())));
    const hub: Hub = {
      db,
      area,
      national,
      keyed,
      keys,
      log,
      matcher: makeMatcher(area.matching, { refuseTest: !takesTestNumbers(config) }),
      systems: new Map(systems.map((system) => [system.agency.id, system])),
      wake: makeWaker({ queues, log, now }),
      now,
      newId: makeIds(),
      signing: makeSigning(
        config.AUDIT_SIGNING_KEY ?? kept(config.HUB_DATA, { name: "audit-signing-key", make: newSigningKey }),
        config.AUDIT_CHECKPOINT_DIR ?? null,
      ),
      courier: { email: mailer.email, ...makeWebhookSender({ allowPrivate: allowPrivate === "true" }) },
      publicUrl: (config.HUB_URL ?? `http://localhost:${config.PORT}`).replace(/\/+$/, ""),
    };
    if (clock) followedBy(hub, clock);
    opened.unshift(() => closeAudit(hub));
    return { hub, queues, inbox, forces: forcesOf(config), onClose: (closer) => void opened.unshift(closer), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Opening {
  readonly embedded: Embedded | null;
  readonly keys: KeyRing;
}

async function openDatabase(config: Config, { embedded, keys }: Opening): Promise<DataSource> {
  const { DATABASE_URL: url } = config;
  const db = makeDataSource(url ? { url } : { embedded: needed(embedded) }, keys);
  await db.initialize().catch((cause: unknown) => {
    const { code = (cause as Error).name } = cause as { code?: string };
    throw new Error(`The database at DATABASE_URL cannot be used (${code})`, { cause });
  });
  if (config.NODE_ENV !== "production" || !config.DATABASE_URL) await migrate(db);
  else if (await db.showMigrations()) throw new Error("The database is behind this program: run `hub migrate` first");
  return db;
}

const needed = (embedded: Embedded | null): Embedded => {
  if (!embedded) throw new Error("The embedded engine is not open");
  return embedded;
};
const poolOf = (embedded: Embedded | null) => needed(embedded).pool;

/** What is made once and kept beside the hub's data: for trying the hub out. Production names its own. */
function kept(folder: string, { name, make }: { readonly name: string; readonly make: () => string }): string {
  const file = join(folder, name);
  mkdirSync(folder, { recursive: true });
  if (!existsSync(file)) {
    // Whole or not at all, and the same for two programs that start at once.
    const own = `${file}.${randomBytes(6).toString("hex")}`;
    writeFileSync(own, make(), { mode: 0o600 });
    try {
      linkSync(own, file);
    } catch (error) {
      if ((error as { code?: string }).code !== "EEXIST") throw error;
    } finally {
      rmSync(own);
    }
  }
  return readFileSync(file, "utf8");
}

const keptKey = (folder: string) => kept(folder, { name: "hash-key", make: () => randomBytes(32).toString("hex") });

const keptKeys = (folder: string): KeySet =>
  JSON.parse(kept(folder, { name: "keys.json", make: () => JSON.stringify(withNewKey("made-at-start")) })) as KeySet;

function forcesOf({ POLICE_CLIENT_ID, POLICE_CLIENT_SECRET, POLICE_FORCE }: Config): ForceClient[] {
  if (!POLICE_CLIENT_ID || !POLICE_CLIENT_SECRET || POLICE_FORCE === undefined) return [];
  const secretSha256 = createHash("sha256").update(POLICE_CLIENT_SECRET).digest("hex");
  return [{ clientId: POLICE_CLIENT_ID, secretSha256, forceIdentifier: POLICE_FORCE }];
}

/** The systems that the settings name, in the order in which they are shown. */
function connect(
  config: Config,
  { area, inbox, townDay }: { area: Area; inbox: IncidentInbox; townDay: string | undefined },
): AgencySystem[] {
  const agency = (id: string): AreaAgency => {
    const found = area.agencies.find((each) => each.id === id);
    if (!found) throw new Error(`policies/${area.id}.json names no agency ${id}`);
    return found;
  };
  const systems: AgencySystem[] = [];
  if (config.SOCIAL_CARE_DATABASE_URL)
    systems.push(
      makeSocialCare({
        agency: agency("social-care"),
        databaseUrl: config.SOCIAL_CARE_DATABASE_URL,
        phone: agency("social-care").ring?.phone ?? null,
        lane: laneTo(config, "ssd"),
      }),
    );
  if (config.HEALTH_CARE_RECORD_URL) systems.push(health(config, agency("health")));
  if (config.EDUCATION_URL)
    systems.push(
      makeEducation({
        agency: agency("education"),
        url: new URL(config.EDUCATION_URL),
        token: config.EDUCATION_TOKEN ?? "",
        ...(townDay && { now: () => new Date(`${townDay}T12:00:00Z`) }),
        lane: laneTo(config, "mis"),
      }),
    );
  if (config.POLICE_FORCE !== undefined)
    systems.push(
      makePolice({
        agency: agency("police"),
        forceIdentifier: config.POLICE_FORCE,
        inbox,
        genderCodes: agency("police").genderCodes ?? {},
        ring: agency("police").ring ?? { name: agency("police").name, phone: null, email: null },
        readSide: readSideOf(config),
      }),
    );
  return systems;
}

/** The lane to a system of the agencies, who may lie in the partnership's own network only where the settings say so. */
function laneTo({ AGENCY_ADDRESSES_PRIVATE, NODE_ENV }: Config, system: keyof typeof LANES): Lane {
  const allowPrivate = AGENCY_ADDRESSES_PRIVATE ? AGENCY_ADDRESSES_PRIVATE === "true" : NODE_ENV !== "production";
  return makeLane(system, { ...LANES[system], allowPrivate });
}

function readSideOf(config: Config): PoliceOptions["readSide"] {
  if (!config.POLICE_READ_URL) return null;
  const { POLICE_TLS_CERT: cert, POLICE_TLS_KEY: key, POLICE_TLS_CA: ca } = config;
  return {
    url: new URL(config.POLICE_READ_URL),
    lane: laneTo(config, "police"),
    clientId: config.POLICE_CLIENT_ID ?? "",
    secret: config.POLICE_CLIENT_SECRET ?? "",
    ...(cert && key && ca && { tls: { cert, key, ca } }),
  };
}

function health(config: Config, agency: Agency): AgencySystem {
  return makeHealth({
    agency,
    pds: {
      url: config.HEALTH_PDS_URL ?? "",
      tokenUrl: config.HEALTH_TOKEN_URL ?? "",
      clientId: config.HEALTH_CLIENT_ID ?? "",
      keyId: config.HEALTH_KEY_ID ?? "",
      privateKey: readFileSync(config.HEALTH_PRIVATE_KEY_FILE ?? "", "utf8"),
      endUserOrganisation: config.HEALTH_ORGANISATION ?? "",
      lane: laneTo(config, "pds"),
    },
    careRecord: { url: config.HEALTH_CARE_RECORD_URL ?? "", lane: laneTo(config, "care-record") },
  });
}
