// Who may follow an adult from one child's family to another's. Part of the one place that decides: see `sharing.ts`.

import type { Access } from "./access.ts";
import { no, type Ruling, seesWhole, yes } from "./sharing.ts";

/** An adult's other children are families of their own: only those who put the whole story together are led to them. */
export function mayReadOtherChildren(access: Access): Ruling {
  return seesWhole(access)
    ? yes("whole-story", "the child's whole story is open to you")
    : no("other-family", "an adult's other children are shared with those who assess the child");
}
