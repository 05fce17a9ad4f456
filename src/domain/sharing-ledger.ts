// The ledger of what was shared and what was withheld (Children Act 2004, s16LA; seven golden rules, 7: record the decision and its
// reasons whether or not you share), and who may read and write it. Part of the one place that decides: see `sharing.ts`.

import { KINDS_OF_ONE_CHILD } from "./access-kinds.ts";
import type { Access, InformationKind, Power } from "./access.ts";
import type { Actor } from "./actor.ts";
import type { Sector } from "./agency.ts";
import type { PlainDate } from "./plain-date.ts";
import { mayOpen, mayReadChildren, no, opens, RESTRICTED, type Ruling, yes } from "./sharing.ts";

export const DECIDED = ["SHARED", "WITHHELD"] as const;
export type Decided = (typeof DECIDED)[number];

/** How consent stands where something is shared. Agreement to a service is another thing, and is not kept here. */
export const CONSENT_STANDINGS = ["NOT_NEEDED", "GIVEN", "REFUSED", "NOT_ASKED"] as const;
export type ConsentStanding = (typeof CONSENT_STANDINGS)[number];

const OF_THE_HUB: ReadonlySet<InformationKind> = new Set(["POINTER", "CLOCK", "ACCESS", "LEDGER"]);

/** What can be shared or withheld: what is known of a child, not how the hub works. */
export const LEDGER_KINDS: readonly InformationKind[] = KINDS_OF_ONE_CHILD.filter((kind) => !OF_THE_HUB.has(kind));

/** Powers under which a child is or may be at risk of harm: nobody's consent is needed, and its want is no reason to withhold. */
const AT_RISK: ReadonlySet<Power | null> = new Set(["CHILDREN_ACT_1989_S47", "VITAL_INTERESTS"]);
/** The duty to share. What is withheld under it is held back because sharing would do more harm, or would help nobody. */
const DUTY: Power = "CHILDREN_ACT_2004_S16LA";

/** A decision as somebody puts it. */
export interface DecisionSaid {
  readonly decided: Decided;
  readonly kinds: readonly InformationKind[];
  readonly power: Power | null;
  readonly purpose: string;
  readonly necessity: string | null;
  /** Null where nothing is said of it. */
  readonly moreDetrimental: boolean | null;
  readonly consent: ConsentStanding;
  readonly reviewOn: PlainDate | null;
}

type Wrong = (said: DecisionSaid, today: PlainDate) => boolean;

/** What makes a decision one that nobody could answer for, and what to do. The first that fits is told. */
const WRONG: readonly (readonly [Wrong, string])[] = [
  [({ kinds }) => kinds.length === 0, "kinds: say what kinds of information"],
  [({ kinds }) => kinds.some((kind) => !LEDGER_KINDS.includes(kind)), `kinds: use ${LEDGER_KINDS.join(", ")}`],
  [({ decided, power }) => decided === "SHARED" && power === null, "power: say under which power it was shared"],
  [
    ({ decided, purpose }) => decided === "SHARED" && purpose === "not-stated",
    "purpose: say what it was shared for: here, or in the header X-Purpose",
  ],
  [
    ({ decided, necessity }) => decided === "SHARED" && necessity === null,
    "necessity: say why it was necessary, and no more than necessary, to share",
  ],
  [
    ({ decided, moreDetrimental }) => decided === "SHARED" && moreDetrimental === true,
    "moreDetrimental: what would do more harm shared than withheld is withheld",
  ],
  [
    ({ decided, power, consent }) => decided === "SHARED" && power === "CONSENT" && consent !== "GIVEN",
    "consent: where consent is the power it must be given; if the child is or may be at risk of harm, it is not the power",
  ],
  [
    ({ decided, power, consent }) =>
      decided === "WITHHELD" && AT_RISK.has(power) && (consent === "REFUSED" || consent === "NOT_ASKED"),
    "consent: under this power nobody's consent is needed, so that there is none is no reason to withhold: leave consent out, and say what the reason is",
  ],
  [
    ({ decided, power, moreDetrimental }) => decided === "WITHHELD" && power === DUTY && moreDetrimental === null,
    "moreDetrimental: say whether sharing was judged to do the child more harm than not sharing (Children Act 2004, s16LA); the reasoning goes into because",
  ],
  [
    ({ decided, power, moreDetrimental, necessity }) =>
      decided === "WITHHELD" && power === DUTY && moreDetrimental === false && necessity === null,
    "necessity: what would do no harm shared must be shared, unless it helps nobody (Children Act 2004, s16LA): say why it would not",
  ],
  [
    ({ decided, reviewOn }) => decided === "WITHHELD" && reviewOn === null,
    "reviewOn: say when somebody looks again at what is withheld",
  ],
  [({ reviewOn }, today) => reviewOn !== null && reviewOn < today, "reviewOn: must be today or later"],
];

