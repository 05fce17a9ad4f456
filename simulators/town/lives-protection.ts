// Section 47 enquiry, conference, child protection plan, its reviews and visits.

import { addDays, addWorkingDays, ageOn, countOf, workingDayFrom } from "./days.ts";
import type { Telling } from "./story.ts";
import type { Day } from "./types.ts";

/** Reviews are due three months after the conference, then every six (Working Together 2023). */
const FIRST_REVIEW = 91;
const LATER_REVIEWS = 182;

export function tellProtection(telling: Telling): void {
  const { story, ladder, referralId, workerId } = telling;
  const { localId, tell, ended, id } = story;
  if (!ladder.enquiry) return;
  const section47Id = id("S47-");
  const until = ended(ladder.enquiry.until);
  const outcome = until === null ? null : ladder.conferenceOn ? "CP_CONFERENCE" : "NFA";
  tell({
    kind: "section47",
    id: section47Id,
    localId,
    referralId,
    from: ladder.enquiry.from,
    until,
    outcome,
    professionalId: workerId,
  });
  if (!ladder.conferenceOn || ladder.conferenceOn > story.until) return;
  const conferenceId = id("ICPC-");
  tell({
    kind: "conference",
    id: conferenceId,
    localId,
    section47Id,
    on: ladder.conferenceOn,
    cpPlan: ladder.protection !== null,
  });
  if (ladder.protection) tellPlan(telling, conferenceId);
}

function tellPlan(telling: Telling, conferenceId: string): void {
  const { story, ladder, referralId, unborn } = telling;
  const { random, localId, tell, ended, id } = story;
  if (!ladder.protection) return;
  const { from } = ladder.protection;
  const until = ended(ladder.protection.until);
  const planId = id("CPP-");
  tell({
    kind: "cpPlan",
    id: planId,
    localId,
    referralId,
    conferenceId,
    from,
    until,
    category: ladder.category,
    otherAuthority: telling.otherAuthority,
  });
  tellReviews(telling, { planId, from, until });
  const last = countOf(until ?? story.until);
  for (let on = addWorkingDays(from, random.int(2, 8)); countOf(on) <= last; on = addWorkingDays(on, random.int(8, 14)))
    tell({
      kind: "visit",
      id: id("VIS-"),
      localId,
      plan: "CP",
      planId,
      on,
      seen: !unborn && random.chance(0.93),
      seenAlone: !unborn && random.chance(0.65),
    });
}

/** Held about when due, now and then late; the next one stands in the record before it has been held. */
function tellReviews(
  { story, child }: Telling,
  { planId, from, until }: { planId: string; from: Day; until: Day | null },
): void {
  const { random, localId, tell, id } = story;
  const last = until ?? story.until;
  const young = !child.bornOn || ageOn(child.bornOn, last) < 4;
  let due = addDays(from, FIRST_REVIEW);
  for (let open = true; open;) {
    const held = workingDayFrom(addDays(due, random.chance(0.86) ? -random.int(0, 12) : random.int(1, 25)));
    open = held <= last;
    if (!open && until !== null) return;
    const participation = young ? "PN0" : random.pick(["PN1", "PN2", "PN4", "PN5", "PN6", "PN7"]);
    tell({
      kind: "cpReview",
      id: id("CPR-"),
      localId,
      cpPlanId: planId,
      dueOn: due,
      heldOn: open ? held : null,
      participation,
    });
    due = addDays(held, LATER_REVIEWS);
  }
}
