import { z } from "zod";
import { normaliseNhsNumber, normalisePostcode, normaliseUpn } from "../../domain/identifiers.ts";
import type { Demographics, Sex, StatedAddress, StatedIdentifier, StatedName } from "../../domain/statements.ts";
import { ETHNICITIES } from "./codes.ts";
import { ADDRESS, LINKED_IDENTIFIER, type PersonTable } from "./ssd-tables.ts";
import { rowsIn, type Reading } from "./reading.ts";
import type { RowIn } from "./table.ts";
import { dayOf, known, parseJson, provenance } from "./values.ts";

export type Person = RowIn<PersonTable>;

/** What identifies each of these people. Of somebody whose record is restricted, no address is even read. */
export async function readDemographics(
  reading: Reading,
  people: readonly Person[],
  restricted: ReadonlySet<string>,
): Promise<Map<string, Demographics>> {
  const ids = people.map(({ personId }) => personId ?? "");
  const linked = await rowsIn(reading, LINKED_IDENTIFIER, { personId: ids });
  const addresses = await rowsIn(reading, ADDRESS, { personId: ids.filter((id) => !restricted.has(id)) });
  const of = <R extends { personId: string | null }>(rows: readonly R[], id: string | null) =>
    rows.filter(({ personId }) => personId === id);
  return new Map(
    people.map((person) => [
      person.personId ?? "",
      toDemographics(person, of(linked, person.personId), of(addresses, person.personId)),
    ]),
  );
}

function toDemographics(
  person: Person,
  linked: readonly RowIn<typeof LINKED_IDENTIFIER>[],
  addresses: readonly RowIn<typeof ADDRESS>[],
): Demographics {
  const stated = known(person.ethnicity)?.toUpperCase() ?? null;
  // A slip in real extract scripts.
  const ethnicity = stated === "CNHE" ? "CHNE" : stated;
  const name = nameOf(person);
  return {
    identifiers: [...ownIdentifiers(person), ...linked.flatMap(linkedIdentifier)],
    names: name ? [name] : [],
    bornOn: dayOf(person.bornOn),
    bornOnAccuracy: "DAY",
    expectedOn: dayOf(person.bornOn) ? null : dayOf(person.expectedOn),
    diedOn: dayOf(person.diedOn),
    sex: SEXES[person.sex?.trim().toUpperCase() ?? ""] ?? "UNKNOWN",
    gender: GENDERS[person.gender?.trim() ?? ""] ?? null,
    ethnicity: ethnicity && ETHNICITIES.has(ethnicity) ? ethnicity : null,
    addresses: addresses.toSorted(presentFirst).map(toAddress),
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

/** What numbers the record itself carries. The council copied the NHS number and the UPN down: it does not vouch for them. */
export function ownIdentifiers(person: Person): StatedIdentifier[] {
  const nhsNumber = known(person.nhsNumber);
  const upn = known(person.upn);
  const legacy = known(person.legacyId);
  return [
    { kind: "LA_CHILD_ID", value: person.personId ?? "", verified: true },
    ...(nhsNumber ? [{ kind: "NHS_NUMBER", value: normaliseNhsNumber(nhsNumber), verified: false } as const] : []),
    ...(upn ? [{ kind: "UPN", value: normaliseUpn(upn), verified: false } as const] : []),
    ...(legacy ? [{ kind: "LOCAL_ID", value: legacy, verified: true } as const] : []),
  ];
}

/** Identifier types as the dataset words them; whatever else is listed there is a number of some other register. */
export const LINKED_TYPES = { NHS_NUMBER: "NHS Number", UPN: "Unique Pupil Number" } as const;

function linkedIdentifier({ type, value: stated }: RowIn<typeof LINKED_IDENTIFIER>): StatedIdentifier[] {
  const value = known(stated);
  if (!value) return [];
  if (type === LINKED_TYPES.NHS_NUMBER)
    return [{ kind: "NHS_NUMBER", value: normaliseNhsNumber(value), verified: false }];
  if (type === LINKED_TYPES.UPN) return [{ kind: "UPN", value: normaliseUpn(value), verified: false }];
  return [{ kind: "LOCAL_ID", value, verified: false }];
}

function presentFirst(a: RowIn<typeof ADDRESS>, b: RowIn<typeof ADDRESS>): number {
  const order = (row: RowIn<typeof ADDRESS>): string => `${row.until ? 0 : 1}${row.from ?? ""}${row.id}`;
  return order(b).localeCompare(order(a));
}

/** All keys are always there, most of them empty. */
const ADDRESS_JSON = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

function toAddress(row: RowIn<typeof ADDRESS>): StatedAddress {
  const json = parseJson(ADDRESS_JSON, row.json) ?? {};
  const field = (key: string): string | null => known(String(json[key] ?? ""));
  const join = (keys: string[], by: string): string => keys.flatMap((key) => field(key) ?? []).join(by);
  const lines = [join(["ROOM", "FLOOR", "FLAT", "BUILDING"], ", "), join(["HOUSE", "STREET"], " ")];
  const type = row.type?.trim().toLowerCase() ?? "";
  return {
    use: type === "home" ? "HOME" : type.startsWith("temp") ? "TEMPORARY" : "OTHER",
    lines: lines.filter((line) => line !== ""),
    town: field("TOWN"),
    postcode: normalisePostcode(row.postcode ?? ""),
    uprn: field("UPRN"),
    from: dayOf(row.from),
    until: dayOf(row.until),
  };
}
