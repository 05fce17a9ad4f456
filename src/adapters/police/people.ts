// The people of a document, and what it says of each in three different places: their resource, the incident's roles, and
// the notice's details about children.

import { normalisePostcode } from "../../domain/identifiers.ts";
import type { IncidentLocation, IncidentPerson, IncidentRelationship } from "./incident.ts";
import { referencesOf } from "./links.ts";
import { problemAt, type Path, type Problem } from "./problems.ts";
import type { Parts, WireDocument, WireLocation, WireNotice, WirePerson, WireResource } from "./wire.ts";

export interface People {
  readonly people: readonly IncidentPerson[];
  readonly relationships: readonly IncidentRelationship[];
  readonly problems: readonly Problem[];
}

const PERSON_ID = /^[\w-]{1,64}$/;
const OF_AGE = 18;

/** Everybody the document names. In a list of many notices ids carry the submission's in front; here they never do. */
export function peopleOf(document: WireDocument, parts: Parts): People {
  const { notice, noticeAt, submission } = parts;
  const prefix = `${submission.submissionId}.`;
  const local = (id: string): string => (id.startsWith(prefix) ? id.slice(prefix.length) : id);
  const problems: Problem[] = [];
  const people: IncidentPerson[] = [];
  const relationships: IncidentRelationship[] = [];

  for (const [index, resource] of document.included.entries()) {
    const person = resource.type === "person" ? parts.persons.get(resource.id) : undefined;
    if (!person) continue;
    const id = local(resource.id);
    if (!PERSON_ID.test(id))
      problems.push(problemAt(["included", index, "id"], "must be letters, digits, _ and - only"));
    const details = notice.childDetails?.find(({ person }) => person === resource.id);
    people.push({
      id,
      ...describe(person, details),
      roles: rolesOf(document.data, resource),
      home: homeOf(resource, parts),
    });
    for (const kin of referencesOf(resource, "nextOfKin"))
      if (kin.type === "person") relationships.push({ from: local(kin.id), to: id, type: "NEXT_OF_KIN" });
  }
  const isNamed = (id: string, at: Path): void => {
    if (!parts.persons.has(id))
      problems.push(problemAt(["included", noticeAt, "attributes", ...at], "names a person who is not included"));
  };
  for (const [index, { person }] of (notice.childDetails ?? []).entries())
    isNamed(person, ["childDetails", index, "person"]);
  for (const [index, { from, to, type }] of (notice.statedRelationships ?? []).entries()) {
    isNamed(from, ["statedRelationships", index, "from"]);
    isNamed(to, ["statedRelationships", index, "to"]);
    relationships.push({ from: local(from), to: local(to), type });
  }
  return { people, relationships, problems };
}

const rolesOf = (incident: WireResource, { id }: WireResource): readonly string[] =>
  Object.keys(incident.relationships ?? {}).filter((name) =>
    referencesOf(incident, name).some((reference) => reference.type === "person" && reference.id === id),
  );

function homeOf(person: WireResource, { locations }: Parts): IncidentLocation | null {
  const [home] = referencesOf(person, "currentAddress");
  return placeOf(home && locations.get(home.id));
}

// Officers write something where they know nothing; it must not become anybody's name.
const isNoName = (name: string): boolean => /^(unknown|not known|n\/?k|)$/i.test(name.trim());

type ChildEntry = NonNullable<WireNotice["childDetails"]>[number];

function describe(person: WirePerson, details: ChildEntry | undefined) {
  const age = person.age ?? person.approximateAgeFrom ?? null;
  const surname = person.surname?.trim() ?? "";
  return {
    forenames: [...(person.givenName ?? []), ...(person.middleName ?? [])].filter((name) => !isNoName(name)),
    surname: isNoName(surname) ? null : surname,
    bornOn: person.dateOfBirth ?? null,
    bornOnIsKnown: person.dateofBirthKnown !== false,
    approximateAge: age,
    genderCode: person.gender ?? null,
    isChild: person.under18 ?? (details !== undefined || (age !== null && age < OF_AGE)),
    child: details
      ? {
          ordinarilyResident: details.ordinarilyResident ?? null,
          present: details.present ?? null,
          witnessed: details.witnessed ?? null,
          injured: details.injured ?? null,
        }
      : null,
  };
}

/** A location resource in the adapter's words; null where there is none. */
export function placeOf(location: WireLocation | undefined): IncidentLocation | null {
  if (!location) return null;
  const { addressLine1, addressLine2, addressLine3, town, postcode, uprn } = location;
  return {
    lines: [addressLine1, addressLine2, addressLine3].filter((line): line is string => Boolean(line)),
    town: town ?? null,
    postcode: postcode ? normalisePostcode(postcode) : null,
    uprn: uprn || null,
  };
}
