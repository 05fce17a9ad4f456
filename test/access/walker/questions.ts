// Every question that the schema allows: each root, with every field on every path below it. A path ends where it would come to a type
// that it has passed. Nothing is listed by hand but samples of arguments: one without a sample stops the walk.

import type { InformationKind } from "../../../src/domain/access.ts";
import { holdsOf } from "../../../src/schema/declared.ts";
import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isNonNullType,
  isObjectType,
} from "graphql";

/** What is given for an argument: GraphQL as it is written, the same for everybody or made of the child that is asked about; null where
 *  it is left out. By `Type.field.argument`, or by the argument's name alone. */
export type Samples<Subject> = Readonly<Record<string, string | null | ((subject: Subject) => string)>>;

export interface Question<Subject> {
  /** `Query.child`; or `Child.family`, for a field of a child that is asked alone. */
  readonly name: string;
  /** The document, of one field. Null where the question is about no child. */
  readonly ask: (subject: Subject | null) => string;
  readonly isAboutChild: boolean;
  /** Whether anything of it is declared to be of one child. */
  readonly isOfChildren: boolean;
  /** Whether a refusal leaves nothing else of the answer: then each child is asked about alone. */
  readonly isAlone: boolean;
  /** What it asks for: `Obligation.dueAt`. */
  readonly fields: readonly string[];
  readonly paths: number;
}

interface Walk<Subject> {
  readonly samples: Samples<Subject>;
  readonly missing: Set<string>;
  readonly fields: Set<string>;
  readonly kinds: Set<InformationKind | null>;
  paths: number;
}

/** Kinds of information that are about no child. */
const OF_NOBODY: ReadonlySet<InformationKind | null> = new Set([
  "SOURCE",
  "DIRECTORY",
  "POLICY",
  "OPERATION",
  "FIGURE",
  "SHAPE",
]);

/** How a path came here, and how much further it goes. */
interface Way {
  readonly passed: readonly string[];
  readonly left: number;
}

type Field = GraphQLField<unknown, unknown>;

/** Something of the right type, so that the walk goes on: that no sample was given is reported. */
function stopgap(type: GraphQLArgument["type"]): string | null {
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]?.name ?? null;
  return (
    { Int: "10", Boolean: "false", LocalDate: '"2026-04-02"', DateTimeISO: '"2026-04-02T10:00:00Z"' }[named.name] ??
    '"x"'
  );
}

function sampleOf<Subject>(
  { samples, missing }: Walk<Subject>,
  at: string,
  { name, type, defaultValue }: GraphQLArgument,
) {
  const key = [`${at}.${name}`, name].find((each) => each in samples);
  if (key !== undefined) return samples[key] ?? null;
  if (defaultValue === undefined) missing.add(`${at}.${name}`);
  return isNonNullType(type) ? stopgap(type) : null;
}

/** Below a child that something else led to, the first fields of each answer: what lies further in is the same as for any child. */
const BELOW_ANOTHER = 2;

function selection<Subject>(walk: Walk<Subject>, type: GraphQLObjectType, { passed, left }: Way): string {
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const at = `${type.name}.${field.name}`;
    const below = getNamedType(field.type);
    if (isObjectType(below) && (left === 0 || passed.includes(below.name))) return [];
    walk.fields.add(at);
    walk.kinds.add(holdsOf(field));
    walk.paths += 1;
    const given = field.args.flatMap((arg) => {
      const sample = sampleOf(walk, at, arg);
      return typeof sample === "string" ? [`${arg.name}: ${sample}`] : [];
    });
    const args = given.length > 0 ? `(${given.join(", ")})` : "";
    if (!isObjectType(below)) return [`${field.name}${args}`];
    const depth = below.name === "Child" ? BELOW_ANOTHER : left - 1;
    return [`${field.name}${args} ${selection(walk, below, { passed: [...passed, below.name], left: depth })}`];
  });
  return `{ ${fields.length > 0 ? fields.join(" ") : "__typename"} }`;
}

/** Where a child is asked for to the last leaf. */
const WHOLE: ReadonlySet<string> = new Set(["Query.child", "Query.children"]);

function questionOf<Subject>(samples: Samples<Subject>, missing: Set<string>, [root, field]: readonly [string, Field]) {
  const at = `${root}.${field.name}`;
  const walk: Walk<Subject> = { samples, missing, fields: new Set([at]), kinds: new Set([holdsOf(field)]), paths: 1 };
  const given = field.args.map((arg) => [arg.name, sampleOf(walk, at, arg)] as const);
  const type = getNamedType(field.type);
  const way = {
    passed: [...(root === "Child" ? [root] : []), type.name],
    left: WHOLE.has(at) || root === "Child" ? 99 : type.name === "Child" ? BELOW_ANOTHER : 5,
  };
  const below = isObjectType(type) ? ` ${selection(walk, type, way)}` : "";
  const ask = (subject: Subject | null) => {
    const args = given.flatMap(([name, sample]) => {
      if (sample === null) return [];
      if (typeof sample === "string") return [`${name}: ${sample}`];
      return subject === null ? [] : [`${name}: ${sample(subject)}`];
    });
    return `${field.name}${args.length > 0 ? `(${args.join(", ")})` : ""}${below}`;
  };
  const isAboutChild = given.some(([, sample]) => typeof sample === "function");
  return {
    name: at,
    ask,
    isAboutChild,
    isOfChildren: [...walk.kinds].some((kind) => !OF_NOBODY.has(kind)),
    isAlone: isNonNullType(field.type),
    fields: [...walk.fields],
    paths: walk.paths,
  };
}

export interface Questions<Subject> {
  readonly questions: readonly Question<Subject>[];
  /** Arguments that have no sample. */
  readonly missing: readonly string[];
}

/** The questions of a schema; each field of a child is also asked alone, since what is asked beside it may decide what it shows. */
export function questionsOf<Subject>(schema: GraphQLSchema, samples: Samples<Subject>): Questions<Subject> {
  const missing = new Set<string>();
  const fieldsOf = (name: string) => {
    const type = schema.getType(name);
    return isObjectType(type) ? Object.values(type.getFields()).map((field) => [name, field] as const) : [];
  };
  const roots = fieldsOf("Query").map((each) => questionOf(samples, missing, each));
  const child = roots.find(({ name }) => name === "Query.child");
  const head = samples["Query.child.id"];
  const alone = fieldsOf("Child").map((each): Question<Subject> => {
    const question = questionOf(samples, missing, each);
    const id = (subject: Subject | null) => (typeof head === "function" && subject !== null ? head(subject) : '""');
    return {
      ...question,
      ask: (subject) => `child(id: ${id(subject)}) { ${question.ask(subject)} }`,
      isAboutChild: child?.isAboutChild ?? true,
      isAlone: false,
    };
  });
  return { questions: [...roots, ...alone], missing: [...missing] };
}
