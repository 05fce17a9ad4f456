// When what people said about a pair of records is a decision.

export const VERDICTS = ["MATCH", "NOT_MATCH", "CANNOT_TELL"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What a pair came to; null while it waits for somebody else. One person decides a plain pair. Where twins or contradicting numbers
 *  are in question two must say the same: where two disagree it waits for a third. Two who cannot tell close it as that, until
 *  new evidence opens it again. Give each person's verdict once. */
export function outcomeOf(verdicts: readonly Verdict[], needsTwo: boolean): Verdict | null {
  const count = (verdict: Verdict) => verdicts.filter((each) => each === verdict).length;
  const needed = needsTwo ? 2 : 1;
  if (count("MATCH") >= needed && count("MATCH") > count("NOT_MATCH")) return "MATCH";
  if (count("NOT_MATCH") >= needed) return "NOT_MATCH";
  return count("CANNOT_TELL") >= 2 ? "CANNOT_TELL" : null;
}

/** Vetoes for which two different people decide. */
const FOR_TWO: ReadonlySet<string> = new Set(["V1", "V3", "V4"]);

/** Whether two different people must agree: possible twins, numbers that contradict each other, or two people who have records of
 *  their own. */
export const needsTwoPeople = (vetoes: readonly string[], bothHaveOwn: boolean): boolean =>
  bothHaveOwn || vetoes.some((code) => FOR_TWO.has(code));
