// Why can I, why can't I, who could: the decision on one child in words, for whoever asks about themselves.

import { In } from "typeorm";
import { type KindOfOneChild, KINDS_OF_ONE_CHILD, mayReadKind } from "../domain/access-kinds.ts";
import type { Access } from "../domain/access.ts";
import { dayInEngland } from "../domain/plain-date.ts";
import { mayAskToBeIn, mayBreakGlass, mayNamePlace, mayReadTeam } from "../domain/sharing-access.ts";
import { seesWhole } from "../domain/sharing.ts";
import { spanInWords } from "../domain/span.ts";
import type { AccessExplanation, KindExplained, WayInExplained, WhoCould } from "../schema/access.ts";
import { Post } from "../schema/post.ts";
import type { ChildAccessRow } from "../store/rows-access.ts";
import { record } from "./audit.ts";
import { type KnownChild, knownChild, spanOf } from "./getting-in-rows.ts";
import { frontDoor, teamOf } from "./getting-in-told.ts";
import type { Caller, Hub } from "./hub.ts";
import { readPostBook } from "./posts.ts";
import { restrictedAmong } from "./team-around.ts";

/** What the caller may see of a child, why, and how to see more. Of a child of whom they may know nothing: that there is none. */
export async function explainAccess(hub: Hub, caller: Caller, childId: string): Promise<AccessExplanation> {
  const child = await knownChild(hub, caller, childId);
  const { access } = child;
  const ruling = mayAskToBeIn(caller.actor, access);
  await record(hub, caller, { what: "access.explained", subjects: [child.id], ruling });
  const { scope, rule, because, kind, relation, purpose, power, endsAt: until } = access;
  return {
    scope,
    rule,
    because,
    kind,
    relation,
    purpose,
    power,
    until,
    kinds: await kindsFor(hub, caller, child),
    ways: waysFor(hub, caller, access),
    whoCould: await whoCould(hub, caller, child),
  };
}

async function kindsFor(hub: Hub, { actor }: Caller, { ids, access }: KnownChild): Promise<KindExplained[]> {
  const restricted = access.unlocated || (await restrictedAmong(hub, ids)).size > 0;
  const one = (kind: KindOfOneChild): KindExplained => ({ kind, ...mayReadKind(actor, access, { kind, restricted }) });
  return KINDS_OF_ONE_CHILD.map(one);
}

/** The same of every child whose story is not open: that a second person decides on some is said of all. */
function waysFor(hub: Hub, { actor }: Caller, access: Access): WayInExplained[] {
  const { breakGlassMinutes } = hub.area.sharing;
  const asking = mayAskToBeIn(actor, access);
  const isIn = access.kind === "TEAM" || access.rule === "screens";
  const ask = isIn ? { mayYou: false, because: `you need none: ${access.because}` } : said(asking);
  const breaking = mayBreakGlass(actor, access);
  const glass = seesWhole(access)
    ? { mayYou: false, because: "the whole story is open to you: there is no glass to break" }
    : said(breaking);
  return [
    {
      kind: "TEAM",
      mayYou: false,
      because: isIn ? `you need none: ${access.because}` : "nobody puts themselves into the team around a child",
      needs:
        "the child's allocated social worker, its conference chair or the manager of the MASH puts you in, with purpose and power",
    },
    {
      kind: "TASK",
      ...ask,
      needs: `your purpose, the power and a reason; it holds ${spanInWords(spanOf(hub, "TASK"))}, and those who work with the child are told. For some children a second person decides`,
    },
    {
      kind: "INVOLVEMENT",
      ...ask,
      needs: `your purpose, the power and a reason, and a second person's approval; it holds ${spanInWords(spanOf(hub, "INVOLVEMENT"))}`,
    },
    {
      kind: "BREAK_GLASS",
      ...glass,
      needs: `a child at immediate risk, in your own words; it holds ${breakGlassMinutes} minutes, a second person is told at once, and it is reviewed within a working day`,
    },
  ];
}

const said = ({ allowed, because }: { allowed: boolean; because: string }) => ({ mayYou: allowed, because });

/** The front door of every child; and the team, where the story is open: to others even that there is one would tell something. */
async function whoCould(hub: Hub, { actor }: Caller, { ids, access }: KnownChild): Promise<WhoCould[]> {
  const post = frontDoor(hub);
  const book = await readPostBook(hub, hub.db.manager);
  const told = book.holders(post, dayInEngland(hub.now()));
  const held = await hub.db.manager.findBy(Post, { id: In(told.flatMap(({ postId }) => postId ?? [])) });
  const nameOf = new Map(
    held.flatMap((each) => [[each.holderId, each.holderName] as const, [each.coverId ?? "", each.coverName] as const]),
  );
  const screening = (name: string | null): WhoCould => ({
    agencyId: post.agencyId,
    post: post.role,
    relation: null,
    name,
    how: "screens for every child: sees the story, and puts people in the team or approves their requests",
  });
  const front = told.length > 0 ? told.map(({ actorId }) => screening(nameOf.get(actorId) ?? null)) : [screening(null)];
  if (!mayReadTeam(actor, access).allowed) return front;
  const team = await teamOf(hub, hub.db.manager, ids);
  const covered = access.unlocated || (await restrictedAmong(hub, ids)).size > 0;
  const member = (row: ChildAccessRow): WhoCould => {
    const { agencyId, relation, actorName: name } = row;
    const who = mayNamePlace(actor, row, { covered }) ? { agencyId, name } : { agencyId: null, name: null };
    return { ...who, post: null, relation, how: howOf(relation) };
  };
  return [...front, ...team.map(member)];
}

const howOf = (relation: WhoCould["relation"]): string =>
  relation === "ALLOCATED"
    ? "is allocated to the child: sees the story, and puts people in the team or approves their requests"
    : "belongs to the team: sees the story as far as their role goes, and may propose you";
