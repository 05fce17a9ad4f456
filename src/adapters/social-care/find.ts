import { Raw, type FindOptionsWhere } from "typeorm";
import { normaliseNhsNumber, normaliseUpn } from "../../domain/identifiers.ts";
import type { IdentifierKind } from "../../domain/statements.ts";
import type { FoundRecord, PersonSearch } from "../agency-system.ts";
import { AgencyFault } from "../agency-fault.ts";
import { readDemographics } from "./demographics.ts";
import { readRestricted } from "./holders.ts";
import { rowsIn, type Reading } from "./reading.ts";
import { ADDRESS, LINKED_IDENTIFIER, type Person } from "./ssd-tables.ts";
import { LINKED_TYPES } from "./stated-identifiers.ts";
import { asText } from "./table.ts";
import { SYSTEM } from "./values.ts";

/** More than this many people of one name and birthday are not a search's answer. */
const MOST = 50;

/** Records that may be the person: by an identifier, by surname and birthday, or by birthday and present address. */
export async function findRecords(reading: Reading, search: PersonSearch): Promise<FoundRecord[]> {
  if (!search.identifier && !(search.surname && search.bornOn))
    throw new AgencyFault(SYSTEM, "BAD_REQUEST", {
      doing: "finding a person without an identifier, or surname and birthday",
    });
  const conditions = [...(await byIdentifier(reading, search)), ...(await byName(reading, search))];
  const people = (await reading.db.find(reading.person.schema, { where: conditions, take: MOST + 1 })).map(asText);
  if (people.length > MOST) throw new AgencyFault(SYSTEM, "AMBIGUOUS", { doing: "finding a person: too many found" });
  return toFound(reading, people);
}

/** People as found: who they are, and whether their record is restricted. Sentinels are nobody. */
export async function toFound(reading: Reading, people: readonly Person[]): Promise<FoundRecord[]> {
  const real = new Map(people.map((person) => [person.personId ?? "-1", person]));
  real.delete("-1");
  const restricted = await readRestricted(reading, [...real.keys()]);
  const read = await readDemographics(reading, real, restricted);
  return [...read].flatMap(([recordId, said]) => {
    // Nobody may be missing from what was found, so one record that cannot be read is everybody's fault here.
    if (said instanceof AgencyFault) throw said;
    return said.map((demographics) => ({
      recordId,
      restricted: restricted.has(recordId),
      register: SYSTEM,
      demographics,
    }));
  });
}

type Condition = FindOptionsWhere<Person>;

const LINKED_AS: Partial<Record<IdentifierKind, string>> = LINKED_TYPES;

/** In the person's own columns, or among the further identifiers the council tied to the record. */
async function byIdentifier(reading: Reading, { identifier }: PersonSearch): Promise<Condition[]> {
  if (!identifier) return [];
  const { kind } = identifier;
  const value =
    kind === "NHS_NUMBER"
      ? normaliseNhsNumber(identifier.value)
      : kind === "UPN"
        ? normaliseUpn(identifier.value)
        : identifier.value.trim();
  const linked = await rowsIn(reading, LINKED_IDENTIFIER, { value: [value] });
  const wanted = LINKED_AS[kind];
  const tied = linked
    .filter(({ type }) => !wanted || type === wanted)
    .map(({ personId }) => ({ personId }) as Condition);
  const own: Record<IdentifierKind, Condition[]> = {
    NHS_NUMBER: [{ nhsNumber: value }],
    UPN: [{ upn: value }],
    LA_CHILD_ID: [{ personId: value }],
    LOCAL_ID: [{ personId: value }, { legacyId: value }],
  };
  return [...own[kind], ...tied];
}

/** A postcode finds a child whose surname was written otherwise, but never one whose address is restricted. */
async function byName(reading: Reading, { surname, bornOn, postcode }: PersonSearch): Promise<Condition[]> {
  if (!bornOn || !surname) return [];
  const born = `${bornOn} 00:00:00`;
  const named = {
    bornOn: born,
    surname: Raw((column) => `LOWER(${column}) = :surname`, { surname: surname.trim().toLowerCase() }),
  };
  if (!postcode) return [named];
  const written = postcode.replaceAll(/\s/g, "").toUpperCase();
  const homes = (await rowsIn(reading, ADDRESS, { postcode: [written] })).filter(({ until }) => until === null);
  const there = [...new Set(homes.flatMap(({ personId }) => personId ?? []))];
  const restricted = await readRestricted(reading, there);
  return [
    named,
    ...there.filter((id) => !restricted.has(id)).map((personId) => ({ personId, bornOn: born }) as Condition),
  ];
}
