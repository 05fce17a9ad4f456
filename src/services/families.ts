// Who belongs with a child, as agencies claim it. A relative who is restricted themselves is not named.

import type { AgencyView } from "../domain/agency-view.ts";
import { familyPicture, type FamilyPicture } from "../domain/genogram.ts";
import { pointersOf } from "../store/pointers.ts";
import type { Hub } from "./hub.ts";
import { relativesIn } from "./relatives.ts";

/** A child's views, as this caller may see them. */
export interface ChildViews {
  readonly childId: string;
  readonly views: readonly AgencyView[];
}

/** A family with what stands behind it. */
export interface ChildFamily extends ChildViews {
  readonly picture: FamilyPicture;
}

/** The family that each child's views claim, each relative as the hub knows them. Asked once for all the children. */
export async function familiesOf(hub: Hub, children: readonly ChildViews[]): Promise<ChildFamily[]> {
  const find = await relativesIn(
    hub,
    children.flatMap(({ views }) => views),
  );
  const families = children.map((child) => ({ ...child, picture: familyPicture(child.views, find) }));
  // Where nobody answered, nothing in the views says whether the child is restricted; and nobody may be sent to look for the parents
  // of a child in hiding.
  const silent = families.filter(({ picture }) => picture.unanswered?.some(({ silence }) => silence === NOBODY));
  if (silent.length === 0) return families;
  const pointers = await pointersOf(hub.db).recordsOf(silent.map(({ childId }) => childId));
  const hidden = new Set(pointers.flat().flatMap(({ personId, restricted }) => (restricted ? [personId] : [])));
  return families.map((family) =>
    hidden.has(family.childId) ? { ...family, picture: { ...family.picture, unanswered: null } } : family,
  );
}

const NOBODY = "NOBODY_COULD_SAY";
