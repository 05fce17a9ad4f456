// Drafted by TypeORM from the classes for each engine, then read and kept. What is sealed from now on stays in clear until the keys
// job has come by (`hub keys seal`); entries of the audit from before are chained when the hub is first started.

import { type MigrationInterface, type QueryRunner } from "typeorm";

const POSTGRES = [
  `DROP INDEX "IDX_64e41d1ca77ea6d832493a3e87"`,
  `DROP INDEX "IDX_bc6bc954ed7ec9f52e563e2bd7"`,
  `CREATE TABLE "sharing_decision" ("id" character varying(36) NOT NULL, "key" character varying(100) NOT NULL, "childId" character varying(36) NOT NULL, "decided" character varying(10) NOT NULL, "kinds" character varying(300) NOT NULL, "what" text NOT NULL, "toAgencyId" character varying(40), "toWhom" text NOT NULL, "fromAgencyId" character varying(40), "power" character varying(40), "purpose" character varying(60) NOT NULL, "necessity" text NOT NULL, "because" text NOT NULL, "moreDetrimental" boolean NOT NULL, "consent" character varying(20) NOT NULL, "byActorId" character varying(200) NOT NULL, "role" character varying(40), "at" TIMESTAMP(3) NOT NULL, "reviewOn" date, "correctsId" character varying(36), "subjectId" character varying(36), CONSTRAINT "PK_a4e7f44e0beb588d55543fc76f4" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_2085a98908882d7959f82c2ee1" ON "sharing_decision"  ("reviewOn") `,
  `CREATE INDEX "IDX_46603c52bc8b6ec31b08a0456d" ON "sharing_decision"  ("childId", "at") `,
  `CREATE UNIQUE INDEX "IDX_75405fb170316d6a8c7a7ae99c" ON "sharing_decision"  ("correctsId") `,
  `CREATE UNIQUE INDEX "IDX_21a55902e7a24f84d3b491723a" ON "sharing_decision"  ("byActorId", "key") `,
  `CREATE TABLE "child_access" ("id" character varying(36) NOT NULL, "key" character varying(100) NOT NULL, "childId" character varying(36) NOT NULL, "actorId" character varying(200) NOT NULL, "actorName" text, "role" character varying(40), "agencyId" character varying(40), "kind" character varying(12) NOT NULL, "relation" character varying(12), "purpose" character varying(60) NOT NULL, "power" character varying(40), "reason" text NOT NULL, "consent" text, "state" character varying(10) NOT NULL, "startsAt" TIMESTAMP(3) NOT NULL, "endsAt" TIMESTAMP(3), "warnAt" TIMESTAMP(3), "givenByActorId" character varying(200) NOT NULL, "decidedByActorId" character varying(200), "decidedAt" TIMESTAMP(3), "decidedBecause" text, "justified" boolean, "obligationId" character varying(36), "endedByActorId" character varying(200), "endedAt" TIMESTAMP(3), CONSTRAINT "PK_3f7e2e53a53d7e220d4ffce524c" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_7675f03f59beddca725f8d2956" ON "child_access"  ("warnAt") `,
  `CREATE INDEX "IDX_e86f23778830dd3a67c6bca5f8" ON "child_access"  ("childId", "state") `,
  `CREATE UNIQUE INDEX "IDX_b3f1906dd54fd71d9f71a66ede" ON "child_access"  ("actorId", "key") `,
  `CREATE INDEX "IDX_a24032ce15be26fd1ffc886dd3" ON "child_access"  ("actorId", "childId", "state") `,
  `CREATE TABLE "child_shield" ("id" character varying(36) NOT NULL, "childId" character varying(36) NOT NULL, "kind" character varying(20) NOT NULL, "because" text NOT NULL, "namedOutActorId" character varying(200), "byActorId" character varying(200) NOT NULL, "agencyId" character varying(40), "at" TIMESTAMP(3) NOT NULL, "reviewAt" TIMESTAMP(3) NOT NULL, "obligationId" character varying(36), "liftedAt" TIMESTAMP(3), "liftedByActorId" character varying(200), "liftedBecause" text, CONSTRAINT "PK_74d10ba10446ceff26b2a367534" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_4a18084d49eccd908da437f1e3" ON "child_shield"  ("childId", "liftedAt") `,
  `CREATE TABLE "worker_seen" ("actorId" character varying(200) NOT NULL, "name" text, "role" character varying(40), "agencyId" character varying(40), "surnameHash" character(64), "postcodeHash" character(64), "seenAt" TIMESTAMP(3) NOT NULL, CONSTRAINT "PK_209aa60b65557a672e086a39461" PRIMARY KEY ("actorId"))`,
  `CREATE TABLE "audit_chain" ("id" character varying(36) NOT NULL, "openedAt" TIMESTAMP(3) NOT NULL, "hash" character(64) NOT NULL, CONSTRAINT "PK_b8d1381b52157dc73c080e39f09" PRIMARY KEY ("id"))`,
  `CREATE TABLE "audit_checkpoint" ("id" character varying(36) NOT NULL, "at" TIMESTAMP(3) NOT NULL, "heads" text NOT NULL, "previous" character(64) NOT NULL, "keyId" character varying(64) NOT NULL, "signature" character varying(120) NOT NULL, CONSTRAINT "PK_9720e45bb755b61bb1ab7d43839" PRIMARY KEY ("id"))`,
  `CREATE TABLE "export_file" ("id" character varying(36) NOT NULL, "kind" character varying(30) NOT NULL, "childId" character varying(36), "byActorId" character varying(200) NOT NULL, "at" TIMESTAMP(3) NOT NULL, "because" text, "sealed" text, "sha256" character(64), "madeAt" TIMESTAMP(3), "fetchedAt" TIMESTAMP(3), "obligationId" character varying(36), "expiresAt" TIMESTAMP(3), CONSTRAINT "PK_487fc59fa2b5933bbaae9eedbc3" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_a6c55b43b382a4a8696bdb9cc1" ON "export_file"  ("expiresAt") `,
  `CREATE TABLE "session" ("hash" character(64) NOT NULL, "actorId" character varying(200) NOT NULL, "name" text NOT NULL, "role" character varying(40), "agencyId" character varying(40), "issuerSession" character varying(200), "startedAt" TIMESTAMP(3) NOT NULL, "seenAt" TIMESTAMP(3) NOT NULL, "expiresAt" TIMESTAMP(3) NOT NULL, "endedAt" TIMESTAMP(3), CONSTRAINT "PK_9a27ee81fbc0bb9e5260ed6f82d" PRIMARY KEY ("hash"))`,
  `CREATE INDEX "IDX_5d97cf9773002b16861b4bb8ae" ON "session"  ("expiresAt") `,
  `CREATE INDEX "IDX_1487ca892d26d1926aca05ed9c" ON "session"  ("actorId", "endedAt") `,
  `CREATE TABLE "sign_in_begun" ("hash" character(64) NOT NULL, "sealed" text NOT NULL, "expiresAt" TIMESTAMP(3) NOT NULL, CONSTRAINT "PK_137eb5ca159ff685d722c3c28df" PRIMARY KEY ("hash"))`,
  `CREATE INDEX "IDX_275c9c34b532100a344f064e85" ON "sign_in_begun"  ("expiresAt") `,
  `CREATE TABLE "key_rotation" ("id" character varying(36) NOT NULL, "keyId" character varying(40) NOT NULL, "startedAt" TIMESTAMP(3) NOT NULL, "finishedAt" TIMESTAMP(3), "claimedUntil" TIMESTAMP(3), "place" character varying(120), "lastId" character varying(200), "done" integer NOT NULL, "total" integer NOT NULL, "failed" integer NOT NULL, CONSTRAINT "PK_c631131038e63b675c5de7b6f17" PRIMARY KEY ("id"))`,
  `CREATE TABLE "legal_hold" ("id" character varying(36) NOT NULL, "childId" character varying(36) NOT NULL, "because" text NOT NULL, "byActorId" character varying(200) NOT NULL, "at" TIMESTAMP(3) NOT NULL, "liftedAt" TIMESTAMP(3), "liftedByActorId" character varying(200), "liftedBecause" text, CONSTRAINT "PK_edcd499db1f1c67a56c565c5e64" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_b956ccb58e7a752edea2e72cff" ON "legal_hold"  ("childId", "liftedAt") `,
  `CREATE TABLE "erasure_request" ("id" character varying(36) NOT NULL, "childId" character varying(36) NOT NULL, "because" text NOT NULL, "beforeItsTime" boolean NOT NULL, "state" character varying(10) NOT NULL, "byActorId" character varying(200) NOT NULL, "at" TIMESTAMP(3) NOT NULL, "decidedByActorId" character varying(200), "decidedAt" TIMESTAMP(3), "decidedBecause" text, CONSTRAINT "PK_0c34e095458940f9fb9619f92de" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_c934d2dbfd5c4751be8ad5cc05" ON "erasure_request"  ("childId", "state") `,
  `CREATE TABLE "erasure" ("id" character varying(36) NOT NULL, "subjectHash" character(64) NOT NULL, "retentionClass" character varying(40) NOT NULL, "because" character varying(400) NOT NULL, "byActorId" character varying(200) NOT NULL, "approvedByActorId" character varying(200), "at" TIMESTAMP(3) NOT NULL, "erased" text NOT NULL, "left" text NOT NULL, CONSTRAINT "PK_9319154af7dd3e180c732f147ec" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_2bee12ab8ee1e888805c00a6a0" ON "erasure"  ("subjectHash") `,
  `ALTER TABLE "audit_entry" ADD "power" character varying(40)`,
  `ALTER TABLE "audit_entry" ADD "parts" character varying(200)`,
  `ALTER TABLE "audit_entry" ADD "sources" character varying(400)`,
  `ALTER TABLE "audit_entry" ADD "accessId" character varying(36)`,
  `ALTER TABLE "audit_entry" ADD "digest" character(64)`,
  `ALTER TABLE "audit_entry" ADD "chain" character varying(36)`,
  `ALTER TABLE "audit_entry" ADD "seq" integer`,
  `ALTER TABLE "audit_entry" ADD "hash" character(64)`,
  `ALTER TABLE "delivery" ADD "targetHash" character(64)`,
  `ALTER TABLE "person" ADD "shielded" boolean NOT NULL DEFAULT false`,
  `ALTER TABLE "agency_record" ADD "recordHash" character(64)`,
  `ALTER TABLE "post" ALTER COLUMN "holderName" TYPE text`,
  `ALTER TABLE "post" ALTER COLUMN "holderEmail" TYPE text`,
  `ALTER TABLE "post" ALTER COLUMN "coverName" TYPE text`,
  `ALTER TABLE "post" ALTER COLUMN "coverEmail" TYPE text`,
  `ALTER TABLE "delivery" ALTER COLUMN "target" TYPE text`,
  `ALTER TABLE "outbox_email" ALTER COLUMN "to" TYPE text`,
  `ALTER TABLE "outbox_email" ALTER COLUMN "subject" TYPE text`,
  `ALTER TABLE "agency_record" ALTER COLUMN "recordId" TYPE text`,
  `CREATE UNIQUE INDEX "IDX_497ad57b4ae70fe6fae7a52588" ON "audit_entry"  ("chain", "seq") `,
  `CREATE INDEX "IDX_3413a6c3ac96735b171680dd27" ON "audit_entry"  ("actorId", "at") `,
  `CREATE INDEX "IDX_9d18bd4a32fc0cd8ff82b12037" ON "audit_entry"  ("at") `,
  `CREATE UNIQUE INDEX "IDX_3654c9a2927ea766c429e3225c" ON "delivery"  ("messageId", "channel", "targetHash") `,
  `CREATE UNIQUE INDEX "IDX_0ccd09e6210ec73e65985f1b05" ON "agency_record"  ("agencyId", "recordHash") `,
];

