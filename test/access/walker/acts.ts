// Every change that the schema allows, each with an input made from its types: for what comes of it as whom, and about which child.

import {
  getNamedType,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";

export interface Act {
  /** `submitReferral`. */
  readonly name: string;
  readonly takesChild: boolean;
  /** The document that does it to this child. */
  readonly ask: (childId: string) => string;
}

const text = (value: string) => JSON.stringify(value);
const UNKNOWN = "01900000-0000-7000-8000-00000000000a";

/** What is given where the type alone would not pass the checks at the edge. */
const GIVEN: Readonly<Record<string, string>> = {
  key: text("walker-key-0001"),
  url: text("https://walker.example/told"),
  email: text("walker@hub.example"),
  holderEmail: text("walker@hub.example"),
  coverEmail: text("walker@hub.example"),
  agencyId: text("education"),
  againstAgencyId: text("education"),
  toAgencyId: text("education"),
  teamId: "null",
  againstTeamId: "null",
  level: text("level-3"),
  "RequestAccess.kind": "TASK",
  "RecordStep.kind": "ASSESSMENT_COMPLETED",
  "RecordStep.happenedAt": text("2026-04-01T09:00:00Z"),
  identifier: "null",
  identifiers: "null",
  consent: "null",
  purpose: text("children-act-1989-s17"),
  cover: "null",
  routine: "AT_ONCE",
};

const OF_TYPE: Readonly<Record<string, string>> = {
  String: text("The walker says so, of this child and for now."),
  Boolean: "false",
  Int: "1",
  Float: "1",
  LocalDate: text("2026-06-01"),
  DateTimeISO: text("2026-04-01T09:00:00Z"),
};

function valueOf(
  type: GraphQLInputType,
  at: { readonly name: string; readonly within: string },
  childId: string,
): string {
  const given = GIVEN[`${at.within}.${at.name}`] ?? GIVEN[at.name];
  if (given !== undefined) return given;
  if (isNonNullType(type)) return valueOf(type.ofType, at, childId);
  if (isListType(type)) return `[${valueOf(type.ofType, at, childId)}]`;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const within = type.name;
    return `{ ${fields.map(({ name, type: of }) => `${name}: ${valueOf(of, { name, within }, childId)}`).join(", ")} }`;
  }
  if (isEnumType(type)) return type.getValues()[0]?.name ?? "null";
  if (type.name === "ID")
    return text(at.name === "childId" ? childId : at.name.endsWith("ctorId") ? "walker|x" : UNKNOWN);
  return OF_TYPE[type.name] ?? "null";
}

const takes = (type: GraphQLInputType, name: string): boolean => {
  const named = getNamedType(type);
  return name === "childId" || (isInputObjectType(named) && "childId" in named.getFields());
};

/** The changes of a schema. */
export const actsOf = (schema: GraphQLSchema): Act[] =>
  Object.values(schema.getMutationType()?.getFields() ?? {}).map((field) => ({
    name: field.name,
    takesChild: field.args.some(({ name, type }) => takes(type, name)),
    ask: (childId) => {
      const args = field.args.map(
        ({ name, type }) => `${name}: ${valueOf(type, { name, within: field.name }, childId)}`,
      );
      const below = isObjectType(getNamedType(field.type)) ? " { __typename }" : "";
      return `mutation { act: ${field.name}${args.length > 0 ? `(${args.join(", ")})` : ""}${below} }`;
    },
  }));
