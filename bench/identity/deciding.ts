// The hub's own decision over a whole county, one record after the other as they come in, in memory. A process of its own, because
// a county needs much memory.

import type { ComparedRecord, MatchPolicy } from "../../src/domain/identity.ts";
import { decideIdentity } from "../../src/domain/identity-decision.ts";
import { linkKeyTexts } from "../../src/domain/link-keys.ts";
import type { MatchModel } from "../../src/domain/match-model.ts";
import { comparedOf } from "../../src/domain/record-compared.ts";
import { makeNameWords } from "../../src/store/name-words.ts";
import { makeCounty } from "../county/county.ts";
import { demographicsOf, registerOf } from "../county/statements.ts";
import type { County } from "../county/types.ts";
import { KeyIndex } from "./key-index.ts";
import { makeTally, type Tally } from "./tally.ts";

export interface DecidingWishes {
  readonly seed: number;
  readonly records: number;
  readonly policies: readonly MatchPolicy[];
  readonly model: MatchModel;
}

export interface Decisions {
  readonly policy: MatchPolicy;
  readonly tally: Tally;
  readonly perSecond: number;
  readonly ms: { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number };
  readonly keys: number;
  readonly capped: number;
  readonly skipped: number;
}

const MOST_KEYS = 40;
const words = makeNameWords();

/** Decides all of a county under each policy. */
export function decideCounty(wishes: DecidingWishes, say: (line: string) => void): readonly Decisions[] {
  const county = makeCounty(wishes);
  say(`county ${wishes.seed}: ${county.records.length} records of ${new Set(county.truth.personOf).size} people`);
  const compared = county.records.map((record): ComparedRecord => {
    const demographics = demographicsOf(record);
    return { id: record.id, register: registerOf(record), compared: comparedOf(demographics, words), unborn: false };
  });
  return wishes.policies.map((policy) => decideAll({ county, compared, policy, model: wishes.model }));
}

interface All {
  readonly county: County;
  readonly compared: readonly ComparedRecord[];
  readonly policy: MatchPolicy;
  readonly model: MatchModel;
}

function decideAll({ county, compared, policy, model }: All): Decisions {
  const matcher = { model, policy, words, sharedPostcodes: new Set(county.sharedPostcodes) };
  const index = new KeyIndex(Math.min(compared.length * MOST_KEYS, 16_000_000));
  const tally = makeTally(county);
  const personOf: string[] = [];
  const recordsOf = new Map<string, ComparedRecord[]>();
  const took = new Float64Array(compared.length);
  for (const [at, incoming] of compared.entries()) {
    const began = performance.now();
    const texts = linkKeyTexts(incoming.compared, words);
    const found = index.find(texts);
    const people = [...new Set([...found].map((other) => personOf[other] ?? ""))].map((personId) => ({
      personId,
      records: recordsOf.get(personId) ?? [],
    }));
    const decision = decideIdentity(matcher, incoming, { people, overrides: [] });
    const personId = decision.personId ?? `person ${at}`;
    personOf.push(personId);
    const held = recordsOf.get(personId);
    if (held) held.push(incoming);
    else recordsOf.set(personId, [incoming]);
    index.add(at, texts);
    took[at] = performance.now() - began;
    tally.add({ at, decision, found }, personId);
  }
  const seconds = took.reduce((sum, each) => sum + each, 0) / 1_000;
  took.sort();
  const part = (share: number): number => took[Math.floor((took.length - 1) * share)] ?? 0;
  return {
    policy,
    tally: tally.result(),
    perSecond: compared.length / seconds,
    ms: { p50: part(0.5), p95: part(0.95), p99: part(0.99), max: part(1) },
    keys: index.keys,
    capped: index.capped,
    skipped: index.skipped,
  };
}
