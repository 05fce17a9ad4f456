// What may be told to whom, written out by hand from the documents and from no rule of the hub's: a change there must be made here as
// well. Each cell says how much of a child of that kind somebody sees who is let in in that way:
//   .  not even that there is such a child     L  who it is     O  the outline     W  the whole     R  as much as their role ever sees
//   in small letters: nothing that leads to where the child is.

import type { Asker, Way } from "./actors.ts";
import type { Telling } from "./canaries.ts";
import type { AgencyId, KindOfChild } from "./children.ts";

const COLUMNS: readonly KindOfChild[] = [
  "ORDINARY",
  "RESTRICTED",
  "FLED",
  "CONFLICT",
  "HIGH_PROFILE",
  "ADOPTED",
  "WITNESS",
  "NAMED",
  "UNBORN",
  "SIBLING",
  "UNSURE",
  "JOINED",
  "SEALED",
];

//                                   ORDI REST FLED CONF HIGH ADOP WITN NAME UNBO SIBL UNSU JOIN SEAL
const GRID: Readonly<Record<Way, string>> = {
  OUTSIDE: "    L    l    l    L    L    .    .    L    L    L    L    L    .",
  TEAM: "       R    r    R    R    R    R    R    R    R    R    R    R    .",
  TASK: "       R    r    r    R    R    .    .    R    R    R    R    R    .",
  INVOLVEMENT: "R    r    R    R    R    .    .    R    R    R    R    R    .",
  BREAK_GLASS: "W    w    W    W    W    .    .    W    W    W    W    W    .",
  CONSENT: "    O    o    o    O    O    .    .    O    O    O    O    O    .",
  EXPIRED: "    L    l    l    L    L    .    .    L    L    L    L    L    .",
  ENDED: "      L    l    l    L    L    .    .    L    L    L    L    L    .",
  PENDING: "    L    l    l    L    L    .    .    L    L    L    L    L    .",
  NAMED_OUT: "  R    r    R    R    R    R    R    .    R    R    R    R    .",
  ANSWERS: "    R    r    r    L    L    .    .    R    R    R    R    R    .",
  REFERRED: "   O    o    o    L    L    .    .    O    O    O    O    O    .",
  // Let in whole to every second of them, and by consent to the others.
  MIXED: "      R    o    r    O    R    .    .    O    R    O    R    O    .",
};
/** Whose role screens every child: they need no way in. */
const SCREENS = "    R    r    R    R    R    .    .    R    R    R    R    R    .";
/** Somebody whose role screens, and who is in the team around the child as well. */
const SCREENS_IN_TEAM = "R r R R R R R R R R R R .";

const MOST: Readonly<Record<string, "O" | "W">> = {
  SOCIAL_WORKER: "W",
  MASH_MANAGER: "W",
  CONFERENCE_CHAIR: "W",
  TEACHER: "O",
  HEALTH_VISITOR: "O",
  POLICE_OFFICER: "O",
};

const SECTOR: Readonly<Record<string, AgencyId>> = {
  TEACHER: "education",
  HEALTH_VISITOR: "health",
  POLICE_OFFICER: "police",
};

/** How much, as one letter: `.LOW`, small where the place is kept. */
export function opensTo({ role, way }: Asker, kind: KindOfChild): string {
  const most = MOST[role ?? ""];
  if (!most) return ".";
  const row = (grid: string) => grid.trim().split(/ +/)[COLUMNS.indexOf(kind)] ?? ".";
  const asRole = (letter: string) => (letter === "R" ? most : letter === "r" ? most.toLowerCase() : letter);
  const own = asRole(row(GRID[way]));
  if (role !== "MASH_MANAGER") return own;
  const isNamedOut = way === "NAMED_OUT" && kind === "NAMED";
  if (isNamedOut) return ".";
  return asRole(row(way === "TEAM" || way === "NAMED_OUT" ? SCREENS_IN_TEAM : SCREENS));
}

const LOCATE: readonly Telling[] = ["ID", "NAME", "BORN"];
/** Of a child in hiding: who it is, by which number, and whom to ring. */
const HIDING: readonly Telling[] = [...LOCATE, "MORE", "NUMBER", "RUNG"];
const OUTLINE: readonly Telling[] = [...HIDING, "SCHOOL_NUMBER", "PLACE", "FAMILY", "WORKER", "STATE"];
const ALL_AGENCIES: readonly AgencyId[] = ["social-care", "health", "education", "police"];
const events = (of: readonly AgencyId[]): readonly Telling[] =>
  of.flatMap((id) => [`EVENT_${id}`, `RECORD_${id}`, `PAST_${id}`] as const);

/** What is told of a child by what agencies say. */
function stated(asker: Asker, kind: KindOfChild, letter: string): readonly Telling[] {
  const scope = letter.toUpperCase();
  if (scope === ".") return [];
  if (scope === "L") return LOCATE;
  if (letter !== scope) return HIDING;
  const outline = kind === "UNSURE" ? OUTLINE.filter((tells) => tells !== "PLACE") : OUTLINE;
  if (scope === "W") return [...outline, ...events(ALL_AGENCIES)];
  const own = SECTOR[asker.role ?? ""];
  return [...outline, ...events(own ? [own] : [])];
}

/** Why the hub believes a record to be the child's: with the outline. */
const beliefs = (letter: string): readonly Telling[] => (/[ow]/i.test(letter) ? ["BELIEF"] : []);

/** What is told of the hub's own work for the child: to those to whom the whole story is open; and of what social care owes to its own
 *  people, whoever they are to the child. */
