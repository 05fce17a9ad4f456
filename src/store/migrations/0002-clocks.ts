// Drafted by TypeORM from the classes for each engine, then read and kept. Obligations that stand already were all made by
// referrals: they get their child, and the act that is next for them.

import { type MigrationInterface, type QueryRunner, TableIndex } from "typeorm";

const POSTGRES = [
  `DROP INDEX "IDX_4ccd492e9005d881e6844c9942"`,
  `CREATE TABLE "escalation" ("id" character varying(36) NOT NULL, "key" character varying(100) NOT NULL, "childId" character varying(36) NOT NULL, "category" character varying(30) NOT NULL, "fromAgencyId" character varying(40) NOT NULL, "fromActorId" character varying(200) NOT NULL, "toAgencyId" character varying(40) NOT NULL, "toTeamId" character varying(40), "immediateRisk" boolean NOT NULL, "familyTold" boolean, "state" character varying(12) NOT NULL, "stage" integer NOT NULL, "ladderId" character varying(40) NOT NULL, "raisedAt" TIMESTAMP(3) NOT NULL, "endedAt" TIMESTAMP(3), CONSTRAINT "PK_2c9a4d9277ed8620a8a72813864" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_aa17c00e2ff7a64654142e2258" ON "escalation" ("state", "stage")`,
  `CREATE INDEX "IDX_268a761abd7b2a4540d5e97859" ON "escalation" ("childId", "state")`,
  `CREATE UNIQUE INDEX "IDX_691cac9c5a788bc01455396fe5" ON "escalation" ("fromAgencyId", "key")`,
  `CREATE TABLE "escalation_step" ("id" character varying(36) NOT NULL, "escalationId" character varying(36) NOT NULL, "key" character varying(60) NOT NULL, "what" character varying(30) NOT NULL, "stage" integer NOT NULL, "words" text, "wanted" text, "learning" text, "byAt" TIMESTAMP(3), "byActorId" character varying(200) NOT NULL, "by" character varying(60) NOT NULL, "agencyId" character varying(40), "at" TIMESTAMP(3) NOT NULL, CONSTRAINT "PK_3fd62e9b2e5234e16be069fb2b0" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "IDX_1d85a57317a458d64ba6fa754d" ON "escalation_step" ("escalationId", "key")`,
  `CREATE TABLE "message" ("id" character varying(36) NOT NULL, "key" character varying(120) NOT NULL, "toActorId" character varying(200) NOT NULL, "postId" character varying(36), "kind" character varying(20) NOT NULL, "says" character varying(400) NOT NULL, "urgent" boolean NOT NULL, "obligationId" character varying(36), "escalationId" character varying(36), "at" TIMESTAMP(3) NOT NULL, "readAt" TIMESTAMP(3), "actedAt" TIMESTAMP(3), "handOnAt" TIMESTAMP(3), "handed" integer NOT NULL, CONSTRAINT "PK_ba01f0a3e0123651915008bc578" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_9b276499a8957a888fa12474ab" ON "message" ("handOnAt")`,
  `CREATE INDEX "IDX_091741eba1ee85f2b2f2b39066" ON "message" ("toActorId", "readAt", "at")`,
  `CREATE UNIQUE INDEX "IDX_9b7fde550d30796993a3390ea7" ON "message" ("key")`,
  `CREATE TABLE "obligation_event" ("id" character varying(36) NOT NULL, "obligationId" character varying(36) NOT NULL, "key" character varying(60) NOT NULL, "what" character varying(12) NOT NULL, "because" text NOT NULL, "byActorId" character varying(200) NOT NULL, "by" character varying(60) NOT NULL, "dueAt" TIMESTAMP(3) NOT NULL, "at" TIMESTAMP(3) NOT NULL, CONSTRAINT "PK_be432aff7c6ff91e275b96e5bcd" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_352db6b1d6332682407380c6cd" ON "obligation_event" ("at")`,
  `CREATE UNIQUE INDEX "IDX_6f672b26c5d78db569cf7bdb1e" ON "obligation_event" ("obligationId", "key")`,
  `CREATE TABLE "obligation_change" ("id" character varying(36) NOT NULL, "key" character varying(100) NOT NULL, "obligationId" character varying(36) NOT NULL, "kind" character varying(10) NOT NULL, "reason" text NOT NULL, "untilOn" date, "state" character varying(10) NOT NULL, "requestedByActorId" character varying(200) NOT NULL, "requestedBy" character varying(60) NOT NULL, "requestedAt" TIMESTAMP(3) NOT NULL, "decidedByActorId" character varying(200), "decidedBy" character varying(60), "decidedBecause" text, "decidedAt" TIMESTAMP(3), CONSTRAINT "PK_af65ef4e3c8faf5ffdcb3502898" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "IDX_e990f49afbb64cc36542be7908" ON "obligation_change" ("requestedByActorId", "key")`,
  `CREATE INDEX "IDX_26a3873b43806da8e1056f79eb" ON "obligation_change" ("obligationId", "requestedAt")`,
  `CREATE TABLE "post" ("id" character varying(36) NOT NULL, "agencyId" character varying(40) NOT NULL, "teamId" character varying(40), "role" character varying(20) NOT NULL, "holderId" character varying(200) NOT NULL, "holderName" character varying(120) NOT NULL, "holderEmail" character varying(254), "coverId" character varying(200), "coverName" character varying(120), "coverEmail" character varying(254), "awayFromOn" date, "awayUntilOn" date, "confirmedAt" TIMESTAMP(3) NOT NULL, "obligationId" character varying(36), "heldKey" character varying(320), "endedAt" TIMESTAMP(3), CONSTRAINT "PK_be5fda3aac270b134ff9c21cdee" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "IDX_4218e30d4cd1610d758bfd95e2" ON "post" ("heldKey")`,
  `CREATE INDEX "IDX_4ac723758c991b913d4ca95b16" ON "post" ("agencyId", "role")`,
  `CREATE TABLE "statutory_step" ("id" character varying(36) NOT NULL, "key" character varying(100) NOT NULL, "kind" character varying(40) NOT NULL, "outcome" character varying(30), "childId" character varying(36), "followsId" character varying(36), "courseId" character varying(36) NOT NULL, "happenedAt" TIMESTAMP(3) NOT NULL, "recordedAt" TIMESTAMP(3) NOT NULL, "agencyId" character varying(40) NOT NULL, "byActorId" character varying(200) NOT NULL, "correctedAt" TIMESTAMP(3), "correctedBecause" text, "correctedByActorId" character varying(200), CONSTRAINT "PK_eee5ff40b96a9a3d245af07952d" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_c5624c000a8e45ce18ac1680ff" ON "statutory_step" ("courseId")`,
  `CREATE INDEX "IDX_280162b7ab5dfb95734c50dfbd" ON "statutory_step" ("childId", "happenedAt")`,
  `CREATE UNIQUE INDEX "IDX_d2bc11f5b5e3f2b1ff94e1e05f" ON "statutory_step" ("agencyId", "key")`,
  `CREATE TABLE "delivery" ("id" character varying(36) NOT NULL, "messageId" character varying(36) NOT NULL, "channel" character varying(10) NOT NULL, "target" character varying(254) NOT NULL, "state" character varying(10) NOT NULL, "inDigest" boolean NOT NULL, "attempts" integer NOT NULL, "nextAt" TIMESTAMP(3), "sentAt" TIMESTAMP(3), "fault" character varying(60), CONSTRAINT "PK_ffad7bf84e68716cd9af89003b0" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_09aa9aa403da6e9b30adf24d26" ON "delivery" ("state", "nextAt")`,
  `CREATE UNIQUE INDEX "IDX_64e41d1ca77ea6d832493a3e87" ON "delivery" ("messageId", "channel", "target")`,
  `CREATE TABLE "outbox_email" ("id" character varying(36) NOT NULL, "to" character varying(254) NOT NULL, "subject" character varying(200) NOT NULL, "body" text NOT NULL, "at" TIMESTAMP(3) NOT NULL, CONSTRAINT "PK_b55f4d8ab961614aa75da7a668d" PRIMARY KEY ("id"))`,
  `CREATE TABLE "message_preference" ("actorId" character varying(200) NOT NULL, "routine" character varying(10) NOT NULL, CONSTRAINT "PK_b504f1c8786ce346872f26a6601" PRIMARY KEY ("actorId"))`,
  `CREATE TABLE "webhook" ("id" character varying(36) NOT NULL, "agencyId" character varying(40) NOT NULL, "url" character varying(500) NOT NULL, "sealedSecret" character varying(200) NOT NULL, "createdAt" TIMESTAMP(3) NOT NULL, "endedAt" TIMESTAMP(3), CONSTRAINT "PK_e6765510c2d078db49632b59020" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "IDX_96033cd15d7b3630313b700096" ON "webhook" ("agencyId", "url")`,
  `CREATE TABLE "heartbeat" ("name" character varying(60) NOT NULL, "at" TIMESTAMP(3) NOT NULL, CONSTRAINT "PK_42ccdcc859bfbb2c221098df080" PRIMARY KEY ("name"))`,
  `CREATE TABLE "troubled_work" ("queue" character varying(20) NOT NULL, "subjectId" character varying(36) NOT NULL, "attempts" integer NOT NULL, "fault" character varying(100) NOT NULL, "failedAt" TIMESTAMP(3) NOT NULL, "tryAt" TIMESTAMP(3), "parkedAt" TIMESTAMP(3), "teamId" character varying(40), "replayedAt" TIMESTAMP(3), "replayedByActorId" character varying(200), "doneAt" TIMESTAMP(3), CONSTRAINT "PK_4cef90a8f03bca887fdf2f7de14" PRIMARY KEY ("queue", "subjectId"))`,
  `CREATE INDEX "IDX_3921df8a376de1a7b100424e1a" ON "troubled_work" ("parkedAt")`,
  `ALTER TABLE "obligation" ADD "childId" character varying(36)`,
  `ALTER TABLE "obligation" ADD "courseId" character varying(36)`,
  `ALTER TABLE "obligation" ADD "owes" character varying(300) NOT NULL DEFAULT ''`,
  `ALTER TABLE "obligation" ADD "agencyId" character varying(40) NOT NULL DEFAULT 'social-care'`,
  `ALTER TABLE "obligation" ADD "teamId" character varying(40)`,
  `ALTER TABLE "obligation" ADD "ownerRole" character varying(20) NOT NULL DEFAULT 'MANAGER'`,
  `ALTER TABLE "obligation" ADD "urgent" boolean NOT NULL DEFAULT true`,
  `ALTER TABLE "obligation" ADD "metAt" TIMESTAMP(3)`,
  `ALTER TABLE "obligation" ADD "settledById" character varying(36)`,
  `ALTER TABLE "obligation" ADD "pausedAt" TIMESTAMP(3)`,
  `ALTER TABLE "obligation" ADD "nextAct" character varying(12)`,
  `ALTER TABLE "obligation" ADD "nextNumber" integer NOT NULL DEFAULT 1`,
  `ALTER TABLE "obligation" ADD "nextAt" TIMESTAMP(3)`,
  `ALTER TABLE "obligation" ADD "schedule" text`,
  `ALTER TABLE "obligation" ADD "version" integer NOT NULL DEFAULT 0`,
  `CREATE INDEX "IDX_6e7518866d2144b3fb1d0f54fc" ON "obligation" ("settledById")`,
  `CREATE INDEX "IDX_d4445312aaefce5578cc08df03" ON "obligation" ("agencyId", "teamId", "state", "dueAt")`,
  `CREATE INDEX "IDX_30d951059a0f80a9d3f1bb9138" ON "obligation" ("courseId")`,
  `CREATE INDEX "IDX_0cf56cf05d201176276792df1e" ON "obligation" ("childId", "state")`,
  `CREATE INDEX "IDX_8da6c36123b9779ce40cbb7f88" ON "obligation" ("nextAct", "nextAt")`,
  `UPDATE "obligation" SET "childId" = (SELECT "childId" FROM "referral" WHERE "referral"."id" = "subjectId")`,
  `UPDATE "obligation" SET "nextAct" = 'LATE', "nextAt" = "dueAt" WHERE "state" = 'OPEN'`,
  `UPDATE "obligation" SET "courseId" = "subjectId"`,
  `UPDATE "obligation" SET "teamId" = 'mash'`,
  `INSERT INTO "statutory_step" ("id", "key", "kind", "childId", "courseId", "happenedAt", "recordedAt", "agencyId", "byActorId") SELECT "id", "id", 'REFERRAL_RECEIVED', "childId", "id", "submittedAt", "submittedAt", "fromAgencyId", "fromActorId" FROM "referral"`,
  `ALTER TABLE "obligation" ALTER COLUMN "owes" DROP DEFAULT`,
  `ALTER TABLE "obligation" ALTER COLUMN "agencyId" DROP DEFAULT`,
  `ALTER TABLE "obligation" ALTER COLUMN "ownerRole" DROP DEFAULT`,
  `ALTER TABLE "obligation" ALTER COLUMN "urgent" DROP DEFAULT`,
  `ALTER TABLE "obligation" ALTER COLUMN "nextNumber" DROP DEFAULT`,
  `ALTER TABLE "obligation" ALTER COLUMN "version" DROP DEFAULT`,
];

