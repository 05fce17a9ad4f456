// What happened, out of the register and the exclusions.

import type { PlainDate } from "../../domain/plain-date.ts";
import type { StatedEvent } from "../../domain/statements.ts";
import { dayOf, said } from "./php-date.ts";
import { recordIdOf } from "./record-id.ts";
import { EXCLUSION_WORDS, REASON_WORDS, UNEXPLAINED_WORDS, sessionOf } from "./register-codes.ts";
import type { Exclusion, Mark } from "./register-body.ts";

const codeOf = (mark: Mark): string => mark.attendance_code?.data.code?.trim() || "no code";

const place = (mark: Mark): string => `${mark.date.date.slice(0, 10)} ${mark.session}`;

interface Run {
  readonly kind: "UNEXPLAINED" | "UNKNOWN";
  readonly marks: Mark[];
}

/** Sessions with nothing but closed days, and days the child need not come, between them are one run. */
function runsOf(marks: readonly Mark[]): Run[] {
  const runs: Run[] = [];
  let open: Run | undefined;
  for (const mark of marks.toSorted((a, b) => (place(a) < place(b) ? -1 : 1))) {
    const { code, type } = mark.attendance_code?.data ?? {};
    const kind = sessionOf(code, type);
    if (kind === "NOT_EXPECTED") continue;
    if (kind === "PRESENT" || kind === "EXPLAINED") open = undefined;
    else if (open?.kind === kind) open.marks.push(mark);
    else {
      open = { kind, marks: [mark] };
      runs.push(open);
    }
  }
  return runs;
}

/** `O 4, N 2`: which codes, and how often each. */
function counted(marks: readonly Mark[], say: (code: string) => string): string {
  const counts = new Map<string, number>();
  for (const mark of marks) counts.set(codeOf(mark), (counts.get(codeOf(mark)) ?? 0) + 1);
  return [...counts].map(([code, count]) => `${say(code)} ${count}`).join(", ");
}

const span = (from: PlainDate, until: PlainDate): string =>
  from === until ? said(from) : `${said(from)} to ${said(until)}`;

function absenceOf({ kind, marks }: Run, school: string): StatedEvent[] {
  const [first, last] = [marks[0], marks.at(-1)];
  const [on, until] = [dayOf(first?.date), dayOf(last?.date)];
  if (!first || !on || !until) return [];
  const sessions = `${marks.length} ${marks.length === 1 ? "session" : "sessions"}, ${span(on, until)}`;
  const unexplained = `Absent without leave or explanation: ${sessions} (${counted(marks, (code) => UNEXPLAINED_WORDS.get(code) ?? `code ${code}`)})`;
  const unknown = `Marked with a register code that is not known here: ${sessions}`;
  return [
    {
      kind: kind === "UNEXPLAINED" ? "ABSENCE" : "OTHER",
      on,
      at: null,
      summary: kind === "UNEXPLAINED" ? unexplained : unknown,
      provenance: {
        system: "mis",
        recordId: recordIdOf(school, first.id),
        recordedAt: null,
        statedAs: counted(marks, (code) => code),
      },
    },
  ];
}

/** One event for each run of sessions missed without leave or explanation, and for each run of codes nobody can read. */
export const absencesOf = (marks: readonly Mark[], school: string): StatedEvent[] =>
  runsOf(marks).flatMap((run) => absenceOf(run, school));

/** One event for each exclusion, on the day it began. */
export function exclusionsOf(exclusions: readonly Exclusion[], school: string): StatedEvent[] {
  return exclusions.flatMap(({ id, type, reason, start_date, sessions }) => {
    const on = dayOf(start_date);
    if (!on) return [];
    const how = EXCLUSION_WORDS.get(type ?? "") ?? "Excluded";
    const long = sessions && type !== "PERM" ? ` for ${sessions} sessions` : "";
    const why = reason?.map((code) => REASON_WORDS.get(code) ?? `reason ${code}`).join(", ");
    const statedAs = [type, ...(reason ?? [])].filter(Boolean).join(" ") || null;
    const provenance = { system: "mis", recordId: recordIdOf(school, id), recordedAt: null, statedAs };
    return [{ kind: "EXCLUSION", on, at: null, summary: `${how}${long}${why ? `: ${why}` : ""}`, provenance }];
  });
}
