// The story of each child whom social care knows, told from the ladder of its household.

import { addDays, addWorkingDays, ageOn, countOf } from "./days.ts";
import type { Files } from "./files.ts";
import { drawLadder, type Ladder } from "./ladder.ts";
import { tellCare } from "./lives-care.ts";
import { tellProtection } from "./lives-protection.ts";
import { SOURCES, tellSecondRecords } from "./lives-second-records.ts";
import { makeStory, type Story, type Telling } from "./story.ts";
import type { Day, Resident } from "./types.ts";
import { COUNCILS } from "./workforce.ts";

const NEEDS = [
  ["N1", 58],
  ["N4", 12],
  ["N5", 14],
  ["N2", 6],
  ["N3", 4],
  ["N6", 4],
  ["N8", 2],
] as const;
const FACTORS = ["1B", "2B", "3A", "3B", "4A", "4B", "5A", "7A", "10A", "14A", "15A", "16A", "17A", "18C"];
const REASONS = [
  "Parental relationships",
  "School attendance",
  "Routines and boundaries",
  "Emotional wellbeing",
  "Housing and debt",
];

export function tellSocialCare(files: Files): void {
  const { household, build } = files;
  const { family } = household;
  const random = build.random.stream("social-care").stream(household.index);
  const careFrom = careStart(files);
  const inCare = household.lookedAfter.size > 0;
  const level = inCare ? "LOOKED_AFTER" : household.level;
  const ladder = drawLadder(random, { level, until: build.settings.until, careFrom });
  const worker = build.workforce.someone(random, family.area, "SOCIAL_WORKER");
  for (const child of family.residents) {
    const record = child.child ? files.socialCare.get(child.id) : undefined;
    if (!record || child === household.formerIdentity) continue;
    const story = makeStory(files, random.stream(record.localId), record.localId);
    tellChild({
      story,
      ladder: forChild(ladder, child),
      child,
      area: family.area,
      workerId: worker.id,
      referralId: story.id("REF-"),
      unborn: child.bornOn === null,
      otherAuthority: household.kind === "TWO_AREAS",
    });
  }
  tellSecondRecords(files);
}

const careStart = ({ household }: Files): Day | null => {
  const child = household.family.residents.find(({ id }) => household.lookedAfter.has(id));
  return child?.homes.at(-1)?.from ?? null;
};

/** Steps from before this child was born, or known to be on the way, are not the child's own. */
function forChild(ladder: Ladder, { bornOn, expectedOn }: Resident): Ladder {
  const begins = bornOn ?? addDays(expectedOn ?? "", -200);
  if (begins <= ladder.contactOn) return ladder;
  const own = <T extends { from: Day }>(span: T | null): T | null => (span && span.from >= begins ? span : null);
  const over = ladder.closedOn !== null && ladder.closedOn <= begins;
  const enquiry = own(ladder.enquiry);
  return {
    ...ladder,
    contactOn: begins,
    earlyHelp: own(ladder.earlyHelp),
    referredOn: over || !ladder.referredOn ? null : ladder.referredOn < begins ? begins : ladder.referredOn,
    assessment: own(ladder.assessment),
    inNeed: ladder.inNeed.filter((plan) => own(plan)),
    enquiry,
    conferenceOn: enquiry && ladder.conferenceOn,
    protection: enquiry && ladder.protection,
  };
}

