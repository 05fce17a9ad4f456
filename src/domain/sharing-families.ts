// Who may follow an adult from one child's family to another's. Part of the one place that decides: see `sharing.ts`.

import type { Actor } from "./actor.ts";
import { mayReadChildren, no, type Ruling, seesWhole, yes } from "./sharing.ts";

/** An adult's other children are families of their own: only those who put the whole story together are led to them. */
export function mayReadOtherChildren(actor: Actor): Ruling {
  const reading = mayReadChildren(actor);
  if (!reading.allowed) return reading;
  return seesWhole(actor)
    ? yes("whole-story", "your role puts the whole story together")
    : no("other-family", "an adult's other children are shared with those who assess the child");
}