const MYSQL = [
  `DROP INDEX \`IDX_4ccd492e9005d881e6844c9942\` ON \`obligation\``,
  `CREATE TABLE \`escalation\` (\`id\` varchar(36) NOT NULL, \`key\` varchar(100) NOT NULL, \`childId\` varchar(36) NOT NULL, \`category\` varchar(30) NOT NULL, \`fromAgencyId\` varchar(40) NOT NULL, \`fromActorId\` varchar(200) NOT NULL, \`toAgencyId\` varchar(40) NOT NULL, \`toTeamId\` varchar(40) NULL, \`immediateRisk\` tinyint NOT NULL, \`familyTold\` tinyint NULL, \`state\` varchar(12) NOT NULL, \`stage\` int NOT NULL, \`ladderId\` varchar(40) NOT NULL, \`raisedAt\` datetime(3) NOT NULL, \`endedAt\` datetime(3) NULL, INDEX \`IDX_aa17c00e2ff7a64654142e2258\` (\`state\`, \`stage\`), INDEX \`IDX_268a761abd7b2a4540d5e97859\` (\`childId\`, \`state\`), UNIQUE INDEX \`IDX_691cac9c5a788bc01455396fe5\` (\`fromAgencyId\`, \`key\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`escalation_step\` (\`id\` varchar(36) NOT NULL, \`escalationId\` varchar(36) NOT NULL, \`key\` varchar(60) NOT NULL, \`what\` varchar(30) NOT NULL, \`stage\` int NOT NULL, \`words\` text NULL, \`wanted\` text NULL, \`learning\` text NULL, \`byAt\` datetime(3) NULL, \`byActorId\` varchar(200) NOT NULL, \`by\` varchar(60) NOT NULL, \`agencyId\` varchar(40) NULL, \`at\` datetime(3) NOT NULL, UNIQUE INDEX \`IDX_1d85a57317a458d64ba6fa754d\` (\`escalationId\`, \`key\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`message\` (\`id\` varchar(36) NOT NULL, \`key\` varchar(120) NOT NULL, \`toActorId\` varchar(200) NOT NULL, \`postId\` varchar(36) NULL, \`kind\` varchar(20) NOT NULL, \`says\` varchar(400) NOT NULL, \`urgent\` tinyint NOT NULL, \`obligationId\` varchar(36) NULL, \`escalationId\` varchar(36) NULL, \`at\` datetime(3) NOT NULL, \`readAt\` datetime(3) NULL, \`actedAt\` datetime(3) NULL, \`handOnAt\` datetime(3) NULL, \`handed\` int NOT NULL, INDEX \`IDX_9b276499a8957a888fa12474ab\` (\`handOnAt\`), INDEX \`IDX_091741eba1ee85f2b2f2b39066\` (\`toActorId\`, \`readAt\`, \`at\`), UNIQUE INDEX \`IDX_9b7fde550d30796993a3390ea7\` (\`key\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`obligation_event\` (\`id\` varchar(36) NOT NULL, \`obligationId\` varchar(36) NOT NULL, \`key\` varchar(60) NOT NULL, \`what\` varchar(12) NOT NULL, \`because\` text NOT NULL, \`byActorId\` varchar(200) NOT NULL, \`by\` varchar(60) NOT NULL, \`dueAt\` datetime(3) NOT NULL, \`at\` datetime(3) NOT NULL, INDEX \`IDX_352db6b1d6332682407380c6cd\` (\`at\`), UNIQUE INDEX \`IDX_6f672b26c5d78db569cf7bdb1e\` (\`obligationId\`, \`key\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`obligation_change\` (\`id\` varchar(36) NOT NULL, \`key\` varchar(100) NOT NULL, \`obligationId\` varchar(36) NOT NULL, \`kind\` varchar(10) NOT NULL, \`reason\` text NOT NULL, \`untilOn\` date NULL, \`state\` varchar(10) NOT NULL, \`requestedByActorId\` varchar(200) NOT NULL, \`requestedBy\` varchar(60) NOT NULL, \`requestedAt\` datetime(3) NOT NULL, \`decidedByActorId\` varchar(200) NULL, \`decidedBy\` varchar(60) NULL, \`decidedBecause\` text NULL, \`decidedAt\` datetime(3) NULL, UNIQUE INDEX \`IDX_e990f49afbb64cc36542be7908\` (\`requestedByActorId\`, \`key\`), INDEX \`IDX_26a3873b43806da8e1056f79eb\` (\`obligationId\`, \`requestedAt\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`post\` (\`id\` varchar(36) NOT NULL, \`agencyId\` varchar(40) NOT NULL, \`teamId\` varchar(40) NULL, \`role\` varchar(20) NOT NULL, \`holderId\` varchar(200) NOT NULL, \`holderName\` varchar(120) NOT NULL, \`holderEmail\` varchar(254) NULL, \`coverId\` varchar(200) NULL, \`coverName\` varchar(120) NULL, \`coverEmail\` varchar(254) NULL, \`awayFromOn\` date NULL, \`awayUntilOn\` date NULL, \`confirmedAt\` datetime(3) NOT NULL, \`obligationId\` varchar(36) NULL, \`heldKey\` varchar(320) NULL, \`endedAt\` datetime(3) NULL, UNIQUE INDEX \`IDX_4218e30d4cd1610d758bfd95e2\` (\`heldKey\`), INDEX \`IDX_4ac723758c991b913d4ca95b16\` (\`agencyId\`, \`role\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`statutory_step\` (\`id\` varchar(36) NOT NULL, \`key\` varchar(100) NOT NULL, \`kind\` varchar(40) NOT NULL, \`outcome\` varchar(30) NULL, \`childId\` varchar(36) NULL, \`followsId\` varchar(36) NULL, \`courseId\` varchar(36) NOT NULL, \`happenedAt\` datetime(3) NOT NULL, \`recordedAt\` datetime(3) NOT NULL, \`agencyId\` varchar(40) NOT NULL, \`byActorId\` varchar(200) NOT NULL, \`correctedAt\` datetime(3) NULL, \`correctedBecause\` text NULL, \`correctedByActorId\` varchar(200) NULL, INDEX \`IDX_c5624c000a8e45ce18ac1680ff\` (\`courseId\`), INDEX \`IDX_280162b7ab5dfb95734c50dfbd\` (\`childId\`, \`happenedAt\`), UNIQUE INDEX \`IDX_d2bc11f5b5e3f2b1ff94e1e05f\` (\`agencyId\`, \`key\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`delivery\` (\`id\` varchar(36) NOT NULL, \`messageId\` varchar(36) NOT NULL, \`channel\` varchar(10) NOT NULL, \`target\` varchar(254) NOT NULL, \`state\` varchar(10) NOT NULL, \`inDigest\` tinyint NOT NULL, \`attempts\` int NOT NULL, \`nextAt\` datetime(3) NULL, \`sentAt\` datetime(3) NULL, \`fault\` varchar(60) NULL, INDEX \`IDX_09aa9aa403da6e9b30adf24d26\` (\`state\`, \`nextAt\`), UNIQUE INDEX \`IDX_64e41d1ca77ea6d832493a3e87\` (\`messageId\`, \`channel\`, \`target\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`outbox_email\` (\`id\` varchar(36) NOT NULL, \`to\` varchar(254) NOT NULL, \`subject\` varchar(200) NOT NULL, \`body\` text NOT NULL, \`at\` datetime(3) NOT NULL, PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`message_preference\` (\`actorId\` varchar(200) NOT NULL, \`routine\` varchar(10) NOT NULL, PRIMARY KEY (\`actorId\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`webhook\` (\`id\` varchar(36) NOT NULL, \`agencyId\` varchar(40) NOT NULL, \`url\` varchar(500) NOT NULL, \`sealedSecret\` varchar(200) NOT NULL, \`createdAt\` datetime(3) NOT NULL, \`endedAt\` datetime(3) NULL, UNIQUE INDEX \`IDX_96033cd15d7b3630313b700096\` (\`agencyId\`, \`url\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`heartbeat\` (\`name\` varchar(60) NOT NULL, \`at\` datetime(3) NOT NULL, PRIMARY KEY (\`name\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`troubled_work\` (\`queue\` varchar(20) NOT NULL, \`subjectId\` varchar(36) NOT NULL, \`attempts\` int NOT NULL, \`fault\` varchar(100) NOT NULL, \`failedAt\` datetime(3) NOT NULL, \`tryAt\` datetime(3) NULL, \`parkedAt\` datetime(3) NULL, \`teamId\` varchar(40) NULL, \`replayedAt\` datetime(3) NULL, \`replayedByActorId\` varchar(200) NULL, \`doneAt\` datetime(3) NULL, INDEX \`IDX_3921df8a376de1a7b100424e1a\` (\`parkedAt\`), PRIMARY KEY (\`queue\`, \`subjectId\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `ALTER TABLE \`obligation\` ADD \`childId\` varchar(36) NULL`,
  `ALTER TABLE \`obligation\` ADD \`courseId\` varchar(36) NULL`,
  `ALTER TABLE \`obligation\` ADD \`owes\` varchar(300) NOT NULL DEFAULT ''`,
  `ALTER TABLE \`obligation\` ADD \`agencyId\` varchar(40) NOT NULL DEFAULT 'social-care'`,
  `ALTER TABLE \`obligation\` ADD \`teamId\` varchar(40) NULL`,
  `ALTER TABLE \`obligation\` ADD \`ownerRole\` varchar(20) NOT NULL DEFAULT 'MANAGER'`,
  `ALTER TABLE \`obligation\` ADD \`urgent\` tinyint NOT NULL DEFAULT 1`,
  `ALTER TABLE \`obligation\` ADD \`metAt\` datetime(3) NULL`,
  `ALTER TABLE \`obligation\` ADD \`settledById\` varchar(36) NULL`,
  `ALTER TABLE \`obligation\` ADD \`pausedAt\` datetime(3) NULL`,
  `ALTER TABLE \`obligation\` ADD \`nextAct\` varchar(12) NULL`,
  `ALTER TABLE \`obligation\` ADD \`nextNumber\` int NOT NULL DEFAULT 1`,
  `ALTER TABLE \`obligation\` ADD \`nextAt\` datetime(3) NULL`,
  `ALTER TABLE \`obligation\` ADD \`schedule\` text NULL`,
  `ALTER TABLE \`obligation\` ADD \`version\` int NOT NULL DEFAULT 0`,
  `CREATE INDEX \`IDX_6e7518866d2144b3fb1d0f54fc\` ON \`obligation\` (\`settledById\`)`,
  `CREATE INDEX \`IDX_d4445312aaefce5578cc08df03\` ON \`obligation\` (\`agencyId\`, \`teamId\`, \`state\`, \`dueAt\`)`,
  `CREATE INDEX \`IDX_30d951059a0f80a9d3f1bb9138\` ON \`obligation\` (\`courseId\`)`,
  `CREATE INDEX \`IDX_0cf56cf05d201176276792df1e\` ON \`obligation\` (\`childId\`, \`state\`)`,
  `CREATE INDEX \`IDX_8da6c36123b9779ce40cbb7f88\` ON \`obligation\` (\`nextAct\`, \`nextAt\`)`,
  `UPDATE \`obligation\` SET \`childId\` = (SELECT \`childId\` FROM \`referral\` WHERE \`referral\`.\`id\` = \`subjectId\`)`,
  `UPDATE \`obligation\` SET \`nextAct\` = 'LATE', \`nextAt\` = \`dueAt\` WHERE \`state\` = 'OPEN'`,
  `UPDATE \`obligation\` SET \`courseId\` = \`subjectId\``,
  `UPDATE \`obligation\` SET \`teamId\` = 'mash'`,
  `INSERT INTO \`statutory_step\` (\`id\`, \`key\`, \`kind\`, \`childId\`, \`courseId\`, \`happenedAt\`, \`recordedAt\`, \`agencyId\`, \`byActorId\`) SELECT \`id\`, \`id\`, 'REFERRAL_RECEIVED', \`childId\`, \`id\`, \`submittedAt\`, \`submittedAt\`, \`fromAgencyId\`, \`fromActorId\` FROM \`referral\``,
  `ALTER TABLE \`obligation\` ALTER COLUMN \`owes\` DROP DEFAULT`,
  `ALTER TABLE \`obligation\` ALTER COLUMN \`agencyId\` DROP DEFAULT`,
  `ALTER TABLE \`obligation\` ALTER COLUMN \`ownerRole\` DROP DEFAULT`,
  `ALTER TABLE \`obligation\` ALTER COLUMN \`urgent\` DROP DEFAULT`,
  `ALTER TABLE \`obligation\` ALTER COLUMN \`nextNumber\` DROP DEFAULT`,
  `ALTER TABLE \`obligation\` ALTER COLUMN \`version\` DROP DEFAULT`,
];

