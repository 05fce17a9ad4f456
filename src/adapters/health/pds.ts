// PDS, the national register of who is who: three reads for an application without a user, and very few of them a second.

import { z } from "zod";
import type { Demographics, StatedRelationship } from "../../domain/statements.ts";
import { AgencyFault } from "../agency-fault.ts";
import type { Call, PersonSearch } from "../agency-system.ts";
import { StatusBody } from "../http.ts";
import { bundle, PDS, readAs } from "./fhir.ts";
import type { FhirClient } from "./fhir-client.ts";
import { demographicsOf, nhsNumbersOf, patientShape, type Patient } from "./patients.ts";
import { pdsRelationship, relatedPersonShape } from "./related-people.ts";

/** PDS's answer about a number: the record, and the number it was asked for, which may have been superseded. */
export interface PdsRecord {
  readonly patient: Patient;
  readonly asked: string;
}

const outcomeShape = z.object({
  resourceType: z.literal("OperationOutcome"),
  issue: z.array(z.object({ details: z.object({ coding: z.array(z.object({ code: z.string() })) }).optional() })),
});

/** The Spine code in an OperationOutcome, or null where the body is none. */
function spineCode(body: unknown): string | null {
  const read = outcomeShape.safeParse(body);
  return read.success ? (read.data.issue[0]?.details?.coding[0]?.code ?? "") : null;
}

/** Not found or invalidated, in PDS's own words: nothing is recorded there. Any other 404 comes from a wrong address. */
function isNobody(error: unknown): boolean {
  if (!(error instanceof AgencyFault) || error.code !== "NOT_FOUND" || !(error.cause instanceof StatusBody))
    return false;
  return ["RESOURCE_NOT_FOUND", "INVALIDATED_RESOURCE"].includes(spineCode(error.cause.body) ?? "");
}

/** The Spine code with which PDS itself refused; anything else is thrown on. */
function refusalBy(error: unknown): string {
  const body = error instanceof AgencyFault && error.cause instanceof StatusBody ? error.cause.body : null;
  const code = error instanceof AgencyFault && error.code === "BAD_REQUEST" ? spineCode(body) : null;
  if (!code) throw error;
  return code;
}

/** PDS over a client. */
export function makePds(client: FhirClient) {
  const { system } = client;

  async function get(path: string, doing: string, call: Call): Promise<unknown> {
    try {
      return (await client.request({ path, doing }, call)).body;
    } catch (error) {
      if (isNobody(error)) return null;
      throw error;
    }
  }

  return {
    system,
    /** The record with this number, or null. */
    async read(nhsNumber: string, call: Call): Promise<PdsRecord | null> {
      const doing = "reading Patient";
      const body = await get(`Patient/${encodeURIComponent(nhsNumber)}`, doing, call);
      return body === null ? null : { patient: readAs(patientShape, body, { system, doing }), asked: nhsNumber };
    },
    /** Related persons of the number; an empty list and "not found" mean the same. */
    async readRelated(nhsNumber: string, call: Call): Promise<StatedRelationship[]> {
      const doing = "reading RelatedPerson";
      const body = await get(`Patient/${encodeURIComponent(nhsNumber)}/RelatedPerson`, doing, call);
      if (body === null) return [];
      return readAs(bundle, body, { system, doing }).entry.flatMap(({ resource }) => {
        if (resource?.resourceType !== "RelatedPerson") return [];
        const related = readAs(relatedPersonShape, resource, { system, doing });
        return pdsRelationship(related, PDS) ?? [];
      });
    },
    /** The one person who fits, or null; throws `AMBIGUOUS` where PDS says there are more. */
    async find(search: PersonSearch, call: Call): Promise<Patient | null> {
      const doing = "searching Patient";
      const { body } = await client.request({ path: `Patient?${recommendedQuery(search)}`, doing }, call);
      if (spineCode(body) === "TOO_MANY_MATCHES")
        throw new AgencyFault(system, "AMBIGUOUS", { doing: `${doing}: too many matches` });
      const [entry] = readAs(bundle, body, { system, doing }).entry;
      return entry ? readAs(patientShape, entry.resource, { system, doing }) : null;
    },
    /** A search for nobody: PDS refuses it in its own words, which only PDS behind a good sign-in can do. */
    async check(call: Call): Promise<void> {
      const doing = "asking whether it is there";
      const refusal = await client.request({ path: "Patient", doing }, call).then(() => null, refusalBy);
      if (refusal === null) throw new AgencyFault(system, "MALFORMED", { doing: `${doing}: it answered about nobody` });
    },
  };
}

/** PDS as `ask` and `find` use it. */
export type Pds = ReturnType<typeof makePds>;

/** The query its specification recommends for one match: given names and postcode by their beginnings, with history. */
function recommendedQuery({ forename, surname, bornOn, postcode }: PersonSearch): URLSearchParams {
  const query = new URLSearchParams({
    family: surname ?? "",
    birthdate: `eq${bornOn ?? ""}`,
    _history: "true",
    "_max-results": "1",
  });
  // Two characters at least must stand before a wildcard, and one of the name's own must not be taken for one.
  const given = (forename ?? "").replaceAll("*", "").slice(0, 3);
  if (given.length >= 2) query.set("given", `${given}*`);
  const area = (postcode ?? "").replaceAll(/[\s*]/g, "").slice(0, 2);
  if (area.length === 2) query.set("address-postalcode", `${area}*`);
  return query;
}

/** What PDS states about who this is. Where the number asked for was superseded, both are stated: the new one as verified. */
export function pdsDemographics({ patient, asked }: PdsRecord): Demographics {
  const said = demographicsOf(patient, PDS);
  const numbers = nhsNumbersOf(patient);
  const identifiers = numbers.some(({ value }) => value === patient.id)
    ? numbers
    : [{ kind: "NHS_NUMBER" as const, value: patient.id, verified: true }, ...numbers];
  if (patient.id === asked) return { ...said, identifiers };
  return { ...said, identifiers: [...identifiers, { kind: "NHS_NUMBER", value: asked, verified: false }] };
}
