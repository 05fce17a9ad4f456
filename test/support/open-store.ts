import type { DataSource } from "typeorm";
import { makeDataSource } from "../../src/store/data-source.ts";
import { openEmbedded } from "../../src/store/embedded.ts";
import { testKeys } from "./test-keys.ts";

export interface OpenStore {
  readonly db: DataSource;
  close(): Promise<void>;
}

/** The tables' engine alone, as `hub.ts` opens it. Without an address it is embedded: in that folder, or in memory. */
export async function openStore(url: string | undefined, folder: string | null = null): Promise<OpenStore> {
  if (url !== undefined) {
    const db = await makeDataSource({ url }, testKeys()).initialize();
    return { db, close: () => db.destroy() };
  }
  const embedded = await openEmbedded({ folder });
  const db = await makeDataSource({ embedded }, testKeys()).initialize();
  return {
    db,
    async close() {
      await db.destroy();
      await embedded.close();
    },
  };
}
