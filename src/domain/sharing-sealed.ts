// Who may know of sealed records. Part of the one place that decides: see `sharing.ts`.

import type { Actor } from "./actor.ts";
import { no, type Ruling, yes } from "./sharing.ts";

/** One role seals, sees that something is sealed, and decides on what came in with a sealed number. Everybody else is refused in the
 *  same words, whether anything is sealed or not. */
export function mayKnowOfSealed({ kind, role }: Actor): Ruling {
  if (role === null) return no("no-role", "your sign-in gives you no role here");
  return kind === "PRACTITIONER" && role === "SEALED_RECORDS_OFFICER"
    ? yes("sealed-records-officer", "you keep the sealed records")
    : no("not-the-officer", "sealed records are kept by the sealed records officer alone");
}
