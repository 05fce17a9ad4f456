import { QueryFailedError } from "typeorm";

/** Deadlocks and waits given up, as MySQL, MariaDB and PostgreSQL name them. */
const CROSSED = new Set(["ER_LOCK_DEADLOCK", "ER_LOCK_WAIT_TIMEOUT", "40P01", "40001"]);
const MOST_TRIES = 5;

/** Runs a transaction again where another crossed it and the database gave this one up. Whatever else fails is thrown, and so is the
 *  last try. */
export async function again<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried += 1)
    try {
      return await run();
    } catch (error) {
      const code = error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined;
      if (tried >= MOST_TRIES || code === undefined || !CROSSED.has(code)) throw error;
    }
}
