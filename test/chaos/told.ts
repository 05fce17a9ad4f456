// Who should have been told of what, reckoned from the fixture and not from the hub's own book of posts; and what left the hub.

import { groupBy } from "../../src/domain/group.ts";
import type { PostRole } from "../../src/domain/post.ts";
import type { Escalation } from "../../src/schema/escalation.ts";
import type { Message } from "../../src/schema/message.ts";
import type { Obligation, ObligationChange } from "../../src/schema/obligation.ts";
import type { Post } from "../../src/schema/post.ts";
import type { Done } from "./acts.ts";
import { compare, countOf, type Problem, problem } from "./findings.ts";
import type { Rows } from "./rows.ts";
import { POSTS, wayOf } from "./world.ts";

interface Place {
  readonly agencyId: string;
  readonly teamId: string | null;
  readonly role: PostRole;
}

const at = ({ agencyId, teamId, role }: Place): Post[] =>
  POSTS.filter((post) => post.agencyId === agencyId && post.teamId === teamId && post.role === role);

const PARTNERSHIP = { agencyId: "partnership", teamId: null } as const;

/** Who is above a post, in this fixture. */
function above({ agencyId, teamId, role }: Post): Post | undefined {
  const places: Partial<Record<PostRole, Place>> = {
    PRACTITIONER: { agencyId, teamId, role: "MANAGER" },
    MANAGER: { agencyId, teamId: null, role: "ESCALATION_LEAD" },
    ESCALATION_LEAD: { ...PARTNERSHIP, role: "BUSINESS_MANAGER" },
    EXECUTIVE: { ...PARTNERSHIP, role: "BUSINESS_MANAGER" },
    CHAIR: { ...PARTNERSHIP, teamId: "partnership-office", role: "MANAGER" },
  };
  const place = places[role];
  return place && at(place)[0];
}

/** `<kind> <sign-in> <how often handed on>`, for each message that telling a place of something comes to when nobody reads it. */
export function tellings(kind: Message["kind"], place: Place, urgent: boolean): string[] {
  const told = at(place).flatMap((post) => {
    const isAway = post.awayFromOn !== null;
    const first = isAway ? post.coverId : post.holderId;
    const second = isAway ? null : post.coverId;
    const third = above(post)?.holderId;
    const handed = [
      ...(second === null ? [] : [`${kind} ${second} 1`]),
      ...(third === undefined ? [] : [`${kind} ${third} 2`]),
    ];
    return [`${kind} ${first} 0`, ...(urgent ? handed : [])];
  });
  // Two who hold one post have one manager, who is told of it once.
  return [...new Set(told)];
}

/** Whom a rung of silence means. */
function rungOf({ agencyId, teamId }: Obligation, role: PostRole): Place {
  if (role === "BUSINESS_MANAGER") return { ...PARTNERSHIP, role };
  return { agencyId, teamId: role === "MANAGER" ? teamId : null, role };
}

/** Between reading the clock for a batch and writing an event of it. */
const READING_MS = 2_000;

interface OfObligation {
  readonly obligation: Obligation;
  readonly done: readonly Done[];
  readonly changes: readonly ObligationChange[];
  readonly messages: readonly Message[];
}

/** Each act is told once to each who is to hear of it. A reminder that what follows has overtaken is told to nobody. */
export function checkTold({ obligation, done, changes, messages }: OfObligation): Problem[] {
  const { agencyId, teamId, ownerRole } = obligation;
  const owner = { agencyId, teamId, role: ownerRole };
  const wanted: string[] = [];
  const unsure: string[] = [];
  for (const { event, target } of done) {
    const told = tellings(
      target.kind,
      target.tell ? rungOf(obligation, target.tell) : owner,
      obligation.urgent || target.kind === "RUNG",
    );
    const behind = target.what === "REMINDED" && target.nextAt ? event.at.getTime() - target.nextAt.getTime() : -1;
    if (behind < 0) wanted.push(...told);
    else if (behind < READING_MS) unsure.push(...told);
  }
  for (const change of changes) {
    wanted.push(...tellings("CHANGE_ASKED", { agencyId, teamId, role: "MANAGER" }, true));
    if (change.state !== "REQUESTED") wanted.push(`CHANGE_DECIDED ${change.requestedByActorId} 0`);
  }
  const found = messages.map(({ kind, toActorId, handed }) => `${kind} ${toActorId} ${handed}`);
  return compare(`message about ${obligation.id}:`, allowing(countOf(wanted), countOf(unsure), found), found);
}

