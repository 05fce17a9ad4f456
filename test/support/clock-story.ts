// What stories about clocks have in common: a referral, a step, a look at an obligation, and a turn of the clock.

import { CLOCK_ACTS } from "../../src/domain/obligation.ts";
import { clockCaller } from "../../src/services/clock-caller.ts";
import { carryOutDue } from "../../src/services/due.ts";
import { NHS } from "./demo-records.ts";
import type { LightHub } from "./light-hub.ts";

const SUBMIT = `mutation ($referral: SubmitReferral!) { submitReferral(referral: $referral) { id child { id } clock { id } } }`;
const RECORD = `mutation ($step: RecordStep!) { recordStep(step: $step) {
  step { id } met { id rule state } opened { id rule dueOn } } }`;
export const READ_OBLIGATION = `query ($id: ID!) { obligation(id: $id) { rule owes state dueOn dueAt metAt pausedAt
  teamId ownerRole child { id } history { what because by at }
  changes { kind state reason requestedBy decidedBy decidedBecause } } }`;

let keys = 0;

/** A story in one hub, which the test starts. */
export function clockStory(world: () => LightHub) {
  const hub = () => world().open.hub;
  const at = (instant: string) => world().setNow(new Date(instant));
  return {
    hub,
    at,
    db: () => hub().db.manager,
    /** Everything that is due, as the sweep does it. */
    tick: () => carryOutDue(hub(), clockCaller(hub(), "test"), { acts: [...CLOCK_ACTS], upTo: hub().now() }),

    /** A referral by the teacher at this instant, with its clock. */
    async refer(instant: string) {
      at(instant);
      const referral = {
        key: `story-referral-${(keys += 1)}`,
        identifier: { kind: "NHS_NUMBER", value: NHS },
        concern: "Came to school hungry four days running.",
        level: "level-4",
        immediateDanger: false,
      };
      const { id, child, clock } = (await world().ask("teacher", SUBMIT, { referral })).data.submitReferral;
      return { referralId: id as string, childId: child.id as string, clockId: clock.id as string };
    },

    /** A step taken now. */
    async record(kind: string, more: Record<string, unknown>, as = "social-worker") {
      const step = { key: `story-step-${(keys += 1)}`, kind, happenedAt: hub().now().toISOString(), ...more };
      return world().ask(as, RECORD, { step });
    },

    read: async (id: string, as = "mash-manager") => (await world().ask(as, READ_OBLIGATION, { id })).data.obligation,
    whatOf: (history: { what: string }[]) => history.map(({ what }) => what),
  };
}
