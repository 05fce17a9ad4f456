// What agencies' own systems may ask of the graph, looked at once for each operation: its root fields, and the agencies that its
// arguments name.

import type { ApolloServerPlugin } from "@apollo/server";
import {
  type DocumentNode,
  type FieldNode,
  getArgumentValues,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { mayAsk } from "../domain/sharing-systems.ts";
import { record } from "../services/audit.ts";
import type { Context } from "./context.ts";

interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Refuses systems what their scopes do not name, and puts the attempt on record. */
export const SYSTEMS_DOOR: ApolloServerPlugin<Context> = {
  requestDidStart: async () => ({
    async didResolveOperation({ schema, document, operation, request, contextValue }) {
      if (operation)
        await mustBeOpen(contextValue, { schema, document, operation, variables: request.variables ?? {} });
    },
  }),
};

async function mustBeOpen({ hub, caller }: Pick<Context, "hub" | "caller">, asked: Asked): Promise<void> {
  if (caller.actor.kind !== "SYSTEM") return;
  const roots = rootFields(asked.document, asked.operation.selectionSet);
  const ruling = mayAsk(caller.actor, {
    fields: roots.map(({ name }) => name.value),
    agencyIds: roots.flatMap((field) => agenciesNamed(argumentsOf(asked, field))),
  });
  if (ruling.allowed) return;
  await record(hub, caller, { what: "graph.asked", subjects: [], ruling });
  throw new GraphQLError(`Not open to you: ${ruling.because}`, {
    extensions: { code: "NOT_ALLOWED", http: { status: 403 } },
  });
}

/** Through every fragment, whatever its directives say. */
function rootFields(document: DocumentNode, { selections }: SelectionSetNode): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(document, selection.selectionSet);
    const named = document.definitions.find(
      (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === selection.name.value,
    );
    return named?.kind === Kind.FRAGMENT_DEFINITION ? rootFields(document, named.selectionSet) : [];
  });
}

/** What is wrong with an argument is told when the operation runs. */
function argumentsOf({ schema, operation, variables }: Asked, field: FieldNode): unknown {
  const definition = schema.getRootType(operation.operation)?.getFields()[field.name.value];
  try {
    return definition && getArgumentValues(definition, field, variables);
  } catch {
    return {};
  }
}

/** Every agency that these arguments name, however deep. */
function agenciesNamed(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === "string" && /agency(id)?$/i.test(name) ? [inner] : agenciesNamed(inner),
  );
}
