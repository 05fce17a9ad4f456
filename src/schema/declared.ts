// Every type and field of the graph is declared: what it holds, and so who may see it. A graph with one that is not, is not built.

import { type GraphQLSchema, isInputObjectType, isInterfaceType, isIntrospectionType, isObjectType } from "graphql";
import type { InformationKind } from "../domain/access.ts";
import { type Declared, type Fields, kindsOf, problemsOf } from "../domain/information.ts";
import { DECLARED_ACCESS } from "./declared-access.ts";
import { DECLARED_AREA } from "./declared-area.ts";
import { DECLARED_CHILD } from "./declared-child.ts";
import { DECLARED_FAMILY } from "./declared-family.ts";
import { DECLARED_IDENTITY } from "./declared-identity.ts";
import { DECLARED_KEEPING } from "./declared-keeping.ts";
import { DECLARED_LEDGER } from "./declared-ledger.ts";
import { DECLARED_ROOTS } from "./declared-roots.ts";
import { DECLARED_WORK } from "./declared-work.ts";

export const DECLARED: Declared = {
  ...DECLARED_ROOTS,
  ...DECLARED_CHILD,
  ...DECLARED_ACCESS,
  ...DECLARED_FAMILY,
  ...DECLARED_WORK,
  ...DECLARED_IDENTITY,
  ...DECLARED_AREA,
  ...DECLARED_KEEPING,
  ...DECLARED_LEDGER,
};

/** Types that have fields. Enums and scalars are words: what they say is declared where a field says it. */
const withFields = (schema: GraphQLSchema) =>
  Object.values(schema.getTypeMap()).flatMap((type) =>
    !isIntrospectionType(type) && (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type))
      ? [type]
      : [],
  );

/** Puts on every field what it holds, as `extensions.holds`. Refuses a graph in which a type or field is not declared. */
export function declare(schema: GraphQLSchema, declared: Declared = DECLARED): GraphQLSchema {
  const types = withFields(schema);
  const graph: Fields = new Map(types.map((type) => [type.name, Object.keys(type.getFields())]));
  const problems = problemsOf(graph, declared);
  if (problems.length > 0)
    throw new Error(`Say in src/schema/declared-*.ts what each field holds:\n${problems.join("\n")}`);
  for (const type of types) {
    const kinds = kindsOf(declared[type.name] ?? {});
    type.extensions = { ...type.extensions, holds: [...new Set(kinds.values())] };
    for (const field of Object.values(type.getFields()))
      field.extensions = { ...field.extensions, holds: kinds.get(field.name) };
  }
  return schema;
}

/** What a field holds, as declared. */
export const holdsOf = ({ extensions }: { readonly extensions: object }): InformationKind | null =>
  (extensions as { readonly holds?: InformationKind }).holds ?? null;
