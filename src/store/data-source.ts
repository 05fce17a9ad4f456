// One DataSource for each engine. Nothing above `src/hub.ts` knows which it is.

import pg from "pg";
import { DataSource, type DataSourceOptions, getMetadataArgsStorage } from "typeorm";
import { Escalation, EscalationStep } from "../schema/escalation.ts";
import { Message } from "../schema/message.ts";
import { Obligation, ObligationChange, ObligationEvent } from "../schema/obligation.ts";
import { Post } from "../schema/post.ts";
import { Referral, ReferralStep } from "../schema/referral.ts";
import { SharingDecision } from "../schema/sharing-decision.ts";
import { StatutoryStep } from "../schema/statutory-step.ts";
import type { Embedded } from "./embedded.ts";
import type { KeyRing } from "./key-ring.ts";
import { Hub0001 } from "./migrations/0001-hub.ts";
import { Clocks0002 } from "./migrations/0002-clocks.ts";
import { Identity0003 } from "./migrations/0003-identity.ts";
import { NeedToKnow0004 } from "./migrations/0004-need-to-know.ts";
import { ChildAccessRow, ChildShieldRow, WorkerSeenRow } from "./rows-access.ts";
import { AuditChainRow, AuditCheckpointRow, AuditRow, ExportFileRow } from "./rows-audit.ts";
import {
  DeliveryRow,
  HeartbeatRow,
  OutboxEmailRow,
  PreferenceRow,
  TroubledWorkRow,
  WebhookRow,
} from "./rows-clocks.ts";
import {
  IdentityCheckRow,
  IdentityCorrectionRow,
  IdentityLinkRow,
  IdentityOverrideRow,
  IdentityReviewRow,
  IdentityVerdictRow,
  LinkKeyRow,
  QuarantinedRecordRow,
  SealedFileRow,
  SealedKeyRow,
} from "./rows-identity.ts";
import {
  ErasureRequestRow,
  ErasureRow,
  KeyRotationRow,
  LegalHoldRow,
  SessionRow,
  SignInBegunRow,
} from "./rows-keeping.ts";
import {
  AgencyRecordRow,
  CollectCursorRow,
  LockRow,
  PersonRow,
  PoliceIncidentKeyRow,
  PoliceIncidentRow,
  RouteRequestRow,
} from "./rows.ts";
import { sealColumns } from "./sealed-columns.ts";

const ENTITIES = [
  PersonRow,
  AgencyRecordRow,
  LinkKeyRow,
  IdentityLinkRow,
  IdentityReviewRow,
  IdentityVerdictRow,
  IdentityOverrideRow,
  IdentityCorrectionRow,
  IdentityCheckRow,
  SealedKeyRow,
  QuarantinedRecordRow,
  SealedFileRow,
  CollectCursorRow,
  LockRow,
  PoliceIncidentRow,
  PoliceIncidentKeyRow,
  RouteRequestRow,
  AuditRow,
  AuditChainRow,
  AuditCheckpointRow,
  ExportFileRow,
  SharingDecision,
  ChildAccessRow,
  ChildShieldRow,
  WorkerSeenRow,
  SessionRow,
  SignInBegunRow,
  KeyRotationRow,
  LegalHoldRow,
  ErasureRequestRow,
  ErasureRow,
  Referral,
  ReferralStep,
  Obligation,
  ObligationEvent,
  ObligationChange,
  StatutoryStep,
  Post,
  Escalation,
  EscalationStep,
  Message,
  DeliveryRow,
  OutboxEmailRow,
  PreferenceRow,
  WebhookRow,
  HeartbeatRow,
  TroubledWorkRow,
];

/** Columns that may hold more than the 64 KB of MySQL's TEXT. */
const LARGE: readonly (readonly [object, string])[] = [
  [CollectCursorRow, "cursor"],
  [PoliceIncidentRow, "document"],
  [SealedFileRow, "sealed"],
  [IdentityCorrectionRow, "radius"],
  [ExportFileRow, "sealed"],
  [OutboxEmailRow, "body"],
];

