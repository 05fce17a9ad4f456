// How far social care goes with brothers and sisters, and on which days: early help, child in need, section 47, plan, care.
// Steps obey the rules that the yearly census checks: conferences on working days, mostly within 15 working days of the strategy
// discussion; a child protection plan starts on the day of its conference; it never overlaps a child in need plan.

import { addDays, addWorkingDays, workingDayFrom } from "./days.ts";
import type { Level } from "./households.ts";
import type { Random } from "./random.ts";
import type { Day } from "./types.ts";

/** A stretch of time; `until` null where nothing ends it yet. */
export interface Span {
  from: Day;
  until: Day | null;
}

export interface Ladder {
  contactOn: Day;
  earlyHelp: Span | null;
  referredOn: Day | null;
  assessment: Span | null;
  /** Before a section 47 enquiry, and after a child protection plan. */
  inNeed: Span[];
  enquiry: Span | null;
  /** Null where the enquiry led to none, or it is not due yet. */
  conferenceOn: Day | null;
  protection: Span | null;
  category: "Neglect" | "Physical abuse" | "Sexual abuse" | "Emotional abuse";
  care: Span | null;
  closedOn: Day | null;
  neglected: boolean;
}

/** Draws the days. `careFrom` is the day on which children came into care, where they did. */
export function drawLadder(
  random: Random,
  { level, until, careFrom }: { level: Level; until: Day; careFrom: Day | null },
): Ladder {
  const blank: Ladder = {
    contactOn: until,
    earlyHelp: null,
    referredOn: null,
    assessment: null,
    inNeed: [],
    enquiry: null,
    conferenceOn: null,
    protection: null,
    category: random.weighted([
      ["Neglect", 48],
      ["Emotional abuse", 38],
      ["Physical abuse", 8],
      ["Sexual abuse", 6],
    ]),
    care: null,
    closedOn: null,
    neglected: random.chance(0.5),
  };
  const ladder = climb(random, blank, { level, until, careFrom });
  const first = ladder.referredOn ?? ladder.earlyHelp?.from ?? until;
  if (ladder.referredOn && random.chance(0.45)) {
    const ended = addDays(first, -random.int(20, 120));
    ladder.earlyHelp = { from: workingDayFrom(addDays(ended, -random.int(60, 240))), until: ended };
  }
  ladder.contactOn = addDays(ladder.earlyHelp?.from ?? first, -random.int(0, 5));
  return ladder;
}

function climb(
  random: Random,
  ladder: Ladder,
  { level, until, careFrom }: { level: Level; until: Day; careFrom: Day | null },
): Ladder {
  switch (level) {
    case "EARLY_HELP": {
      const from = workingDayFrom(addDays(until, -random.int(20, 900)));
      ladder.earlyHelp = { from, until: addDays(from, random.int(60, 300)) };
      return ladder;
    }
    case "CHILD_IN_NEED": {
      refer(random, ladder, workingDayFrom(addDays(until, -random.int(15, 900))));
      const end = addDays(ladder.inNeed[0]?.from ?? until, random.int(60, 330));
      if (ladder.inNeed[0]) ladder.inNeed[0].until = end;
      ladder.closedOn = end;
      return ladder;
    }
    case "SECTION_47":
      return enquire(random, ladder, { from: workingDayFrom(addDays(until, -random.int(2, 400))), conference: false });
    case "PROTECTION_PLAN":
      return protect(random, ladder, addDays(until, -random.int(35, 560)));
    case "LOOKED_AFTER":
      return takeIn(random, ladder, careFrom ?? addDays(until, -random.int(25, 700)));
    default:
      return ladder;
  }
}

/** Referral, assessment within 45 working days mostly, child in need plan from its end. */
function refer(random: Random, ladder: Ladder, on: Day): void {
  const authorised = addWorkingDays(on, random.chance(0.85) ? random.int(15, 45) : random.int(46, 70));
  ladder.referredOn = on;
  ladder.assessment = { from: addWorkingDays(on, random.int(0, 1)), until: authorised };
  ladder.inNeed = [{ from: addWorkingDays(authorised, 1), until: null }];
}

/** An enquiry, either straight from the referral or during a child in need plan, which then ends before it. */
function enquire(random: Random, ladder: Ladder, { from, conference }: { from: Day; conference: boolean }): Ladder {
  if (random.chance(0.45)) {
    refer(random, ladder, workingDayFrom(addDays(from, -random.int(120, 300))));
    ladder.inNeed = endBefore(ladder.inNeed, from);
  } else {
    refer(random, ladder, workingDayFrom(addDays(from, -random.int(0, 4))));
    ladder.inNeed = [];
    if (ladder.referredOn && ladder.referredOn > from) ladder.referredOn = from;
    if (ladder.assessment && ladder.assessment.from > from) ladder.assessment.from = from;
  }
  const end = addWorkingDays(from, random.int(6, 14));
  ladder.enquiry = { from, until: end };
  if (!conference) {
    const plan = { from: addWorkingDays(end, 1), until: addDays(end, random.int(50, 200)) };
    if (random.chance(0.6)) ladder.inNeed.push(plan);
    const last = ladder.inNeed.at(-1)?.until ?? end;
    ladder.closedOn = last > end ? last : addDays(end, random.int(5, 30));
    if (ladder.assessment?.until && ladder.closedOn < ladder.assessment.until)
      ladder.closedOn = ladder.assessment.until;
  }
  return ladder;
}

function protect(random: Random, ladder: Ladder, around: Day): Ladder {
  const from = workingDayFrom(around);
  enquire(random, ladder, { from, conference: true });
  const on = addWorkingDays(from, random.chance(0.88) ? random.int(9, 15) : random.int(16, 24));
  if (ladder.enquiry) ladder.enquiry.until = addWorkingDays(from, random.int(4, 8));
  ladder.conferenceOn = on;
  if (random.chance(0.1)) {
    // The conference decided against a plan; help goes on as a child in need.
    const end = addDays(on, random.int(90, 250));
    ladder.inNeed.push({ from: addWorkingDays(on, 1), until: end });
    ladder.closedOn = end;
    return ladder;
  }
  const end = addDays(on, random.int(170, 620));
  const stepDown = { from: addDays(end, 1), until: addDays(end, random.int(60, 150)) };
  ladder.protection = { from: on, until: end };
  ladder.inNeed.push(stepDown);
  ladder.closedOn = stepDown.until;
  return ladder;
}

/** Into care: from a plan in most families, else in an emergency. Any plan ends the day before. */
function takeIn(random: Random, ladder: Ladder, from: Day): Ladder {
  const before = addDays(from, -1);
  if (random.chance(0.6)) {
    protect(random, ladder, addDays(from, -random.int(120, 420)));
    if (ladder.protection) ladder.protection.until = before;
    const planOn = ladder.protection?.from ?? from;
    ladder.inNeed = endBefore(ladder.inNeed, planOn < before ? planOn : before);
  } else {
    refer(random, ladder, workingDayFrom(addDays(from, -random.int(3, 20))));
    if (ladder.referredOn && ladder.referredOn > from) ladder.referredOn = from;
    if (ladder.assessment && ladder.assessment.from > from) ladder.assessment.from = from;
    ladder.inNeed = [];
  }
  ladder.care = { from, until: null };
  ladder.closedOn = null;
  return ladder;
}

/** Plans that began before this day, none lasting into it. */
function endBefore(plans: readonly Span[], day: Day): Span[] {
  const last = addDays(day, -1);
  const begun = plans.filter(({ from }) => from < day);
  return begun.map(({ from, until }) => ({ from, until: until !== null && until < last ? until : last }));
}
