// The people in a police notice, as heard and spelt at the door: no numbers, often no birthday.

import { ageOn } from "./days.ts";
import type { Files } from "./files.ts";
import type { Random } from "./random.ts";
import { misdate, misspell, restyle, shorten } from "./slips.ts";
import type { Day, NoticePerson, Resident } from "./types.ts";

/** What officers were called to, by frequency. */
export const NOTICE_KINDS = [
  [{ ppnType: "DOMESTIC_ABUSE", trigger: "DOMESTIC_ABUSE", text: "Argument between adults at the address." }, 42],
  [{ ppnType: "CHILD_CONCERN", trigger: "NEGLECT", text: "Concern for conditions in the home." }, 22],
  [{ ppnType: "CHILD_CONCERN", trigger: "VIOLENCE", text: "Disturbance outside the address." }, 8],
  [{ ppnType: "MISSING_CHILD", trigger: "MISSING", text: "Child reported missing and found." }, 10],
  [{ ppnType: "VULNERABLE_ADULT", trigger: "MENTAL_HEALTH", text: "Adult in distress." }, 9],
  [{ ppnType: "MENTAL_HEALTH", trigger: "MENTAL_HEALTH", text: "Welfare check at the request of a relative." }, 4],
  [
    {
      ppnType: "CHILD_EXPLOITATION",
      trigger: "EXPLOITATION",
      text: "Child found with older persons not known to the family.",
    },
    5,
  ],
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number][0];
interface Naming {
  submissionId: string;
  kind: NoticeKind;
  adults: Resident[];
  children: Resident[];
  on: Day;
}

/** Adults first. One notice in five names adults only, though children live there. */
export function nameThem(
  files: Files,
  random: Random,
  { submissionId, kind, adults, children, on }: Naming,
): NoticePerson[] {
  const named = random.chance(adults.length > 0 && kind.ppnType !== "MISSING_CHILD" ? 0.2 : 0) ? [] : children;
  return [...adults, ...named].map((resident, at): NoticePerson => {
    const id = `per-${at + 1}`;
    files.build.part.truth.push({ agency: "police", recordId: `${submissionId}.${id}`, residentId: resident.id });
    const said = { ...spell(random, resident, on), ...seen(random, resident, kind) };
    return Object.assign({ id, role: roleOf(kind, { resident, at }) }, said);
  });
}

function roleOf(kind: NoticeKind, { resident, at }: { resident: Resident; at: number }): NoticePerson["role"] {
  if (resident.child) return "subjectChild";
  if (kind.trigger === "DOMESTIC_ABUSE")
    return at === 0 ? (resident.sex === "M" ? "suspect" : "victim") : at === 1 ? "victim" : "witness";
  return at === 0 ? "personReporting" : "witness";
}

function spell(
  random: Random,
  resident: Resident,
  on: Day,
): Pick<NoticePerson, "forenames" | "surname" | "sex" | "bornOn" | "approximateAge" | "child"> {
  const [first = "Unknown"] = resident.forenames;
  const forename = random.chance(0.12)
    ? misspell(random, first)
    : random.chance(0.14)
      ? shorten(random, resident.knownAs ?? first)
      : first;
  const surname = random.chance(0.12) ? misspell(random, resident.surname) : restyle(random, resident.surname);
  const unknown = random.chance(resident.child ? 0.12 : 0.2);
  const heard = random.chance(0.04) && resident.bornOn ? misdate(random, resident.bornOn) : resident.bornOn;
  const bornOn = unknown ? null : heard && heard > on ? resident.bornOn : heard;
  const age = resident.bornOn ? Math.max(0, ageOn(resident.bornOn, on)) : 30;
  return {
    forenames: [forename],
    surname,
    sex: random.chance(0.02) ? null : resident.sex,
    bornOn,
    approximateAge: unknown ? Math.max(0, age + random.int(-1, 2)) : null,
    child: resident.child,
  };
}

function seen(
  random: Random,
  { child }: Resident,
  kind: NoticeKind,
): Pick<NoticePerson, "present" | "witnessed" | "ordinarilyResident"> {
  const present = kind.ppnType !== "MISSING_CHILD" && random.chance(child ? 0.75 : 0.95);
  if (!child) return { present, witnessed: null, ordinarilyResident: null };
  return {
    present,
    witnessed: present ? random.pick(["SAW", "HEARD", "HEARD", "NEITHER"]) : "NEITHER",
    ordinarilyResident: random.chance(0.92),
  };
}
