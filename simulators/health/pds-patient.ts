// PDS's own rendering of a person: the NHS number is the resource's id, and a restricted person has no whereabouts.

import type { AgencyRecord } from "../town/types.ts";
import {
  addressOf,
  birthOf,
  deathOf,
  genderOf,
  namesOf,
  nhsIdentifier,
  practiceReference,
  telecomOf,
} from "./patient.ts";
import { NHS_NUMBER, security, SYNTHETIC_TAG, type Resource } from "./resource.ts";
import type { Held } from "./world.ts";

const metaOf = ({ record, versionId }: Held): object => ({
  versionId: String(versionId),
  security: security(record.restricted),
  tag: [SYNTHETIC_TAG],
});

/** What a restricted record lacks: everything that says where the person is. */
function whereabouts(record: AgencyRecord): Record<string, unknown> {
  if (record.restricted) return {};
  return {
    ...(record.address && { address: [addressOf(record.address, "home")] }),
    ...((record.phone ?? record.email) && { telecom: telecomOf(record) }),
    ...(record.address && { generalPractitioner: practiceReference(record, false) }),
  };
}

/** The whole record, as a read by number gives it. */
export function pdsPatient(held: Held, nhsNumber: string): Resource {
  const { record } = held;
  return {
    resourceType: "Patient",
    id: nhsNumber,
    meta: metaOf(held),
    identifier: [nhsIdentifier(nhsNumber, "01")],
    name: namesOf(record),
    gender: genderOf(record),
    ...birthOf(record),
    ...deathOf(record),
    ...whereabouts(record),
  };
}

/** The shorter record that a search gives: the identifier without its verification, the usual name only. */
export function pdsMatch(held: Held, nhsNumber: string): Resource {
  const whole = pdsPatient(held, nhsNumber);
  return {
    ...whole,
    identifier: [{ system: NHS_NUMBER, value: nhsNumber }],
    name: namesOf(held.record).slice(0, 1),
  };
}
