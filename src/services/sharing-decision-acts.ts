// Lines of the ledger that go with what the hub does: a referral is shared with social care, a way in opens a child to somebody.

import type { EntityManager } from "typeorm";
import type { InformationKind } from "../domain/access.ts";
import { LEDGER_KINDS, powerToRefer } from "../domain/sharing-ledger.ts";
import type { Referral } from "../schema/referral.ts";
import type { ChildAccessRow } from "../store/rows-access.ts";
import type { Caller, Hub } from "./hub.ts";
import { ledgerLine } from "./sharing-decisions.ts";

/** A referral, as it was stored. */
export interface ReferralShared {
  readonly db: EntityManager;
  readonly referral: Referral;
}

/** A referral was passed to social care by the agency that made it. What it says stands in the referral and nowhere else. */
export async function noteReferralShared(hub: Hub, caller: Caller, { db, referral }: ReferralShared): Promise<void> {
  const { id, childId, fromAgencyId, immediateDanger } = referral;
  const { agencies } = hub.area;
  const from = agencies.find((agency) => agency.id === fromAgencyId);
  const to = agencies.find(({ sector }) => sector === "SOCIAL_CARE");
  const power = caller.power ?? powerToRefer(from?.sector ?? null);
  await ledgerLine(hub, caller, {
    db,
    childId,
    subjectId: id,
    fromAgencyId,
    power,
    purpose: caller.purpose,
    kinds: ["CONCERN"],
    what: "A referral: the concern in the referrer's words, and the level of need proposed.",
    toAgencyId: to?.id ?? null,
    toWhom: to?.name ?? "Children's social care",
    necessity: "Social care decides what a child who is referred needs, and cannot without the concern.",
    because: immediateDanger
      ? "The child was believed to be in immediate danger."
      : "A concern was passed to social care.",
    consent: power === "CONSENT" ? "GIVEN" : "NOT_NEEDED",
  });
}

/** Of a way in, what is written of it. */
export interface AccessShared {
  readonly db: EntityManager;
  readonly access: Pick<
    ChildAccessRow,
    "id" | "childId" | "agencyId" | "kind" | "role" | "purpose" | "power" | "consent" | "state"
  >;
}

/** What somebody outside the team is let in to: never how the hub works, and challenges between agencies only with the whole story. */
const OPENED: readonly InformationKind[] = LEDGER_KINDS.filter((kind) => kind !== "CHALLENGE");

const NEEDED: Record<ChildAccessRow["kind"], string> = {
  TEAM: "Whoever belongs to the team around a child works with what its agencies know.",
  TASK: "They have a task about the child, and were let in for as long as it takes.",
  INVOLVEMENT: "They work with the child, and were let in for as long as that is expected to last.",
  BREAK_GLASS: "They said that the child is at immediate risk: a second person was told and reviews it.",
};

/** Somebody was let in to a child: what the agencies hold was opened to their agency. Their own reason stands with the access. One that
 *  waits for a second person has opened nothing yet. */
export async function noteAccessShared(hub: Hub, caller: Caller, { db, access }: AccessShared): Promise<void> {
  const { id, childId, agencyId, kind, role, purpose, power, consent } = access;
  if (access.state !== "ACTIVE") return;
  const agency = hub.area.agencies.find((each) => each.id === agencyId);
  await ledgerLine(hub, caller, {
    db,
    childId,
    subjectId: id,
    power,
    purpose,
    toAgencyId: agencyId,
    kinds: OPENED,
    what: "What the agencies hold about the child, as far as the role of whoever was let in sees it.",
    // Theirs were the systems asked; who gave the way in stands as whoever wrote the line.
    fromAgencyId: null,
    toWhom: [role, agency?.name].filter((words) => words != null).join(", ") || "Somebody of no agency of the area's",
    necessity: NEEDED[kind],
    because: "A way in was given through the hub; the reason stands with it.",
    consent: consent === null ? "NOT_NEEDED" : "GIVEN",
  });
}
