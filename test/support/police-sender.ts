import { sha256 } from "../../src/adapters/police/canonical.ts";
import { answerIncident, type IncidentRequest } from "../../src/adapters/police/incidents-route.ts";
import { documentOf, type IncidentDocument } from "../../simulators/police/incident-document.ts";
import { memoryInbox } from "./police-inbox.ts";
import { aNotice, FORCE } from "./police-town.ts";

export const HEADERS = {
  "content-type": "application/vnd.api+json",
  accept: "application/vnd.api+json",
  "x-client-id": "force-990",
  "x-client-secret": "a long secret",
};
export const NOW = new Date("2026-02-23T05:10:00Z");
/** What `anIncident` says of people; no error may repeat it. */
export const PERSONAL = ["Tamsin", "Quill", "2016-04-05", "Invented Row", "OX99 8AA", "kitchen"];

/** An incident document to spoil: 0 is the submission, 1 the notice, 2 the person, 3 the location. */
export const anIncident = (): IncidentDocument => documentOf(aNotice());
export const spoilt = (spoil: (document: IncidentDocument) => void): IncidentDocument => {
  const document = anIncident();
  spoil(document);
  return document;
};
export const at = (document: IncidentDocument, index: number): Record<string, unknown> =>
  document.included[index]!.attributes;

/** Sends a document to a hub with an empty inbox, as the force; what a test is about goes into `changes`. */
export function send(changes: Partial<IncidentRequest> & { document?: unknown } = {}) {
  const { document = anIncident(), ...rest } = changes;
  return answerIncident({
    headers: HEADERS,
    body: JSON.stringify(document),
    inbox: memoryInbox(),
    credentials: [{ clientId: "force-990", secretSha256: sha256("a long secret"), forceIdentifier: FORCE }],
    now: () => NOW,
    newId: () => "0190-hub-id",
    ...rest,
  });
}

export interface Errors {
  errors: { id: string; status: string; code: string; title: string; detail?: string; source?: { pointer: string } }[];
}
