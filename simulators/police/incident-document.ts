// A notice of the town as the force would send it: an incident of the national Standard Data Model, JSON:API.

import type { Address, NoticePerson, PoliceNotice } from "../town/types.ts";

/** A notice with what the town itself never says but an example may. */
export interface SentNotice extends PoliceNotice {
  missing?: { reportedAt: string; foundAt: string | null } | null;
  /** `from` plays `type` in the life of `to`. */
  statedRelationships?: { from: string; to: string; type: string }[];
}

export interface Resource {
  type: string;
  id: string;
  attributes: Record<string, unknown>;
  relationships?: Record<string, { data: unknown }>;
  meta?: Record<string, unknown>;
}

export interface IncidentDocument {
  data: Resource;
  included: Resource[];
  meta: { synthetic: true };
}

const BRAG = { HIGH: "RED", MEDIUM: "AMBER", LOW: "GREEN" } as const;
// `0001` is documented as female; the rest of the list is not public, and `0002` is made up for this force.
const GENDER = { F: "GNDR_0001", M: "GNDR_0002" } as const;

/** The document of one notice. In a list of many, ids carry the submission's in front, since a compound document needs each once. */
export function documentOf(notice: SentNotice, idPrefix = ""): IncidentDocument {
  const idOf = (id: string): string => `${idPrefix}${id}`;
  const place = notice.address ? [{ type: "location", id: idOf("loc-1") }] : [];
  const submission = { type: "submission", id: idOf("sub-1") };
  const ppn = { type: "publicProtectionNotice", id: idOf("ppn-1") };
  const roles = [...new Set(notice.people.map(({ role }) => role))];
  return {
    data: {
      type: "incident",
      id: `inc-${notice.submissionId}`,
      attributes: {
        incidentDescription: notice.description,
        incidentStartDateTime: { dateFrom: notice.happenedAt },
        incidentExactTimeKnown: true,
        incidentReportedAlready: false,
      },
      relationships: {
        incidentLocation: { data: place },
        submission: { data: submission },
        publicProtectionNotice: { data: ppn },
        ...Object.fromEntries(roles.map((role) => [role, { data: inRole(notice.people, role, idOf) }])),
      },
    },
    included: [
      { ...submission, attributes: submissionOf(notice) },
      { ...ppn, attributes: noticeOf(notice, idOf) },
      ...notice.people.map((person) => personOf(person, { id: idOf(person.id), home: place[0] })),
      ...(notice.address && place[0] ? [{ ...place[0], attributes: locationOf(notice.address) }] : []),
    ],
    meta: { synthetic: true },
  };
}

const inRole = (people: NoticePerson[], wanted: NoticePerson["role"], idOf: (id: string) => string) =>
  people.filter(({ role }) => role === wanted).map(({ id }) => ({ type: "person", id: idOf(id) }));

const submissionOf = ({ submissionId, logNumber, forceIdentifier, ppnType, submittedAt }: SentNotice) => ({
  submissionId,
  externalReferenceId: logNumber,
  forceIdentifier,
  category: "public-protection-notice",
  categorySubcode: ppnType.toLowerCase().replaceAll("_", "-"),
  submitTime: submittedAt,
});

function noticeOf(notice: SentNotice, idOf: (id: string) => string) {
  return {
    ppnReference: notice.submissionId,
    logNumber: notice.logNumber,
    amends: notice.amends,
    ppnType: notice.ppnType,
    trigger: notice.trigger,
    riskGrading: notice.riskGrading,
    dashRisk: notice.dashRisk,
    brag: BRAG[notice.riskGrading],
    handlingCode: notice.handlingCode,
    officer: notice.officer,
    voiceOfChild: notice.voiceOfChild,
    childDetails: notice.people
      .filter(({ child }) => child)
      .map(({ id, present, witnessed, ordinarilyResident }) => ({
        person: idOf(id),
        ordinarilyResident,
        present,
        witnessed,
        encompassSent: notice.encompassSent,
      })),
    ...(notice.missing && { missing: notice.missing }),
    ...(notice.statedRelationships && {
      statedRelationships: notice.statedRelationships.map(({ from, to, type }) => ({
        from: idOf(from),
        to: idOf(to),
        type,
      })),
    }),
  };
}

function personOf(person: NoticePerson, { id, home }: { id: string; home: object | undefined }): Resource {
  const [first, ...middle] = person.forenames;
  return {
    type: "person",
    id,
    attributes: {
      givenName: first === undefined ? [] : [first],
      ...(middle.length > 0 && { middleName: middle }),
      surname: person.surname,
      ...(person.bornOn && { dateOfBirth: person.bornOn }),
      dateofBirthKnown: person.bornOn !== null,
      ...(person.approximateAge !== null && { approximateAgeFrom: person.approximateAge }),
      ...(person.sex && { gender: GENDER[person.sex] }),
      under18: person.child,
    },
    ...(person.ordinarilyResident && home && { relationships: { currentAddress: { data: home } } }),
  };
}

const locationOf = ({ house, street, town, postcode, uprn }: Address) => ({
  addressLine1: `${house} ${street}`,
  town,
  postcode,
  uprn,
});