const MYSQL = [
  `DROP INDEX \`IDX_64e41d1ca77ea6d832493a3e87\` ON \`delivery\``,
  `DROP INDEX \`IDX_bc6bc954ed7ec9f52e563e2bd7\` ON \`agency_record\``,
  `CREATE TABLE \`sharing_decision\` (\`id\` varchar(36) NOT NULL, \`key\` varchar(100) NOT NULL, \`childId\` varchar(36) NOT NULL, \`decided\` varchar(10) NOT NULL, \`kinds\` varchar(300) NOT NULL, \`what\` text NOT NULL, \`toAgencyId\` varchar(40) NULL, \`toWhom\` text NOT NULL, \`fromAgencyId\` varchar(40) NULL, \`power\` varchar(40) NULL, \`purpose\` varchar(60) NOT NULL, \`necessity\` text NOT NULL, \`because\` text NOT NULL, \`moreDetrimental\` tinyint NOT NULL, \`consent\` varchar(20) NOT NULL, \`byActorId\` varchar(200) NOT NULL, \`role\` varchar(40) NULL, \`at\` datetime(3) NOT NULL, \`reviewOn\` date NULL, \`correctsId\` varchar(36) NULL, \`subjectId\` varchar(36) NULL, INDEX \`IDX_2085a98908882d7959f82c2ee1\` (\`reviewOn\`), INDEX \`IDX_46603c52bc8b6ec31b08a0456d\` (\`childId\`, \`at\`), UNIQUE INDEX \`IDX_75405fb170316d6a8c7a7ae99c\` (\`correctsId\`), UNIQUE INDEX \`IDX_21a55902e7a24f84d3b491723a\` (\`byActorId\`, \`key\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`child_access\` (\`id\` varchar(36) NOT NULL, \`key\` varchar(100) NOT NULL, \`childId\` varchar(36) NOT NULL, \`actorId\` varchar(200) NOT NULL, \`actorName\` text NULL, \`role\` varchar(40) NULL, \`agencyId\` varchar(40) NULL, \`kind\` varchar(12) NOT NULL, \`relation\` varchar(12) NULL, \`purpose\` varchar(60) NOT NULL, \`power\` varchar(40) NULL, \`reason\` text NOT NULL, \`consent\` text NULL, \`state\` varchar(10) NOT NULL, \`startsAt\` datetime(3) NOT NULL, \`endsAt\` datetime(3) NULL, \`warnAt\` datetime(3) NULL, \`givenByActorId\` varchar(200) NOT NULL, \`decidedByActorId\` varchar(200) NULL, \`decidedAt\` datetime(3) NULL, \`decidedBecause\` text NULL, \`justified\` tinyint NULL, \`obligationId\` varchar(36) NULL, \`endedByActorId\` varchar(200) NULL, \`endedAt\` datetime(3) NULL, INDEX \`IDX_7675f03f59beddca725f8d2956\` (\`warnAt\`), INDEX \`IDX_e86f23778830dd3a67c6bca5f8\` (\`childId\`, \`state\`), UNIQUE INDEX \`IDX_b3f1906dd54fd71d9f71a66ede\` (\`actorId\`, \`key\`), INDEX \`IDX_a24032ce15be26fd1ffc886dd3\` (\`actorId\`, \`childId\`, \`state\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`child_shield\` (\`id\` varchar(36) NOT NULL, \`childId\` varchar(36) NOT NULL, \`kind\` varchar(20) NOT NULL, \`because\` text NOT NULL, \`namedOutActorId\` varchar(200) NULL, \`byActorId\` varchar(200) NOT NULL, \`agencyId\` varchar(40) NULL, \`at\` datetime(3) NOT NULL, \`reviewAt\` datetime(3) NOT NULL, \`obligationId\` varchar(36) NULL, \`liftedAt\` datetime(3) NULL, \`liftedByActorId\` varchar(200) NULL, \`liftedBecause\` text NULL, INDEX \`IDX_4a18084d49eccd908da437f1e3\` (\`childId\`, \`liftedAt\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`worker_seen\` (\`actorId\` varchar(200) NOT NULL, \`name\` text NULL, \`role\` varchar(40) NULL, \`agencyId\` varchar(40) NULL, \`surnameHash\` char(64) NULL, \`postcodeHash\` char(64) NULL, \`seenAt\` datetime(3) NOT NULL, PRIMARY KEY (\`actorId\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`audit_chain\` (\`id\` varchar(36) NOT NULL, \`openedAt\` datetime(3) NOT NULL, \`hash\` char(64) NOT NULL, PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`audit_checkpoint\` (\`id\` varchar(36) NOT NULL, \`at\` datetime(3) NOT NULL, \`heads\` text NOT NULL, \`previous\` char(64) NOT NULL, \`keyId\` varchar(64) NOT NULL, \`signature\` varchar(120) NOT NULL, PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`export_file\` (\`id\` varchar(36) NOT NULL, \`kind\` varchar(30) NOT NULL, \`childId\` varchar(36) NULL, \`byActorId\` varchar(200) NOT NULL, \`at\` datetime(3) NOT NULL, \`because\` text NULL, \`sealed\` mediumtext NULL, \`sha256\` char(64) NULL, \`madeAt\` datetime(3) NULL, \`fetchedAt\` datetime(3) NULL, \`obligationId\` varchar(36) NULL, \`expiresAt\` datetime(3) NULL, INDEX \`IDX_a6c55b43b382a4a8696bdb9cc1\` (\`expiresAt\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`session\` (\`hash\` char(64) NOT NULL, \`actorId\` varchar(200) NOT NULL, \`name\` text NOT NULL, \`role\` varchar(40) NULL, \`agencyId\` varchar(40) NULL, \`issuerSession\` varchar(200) NULL, \`startedAt\` datetime(3) NOT NULL, \`seenAt\` datetime(3) NOT NULL, \`expiresAt\` datetime(3) NOT NULL, \`endedAt\` datetime(3) NULL, INDEX \`IDX_5d97cf9773002b16861b4bb8ae\` (\`expiresAt\`), INDEX \`IDX_1487ca892d26d1926aca05ed9c\` (\`actorId\`, \`endedAt\`), PRIMARY KEY (\`hash\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`sign_in_begun\` (\`hash\` char(64) NOT NULL, \`sealed\` text NOT NULL, \`expiresAt\` datetime(3) NOT NULL, INDEX \`IDX_275c9c34b532100a344f064e85\` (\`expiresAt\`), PRIMARY KEY (\`hash\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`key_rotation\` (\`id\` varchar(36) NOT NULL, \`keyId\` varchar(40) NOT NULL, \`startedAt\` datetime(3) NOT NULL, \`finishedAt\` datetime(3) NULL, \`claimedUntil\` datetime(3) NULL, \`place\` varchar(120) NULL, \`lastId\` varchar(200) NULL, \`done\` int NOT NULL, \`total\` int NOT NULL, \`failed\` int NOT NULL, PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`legal_hold\` (\`id\` varchar(36) NOT NULL, \`childId\` varchar(36) NOT NULL, \`because\` text NOT NULL, \`byActorId\` varchar(200) NOT NULL, \`at\` datetime(3) NOT NULL, \`liftedAt\` datetime(3) NULL, \`liftedByActorId\` varchar(200) NULL, \`liftedBecause\` text NULL, INDEX \`IDX_b956ccb58e7a752edea2e72cff\` (\`childId\`, \`liftedAt\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`erasure_request\` (\`id\` varchar(36) NOT NULL, \`childId\` varchar(36) NOT NULL, \`because\` text NOT NULL, \`beforeItsTime\` tinyint NOT NULL, \`state\` varchar(10) NOT NULL, \`byActorId\` varchar(200) NOT NULL, \`at\` datetime(3) NOT NULL, \`decidedByActorId\` varchar(200) NULL, \`decidedAt\` datetime(3) NULL, \`decidedBecause\` text NULL, INDEX \`IDX_c934d2dbfd5c4751be8ad5cc05\` (\`childId\`, \`state\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`erasure\` (\`id\` varchar(36) NOT NULL, \`subjectHash\` char(64) NOT NULL, \`retentionClass\` varchar(40) NOT NULL, \`because\` varchar(400) NOT NULL, \`byActorId\` varchar(200) NOT NULL, \`approvedByActorId\` varchar(200) NULL, \`at\` datetime(3) NOT NULL, \`erased\` text NOT NULL, \`left\` text NOT NULL, INDEX \`IDX_2bee12ab8ee1e888805c00a6a0\` (\`subjectHash\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `ALTER TABLE \`audit_entry\` ADD \`power\` varchar(40) NULL`,
  `ALTER TABLE \`audit_entry\` ADD \`parts\` varchar(200) NULL`,
  `ALTER TABLE \`audit_entry\` ADD \`sources\` varchar(400) NULL`,
  `ALTER TABLE \`audit_entry\` ADD \`accessId\` varchar(36) NULL`,
  `ALTER TABLE \`audit_entry\` ADD \`digest\` char(64) NULL`,
  `ALTER TABLE \`audit_entry\` ADD \`chain\` varchar(36) NULL`,
  `ALTER TABLE \`audit_entry\` ADD \`seq\` int NULL`,
  `ALTER TABLE \`audit_entry\` ADD \`hash\` char(64) NULL`,
  `ALTER TABLE \`delivery\` ADD \`targetHash\` char(64) NULL`,
  `ALTER TABLE \`person\` ADD \`shielded\` tinyint NOT NULL DEFAULT 0`,
  `ALTER TABLE \`agency_record\` ADD \`recordHash\` char(64) NULL`,
  `ALTER TABLE \`post\` MODIFY \`holderName\` text NOT NULL`,
  `ALTER TABLE \`post\` MODIFY \`holderEmail\` text NULL`,
  `ALTER TABLE \`post\` MODIFY \`coverName\` text NULL`,
  `ALTER TABLE \`post\` MODIFY \`coverEmail\` text NULL`,
  `ALTER TABLE \`delivery\` MODIFY \`target\` text NOT NULL`,
  `ALTER TABLE \`outbox_email\` MODIFY \`to\` text NOT NULL`,
  `ALTER TABLE \`outbox_email\` MODIFY \`subject\` text NOT NULL`,
  `ALTER TABLE \`outbox_email\` MODIFY \`body\` mediumtext NOT NULL`,
  `ALTER TABLE \`agency_record\` MODIFY \`recordId\` text NOT NULL`,
  `CREATE UNIQUE INDEX \`IDX_497ad57b4ae70fe6fae7a52588\` ON \`audit_entry\` (\`chain\`, \`seq\`)`,
  `CREATE INDEX \`IDX_3413a6c3ac96735b171680dd27\` ON \`audit_entry\` (\`actorId\`, \`at\`)`,
  `CREATE INDEX \`IDX_9d18bd4a32fc0cd8ff82b12037\` ON \`audit_entry\` (\`at\`)`,
  `CREATE UNIQUE INDEX \`IDX_3654c9a2927ea766c429e3225c\` ON \`delivery\` (\`messageId\`, \`channel\`, \`targetHash\`)`,
  `CREATE UNIQUE INDEX \`IDX_0ccd09e6210ec73e65985f1b05\` ON \`agency_record\` (\`agencyId\`, \`recordHash\`)`,
];

