// Drafted by TypeORM from the classes for each engine, then read and kept. Records that stand already keep the person they were
// believed to be; what they are compared by is not known of them yet, so every agency is collected anew.

import { type MigrationInterface, type QueryRunner, Table, TableIndex } from "typeorm";

const POSTGRES = [
  `DROP INDEX "IDX_03d4c85f2dac18f2f142394087"`,
  `CREATE TABLE "link_key" ("hash" character(16) NOT NULL, "recordRowId" character varying(36) NOT NULL, CONSTRAINT "PK_af5310be42cbed7929b1db05914" PRIMARY KEY ("hash", "recordRowId"))`,
  `CREATE INDEX "IDX_a13d891203f8cd3d4aca28c213" ON "link_key" ("recordRowId")`,
  `CREATE TABLE "identity_review" ("id" character varying(36) NOT NULL, "pair" character varying(120) NOT NULL, "kind" character varying(12) NOT NULL, "recordRowId" character varying(36), "otherRecordRowId" character varying(36), "weight" double precision NOT NULL, "contributions" text NOT NULL, "vetoes" text NOT NULL, "needsTwo" boolean NOT NULL, "model" character varying(60) NOT NULL, "state" character varying(10) NOT NULL, "outcome" character varying(12), "gold" text, "openedAt" TIMESTAMP(3) NOT NULL, "closedAt" TIMESTAMP(3), CONSTRAINT "PK_a779c044aee9aaa4a66cc83c491" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "IDX_fababd10a6d7d79ff126410767" ON "identity_review" ("pair")`,
  `CREATE INDEX "IDX_ec0c78efcdbb31b6ea04ab603a" ON "identity_review" ("recordRowId")`,
  `CREATE INDEX "IDX_602ee3e4a26397c6d6ecdb928a" ON "identity_review" ("otherRecordRowId")`,
  `CREATE INDEX "IDX_1a5ef0de9b1abfcd42a186d7c0" ON "identity_review" ("state", "openedAt")`,
  `CREATE TABLE "identity_verdict" ("id" character varying(36) NOT NULL, "reviewId" character varying(36) NOT NULL, "byActorId" character varying(200) NOT NULL, "verdict" character varying(12) NOT NULL, "because" text NOT NULL, "right" boolean, "at" TIMESTAMP(3) NOT NULL, CONSTRAINT "PK_9da2a138491ccc6ad724f3e68bb" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_6d21c6aee37bf857907450936f" ON "identity_verdict" ("byActorId")`,
  `CREATE UNIQUE INDEX "IDX_7bfcb6ff1fcde2834e801cf18e" ON "identity_verdict" ("reviewId", "byActorId")`,
  `CREATE TABLE "identity_override" ("id" character varying(36) NOT NULL, "recordA" character varying(36) NOT NULL, "recordB" character varying(36) NOT NULL, "verdict" character varying(12) NOT NULL, "byActorId" character varying(200) NOT NULL, "because" text NOT NULL, "at" TIMESTAMP(3) NOT NULL, CONSTRAINT "PK_625d93bb61d60dab4de2d1d5b65" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_a85b230da73c7a025fa6faf82a" ON "identity_override" ("recordB")`,
  `CREATE INDEX "IDX_a64b2a96aa2448fdfcbbd23c68" ON "identity_override" ("recordA", "recordB")`,
  `CREATE TABLE "identity_correction" ("id" character varying(36) NOT NULL, "recordRowId" character varying(36) NOT NULL, "fromPersonId" character varying(36) NOT NULL, "toPersonId" character varying(36) NOT NULL, "byActorId" character varying(200) NOT NULL, "because" text NOT NULL, "joinedAt" TIMESTAMP(3) NOT NULL, "at" TIMESTAMP(3) NOT NULL, "radius" text NOT NULL, "figures" text NOT NULL, CONSTRAINT "PK_bc3a25b7942a63692d1daf36072" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_eb21247fb08b1073bdfb341bd2" ON "identity_correction" ("recordRowId")`,
  `CREATE INDEX "IDX_775fc4a108e361add260f87161" ON "identity_correction" ("fromPersonId")`,
  `CREATE INDEX "IDX_5dbc668d366643408b58fad8d2" ON "identity_correction" ("toPersonId")`,
  `CREATE TABLE "identity_check" ("id" character varying(36) NOT NULL, "correctionId" character varying(36) NOT NULL, "kind" character varying(12) NOT NULL, "subjectId" character varying(36) NOT NULL, "courseId" character varying(36), "agencyId" character varying(40), "state" character varying(10) NOT NULL, "checkedBy" character varying(200), "because" text, "checkedAt" TIMESTAMP(3), CONSTRAINT "PK_ce04ce6ef21e35a4dabd0e8e3be" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_f9a0273ce72eb0257d9d7b1429" ON "identity_check" ("state", "agencyId")`,
  `CREATE UNIQUE INDEX "IDX_083729941da655ac5020401350" ON "identity_check" ("correctionId", "kind", "subjectId")`,
  `CREATE TABLE "sealed_key" ("hash" character(64) NOT NULL, CONSTRAINT "PK_86fb330f91d6e966a770fe9839d" PRIMARY KEY ("hash"))`,
  `CREATE TABLE "quarantined_record" ("id" character varying(36) NOT NULL, "hash" character(64) NOT NULL, "sealed" text NOT NULL, "state" character varying(10) NOT NULL, "at" TIMESTAMP(3) NOT NULL, "decidedBy" character varying(200), "because" text, "decidedAt" TIMESTAMP(3), CONSTRAINT "PK_1c0fa3c1c7f10f4cd234fe20bde" PRIMARY KEY ("id"))`,
  `CREATE UNIQUE INDEX "IDX_63063dc0be081e6dcd1e06734c" ON "quarantined_record" ("hash")`,
  `CREATE TABLE "sealed_file" ("id" character varying(36) NOT NULL, "personId" character varying(36) NOT NULL, "what" character varying(40) NOT NULL, "sealed" text NOT NULL, "byActorId" character varying(200) NOT NULL, "at" TIMESTAMP(3) NOT NULL, CONSTRAINT "PK_d5b12d454d6284e505a179f53e5" PRIMARY KEY ("id"))`,
  `CREATE INDEX "IDX_d14fd4a8c0fcfdbddc9938e8a7" ON "sealed_file" ("personId")`,
  `CREATE INDEX "IDX_52c324598af383b362f6d0f299" ON "sealed_file" ("what", "at")`,
  `ALTER TABLE "identity_link" ADD "band" character varying(10) NOT NULL DEFAULT 'AUTO'`,
  `ALTER TABLE "identity_link" ADD "weight" double precision`,
  `ALTER TABLE "identity_link" ADD "contributions" text`,
  `ALTER TABLE "identity_link" ADD "vetoes" text`,
  `ALTER TABLE "identity_link" ADD "runnerUp" text`,
  `ALTER TABLE "identity_link" ADD "model" character varying(60)`,
  `ALTER TABLE "identity_link" ADD "decidedBy" character varying(200) NOT NULL DEFAULT 'model'`,
  `ALTER TABLE "identity_link" ADD "supersedes" character varying(36)`,
  `ALTER TABLE "identity_link" ADD "fromPersonId" character varying(36)`,
  `ALTER TABLE "person" ADD "joinedTo" character varying(36)`,
  `ALTER TABLE "person" ADD "sealedAt" TIMESTAMP(3)`,
  `ALTER TABLE "agency_record" ADD "register" character varying(80)`,
  `ALTER TABLE "agency_record" ADD "profile" text`,
  `ALTER TABLE "agency_record" ADD "profileHash" character(64)`,
  `CREATE INDEX "IDX_ea8fc6b2d3a8bad844ef81f2c7" ON "identity_link" ("personId")`,
  `CREATE INDEX "IDX_c3308f1e9b04b0b3b8799c43b2" ON "identity_link" ("recordRowId", "id")`,
  `CREATE INDEX "IDX_0dd46a612913219a9688d7ddd3" ON "person" ("joinedTo")`,
];

