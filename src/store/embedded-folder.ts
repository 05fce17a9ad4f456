// The folder of an embedded database: one process at a time, and a first start that leaves the hub small.

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

interface Holder {
  readonly pid: number;
  /** Ticks since the machine started, where Linux tells: a number used again by another process is not the holder. */
  readonly startedAt: string | null;
}

function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
  } catch {
    return null;
  }
}

function isAlive({ pid, startedAt }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (codeOf(error) === "ESRCH") return false;
  }
  return startedAt === null || startedAt === startOf(pid);
}

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);

/** Null where nobody wrote their number: the file is gone, or its writer died before the first word. */
function readHolder(written: string): Holder | null {
  const [pid, startedAt = ""] = written.split("\n");
  return Number(pid) > 0 ? { pid: Number(pid), startedAt: startedAt === "" ? null : startedAt } : null;
}

function readLock(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

function takeLock(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid}\n${startOf(process.pid) ?? ""}\n`, { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** Moves a dead holder's lock away, unless somebody else took it over in the meantime. */
function clearStale(path: string, stale: string): void {
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return;
    throw error;
  }
  const moved = readFileSync(aside, "utf8");
  if (moved === stale) rmSync(aside);
  else renameSync(aside, path);
}

/** Makes the folder this process's own until the returned function is called; a lock whose process died is taken over. */
export async function lockFolder(folder: string): Promise<() => void> {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "lock");
  for (let tries = 0; tries < 20; tries += 1) {
    if (takeLock(path)) return () => rmSync(path, { force: true });
    const written = readLock(path);
    const holder = written === null ? null : readHolder(written);
    if (holder && isAlive(holder)) {
      throw new Error(`The database folder ${folder} is in use by process ${holder.pid}; stop it, or choose another`);
    }
    // An empty lock is one being written, or one whose writer died there: give the writer a second.
    if (written !== null && (holder || tries >= 10)) clearStale(path, written);
    else await sleep(100);
  }
  throw new Error(`The database folder ${folder} could not be locked; several processes are trying at once`);
}

// `initdb` leaves some 700 MB resident, opening what it made 300 MB: so another process does the first and ends.
const INITDB = `
const { PGlite } = await import(process.argv[1]);
const db = await PGlite.create(process.argv[2]);
await db.close();
`;

/** Where the data lies. Made beside its place and moved there whole, so that an interrupted first start leaves nothing half. */
export async function prepareData(folder: string): Promise<string> {
  const data = join(folder, "data");
  if (existsSync(data)) return data;
  const unfinished = readdirSync(folder).filter((name) => name.startsWith("new-"));
  for (const name of unfinished) rmSync(join(folder, name), { recursive: true, force: true });
  const fresh = join(folder, `new-${process.pid}`);
  const pglite = pathToFileURL(createRequire(import.meta.url).resolve("@electric-sql/pglite")).href;
  await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", INITDB, pglite, fresh]);
  renameSync(fresh, data);
  return data;
}
