// The force's codes in the words a practitioner reads. What has no word here is shown as the force wrote it.

import type { EventKind } from "../../domain/statements.ts";
import type { Incident, IncidentPerson } from "./incident.ts";

const NOTICE_TYPES: Record<string, string> = {
  CHILD_CONCERN: "child concern",
  DOMESTIC_ABUSE: "domestic abuse",
  VULNERABLE_ADULT: "vulnerable adult",
  MISSING_CHILD: "missing child",
  CHILD_EXPLOITATION: "child exploitation",
  MENTAL_HEALTH: "mental health",
  HATE_CRIME: "hate crime",
  ENCOMPASS: "Operation Encompass",
};

const ROLES: Record<string, string> = {
  victim: "victim",
  witness: "witness",
  personReporting: "person reporting",
  suspect: "suspect",
  subjectChild: "child concerned",
};

const WITNESSED: Record<string, string> = {
  SAW: "saw it",
  HEARD: "heard it",
  NEITHER: "neither saw nor heard it",
};

const inWords = (code: string): string => code.toLowerCase().replaceAll("_", " ");

/** Which kind of event a notice is. An Operation Encompass notice is always about domestic abuse. */
export function kindOf({ noticeType, trigger }: Incident): EventKind {
  if (noticeType === "MISSING_CHILD") return "MISSING_EPISODE";
  if ([noticeType, trigger].includes("DOMESTIC_ABUSE") || noticeType === "ENCOMPASS") return "DOMESTIC_ABUSE_NOTICE";
  return "POLICE_NOTICE";
}

/** What the notice says this person's part was. */
function partOf({ child, roles }: IncidentPerson): string {
  const named = roles.map((role) => ROLES[role] ?? inWords(role)).join(", ");
  const presence = child?.present == null ? null : child.present ? "was present" : "was not present";
  const senses = child?.witnessed ? (WITNESSED[child.witnessed] ?? inWords(child.witnessed)) : null;
  const scene = [presence, senses, child?.injured ? "was injured" : null].filter(Boolean).join(", ");
  return `${named ? `Named as ${named}` : "Named"}${scene ? `; ${scene}` : ""}.`;
}

/** One line about a notice for one of its people: type, trigger, their part, and the force's own grading. */
export function summaryOf(incident: Incident, person: IncidentPerson): string {
  const { noticeType, trigger, riskGrading, dashRisk, amends, voiceOfChild, people } = incident;
  const type = NOTICE_TYPES[noticeType] ?? inWords(noticeType);
  const onlyChild = person.isChild && people.filter(({ isChild }) => isChild).length === 1;
  return [
    `Police notice: ${type}, trigger ${inWords(trigger)}.`,
    partOf(person),
    `Graded ${riskGrading} by the force${dashRisk ? `, DASH ${dashRisk}` : ""}.`,
    // With two children in a notice nobody can tell whose words these are.
    onlyChild && voiceOfChild ? `The child's voice, as officers wrote it: ${voiceOfChild}` : null,
    amends ? `Amended: it replaces ${amends}.` : null,
  ]
    .filter(Boolean)
    .join(" ");
}

/** The codes a summary was made from, as they stood in the notice. */
export const statedAs = ({ noticeType, trigger, riskGrading, handlingCode }: Incident): string =>
  [noticeType, trigger, riskGrading, handlingCode].join(" / ");