const MYSQL = [
  `DROP INDEX \`IDX_03d4c85f2dac18f2f142394087\` ON \`identity_link\``,
  `CREATE TABLE \`link_key\` (\`hash\` char(16) NOT NULL, \`recordRowId\` varchar(36) NOT NULL, INDEX \`IDX_a13d891203f8cd3d4aca28c213\` (\`recordRowId\`), PRIMARY KEY (\`hash\`, \`recordRowId\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`identity_review\` (\`id\` varchar(36) NOT NULL, \`pair\` varchar(120) NOT NULL, \`kind\` varchar(12) NOT NULL, \`recordRowId\` varchar(36) NULL, \`otherRecordRowId\` varchar(36) NULL, \`weight\` double NOT NULL, \`contributions\` text NOT NULL, \`vetoes\` text NOT NULL, \`needsTwo\` tinyint NOT NULL, \`model\` varchar(60) NOT NULL, \`state\` varchar(10) NOT NULL, \`outcome\` varchar(12) NULL, \`gold\` text NULL, \`openedAt\` datetime(3) NOT NULL, \`closedAt\` datetime(3) NULL, UNIQUE INDEX \`IDX_fababd10a6d7d79ff126410767\` (\`pair\`), INDEX \`IDX_ec0c78efcdbb31b6ea04ab603a\` (\`recordRowId\`), INDEX \`IDX_602ee3e4a26397c6d6ecdb928a\` (\`otherRecordRowId\`), INDEX \`IDX_1a5ef0de9b1abfcd42a186d7c0\` (\`state\`, \`openedAt\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`identity_verdict\` (\`id\` varchar(36) NOT NULL, \`reviewId\` varchar(36) NOT NULL, \`byActorId\` varchar(200) NOT NULL, \`verdict\` varchar(12) NOT NULL, \`because\` text NOT NULL, \`right\` tinyint NULL, \`at\` datetime(3) NOT NULL, INDEX \`IDX_6d21c6aee37bf857907450936f\` (\`byActorId\`), UNIQUE INDEX \`IDX_7bfcb6ff1fcde2834e801cf18e\` (\`reviewId\`, \`byActorId\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`identity_override\` (\`id\` varchar(36) NOT NULL, \`recordA\` varchar(36) NOT NULL, \`recordB\` varchar(36) NOT NULL, \`verdict\` varchar(12) NOT NULL, \`byActorId\` varchar(200) NOT NULL, \`because\` text NOT NULL, \`at\` datetime(3) NOT NULL, INDEX \`IDX_a85b230da73c7a025fa6faf82a\` (\`recordB\`), INDEX \`IDX_a64b2a96aa2448fdfcbbd23c68\` (\`recordA\`, \`recordB\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`identity_correction\` (\`id\` varchar(36) NOT NULL, \`recordRowId\` varchar(36) NOT NULL, \`fromPersonId\` varchar(36) NOT NULL, \`toPersonId\` varchar(36) NOT NULL, \`byActorId\` varchar(200) NOT NULL, \`because\` text NOT NULL, \`joinedAt\` datetime(3) NOT NULL, \`at\` datetime(3) NOT NULL, \`radius\` mediumtext NOT NULL, \`figures\` text NOT NULL, INDEX \`IDX_eb21247fb08b1073bdfb341bd2\` (\`recordRowId\`), INDEX \`IDX_775fc4a108e361add260f87161\` (\`fromPersonId\`), INDEX \`IDX_5dbc668d366643408b58fad8d2\` (\`toPersonId\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`identity_check\` (\`id\` varchar(36) NOT NULL, \`correctionId\` varchar(36) NOT NULL, \`kind\` varchar(12) NOT NULL, \`subjectId\` varchar(36) NOT NULL, \`courseId\` varchar(36) NULL, \`agencyId\` varchar(40) NULL, \`state\` varchar(10) NOT NULL, \`checkedBy\` varchar(200) NULL, \`because\` text NULL, \`checkedAt\` datetime(3) NULL, INDEX \`IDX_f9a0273ce72eb0257d9d7b1429\` (\`state\`, \`agencyId\`), UNIQUE INDEX \`IDX_083729941da655ac5020401350\` (\`correctionId\`, \`kind\`, \`subjectId\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`sealed_key\` (\`hash\` char(64) NOT NULL, PRIMARY KEY (\`hash\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`quarantined_record\` (\`id\` varchar(36) NOT NULL, \`hash\` char(64) NOT NULL, \`sealed\` text NOT NULL, \`state\` varchar(10) NOT NULL, \`at\` datetime(3) NOT NULL, \`decidedBy\` varchar(200) NULL, \`because\` text NULL, \`decidedAt\` datetime(3) NULL, UNIQUE INDEX \`IDX_63063dc0be081e6dcd1e06734c\` (\`hash\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `CREATE TABLE \`sealed_file\` (\`id\` varchar(36) NOT NULL, \`personId\` varchar(36) NOT NULL, \`what\` varchar(40) NOT NULL, \`sealed\` mediumtext NOT NULL, \`byActorId\` varchar(200) NOT NULL, \`at\` datetime(3) NOT NULL, INDEX \`IDX_52c324598af383b362f6d0f299\` (\`what\`, \`at\`), INDEX \`IDX_d14fd4a8c0fcfdbddc9938e8a7\` (\`personId\`), PRIMARY KEY (\`id\`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  `ALTER TABLE \`identity_link\` ADD \`band\` varchar(10) NOT NULL DEFAULT 'AUTO'`,
  `ALTER TABLE \`identity_link\` ADD \`weight\` double NULL`,
  `ALTER TABLE \`identity_link\` ADD \`contributions\` text NULL`,
  `ALTER TABLE \`identity_link\` ADD \`vetoes\` text NULL`,
  `ALTER TABLE \`identity_link\` ADD \`runnerUp\` text NULL`,
  `ALTER TABLE \`identity_link\` ADD \`model\` varchar(60) NULL`,
  `ALTER TABLE \`identity_link\` ADD \`decidedBy\` varchar(200) NOT NULL DEFAULT 'model'`,
  `ALTER TABLE \`identity_link\` ADD \`supersedes\` varchar(36) NULL`,
  `ALTER TABLE \`identity_link\` ADD \`fromPersonId\` varchar(36) NULL`,
  `ALTER TABLE \`person\` ADD \`joinedTo\` varchar(36) NULL`,
  `ALTER TABLE \`person\` ADD \`sealedAt\` datetime(3) NULL`,
  `ALTER TABLE \`agency_record\` ADD \`register\` varchar(80) NULL`,
  `ALTER TABLE \`agency_record\` ADD \`profile\` text NULL`,
  `ALTER TABLE \`agency_record\` ADD \`profileHash\` char(64) NULL`,
  `CREATE INDEX \`IDX_ea8fc6b2d3a8bad844ef81f2c7\` ON \`identity_link\` (\`personId\`)`,
  `CREATE INDEX \`IDX_c3308f1e9b04b0b3b8799c43b2\` ON \`identity_link\` (\`recordRowId\`, \`id\`)`,
  `CREATE INDEX \`IDX_0dd46a612913219a9688d7ddd3\` ON \`person\` (\`joinedTo\`)`,
];

