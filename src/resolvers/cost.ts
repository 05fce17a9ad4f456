// What an operation costs before it is run: a sum over its fields, lists multiplied by how many were asked for. A number in a variable
// counts like one in the document. The sum is worked out once for each document; what depends on variables is left open in it and filled
// in for each request, so that a document without such costs nothing to price.

import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  type GraphQLOutputType,
  isCompositeType,
  isListType,
  Kind,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import {
  BREAKS_GLASS,
  LENGTHS,
  OBJECT,
  SCALAR,
  SCHEMA,
  SEARCHES,
  URGENT,
  USUAL_LENGTH,
  WEIGHTS,
} from "./cost-weights.ts";

type Variables = Readonly<Record<string, unknown>>;

interface Sum {
  readonly fixed: number;
  /** What depends on variables: so many times that. */
  readonly open: readonly { readonly times: (given: Variables) => number; readonly of: Sum }[];
}

/** What one operation costs and is. */
export interface Price {
  costs(variables: Variables): number;
  /** How many searches for children it makes. */
  readonly searches: number;
  /** Whether it is all done because a child is at immediate risk. */
  readonly urgent: boolean;
  /** Whether it breaks the glass wherever it succeeds: under a condition it might succeed without. */
  readonly breaksGlass: boolean;
}

interface Known {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly sums: Map<string, Sum>;
  /** Default values of the operation's variables. */
  readonly defaults: ReadonlyMap<string, ValueNode>;
}

const NOTHING: Sum = { fixed: 0, open: [] };
/** Beyond it a number only has to be too large. */
const MOST = 1e12;

/** A function that prices valid documents. */
export function makePrices(
  schema: GraphQLSchema,
): (document: DocumentNode, operation: OperationDefinitionNode) => Price {
  const known = new WeakMap<OperationDefinitionNode, Price>();
  return (document, operation) => {
    const seen = known.get(operation);
    if (seen) return seen;
    const price = priceOf(schema, document, operation);
    known.set(operation, price);
    return price;
  };
}

function priceOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Price {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const defaults = new Map<string, ValueNode>();
  for (const { variable, defaultValue } of operation.variableDefinitions ?? [])
    if (defaultValue) defaults.set(variable.name.value, defaultValue);
  const known: Known = { schema, fragments, defaults, sums: new Map() };
  const root = schema.getRootType(operation.operation)?.name ?? "";
  const sum = sumOf(known, root, operation.selectionSet);
  const asked = rootFields(known, operation.selectionSet).map((name) => `${root}.${name}`);
  return {
    costs: (variables) => (sum.open.length === 0 ? sum.fixed : evaluate(sum, variables, new Map())),
    searches: asked.filter((name) => SEARCHES.has(name)).length,
    urgent: asked.length > 0 && asked.every((name) => URGENT.has(name)),
    breaksGlass: operation.selectionSet.selections.some(
      (one) => one.kind === Kind.FIELD && !one.directives?.length && `${root}.${one.name.value}` === BREAKS_GLASS,
    ),
  };
}

/** Each part once, however often fragments lead to it. */
function evaluate(sum: Sum, given: Variables, done: Map<Sum, number>): number {
  const seen = done.get(sum);
  if (seen !== undefined) return seen;
  let total = sum.fixed;
  for (const { times, of } of sum.open) total += times(given) * evaluate(of, given, done);
  const capped = Math.min(total, MOST);
  done.set(sum, capped);
  return capped;
}

function sumOf(known: Known, type: string, { selections }: SelectionSetNode): Sum {
  let fixed = 0;
  const open: Sum["open"][number][] = [];
  const add = ({ fixed: more, open: further }: Sum, times: number | ((given: Variables) => number) = 1) => {
    const sum = { fixed: more, open: further };
    if (typeof times === "function") open.push({ times, of: sum });
    else {
      fixed = Math.min(fixed + times * more, MOST);
      if (further.length > 0) open.push({ times: () => times, of: { fixed: 0, open: further } });
    }
  };
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const field = fieldOf(known, type, selection);
      add({ fixed: field.weight, open: [] });
      add(field.within, field.times);
    } else add(ofFragment(known, type, selection));
  }
  return { fixed, open };
}

