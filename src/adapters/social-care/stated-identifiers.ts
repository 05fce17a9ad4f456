import { normaliseNhsNumber, normaliseUpn } from "../../domain/identifiers.ts";
import { MAY_IDENTIFY } from "../../domain/sharing.ts";
import type { StatedIdentifier } from "../../domain/statements.ts";
import { LINKED_IDENTIFIER, type Person } from "./ssd-tables.ts";
import type { RowIn } from "./table.ts";
import { known } from "./values.ts";

/** All numbers on file; of a restricted record only those that do not tell where the child goes to school or to court. */
export function statedIdentifiers(
  person: Person,
  linked: readonly RowIn<typeof LINKED_IDENTIFIER>[],
  restricted: boolean,
): StatedIdentifier[] {
  const all = [...ownIdentifiers(person), ...linked.flatMap(linkedIdentifier)];
  return restricted ? all.filter(({ kind }) => MAY_IDENTIFY.has(kind)) : all;
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
