// One decision by the hub's own service, the database included, on every engine that answers.

import { openServices } from "../support/services.ts";
import type { DatabaseWishes, OnDatabase } from "./database-program.ts";
import { runProgram } from "./program.ts";

export interface Measured {
  readonly engine: string;
  /** What was measured, or why nothing was. */
  readonly found: OnDatabase | string;
}

export interface DatabaseOptions {
  readonly wishes: Omit<DatabaseWishes, "settings">;
  readonly say: (line: string) => void;
}

export async function measureOnDatabase({ wishes, say }: DatabaseOptions): Promise<readonly Measured[]> {
  const run = async (engine: string, settings: DatabaseWishes["settings"]): Promise<OnDatabase> => {
    const found = await runProgram<OnDatabase>({
      name: "database-program",
      wishes: { ...wishes, settings } satisfies DatabaseWishes,
      say: (line) => say(`${engine}: ${line}`),
    });
    say(`${engine}: ${JSON.stringify(found.oneByOne)}`);
    return found;
  };
  const services = await openServices();
  const onServices = async (): Promise<Measured> => {
    const engine = "MariaDB";
    if (typeof services === "string") return { engine, found: services };
    try {
      return { engine, found: await run(engine, services.settings) };
    } finally {
      await services.drop();
    }
  };
  return [await onServices(), { engine: "embedded engine", found: await run("embedded engine", {}) }];
}
