// Whom to ring about a notice, and who was there.

import { dayInEngland } from "../../domain/plain-date.ts";
import type { Involvement } from "../../domain/statements.ts";
import { sourceOf, type Named } from "./notice-source.ts";

/** The force's unit that handles referrals: whom to ring about a notice, above all one that may not be shown. */
export interface Ring {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
}

interface Contact {
  readonly organisation: string;
  readonly ring: Ring;
}

/** The unit to ring, with nothing of the notice but how it is to be handled. */
export const ringOf = (named: Named, { organisation, ring }: Contact): Involvement => ({
  role: "REFERRAL_UNIT",
  practitioner: null,
  organisation,
  team: ring.name,
  phone: ring.phone,
  email: ring.email,
  fromOn: null,
  untilOn: null,
  provenance: { ...sourceOf(named, named.notice.incident.handlingCode), recordedAt: null },
});

/** The officer who attended, for that day alone, and the unit to ring. */
export function involvementsOf(named: Named, contact: Contact): readonly Involvement[] {
  const { officer, happenedAt } = named.notice.incident;
  const unit = ringOf(named, contact);
  if (!officer) return [unit];
  const on = dayInEngland(new Date(happenedAt));
  const attended: Involvement = {
    role: "POLICE_OFFICER",
    practitioner: officer.collar ? `Officer ${officer.collar}` : null,
    organisation: contact.organisation,
    team: officer.unit,
    phone: null,
    email: null,
    fromOn: on,
    untilOn: on,
    provenance: sourceOf(named, null),
  };
  return [attended, unit];
}

/** Where to turn instead of reading. */
export const ringIn = ({ name, phone, email }: Ring): string =>
  `Ring ${[name, phone ?? email].filter(Boolean).join(", ")}.`;
