// What every way in to a child has in common: the child whom its caller may know of, the row, and how it is shown.

import type { Access, Power, Relation, ShieldKind } from "../domain/access.ts";
import type { Role } from "../domain/actor.ts";
import { areaCalendar } from "../domain/calendar.ts";
import type { Span } from "../domain/clock-rule.ts";
import { dayInEngland, type PlainDate } from "../domain/plain-date.ts";
import { Refusal } from "../domain/refusal.ts";
import { count, spanBefore } from "../domain/span.ts";
import { type EntityManager, In, IsNull } from "typeorm";
import type { ChildAccess } from "../schema/access.ts";
import { everyIdOf } from "../store/people.ts";
import { ChildAccessRow, ChildShieldRow } from "../store/rows-access.ts";
import { readChildren } from "./children.ts";
import type { Caller, Hub } from "./hub.ts";

export const NO_CHILD = "There is no such child";

/** A child whom the caller may know of, with every id by which it was ever known. */
export interface KnownChild {
  readonly id: string;
  readonly access: Access;
  readonly ids: readonly string[];
}

/** The child. One whom the caller may not know of is refused as one that is not there; either way the look is on record. */
export async function knownChild(hub: Hub, caller: Caller, childId: string): Promise<KnownChild> {
  const [child] = await readChildren(hub, caller, [childId]);
  if (!child) throw new Refusal("NOT_FOUND", NO_CHILD);
  return { ...child, ids: (await everyIdOf(hub.db, [child.id])).get(child.id) ?? [child.id] };
}

/** Shields that keep many out, read within a transaction that holds the child. */
export async function shieldKinds(db: EntityManager, ids: readonly string[]): Promise<ReadonlySet<ShieldKind>> {
  const found = await db.findBy(ChildShieldRow, {
    childId: In([...ids]),
    liftedAt: IsNull(),
    namedOutActorId: IsNull(),
  });
  return new Set(found.map(({ kind }) => kind));
}

/** Hidden from all but the team. */
export const isHidden = (kinds: ReadonlySet<ShieldKind>): boolean =>
  kinds.has("WITNESS_PROTECTION") || kinds.has("ADOPTION");

/** Nobody is let in to such a child by themselves. */
export const needsSecondPerson = (kinds: ReadonlySet<ShieldKind>): boolean =>
  isHidden(kinds) || kinds.has("STAFF_CONFLICT") || kinds.has("HIGH_PROFILE");

/** Where an actor's own names for their wishes cannot meet another's. */
export const keyOf = ({ keyed }: Hub, { actor }: Caller, key: string): string =>
  keyed(`way in ${JSON.stringify([actor.id, key])}`);

export interface Consent {
  readonly by: string;
  readonly on: PlainDate;
  readonly how: string;
}

/** Consent goes with its details, and they with it. */
export function consentIn(power: Power | null, consent: Consent | null | undefined): string | null {
  if ((power === "CONSENT") !== Boolean(consent))
    throw new Refusal("BAD_INPUT", "consent: goes with the power CONSENT, and that with who consented, when and how");
  return consent ? `${consent.by}, on ${consent.on}: ${consent.how}` : null;
}

export interface Holder {
  readonly actorId: string;
  readonly actorName: string | null;
  readonly role: Role | null;
  readonly agencyId: string | null;
}

/** Whoever asks, as the holder of what they ask for. */
export const oneself = ({ actor }: Caller): Holder => ({
  actorId: actor.id,
  actorName: actor.name,
  role: actor.role,
  agencyId: actor.agencyId,
});

type Wanted = Pick<ChildAccessRow, "childId" | "kind" | "purpose" | "power" | "reason"> & {
  readonly key: string;
  readonly holder: Holder;
  readonly relation?: Relation;
  readonly consent?: string | null;
};

/** A way in that waits: `opened` lets it in. */
export function wayIn(hub: Hub, caller: Caller, { key, holder, relation, consent, ...wanted }: Wanted): ChildAccessRow {
  return {
    id: hub.newId(),
    key: keyOf(hub, caller, key),
    ...holder,
    ...wanted,
    relation: relation ?? null,
    consent: consent ?? null,
    state: "PENDING",
    startsAt: hub.now(),
    endsAt: null,
    warnAt: null,
    givenByActorId: caller.actor.id,
    decidedByActorId: null,
    decidedAt: null,
    decidedBecause: null,
    justified: null,
    obligationId: null,
    endedByActorId: null,
    endedAt: null,
  };
}

/** How long a grant of this kind holds, by the area's policy. */
export const spanOf = ({ area }: Hub, kind: "TASK" | "INVOLVEMENT"): Span =>
  kind === "TASK" ? { days: area.sharing.taskDays } : { months: area.sharing.involvementMonths };

/** The columns that let a grant or a place in, from now on until `endsAt`, by default as long as its kind holds. */
export function opened(hub: Hub, { kind, endsAt }: Pick<ChildAccessRow, "kind" | "endsAt">) {
  const at = hub.now();
  const until =
    kind === "TASK" || kind === "INVOLVEMENT"
      ? count({ at, on: dayInEngland(at) }, spanOf(hub, kind), areaCalendar(hub)).at
      : endsAt;
  return { state: "ACTIVE" as const, startsAt: at, endsAt: until, warnAt: until && warnAtOf(hub, until) };
}

/** When whoever holds it is warned; a grant shorter than that is not. */
function warnAtOf(hub: Hub, endsAt: Date): Date | null {
  const at = spanBefore(endsAt, { days: hub.area.sharing.warnDays }, areaCalendar(hub));
  return at > hub.now() ? at : null;
}

/** Whether it lets somebody in at this instant. */
export const holdsAt = ({ state, startsAt, endsAt }: ChildAccessRow, now: Date): boolean =>
  state === "ACTIVE" && startsAt <= now && (endsAt === null || endsAt > now);

/** As the API shows it. */
export function shown(hub: Hub, row: ChildAccessRow): ChildAccess {
  const { actorName: name, givenByActorId: givenById, decidedByActorId: decidedById, role } = row;
  return { ...row, name, givenById, decidedById, role: role as Role | null, holds: holdsAt(row, hub.now()) };
}
