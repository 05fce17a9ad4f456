// Everything that the hub itself holds about a child, read for a copy of it.

import { type EntityManager, In } from "typeorm";
import { Escalation, EscalationStep } from "../schema/escalation.ts";
import { Obligation, ObligationChange } from "../schema/obligation.ts";
import { Post } from "../schema/post.ts";
import { Referral, ReferralStep } from "../schema/referral.ts";
import { SharingDecision } from "../schema/sharing-decision.ts";
import { StatutoryStep } from "../schema/statutory-step.ts";
import { ChildAccessRow, ChildShieldRow, WorkerSeenRow } from "./rows-access.ts";
import { AuditRow } from "./rows-audit.ts";
import { IdentityCorrectionRow } from "./rows-identity.ts";
import { LegalHoldRow } from "./rows-keeping.ts";
import { AgencyRecordRow } from "./rows.ts";

const BY_ID = { id: "ASC" } as const;

/** All of it, for a child with these ids. */
export async function readCopy(db: EntityManager, personIds: readonly string[]) {
  const childId = In([...personIds]);
  const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
  const referrals = await db.find(Referral, { where: { childId }, order: BY_ID });
  const obligations = await db.find(Obligation, { where: { childId }, order: BY_ID });
  const escalations = await db.find(Escalation, { where: { childId }, order: BY_ID });
  return {
    records: await db.find(AgencyRecordRow, { where: { personId: childId }, order: BY_ID }),
    referrals,
    referralSteps: await db.find(ReferralStep, { where: { referralId: In(idsOf(referrals)) }, order: BY_ID }),
    steps: await db.find(StatutoryStep, { where: { childId }, order: BY_ID }),
    obligations,
    changes: await db.find(ObligationChange, { where: { obligationId: In(idsOf(obligations)) }, order: BY_ID }),
    escalations,
    escalationSteps: await db.find(EscalationStep, { where: { escalationId: In(idsOf(escalations)) }, order: BY_ID }),
    decisions: await db.find(SharingDecision, { where: { childId }, order: BY_ID }),
    access: await db.find(ChildAccessRow, { where: { childId }, order: BY_ID }),
    shields: await db.find(ChildShieldRow, { where: { childId }, order: BY_ID }),
    corrections: await db.find(IdentityCorrectionRow, {
      where: [{ fromPersonId: childId }, { toPersonId: childId }],
      order: BY_ID,
    }),
    holds: await db.find(LegalHoldRow, { where: { childId }, order: BY_ID }),
  };
}
export type ReadCopy = Awaited<ReturnType<typeof readCopy>>;

/** An entry of the audit, without who it was. */
export type Seen = Pick<
  AuditRow,
  "at" | "role" | "agencyId" | "what" | "allowed" | "purpose" | "power" | "parts" | "actorId"
>;

const ENTRIES_AT_ONCE = 2_000;

/** Entries of the audit about any of these, oldest first, page by page. */
export async function* entriesAbout(db: EntityManager, subjects: readonly string[]): AsyncGenerator<Seen[]> {
  for (const subjectId of subjects)
    for (let after = ""; ;) {
      const page = await db
        .createQueryBuilder(AuditRow, "a")
        .where("a.subjectId = :subjectId AND a.id > :after", { subjectId, after })
        .orderBy("a.id", "ASC")
        .limit(ENTRIES_AT_ONCE)
        .getMany();
      if (page.length > 0) yield page;
      if (page.length < ENTRIES_AT_ONCE) break;
      after = page.at(-1)?.id ?? "";
    }
}

/** Names of those who work here, as posts and sign-ins give them. */
export async function namesOfWorkers(db: EntityManager): Promise<string[]> {
  const posts = await db.find(Post, { select: { id: true, holderName: true, coverName: true } });
  const workers = await db.find(WorkerSeenRow, { select: { actorId: true, name: true } });
  const names = [
    ...posts.flatMap(({ holderName, coverName }) => [holderName, coverName]),
    ...workers.map(({ name }) => name),
  ];
  return [...new Set(names.flatMap((name) => (name ? [name] : [])))];
}
