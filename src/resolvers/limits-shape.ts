// How large a document is, before it is known whether it fits the schema: counted in one pass over what was parsed, so that nobody can
// make the hub work hard by writing something cheaply.

import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from "graphql";

export interface Shape {
  /** Fields within fields, fragments included. */
  readonly depth: number;
  /** Fields in the whole document. */
  readonly fields: number;
  /** Fields of the largest operation's root, fragments included. */
  readonly roots: number;
  /** Fields under another name, and fields asked for again beside themselves. */
  readonly aliases: number;
  /** Directives in the whole document. */
  readonly directives: number;
  /** The most directives at one place. */
  readonly together: number;
  /** Fragments, defined and spread. */
  readonly fragments: number;
  readonly operations: number;
  readonly variables: number;
}

export interface Marks {
  /** Whether it looks at the schema itself. */
  readonly introspective: boolean;
  /** Whether a text in it holds what no text may. */
  readonly noText: boolean;
}

export function marksOf(document: DocumentNode): Marks {
  const marks = { introspective: false, noText: false };
  visit(document, {
    enter(node) {
      if (node.kind === Kind.STRING && isNoText(node.value)) marks.noText = true;
      if (node.kind === Kind.FIELD && /^__(?:schema|type)$/.test(node.name.value)) marks.introspective = true;
    },
  });
  return marks;
}

/** What nobody types and no database keeps: the character that is none, and half a character. */
export const isNoText = (text: string): boolean => text.includes("\0") || /\p{Surrogate}/u.test(text);

/** What a document measures. Fragments that spread themselves are counted once: refusing them is validation's. */
export function shapeOf(document: DocumentNode): Shape {
  const count = { fields: 0, aliases: 0, directives: 0, together: 0, fragments: 0, operations: 0, variables: 0 };
  visit(document, {
    enter(node) {
      if ("directives" in node && node.directives) {
        count.directives += node.directives.length;
        count.together = Math.max(count.together, node.directives.length);
      }
    },
    leave(node) {
      if (node.kind === Kind.FIELD) count.fields += 1;
      if (node.kind === Kind.FRAGMENT_SPREAD || node.kind === Kind.FRAGMENT_DEFINITION) count.fragments += 1;
      if (node.kind === Kind.OPERATION_DEFINITION) count.operations += 1;
      if (node.kind === Kind.VARIABLE_DEFINITION) count.variables += 1;
      if (node.kind === Kind.SELECTION_SET) count.aliases += aliasesIn(node);
    },
  });
  return { ...count, ...measureDepth(document) };
}

const isField = (selection: SelectionNode): selection is FieldNode => selection.kind === Kind.FIELD;

function aliasesIn({ selections }: SelectionSetNode): number {
  const fields = selections.filter(isField);
  const names = new Set(fields.map(({ alias, name }) => (alias ?? name).value));
  const renamed = fields.filter(({ alias, name }) => alias && alias.value !== name.value).length;
  return renamed + fields.length - names.size;
}

function measureDepth({ definitions }: DocumentNode): Pick<Shape, "depth" | "roots"> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  // Of each fragment once, however often it is spread.
  const known = new Map<string, { readonly depth: number; readonly wide: number }>();
  const within = (set: SelectionSetNode | undefined): { depth: number; wide: number } => {
    let [depth, wide] = [0, 0];
    for (const selection of set?.selections ?? []) {
      const inner = isField(selection)
        ? { depth: 1 + within(selection.selectionSet).depth, wide: 1 }
        : selection.kind === Kind.INLINE_FRAGMENT
          ? within(selection.selectionSet)
          : ofFragment(selection.name.value);
      depth = Math.max(depth, inner.depth);
      wide += inner.wide;
    }
    return { depth, wide };
  };
  const ofFragment = (name: string) => {
    const seen = known.get(name);
    if (seen) return seen;
    known.set(name, { depth: 0, wide: 0 });
    const found = within(fragments.get(name)?.selectionSet);
    known.set(name, found);
    return found;
  };
  const all = definitions.map((each) => (each.kind === Kind.OPERATION_DEFINITION ? within(each.selectionSet) : null));
  return {
    depth: Math.max(0, ...all.map((each) => each?.depth ?? 0)),
    roots: Math.max(0, ...all.map((each) => each?.wide ?? 0)),
  };
}
