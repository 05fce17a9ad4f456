// Whether the audit is as the hub wrote it: every chain walked, every checkpoint, and the ledger beside it. It changes nothing.

import type { KeyObject } from "node:crypto";
import type { Finding } from "../domain/audit-finding.ts";
import { UNCHAINED_AFTER_MS } from "../domain/hub-alarm.ts";
import { instantOf } from "../domain/uuid.ts";
import { ends } from "../store/audit-checkpoints.ts";
import { type Links, makeLinks } from "../store/audit-link.ts";
import { chainsNamed, chainsOpened, unchainedPages } from "../store/audit-pages.ts";
import type { AuditChainRow, AuditCheckpointRow } from "../store/rows-audit.ts";
import { findingsOf } from "./audit-misplaced.ts";
import { seeCheckpoints } from "./audit-verify-checkpoints.ts";
import { readLedger } from "./audit-verify-decisions.ts";
import { type Looking, type SignedHead, type Unfit, type Walked, walkChain } from "./audit-walk.ts";
import type { Hub } from "./hub.ts";

export interface VerifyWishes {
  readonly elsewhere?: readonly AuditCheckpointRow[];
  /** Of keys that signed checkpoints besides the hub's own. */
  readonly publicKeys?: readonly KeyObject[];
  readonly say?: (looked: number, of: number) => void;
}

export interface Verified {
  readonly entries: number;
  readonly chains: number;
  readonly checkpoints: number;
  readonly lines: number;
  readonly findings: readonly Finding[];
}

export async function verifyAudit(
  hub: Pick<Hub, "db" | "keyed" | "signing">,
  { elsewhere = [], publicKeys = [], say = () => {} }: VerifyWishes = {},
): Promise<Verified> {
  const { db, keyed, signing } = hub;
  const links = makeLinks(keyed);
  const ledger = await readLedger(hub);
  const of = (await ends(db)).reduce((sum, { seq }) => sum + seq, 0);
  let entries = 0;
  const looked = (more: number) => say((entries += more), of);
  const looking: Looking = { db, links, fits: ledger.take, looked };
  const seen = await seeCheckpoints(db, { elsewhere, keys: [signing.publicKey, ...publicKeys] });
  const unchained = await lookAtUnchained(looking, seen.checkpoints === 0);
  const chains = await listChains(hub, seen.heads);
  const walked = new Map<string, Walked>();
  const findings: Finding[] = [];
  for (const chain of chains) {
    const one = await walkChain(looking, {
      ...chain,
      opened: isWhole(links, chain.row) ? (chain.row?.hash ?? null) : null,
    });
    findings.push(...aboutChain(links, chain, one), ...one.findings);
    if (chain.row || one.entries > 0) walked.set(chain.chain, one);
  }
  findings.push(...findingsOf(links, walked, unchained.unfit), ...unchained.findings, ...seen.findings);
  findings.push(...(await ledger.findings()));
  return { entries, chains: chains.length, checkpoints: seen.checkpoints, lines: ledger.lines, findings };
}

interface Listed {
  readonly chain: string;
  readonly row: AuditChainRow | null;
  readonly heads: readonly SignedHead[];
}

/** Every chain that there is, or that there was. */
async function listChains(
  { db }: Pick<Hub, "db">,
  heads: ReadonlyMap<string, readonly SignedHead[]>,
): Promise<Listed[]> {
  const named = await chainsNamed(db);
  // Read after: a chain is opened before anything is written to it.
  const opened = new Map((await chainsOpened(db)).map((row) => [row.id, row]));
  return [...new Set([...named, ...opened.keys(), ...heads.keys()])].map((chain) => {
    return { chain, row: opened.get(chain) ?? null, heads: heads.get(chain) ?? [] };
  });
}

const isWhole = (links: Links, row: AuditChainRow | null): boolean => row !== null && row.hash === links.opened(row);

/** What is wrong with a chain's own row. */
function aboutChain(links: Links, { chain, row, heads }: Listed, { entries, unfit }: Walked): Finding[] {
  const wasOurs = heads.length > 0 || entries > unfit.length;
  const about = { chain, places: null } as const;
  if (!row && entries === 0) {
    const longest = Math.max(...heads.map(({ seq }) => seq));
    const places = longest > 0 ? ([1, longest] as const) : null;
    return [{ ...about, kind: "REMOVED", id: null, places, says: "the whole chain is gone" }];
  }
  if (!row) return wasOurs ? [{ ...about, kind: "REMOVED", id: null, says: "the chain's own row is gone" }] : [];
  if (isWhole(links, row)) return [];
  return wasOurs
    ? [{ ...about, kind: "CHANGED", id: row.id, says: "the chain's own row does not fit its hash" }]
    : [{ ...about, kind: "INSERTED", id: row.id, says: "the hub did not open this chain" }];
}

/** Entries of no chain: those that a transaction wrote just now, for a moment; and those of before there were chains, until the first
 *  checkpoint. */
async function lookAtUnchained({ db, links, fits, looked }: Looking, takesOld: boolean) {
  const findings: Finding[] = [];
  const unfit: Unfit[] = [];
  for await (const rows of unchainedPages(db)) {
    for (const row of rows) {
      const waits = row.hash === null ? takesOld : row.hash === links.waiting(row);
      if (!waits) {
        unfit.push({ row, placeIsOurs: row.hash?.endsWith(links.unlinked) ?? false });
        continue;
      }
      if (row.hash !== null) fits(row);
      const at = instantOf(row.id);
      if (at !== null && Date.now() - at.getTime() <= UNCHAINED_AFTER_MS) continue;
      const says = "it is not chained: is a worker running?";
      findings.push({ kind: "UNCHAINED", id: row.id, chain: null, places: null, says });
    }
    looked(rows.length);
  }
  return { findings, unfit };
}
