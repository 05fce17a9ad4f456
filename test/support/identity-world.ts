// Invented children whose records are nearly alike, for stories about who decides that they are one, and how that is undone.

import type { Demographics } from "../../src/domain/statements.ts";
import { Obligation } from "../../src/schema/obligation.ts";
import { IdentityLinkRow, IdentityReviewRow } from "../../src/store/rows-identity.ts";
import { AgencyRecordRow } from "../../src/store/rows.ts";
import { home } from "./demo-records.ts";
import { person } from "./fake-system.ts";
import type { LightHub } from "./light-hub.ts";
import { recordAt } from "./record-rows.ts";

const REVIEW = `id kind state outcome needsTwo verdictsSoFar yours weight sentence openedAt closedAt
  contributions { field level bits } vetoes vetoesInWords waiting { kind dueAt rule overdue }
  left { agency { id name sector } values { field values masked } because }
  right { agency { id } values { field values masked } because }
  differences { field left right agree level }`;
const LIST = `query ($first: Int, $after: String, $state: IdentityReviewState, $kind: IdentityReviewKind) {
  identityReviews(first: $first, after: $after, state: $state, kind: $kind) {
    edges { cursor node { ${REVIEW} } } pageInfo { hasNextPage endCursor } } }`;
const ONE = `query ($id: ID!) { identityReview(id: $id) { ${REVIEW} } }`;
const DECIDE = `mutation ($input: DecideIdentityReview!) { decideIdentityReview(input: $input) { ${REVIEW} } }`;
const ASK = `mutation ($input: AskForIdentityReview!) { askForIdentityReview(input: $input) { ${REVIEW} } }`;
const RADIUS = `joinedAt records readers { actorId role what times } touched { kind id what } reports`;
const UNDO = `mutation ($input: UndoIdentityJoin!) { undoIdentityJoin(input: $input) { id agencyId by because joinedAt told
  radius { ${RADIUS} } figures { before { peopleKnown childrenKnown stayed { records openObligations } left { records openObligations } }
  after { peopleKnown childrenKnown stayed { records openObligations } left { records openObligations } } }
  toCheck { id kind subjectId state checkedBy } child { id } otherChild { id } } }`;
const REACH = `query ($id: ID, $agencyId: ID, $recordId: ID) {
  identityBlastRadius(id: $id, agencyId: $agencyId, recordId: $recordId) { ${RADIUS} } }`;
const BELIEF = `id band rule because sentence weight decidedBy model at supersedes
  contributions { field level bits } vetoes vetoesInWords runnerUp { weight }`;
const LINK = `query ($id: ID, $agencyId: ID, $recordId: ID) {
  identityLink(id: $id, agencyId: $agencyId, recordId: $recordId) { ${BELIEF} agencyId recordId history { ${BELIEF} } } }`;

/** Somebody's details, as an agency writes them. Every test has its own surname: nobody is like anybody else's children. */
export interface Child {
  readonly forename: string;
  readonly surname: string;
  readonly bornOn: string;
  readonly postcode?: string;
  readonly restricted?: boolean;
  readonly more?: Partial<Omit<Demographics, "bornOn">>;
}

let numbers = 0;

const FORENAMES = ["Rosalind", "Beatrix", "Cordelia", "Dorothea", "Eleanora", "Frederica", "Georgiana", "Henrietta"];
const LETTERS = "ABDEFGHJLN";

/** Somebody like nobody else in the town: a name, a birthday and a home of their own, all from their surname's place in line. */
export function somebody(surname: string): Child & { readonly postcode: string } {
  const at = (numbers += 1);
  const two = (number: number) => String(number).padStart(2, "0");
  return {
    forename: FORENAMES[at % FORENAMES.length]!,
    surname,
    // Day and month may be exchanged, and then differ.
    bornOn: `${2013 + (at % 11)}-${two(1 + (at % 6))}-${two(7 + (at % 5))}`,
    postcode: `OX${30 + (at % 60)} ${1 + (at % 9)}${LETTERS[at % 10]}${LETTERS[Math.floor(at / 10) % 10]}`,
  };
}

/** The same birthday with day and month exchanged. */
export const exchanged = (bornOn: string): string => `${bornOn.slice(0, 4)}-${bornOn.slice(8)}-${bornOn.slice(5, 7)}`;

