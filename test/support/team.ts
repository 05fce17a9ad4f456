// Ways in to a child, for stories about who is let in. The area's own policy holds: nobody has standing access but those who screen.

import type { GraphAnswer } from "./graph-client.ts";
import type { LightHub } from "./light-hub.ts";

const AGENCY: Record<string, readonly [agencyId: string, role: string]> = {
  teacher: ["larch-hill-primary", "TEACHER"],
  "health-visitor": ["community-health", "HEALTH_VISITOR"],
  "police-officer": ["police", "POLICE_OFFICER"],
  "social-worker": ["social-care", "SOCIAL_WORKER"],
  "mash-manager": ["social-care", "MASH_MANAGER"],
  "conference-chair": ["social-care", "CONFERENCE_CHAIR"],
};

export const JOIN = `mutation ($member: JoinTeam!) { joinTeam(member: $member) { id state relation holds endsAt } }`;
export const REQUEST = `mutation ($request: RequestAccess!) { requestAccess(request: $request) { id state kind holds startsAt endsAt } }`;
export const DECIDE = `mutation ($decision: DecideAccess!) { decideAccess(decision: $decision) { id state endsAt decidedById } }`;
export const END = `mutation ($ending: AccessWords!) { endAccess(ending: $ending) { id state } }`;
export const EXPLAIN = `query ($childId: ID!) { explainAccess(childId: $childId) { scope rule because kind relation purpose power until
  kinds { kind allowed rule because } ways { kind mayYou because needs } whoCould { agencyId post relation name how } } }`;
export const SHIELD = `mutation ($shield: ShieldChild!) { shieldChild(shield: $shield) { id kind reviewAt } }`;

let keys = 0;
export const nextKey = () => `wish-${String((keys += 1)).padStart(6, "0")}`;
export const WHY = "Because this is what the test is about.";

export function waysIn(world: () => LightHub) {
  const ask = (person: string, query: string, variables: Record<string, unknown> = {}) =>
    world().ask(person, query, variables);
  return {
    ask,
    /** The answer's data; fails with its errors. */
    async ok(person: string, query: string, variables: Record<string, unknown> = {}) {
      const { data, errors } = await ask(person, query, variables);
      if (errors.length > 0) throw new Error(JSON.stringify(errors));
      return data;
    },
    async code(person: string, query: string, variables: Record<string, unknown> = {}) {
      const { errors } = await ask(person, query, variables);
      return errors[0]?.extensions.code ?? "OK";
    },
    join: (by: string, person: string, member: Record<string, unknown>): Promise<GraphAnswer> => {
      const [agencyId, role] = AGENCY[person] ?? ["", ""];
      const purpose = { purpose: "children-act-1989-s17", power: "CHILDREN_ACT_1989_S17", reason: WHY };
      const who = { key: nextKey(), actorId: `demo|${person}`, name: "Somebody Invented", agencyId, role };
      return ask(by, JOIN, { member: { ...who, relation: "MEMBER", ...purpose, ...member } });
    },
    request: (person: string, request: Record<string, unknown>): Promise<GraphAnswer> => {
      const usual = { key: nextKey(), kind: "TASK", purpose: "direct-care", power: "DIRECT_CARE", reason: WHY };
      return ask(person, REQUEST, { request: { ...usual, ...request } });
    },
    decide: (person: string, id: string, approve: boolean): Promise<GraphAnswer> =>
      ask(person, DECIDE, { decision: { id, approve, because: WHY } }),
    end: (person: string, id: string): Promise<GraphAnswer> => ask(person, END, { ending: { id, because: WHY } }),
    shield: (person: string, shield: Record<string, unknown>): Promise<GraphAnswer> =>
      ask(person, SHIELD, { shield: { because: WHY, ...shield } }),
    explain: async (person: string, childId: string) => (await ask(person, EXPLAIN, { childId })).data?.explainAccess,
    scope: async (person: string, childId: string): Promise<string> => {
      const { data, errors } = await ask(person, EXPLAIN, { childId });
      return errors[0]?.extensions.code ?? `${data.explainAccess.scope} ${data.explainAccess.rule}`;
    },
  };
}