function ofFragment(known: Known, type: string, selection: Exclude<SelectionNode, FieldNode>): Sum {
  if (selection.kind === Kind.INLINE_FRAGMENT)
    return sumOf(known, selection.typeCondition?.name.value ?? type, selection.selectionSet);
  const name = selection.name.value;
  const seen = known.sums.get(name);
  if (seen) return seen;
  // Validation refused what spreads itself; this only ends it here as well.
  known.sums.set(name, NOTHING);
  const fragment = known.fragments.get(name);
  const sum = fragment ? sumOf(known, fragment.typeCondition.name.value, fragment.selectionSet) : NOTHING;
  known.sums.set(name, sum);
  return sum;
}

interface FieldPrice {
  readonly weight: number;
  readonly within: Sum;
  readonly times: number | ((given: Variables) => number);
}

function fieldOf(known: Known, type: string, node: FieldNode): FieldPrice {
  const name = node.name.value;
  if (name === "__schema" || name === "__type") return { weight: SCHEMA, within: NOTHING, times: 1 };
  const parent = known.schema.getType(type);
  const field = parent && "getFields" in parent ? parent.getFields()[name] : undefined;
  if (!field || !("args" in field)) return { weight: SCALAR, within: NOTHING, times: 1 };
  const own = getNamedType(field.type);
  const weight = WEIGHTS[`${type}.${name}`] ?? (isCompositeType(own) ? OBJECT : SCALAR);
  if (!node.selectionSet) return { weight, within: NOTHING, times: 1 };
  const within = sumOf(known, own.name, node.selectionSet);
  return { weight, within, times: timesOf(known, type, { field, node }) };
}

interface Asked {
  readonly field: GraphQLField<unknown, unknown>;
  readonly node: FieldNode;
}

/** How many will come: as many as the page has, as ids were given, or as a list of its kind usually has. A page's own list is counted
 *  with the page. */
function timesOf(known: Known, type: string, { field, node }: Asked): FieldPrice["times"] {
  const argument = (name: string) => node.arguments?.find((each) => each.name.value === name);
  const first = field.args.find(({ name }) => name === "first");
  if (first) return countOf(known, argument("first"), Number(first.defaultValue ?? USUAL_LENGTH));
  if (field.args.some(({ name, type: given }) => name === "ids" && isList(given as GraphQLOutputType)))
    return countOf(known, argument("ids"), 1);
  if (!isList(field.type) || /(?:Connection|Edge)$/.test(type)) return 1;
  return LENGTHS[`${type}.${field.name}`] ?? USUAL_LENGTH;
}

const isList = (type: GraphQLOutputType): boolean => isListType(getNullableType(type));

function countOf({ defaults }: Known, argument: ArgumentNode | undefined, usual: number): FieldPrice["times"] {
  if (!argument) return usual;
  const { value } = argument;
  if (value.kind !== Kind.VARIABLE) return literal(value, usual);
  const name = value.name.value;
  const unset = defaults.get(name);
  const otherwise = unset ? literal(unset, usual) : usual;
  return (given) => {
    const sent = given[name];
    if (Array.isArray(sent)) return sent.length;
    return typeof sent === "number" ? counted(sent) : otherwise;
  };
}

/** What is no sensible number of things is refused where it is used; here it must only not make anything cheaper than one. */
const counted = (number: number): number => (Number.isFinite(number) ? Math.max(1, Math.abs(number)) : MOST);

function literal(value: ValueNode, usual: number): number {
  if (value.kind === Kind.LIST) return value.values.length;
  return value.kind === Kind.INT ? counted(Number(value.value)) : usual;
}

function rootFields(known: Known, { selections }: SelectionSetNode, seen = new Set<string>()): string[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection.name.value];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(known, selection.selectionSet, seen);
    const fragment = known.fragments.get(selection.name.value);
    if (!fragment || seen.has(selection.name.value)) return [];
    seen.add(selection.name.value);
    return rootFields(known, fragment.selectionSet, seen);
  });
}