/** What a test does with one hub. */
export function identityIn(world: () => LightHub) {
  const hub = () => world().open.hub;
  const db = () => hub().db.manager;
  const ask = (as: string, query: string, variables: Record<string, unknown>) => world().ask(as, query, variables);
  const rowOf = (agencyId: string, recordId: string) => recordAt(db(), agencyId, recordId);

  /** An agency comes to hold a record of this child; the hub collects it. */
  async function holds(agencyId: string, child: Child): Promise<AgencyRecordRow> {
    const recordId = `r-${(numbers += 1)}`;
    const { forename, surname, bornOn, postcode = "OX99 2AA", restricted = false, more = {} } = child;
    world()
      .systems.get(agencyId)!
      .put({
        recordId,
        restricted,
        demographics: person(recordId, { forename, surname, bornOn, addresses: [home(postcode)], ...more }),
      });
    await world().collectAll();
    return rowOf(agencyId, recordId);
  }

  const reviewBetween = async (a: AgencyRecordRow, b: AgencyRecordRow) =>
    db().findOneByOrFail(IdentityReviewRow, { pair: [a.id, b.id].sort().join(" ") });

  /** The pair that this record waits in, with whichever other. */
  const reviewOf = async ({ id }: AgencyRecordRow) =>
    db().findOneOrFail(IdentityReviewRow, { where: [{ recordRowId: id }, { otherRecordRowId: id }] });

  return {
    hub,
    db,
    holds,
    reviewBetween,
    reviewOf,
    again: ({ agencyId, recordId }: AgencyRecordRow) => rowOf(agencyId, recordId),
    /** Two agencies each hold a record, and the hub asks whether they are one child. */
    async doubtful(one: Child, other: Child) {
      const left = await holds("social-care", one);
      const right = await holds("health", other);
      return { left, right, review: await reviewBetween(left, right) };
    },
    /** A date of birth whose day and month are exchanged: one person decides. */
    async plain(surname: string, more: Partial<Child> = {}) {
      const child = { ...somebody(surname), ...more };
      return { ...(await this.doubtful(child, { ...child, bornOn: exchanged(child.bornOn) })), child };
    },
    /** Names that twins are given: two people decide. */
    async twins(surname: string, more: Partial<Child> = {}) {
      const child = { ...somebody(surname), forename: "Ella", ...more };
      return { ...(await this.doubtful(child, { ...child, forename: "Ellie" })), child };
    },
    list: async (as: string, variables: Record<string, unknown> = {}) => {
      const { data, errors } = await ask(as, LIST, { first: 100, ...variables });
      return { page: data?.identityReviews, code: errors[0]?.extensions.code ?? null, errors };
    },
    read: async (as: string, id: string) => (await ask(as, ONE, { id })).data?.identityReview ?? null,
    decide: async (as: string, reviewId: string, verdict: string, because = "I rang both agencies.") => {
      const { data, errors } = await ask(as, DECIDE, { input: { reviewId, verdict, because } });
      const { code = null } = errors[0]?.extensions ?? {};
      return { review: data?.decideIdentityReview ?? null, code, message: errors[0]?.message ?? null };
    },
    askFor: async (as: string, one: AgencyRecordRow, other: AgencyRecordRow) => {
      const name = ({ agencyId, recordId }: AgencyRecordRow) => ({ agencyId, recordId });
      const input = { one: name(one), other: name(other) };
      const { data, errors } = await ask(as, ASK, { input });
      return { review: data?.askForIdentityReview ?? null, code: errors[0]?.extensions.code ?? null };
    },
    undo: async (as: string, input: Record<string, unknown>) => {
      const { data, errors } = await ask(as, UNDO, { input: { because: "They are two children.", ...input } });
      const { code = null } = errors[0]?.extensions ?? {};
      return { correction: data?.undoIdentityJoin ?? null, code, message: errors[0]?.message ?? null };
    },
    reach: async (as: string, which: Record<string, unknown>) => {
      const { data, errors } = await ask(as, REACH, which);
      return { radius: data?.identityBlastRadius ?? null, code: errors[0]?.extensions.code ?? null };
    },
    link: async (as: string, which: Record<string, unknown>) => {
      const { data, errors } = await ask(as, LINK, which);
      return { link: data?.identityLink ?? null, code: errors[0]?.extensions.code ?? null };
    },
    links: ({ id }: AgencyRecordRow) =>
      db().find(IdentityLinkRow, { where: { recordRowId: id }, order: { id: "ASC" } }),
    /** A clock that runs for this child. */
    async owes(childId: string, rule: string, dueAt: string): Promise<void> {
      const due = new Date(dueAt);
      await db().insert(Obligation, {
        id: hub().newId(),
        subjectId: hub().newId(),
        childId,
        courseId: null,
        rule,
        owes: "something happens",
        agencyId: "social-care",
        teamId: "mash",
        ownerRole: "MANAGER",
        state: "OPEN",
        urgent: false,
        startedAt: due,
        dueOn: dueAt.slice(0, 10) as never,
        dueAt: due,
        explanation: "made for a test",
        metAt: null,
        settledById: null,
        pausedAt: null,
        nextAct: null,
        nextNumber: 0,
        nextAt: null,
        schedule: null,
        version: 0,
      });
    },
  };
}
export type IdentityStory = ReturnType<typeof identityIn>;
