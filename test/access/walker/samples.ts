// What is given for each argument of the graph. A new argument belongs here: null leaves it out.

import type { Samples } from "./questions.ts";

/** Whom a question is about, by everything by which they can be asked for. */
export interface Subject {
  readonly ids: readonly string[];
  readonly askedId: string;
  readonly nhs: string;
  readonly surname: string;
  readonly bornOn: string;
  readonly recordId: string;
  readonly referralId: string;
  readonly obligationId: string;
  readonly escalationId: string;
}

const text = (value: string) => JSON.stringify(value);
const childId = ({ askedId }: Subject) => text(askedId);
const recordId = (subject: Subject) => text(subject.recordId);

export const SAMPLES: Samples<Subject> = {
  first: "100",
  after: null,
  childId,
  "Query.child.id": childId,
  "Query.children.ids": ({ ids }) => `[${ids.map(text).join(", ")}]`,
  "Query.childByIdentifier.identifier": ({ nhs }) => `{ kind: NHS_NUMBER, value: ${text(nhs)} }`,
  "Query.findChildren.search": ({ surname, bornOn }) => `{ surname: ${text(surname)}, bornOn: ${text(bornOn)} }`,
  "Query.referral.id": ({ referralId }) => text(referralId),
  "Query.obligation.id": ({ obligationId }) => text(obligationId),
  "Query.escalation.id": ({ escalationId }) => text(escalationId),
  "Query.escalations.agencyId": null,
  "Query.escalations.stage": null,
  "Query.escalations.state": null,
  "Query.escalationCounts.fromOn": null,
  "Query.escalationCounts.untilOn": null,
  "Query.myObligations.states": null,
  "Query.teamObligations.states": null,
  "Query.teamObligations.teamId": text("mash"),
  "Query.myMessages.unread": "false",
  "Query.identityLink.id": null,
  "Query.identityLink.agencyId": text("health"),
  "Query.identityLink.recordId": recordId,
  "Query.identityBlastRadius.id": null,
  "Query.identityBlastRadius.agencyId": text("health"),
  "Query.identityBlastRadius.recordId": recordId,
  "Query.identityReview.id": text("00000000-0000-7000-8000-000000000000"),
  "Query.identityReviews.kind": null,
  "Query.identityReviews.state": "OPEN",
  "Query.identityReviewers.fromOn": null,
  "Query.identityReviewers.untilOn": null,
  "Query.identityCorrection.id": text("00000000-0000-7000-8000-000000000000"),
  "Query.deadline.rule": text("referral-decision"),
  "Query.deadline.from": text("2026-04-01T09:00:00Z"),
  "Query.posts.agencyId": null,
  "Query.posts.role": null,
  "Query.posts.teamId": null,
  "Query.quarantinedRecords.state": null,
  from: text("2026-03-01"),
  until: text("2026-04-30"),
  "Query.readsOfChild.identifier": null,
  "Query.readsByWorker.actorId": text("walker|somebody-else"),
  "Query.unusualReads.patterns": null,
  "Query.brokenGlass.state": null,
  "Query.toBeTold.correctionId": null,
  "Query.toBeTold.since": text("2026-03-01T00:00:00Z"),
  "Query.sharingDecisionsToReview.until": text("2027-01-01"),
};