/** Gives the large columns the type that this engine has for them, just before TypeORM reads the classes, and has the sealed ones seal
 *  by this hub's keys once it has: several hubs in one process share the classes, and no keys. */
class HubDataSource extends DataSource {
  readonly #keys: KeyRing | null;

  constructor(options: DataSourceOptions, keys: KeyRing | null) {
    super(options);
    this.#keys = keys;
  }

  protected override async buildMetadatas(): Promise<void> {
    const type = this.options.type === "postgres" ? "text" : "mediumtext";
    for (const { target, propertyName, options } of getMetadataArgsStorage().columns)
      if (LARGE.some(([row, name]) => row === target && name === propertyName)) options.type = type;
    await super.buildMetadatas();
    sealColumns(this, this.#keys);
  }
}

const COMMON = {
  entities: ENTITIES,
  migrations: [Hub0001, Clocks0002, Identity0003, NeedToKnow0004],
  migrationsTableName: "hub_migration",
  synchronize: false,
  logging: false,
};

/** Rows hold instants in UTC without a zone; `pg` would read and write them in the process's own. */
const POSTGRES_TYPES = {
  getTypeParser: (oid: number, format?: "text" | "binary"): unknown => {
    if (oid === pg.types.builtins.TIMESTAMP) return (text: string) => new Date(`${text.replace(" ", "T")}Z`);
    if (oid === pg.types.builtins.DATE) return (text: string) => text;
    return pg.types.getTypeParser(oid, format as "text");
  },
};

type Engine = { readonly url: string } | { readonly embedded: Embedded };

function optionsFor(engine: Engine): DataSourceOptions {
  if ("embedded" in engine)
    return {
      ...COMMON,
      type: "postgres",
      driver: { Pool: engine.embedded.Pool },
      installExtensions: false,
      migrationsTransactionMode: "each",
    };
  const { url } = engine;
  const scheme = url.slice(0, url.indexOf(":"));
  if (scheme === "postgres" || scheme === "postgresql") {
    pg.defaults.parseInputDatesAsUTC = true;
    return { ...COMMON, type: "postgres", url, extra: { types: POSTGRES_TYPES, max: 10 } };
  }
  return {
    ...COMMON,
    type: scheme === "mariadb" ? "mariadb" : "mysql",
    url: url.replace(/^mariadb:/, "mysql:"),
    timezone: "Z",
    dateStrings: ["DATE"],
    charset: "utf8mb4",
    poolSize: 10,
    extra: { enableKeepAlive: true },
  };
}

/** The hub's database, not yet connected: `initialize()` does that. `mysql://` a MariaDB only works as `mariadb://`. Without keys (null)
 *  it can be migrated, and nothing that is sealed read or written. */
export const makeDataSource = (engine: Engine, keys: KeyRing | null): DataSource =>
  new HubDataSource(optionsFor(engine), keys);

/** The statements by which the tables differ from the classes. None, unless a migration is missing. */
export async function drift(db: DataSource): Promise<string[]> {
  const { upQueries } = await db.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}

/** TypeORM takes no lock of its own: two processes that start on an empty database would both create its tables. */
const LOCKING = {
  postgres: ["SELECT 1 AS held FROM pg_advisory_lock(1790000000)", "SELECT pg_advisory_unlock(1790000000)"],
  mysql: [
    "SELECT GET_LOCK(MD5(CONCAT('migrate ', DATABASE())), 300) AS held",
    "SELECT RELEASE_LOCK(MD5(CONCAT('migrate ', DATABASE())))",
  ],
} as const;

/** Brings the tables up to this program. Safe to run twice, and by two processes: the second waits and finds nothing to do. */
export async function migrate(db: DataSource): Promise<unknown> {
  const [take, give] = LOCKING[db.options.type === "postgres" ? "postgres" : "mysql"];
  const holder = db.createQueryRunner();
  try {
    const [taken] = (await holder.query(take)) as { held: unknown }[];
    if (Number(taken?.held) !== 1) throw new Error("Another process has been migrating this database for five minutes");
    return await db.runMigrations({ transaction: "each" });
  } finally {
    await holder.query(give).finally(() => holder.release());
  }
}
