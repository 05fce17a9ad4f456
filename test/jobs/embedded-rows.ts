// One table with every kind of column that an engine is tempted to change.

import { DataSource, EntitySchema } from "typeorm";
import type { Embedded } from "../../src/store/embedded.ts";

export interface Thing {
  id: number;
  name: string;
  on: string | null;
  at: Date | null;
  localAt: Date | null;
  big: string | null;
  exact: string | null;
  bytes: Buffer | null;
  days: string[] | null;
}

export const Things = new EntitySchema<Thing>({
  name: "thing",
  columns: {
    id: { type: "int", primary: true, generated: true },
    name: { type: "varchar", length: 80, unique: true },
    on: { type: "date", nullable: true },
    at: { type: "timestamptz", precision: 3, nullable: true },
    localAt: { type: "timestamp", precision: 3, nullable: true },
    big: { type: "bigint", nullable: true },
    exact: { type: "numeric", precision: 20, scale: 4, nullable: true },
    bytes: { type: "bytea", nullable: true },
    days: { type: "date", array: true, nullable: true },
  },
});

export async function openThings(embedded: Embedded): Promise<DataSource> {
  const source = new DataSource({
    type: "postgres",
    driver: { Pool: embedded.Pool },
    installExtensions: false,
    synchronize: true,
    entities: [Things],
  });
  return source.initialize();
}
