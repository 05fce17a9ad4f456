// Drafted by TypeORM from the classes for each engine, then read and kept: a migration is never edited once it has been released.
// MySQL compares bytes (utf8mb4_bin), as PostgreSQL does: two agencies' record ids may differ in case alone.

import type { MigrationInterface, QueryRunner } from "typeorm";

const LOCKS = "INSERT INTO hub_lock (name) VALUES ('identity'), ('police-inbox')";

const POSTGRES = [
  `CREATE TABLE "obligation" ("id" character varying(36) NOT NULL, "subjectId" character varying(36) NOT NULL, "rule" character varying(60) NOT NULL, "state" character varying(10) NOT NULL, "startedAt" TIMESTAMP(3) NOT NULL, "dueOn" date NOT NULL, "dueAt" TIMESTAMP(3) NOT NULL, "explanation" text NOT NULL, CONSTRAINT "PK_3a70be17386980c9fec1df4d25d" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_4ccd492e9005d881e6844c9942" ON "obligation" ("state", "dueAt")`,
  `CREATE UNIQUE INDEX "IDX_ecfd646e848cf41a6252560bd4" ON "obligation" ("subjectId", "rule")`,
  `CREATE TABLE "referral" ("id" character varying(36) NOT NULL, "key" character varying(100) NOT NULL, "childId" character varying(36) NOT NULL, "fromAgencyId" character varying(40) NOT NULL, "fromActorId" character varying(200) NOT NULL, "status" character varying(20) NOT NULL, "concern" text NOT NULL, "level" character varying(40) NOT NULL, "immediateDanger" boolean NOT NULL, "submittedAt" TIMESTAMP(3) NOT NULL, "teamId" character varying(40), CONSTRAINT "PK_a2d3e935a6591168066defec5ad" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_ac531c16a6d4f540726ba252b6" ON "referral" ("childId")`,
  `CREATE UNIQUE INDEX "IDX_73dc6c5d5417f2eacd3bcf873b" ON "referral" ("fromAgencyId", "key")`,
  `CREATE TABLE "referral_step" ("id" character varying(36) NOT NULL, "referralId" character varying(36) NOT NULL, "what" character varying(60) NOT NULL, "because" text NOT NULL, "by" character varying(60) NOT NULL, "at" TIMESTAMP(3) NOT NULL, CONSTRAINT "PK_42c314d5e42836e5ca8547f666c" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_a9513c9de69de6e177553798ba" ON "referral_step" ("referralId", "at")`,
  `CREATE TABLE "person" ("id" character varying(36) NOT NULL, "kind" character varying(10) NOT NULL, "createdAt" TIMESTAMP(3) NOT NULL, CONSTRAINT "PK_5fdaf670315c4b7e70cce85daa3" PRIMARY KEY ("id"))`,
  `CREATE TABLE "agency_record" ("id" character varying(36) NOT NULL, "agencyId" character varying(40) NOT NULL, "recordId" character varying(120) NOT NULL, "personId" character varying(36) NOT NULL, "restricted" boolean NOT NULL, "gone" boolean NOT NULL, "firstSeenAt" TIMESTAMP(3) NOT NULL, "seenAt" TIMESTAMP(3) NOT NULL, CONSTRAINT "PK_5e593121f0676b1195396009081" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_688d4702e6017a7d031de8a297" ON "agency_record" ("personId")`,
  `CREATE UNIQUE INDEX "IDX_bc6bc954ed7ec9f52e563e2bd7" ON "agency_record" ("agencyId", "recordId")`,
  `CREATE TABLE "match_key" ("recordRowId" character varying(36) NOT NULL, "kind" character varying(20) NOT NULL, "hash" character(64) NOT NULL, CONSTRAINT "PK_872e0ff3d8fe793a36ca60ec39d" PRIMARY KEY ("recordRowId", "kind", "hash"))`,
  `CREATE INDEX "IDX_1ea64aef7379fc532852b371b9" ON "match_key" ("kind", "hash")`,
  `CREATE TABLE "identity_link" ("id" character varying(36) NOT NULL, "recordRowId" character varying(36) NOT NULL, "personId" character varying(36) NOT NULL, "rule" character varying(40) NOT NULL, "because" character varying(200) NOT NULL, "at" TIMESTAMP(3) NOT NULL, CONSTRAINT "PK_a452f26a31dc6f61d13a5f4cbaa" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_03d4c85f2dac18f2f142394087" ON "identity_link" ("recordRowId")`,
  `CREATE TABLE "collect_cursor" ("agencyId" character varying(40) NOT NULL, "cursor" text NOT NULL, "at" TIMESTAMP(3) NOT NULL, CONSTRAINT "PK_eab2352003f8c0e315129712c32" PRIMARY KEY ("agencyId"))`,
  `CREATE TABLE "hub_lock" ("name" character varying(40) NOT NULL, CONSTRAINT "PK_e294a92973d8b8066f6dcf54c11" PRIMARY KEY ("name"))`,
  `CREATE TABLE "police_incident" ("id" character varying(36) NOT NULL, "forceIdentifier" integer NOT NULL, "sequence" integer NOT NULL, "submissionId" character varying(100) NOT NULL, "logNumber" character varying(100) NOT NULL, "bodyHash" character(64) NOT NULL, "document" text NOT NULL, "receivedAt" TIMESTAMP(3) NOT NULL, CONSTRAINT "PK_6d2d7a66f47f4924bd98ec64f18" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_b2039d0c1308ef9c07573e9fcb" ON "police_incident" ("forceIdentifier", "logNumber")`,
  `CREATE UNIQUE INDEX "IDX_5de3ddfeae033b0074ee315658" ON "police_incident" ("forceIdentifier", "sequence")`,
  `CREATE UNIQUE INDEX "IDX_21d6788cb2a89484124078eb0b" ON "police_incident" ("forceIdentifier", "submissionId")`,
  `CREATE TABLE "police_incident_key" ("incidentId" character varying(36) NOT NULL, "hash" character(64) NOT NULL, CONSTRAINT "PK_3f96612da40d57ee6f7a6c7982a" PRIMARY KEY ("incidentId", "hash"))`,
  `CREATE INDEX "IDX_3278f70889e0f9eeec293c6648" ON "police_incident_key" ("hash")`,
  `CREATE TABLE "route_request" ("referralId" character varying(36) NOT NULL, "requestedAt" TIMESTAMP(3) NOT NULL, "doneAt" TIMESTAMP(3), CONSTRAINT "PK_506d0409e4d0948e228040c24bf" PRIMARY KEY ("referralId"))`,
  `CREATE INDEX "IDX_8860219a25ee2504561cdfa57a" ON "route_request" ("doneAt")`,
  `CREATE TABLE "audit_entry" ("id" character varying(36) NOT NULL, "at" TIMESTAMP(3) NOT NULL, "actorId" character varying(200) NOT NULL, "role" character varying(40), "agencyId" character varying(40), "what" character varying(60) NOT NULL, "subjectId" character varying(36), "rule" character varying(60) NOT NULL, "allowed" boolean NOT NULL, "purpose" character varying(60) NOT NULL, "requestId" character varying(36) NOT NULL, CONSTRAINT "PK_58a130a4b9da189f46ba2a01801" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_e8f931f02e42f861289d0f1cbc" ON "audit_entry" ("subjectId", "at")`,
];

