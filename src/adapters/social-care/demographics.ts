import type { Demographics, Sex, StatedName } from "../../domain/statements.ts";
import { toAddresses } from "./addresses.ts";
import { ETHNICITIES } from "./codes.ts";
import { perRecord, saidBy, type PerRecord } from "./per-record.ts";
import { rowsIn, type Reading } from "./reading.ts";
import { ADDRESS, LINKED_IDENTIFIER, type Person } from "./ssd-tables.ts";
import { statedIdentifiers } from "./stated-identifiers.ts";
import { dayOf, known, provenance } from "./values.ts";

/** What identifies each of these people. Of somebody whose record is restricted, no address is even read. */
export async function readDemographics(
  reading: Reading,
  people: ReadonlyMap<string, Person>,
  restricted: ReadonlySet<string>,
): Promise<PerRecord<Demographics>> {
  const ids = [...people.keys()];
  const linked = saidBy(await rowsIn(reading, LINKED_IDENTIFIER, { personId: ids }), (row) => [row]);
  const open = ids.filter((id) => !restricted.has(id));
  const homes = saidBy(await rowsIn(reading, ADDRESS, { personId: open }), (row) => [row]);
  return perRecord(ids, (id) => {
    const person = people.get(id);
    if (!person) return [];
    const identifiers = statedIdentifiers(person, linked(id), restricted.has(id));
    return [{ ...whoIs(person), identifiers, addresses: toAddresses(homes(id)) }];
  });
}

/** What the person's own row says of them. */
function whoIs(person: Person): Omit<Demographics, "identifiers" | "addresses"> {
  const stated = known(person.ethnicity)?.toUpperCase() ?? null;
  // A slip in real extract scripts.
  const ethnicity = stated === "CNHE" ? "CHNE" : stated;
  const name = nameOf(person);
  return {
    names: name ? [name] : [],
    bornOn: dayOf(person.bornOn),
    bornOnAccuracy: "DAY",
    expectedOn: dayOf(person.bornOn) ? null : dayOf(person.expectedOn),
    diedOn: dayOf(person.diedOn),
    sex: SEXES[person.sex?.trim().toUpperCase() ?? ""] ?? "UNKNOWN",
    gender: GENDERS[person.gender?.trim() ?? ""] ?? null,
    ethnicity: ethnicity && ETHNICITIES.has(ethnicity) ? ethnicity : null,
    heldBy: null,
    provenance: provenance(
      person.personId ?? "",
      stated === ethnicity && ETHNICITIES.has(stated ?? "") ? null : stated,
    ),
  };
}

/** Two generations of codes: letters, and the figures used before 2024. */
const SEXES: Readonly<Record<string, Sex>> = { M: "MALE", F: "FEMALE", "1": "MALE", "2": "FEMALE", "9": "OTHER" };
const GENDERS: Readonly<Record<string, string>> = { "01": "male", "02": "female", "09": "self-described" };

/** The name on file. "Unborn" is a placeholder and no name. */
export function nameOf(person: Pick<Person, "forename" | "surname" | "bornOn">): StatedName | null {
  const placeholder = !person.bornOn && /^(unborn|baby)\b/i.test(person.forename?.trim() ?? "");
  const forenames = placeholder ? [] : (known(person.forename)?.split(/\s+/) ?? []);
  const surname = known(person.surname);
  return forenames.length > 0 || surname ? { use: "OFFICIAL", forenames, surname } : null;
}