const TABLES = [
  "sharing_decision",
  "child_access",
  "child_shield",
  "worker_seen",
  "audit_chain",
  "audit_checkpoint",
  "export_file",
  "session",
  "sign_in_begun",
  "key_rotation",
  "legal_hold",
  "erasure_request",
  "erasure",
];

const INDEXES: readonly (readonly [string, string])[] = [
  ["audit_entry", "IDX_497ad57b4ae70fe6fae7a52588"],
  ["audit_entry", "IDX_3413a6c3ac96735b171680dd27"],
  ["audit_entry", "IDX_9d18bd4a32fc0cd8ff82b12037"],
  ["delivery", "IDX_3654c9a2927ea766c429e3225c"],
  ["agency_record", "IDX_0ccd09e6210ec73e65985f1b05"],
];

const COLUMNS: Readonly<Record<string, string[]>> = {
  audit_entry: ["power", "parts", "sources", "accessId", "digest", "chain", "seq", "hash"],
  delivery: ["targetHash"],
  person: ["shielded"],
  agency_record: ["recordHash"],
};

/** Columns whose values are sealed from here on, and how long they were before. */
const WIDENED: readonly (readonly [table: string, column: string, length: number, nullable?: true])[] = [
  ["post", "holderName", 120],
  ["post", "holderEmail", 254, true],
  ["post", "coverName", 120, true],
  ["post", "coverEmail", 254, true],
  ["delivery", "target", 254],
  ["outbox_email", "to", 254],
  ["outbox_email", "subject", 200],
  ["agency_record", "recordId", 120],
];

