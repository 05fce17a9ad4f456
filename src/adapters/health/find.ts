import { AgencyFault } from "../agency-fault.ts";
import type { Call, FoundRecord, PersonSearch } from "../agency-system.ts";
import { MOST_RECORDS_AT_PDS, pdsOnlyId } from "./ask.ts";
import type { CareRecord } from "./care-record.ts";
import { CARE_RECORD } from "./fhir.ts";
import { demographicsOf, isRestricted, nhsNumbersOf, safely, verifiedNumberOf, type Patient } from "./patients.ts";
import { pdsDemographics, type Pds, type PdsRecord } from "./pds.ts";

/** A care-record patient as a found record, stripped of whereabouts if it, or PDS, is restricted. */
export function foundPatient(patient: Patient, alsoRestricted = false): FoundRecord {
  const restricted = isRestricted(patient) || alsoRestricted;
  const said = demographicsOf(patient, CARE_RECORD);
  return {
    recordId: patient.id,
    restricted,
    register: CARE_RECORD,
    demographics: restricted ? safely(said) : said,
  };
}

/** `find` over both systems. A failure of either is thrown: half an answer would read as a whole one. */
export function makeFind({ careRecord, pds }: { readonly careRecord: CareRecord; readonly pds: Pds }) {
  return async function find(search: PersonSearch, call: Call): Promise<readonly FoundRecord[]> {
    const { identifier, surname, bornOn } = search;
    if (identifier?.kind === "NHS_NUMBER") return findByNumber(identifier.value.replaceAll(/\s/g, ""), call);
    if (surname && bornOn) return findByName(search, call);
    const doing = "searching Patient: it takes an NHS number, or a surname with a date of birth";
    throw new AgencyFault(careRecord.system, "BAD_REQUEST", { doing });
  };

  /** PDS first: if it has superseded the number, the care record may have either. */
  async function findByNumber(number: string, call: Call): Promise<readonly FoundRecord[]> {
    if (!/^\d{10}$/.test(number))
      throw new AgencyFault(pds.system, "BAD_REQUEST", { doing: "reading Patient: an NHS number has ten digits" });
    const record = await pds.read(number, call);
    const numbers = [...new Set([number, record?.patient.id ?? number])];
    return together(await careRecord.findByNumbers(numbers, call), record);
  }

  async function findByName(search: PersonSearch, call: Call): Promise<readonly FoundRecord[]> {
    const { surname, bornOn } = search;
    const family = (surname ?? "").replaceAll(/[\\,$|]/g, "\\$&");
    const [patients, match] = await Promise.all([
      careRecord.findPatients({ family, birthdate: `eq${bornOn ?? ""}` }, call),
      pds.find(search, call),
    ]);
    const record = match && { patient: match, asked: match.id };
    if (!match || patients.some((patient) => hasNumber(patient, match.id))) return seenByPds(patients, record, call);
    return seenByPds([...patients, ...(await careRecord.findByNumbers([match.id], call))], record, call);
  }

  /** A search leaves restricted people out where it names a postcode, and history finds people by names they had: whoever the
   *  search at PDS did not give is asked about by number, unless they are too many. */
  async function seenByPds(patients: readonly Patient[], match: PdsRecord | null, call: Call): Promise<FoundRecord[]> {
    const unseen = patients.filter((patient) => !match || !hasNumber(patient, match.patient.id));
    const numbers = [...new Set(unseen.flatMap((patient) => verifiedNumberOf(patient) ?? []))];
    if (numbers.length > MOST_RECORDS_AT_PDS) return together(patients, match);
    const records = await Promise.all(numbers.map((number) => pds.read(number, call)));
    const restricted = records.flatMap((record) => (record && isRestricted(record.patient) ? [record.asked] : []));
    return together(patients, match, new Set(restricted));
  }

  /** One list, the person PDS knows being in it once: under the care record's id where that has one. */
  function together(
    patients: readonly Patient[],
    record: PdsRecord | null,
    alsoRestricted: ReadonlySet<string> = new Set(),
  ): FoundRecord[] {
    const unique = [...new Map(patients.map((patient) => [patient.id, patient])).values()];
    const isSame = (patient: Patient) =>
      record !== null && [record.patient.id, record.asked].some((number) => hasNumber(patient, number));
    const restricted = record !== null && isRestricted(record.patient);
    const found = unique.map((patient) => {
      const number = verifiedNumberOf(patient);
      const atPds = (restricted && isSame(patient)) || (number !== undefined && alsoRestricted.has(number));
      return foundPatient(patient, atPds);
    });
    if (!record || unique.some(isSame)) return found;
    const said = pdsDemographics(record);
    const alone = {
      recordId: pdsOnlyId(record.patient.id),
      restricted,
      register: "pds",
      demographics: restricted ? safely(said) : said,
    };
    return [...found, alone];
  }
}

const hasNumber = (patient: Patient, number: string): boolean =>
  nhsNumbersOf(patient).some(({ value }) => value === number);
