// What each kind of information in the graph is, and who may see it: in words, and by the ruling that the code makes. Every field of the
// graph is declared as one of these (`src/schema/declared-*.ts`); the hub does not start with one that is not.

import type { InformationKind } from "./access.ts";

export interface InformationMeant {
  readonly means: string;
  readonly whoMay: string;
  /** The ruling that decides, in `sharing*.ts` or `agency-view.ts`. */
  readonly rule: string;
}

const meant = (means: string, whoMay: string, rule: string): InformationMeant => ({ means, whoMay, rule });

export const INFORMATION: Readonly<Record<InformationKind, InformationMeant>> = {
  POINTER: meant(
    "a child's id in the hub: that the child is known",
    "roles that work with children, unless the child is shielded from them or their role",
    "mayReadChildren",
  ),
  IDENTITY: meant(
    "who somebody is: names, birthday, sex, gender, ethnicity",
    "names, birthday and sex for whoever may find the child; the rest where the child's story is open",
    "mayReadPart",
  ),
  NUMBER: meant(
    "numbers by which agencies know the child",
    "where the child's story is open; of a restricted child only those that do not hold a place",
    "MAY_IDENTIFY",
  ),
  CONTACT: meant(
    "where the child and the family are: addresses, and the school or practice that holds the record",
    "where the child's story is open, and never of a child whom an agency restricts or who fled from abuse",
    "safeSubset",
  ),
  FAMILY: meant(
    "who belongs with the child, as agencies claim it",
    "where the child's story is open; nobody who is restricted themselves is named, and other families are for those who see the whole",
    "mayReadOtherChildren",
  ),
  INVOLVEMENT: meant(
    "who works with the child, and how to reach them",
    "where the child's story is open; of a restricted child only those whose place does not tell where the child is",
    "MAY_BE_RUNG",
  ),
  STANDING: meant("plans and statuses that hold, or held", "where the child's story is open", "mayReadPart"),
  EVENT: meant(
    "what happened, of the sector of the agency that says so",
    "where the child's story is open whole, and otherwise one's own sector's",
    "mayReadPart",
  ),
  HEALTH: meant(
    "what a health agency recorded as happened",
    "as events of one's own sector, or with the whole",
    "mayReadPart",
  ),
  EDUCATION: meant(
    "what a school or council recorded as happened",
    "as events of one's own sector, or with the whole",
    "mayReadPart",
  ),
  POLICE: meant(
    "what the police recorded as happened",
    "as events of one's own sector, or with the whole",
    "mayReadPart",
  ),
  SOCIAL_CARE: meant("what social care recorded as happened", "with the whole story", "mayReadPart"),
  CONCERN: meant(
    "what somebody saw or heard, and what was made of it: referrals",
    "the agency that made it, and those to whom the child's whole story is open; nobody who is barred from the child",
    "mayReadReferral",
  ),
  CLOCK: meant(
    "what is owed for a child by when, and who asked to move it",
    "those to whom the whole story is open, and the agency that owes it; without the child, whoever answers for it",
    "mayReadObligation",
  ),
  CHALLENGE: meant(
    "professionals' challenges to each other about a child",
    "the two agencies and those to whom the whole story is open; the partnership once the stage is its own",
    "mayReadChallenge",
  ),
  RECORD: meant(
    "which records the hub believes to be the child's, and what they are called in the agency's own system",
    "where the child's story is open; the agency's own id only with the whole, and of no restricted child",
    "mayReadRecordIds",
  ),
  MATCHING: meant(
    "whether two records are one person, and why",
    "those who look at whose a record is; values are masked for whoever answers for data protection",
    "mayReadIdentity",
  ),
  SEALED: meant(
    "that an identity is sealed, and what was done for it",
    "the sealed records officer alone",
    "mayKnowOfSealed",
  ),
  ACCESS: meant(
    "who is let in to a child, why, and what shields the child",
    "oneself; those who manage the team around the child; and whoever answers for data protection",
    "mayReadChildren",
  ),
  LEDGER: meant(
    "what was shared about a child or withheld, with whom and why",
    "those to whom the child's story is open, each agency what it decided itself, and whoever answers for data protection; its words more narrowly",
    "mayReadLedger",
  ),
  SOURCE: meant(
    "who says so and since when, or why nobody knows",
    "whoever is shown what it stands beside: it says nothing that would tell more than that",
    "mayReadPart",
  ),
  SELF: meant("what is the reader's own: sign-in, inbox, preferences", "oneself", "mayBeTold"),
  DIRECTORY: meant("agencies, teams, posts and who holds them", "everybody with a role here", "mayReadPosts"),
  POLICY: meant("the area's rules and the nation's clocks", "everybody with a role here", "mayReadAgencies"),
  OPERATION: meant(
    "how the hub itself does: queues, parked work, connected systems",
    "those who tend it",
    "mayTendWork",
  ),
  FIGURE: meant("counts that hold no child", "those who answer for them, each list by its own rule", "mayReadOverdue"),
  AUDIT: meant("who saw or changed what", "whoever answers for data protection", "mayReadReports"),
  SHAPE: meant("pages, edges and what only leads on", "whoever is shown what it leads to", "mayReadPart"),
};

/** The fields of one type, by what they hold. */
export type FieldsByKind = Readonly<Partial<Record<InformationKind, readonly string[]>>>;

/** Types of the graph, each with all of its fields. */
export type Declared = Readonly<Record<string, FieldsByKind>>;

/** A graph by its types' names, each with its fields' names. */
export type Fields = ReadonlyMap<string, readonly string[]>;

/** What every field of one type holds. A field that is named twice is named in `problems`. */
export const kindsOf = (fields: FieldsByKind): ReadonlyMap<string, InformationKind> =>
  new Map(
    (Object.keys(fields) as InformationKind[]).flatMap((kind) => (fields[kind] ?? []).map((name) => [name, kind])),
  );

/** What is wrong with the declarations of a graph: what is not declared, what is declared twice, and what is not there. */
export function problemsOf(graph: Fields, declared: Declared): string[] {
  const missing = [...graph].flatMap(([type, fields]) => {
    const mine = declared[type];
    if (!mine) return [`${type} is not declared, with ${fields.join(", ")}`];
    const known = kindsOf(mine);
    return fields.filter((field) => !known.has(field)).map((field) => `${type}.${field} is not declared`);
  });
  const wrong = Object.entries(declared).flatMap(([type, mine]) => {
    const fields = graph.get(type);
    if (!fields) return [`${type} is declared, and the graph has no such type`];
    const named = Object.values(mine).flat();
    const gone = named
      .filter((field) => !fields.includes(field))
      .map((field) => `${type}.${field} is declared, and is not there`);
    const twice = named
      .filter((field, at) => named.indexOf(field) !== at)
      .map((field) => `${type}.${field} is declared twice`);
    return [...gone, ...twice];
  });
  return [...missing, ...wrong];
}
