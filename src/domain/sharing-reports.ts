// Who may look at who read what. Part of the one place that decides: see `sharing.ts`.

import type { Actor } from "./actor.ts";
import { isOfficer } from "./sharing-ledger.ts";
import { no, type Ruling, yes } from "./sharing.ts";

/** One role asks who saw what: nobody looks at colleagues' reading, and no agency at another's. */
export function mayReadReports(actor: Actor): Ruling {
  if (actor.role === null) return no("no-role", "your sign-in gives you no role here");
  return isOfficer(actor)
    ? yes("answers-for-data", "you answer for how data is used")
    : no("not-the-data-officer", "who read what is for the data protection officer");
}