const TABLES = [
  "link_key",
  "identity_review",
  "identity_verdict",
  "identity_override",
  "identity_correction",
  "identity_check",
  "sealed_key",
  "quarantined_record",
  "sealed_file",
];

const LINK_COLUMNS = [
  "band",
  "weight",
  "contributions",
  "vetoes",
  "runnerUp",
  "model",
  "decidedBy",
  "supersedes",
  "fromPersonId",
];
const LINK_INDEXES = ["IDX_ea8fc6b2d3a8bad844ef81f2c7", "IDX_c3308f1e9b04b0b3b8799c43b2"];

/** Locks for records that share a key: two of one child must not be taken in at the same moment. */
const STRIPES = Array.from({ length: 256 }, (_, at) => `('identity:${at.toString(16).padStart(2, "0")}')`);

/** Who is who: records compared by weight, beliefs that can be undone, people's decisions, and what must never be joined. */
export class Identity0003 implements MigrationInterface {
  name = "Identity1790000000003";

  async up(runner: QueryRunner): Promise<void> {
    const statements = runner.connection.options.type === "postgres" ? POSTGRES : MYSQL;
    for (const statement of statements) await runner.query(statement);
    await runner.dropTable("match_key");
    await runner.query(`INSERT INTO hub_lock (name) VALUES ${STRIPES.join(", ")}`);
    await runner.query("DELETE FROM hub_lock WHERE name = 'identity'");
    await runner.query("DELETE FROM collect_cursor");
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table);
    for (const index of LINK_INDEXES) await runner.dropIndex("identity_link", index);
    await runner.dropColumns("identity_link", LINK_COLUMNS);
    const columnNames = ["recordRowId"];
    await runner.createIndex("identity_link", new TableIndex({ name: "IDX_03d4c85f2dac18f2f142394087", columnNames }));
    await runner.dropIndex("person", "IDX_0dd46a612913219a9688d7ddd3");
    await runner.dropColumns("person", ["joinedTo", "sealedAt"]);
    await runner.dropColumns("agency_record", ["register", "profile", "profileHash"]);
    const text = (name: string, length: string) => ({ name, type: "varchar", length, isPrimary: true });
    await runner.createTable(
      new Table({
        name: "match_key",
        columns: [text("recordRowId", "36"), text("kind", "20"), { ...text("hash", "64"), type: "char" }],
        indices: [{ name: "IDX_match_key_kind_hash", columnNames: ["kind", "hash"] }],
      }),
    );
    await runner.query("DELETE FROM hub_lock WHERE name LIKE 'identity:%'");
    await runner.query("INSERT INTO hub_lock (name) VALUES ('identity')");
    await runner.query("DELETE FROM collect_cursor");
  }
}
