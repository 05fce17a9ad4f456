// Changes at the agency, made from outside through `POST /__sim/emit`.

import type { AgencyRecord } from "../town/types.ts";
import { CARE_TYPES, type CareType } from "./care-record-store.ts";
import type { EventType } from "./mns-subscriptions.ts";
import type { Happening } from "./mns-signals.ts";
import { practiceOf } from "./practices.ts";
import type { Stage } from "./stage.ts";
import type { Held } from "./world.ts";

interface EmitParts {
  readonly stage: () => Stage;
  readonly now: () => Date;
  /** Tells whoever subscribed; answers how many signals that made. */
  readonly send: (happening: Happening, times: number) => number;
}

/** Bumps a record's version: `{resourceType?: "Patient", id, set?: {…fields of the record}, deleted?: true, twice?: true}`.
 *  A changed patient is signalled to subscribers, each signal a second time where `twice` says so. */
export function makeEmit({ stage, now, send }: EmitParts) {
  return function emit(event: Record<string, unknown>): object {
    const { resourceType = "Patient", id = event["recordId"], set, deleted, twice } = event;
    const { world, store } = stage();
    const type = CARE_TYPES.find((known) => known === resourceType) ?? ("Patient" satisfies CareType);
    const entry = store.find(type, String(id));
    const held = type === "Patient" ? world.held.get(String(id)) : undefined;
    if (!entry && !held) return { emitted: false };
    const versionId = ((entry ?? held)?.versionId ?? 0) + 1;
    const lastUpdated = laterThan((entry ?? held)?.lastUpdated, now());
    if (entry) Object.assign(entry, { versionId, lastUpdated, deleted: deleted === true });
    let signals = 0;
    if (held) {
      const before = held.record;
      Object.assign(held, { versionId, lastUpdated });
      if (typeof set === "object" && set !== null) held.record = { ...before, ...(set as Partial<AgencyRecord>) };
      const { nhsNumber } = held.record;
      if (nhsNumber) {
        world.byNumber.set(nhsNumber, held);
        const at = new Date(lastUpdated);
        for (const type of eventTypes(before, held))
          signals += send({ type, nhsNumber, versionId, at }, twice === true ? 2 : 1);
      }
    }
    return { emitted: true, resourceType: type, id, versionId, lastUpdated, signals };
  };
}

/** The kinds of event one change amounts to at PDS. */
const eventTypes = (before: AgencyRecord, { record }: Held): EventType[] => [
  "pds-record-change-2",
  ...(practiceOf(before)?.ods === practiceOf(record)?.ods ? [] : ["pds-change-of-gp-2" as const]),
  ...(before.diedOn === record.diedOn ? [] : ["pds-death-notification-2" as const]),
  ...(before.nhsNumber === record.nhsNumber ? [] : ["nhs-number-change-2" as const]),
];

/** Now, but never before the last change, whatever the simulated clock says. */
function laterThan(last: string | undefined, now: Date): string {
  const least = last === undefined ? 0 : Date.parse(last) + 1;
  return new Date(Math.max(least, now.getTime())).toISOString();
}
