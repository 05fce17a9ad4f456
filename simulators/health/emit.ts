// Changes at the agency, made from outside through `POST /__sim/emit`.

import type { AgencyRecord } from "../town/types.ts";
import { CARE_TYPES, type CareType, type Store } from "./care-record-store.ts";
import type { World } from "./world.ts";

interface EmitParts {
  readonly world: World;
  readonly store: Store;
  readonly now: () => Date;
}

/** Bumps a record's version: `{resourceType?: "Patient", id, set?: {…fields of the record}, deleted?: true}`. */
export function makeEmit({ world, store, now }: EmitParts) {
  return function emit(event: Record<string, unknown>): object {
    const { resourceType = "Patient", id = event["recordId"], set, deleted } = event;
    const type = CARE_TYPES.find((known) => known === resourceType) ?? ("Patient" satisfies CareType);
    const entry = store.find(type, String(id));
    const held = type === "Patient" ? world.held.get(String(id)) : undefined;
    if (!entry && !held) return { emitted: false };
    const versionId = (entry ?? held)?.versionId ?? 0;
    const lastUpdated = laterThan((entry ?? held)?.lastUpdated, now());
    if (held) {
      Object.assign(held, { versionId: versionId + 1, lastUpdated });
      if (typeof set === "object" && set !== null) held.record = { ...held.record, ...(set as Partial<AgencyRecord>) };
    }
    if (entry) Object.assign(entry, { versionId: versionId + 1, lastUpdated, deleted: deleted === true });
    return { emitted: true, resourceType: type, id, versionId: versionId + 1, lastUpdated };
  };
}

/** Now, but never before the last change, whatever the simulated clock says. */
function laterThan(last: string | undefined, now: Date): string {
  const least = last === undefined ? 0 : Date.parse(last) + 1;
  return new Date(Math.max(least, now.getTime())).toISOString();
}