const MYSQL = [
  `CREATE TABLE \`obligation\` (\`id\` varchar(36) NOT NULL, \`subjectId\` varchar(36) NOT NULL, \`rule\` varchar(60) NOT NULL, \`state\` varchar(10) NOT NULL, \`startedAt\` datetime(3) NOT NULL, \`dueOn\` date NOT NULL, \`dueAt\` datetime(3) NOT NULL, \`explanation\` text NOT NULL, INDEX \`IDX_4ccd492e9005d881e6844c9942\` (\`state\`, \`dueAt\`), UNIQUE INDEX \`IDX_ecfd646e848cf41a6252560bd4\` (\`subjectId\`, \`rule\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`referral\` (\`id\` varchar(36) NOT NULL, \`key\` varchar(100) NOT NULL, \`childId\` varchar(36) NOT NULL, \`fromAgencyId\` varchar(40) NOT NULL, \`fromActorId\` varchar(200) NOT NULL, \`status\` varchar(20) NOT NULL, \`concern\` text NOT NULL, \`level\` varchar(40) NOT NULL, \`immediateDanger\` tinyint NOT NULL, \`submittedAt\` datetime(3) NOT NULL, \`teamId\` varchar(40) NULL, INDEX \`IDX_ac531c16a6d4f540726ba252b6\` (\`childId\`), UNIQUE INDEX \`IDX_73dc6c5d5417f2eacd3bcf873b\` (\`fromAgencyId\`, \`key\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`referral_step\` (\`id\` varchar(36) NOT NULL, \`referralId\` varchar(36) NOT NULL, \`what\` varchar(60) NOT NULL, \`because\` text NOT NULL, \`by\` varchar(60) NOT NULL, \`at\` datetime(3) NOT NULL, INDEX \`IDX_a9513c9de69de6e177553798ba\` (\`referralId\`, \`at\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`person\` (\`id\` varchar(36) NOT NULL, \`kind\` varchar(10) NOT NULL, \`createdAt\` datetime(3) NOT NULL, PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`agency_record\` (\`id\` varchar(36) NOT NULL, \`agencyId\` varchar(40) NOT NULL, \`recordId\` varchar(120) NOT NULL, \`personId\` varchar(36) NOT NULL, \`restricted\` tinyint NOT NULL, \`gone\` tinyint NOT NULL, \`firstSeenAt\` datetime(3) NOT NULL, \`seenAt\` datetime(3) NOT NULL, INDEX \`IDX_688d4702e6017a7d031de8a297\` (\`personId\`), UNIQUE INDEX \`IDX_bc6bc954ed7ec9f52e563e2bd7\` (\`agencyId\`, \`recordId\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`match_key\` (\`recordRowId\` varchar(36) NOT NULL, \`kind\` varchar(20) NOT NULL, \`hash\` char(64) NOT NULL, INDEX \`IDX_1ea64aef7379fc532852b371b9\` (\`kind\`, \`hash\`), PRIMARY KEY (\`recordRowId\`, \`kind\`, \`hash\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`identity_link\` (\`id\` varchar(36) NOT NULL, \`recordRowId\` varchar(36) NOT NULL, \`personId\` varchar(36) NOT NULL, \`rule\` varchar(40) NOT NULL, \`because\` varchar(200) NOT NULL, \`at\` datetime(3) NOT NULL, INDEX \`IDX_03d4c85f2dac18f2f142394087\` (\`recordRowId\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`collect_cursor\` (\`agencyId\` varchar(40) NOT NULL, \`cursor\` mediumtext NOT NULL, \`at\` datetime(3) NOT NULL, PRIMARY KEY (\`agencyId\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`hub_lock\` (\`name\` varchar(40) NOT NULL, PRIMARY KEY (\`name\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`police_incident\` (\`id\` varchar(36) NOT NULL, \`forceIdentifier\` int NOT NULL, \`sequence\` int NOT NULL, \`submissionId\` varchar(100) NOT NULL, \`logNumber\` varchar(100) NOT NULL, \`bodyHash\` char(64) NOT NULL, \`document\` mediumtext NOT NULL, \`receivedAt\` datetime(3) NOT NULL, INDEX \`IDX_b2039d0c1308ef9c07573e9fcb\` (\`forceIdentifier\`, \`logNumber\`), UNIQUE INDEX \`IDX_5de3ddfeae033b0074ee315658\` (\`forceIdentifier\`, \`sequence\`), UNIQUE INDEX \`IDX_21d6788cb2a89484124078eb0b\` (\`forceIdentifier\`, \`submissionId\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`police_incident_key\` (\`incidentId\` varchar(36) NOT NULL, \`hash\` char(64) NOT NULL, INDEX \`IDX_3278f70889e0f9eeec293c6648\` (\`hash\`), PRIMARY KEY (\`incidentId\`, \`hash\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`route_request\` (\`referralId\` varchar(36) NOT NULL, \`requestedAt\` datetime(3) NOT NULL, \`doneAt\` datetime(3) NULL, INDEX \`IDX_8860219a25ee2504561cdfa57a\` (\`doneAt\`), PRIMARY KEY (\`referralId\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`audit_entry\` (\`id\` varchar(36) NOT NULL, \`at\` datetime(3) NOT NULL, \`actorId\` varchar(200) NOT NULL, \`role\` varchar(40) NULL, \`agencyId\` varchar(40) NULL, \`what\` varchar(60) NOT NULL, \`subjectId\` varchar(36) NULL, \`rule\` varchar(60) NOT NULL, \`allowed\` tinyint NOT NULL, \`purpose\` varchar(60) NOT NULL, \`requestId\` varchar(36) NOT NULL, INDEX \`IDX_e8f931f02e42f861289d0f1cbc\` (\`subjectId\`, \`at\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
];

const TABLES = [
  "obligation",
  "referral",
  "referral_step",
  "person",
  "agency_record",
  "match_key",
  "identity_link",
  "collect_cursor",
  "hub_lock",
  "police_incident",
  "police_incident_key",
  "route_request",
  "audit_entry",
];

/** Who is who, referrals with their clocks and routes, the police inbox, and the record of what was read. */
export class Hub0001 implements MigrationInterface {
  name = "Hub1790000000001";

  async up(runner: QueryRunner): Promise<void> {
    const statements = runner.connection.options.type === "postgres" ? POSTGRES : MYSQL;
    for (const statement of [...statements, LOCKS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table);
  }
}
