// Every operation of the schema as a document, and values for its variables: so that nothing new escapes the suite.

import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";

export interface Generated {
  readonly kind: "query" | "mutation";
  readonly name: string;
  readonly document: string;
  readonly args: readonly GraphQLArgument[];
}

/** Fields without arguments and without fields of their own. */
function leaves(type: GraphQLOutputType): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return "";
  const fields = "getFields" in named ? Object.values(named.getFields()) : [];
  const plain = fields.filter(({ args, type: of }) => args.length === 0 && !isCompositeType(getNamedType(of)));
  return ` { ${["__typename", ...plain.map(({ name }) => name)].join(" ")} }`;
}

/** Every query and mutation, all of its arguments in variables of the same name. */
export function operationsOf(schema: GraphQLSchema): Generated[] {
  return (["query", "mutation"] as const).flatMap((kind) =>
    Object.values((kind === "query" ? schema.getQueryType() : schema.getMutationType())!.getFields()).map((field) => {
      const { name, args, type } = field;
      const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(", ");
      const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(", ");
      const head = `${kind} Try${name[0]!.toUpperCase()}${name.slice(1)}${declared && `(${declared})`}`;
      return { kind, name, args, document: `${head} { ${name}${passed && `(${passed})`}${leaves(type)} }` };
    }),
  );
}

/** Where a text may stand in a variable: the path to it. */
export type Place = string;

export interface Filling {
  /** The value at a place; undefined for what would stand there usually. */
  readonly text: (place: Place, type: string) => string | undefined;
}

const USUAL: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  Boolean: true,
  DateTimeISO: "2026-03-02T10:00:00.000Z",
  LocalDate: "2026-03-02",
  ID: "01a1ffda-881d-704b-8279-d4693c6176f3",
  String: "Words of the length that somebody would write here.",
};

/** What stands where a text has to have a form of its own. */
const FORMED: readonly (readonly [RegExp, string])[] = [
  [/\.key$/, "attack-key-0001"],
  [/identifier\.value$/i, "9990123470"],
  [/(?:^|\.)url$/, "https://example.org/hub"],
  [/(?:^|\.)rule$/, "referral-decision"],
  [/(?:^|\.)level$/, "level-3"],
  [/(?:^|\.)after$/, "bm9uZQ"],
];

/** Variables for an operation, and the places in them where a text stands. */
export function fill({ args }: Generated, filling: Filling): { variables: Record<string, unknown>; places: Place[] } {
  const places: Place[] = [];
  const value = (type: GraphQLInputType, place: Place): unknown => {
    if (isNonNullType(type)) return value(type.ofType, place);
    if (isListType(type)) return [value(type.ofType, place)];
    if (isEnumType(type)) return type.getValues()[0]!.name;
    if (isInputObjectType(type)) return object(Object.values(type.getFields()), place);
    if (type.name !== "ID" && type.name !== "String") return USUAL[type.name];
    places.push(place);
    const formed = FORMED.find(([form]) => form.test(place))?.[1];
    return filling.text(place, type.name) ?? formed ?? USUAL[type.name];
  };
  const object = (fields: readonly (GraphQLArgument | GraphQLInputField)[], within: Place) =>
    Object.fromEntries(fields.map(({ name, type }) => [name, value(type, within ? `${within}.${name}` : name)]));
  return { variables: object(args, ""), places };
}
