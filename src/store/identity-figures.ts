// Figures that a wrong join falsifies, counted when they are wanted.

import { type EntityManager, In, IsNull } from "typeorm";
import type { Figures } from "../domain/blast-radius.ts";
import { Obligation } from "../schema/obligation.ts";
import { alsoKnownAs } from "./people.ts";
import { AgencyRecordRow, PersonRow } from "./rows.ts";

/** How many people the hub knows, each once; sealed ones are not among them. */
export async function countPeople(db: EntityManager): Promise<Pick<Figures, "peopleKnown" | "childrenKnown">> {
  const known = { joinedTo: IsNull(), sealedAt: IsNull() };
  const peopleKnown = await db.countBy(PersonRow, known);
  return { peopleKnown, childrenKnown: await db.countBy(PersonRow, { ...known, kind: "CHILD" }) };
}

/** The records and open obligations of one person, and of everybody who turned out to be them. */
export async function shareOf(db: EntityManager, personId: string): Promise<Figures["left"]> {
  const childId = In([...((await alsoKnownAs(db, [personId])).get(personId) ?? [personId])]);
  return {
    records: await db.countBy(AgencyRecordRow, { personId, gone: false }),
    openObligations: await db.countBy(Obligation, {
      childId,
      metAt: IsNull(),
      state: In(["OPEN", "PAUSED", "LATE"]),
    }),
  };
}