/** Who may see what and why, proof of it, and what is kept how long and under which key. */
export class NeedToKnow0004 implements MigrationInterface {
  name = "NeedToKnow1790000000004";

  async up(runner: QueryRunner): Promise<void> {
    const statements = runner.connection.options.type === "postgres" ? POSTGRES : MYSQL;
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const postgres = runner.connection.options.type === "postgres";
    const name = (text: string) => runner.connection.driver.escape(text);
    // What is sealed fits no narrower column, and no program of before could read it.
    for (const [table, column] of WIDENED) {
      const sealed = `SELECT 1 AS found FROM ${name(table)} WHERE ${name(column)} LIKE 'v1.%.%' LIMIT 1`;
      if (((await runner.query(sealed)) as unknown[]).length > 0)
        throw new Error(`${table}.${column} is sealed: this migration cannot be taken back (docs/keys.md)`);
    }
    for (const table of TABLES.toReversed()) await runner.dropTable(table);
    for (const [table, index] of INDEXES) await runner.dropIndex(table, index);
    for (const [table, columns] of Object.entries(COLUMNS)) await runner.dropColumns(table, columns);
    for (const [table, column, length, nullable] of WIDENED)
      await runner.query(
        postgres
          ? `ALTER TABLE ${name(table)} ALTER COLUMN ${name(column)} TYPE varchar(${length})`
          : `ALTER TABLE ${name(table)} MODIFY ${name(column)} varchar(${length}) ${nullable ? "NULL" : "NOT NULL"}`,
      );
    const unique = [
      `CREATE UNIQUE INDEX ${name("IDX_64e41d1ca77ea6d832493a3e87")} ON ${name("delivery")} (${["messageId", "channel", "target"].map(name).join(", ")})`,
      `CREATE UNIQUE INDEX ${name("IDX_bc6bc954ed7ec9f52e563e2bd7")} ON ${name("agency_record")} (${["agencyId", "recordId"].map(name).join(", ")})`,
    ];
    for (const statement of unique) await runner.query(statement);
  }
}
