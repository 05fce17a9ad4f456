// The XML of a nightly batch. Forces send such files over SFTP; the form of this one is ours.

import type { Address, NoticePerson } from "../town/types.ts";
import type { SentNotice } from "./incident-document.ts";

interface BatchHead {
  force: number;
  /** Six digits. */
  sequence: string;
  createdAt: Date;
}

type Attributes = Record<string, string | number | boolean | null>;

/** An element: its attributes without those that are null, then its content, which is elements or escaped text. */
function element(name: string, attributes: Attributes, content: string[] = []): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([attribute, value]) => ` ${attribute}="${escaped(String(value))}"`);
  const start = `<${name}${written.join("")}`;
  return content.length > 0 ? `${start}>${content.join("")}</${name}>` : `${start}/>`;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (mark) => ENTITIES[mark] ?? mark);

const text = (name: string, content: string | number | null): string[] =>
  content === null ? [] : [element(name, {}, [escaped(String(content))])];

/** The whole file. */
export function batchXml({ force, sequence, createdAt }: BatchHead, notices: readonly SentNotice[]): string {
  const created = createdAt.toISOString();
  const head = { forceId: force, sequence, created, recordCount: notices.length, synthetic: true };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("PPNBatch", head, notices.map(ppnOf))}\n`;
}

function ppnOf(notice: SentNotice): string {
  const head = {
    reference: notice.submissionId,
    logNumber: notice.logNumber,
    amends: notice.amends,
    type: notice.ppnType,
    trigger: notice.trigger,
    riskGrading: notice.riskGrading,
    handlingCode: notice.handlingCode,
    incidentDateTime: notice.happenedAt,
  };
  const incident = [
    ...text("Description", notice.description),
    ...(notice.address ? [locationOf(notice.address)] : []),
  ];
  return element("PPN", head, [
    element("Incident", {}, incident),
    ...notice.people.map(personOf),
    ...(notice.statedRelationships ?? []).map((each) => element("Relationship", { ...each })),
  ]);
}

const locationOf = ({ house, street, town, postcode, uprn }: Address): string =>
  element("Location", { uprn }, [
    ...text("Line", `${house} ${street}`),
    ...text("Town", town),
    ...text("Postcode", postcode),
  ]);

/** `subjectChild` becomes `SUBJECT_CHILD`. */
const inCapitals = (role: string): string => role.replaceAll(/[A-Z]/g, "_$&").toUpperCase();

function personOf(person: NoticePerson): string {
  const { id, role, forenames, surname, bornOn, approximateAge, sex, child, ordinarilyResident, present } = person;
  return element("Person", { id, role: inCapitals(role) }, [
    ...forenames.flatMap((forename) => text("GivenName", forename)),
    ...text("Surname", surname),
    ...text("DateOfBirth", bornOn),
    ...text("ApproximateAge", bornOn ? null : approximateAge),
    ...text("Sex", sex),
    ...(child ? [element("Child", { ordinarilyResident, present, witnessed: person.witnessed })] : []),
  ]);
}
