// Whom a way in to a child concerns besides its holder: who is told of it, and who decides.

import { type EntityManager, In } from "typeorm";
import type { MessageKind } from "../domain/message.ts";
import type { Owner } from "../domain/post.ts";
import { ChildAccessRow } from "../store/rows-access.ts";
import { holdsAt, isHidden, shieldKinds } from "./getting-in-rows.ts";
import type { Hub } from "./hub.ts";
import { ownerOf } from "./obligations.ts";
import type { Note } from "./telling.ts";

/** The post that decides on whatever comes in: the manager of the MASH. */
export const frontDoor = (hub: Hub): Owner => ownerOf(hub, "referral-decision");

/** Places in the team that hold now, allocated workers' first. */
export async function teamOf(hub: Hub, db: EntityManager, ids: readonly string[]): Promise<ChildAccessRow[]> {
  const found = await db.find(ChildAccessRow, {
    where: { childId: In([...ids]), kind: "TEAM", state: "ACTIVE" },
    order: { id: "ASC" },
  });
  const now = hub.now();
  const order = ({ relation }: ChildAccessRow) => Number(relation !== "ALLOCATED");
  return found.filter((row) => holdsAt(row, now)).sort((a, b) => order(a) - order(b));
}

export interface Concerned {
  readonly ids: readonly string[];
  /** Not told of what they did themselves. */
  readonly but: readonly string[];
  /** The manager of the MASH in any case, as whoever decides, and not only where nobody is allocated. */
  readonly andFrontDoor: boolean;
}

/** The child's allocated workers and, where there are none or it is for them to decide, the manager of the MASH; of a child who is hidden
 *  from that manager, the allocated workers alone. */
export async function whoIsConcerned(
  hub: Hub,
  db: EntityManager,
  { ids, but, andFrontDoor }: Concerned,
): Promise<Note["to"]> {
  const team = await teamOf(hub, db, ids);
  const allocated = team.filter(({ relation, actorId }) => relation === "ALLOCATED" && !but.includes(actorId));
  const people = allocated.map(({ actorId }) => ({ actorId }));
  const hidden = people.length > 0 && isHidden(await shieldKinds(db, ids));
  return !hidden && (andFrontDoor || people.length === 0) ? [...people, frontDoor(hub)] : people;
}

interface Says extends Pick<Note, "to" | "urgent"> {
  readonly kind: MessageKind;
  readonly says: string;
  /** Which of several of one kind. */
  readonly which?: string;
}

/** A note about a way in: it names nobody, and leads to it by its id. */
export const noteOn = ({ id }: Pick<ChildAccessRow, "id">, { kind, says, which = "", ...rest }: Says): Note => ({
  key: `${id} ${kind.toLowerCase()}${which}`,
  kind,
  says: `${says} (${id})`,
  ...rest,
});
