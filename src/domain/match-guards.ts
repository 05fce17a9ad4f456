// What keeps a pair of a data team's files out of AUTO, whatever it weighs. The hub's own vetoes, as far as a file has the fields
// for them.

import type { Compared, NameWords } from "./compared.ts";
import type { ComparedRecord, MatchPolicy, VetoCode } from "./identity.ts";
import { factsOf } from "./pair-facts.ts";
import { speaksAgainst, vetoesOf } from "./vetoes.ts";

/** How careful: the hub's policies in full, or `auto`, which guards against what these files show. */
export const GUARD_POLICIES = ["auto", "strict", "balanced"] as const;
export type GuardPolicy = MatchPolicy | "auto";

/** Always in force: two people, or one number for two. */
const NUMBERS: ReadonlySet<VetoCode> = new Set(["V1", "V2", "V4"]);
/** In force where files show families. */
const FAMILIES: ReadonlySet<VetoCode> = new Set([...NUMBERS, "V3", "V5", "V6"]);
/** About the hub's own registers and unborn children; a file has neither. */
const NOT_OF_FILES: ReadonlySet<VetoCode> = new Set(["V8", "V11"]);

export interface Guarding {
  readonly words: NameWords;
  readonly policy: GuardPolicy;
  /** Whether the files show families. */
  readonly families: boolean;
  /** Numbers of a person's own besides the country's: `identifier:soc_sec_id`. */
  readonly numbers: readonly string[];
}

export interface Guarded {
  readonly codes: readonly VetoCode[];
  /** Whether one of them says that these are two people, rather than that something is missing. */
  readonly against: boolean;
}

const NONE: Guarded = { codes: [], against: false };

/** A number in a file counts as its agency's word for it. */
const asRecord = (compared: Compared): ComparedRecord => {
  const { nhs, upn } = compared;
  const vouched = nhs || upn ? { ...compared, nhsVerified: nhs, upnVerified: upn } : compared;
  return { id: "", register: null, compared: vouched, unborn: false };
};

const sharesNumber = (a: Compared, b: Compared, numbers: readonly string[]): boolean =>
  numbers.some((field) => a[field]?.some((number) => b[field]?.includes(number)) ?? false);

/** The vetoes in force against a pair. */
export function guardsOf(pair: { readonly a: Compared; readonly b: Compared }, guarding: Guarding): Guarded {
  const { policy, families, numbers } = guarding;
  const [a, b] = [asRecord(pair.a), asRecord(pair.b)];
  const facts = factsOf(a.compared, b.compared, guarding);
  const inForce = (code: VetoCode): boolean => {
    if (policy !== "auto") return !NOT_OF_FILES.has(code);
    return (families ? FAMILIES : NUMBERS).has(code);
  };
  const vetoes = vetoesOf({ a, b, facts, policy: policy === "auto" ? "balanced" : policy }).filter(({ code }) =>
    inForce(code),
  );
  const [first] = vetoes;
  if (!first) return NONE;
  // A number of another kind agrees: it is as good as the country's for those that only ask for one.
  const left =
    sharesNumber(a.compared, b.compared, numbers) && facts.forename !== "OTHER"
      ? vetoes.filter(({ code }) => NUMBERS.has(code))
      : vetoes;
  return { codes: left.map(({ code }) => code), against: left.some((veto) => speaksAgainst(veto, facts)) };
}
