// The hub that the walker walks: every kind of child, everybody who asks, and what the hub itself keeps of each child.

import type { Answer } from "../../../src/adapters/agency-system.ts";
import { IdentityLinkRow } from "../../../src/store/rows-identity.ts";
import type { Hub } from "../../../src/services/hub.ts";
import { ChildAccessRow, ChildShieldRow } from "../../../src/store/rows-access.ts";
import { sealRecords } from "../../../src/services/seal-records.ts";
import { PersonRow } from "../../../src/store/rows.ts";
import type { ShieldKind } from "../../../src/domain/access.ts";
import { ENGINES } from "../../support/engines.ts";
import { type LightHub, startLightHub } from "../../support/light-hub.ts";
import { recordAt } from "../../support/record-rows.ts";
import { ASKERS, type Asker, type Way } from "./actors.ts";
import { Canaries } from "./canaries.ts";
import { KINDS, type KindOfChild, type Made, makeChildren } from "./children.ts";
import { fillPost } from "../../support/posts.ts";
import { makeWork, POSTS, type Work } from "./work.ts";

export const NOW = new Date("2026-04-02T10:00:00Z");

export interface Walked extends Made {
  readonly id: string;
  /** By which the child is asked for: an id of theirs from before, where they were known as somebody else. */
  readonly askedId: string;
  readonly work: Work;
}

export interface World {
  readonly light: LightHub;
  readonly canaries: Canaries;
  readonly children: ReadonlyMap<KindOfChild, Walked>;
  close(): Promise<void>;
}

/** Starts it. */
export async function startWalkerWorld(): Promise<World> {
  const canaries = new Canaries();
  const { children, records } = makeChildren(canaries);
  const engine = ENGINES[0]!;
  const light = await startLightHub(engine, records, {}, { standing: "SHIPPED" });
  light.setNow(NOW);
  const { hub } = light.open;
  const { manager: db } = hub.db;
  const walked = new Map<KindOfChild, Walked>();
  for (const child of children) {
    const { kind } = child;
    const { personId } = await recordAt(db, "health", child.recordIds.health);
    canaries.plant(personId, { child: kind, tells: "ID" });
    const askedId = kind === "JOINED" ? await joined(light, personId) : personId;
    canaries.plant(askedId, { child: kind, tells: "ID" });
    // What was done for a child is met or ended before they are sealed.
    const work = kind === "SEALED" ? NO_WORK : await makeWork(hub, { canaries, kind, childId: personId });
    walked.set(kind, { ...child, id: personId, askedId, work });
  }
  for (const child of walked.values()) {
    await shield(light, canaries, child);
    const ways = ASKERS.flatMap((asker) => wayIn(hub, canaries, { asker, child }) ?? []);
    await db.insert(ChildAccessRow, ways);
  }
  await believe(light, canaries, walked);
  unsure(light, walked.get("UNSURE")!);
  await seal(light, canaries, walked.get("SEALED")!);
  for (const { way, role, actor } of ASKERS)
    if (way === "ANSWERS") await fillPost(hub, { ...POSTS[role as keyof typeof POSTS], holderId: actor.id });
  return { light, canaries, children: walked, close: () => light.close() };
}

/** They were known by another id once: that one is asked for. */
async function joined({ open: { hub } }: LightHub, personId: string): Promise<string> {
  const before = hub.newId();
  await hub.db.manager.insert(PersonRow, {
    id: before,
    kind: "CHILD",
    createdAt: hub.now(),
    joinedTo: personId,
    shielded: false,
    sealedAt: null,
  });
  return before;
}

/** Why each record is believed to be theirs, in words of its own. */
async function believe({ open: { hub } }: LightHub, canaries: Canaries, children: ReadonlyMap<KindOfChild, Walked>) {
  for (const { kind, id } of children.values())
    if (kind !== "SEALED")
      await hub.db.manager.update(
        IdentityLinkRow,
        { personId: id },
        { because: `Believed ${canaries.word({ child: kind, tells: "BELIEF" })}` },
      );
}

/** Whether this child is restricted, the register cannot say just now. */
function unsure({ systems }: LightHub, { recordIds }: Walked): void {
  const health = systems.get("health")!;
  const ask = health.ask.bind(health);
  const doubted = (answer: Answer): Answer =>
    answer.recordId === recordIds.health ? { ...answer, restrictionUnknown: true } : answer;
  Object.assign(health, { ask: async (...asked: Parameters<typeof ask>) => (await ask(...asked)).map(doubted) });
}

/** Ids of what there is none of. */
export const NO_WORK: Work = {
  referralId: "01900000-0000-7000-8000-000000000002",
  obligationId: "01900000-0000-7000-8000-000000000003",
  escalationId: "01900000-0000-7000-8000-000000000004",
};

