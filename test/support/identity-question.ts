// Questions of whose record it is, for tests: who is on file, what comes in, by the model for tests.

import {
  type IdentityDecision,
  type Matcher,
  type MatchPolicy,
  type Override,
  type PersonOnFile,
} from "../../src/domain/identity.ts";
import { decideIdentity } from "../../src/domain/identity-decision.ts";
import { TEST_MODEL } from "./match-model.ts";
import { type Shown, shown, WORDS } from "./shown-record.ts";

/** A home where many families stay. */
export const REFUGE = "OX99 5NG";

export const matcherFor = (policy: MatchPolicy): Matcher => ({
  model: TEST_MODEL,
  policy,
  words: WORDS,
  sharedPostcodes: new Set([REFUGE]),
});

/** `p1` has records `p1.1`, `p1.2`, ...; what comes in is `new`. */
export const known = (...people: (readonly Shown[])[]): PersonOnFile[] =>
  people.map((records, at) => ({
    personId: `p${at + 1}`,
    records: records.map((record, index) => shown(`p${at + 1}.${index + 1}`, record)),
  }));

export interface Question {
  readonly people: readonly PersonOnFile[];
  readonly overrides?: readonly Override[];
  readonly policy?: MatchPolicy;
}

export const decide = (incoming: Shown, { people, overrides = [], policy = "strict" }: Question): IdentityDecision =>
  decideIdentity(matcherFor(policy), shown("new", incoming), { people, overrides });

/** What people decided of the record that comes in and another. */
export const match = (other: string): Override => ({ a: "new", b: other, verdict: "MATCH" });
export const notMatch = (other: string): Override => ({ a: other, b: "new", verdict: "NOT_MATCH" });
