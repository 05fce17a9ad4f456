// What a notice says of one of its people, in the hub's words. Standing in one notice with somebody makes nobody family.

import { dayInEngland } from "../../domain/plain-date.ts";
import {
  RELATIONSHIP_ROLES,
  type Demographics,
  type RelationshipRole,
  type Sex,
  type State,
  type StatedEvent,
  type StatedName,
  type StatedRelationship,
} from "../../domain/statements.ts";
import type { Incident, IncidentPerson } from "./incident.ts";
import { kindOf, statedAs, summaryOf } from "./notice-words.ts";
import { sourceOf, type Named } from "./notice-source.ts";
import { recordIdOf } from "./record-ids.ts";

/** The force's opaque codes for gender, in the hub's words. */
export type Genders = Readonly<Record<string, Sex>>;

/** The constrained list's opaque codes for gender that are known. The whole list is not public. */
export const GENDER_CODES: Genders = { GNDR_0001: "FEMALE" };

const nameOf = ({ forenames, surname }: IncidentPerson): StatedName => ({ use: "OFFICIAL", forenames, surname });

/** The person as the notice names them. Forces know no identifiers, and a guessed age is not made into a date. */
export function demographicsOf(named: Named, genders: Genders): Demographics {
  const { person } = named;
  const { bornOn, approximateAge, genderCode, home } = person;
  const age = bornOn === null && approximateAge !== null ? `approximate age ${approximateAge}` : null;
  return {
    identifiers: [],
    names: person.surname !== null || person.forenames.length > 0 ? [nameOf(person)] : [],
    bornOn,
    bornOnAccuracy: person.bornOnIsKnown ? "DAY" : "YEAR",
    expectedOn: null,
    diedOn: null,
    sex: (genderCode && genders[genderCode]) || "UNKNOWN",
    gender: null,
    ethnicity: null,
    addresses: home ? [{ use: "HOME", ...home, fromOn: null, untilOn: null }] : [],
    heldBy: null,
    provenance: sourceOf(named, [genderCode, age].filter(Boolean).join(", ") || null),
  };
}

const roleOf = (type: string): RelationshipRole => RELATIONSHIP_ROLES.find((role) => role === type) ?? "UNKNOWN";

/** Only relationships the force wrote down as such. */
export function relationshipsOf(named: Named): readonly StatedRelationship[] {
  const { incident } = named.notice;
  return incident.relationships
    .filter(({ to }) => to === named.person.id)
    .flatMap(({ from, type }) => {
      const other = incident.people.find(({ id }) => id === from);
      if (!other) return [];
      return {
        role: roleOf(type),
        otherRecordId: recordIdOf(incident, other),
        otherName: nameOf(other),
        otherBornOn: other.bornOn,
        otherIdentifiers: [],
        parentalResponsibility: null,
        mainCarer: null,
        livesWithChild: null,
        fromOn: null,
        untilOn: null,
        provenance: sourceOf(named, type),
      };
    });
}

/** A child the force says is, or was, missing. Nothing is concluded from the type of notice alone. */
export function statesOf(named: Named): readonly State[] {
  const { missing } = named.notice.incident;
  if (!missing || !isWhoItIsAbout(named)) return [];
  const untilOn = missing.foundAt === null ? null : dayInEngland(new Date(missing.foundAt));
  return [
    {
      kind: "MISSING",
      category: null,
      summary: untilOn
        ? "Reported missing to the police, and found"
        : "Reported missing to the police; not found so far",
      fromOn: dayInEngland(new Date(missing.reportedAt)),
      untilOn,
      provenance: sourceOf(named, statedAs(named.notice.incident)),
    },
  ];
}

/** Where a child is the subject, nobody else in the notice is. */
function isWhoItIsAbout({ notice, person }: Named): boolean {
  const role = notice.incident.people.some(({ roles }) => roles.includes("subjectChild")) ? "subjectChild" : "victim";
  return person.roles.includes(role);
}

/** The notice itself, as something that happened. */
export const eventOf = (named: Named): StatedEvent =>
  happened(named, { kind: kindOf(named.notice.incident), summary: summaryOf(named.notice.incident, named.person) });

/** Stands in for a notice whose amendment no longer names this person, so that they do not simply vanish. */
export const droppedFrom = (named: Named, amendment: Incident): StatedEvent =>
  happened(named, {
    kind: "POLICE_NOTICE",
    summary: `The force has replaced this notice by ${amendment.submissionId}, which no longer names this person.`,
  });

function happened(named: Named, said: Pick<StatedEvent, "kind" | "summary">): StatedEvent {
  const { incident } = named.notice;
  const on = dayInEngland(new Date(incident.happenedAt));
  return { ...said, on, at: incident.happenedAt, provenance: sourceOf(named, statedAs(incident)) };
}
