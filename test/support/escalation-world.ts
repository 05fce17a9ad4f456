// What stories about professional challenges share: ladders as area data, people in posts, and each act in one line.

import { readFileSync } from "node:fs";
import type { DisagreementLadder } from "../../src/domain/escalation.ts";
import { dayInEngland } from "../../src/domain/plain-date.ts";
import type { PostRole } from "../../src/domain/post.ts";
import { Escalation, EscalationStep } from "../../src/schema/escalation.ts";
import { Message } from "../../src/schema/message.ts";
import { Post } from "../../src/schema/post.ts";
import { Obligation } from "../../src/schema/obligation.ts";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { carryOutDue } from "../../src/services/due.ts";
import { LADDER } from "../../src/store/policy-ladders.ts";
import { PersonRow } from "../../src/store/rows.ts";
import type { LightHub } from "./light-hub.ts";
import { fillPost } from "./posts.ts";
import { POLICIES } from "./policies.ts";

const FIELDS = `id stage stageName state category fromAgencyId toAgencyId toTeamId immediateRisk familyTold endedAt child { id }
  clock { id rule state dueOn dueAt metAt urgent explanation owes } decision { id rule state dueOn metAt urgent } actions { id state dueOn agencyId }
  history { id what stage words wanted learning by agencyId byAt actionId }`;
const mutation = (field: string, argument: string, type: string) =>
  `mutation ($input: ${type}!) { done: ${field}(${argument}: $input) { ${FIELDS} } }`;

const ACTS = {
  raise: mutation("raiseEscalation", "escalation", "RaiseEscalation"),
  answer: mutation("answerEscalation", "answer", "AnswerEscalation"),
  agree: mutation("agreeAction", "action", "AgreeAction"),
  done: mutation("actionDone", "done", "ActionDone"),
  moveUp: mutation("moveEscalationUp", "move", "MoveEscalationUp"),
  risk: mutation("declareImmediateRisk", "risk", "EscalationReason"),
  resolve: mutation("resolveEscalation", "resolution", "ResolveEscalation"),
  withdraw: mutation("withdrawEscalation", "withdrawal", "EscalationReason"),
  unresolved: mutation("endEscalationUnresolved", "end", "EscalationReason"),
} as const;
export type ActName = keyof typeof ACTS;

const READ = `query ($id: ID!) { escalation(id: $id) { ${FIELDS} } }`;

/** Posts held in this world. */
const HELD: readonly (readonly [agencyId: string, teamId: string | null, role: PostRole, holderId: string])[] = [
  ["social-care", "mash", "PRACTITIONER", "demo|social-worker"],
  ["social-care", "mash", "MANAGER", "demo|mash-manager"],
  ["social-care", null, "ESCALATION_LEAD", "lead|social-care"],
  ["social-care", null, "EXECUTIVE", "executive|social-care"],
  ["larch-hill-primary", null, "ESCALATION_LEAD", "lead|school"],
  ["larch-hill-primary", null, "MANAGER", "manager|school"],
  ["partnership", null, "BUSINESS_MANAGER", "demo|board-manager"],
  ["partnership", null, "CHAIR", "chair|partnership"],
];

const HERE = { awayFromOn: null, awayUntilOn: null, coverId: null, coverName: null } as const;

export const ladderNamed = (id: string): DisagreementLadder =>
  LADDER.parse(JSON.parse(readFileSync(new URL(`ladders/${id}.json`, POLICIES), "utf8")));

/** Acts and questions in one hub. */
export async function makeEscalationWorld(world: LightHub) {
  const { hub } = world.open;
  const db = hub.db.manager;
  const { id: childId } = await db.findOneByOrFail(PersonRow, { kind: "CHILD" });
  const fillAll = async () => {
    for (const [agencyId, teamId, role, holderId] of HELD)
      await fillPost(hub, { agencyId, teamId, role, holderId, holderEmail: null });
  };
  await fillAll();
  let keys = 0;

  const act = (name: ActName, as: string, input: Record<string, unknown>) => world.ask(as, ACTS[name], { input });
  const api = {
    db,
    childId,
    act,
    /** The area goes by this ladder from here on. */
    useLadder(id: string) {
      Object.assign(hub, { area: { ...hub.area, disagreement: ladderNamed(id) } });
    },
    challenge(more: Record<string, unknown> = {}) {
      keys += 1;
      return {
        key: `challenge-${keys}`,
        childId,
        category: "THRESHOLD",
        againstAgencyId: "social-care",
        againstTeamId: "mash",
        evidence: "Three referrals in a month, each closed without a visit.",
        wantedOutcome: "An assessment by a social worker.",
        immediateRisk: false,
        ...more,
      };
    },
    /** Done, or the refusal thrown. */
    async ok(name: ActName, as: string, input: Record<string, unknown>) {
      const { data, errors } = await act(name, as, input);
      if (errors[0]) throw new Error(`${name} as ${as}: ${errors[0].extensions.code} ${errors[0].message}`);
      return data.done;
    },
    raise: (more: Record<string, unknown> = {}, as = "teacher") => api.ok("raise", as, api.challenge(more)),
    /** The code with which it is refused; null where it is not. */
    async code(name: ActName, as: string, input: Record<string, unknown>) {
      const { errors } = await act(name, as, input);
      return errors[0]?.extensions.code ?? null;
    },
    read: async (id: string, as = "teacher") => (await world.ask(as, READ, { id })).data?.escalation ?? null,
    readCode: async (id: string, as: string) => (await world.ask(as, READ, { id })).errors[0]?.extensions.code ?? null,
    row: (id: string) => db.findOneByOrFail(Escalation, { id }),
    /** This person alone holds the post from here on. */
    async holds(role: PostRole, person: string) {
      await db.update(Post, { role, agencyId: "social-care" }, { ...HERE, holderId: `demo|${person}` });
    },
    /** Its holder is away from now on, and this person stands in. */
    async covers(role: PostRole, person: string) {
      const away = { coverId: `demo|${person}`, coverName: "Somebody Invented", awayFromOn: dayInEngland(hub.now()) };
      await db.update(Post, { role, agencyId: "social-care" }, away);
    },
    /** Posts are held as they were at first. */
    async postsAsBefore() {
      await db.createQueryBuilder().delete().from(Post).execute();
      await fillAll();
    },
    steps: (id: string, what: EscalationStep["what"]) => db.countBy(EscalationStep, { escalationId: id, what }),
    clocks: (id: string) => db.find(Obligation, { where: { courseId: id }, order: { startedAt: "ASC", id: "ASC" } }),
    /** Who was told what of it, as `kind whom`, in alphabetical order. */
    async told(id: string) {
      const messages = await db.findBy(Message, { escalationId: id });
      return messages.map(({ kind, toActorId }) => `${kind} ${toActorId}`).sort();
    },
    messages: (id: string) => db.findBy(Message, { escalationId: id }),
    /** Everything that the clock does once it is this late. */
    async until(instant: string) {
      world.setNow(new Date(instant));
      const due = { acts: ["REMIND", "LATE", "RUNG"], upTo: hub.now() } as const;
      while ((await carryOutDue(hub, clockCaller(hub, "lateness"), due)) > 0);
    },
  };
  return api;
}
export type EscalationWorld = Awaited<ReturnType<typeof makeEscalationWorld>>;