/** What is wanted, with as much of what is unsure as was found. */
function allowing(wanted: Map<string, number>, unsure: Map<string, number>, found: readonly string[]) {
  const counts = countOf(found);
  for (const [key, most] of unsure) {
    const sure = wanted.get(key) ?? 0;
    wanted.set(key, sure + Math.min(most, Math.max(0, (counts.get(key) ?? 0) - sure)));
  }
  return wanted;
}

/** Each stage is told to whoever answers it and to whoever raised it; silence at the last to the partnership. */
export function checkChallengeTold(escalation: Escalation, messages: readonly Message[], isOver: boolean): Problem[] {
  const { id, stage, toAgencyId, toTeamId, fromActorId } = escalation;
  const kind = "ESCALATION_STAGE";
  const answers: Place[] = [
    { agencyId: toAgencyId, teamId: toTeamId, role: "MANAGER" },
    { agencyId: toAgencyId, teamId: null, role: "ESCALATION_LEAD" },
    { agencyId: toAgencyId, teamId: null, role: "EXECUTIVE" },
  ];
  const wanted = [
    ...answers.slice(0, stage).flatMap((place) => tellings(kind, place, true)),
    ...Array.from({ length: stage - 1 }, () => `${kind} ${fromActorId} 0`),
    ...(stage === answers.length ? tellings(kind, { ...PARTNERSHIP, role: "BUSINESS_MANAGER" }, false) : []),
    ...(isOver
      ? (["CHAIR", "BUSINESS_MANAGER"] as const).flatMap((role) => tellings(kind, { ...PARTNERSHIP, role }, true))
      : []),
  ];
  const found = messages.map((message) => `${message.kind} ${message.toActorId} ${message.handed}`);
  return compare(`message about challenge ${id}:`, countOf(wanted), found);
}

const EMAILS = new Map(
  POSTS.flatMap(({ holderId, holderEmail, coverId, coverEmail }) => [
    [holderId, { email: holderEmail, way: wayOf(holderId) }] as const,
    ...(coverId ? [[coverId, { email: coverEmail, way: "DIGEST" as const }] as const] : []),
  ]),
);

const LINK = /\/messages\/([0-9a-f-]{36})/g;

/** Every message that is to leave the hub left it, once; a digest of a later day waits. */
export function checkDelivered(rows: Rows, until: Date): { problems: Problem[]; resent: number } {
  const sent = countOf(rows.emails.flatMap(({ body }) => [...body.matchAll(LINK)].map(([, id]) => id ?? "")));
  const byMessage = groupBy(rows.deliveries, ({ messageId }) => messageId);
  let resent = 0;
  const problems = rows.messages.flatMap(({ id, toActorId, urgent }) => {
    const person = EMAILS.get(toActorId);
    const leaves = person?.email && (urgent || person.way !== "HUB_ONLY");
    const deliveries = byMessage.get(id) ?? [];
    const times = sent.get(id) ?? 0;
    const [delivery] = deliveries;
    const waits =
      delivery?.state === "WAITING" && delivery.inDigest && delivery.nextAt !== null && delivery.nextAt > until;
    const wanted = leaves ? 1 : 0;
    if (times > 1) resent += times - 1;
    return [
      ...problem("lost", `delivery of ${id}`, wanted - deliveries.length),
      ...problem("doubled", `delivery of ${id}`, deliveries.length - wanted),
      ...problem("lost", `email of ${id} (${delivery?.state})`, delivery && !waits && times === 0 ? 1 : 0),
      ...problem("wrong", `${id} is sent and not marked`, delivery && !waits && delivery.state !== "SENT" ? 1 : 0),
    ];
  });
  return { problems, resent };
}
