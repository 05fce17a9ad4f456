// What came back, held against what was expected: what leaked, what was refused that should not be, and whom an answer betrays.

import type { Asker } from "./actors.ts";
import type { Canary, Telling } from "./canaries.ts";
import type { KindOfChild } from "./children.ts";
import { across, alsoTold, expected, mayHearWayIn, opensTo } from "./expected.ts";
import { BY_CHILD, LET_IN } from "./let-in.ts";
import type { Asked, Heard } from "./walk.ts";

export interface Found {
  readonly what: "LEAK" | "LET_IN" | "REFUSED" | "BETRAYED" | "FAULT";
  readonly asker: string;
  readonly question: string;
  readonly about: string;
  readonly tells: string;
}

export const inWords = ({ what, asker, question, about, tells }: Found): string =>
  `${what}: ${question}, asked by ${asker} about ${about}: ${tells}`;

/** What somebody may hear of a child, wherever it is not the child that was asked about. */
function mayHear(
  asker: Asker,
  { about, question }: Pick<Heard, "about"> & { readonly question: string },
  { child, tells, whose }: Canary,
): boolean {
  const kind = child as KindOfChild;
  if (about === "NOBODY") return false;
  if (tells === "TEAM" || tells === "TEAM_PLACE") {
    const isOwn = whose === asker.name && opensTo(asker, kind) !== ".";
    return (
      isOwn ||
      ((about === "NONE" || about === kind) &&
        [expected(asker, kind), alsoTold(asker, kind, question)].some((may) => may.has(tells)))
    );
  }
  if (whose !== undefined) return (about === "NONE" || about === kind) && mayHearWayIn(asker, kind, whose);
  if (about !== "NONE" && about !== kind) return across(asker, about, kind).has(tells);
  return expected(asker, kind).has(tells) || alsoTold(asker, kind, question).has(tells);
}

const NOTHING_TELLS = "the answer differs from that about a child whom nobody knows";

/** What is wrong with the answers to one question. */
export function judge(asker: Asker, question: Asked, heard: readonly Heard[]): Found[] {
  const found = (what: Found["what"], about: string, tells: string): Found => {
    return { what, asker: asker.name, question: question.name, about, tells };
  };
  // The partnership's business manager is shown what is late, and not of whom.
  const isToldWithoutChild = asker.role === "BOARD_MANAGER" && question.name === "Query.obligation";
  const nobody = heard.find(({ about }) => about === "NOBODY")?.text;
  return heard.flatMap(({ about, text, canaries }) => {
    const leaks = canaries.filter((canary) => !mayHear(asker, { about, question: question.name }, canary));
    const names = [...new Set(leaks.map(({ child, tells }) => `${child} ${tells}`))];
    const isBarred = about !== "NONE" && about !== "NOBODY" && opensTo(asker, about) === ".";
    const betrays = isBarred && text !== nobody && !isOfficer(asker) && !isToldWithoutChild;
    return [
      ...(names.length > 0 ? [found("LEAK", about, names.join(", "))] : []),
      ...(betrays ? [found("BETRAYED", about, NOTHING_TELLS)] : []),
      ...(text.includes('"FAULT"') ? [found("FAULT", about, "the hub broke")] : []),
    ];
  });
}

/** Those who answer for data, for sealed records or for whose a record is, know of children without working with any. */
const OFFICERS: ReadonlySet<string> = new Set([
  "DATA_PROTECTION_OFFICER",
  "SEALED_RECORDS_OFFICER",
  "IDENTITY_REVIEWER",
]);
export const isOfficer = ({ role }: Asker): boolean => OFFICERS.has(role ?? "");

/** What is told at the roots whose answer hangs on a child. */
const TELLS: Readonly<Record<string, Telling>> = {
  "Query.referral": "CONCERN",
  "Query.obligation": "CLOCK",
  "Query.escalation": "CHALLENGE",
};

/** Whether something about a child is given to whom it should be, and to nobody else. */
function byChild(asker: Asker, question: Asked, heard: readonly Heard[]): Found[] {
  const tells = TELLS[question.name];
  if (!tells || (asker.role === "BOARD_MANAGER" && tells === "CLOCK")) return [];
  return heard.flatMap(({ about, code }) => {
    const isDue = about !== "NOBODY" && about !== "NONE" && expected(asker, about).has(tells) && about !== "SEALED";
    if (isDue === (code === null)) return [];
    return [{ what: isDue ? "REFUSED" : "LET_IN", asker: asker.name, question: question.name, about, tells } as const];
  });
}

/** Whether whoever asks is let in at the root as they should be. */
export function atTheRoot(asker: Asker, question: Asked, heard: readonly Heard[]): Found[] {
  if (BY_CHILD.has(question.name)) return byChild(asker, question, heard);
  if (!question.name.startsWith("Query.")) return [];
  const letIn = LET_IN[question.name]?.includes(asker.role);
  const codes = new Set(heard.map(({ code }) => code));
  const found = (what: Found["what"], tells: string): Found[] => [
    { what, asker: asker.name, question: question.name, about: "ALL", tells },
  ];
  if (letIn === undefined) return found("FAULT", "say in let-in.ts who may ask this");
  if (!letIn)
    return codes.size === 1 && codes.has("NOT_ALLOWED") ? [] : found("LET_IN", "refused with NOT_ALLOWED only");
  return codes.has("NOT_ALLOWED") ? found("REFUSED", "the question itself") : [];
}

/** Where each thing must be told to whoever may hear it. */
const TOLD_AT: Readonly<Record<string, readonly Telling[]>> = {
  "Query.referral": ["CONCERN"],
  "Query.obligation": ["CLOCK", "WISH"],
  "Query.escalation": ["CHALLENGE"],
  "Query.sharingDecisions": ["LEDGER_LINE", "LEDGER_WHAT", "LEDGER_TO", "LEDGER_WHY"],
};
const ELSEWHERE = new Set(Object.values(TOLD_AT).flat());
const ONLY_ONE: ReadonlySet<Telling> = new Set(["CONCERN", "CHALLENGE"]);

/** Agencies do not agree on who an unborn child is: each has its own. */
const KNOWN_AT_HEALTH_ONLY: readonly RegExp[] = [/_(social-care|education|police)$/, /^(RUNG|SCHOOL_NUMBER)$/];

const canBeHeard = (kind: KindOfChild, tells: Telling): boolean =>
  kind !== "UNBORN" || !KNOWN_AT_HEALTH_ONLY.some((pattern) => pattern.test(tells));

/** What should have been told and was not. */
export function missing(asker: Asker, question: Asked, heard: readonly Heard[]): Found[] {
  const isChild = question.name === "Query.child" || question.name === "Query.children";
  const here = TOLD_AT[question.name];
  if (!isChild && !here) return [];
  return heard.flatMap(({ about, canaries }) => {
    if (about === "NONE" || about === "NOBODY") return [];
    const told = new Set(canaries.filter(({ child }) => child === about).map(({ tells }) => tells));
    const due = [...expected(asker, about)].filter(
      (tells) =>
        canBeHeard(about, tells) && (here ? here.includes(tells) : !ELSEWHERE.has(tells) && !ONLY_ONE.has(tells)),
    );
    const not = due.filter((tells) => !told.has(tells));
    if (not.length === 0) return [];
    return [{ what: "REFUSED" as const, asker: asker.name, question: question.name, about, tells: not.join(", ") }];
  });
}