function tellChild(telling: Telling): void {
  const { story, ladder, area, child } = telling;
  const { random, localId, tell, ended, id } = story;
  const source = random.weighted(SOURCES);
  const outcome =
    ladder.earlyHelp || ladder.referredOn !== ladder.contactOn
      ? ladder.earlyHelp
        ? "EARLY_HELP"
        : "ADVICE"
      : "REFERRAL";
  tell({ kind: "contact", id: id("CON-"), localId, on: ladder.contactOn, source, outcome });
  if (ladder.earlyHelp) {
    const { from, until } = ladder.earlyHelp;
    const worker = story.build.workforce.someone(random, area, "EARLY_HELP");
    tell({
      kind: "earlyHelp",
      id: id("EH-"),
      localId,
      from,
      until: ended(until),
      reason: random.pick(REASONS),
      organisation: COUNCILS[area],
      professionalId: worker.id,
    });
    tell({
      kind: "involvement",
      id: id("I-"),
      localId,
      professionalId: worker.id,
      role: "Early Help Lead Professional",
      from,
      until: ended(until),
      referralId: null,
    });
  }
  if (ladder.referredOn) tellReferral(telling, ladder.referredOn, source);
  if (child.bornOn && random.chance(0.07))
    tell({
      kind: "disability",
      id: id("DIS-"),
      localId,
      code: random.pick(["AUT", "LD", "MOB", "COMM", "BEH", "HEAR"]),
    });
  if (child.bornOn && ageOn(child.bornOn, story.until) >= 13 && random.chance(0.15)) tellMissing(story);
}

function tellReferral(telling: Telling, on: Day, source: string): void {
  const { story, ladder, referralId, workerId, area, unborn, child } = telling;
  const { random, localId, tell, ended, id, build } = story;
  const closed = ended(ladder.closedOn);
  const mash = build.workforce.someone(random, area, "MASH");
  if (on !== ladder.contactOn) tell({ kind: "contact", id: id("CON-"), localId, on, source, outcome: "REFERRAL" });
  tell({
    kind: "referral",
    id: referralId,
    localId,
    on,
    source,
    primaryNeed: child.bornOn?.endsWith("-01-01") ? "N8" : random.weighted(NEEDS),
    nfa: false,
    closedOn: closed,
    closeReason: closed ? random.pick(["RC7", "RC7", "RC9"]) : null,
    team: mash.team,
    professionalId: mash.id,
  });
  tell({
    kind: "involvement",
    id: id("I-"),
    localId,
    professionalId: workerId,
    role: "Allocated Case Worker",
    from: addWorkingDays(on, 1),
    until: closed,
    referralId,
  });
  if (ladder.assessment)
    tell({
      kind: "assessment",
      id: id("ASM-"),
      localId,
      referralId,
      from: ladder.assessment.from,
      authorisedOn: ended(ladder.assessment.until),
      childSeen: !unborn && random.chance(0.95),
      factors: random.shuffle(FACTORS).slice(0, random.int(1, 4)).sort(),
      professionalId: workerId,
    });
  for (const plan of ladder.inNeed) tellPlanInNeed(telling, plan.from, plan.until);
  tellProtection(telling);
  tellCare(telling);
}

function tellPlanInNeed({ story, referralId, workerId, unborn }: Telling, from: Day, until: Day | null): void {
  const { random, localId, tell, ended, id } = story;
  const planId = id("CINP-");
  tell({ kind: "cinPlan", id: planId, localId, referralId, from, until: ended(until), professionalId: workerId });
  const last = countOf(until ?? story.until);
  for (
    let on = addWorkingDays(from, random.int(3, 10));
    countOf(on) <= last;
    on = addWorkingDays(on, random.int(15, 28))
  )
    tell({
      kind: "visit",
      id: id("VIS-"),
      localId,
      plan: "CIN",
      planId,
      on,
      seen: !unborn && random.chance(0.9),
      seenAlone: !unborn && random.chance(0.55),
    });
}

function tellMissing({ random, localId, tell, ended, id, until }: Story): void {
  for (let times = random.int(1, 4); times > 0; times--) {
    const from = addDays(until, -random.int(1, 500));
    const offered = random.chance(0.85);
    tell({
      kind: "missing",
      id: id("MIS-"),
      localId,
      from,
      until: ended(addDays(from, random.int(0, 3))),
      interviewOffered: offered,
      interviewAccepted: offered && random.chance(0.6),
    });
  }
}
