// Honest absence: every answer says which it is, and a failure never looks like an empty list.

/** What an agency's answer amounts to. */
export const ANSWER_STATUSES = ["RECORDED", "NOTHING_RECORDED", "WITHHELD", "DID_NOT_ANSWER", "NOT_ASKED"] as const;
export type AnswerStatus = (typeof ANSWER_STATUSES)[number];

/** What may be asked of an agency about one of its records. */
export const PARTS = ["DEMOGRAPHICS", "RELATIONSHIPS", "INVOLVEMENTS", "STATES", "EVENTS"] as const;
export type Part = (typeof PARTS)[number];

/** Why a system did not give what was asked: a closed list every adapter maps its protocol's errors to. */
export const FAULT_CODES = [
  "AUTH",
  "FORBIDDEN",
  "NOT_FOUND",
  "BAD_REQUEST",
  "CONFLICT",
  "THROTTLED",
  "TIMEOUT",
  "UNAVAILABLE",
  "AMBIGUOUS",
  "MALFORMED",
  "OVERLOADED",
  "CIRCUIT_OPEN",
  "CANCELLED",
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

/** One part of an answer about one record. */
export type PartAnswer<Item> =
  | { readonly status: "RECORDED"; readonly items: readonly Item[] }
  | { readonly status: "NOTHING_RECORDED" }
  /** `items` is the safe subset that the restriction leaves. */
  | { readonly status: "WITHHELD"; readonly rule: string; readonly items: readonly Item[] }
  /** `items` is what is known in spite of it (received earlier, or from another of the agency's systems). */
  | {
      readonly status: "DID_NOT_ANSWER";
      readonly fault: FaultCode;
      readonly reason: string;
      readonly items: readonly Item[];
    }
  | { readonly status: "NOT_ASKED"; readonly reason: string };

/** The part for a list an agency gave: `RECORDED` with something in it, else `NOTHING_RECORDED`. */
export function told<Item>(items: readonly Item[]): PartAnswer<Item> {
  return items.length > 0 ? { status: "RECORDED", items } : { status: "NOTHING_RECORDED" };
}

/** Whatever a part does hold. Never read it without the status beside it. */
export function itemsOf<Item>(part: PartAnswer<Item>): readonly Item[] {
  return "items" in part ? part.items : [];
}

/** Worst first: what is missing outweighs what is there, so that no gap is ever read as "no concerns". */
const GRAVITY: readonly AnswerStatus[] = ["DID_NOT_ANSWER", "WITHHELD", "RECORDED", "NOT_ASKED", "NOTHING_RECORDED"];

/** The one status that stands for many: a failure or a withholding is never hidden behind what did arrive. */
export function overall(statuses: readonly AnswerStatus[]): AnswerStatus {
  return GRAVITY.find((status) => statuses.includes(status)) ?? "NOT_ASKED";
}

/** What several records at one agency say together: everything that was given, under the gravest status. */
export function together<Item>(parts: readonly PartAnswer<Item>[]): PartAnswer<Item> {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const items = parts.flatMap(itemsOf);
  switch (overall(parts.map(({ status }) => status))) {
    case "DID_NOT_ANSWER":
      return { ...firstOf(parts, "DID_NOT_ANSWER"), items };
    case "WITHHELD":
      return { ...firstOf(parts, "WITHHELD"), items };
    case "RECORDED":
      return { status: "RECORDED", items };
    case "NOTHING_RECORDED":
      return { status: "NOTHING_RECORDED" };
    default:
      return firstOf(parts, "NOT_ASKED");
  }
}

function firstOf<Item, Status extends AnswerStatus>(parts: readonly PartAnswer<Item>[], status: Status) {
  const found = parts.find((part): part is Extract<PartAnswer<Item>, { status: Status }> => part.status === status);
  if (!found) throw new Error(`No part is ${status}`);
  return found;
}

/** Whether an empty list may be shown as empty: somebody answered, and nobody failed or withheld. Otherwise nobody knows. */
export const saysNothing = (statuses: readonly AnswerStatus[]): boolean =>
  statuses.some((status) => status === "RECORDED" || status === "NOTHING_RECORDED") &&
  !statuses.some((status) => status === "DID_NOT_ANSWER" || status === "WITHHELD");

/** The sentence that goes with a part, for whoever reads it; null where it speaks for itself. */
export function reasonOf(part: PartAnswer<unknown>): string | null {
  if (part.status === "WITHHELD") return part.rule;
  return "reason" in part ? part.reason : null;
}

const WHY: Record<FaultCode, string> = {
  AUTH: "did not accept the hub's sign-in",
  FORBIDDEN: "does not let the hub read this",
  NOT_FOUND: "could not find what was asked for",
  BAD_REQUEST: "did not understand the question",
  CONFLICT: "was changing the record",
  THROTTLED: "is being asked too much at the moment",
  TIMEOUT: "did not answer in time",
  UNAVAILABLE: "could not be reached",
  AMBIGUOUS: "found too many people who fit",
  MALFORMED: "answered in a form that the hub cannot read",
  OVERLOADED: "has too many questions waiting",
  CIRCUIT_OPEN: "has failed repeatedly and is left alone for a while",
  CANCELLED: "was not waited for, because the question was withdrawn",
};

/** Why there is no answer, in words a practitioner can read. `who` is what they call the system. */
export const whyNot = (who: string, fault: FaultCode): string => `${who} ${WHY[fault]}`;

/** A part that was left alone because nobody wanted it. */
export const NOT_ASKED = { status: "NOT_ASKED", reason: "this was not asked for" } as const satisfies PartAnswer<never>;