/** What is wrong with a decision, and what to do; null where it can be answered for. */
export const whatIsWrong = (said: DecisionSaid, today: PlainDate): string | null =>
  WRONG.find(([isWrong]) => isWrong(said, today))?.[1] ?? null;

/** How consent stands where nobody says so. */
export const usualConsent = (power: Power | null): ConsentStanding =>
  power === "CONSENT" ? "NOT_ASKED" : "NOT_NEEDED";

/** The power under which an agency of this sector passes a concern to social care, where whoever does it names none. */
export const powerToRefer = (sector: Sector | null): Power =>
  sector === "EDUCATION" ? "EDUCATION_ACT_2002_S175" : "CHILDREN_ACT_2004_S11";

/** Somebody who works with children puts on record what was decided about a child: a child whose story is open to them, or any whom they
 *  may find, since what an agency holds is its own to share or withhold. It shows them nothing. */
export function mayDecideSharing(actor: Actor, access: Access): Ruling {
  const reading = mayReadChildren(actor);
  if (!reading.allowed) return reading;
  if (access.barred) return no(access.rule, access.because);
  const opened = mayOpen(access);
  if (opened.allowed) return opened;
  return actor.agencyId === null
    ? no("no-agency", "your sign-in names no agency of this area to decide for")
    : yes("own-holding", "what your agency holds is its own to share or withhold");
}

/** Which lines of one child somebody may read. */
export type LinesOpen = "ALL" | "OWN_AGENCY" | "NONE";

export interface LedgerRuling extends Ruling {
  readonly lines: LinesOpen;
  /** Why the lines of other agencies are left out; null where none is. */
  readonly othersWithheld: string | null;
}

/** The ledger is open to those to whom the child's story is, to whoever answers for data protection, and to each agency as far as it
 *  decided itself. */
export function mayReadLedger(actor: Actor, access: Access): LedgerRuling {
  if (isOfficer(actor))
    return { ...yes("answers-for-data", "you answer for how data is used"), lines: "ALL", othersWithheld: null };
  const reading = mayReadChildren(actor);
  if (!reading.allowed) return { ...reading, lines: "NONE", othersWithheld: reading.because };
  const { rule, because } = access;
  if (access.barred) return { ...no(rule, because), lines: "NONE", othersWithheld: because };
  if (opens(access, "OUTLINE")) return { ...yes(rule, because), lines: "ALL", othersWithheld: null };
  if (actor.agencyId === null) return { ...no(rule, because), lines: "NONE", othersWithheld: because };
  return { ...yes("own-decisions", "your agency decided it"), lines: "OWN_AGENCY", othersWithheld: because };
}

export const isOfficer = ({ kind, role }: Actor): boolean =>
  kind === "PRACTITIONER" && role === "DATA_PROTECTION_OFFICER";

/** What is shown of the words of a line. */
export interface WordsOpen {
  /** What it was that was shared or withheld. */
  readonly what: boolean;
  /** To whom. */
  readonly toWhom: boolean;
  /** Necessity and reason. */
  readonly reasons: boolean;
  /** Which agencies: one that takes a child in leads to where the child is. */
  readonly agencies: boolean;
  /** Why some of it is not shown; null where all of it is. */
  readonly because: string | null;
}

const EVERY_WORD: WordsOpen = { what: true, toWhom: true, reasons: true, agencies: true, because: null };
const NO_WORD = { what: false, toWhom: false, reasons: false, agencies: true };

/** A line, as a ruling on its words looks at it. */
export interface LineSeen {
  readonly fromAgencyId: string | null;
  readonly toAgencyId: string | null;
  readonly byActorId: string;
  /** Whether any agency restricts the child. */
  readonly restricted: boolean;
}

/** That, when, under which power and with which agency something was shared is open with the line. Its words are open to the two
 *  agencies, and to those to whom the whole story is. Whoever answers for data protection sees why and to whom, and what only by its
 *  kind: that is enough to judge by. Words about a child who may not be traced are between the two agencies. */
export function mayReadWords(actor: Actor, access: Access, line: LineSeen): WordsOpen {
  const agencies = [line.fromAgencyId, line.toAgencyId];
  if (actor.agencyId !== null && agencies.includes(actor.agencyId) && !isOfficer(actor)) return EVERY_WORD;
  if (isOfficer(actor)) {
    const because = "what was shared is shown to you by its kinds only";
    return { what: false, toWhom: !line.restricted, reasons: true, agencies: true, because };
  }
  if (line.byActorId === actor.id) return EVERY_WORD;
  if (line.restricted) return { ...NO_WORD, because: RESTRICTED.because };
  if (access.unlocated)
    return { ...NO_WORD, agencies: false, because: "nothing that leads to where the child is, is shown to you" };
  return opens(access, "WHOLE")
    ? EVERY_WORD
    : { ...NO_WORD, because: "the words are shared with the agencies concerned, and with those who assess the child" };
}