function work(asker: Asker, letter: string): readonly Telling[] {
  if (letter === ".") return [];
  const owes: readonly Telling[] = asker.actor.agencyId === "social-care" ? ["CLOCK", "WISH"] : [];
  return letter.toUpperCase() === "W" ? ["CONCERN", "CLOCK", "WISH", "CHALLENGE"] : owes;
}

/** What is told of the ledger: that there is a line, with the outline; its words with the whole story, and not of a child who may not be traced; whoever answers for data
 *  protection learns why and with whom, of a restricted child why. */
function ledger({ role }: Asker, kind: KindOfChild, letter: string): readonly Telling[] {
  if (kind === "SEALED") return [];
  if (role === "DATA_PROTECTION_OFFICER")
    return kind === "RESTRICTED" ? ["LEDGER_LINE", "LEDGER_WHY"] : ["LEDGER_LINE", "LEDGER_WHY", "LEDGER_TO"];
  if (letter === "W") return ["LEDGER_LINE", "LEDGER_WHAT", "LEDGER_TO", "LEDGER_WHY"];
  return /[ow]/i.test(letter) ? ["LEDGER_LINE"] : [];
}

/** Who is in the team around the child; of a child who may not be traced, nobody whose place of work tells where that is. */
const team = (letter: string): readonly Telling[] =>
  /[OW]/.test(letter) ? ["TEAM", "TEAM_PLACE"] : /[ow]/.test(letter) ? ["TEAM"] : [];

/** What shields a child is told with the whole story. */
const SHIELDED: ReadonlySet<KindOfChild> = new Set(["FLED", "CONFLICT", "HIGH_PROFILE", "ADOPTED", "WITNESS", "NAMED"]);
const shields = (kind: KindOfChild, letter: string): readonly Telling[] =>
  letter.toUpperCase() === "W" && SHIELDED.has(kind) ? ["SHIELD"] : [];

/** Whether somebody may hear the words with which another asked to be let in: their own; and those to whom the whole story is open as
 *  managers of the front door or in the team, who decide and review; and whoever answers for data protection. */
export function mayHearWayIn(asker: Asker, kind: KindOfChild, whose: string): boolean {
  if (asker.role === "DATA_PROTECTION_OFFICER") return kind !== "SEALED";
  if (asker.role === "SEALED_RECORDS_OFFICER") return kind === "SEALED";
  const letter = opensTo(asker, kind);
  if (letter === ".") return false;
  return (
    whose === asker.name ||
    (letter.toUpperCase() === "W" &&
      (asker.role === "MASH_MANAGER" || asker.way === "TEAM" || asker.way === "NAMED_OUT"))
  );
}

/** All that may be told to this person of a child of this kind that they ask for; and it must be. */
export function expected(asker: Asker, kind: KindOfChild): ReadonlySet<Telling> {
  const letter = opensTo(asker, kind);
  return new Set([
    ...stated(asker, kind, letter),
    ...beliefs(letter),
    ...team(letter),
    ...work(asker, letter),
    ...ledger(asker, kind, letter),
    ...shields(kind, letter),
  ]);
}

/** What may be told as well, to those who work with no child: to whoever answers for data protection which child an id is; to whoever
 *  compares records why one is believed to be whose, and what is compared of doubtful ones, such as the unborn child's; and to whoever keeps the sealed records what they hold. */
export function alsoTold({ role, ...asker }: Asker, kind: KindOfChild, question: string): ReadonlySet<Telling> {
  // That an id was asked for is on record, be it anybody's or nobody's.
  const isOnRecord = question === "Query.readsOfChild" || question === "Query.unusualReads";
  if (isOnRecord && role === "DATA_PROTECTION_OFFICER") return new Set(["ID"]);
  const isCompared = question === "Query.identityReviews" && kind === "UNBORN";
  if (isCompared && (role === "IDENTITY_REVIEWER" || MOST[role ?? ""] === "W"))
    return new Set(["NAME", "BORN", "NUMBER", "SCHOOL_NUMBER", "PLACE"]);
  const isBelief = question === "Query.identityLink" && kind !== "SEALED";
  if (role === "DATA_PROTECTION_OFFICER") return new Set(kind === "SEALED" ? [] : isBelief ? ["ID", "BELIEF"] : ["ID"]);
  if (isBelief && role === "IDENTITY_REVIEWER") return new Set(["BELIEF"]);
  if (isBelief && MOST[role ?? ""] === "W") return new Set(opensTo({ role, ...asker }, kind) === "." ? [] : ["BELIEF"]);
  return new Set(role === "SEALED_RECORDS_OFFICER" && kind === "SEALED" ? ["ID", "SEAL", "TEAM", "TEAM_PLACE"] : []);
}

/** Brothers and sisters who are named in the sister's family, where that is open: nobody who is restricted, shielded or sealed. */
const NAMED_THERE: ReadonlySet<KindOfChild> = new Set(["ORDINARY"]);

/** What may be told of one child by asking for another: who a sister's brothers and sisters are, where her family is open, and no more
 *  than of any child whom the reader may find. */
export function across(asker: Asker, asked: KindOfChild, other: KindOfChild): ReadonlySet<Telling> {
  const family = opensTo(asker, asked);
  // Another child of their mother's is for those who see the whole.
  const isNamed = NAMED_THERE.has(other) || (other === "JOINED" && family === "W");
  const isOpen = asked === "SIBLING" && (family === "O" || family === "W") && isNamed;
  return new Set(isOpen && opensTo(asker, other) !== "." ? LOCATE : []);
}
