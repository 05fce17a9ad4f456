// What happened and who is involved, as the shared care record writes it.

import type { HealthFact, Professional } from "../town/types.ts";
import type { Body } from "./care-record-patient.ts";
import { filled, ODS_CODE } from "./resource.ts";

type Fact<Kind extends HealthFact["kind"]> = Extract<HealthFact, { kind: Kind }>;

const SERVICES: Record<Fact<"episode">["service"], string> = {
  HEALTH_VISITING: "Health visiting",
  SCHOOL_NURSING: "School nursing",
  CAMHS: "Child and adolescent mental health services",
  MIDWIFERY: "Midwifery",
  PAEDIATRICS: "Community paediatrics",
};
const ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const SETTINGS: Record<Fact<"encounter">["setting"], readonly [string, string, string]> = {
  EMERGENCY: ["EMER", "emergency", "Emergency attendance"],
  OUTPATIENT: ["AMB", "ambulatory", "Outpatient appointment"],
  HOME_VISIT: ["HH", "home health", "Home visit"],
  ANTENATAL: ["AMB", "ambulatory", "Antenatal appointment"],
};
const FLAGS: Record<Fact<"flag">["code"], string> = {
  CP_PLAN: "Child Protection – Information Sharing: child protection plan",
  UNBORN_CP_PLAN: "Child Protection – Information Sharing: unborn child protection plan",
  LOOKED_AFTER: "Child Protection – Information Sharing: looked after child",
  SAFEGUARDING_CONCERN: "Safeguarding concern",
};
const MEASURES: Record<Fact<"observation">["code"], string> = {
  WEIGHT: "Weight",
  HEIGHT: "Height",
  SDQ: "Strengths and Difficulties Questionnaire, total score",
};

const subject = (localId: string): object => ({ reference: `Patient/${localId}` });
const period = (start: string, end: string | null): object => ({ start, ...(end && { end }) });

function episode(fact: Fact<"episode">, person: Professional | undefined): Body {
  const { service, status, localId, from, until, organisation } = fact;
  return filled({
    // The practitioner travels inside the episode, so that a reader learns the telephone number in one request.
    contained: person ? [practitioner(person)] : [],
    status,
    type: [{ text: SERVICES[service] }],
    patient: subject(localId),
    managingOrganization: { display: organisation },
    period: period(from, until),
    careManager: person ? { reference: "#manager", display: `${person.name}, ${person.jobTitle}` } : null,
    team: person ? [{ display: person.team }] : [],
  });
}

const practitioner = ({ name, phone, email }: Professional): object => ({
  resourceType: "Practitioner",
  id: "manager",
  name: [{ text: name }],
  telecom: [
    { system: "phone", value: phone, use: "work" },
    { system: "email", value: email, use: "work" },
  ],
});

function encounter(fact: Fact<"encounter">): Body {
  const { setting, status, localId, startsAt, endsAt, reason, organisation } = fact;
  const [code, display, text] = SETTINGS[setting];
  const missed = status === "was-not-brought";
  return filled({
    // R4 has no status for a child who was not brought: it is a cancelled encounter with the trust's own outcome.
    extension: missed
      ? [{ url: "https://care-record.example.org/StructureDefinition/attendance-outcome", valueCode: status }]
      : [],
    status: missed ? "cancelled" : status,
    class: { system: ACT_CODE, code, display },
    type: [{ text }],
    subject: subject(localId),
    period: period(startsAt, endsAt),
    reasonCode: reason === "" ? [] : [{ text: reason }],
    serviceProvider: { display: organisation },
  });
}

const flag = ({ code, status, localId, from, until, author }: Fact<"flag">): Body => ({
  status,
  category: [
    { coding: [{ system: "http://terminology.hl7.org/CodeSystem/flag-category", code: "safety", display: "Safety" }] },
  ],
  code: { text: FLAGS[code] },
  subject: subject(localId),
  period: period(from, until),
  author: { identifier: { system: ODS_CODE, value: author } },
});

const carePlan = ({ title, status, localId, from, until }: Fact<"carePlan">): Body => ({
  status,
  intent: "plan",
  title,
  subject: subject(localId),
  period: period(from, until),
});

const observation = ({ code, value, unit, at, localId }: Fact<"observation">): Body => ({
  status: "final",
  code: { coding: [{ system: "https://care-record.example.org/CodeSystem/measure", code }], text: MEASURES[code] },
  subject: subject(localId),
  effectiveDateTime: at,
  valueQuantity: filled({ value, unit: unit === "" ? null : unit }),
});

/** One fact as a resource's body. */
export function clinicalBody(fact: HealthFact, person: Professional | undefined): Body {
  switch (fact.kind) {
    case "episode":
      return episode(fact, person);
    case "encounter":
      return encounter(fact);
    case "flag":
      return flag(fact);
    case "carePlan":
      return carePlan(fact);
    case "observation":
      return observation(fact);
  }
}
