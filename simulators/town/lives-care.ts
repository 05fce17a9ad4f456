// Children in care: legal status, placements, reviews of strengths and difficulties, who reviews the plan.

import { addDays, ageOn, daysBetween } from "./days.ts";
import type { Telling } from "./story.ts";
import type { Day } from "./types.ts";

const PLACEMENTS = [
  ["U6", 45],
  ["U4", 15],
  ["U3", 12],
  ["U1", 6],
  ["K2", 10],
  ["H5", 5],
  ["P1", 4],
] as const;
const PROVIDERS: Record<string, string> = { P1: "PR0", K2: "PR4", H5: "PR4" };

export function tellCare(telling: Telling): void {
  const { story, ladder, referralId, child, area } = telling;
  const { random, localId, tell, id, build } = story;
  if (!ladder.care || !child.bornOn) return;
  const from = ladder.care.from < child.bornOn ? child.bornOn : ladder.care.from;
  const alone = child.bornOn.endsWith("-01-01");
  tellLegalStatus(telling, { from, alone });
  const changed =
    daysBetween(from, story.until) > 150 && random.chance(0.4) ? addDays(from, random.int(40, 140)) : null;
  const postcode = build.addresses.get(child.homes.at(-1)?.addressId ?? "")?.postcode ?? null;
  const stretches: [Day, Day | null][] = changed
    ? [
        [from, changed],
        [changed, null],
      ]
    : [[from, null]];
  for (const [start, end] of stretches) {
    const placement = alone ? "H5" : random.weighted(PLACEMENTS);
    const provider = PROVIDERS[placement] ?? random.pick(["PR1", "PR1", "PR4"]);
    tell({
      kind: "careEpisode",
      id: id("CLA-"),
      localId,
      referralId,
      from: start,
      until: end,
      placement,
      placementId: id("PL-"),
      provider,
      postcode: end ? null : postcode,
    });
  }
  const reviewing = build.workforce.someone(random, area, "REVIEWING");
  tell({
    kind: "involvement",
    id: id("I-"),
    localId,
    professionalId: reviewing.id,
    role: "Independent Reviewing Officer",
    from: addDays(from, 3),
    until: null,
    referralId,
  });
  const age = ageOn(child.bornOn, story.until);
  if (age >= 4 && age <= 16 && daysBetween(from, story.until) > 120)
    tell({ kind: "sdq", id: id("SDQ-"), localId, on: addDays(from, random.int(60, 110)), score: random.int(4, 29) });
}

/** By agreement at first, or under orders of the court: interim, then full. */
function tellLegalStatus({ story }: Telling, { from, alone }: { from: Day; alone: boolean }): void {
  const { random, localId, tell, ended, id } = story;
  if (alone || random.chance(0.35)) {
    tell({ kind: "legalStatus", id: id("LEG-"), localId, code: "V2", from, until: null });
    return;
  }
  const ordered = addDays(from, random.int(170, 260));
  tell({ kind: "legalStatus", id: id("LEG-"), localId, code: "C1", from, until: ended(ordered) });
  tell({ kind: "legalStatus", id: id("LEG-"), localId, code: "C2", from: ordered, until: null });
}
