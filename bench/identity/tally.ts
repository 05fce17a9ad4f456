// Counts what was decided rightly and wrongly. The only part of the measurement that knows whose records they are.

import type { IdentityDecision } from "../../src/domain/identity.ts";
import { originOf } from "../county/names.ts";
import type { County, Person } from "../county/types.ts";

/** What made a wrong link possible. */
export const CONFUSED = ["twins", "brothers and sisters", "parent and child", "namesakes", "others"] as const;
export type Confused = (typeof CONFUSED)[number];

export interface Part {
  links: number;
  wrong: number;
  joins: number;
  auto: number;
  review: number;
  incoming: number;
  items: number;
}

const newPart = (): Part => ({ links: 0, wrong: 0, joins: 0, auto: 0, review: 0, incoming: 0, items: 0 });

export interface WrongLink {
  readonly confused: Confused;
  readonly soundAlike: boolean;
  readonly rule: string;
  readonly weight: number;
  readonly source: string;
  readonly withSource: string;
  readonly levels: readonly string[];
}

export interface Tally {
  readonly all: Part;
  readonly bySource: Readonly<Record<string, Part>>;
  readonly byOrigin: Readonly<Record<string, Part>>;
  /** Records of those who have a twin, a brother or sister, or a namesake. */
  readonly byRisk: Readonly<Record<string, Part>>;
  readonly confused: Readonly<Record<Confused, number>>;
  readonly byRule: Readonly<Record<string, number>>;
  readonly vetoes: Readonly<Record<string, number>>;
  readonly wrongLinks: readonly WrongLink[];
  wrongPeople: number;
  people: number;
  /** True joins whose records on file were not found among the candidates. */
  notFound: number;
  /** True joins neither joined nor asked, though found. */
  missed: number;
  candidates: number;
}

export interface Decided {
  readonly at: number;
  readonly decision: IdentityDecision;
  /** Places of the records of each person considered or found. */
  readonly found: ReadonlySet<number>;
}

const nameOf = ({ forename, surname }: Person): string => `${forename}|${surname}`;

export function makeTally({ truth, records }: County) {
  const { people, personOf } = truth;
  const riskOf = risksIn(people);
  const recordsOf = new Map<number, number[]>();
  const membersOf = new Map<string, number[]>();
  const wrongLinks: WrongLink[] = [];
  const sections = {
    source: {} as Record<string, Part>,
    origin: {} as Record<string, Part>,
    risk: {} as Record<string, Part>,
  };
  const all = newPart();
  const confused = Object.fromEntries(CONFUSED.map((kind) => [kind, 0])) as Record<Confused, number>;
  const byRule: Record<string, number> = {};
  const vetoes: Record<string, number> = {};
  let [notFound, missed, candidates] = [0, 0, 0];

  const personAt = (at: number): Person => {
    const person = people[personOf[at] ?? -1];
    if (!person) throw new RangeError("A record of nobody");
    return person;
  };
  const confusedOf = (one: Person, other: Person): Confused => {
    if (one.twin === other.index) return "twins";
    if (one.family === other.family) return one.part === other.part ? "brothers and sisters" : "parent and child";
    return nameOf(one) === nameOf(other) ? "namesakes" : "others";
  };

  function add({ at, decision, found }: Decided, personId: string): void {
    const person = personAt(at);
    const before = recordsOf.get(person.index) ?? [];
    const parts = [
      all,
      (sections.source[records[at]?.source ?? ""] ??= newPart()),
      (sections.origin[originOf(person.people)] ??= newPart()),
      ...riskOf(person).map((risk) => (sections.risk[risk] ??= newPart())),
    ];
    const count = (field: keyof Part, by = 1): void => {
      for (const part of parts) part[field] += by;
    };
    count("incoming");
    candidates += found.size;
    const asked = decision.considered.filter(({ band }) => band === "REVIEW");
    count("items", asked.length);
    for (const code of new Set(asked.flatMap((each) => each.vetoes.map((veto) => veto.code))))
      vetoes[code] = (vetoes[code] ?? 0) + 1;
    const members = membersOf.get(personId) ?? [];
    if (decision.band === "AUTO") {
      count("links");
      byRule[decision.rule] = (byRule[decision.rule] ?? 0) + 1;
      const founder = personAt(members[0] ?? at);
      if (founder !== person) {
        count("wrong");
        noteWrong(at, decision, founder);
      }
    }
    if (before.length > 0) {
      count("joins");
      const right = decision.band === "AUTO" && personAt(members[0] ?? at) === person;
      const askedRightly = asked.some((each) =>
        (membersOf.get(each.personId) ?? []).some((member) => personAt(member) === person),
      );
      if (right) count("auto");
      else if (askedRightly) count("review");
      else if (before.some((each) => found.has(each))) missed += 1;
      if (!before.some((each) => found.has(each))) notFound += 1;
    }
    members.push(at);
    membersOf.set(personId, members);
    before.push(at);
    recordsOf.set(person.index, before);
  }

  function noteWrong(at: number, decision: IdentityDecision, founder: Person): void {
    const person = personAt(at);
    const kind = confusedOf(person, founder);
    confused[kind] += 1;
    const [best] = decision.considered;
    const other = records.findIndex(({ id }) => id === best?.withRecordId);
    wrongLinks.push({
      confused: kind,
      soundAlike: person.soundAlikeTwin,
      rule: decision.rule,
      weight: best?.weight ?? 0,
      source: records[at]?.source ?? "",
      withSource: records[other]?.source ?? "",
      levels: (best?.contributions ?? []).map(({ field, level, bits }) => `${field} ${level} ${bits.toFixed(1)}`),
    });
  }

  const result = (): Tally => ({
    all,
    bySource: sections.source,
    byOrigin: sections.origin,
    byRisk: sections.risk,
    confused,
    byRule,
    vetoes,
    wrongLinks,
    wrongPeople: [...membersOf.values()].filter((members) => new Set(members.map((at) => personOf[at])).size > 1)
      .length,
    people: membersOf.size,
    notFound,
    missed,
    candidates,
  });
  return { add, result };
}

/** Who is easily taken for somebody else, and why. */
function risksIn(people: readonly Person[]): (person: Person) => readonly string[] {
  const families = new Map<number, number>();
  const names = new Map<string, number>();
  const both = new Map<string, number>();
  const more = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const person of people) {
    if (person.part === "CHILD") more(families, person.family);
    more(names, nameOf(person));
    more(both, `${nameOf(person)}|${person.born}`);
  }
  return (person) => {
    const risks: string[] = [];
    if (person.twin !== null) risks.push(person.soundAlikeTwin ? "twins of like names" : "twins of other names");
    else if (person.part === "CHILD" && (families.get(person.family) ?? 0) > 1) risks.push("brothers and sisters");
    if ((both.get(`${nameOf(person)}|${person.born}`) ?? 0) > 1) risks.push("same name and birthday");
    else if ((names.get(nameOf(person)) ?? 0) > 1) risks.push("same name");
    return risks;
  };
}