const TABLES = [
  "escalation",
  "escalation_step",
  "message",
  "obligation_event",
  "obligation_change",
  "post",
  "statutory_step",
  "delivery",
  "outbox_email",
  "message_preference",
  "webhook",
  "heartbeat",
  "troubled_work",
];

const COLUMNS = [
  "childId",
  "courseId",
  "owes",
  "agencyId",
  "teamId",
  "ownerRole",
  "urgent",
  "metAt",
  "settledById",
  "pausedAt",
  "nextAct",
  "nextNumber",
  "nextAt",
  "schedule",
  "version",
];

const INDEXES = [
  "IDX_6e7518866d2144b3fb1d0f54fc",
  "IDX_d4445312aaefce5578cc08df03",
  "IDX_30d951059a0f80a9d3f1bb9138",
  "IDX_0cf56cf05d201176276792df1e",
  "IDX_8da6c36123b9779ce40cbb7f88",
];

/** Clocks that nobody can lose: obligations with owners, what happened to them, posts, escalations, and telling people. */
export class Clocks0002 implements MigrationInterface {
  name = "Clocks1790000000002";

  async up(runner: QueryRunner): Promise<void> {
    const statements = runner.connection.options.type === "postgres" ? POSTGRES : MYSQL;
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table);
    for (const index of INDEXES) await runner.dropIndex("obligation", index);
    await runner.dropColumns("obligation", COLUMNS);
    const columnNames = ["state", "dueAt"];
    await runner.createIndex("obligation", new TableIndex({ name: "IDX_4ccd492e9005d881e6844c9942", columnNames }));
  }
}
