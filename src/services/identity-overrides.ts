// People's decisions about pairs of records: they outrank the model for ever.

import type { EntityManager } from "typeorm";
import { insertMany } from "../store/insert.ts";
import { keyOfPair } from "../store/overrides.ts";
import { IdentityOverrideRow } from "../store/rows-identity.ts";
import type { Hub } from "./hub.ts";

interface Decided {
  /** Pairs of record ids, as `keyOfPair` names them. */
  readonly pairs: readonly string[];
  readonly verdict: IdentityOverrideRow["verdict"];
  readonly byActorId: string;
  readonly because: string;
}

/** Puts a decision about each of these pairs on record, in the transaction of `db`. */
export async function override(hub: Hub, db: EntityManager, { pairs, verdict, byActorId, because }: Decided) {
  const at = hub.now();
  const rows = [...new Set(pairs)].map((pair): IdentityOverrideRow => {
    const [recordA = "", recordB = ""] = pair.split(" ");
    return { id: hub.newId(), recordA, recordB, verdict, byActorId, because, at };
  });
  await insertMany(db, IdentityOverrideRow, rows);
}

/** Every pair of one of these and one of those. */
export const pairsBetween = (these: readonly string[], those: readonly string[]): string[] =>
  these.flatMap((a) => those.map((b) => keyOfPair(a, b)));
