// Asks one question as one person about every kind of child, and hears what the answer gives away.

import { type DocumentNode, execute, type GraphQLFormattedError, type GraphQLSchema, parse } from "graphql";
import { makeErrorFormatter } from "../../../src/resolvers/errors.ts";
import { makeLoaders } from "../../../src/resolvers/loaders.ts";
import { buildHubSchema } from "../../../src/resolvers/schema.ts";
import type { Caller } from "../../../src/services/hub.ts";
import { nhsNumber } from "../../support/sealed-world.ts";
import type { Asker } from "./actors.ts";
import type { Canary } from "./canaries.ts";
import { KINDS, type KindOfChild } from "./children.ts";
import { type Question, questionsOf } from "./questions.ts";
import { SAMPLES, type Subject } from "./samples.ts";
import { NO_WORK, startWalkerWorld, type World } from "./world.ts";

export type Asked = Question<Subject>;

/** What came back about one kind of child; `NOBODY` is a child whom the hub does not know, `NONE` a question about no child. */
export interface Heard {
  readonly about: KindOfChild | "NOBODY" | "NONE";
  /** The answer with its errors, as it would leave. */
  readonly text: string;
  readonly canaries: readonly Canary[];
  /** The code with which the question itself was refused; null where it was answered. */
  readonly code: string | null;
}

export interface Walker {
  readonly world: World;
  readonly schema: GraphQLSchema;
  readonly questions: readonly Asked[];
  /** Arguments without a sample. */
  readonly missing: readonly string[];
  ask(asker: Asker, question: Asked): Promise<Heard[]>;
  /** Does something: what came of it, as it would leave. */
  act(asker: Asker, document: string): Promise<Done>;
  close(): Promise<void>;
}

/** What came of a change. */
export interface Done {
  readonly code: string | null;
  readonly text: string;
}

export const NOBODY: Omit<Subject, "ids"> = {
  askedId: "01900000-0000-7000-8000-000000000001",
  nhs: nhsNumber(999_000),
  surname: "Nobodyatall",
  bornOn: "2009-09-09",
  recordId: "r-nobody",
  ...NO_WORK,
};

interface Alone {
  readonly data: unknown;
  readonly errors: readonly GraphQLFormattedError[];
}

export async function startWalker(): Promise<Walker> {
  const [world, schema] = await Promise.all([startWalkerWorld(), buildHubSchema()]);
  const { hub } = world.light.open;
  const { questions, missing } = questionsOf(schema, SAMPLES);
  const format = makeErrorFormatter(hub.log);
  const documents = new Map<string, readonly DocumentNode[]>();
  const subjects = subjectsOf(world);

  /** One document for all the children, where one refusal costs the others nothing: what is loaded for them is loaded together, as on
   *  a page. */
  function documentsOf({ name, ask, isAboutChild, isAlone }: Asked): readonly DocumentNode[] {
    const known = documents.get(name);
    if (known) return known;
    const all = isAboutChild && !IN_ONE.has(name);
    const parts = all
      ? [...subjects].map(([kind, subject]) => `${kind}: ${ask(subject)}`)
      : [`NONE: ${ask(subjects.get("ORDINARY")!)}`];
    const made = (isAlone ? parts : [parts.join("\n")]).map((part) => parse(`{ ${part} }`));
    documents.set(name, made);
    return made;
  }

  const callerOf = ({ actor }: Asker): Caller => ({
    actor,
    purpose: "children-act-1989-s17",
    power: null,
    requestId: hub.newId(),
    signal: AbortSignal.timeout(60_000),
    trail: { read() {}, async flush() {} },
  });

  async function answers(caller: Caller, document: DocumentNode): Promise<[string, Alone][]> {
    const contextValue = { hub, caller, loaders: makeLoaders(hub, caller) };
    const { data, errors = [] } = await execute({ schema, document, contextValue });
    const shown = errors.map((error) => format(error.toJSON(), error));
    const names = data ? Object.keys(data) : [String(shown[0]?.path?.[0] ?? "NONE")];
    return names.map((about) => {
      // The first step of a path is a name that only this walk gives.
      const own = shown.filter(({ path }) => path?.[0] === about);
      return [about, { data: data?.[about], errors: own.map((one) => ({ ...one, path: one.path?.slice(1) ?? [] })) }];
    });
  }

  return {
    world,
    schema,
    questions,
    missing,
    async ask(asker, question) {
      const caller = callerOf(asker);
      const found = [];
      for (const document of documentsOf(question)) found.push(...(await answers(caller, document)));
      const alone = new Map(found);
      return heardOf(world, IN_ONE.has(question.name) ? spread(alone.get("NONE")) : alone);
    },
    async act(asker, document) {
      const [found] = await answers(callerOf(asker), parse(document));
      const { data = null, errors = [] } = found?.[1] ?? {};
      return { code: (errors[0]?.extensions?.["code"] as string) ?? null, text: JSON.stringify({ data, errors }) };
    },
    close: () => world.close(),
  };
}

/** Lists that are asked for once with every child in them. */
const IN_ONE: ReadonlySet<string> = new Set(["Query.children"]);

function spread(list: Alone | undefined): ReadonlyMap<string, Alone> {
  const { data, errors = [] } = list ?? {};
  const of = (at: number) => (Array.isArray(data) ? data[at] : null);
  return new Map([...KINDS, "NOBODY"].map((kind, at) => [kind, { data: of(at), errors }]));
}

const heardOf = ({ canaries }: World, answers: ReadonlyMap<string, Alone>): Heard[] =>
  [...answers].map(([about, answer]) => {
    const text = JSON.stringify(answer);
    const code = answer.errors.find(({ path = [] }) => path.length === 0)?.extensions?.["code"] ?? null;
    return { about: about as Heard["about"], text, canaries: canaries.heardIn(text), code: code as string | null };
  });

function subjectsOf({ children }: World): ReadonlyMap<string, Subject> {
  const ids = [...KINDS.map((kind) => children.get(kind)!.askedId), NOBODY.askedId];
  const known = KINDS.map((kind): readonly [string, Subject] => {
    const { askedId, nhs, surname, bornOn, recordIds, work } = children.get(kind)!;
    return [kind, { ids, askedId, nhs, surname, bornOn, recordId: recordIds.health, ...work }];
  });
  return new Map([...known, ["NOBODY", { ...NOBODY, ids }]]);
}
