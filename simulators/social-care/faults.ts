import type { Fault } from "../support/simulator.ts";
import type { Engine } from "./engine.ts";
import type { LineFault } from "./relay.ts";

/**
 * The control plane's faults in a database's terms. `latency`, `drop` and `status` 401 (login refused), 429 or 5xx (too many
 * connections) spoil the line; `status` 403 takes the reader's rights away, `malformed` a column it relies on. A fault holds
 * until it is deleted; `route`, `p` and `count` have no meaning here.
 */
export function makeFaults(
  engine: Engine,
  setLine: (fault: LineFault | null) => void,
): (faults: readonly Fault[]) => Promise<void> {
  const held = new Set<string>();

  async function hold(wanted: boolean, [spoil, mend]: readonly [string, string]): Promise<void> {
    if (wanted === held.has(spoil)) return;
    await engine.write([{ sql: wanted ? spoil : mend }]);
    if (wanted) held.add(spoil);
    else held.delete(spoil);
  }

  return async (faults) => {
    const reader = engine.dialect === "mysql" ? `'${engine.reader}'@'%'` : engine.reader;
    const everything = engine.dialect === "mysql" ? `${engine.database}.*` : "ALL TABLES IN SCHEMA public";
    const withoutRights = faults.some(({ mode, status }) => mode === "status" && status === 403);
    await hold(withoutRights, [
      `REVOKE SELECT ON ${everything} FROM ${reader}`,
      `GRANT SELECT ON ${everything} TO ${reader}`,
    ]);
    const misshapen = faults.some(({ mode }) => mode === "malformed");
    await hold(misshapen, [
      "ALTER TABLE ssd_person RENAME COLUMN pers_dob TO pers_dob_renamed",
      "ALTER TABLE ssd_person RENAME COLUMN pers_dob_renamed TO pers_dob",
    ]);
    // Last, because it cuts every connection: a session opened before keeps the rights it had.
    setLine(faults.map(lineFault).find((fault) => fault !== null) ?? null);
  };
}

function lineFault({ mode, ms, status = 500 }: Fault): LineFault | null {
  if (mode === "latency") return { mode, ms: ms ?? 1_000 };
  if (mode === "drop") return { mode };
  if (mode === "status" && status !== 403) return { mode: "refuse", why: status === 401 ? "login" : "busy" };
  return null;
}