async function seal({ open: { hub } }: LightHub, canaries: Canaries, { id: childId }: Walked): Promise<void> {
  const actor = ASKERS.find(({ role }) => role === "SEALED_RECORDS_OFFICER")!.actor;
  const caller = { actor, purpose: "not-stated", requestId: hub.newId(), signal: AbortSignal.timeout(60_000) };
  const because = canaries.word({ child: "SEALED", tells: "SEAL" });
  await sealRecords(hub, caller, { childId, kind: "ADOPTION", because, alsoCarriedByOthers: true, dropDoubts: true });
}

const SHIELDS: Partial<Record<KindOfChild, ShieldKind>> = {
  FLED: "DOMESTIC_ABUSE",
  CONFLICT: "STAFF_CONFLICT",
  HIGH_PROFILE: "HIGH_PROFILE",
  ADOPTED: "ADOPTION",
  WITNESS: "WITNESS_PROTECTION",
};

async function shield({ open: { hub } }: LightHub, canaries: Canaries, { kind, id }: Walked): Promise<void> {
  const all = SHIELDS[kind];
  const named = kind === "NAMED" ? ASKERS.filter(({ way }) => way === "NAMED_OUT") : [];
  const shields = [
    ...(all ? [{ kind: all, namedOutActorId: null }] : []),
    ...named.map(({ actor }) => ({ kind: "STAFF_CONFLICT" as const, namedOutActorId: actor.id })),
  ];
  if (shields.length === 0) return;
  const { manager: db } = hub.db;
  await db.update(PersonRow, id, { shielded: true });
  await db.insert(
    ChildShieldRow,
    shields.map((each) => ({
      ...each,
      id: hub.newId(),
      childId: id,
      because: canaries.word({ child: kind, tells: "SHIELD" }),
      byActorId: "walker|somebody",
      agencyId: "social-care",
      at: hub.now(),
      reviewAt: new Date("2026-07-01T09:00:00Z"),
      obligationId: null,
      liftedAt: null,
      liftedByActorId: null,
      liftedBecause: null,
    })),
  );
}

const PAST = new Date("2026-03-30T09:00:00Z");
const SOON = new Date("2026-04-10T09:00:00Z");

type Given = Pick<ChildAccessRow, "kind" | "relation" | "power" | "state" | "endsAt">;
const given = (kind: Given["kind"], more: Partial<Given> = {}): Given => ({
  kind,
  relation: kind === "TEAM" ? "MEMBER" : null,
  power: "CHILDREN_ACT_1989_S17",
  state: "ACTIVE",
  endsAt: kind === "TEAM" ? null : SOON,
  ...more,
});

const BY_CONSENT = given("TASK", { power: "CONSENT" });
const WAY_IN: Partial<Record<Way, Given>> = {
  TEAM: given("TEAM"),
  TASK: given("TASK"),
  INVOLVEMENT: given("INVOLVEMENT"),
  BREAK_GLASS: given("BREAK_GLASS"),
  CONSENT: BY_CONSENT,
  EXPIRED: given("TASK", { endsAt: PAST }),
  ENDED: given("TEAM", { state: "ENDED" }),
  PENDING: given("INVOLVEMENT", { state: "PENDING" }),
  NAMED_OUT: given("TEAM"),
};

/** What somebody's name in the team tells: where a school's teacher or a health visitor works, the child is near. */
const teller = (role: string | null) => (role === "TEACHER" || role === "HEALTH_VISITOR" ? "TEAM_PLACE" : "TEAM");

/** Whoever is let in to some children in one way and to others in another. */
const mixed = (kind: KindOfChild): Given => (KINDS.indexOf(kind) % 2 === 0 ? given("TASK") : BY_CONSENT);

function wayIn(
  hub: Hub,
  canaries: Canaries,
  { asker: { actor, way }, child }: { readonly asker: Asker; readonly child: Walked },
): ChildAccessRow | null {
  const found = way === "MIXED" ? mixed(child.kind) : WAY_IN[way];
  if (!found) return null;
  const { id: actorId, name, role, agencyId } = actor;
  const id = hub.newId();
  const words = { child: child.kind, tells: "WAY_IN", whose: name } as const;
  return {
    ...found,
    id,
    key: `way-${id}`,
    childId: child.id,
    actorId,
    actorName: way === "TEAM" ? canaries.word({ child: child.kind, tells: teller(role), whose: name }) : name,
    role,
    agencyId,
    purpose: "children-act-1989-s17",
    reason: canaries.word(words),
    consent: found.power === "CONSENT" ? canaries.word(words) : null,
    startsAt: new Date("2026-03-20T09:00:00Z"),
    warnAt: null,
    givenByActorId: actorId,
    decidedByActorId: null,
    decidedAt: null,
    decidedBecause: null,
    justified: null,
    obligationId: null,
    endedByActorId: found.state === "ENDED" ? actorId : null,
    endedAt: found.state === "ENDED" ? PAST : null,
  };
}
