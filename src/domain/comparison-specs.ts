// Which comparisons fit which fields. The hub has its own list; a data team's file has whatever columns it has.

import type { ComparisonKind, ComparisonSpec, PersonField } from "./compared.ts";

/** A column, and how it is to be compared. */
export interface FieldOfKind {
  readonly field: string;
  readonly kind: ComparisonKind;
}

/** How the hub's own fields are compared. `nhsVerified` and `upnVerified` are not compared by weight: they decide alone. */
export const KIND_OF_FIELD = {
  forename: "forename",
  middle: "text",
  surname: "surname",
  born: "born",
  sex: "sex",
  postcode: "postcode",
  nhs: "identifier",
  upn: "identifier",
  uln: "identifier",
  la: "identifier",
  pnc: "identifier",
  phone: "phone",
  email: "email",
} as const satisfies Partial<Record<PersonField, ComparisonKind>>;

const named = (fields: readonly FieldOfKind[], kind: ComparisonKind): string | undefined =>
  fields.find((each) => each.kind === kind)?.field;

/** `address_1` and `address_2` are lines of one thing; what stands in the one may belong into the other. */
function otherLine(field: string, fields: readonly FieldOfKind[]): string | undefined {
  const stem = /^(.*\D)\d$/.exec(field)?.[1];
  if (stem === undefined) return undefined;
  return fields.find((each) => each.kind === "text" && each.field !== field && each.field.replace(/\d$/, "") === stem)
    ?.field;
}

function specOf({ field, kind }: FieldOfKind, fields: readonly FieldOfKind[]): ComparisonSpec {
  const other =
    kind === "forename"
      ? named(fields, "surname")
      : kind === "surname"
        ? named(fields, "forename")
        : kind === "text"
          ? otherLine(field, fields)
          : undefined;
  return { field, kind, columns: other === undefined ? [field] : [field, other] };
}

/**
 * The comparisons for the fields that are there, in their order. Forename and surname know of each other, to see names written in
 * the wrong order; surname and postcode become one `household` where both are there.
 */
export function specsFor(fields: readonly FieldOfKind[]): readonly ComparisonSpec[] {
  const surname = named(fields, "surname");
  const postcode = named(fields, "postcode");
  if (surname === undefined || postcode === undefined) return fields.map((each) => specOf(each, fields));
  const forename = named(fields, "forename");
  const columns = forename === undefined ? [surname, postcode] : [surname, postcode, forename];
  return fields.flatMap((each): readonly ComparisonSpec[] => {
    if (each.field === postcode) return [];
    return each.field === surname ? [{ field: "household", kind: "household", columns }] : [specOf(each, fields)];
  });
}

const HUB_FIELDS = [
  "forename",
  "middle",
  "surname",
  "postcode",
  "born",
  "sex",
  "nhs",
  "upn",
  "uln",
  "la",
  "pnc",
] as const;
const SHARED_BY_FAMILIES = ["phone", "email"] as const;

/** What the hub compares by. Families share telephones and mailboxes: those two are `weak`, worth one bit at most. */
export const PERSON_COMPARISONS: readonly ComparisonSpec[] = [
  ...specsFor(HUB_FIELDS.map((field) => ({ field, kind: KIND_OF_FIELD[field] }))),
  ...SHARED_BY_FAMILIES.map((field) => ({
    field,
    kind: KIND_OF_FIELD[field],
    columns: [field],
    weak: true as const,
  })),
];
